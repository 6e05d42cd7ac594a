/// \file
/// The elliptical equaliser: a high-pass on left - right, which takes vertical movement out of the bass. The
/// smallest corner that cures the depth events of a side, and how many dB of level would do the same.
#pragma once

#include "audio/sound_source.h"
#include "vinyl/bass_filter.h"
#include "vinyl/vinyl_event.h"

#include <optional>

namespace segue::vinyl {

struct Elliptical {
    int order = 1;
    double corner = 0; ///< Hz
    [[nodiscard]] friend bool operator==(const Elliptical&, const Elliptical&) = default;
};
inline constexpr std::array ellipticalCorners{80.0, 110.0, 150.0, 200.0, 300.0};

/// Left and right with the difference high-passed; the sum stays as it is.
class EllipticalFilter {
public:
    EllipticalFilter(const Elliptical& setting, SampleRate rate)
        : section_{highPass(setting.order, setting.corner, rate.hertz())}
    {
    }
    [[nodiscard]] Frame step(Frame in)
    {
        const double middle = (in.left + in.right) / 2,
                     side = state_.step(section_, (in.left - in.right) / 2);
        return {middle + side, middle - side};
    }

private:
    Section section_;
    SectionState<double> state_;
};

struct EllipticalAdvice {
    std::optional<Elliptical> first{}, second{}; ///< the smallest corner of each order that cures everything
    double lessLevel = 0;                        ///< dB that would do it instead
    std::size_t events = 0;                      ///< looked at
};
/// For the events of kind "depth" and "fixed_depth": reads the programme around each (at most the first 50)
/// and cuts it again behind every filter. Cured: no warning is left. Each event is given its own cure, too;
/// the advice is what cures them all.
[[nodiscard]] Result<EllipticalAdvice> adviseElliptical(VinylEvents& events, SoundSource& programme,
                                                        const LatheProfile& lathe, double metres);

} // namespace segue::vinyl
