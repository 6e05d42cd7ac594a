// The table that the cutting model was built to, where a row asks for more than the tests of its parts, and
// the same formulas at other tones, levels and rates. Reference -14 dBFS = 5 cm/s per channel, profile
// standard, 12" at 33 1/3.

#include "support/album_builder.h"
#include "support/planned_record.h"
#include "vinyl/bass_filter.h"
#include "vinyl/low_end.h"

#include <doctest/doctest.h>

#include <array>
#include <complex>
#include <random>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

constexpr double pi = std::numbers::pi;

double micrometres(double gain) { return 1e6 * velocityAtFullScale({}, gain); }

LowEnd lowEndOf(const CuttingCurves& curves, double gain = 0)
{
    const SideStretch side = wholeProgramme(curves);
    const LatheProfile lathe;
    const Groove groove = grooveOf(curves, gain, lathe);
    const RecordFormat format;
    return checkLowEnd({curves, side, groove, lathe, format, velocityAtFullScale({}, gain)});
}

/// One channel through the recording characteristic to displacement in um, behind a second-order high-pass
/// of 5 Hz: sections by the bilinear transform, far above the tones' frequency.
class SlowGroove {
public:
    explicit SlowGroove(double rate)
    {
        constexpr double t1 = 3180e-6, t2 = 318e-6, t3 = 75e-6;
        const double w = 2 * pi * 5;
        first_ = section(rate, 0, t1, 1, 0, t2, 1);
        second_ = section(rate, t3, 1, 0, 1, std::numbers::sqrt2 * w, w * w);
        scale_ = micrometres(0) / std::abs(std::complex<double>(1, 2 * pi * 1000 * t1) *
                                           std::complex<double>(1, 2 * pi * 1000 * t3) /
                                           std::complex<double>(1, 2 * pi * 1000 * t2));
    }
    [[nodiscard]] double step(double x)
    {
        return scale_ * secondState_.step(second_, firstState_.step(first_, x));
    }

private:
    static Section section(double rate, double b2, double b1, double b0, double a2, double a1, double a0)
    {
        const double c = 2 * rate, bottom = a2 * c * c + a1 * c + a0;
        return {.b0 = (b2 * c * c + b1 * c + b0) / bottom,
                .b1 = (2 * b0 - 2 * b2 * c * c) / bottom,
                .b2 = (b2 * c * c - b1 * c + b0) / bottom,
                .a1 = (2 * a0 - 2 * a2 * c * c) / bottom,
                .a2 = (a2 * c * c - a1 * c + a0) / bottom};
    }
    Section first_, second_;
    SectionState<double> firstState_, secondState_;
    double scale_ = 0;
};

/// 50 ms of 1 kHz at -14 dBFS from second 18.03, inside one sixteenth of a turn.
double burstAt(double seconds, double phase, double ramp)
{
    const double t = seconds - 18.03;
    if (t < 0 || t >= 0.05) return 0;
    const auto edge = [ramp](double distance) {
        return distance >= ramp ? 1.0 : 0.5 - 0.5 * std::cos(pi * distance / ramp);
    };
    return std::pow(10, -0.7) * std::sin(2 * pi * 1000 * t + phase) * edge(t) * edge(0.05 - t);
}
double extraRadius(double phase, double ramp)
{
    const CuttingCurves curves = curvesOf(24, [=](std::int64_t at) {
        const double v = burstAt(static_cast<double>(at) / 44'100, phase, ramp);
        return Frame{v, v};
    });
    static const double silent = grooveOf(curvesOf(24, constant(0, 0))).used;
    return (grooveOf(curves).used - silent) * 1000;
}
/// What both edges of one groove need more than in silence, um.
double reckonedRadius(double phase, double ramp)
{
    constexpr double rate = 44'100 * 8;
    SlowGroove groove{rate};
    double inner = 0, outer = 0;
    for (int i = 0; i < static_cast<int>(rate * 0.3); ++i) {
        const double d = groove.step(burstAt(18 + i / rate, phase, ramp));
        inner = std::max(inner, -d);
        outer = std::max(outer, d);
    }
    return std::numbers::sqrt2 * (inner + outer);
}

} // namespace

