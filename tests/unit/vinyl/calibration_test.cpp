// The five programmes that the limits of the depth were set by: an ordinary master is green, and the others
// are worse in the order that cutters complain about, across width and bass alike.

#include "support/vinyl_sounds.h"
#include "vinyl/bass_filter.h"
#include "vinyl/low_end.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

constexpr double rate = 44'100, seconds = 60;

/// Noise that falls 3 dB per octave from `floor` on, and has `lows` times more below 300 Hz on top of it.
struct Spectrum {
    double floor = 40; ///< Hz
    double lows = 5;
};
class MixNoise {
public:
    MixNoise(std::mt19937_64& random, const Spectrum& spectrum)
        : random_{random}, lowsShare_{spectrum.lows}, floor_{highPass(2, spectrum.floor, rate)}
    {
    }
    double step()
    {
        const double white = static_cast<double>(static_cast<std::int32_t>(random_() >> 32)) * 0x1p-31;
        // Paul Kellet's economy filter: -3 dB per octave within 0.5 dB.
        a_ = 0.99765 * a_ + white * 0.0990460;
        b_ = 0.96300 * b_ + white * 0.2965164;
        c_ = 0.57000 * c_ + white * 1.0526913;
        double pink = a_ + b_ + c_ + white * 0.1848;
        for (SectionState<double>& stage : stages_) pink = stage.step(floor_, pink);
        lows_ += (1 - std::exp(-2 * std::numbers::pi * 300 / rate)) * (pink - lows_);
        return pink + lowsShare_ * lows_;
    }

private:
    std::mt19937_64& random_;
    double lowsShare_;
    Section floor_;
    std::array<SectionState<double>, 4> stages_;
    double a_ = 0, b_ = 0, c_ = 0, lows_ = 0;
};

/// How wide a mix is: its side below its middle, as both are heard; and up to where it is mono.
struct Width {
    double side = -9;    ///< dB
    double monoTo = 150; ///< Hz; 0: the bass is as wide as the rest
};

/// Loud and soft in turns, cut so that its "VU peak" is the reference: the level that 98 % of stretches of
/// 300 ms do not pass. Its energy is -22 dBFS then, its peaks are near -3 dBFS.
std::vector<Frame> mixOf(const Width& width, unsigned seed, const Spectrum& spectrum)
{
    const auto frames = static_cast<std::size_t>(seconds * rate);
    std::mt19937_64 random{seed};
    const auto noise = [&] {
        MixNoise mix{random, spectrum};
        std::vector<double> sound(frames);
        std::ranges::generate(sound, [&] { return mix.step(); });
        return sound;
    };
    const std::vector<double> middle = noise();
    std::vector<double> side = noise();
    if (width.monoTo > 0) {
        SectionState<double> first, second;
        const Section narrow = highPass(2, width.monoTo, rate);
        for (double& s : side) s = second.step(narrow, first.step(narrow, s));
    }
    const auto energy = [](const std::vector<double>& sound) {
        double sum = 0;
        for (const double v : sound) sum += v * v;
        return sum;
    };
    const double wide = std::pow(10, width.side / 20) * std::sqrt(energy(middle) / energy(side));
    std::vector<Frame> mix(frames);
    std::vector<double> levels; // mean squares of 300 ms
    constexpr auto stretch = static_cast<std::size_t>(0.3 * rate);
    double sum = 0;
    for (std::size_t i = 0; i < frames; ++i) {
        const double t = static_cast<double>(i) / rate;
        const double loud = std::pow(
            10, 0.2 * (std::sin(2 * std::numbers::pi * t / 7.3) + std::sin(2 * std::numbers::pi * t / 2.1)));
        mix[i] = {(middle[i] + wide * side[i]) * loud, (middle[i] - wide * side[i]) * loud};
        sum += (mix[i].left * mix[i].left + mix[i].right * mix[i].right) / 2;
        if ((i + 1) % stretch != 0) continue;
        levels.push_back(sum / static_cast<double>(stretch));
        sum = 0;
    }
    std::ranges::sort(levels);
    const double vuPeak = std::sqrt(levels[(levels.size() - 1) * 98 / 100]),
                 reference = std::pow(10, -17.01 / 20);
    for (Frame& f : mix) f = {f.left * reference / vuPeak, f.right * reference / vuPeak};
    return mix;
}

