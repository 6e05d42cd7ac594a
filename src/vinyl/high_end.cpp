#include "vinyl/high_end.h"

#include "vinyl/riaa.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace segue::vinyl {

namespace {

using Level = Finding::Level;

constexpr double pause = 0.05;
constexpr std::size_t partsThatWarn = 3, blocksPerSecond = 100;

double overload(double acceleration, double tipMicrometres, double speed)
{
    return 20 * std::log10(acceleration * tipMicrometres * 1e-6 / (speed * speed));
}

VinylEvent momentAt(const CutSide& side, std::size_t block)
{
    VinylEvent e{.begin = static_cast<double>(block) * blockSeconds, .length = blockSeconds};
    e.radius = side.radiusAt(e.begin + blockSeconds);
    return e;
}

// Below, `speed` is the groove's at the end of the block, in m/s.
void checkCurvature(const CutSide& side, const TraceBlock& b, std::size_t block, double speed, EventRow& row)
{
    const double limit = speed * speed / (side.lathe.tipSpherical * 1e-6) / side.metres;
    const auto over =
        std::ranges::count_if(b.sustained, [&](float s) { return static_cast<double>(s) > limit; });
    if (over == 0) return;
    const double worst = static_cast<double>(std::ranges::max(b.sustained)) * side.metres;
    VinylEvent e = momentAt(side, block);
    e.kind = "curvature";
    e.unit = "dB";
    const double elliptical = overload(worst, side.lathe.tipElliptical, speed);
    if (elliptical > 0) {
        e.severity = Level::error;
        e.value = elliptical;
        e.radiusNeeded = radiusThatTraces(worst, side.lathe.tipElliptical, side.format.speed);
    } else if (static_cast<std::size_t>(over) >= partsThatWarn) {
        e.severity = Level::warning;
        e.value = overload(worst, side.lathe.tipSpherical, speed);
        e.radiusNeeded = radiusThatTraces(worst, side.lathe.tipSpherical, side.format.speed);
    } else {
        return;
    }
    // An error is worse than any warning, whichever tip it was counted for.
    row.add(e, e.severity == Level::error ? e.value + 1000 : e.value);
}

void checkSlope(const CutSide& side, const TraceBlock& b, std::size_t block, double speed, EventRow& row)
{
    const double velocity = static_cast<double>(b.lateralVelocity) * side.metres;
    if (velocity <= speed) return;
    VinylEvent e = momentAt(side, block);
    e.kind = "slope";
    e.severity = Level::error;
    e.value = velocity * 100;
    e.unit = "cm/s";
    e.radiusNeeded = velocity * revolutionSeconds(side.format.speed) / (2 * std::numbers::pi) * 1e3;
    row.add(e, velocity);
}

// Runs of a second: the energy of the parts, which are peaks of sines.
void checkCoil(const CutSide& side, std::size_t first, std::size_t end, HighEnd& found)
{
    EventRow row{found.events, 1};
    for (std::size_t i = first; i < end; i += blocksPerSecond) {
        double squares = 0;
        const std::size_t until = std::min(i + blocksPerSecond, end);
        for (std::size_t k = i; k < until; ++k)
            for (const float s : side.curves.blocks[k].sustained)
                squares += static_cast<double>(s) * static_cast<double>(s);
        const double parts = static_cast<double>(blocksPerSecond * partsPerBlock);
        const double rms = std::sqrt(squares / parts / 2) * side.metres / standardGravity;
        found.coil = std::max(found.coil, rms);
        if (rms <= side.lathe.coilWarning) continue;
        VinylEvent e = momentAt(side, i);
        e.kind = "coil";
        e.severity = rms > side.lathe.coilError ? Level::error : Level::warning;
        e.length = static_cast<double>(until - i) * blockSeconds;
        e.value = rms;
        e.unit = "g";
        row.add(e, rms);
    }
}

void applyWindow(std::vector<Frame>& sound)
{
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double turn = (static_cast<double>(i) + 0.5) / static_cast<double>(sound.size());
        const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * turn);
        sound[i] = {sound[i].left * window, sound[i].right * window};
    }
}

// Strength of the acceleration at one frequency: a sum of the second differences would do, but the
// characteristic is known, so the sound itself is weighed with it. Goertzel's recursion.
double strengthAt(const std::vector<Frame>& windowed, double hertz, double rate)
{
    const double twice = 2 * std::cos(2 * std::numbers::pi * hertz / rate);
    Frame last, before;
    for (const Frame f : windowed) {
        const Frame now{f.left + twice * last.left - before.left,
                        f.right + twice * last.right - before.right};
        before = last;
        last = now;
    }
    const auto squared = [&](double a, double b) { return a * a + b * b - twice * a * b; };
    const double strongest = std::max(squared(last.left, before.left), squared(last.right, before.right));
    return std::sqrt(std::max(strongest, 0.0)) * riaaGain(hertz) * hertz;
}

} // namespace

double radiusThatTraces(double acceleration, double tipMicrometres, Speed speed)
{
    return std::sqrt(acceleration * tipMicrometres * 1e-6) * revolutionSeconds(speed) /
           (2 * std::numbers::pi) * 1e3;
}

HighEnd checkHighEnd(const CutSide& side)
{
    HighEnd found;
    const auto& blocks = side.curves.blocks;
    const auto first = static_cast<std::size_t>(std::max(0.0, side.stretch.begin / blockSeconds + 1e-6));
    const auto end =
        std::min(static_cast<std::size_t>(std::ceil(side.stretch.end / blockSeconds - 1e-6)), blocks.size());
    {
        EventRow curvature{found.events, pause}, slope{found.events, pause};
        for (std::size_t i = first; i < end; ++i) {
            const TraceBlock& b = blocks[i];
            found.velocity = std::max(found.velocity, static_cast<double>(b.velocity) * side.metres);
            found.lateralVelocity =
                std::max(found.lateralVelocity, static_cast<double>(b.lateralVelocity) * side.metres);
            found.acceleration = std::max(found.acceleration, static_cast<double>(b.acceleration) *
                                                                  side.metres / standardGravity);
            const double speed = side.speedAt(static_cast<double>(i + 1) * blockSeconds);
            checkCurvature(side, b, i, speed, curvature);
            checkSlope(side, b, i, speed, slope);
        }
    }
    checkCoil(side, first, end, found);
    return found;
}

Status nameFrequencies(VinylEvents& events, SoundSource& programme, std::size_t most)
{
    constexpr std::array centres{4000.0, 5000.0, 6300.0, 8000.0, 10'000.0, 12'500.0, 16'000.0, 20'000.0};
    const double rate = programme.rate().hertz();
    std::vector<Frame> sound(static_cast<std::size_t>(rate * 0.02));
    for (VinylEvent& e : events) {
        if (e.kind != "curvature" || most == 0) continue;
        --most;
        const double from = e.worst + blockSeconds / 2 - 0.01;
        if (auto done = programme.read(SamplePos{std::llround(from * rate)}, sound); !done) return done;
        applyWindow(sound);
        double strongest = 0;
        for (const double centre : centres) {
            if (centre * 1.12 > rate / 2) break;
            // Five lines across the third octave.
            for (const double factor : {0.9, 0.95, 1.0, 1.055, 1.11}) {
                const double strength = strengthAt(sound, centre * factor, rate);
                if (strength <= strongest) continue;
                strongest = strength;
                e.frequency = centre;
            }
        }
    }
    return {};
}

} // namespace segue::vinyl