TEST_CASE("row 4: 100 Hz in antiphase at the reference opens the groove by 12.24 um, to 37.64 um at rest")
{
    const CuttingCurves curves = curvesOf(6, tone(100, -14, 44'100, 1, -1));
    const Groove groove = grooveOf(curves);
    CHECK(within(groove.widestOpening, 12.24, 1));
    CHECK(within(groove.deepest, 37.64 + 24.94, 1));
    CHECK(std::fabs(groove.shallowestFixed - 0.46) < 0.01 * 24.94);
    const LowEnd low = lowEndOf(curves);
    CHECK(std::ranges::all_of(low.events,
                              [](const VinylEvent& e) { return e.severity != Finding::Level::error; }));
}

TEST_CASE("row 13: at -5.03 dB a full-scale tone of 20 minutes has a pitch of 129.0 um")
{
    const CuttingCurves curves = curvesOf(60, tone(1000, 0, 22'050), 22'050);
    const auto pitch = [&](double gain) {
        return neededPitch(curves, wholeProgramme(curves), {}, micrometres(gain))[200];
    };
    CHECK(within(pitch(-5.03), 129.0, 0.5));
    CHECK(within(pitch(-5.03) - 65.8, 63.2, 0.5));
    CHECK(within(pitch(0) - 65.8, 112.8, 0.5));
}

TEST_CASE("row 14: a burst that does not begin with a jolt needs 22.5 um, whatever its phase")
{
    for (const double phase : {0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75}) {
        CAPTURE(phase);
        CHECK(within(extraRadius(phase * pi, 0.002), 22.5, 5));
        CHECK(within(reckonedRadius(phase * pi, 0.002), 22.5, 1));
    }
    CHECK(within(extraRadius(pi / 2, 0), 22.5, 5)); // switched on at its crest
}

TEST_CASE("a burst that is switched on moves the groove as far as calculation says, which is more")
{
    for (const double phase : {0.0, 0.25, 0.5, 0.75, 1.0, 1.5}) {
        CAPTURE(phase);
        CHECK(within(extraRadius(phase * pi, 0), reckonedRadius(phase * pi, 0), 4));
    }
    CHECK(reckonedRadius(0, 0) > 25);
}

TEST_CASE("row 23: a file that begins at half of full scale has a hard edge and no event about treble")
{
    const auto record = plannedRecord({0.1}, constant(0.5, 0.5), {});
    const VinylEvents& events = record.plan.sides.front().events;
    const auto edge = std::ranges::find(events, "hard_edge", &VinylEvent::kind);
    REQUIRE(edge != events.end());
    CHECK(edge->begin == 0);
    CHECK(edge->value == doctest::Approx(-6.02).epsilon(0.001));
    for (const std::string_view kind : {"curvature", "slope", "coil"})
        CHECK(std::ranges::count(events, kind, &VinylEvent::kind) == 0);
}

TEST_CASE("row 25: 6.02 dB more double every displacement, and take as much depth again")
{
    const double twice = 20 * std::log10(2.0);
    const CuttingCurves curves = curvesOf(3, tone(100, -20, 44'100, 1, -0.4));
    const Peaks once = peaksOf(curves), more = peaksOf(curves, twice);
    CHECK(within(more.vertical, 2 * once.vertical, 0.1));
    CHECK(within(more.lateral, 2 * once.lateral, 0.1));
    CHECK(within(more.channel, 2 * once.channel, 0.1));
    CHECK(within(grooveOf(curves).shallowestFixed - grooveOf(curves, twice).shallowestFixed, once.vertical,
                 0.1));
}

TEST_CASE("row 26: quiet bass with a correlation of -0.5 is a warning at most and costs no depth")
{
    // Independent middle and side with S^2 = 3 M^2: correlation (1 - 3) / (1 + 3).
    const Formula quiet = [m = tone(45, -45), s = tone(61, -45 + 4.77)](std::int64_t at) {
        return Frame{m(at).left + s(at).left, m(at).left - s(at).left};
    };
    const LowEnd found = lowEndOf(curvesOf(10, quiet));
    CHECK(found.bassCorrelation == doctest::Approx(-0.5).epsilon(0.1));
    CHECK(found.extraDepth <= 0);
    CHECK(!found.events.empty());
    for (const VinylEvent& e : found.events) CHECK(e.severity != Finding::Level::error);
}

TEST_CASE("other tones, levels, rates and speeds move, hurry and bend by the same formulas")
{
    constexpr std::array rates{44'100, 48'000, 88'200, 96'000, 192'000};
    constexpr double seconds = 3;
    Dice dice{8};
    const auto draw = [&](int low, int high) { return static_cast<double>(dice.between(low, high)); };
    for (int i = 0; i < scaled(60); ++i) {
        const int rate = rates[static_cast<std::size_t>(dice.between(0, 4))];
        const double hertz = 20 * std::pow(1000, draw(0, 1000) / 1000);
        const double left = std::pow(10, -draw(0, 500) / 200), right = left * draw(-100, 100) / 100,
                     phase = draw(0, 628) / 100;
        const double gain = draw(-200, 120) / 10, dbfs = -draw(80, 200) / 10;
        const Speed speed = dice.between(0, 1) == 0 ? Speed::rpm33 : Speed::rpm45;
        CAPTURE(rate);
        CAPTURE(hertz);
        CAPTURE(left);
        CAPTURE(right);
        const CuttingCurves curves = curvesOf(
            seconds,
            [=](std::int64_t at) {
                const double v = std::sin(2 * pi * hertz / rate * static_cast<double>(at) + phase);
                return Frame{left * v, right * v};
            },
            rate, speed);
        const double metres = velocityAtFullScale({.dbfs = dbfs}, gain);
        const double v = metres * riaaGain(hertz), louder = std::max(left, std::fabs(right));
        float velocity = 0, sideways = 0, acceleration = 0;
        for (const TraceBlock& b : curves.blocks) {
            velocity = std::max(velocity, b.velocity);
            sideways = std::max(sideways, b.lateralVelocity);
            acceleration = std::max(acceleration, b.acceleration);
        }
        const auto reads = [&](double wanted, float value) {
            return std::fabs(static_cast<double>(value) * metres - wanted) < wanted * 0.012 + 1e-7;
        };
        CHECK(reads(v * louder, velocity));
        CHECK(reads(v * std::fabs(left + right) / std::numbers::sqrt2, sideways));
        // Below 200 Hz what single precision leaves is larger than a hundredth: less than half a g at full
        // scale.
        const double bends = v * louder * 2 * pi * hertz,
                     rounding = louder * metres / 0.25 * standardGravity / 2;
        CHECK(std::fabs(static_cast<double>(acceleration) * metres - bends) < bends * 0.012 + rounding);
        if (hertz > 10'000) continue;
        // The filters are settled after a second.
        float lateral = 0, vertical = 0;
        const auto margin = static_cast<std::size_t>(1 / curves.segmentSeconds());
        for (std::size_t k = margin; k + margin < curves.segments.size(); ++k) {
            lateral = std::max(lateral, curves.segments[k].lateral);
            vertical = std::max({vertical, curves.segments[k].deeper, curves.segments[k].shallower});
        }
        const double d = v / (2 * pi * hertz) / std::numbers::sqrt2;
        CHECK(reads(d * std::fabs(left + right), lateral));
        CHECK(reads(d * std::fabs(left - right), vertical));
    }
}

TEST_CASE("row 15: whatever sounds, the pitch leaves every turn its space and the level widens it")
{
    const CuttingCurves curves = curvesOf(40, noise24(3, 0.4));
    const SideStretch side = wholeProgramme(curves);
    double last = 0;
    for (double gain = -20; gain <= 12; gain += 4) {
        const Groove groove = cutGroove(curves, side, {}, micrometres(gain));
        const std::vector<double> pitch = neededPitch(curves, side, {}, micrometres(gain));
        double least = 1;
        for (std::size_t k = 0; k + segmentsPerTurn < groove.advance.size(); ++k)
            least =
                std::min(least, groove.advance[k + segmentsPerTurn] - groove.advance[k] - pitch[k] * 1e-3);
        CHECK(least >= -1e-6); // mm: a nanometre
        CHECK(std::ranges::is_sorted(groove.advance));
        CHECK(groove.used > last);
        last = groove.used;
    }
}

TEST_CASE("row 26b: a bass-heavy mix with a wide top and mono bass raises no alarm about its low end")
{
    // Kick, bass and a voice in the middle; keys and cymbals wide; 9 dB less side than middle.
    constexpr int rate = 44'100;
    std::mt19937_64 random{9};
    const auto white = [&] {
        return static_cast<double>(static_cast<std::int32_t>(random() >> 32)) * 0x1p-31;
    };
    std::vector<Frame> sound;
    SectionState<double> voice, cymbals1, cymbals2, rumble1, rumble2;
    const Section low = lowPass4(3000, rate)[1], high = highPass(2, 150, rate), floor = highPass(2, 30, rate);
    double middleEnergy = 0, sideEnergy = 0;
    std::vector<double> sides;
    for (int i = 0; i < 20 * rate; ++i) {
        const double t = static_cast<double>(i) / rate, beat = std::fmod(t, 0.5);
        const double kick = std::min(1.0, beat / 0.005) * std::exp(-beat * 9) * std::sin(2 * pi * 60 * beat);
        const double m =
            rumble2.step(floor, rumble1.step(floor, 0.5 * kick + 0.25 * std::sin(2 * pi * 82.4 * t) +
                                                        0.5 * voice.step(low, white())));
        sides.push_back(cymbals2.step(high, cymbals1.step(high, white())));
        middleEnergy += m * m;
        sideEnergy += sides.back() * sides.back();
        sound.push_back({m, m});
    }
    const double wide = std::pow(10, -9.0 / 20) * std::sqrt(middleEnergy / sideEnergy);
    double energy = 0;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        sound[i] = {sound[i].left + wide * sides[i], sound[i].right - wide * sides[i]};
        energy += sound[i].left * sound[i].left;
    }
    const double scale = std::pow(10, -22.0 / 20) / std::sqrt(energy / static_cast<double>(sound.size()));
    const LowEnd found = lowEndOf(curvesOf(20, [&](std::int64_t at) {
        const Frame f = sound[static_cast<std::size_t>(at)];
        return Frame{f.left * scale, f.right * scale};
    }));
    CHECK(found.extraDepth <= 6);
    for (const VinylEvent& e : found.events) {
        CAPTURE(e.kind);
        CAPTURE(e.value);
        CHECK(e.severity == Finding::Level::note);
    }
}
