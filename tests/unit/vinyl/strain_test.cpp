// The curves under the programme agree with the events about it.

#include "vinyl/strain.h"

#include "support/vinyl_sounds.h"
#include "vinyl/high_end.h"
#include "vinyl/low_end.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

struct Cut {
    CuttingCurves curves;
    LatheProfile lathe{};
    RecordFormat format{};
    SideStretch stretch{};
    double metres = 0;
    Groove groove{};

    Cut(CuttingCurves measured, double gain, LatheProfile profile = {})
        : curves{std::move(measured)}, lathe{std::move(profile)}, stretch{wholeProgramme(curves)},
          metres{velocityAtFullScale({}, gain)}, groove{cutGroove(curves, stretch, lathe, metres * 1e6)}
    {
    }
    [[nodiscard]] CutSide side() const { return {curves, stretch, groove, lathe, format, metres}; }
};

template <class Strains>
double most(const SideStrain& strain, Strains&& part)
{
    double highest = 0;
    for (const Strain& s : strain.tenths) highest = std::max(highest, static_cast<double>(part(s)));
    return highest;
}

bool hasError(const VinylEvents& events, std::initializer_list<std::string_view> kinds)
{
    return std::ranges::any_of(events, [&](const VinylEvent& e) {
        return e.severity == Finding::Level::error && std::ranges::find(kinds, e.kind) != kinds.end();
    });
}

} // namespace

TEST_CASE(
    "strain passes 1 exactly where there is an error about bass or treble, at any level and with any lathe")
{
    LatheProfile fixed;
    fixed.depthControl = false;
    const CuttingCurves bass = curvesOf(3, tone(60, -18, 44'100, 1, -0.6)),
                        treble = curvesOf(3, tone(9000, -22)), wide = curvesOf(3, noise16(5));
    int low = 0, high = 0, tried = 0;
    for (const CuttingCurves* curves : {&bass, &treble, &wide})
        for (const LatheProfile& lathe : {LatheProfile{}, fixed})
            for (double gain = -30; gain <= 24; gain += 3) {
                const Cut cut{*curves, gain, lathe};
                const SideStrain strain = strainOf(cut.side());
                const bool lowError =
                    hasError(checkLowEnd(cut.side()).events, {"depth", "fixed_depth", "lateral"});
                const bool highError = hasError(checkHighEnd(cut.side()).events, {"curvature", "slope"});
                CAPTURE(gain);
                CHECK((most(strain, [](const Strain& s) { return s.low; }) > 1) == lowError);
                CHECK((most(strain, [](const Strain& s) { return s.high; }) > 1) == highError);
                low += lowError ? 1 : 0;
                high += highError ? 1 : 0;
                ++tried;
            }
    // Both answers were met.
    CHECK(low > 5);
    CHECK(high > 5);
    CHECK(low < tried - 5);
    CHECK(high < tried - 5);
}

TEST_CASE("a burst strains the tenths of a second that it sounds in, and silence none")
{
    const Cut cut{curvesOf(4,
                           [burst = tone(60, -12, 44'100, 1, -1)](std::int64_t k) {
                               return k >= 88'200 && k < 110'250 ? burst(k) : Frame{};
                           }),
                  0};
    const SideStrain strain = strainOf(cut.side());
    CHECK(strain.largest(2.0, 2.5).low > strain.lowWarning);
    CHECK(strain.largest(0.2, 1.8).low < 0.05F);
    CHECK(strain.largest(3.2, 3.8).low < 0.05F);
    CHECK(strain.largest(-5, -1) == Strain{});
    CHECK(strain.largest(100, 101) == Strain{});
}