struct Severity {
    double opening = 0;        ///< um, the worst
    double amber = 0, red = 0; ///< per cent of the sixteenths of a turn
    Finding::Level worst{};    ///< of the depth
    bool alarm = false;        ///< anything that is more than a note
};
Severity severityOf(const Width& width, unsigned seed, const Spectrum& spectrum = {})
{
    const std::vector<Frame> mix = mixOf(width, seed, spectrum);
    const CuttingCurves curves =
        curvesOf(seconds, [&](std::int64_t at) { return mix[static_cast<std::size_t>(at)]; });
    const SideStretch side = wholeProgramme(curves);
    const LatheProfile lathe;
    const Groove groove = grooveOf(curves);
    const RecordFormat format;
    const double metres = velocityAtFullScale({}, 0);
    const LowEnd low = checkLowEnd({curves, side, groove, lathe, format, metres});
    Severity s{.opening = low.extraDepth, .worst = Finding::Level::note};
    for (const VinylEvent& e : low.events) {
        if (e.kind == "depth") s.worst = std::min(s.worst, e.severity);
        s.alarm = s.alarm || e.severity != Finding::Level::note;
    }
    for (const GrooveSegment& g : curves.segments) {
        const double opening = lathe.minDepth - lathe.baseDepth +
                               static_cast<double>(std::max(g.deeper, g.shallower)) * metres * 1e6;
        const double share = 100.0 / static_cast<double>(curves.segments.size());
        if (opening > lathe.openingWarning) s.amber += share;
        if (opening > lathe.openingError) s.red += share;
    }
    return s;
}

/// Of the five as they were published: worst opening 5.5, 10.7, 14.9, 24.4 and 33 um; 0, 1, 2.4, 10 and 20 %
/// amber, 0.16 % red in the last.
constexpr std::array programmes{Width{-9, 150}, Width{-9, 0}, Width{-6, 150}, Width{-3, 150}, Width{-3, 0}};

} // namespace

TEST_CASE(
    "the calibration programmes are green, three times amber, red; each opens the depth further and more "
    "often than the one before it")
{
    std::vector<Severity> found;
    for (const Width& width : programmes) found.push_back(severityOf(width, 5));
    const std::vector<double> amber{0, 1, 2.4, 10, 20};
    for (std::size_t i = 0; i < found.size(); ++i) {
        CAPTURE(i);
        CAPTURE(found[i].opening);
        CAPTURE(found[i].amber);
        CAPTURE(found[i].red);
        CHECK(found[i].worst == (i == 0   ? Finding::Level::note
                                 : i == 4 ? Finding::Level::error
                                          : Finding::Level::warning));
        CHECK(std::fabs(found[i].amber - amber[i]) <= 5);
        CHECK((found[i].red > 0) == (i == 4));
        if (i == 0) continue;
        CHECK(found[i].opening > found[i - 1].opening);
        CHECK(found[i].amber > found[i - 1].amber);
    }
    CHECK(found[4].red < 0.5);
}

TEST_CASE("an ordinary master, pink with mono bass and 9 dB less side than middle, has nothing said about "
          "its low end")
{
    CHECK_FALSE(severityOf({-9, 150}, 5, {.floor = 30, .lows = 0}).alarm);
}

TEST_CASE("how often the depth opens keeps that order with other noise of the same spectrum")
{
    // The worst moment of a minute is one throw of the dice: of the second and the third, which lie closest,
    // either may have it.
    for (const unsigned seed : {9U, 23U}) {
        double before = -1;
        for (const Width& width : programmes) {
            const Severity s = severityOf(width, seed);
            CAPTURE(seed);
            CAPTURE(width.side);
            CAPTURE(s.amber);
            CHECK(s.amber > before);
            before = s.amber;
        }
    }
}
