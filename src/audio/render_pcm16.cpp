#include "audio/delivered_sound.h"
#include "audio/pcm_renderer.h"

#include <fmt/format.h>

namespace segue {

namespace {

struct SixteenBit {
    using Value = Pcm16Frame;
    using Quantiser = segue::Quantiser;
    static constexpr int bits = 16;

    [[nodiscard]] static Quantiser quantiserAt(const RenderTask& task, const RenderSpan& span, SamplePos at)
    {
        return segue::quantiserAt(task.album, task.plan, task.settings, span, at);
    }
    [[nodiscard]] static bool isExactly(const Frame& sound, Pcm16Frame value)
    {
        return sound.left * 32'768 == value.left && sound.right * 32'768 == value.right;
    }
};

} // namespace

Result<RenderOutcome> renderPcm16(const Album& album, const Piece& piece, const RenderPlan& plan,
                                  const RenderSettings& settings, const SourceOpener& open,
                                  const RenderWork& work,
                                  const std::function<Status(SamplePos, std::span<const Pcm16Frame>)>& sink)
{
    const int hertz = plan.places.rate.hertz();
    if (isShaped(settings.dither) && hertz != 44'100 && hertz != 48'000)
        return failure(fmt::format(
            "Noise-shaped dither is made for 44.1 and 48 kHz, not for {} Hz; choose tpdf", hertz));
    std::vector<RenderPart> given;
    if (work.earlier != nullptr) given = partsGiven(album, piece, plan, settings, *work.earlier);
    return renderPcm<SixteenBit>({album, piece, plan, settings}, mixOpener(album, piece, plan, open), work,
                                 given, sink);
}

} // namespace segue
