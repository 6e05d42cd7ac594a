/// \file
/// A sound behind an elliptical equaliser, with random access: the same bits wherever reading begins.
#pragma once

#include "audio/sound_source.h"
#include "vinyl/elliptical.h"

#include <memory>
#include <optional>
#include <vector>

namespace segue::vinyl {

/// The filter runs on a fixed grid of 20 s and is settled over the second before each part, so that no
/// thread, block or starting point changes a bit. Its error then is far below the last bit of 24.
class EllipticalSound final : public SoundSource {
public:
    EllipticalSound(std::unique_ptr<SoundSource> sound, const Elliptical& setting);
    [[nodiscard]] SampleRate rate() const override { return sound_->rate(); }
    [[nodiscard]] SampleCount length() const override { return sound_->length(); }
    [[nodiscard]] Status read(SamplePos at, Block out) override;

private:
    [[nodiscard]] Status runTo(SamplePos at);
    [[nodiscard]] Status filter(SamplePos at, Block block);

    std::unique_ptr<SoundSource> sound_;
    Elliptical setting_;
    std::int64_t grid_, settle_;
    std::optional<EllipticalFilter> filter_{};
    SamplePos next_{}; ///< what the filter would go on with
    std::vector<Frame> thrownAway_{};
};

/// `open` behind the equaliser.
[[nodiscard]] SoundOpener behindElliptical(SoundOpener open, const Elliptical& setting);

/// How long the filter may be heard after its input has ended; behind it there is digital silence again.
[[nodiscard]] constexpr SampleCount ellipticalRing(SampleRate rate) { return SampleCount{rate.hertz() / 2}; }

} // namespace segue::vinyl
