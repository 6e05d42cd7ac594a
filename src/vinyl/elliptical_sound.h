/// \file
/// A sound behind an elliptical equaliser, with random access: the same bits wherever reading begins.
#pragma once

#include "audio/sound_source.h"
#include "vinyl/elliptical.h"

#include <memory>
#include <optional>
#include <vector>

namespace segue::vinyl {

/// The filter is settled over the second before it is heard; its error then is far below the last bit of 24.
/// For files it runs on a fixed grid of 20 s, so that no thread, block or starting point changes a bit. For
/// the ear it begins where reading begins, so that a jump costs a second of filtering and no more.
class EllipticalSound final : public SoundSource {
public:
    enum class Begins { onGrid, anywhere };
    EllipticalSound(std::unique_ptr<SoundSource> sound, const Elliptical& setting,
                    Begins begins = Begins::onGrid);
    [[nodiscard]] SampleRate rate() const override { return sound_->rate(); }
    [[nodiscard]] SampleCount length() const override { return sound_->length(); }
    [[nodiscard]] Status read(SamplePos at, Block out) override;

private:
    [[nodiscard]] Status runTo(SamplePos at);
    [[nodiscard]] Status filter(SamplePos at, Block block);

    std::unique_ptr<SoundSource> sound_;
    Elliptical setting_;
    std::int64_t grid_, settle_;
    Begins begins_;
    std::optional<EllipticalFilter> filter_{};
    SamplePos next_{}; ///< what the filter would go on with
    std::vector<Frame> thrownAway_{};
};

/// `open` behind the equaliser.
[[nodiscard]] SoundOpener behindElliptical(SoundOpener open, const Elliptical& setting);

/// How long the filter may be heard after its input has ended; behind it there is digital silence again.
[[nodiscard]] constexpr SampleCount ellipticalRing(SampleRate rate) { return SampleCount{rate.hertz() / 2}; }

} // namespace segue::vinyl
