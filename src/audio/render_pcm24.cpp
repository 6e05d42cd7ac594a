#include "audio/pcm_renderer.h"
#include "audio/quantise24.h"
#include "audio/sounding.h"

namespace segue {

namespace {

struct TwentyFourBit {
    using Value = Pcm24Frame;
    using Quantiser = Quantiser24;
    static constexpr int bits = 24;

    [[nodiscard]] static Quantiser quantiserAt(const RenderTask& task, const RenderSpan& span, SamplePos at)
    {
        if (span.kind != RenderSpan::Kind::dithered) return {Dither::none, {}, 0};
        const PlacedTrackSamples& placed = task.plan.places.entries[span.entry];
        return {task.settings.dither, noiseKeyOf(*find(task.album, placed.track), task.settings.seed),
                (at - placed.base).value()};
    }
    [[nodiscard]] static bool isExactly(const Frame& sound, const Pcm24Frame& value)
    {
        return sound.left * fullScale24 == leftOf(value) && sound.right * fullScale24 == rightOf(value);
    }
};

/// A mixer of one's own.
class MixedSound final : public SoundSource {
public:
    MixedSound(const Album& album, const Piece& piece, const RenderPlan& plan, SourceOpener open)
        : rate_{plan.places.rate}, length_{plan.length}, mixer_{album, piece, plan, std::move(open)}
    {
    }
    [[nodiscard]] SampleRate rate() const override { return rate_; }
    [[nodiscard]] SampleCount length() const override { return length_; }
    [[nodiscard]] Status read(SamplePos at, Block out) override { return mixer_.read(at, out); }

private:
    SampleRate rate_;
    SampleCount length_;
    Mixer mixer_;
};

} // namespace

SoundOpener mixOpener(const Album& album, const Piece& piece, const RenderPlan& plan, SourceOpener open)
{
    return [&album, &piece, &plan, open = std::move(open)]() -> Result<std::unique_ptr<SoundSource>> {
        return std::make_unique<MixedSound>(album, piece, plan, open);
    };
}

Result<RenderOutcome> renderPcm24(const Album& album, const Piece& piece, const RenderPlan& plan,
                                  const RenderSettings& settings, const SoundOpener& sound,
                                  const RenderWork& work,
                                  const std::function<Status(SamplePos, std::span<const Pcm24Frame>)>& sink)
{
    if (settings.dither != Dither::none && settings.dither != Dither::tpdf)
        return failure("Noise-shaped dither is made for 16 bit; choose tpdf");
    return renderPcm<TwentyFourBit>({album, piece, plan, settings}, sound, work, {}, sink);
}

} // namespace segue
