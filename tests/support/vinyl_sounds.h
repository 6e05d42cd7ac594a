/// \file
/// Programmes by formula, and what the cutting model makes of them.
#pragma once

#include "support/fake_sound.h"
#include "support/scale.h"
#include "vinyl/groove.h"
#include "vinyl/programme.h"
#include "vinyl/riaa.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace segue::test {

class FrameSound final : public SoundSource {
public:
    FrameSound(int rate, double seconds, Formula formula)
        : rate_{rate}, length_{std::llround(seconds * rate)}, formula_{std::move(formula)}
    {
    }
    [[nodiscard]] SampleRate rate() const override { return SampleRate{rate_}; }
    [[nodiscard]] SampleCount length() const override { return SampleCount{length_}; }
    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::int64_t k = at.value() + static_cast<std::int64_t>(i);
            out[i] = k < 0 || k >= length_ ? Frame{} : formula_(k);
        }
        return {};
    }

private:
    int rate_;
    std::int64_t length_;
    Formula formula_;
};

/// A sine whose whole periods come round after one second, from a table: fast enough for twenty minutes.
[[nodiscard]] inline Formula tone(int hertz, double dbfs, int rate = 44'100, double left = 1,
                                  double right = 1)
{
    std::vector<double> second(static_cast<std::size_t>(rate));
    const double peak = std::pow(10, dbfs / 20);
    for (std::size_t i = 0; i < second.size(); ++i)
        second[i] = peak * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate);
    return [second = std::move(second), left, right](std::int64_t at) {
        const double v = second[static_cast<std::size_t>(at % static_cast<std::int64_t>(second.size()))];
        return Frame{left * v, right * v};
    };
}

[[nodiscard]] inline vinyl::CuttingCurves curvesOf(double seconds, const Formula& formula, int rate = 44'100,
                                                   vinyl::Speed speed = vinyl::Speed::rpm33,
                                                   const vinyl::CurveWork& work = {})
{
    auto curves = vinyl::measureCuttingCurves(
        [&]() -> Result<std::unique_ptr<SoundSource>> {
            return std::make_unique<FrameSound>(rate, seconds, formula);
        },
        speed, work);
    if (!curves) throw std::runtime_error{curves.error().what};
    return std::move(*curves);
}

/// Peaks at -14 dBFS = 5 cm/s, in the units of the reports.
struct Peaks {
    double velocity = 0, lateralVelocity = 0, acceleration = 0, channel = 0, lateral = 0, vertical = 0;
};
[[nodiscard]] inline Peaks peaksOf(const vinyl::CuttingCurves& curves, double gain = 0)
{
    const double metres = vinyl::velocityAtFullScale({}, gain);
    Peaks p;
    const auto most = [](double& a, float b, double scale) {
        a = std::max(a, static_cast<double>(b) * scale);
    };
    for (const vinyl::TraceBlock& b : curves.blocks) {
        most(p.velocity, b.velocity, metres * 100);
        most(p.lateralVelocity, b.lateralVelocity, metres * 100);
        most(p.acceleration, b.acceleration, metres / vinyl::standardGravity);
    }
    for (const vinyl::GrooveSegment& g : curves.segments) {
        for (const float d : {-g.lowLeft, g.highLeft, -g.lowRight, g.highRight})
            most(p.channel, d, metres * 1e6);
        most(p.lateral, g.lateral, metres * 1e6);
        most(p.vertical, std::max(g.deeper, g.shallower), metres * 1e6);
    }
    return p;
}
[[nodiscard]] inline vinyl::Groove grooveOf(const vinyl::CuttingCurves& curves, double gain = 0,
                                            const vinyl::LatheProfile& lathe = {})
{
    return vinyl::cutGroove(curves, vinyl::wholeProgramme(curves), lathe,
                            1e6 * vinyl::velocityAtFullScale({}, gain));
}

/// Two tracks of ten seconds each, made of these.
[[nodiscard]] inline vinyl::Programme twoTracks(const Formula& first, const Formula& second,
                                                int rate = 48'000)
{
    vinyl::Programme p{.rate = SampleRate{rate}};
    p.tracks = {{.begin = 0, .end = 10, .start = 0}, {.begin = 10, .end = 20, .start = 10}};
    const Formula both = [=](std::int64_t at) { return at < 10 * rate ? first(at) : second(at); };
    p.open = [=]() -> Result<std::unique_ptr<SoundSource>> {
        return std::make_unique<FrameSound>(rate, 20, both);
    };
    return p;
}

/// Within a part of a hundred.
[[nodiscard]] inline bool within(double value, double wanted, double percent)
{
    return std::fabs(value - wanted) <= std::fabs(wanted) * percent / 100;
}

} // namespace segue::test
