#include "vinyl/air.h"

#include "core/parallel.h"
#include "vinyl/bass_filter.h"

#include <array>
#include <cmath>
#include <mutex>
#include <numbers>

namespace segue::vinyl {

namespace {

// Of every second 40 ms are looked at, behind 3 ms in which the filter settles.
constexpr double every = 1, looked = 0.04, settling = 0.003;
constexpr double leastLevel = -180;

/// Butterworth of the fourth order as two sections of the second.
class AirFilter {
public:
    explicit AirFilter(double rate)
    {
        const double w = tangentOfHalfTurns(airBegins / rate);
        constexpr std::array damping{1.847759065022573, 0.7653668647301796};
        for (std::size_t i = 0; i < 2; ++i) {
            const double bottom = 1 + damping[i] * w + w * w;
            sections_[i] = {.b0 = 1 / bottom,
                            .b1 = -2 / bottom,
                            .b2 = 1 / bottom,
                            .a1 = 2 * (w * w - 1) / bottom,
                            .a2 = (1 - damping[i] * w + w * w) / bottom};
        }
    }
    [[nodiscard]] Frame step(Frame f)
    {
        const Two out = second_.step(sections_[1], first_.step(sections_[0], Two{f.left, f.right}));
        return {out[0], out[1]};
    }

private:
    std::array<Section, 2> sections_{};
    SectionState<Two> first_{}, second_{};
};

Result<std::optional<double>> airOf(SoundSource& sound, const ProgrammeTrack& track)
{
    const double rate = sound.rate().hertz();
    const auto skipped = static_cast<std::size_t>(settling * rate);
    std::vector<Frame> block(skipped + static_cast<std::size_t>(looked * rate));
    double sum = 0, count = 0;
    for (double at = track.begin; at + looked + settling < track.end; at += every) {
        if (auto done = sound.read(SamplePos{std::llround(at * rate)}, block); !done)
            return failure(std::move(done.error()));
        AirFilter filter{rate};
        for (std::size_t i = 0; i < block.size(); ++i) {
            const Frame f = filter.step(block[i]);
            if (i >= skipped && std::isfinite(f.left + f.right)) sum += f.left * f.left + f.right * f.right;
        }
        count += static_cast<double>(block.size() - skipped);
    }
    if (count == 0 || sum <= 0) return std::nullopt;
    // Two channels, and a sine's energy is half its peak squared.
    const double level = 10 * std::log10(sum / count);
    return level < leastLevel ? std::optional<double>{} : level;
}

} // namespace

Result<Air> airOfTracks(const Programme& programme)
{
    Air all(programme.tracks.size());
    if (programme.rate.hertz() < 2.2 * airBegins) return all;
    std::mutex mutex;
    std::optional<Error> failed;
    parallelFor(all.size(), 0, [&](std::size_t i) {
        auto sound = programme.open();
        auto air = sound ? airOf(**sound, programme.tracks[i])
                         : Result<std::optional<double>>{failure(std::move(sound.error()))};
        if (air) {
            all[i] = *air;
            return;
        }
        const std::scoped_lock lock{mutex};
        if (!failed) failed = std::move(air.error());
    });
    if (failed) return failure(std::move(*failed));
    return all;
}

std::optional<double> airOfSide(const Programme& programme, const Air& tracks, std::size_t first,
                                std::size_t end)
{
    double sum = 0, seconds = 0;
    for (std::size_t t = first; t < end; ++t) {
        const double length = programme.tracks[t].end - programme.tracks[t].begin;
        seconds += length;
        if (tracks[t]) sum += std::pow(10, *tracks[t] / 10) * length;
    }
    if (sum <= 0 || seconds <= 0) return std::nullopt;
    return 10 * std::log10(sum / seconds);
}

} // namespace segue::vinyl
