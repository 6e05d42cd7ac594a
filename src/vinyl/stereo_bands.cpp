#include "vinyl/stereo_bands.h"

#include "core/parallel.h"
#include "vinyl/bass_filter.h"
#include "vinyl/low_end.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace segue::vinyl {

namespace {

// Of every three seconds a quarter is looked at, behind a tenth in which the filters settle: 80 Hz by 160 dB.
constexpr double every = 3, looked = 0.25, settling = 0.1;
constexpr double leastPower = 1e-7; // -70 dBFS

class Band {
public:
    Band(double hertz, double rate) : sections_{lowPass4(hertz, rate)} {}
    [[nodiscard]] Two step(Two in) { return second_.step(sections_[1], first_.step(sections_[0], in)); }

private:
    std::array<Section, 2> sections_;
    SectionState<Two> first_{}, second_{};
};

/// The same at about 5.5 kHz, which is enough for 1 kHz: triangles of twice the step, so that what folds down
/// is 30 dB less. Both channels lose the same, at most 1 dB.
class Slowed {
public:
    explicit Slowed(int hertz) : step_{std::max<std::size_t>(1, static_cast<std::size_t>(hertz / 5500))} {}
    [[nodiscard]] double times() const { return static_cast<double>(step_); }
    void slow(const std::vector<Frame>& in, std::vector<Two>& out) const
    {
        out.clear();
        const double step = times();
        Two rising{}; // of the step before
        for (std::size_t at = 0; at + step_ <= in.size(); at += step_) {
            Two all{}, ramp{};
            for (std::size_t i = 0; i < step_; ++i) {
                const Two x{in[at + i].left, in[at + i].right};
                all += x;
                ramp += x * static_cast<double>(i + 1);
            }
            // What falls is the step less what rises.
            const Two sum = (rising + (all * step - ramp)) / (step * step);
            if (at > 0) out.push_back(std::isfinite(sum[0] + sum[1]) ? sum : Two{});
            rising = ramp;
        }
    }

private:
    std::size_t step_;
};

/// Adds what is below each edge.
void look(const std::vector<Two>& block, std::size_t skipped, double rate, TrackBands& below)
{
    for (std::size_t k = 0; k < below.size(); ++k) {
        if (stereoBandEdges[k] > 0.45 * rate || block.size() <= skipped) continue;
        Band band{stereoBandEdges[k], rate};
        Two squares{};
        double product = 0;
        for (std::size_t i = 0; i < block.size(); ++i) {
            const Two low = band.step(block[i]);
            if (i < skipped) continue;
            squares += low * low;
            product += low[0] * low[1];
        }
        below[k].left += squares[0];
        below[k].right += squares[1];
        below[k].product += product;
        below[k].frames += static_cast<double>(block.size() - skipped);
    }
}

Result<TrackBands> bandsOf(SoundSource& sound, const ProgrammeTrack& track)
{
    const double rate = sound.rate().hertz();
    const Slowed slowed{sound.rate().hertz()};
    const double slowRate = rate / slowed.times();
    const auto skipped = static_cast<std::size_t>(settling * slowRate);
    std::vector<Frame> block(static_cast<std::size_t>((settling + looked) * rate));
    std::vector<Two> slow;
    TrackBands below;
    for (double at = track.begin; at + settling + looked <= track.end; at += every) {
        if (auto done = sound.read(SamplePos{std::llround(at * rate)}, block); !done)
            return failure(std::move(done.error()));
        slowed.slow(block, slow);
        look(slow, skipped, slowRate, below);
    }
    // What a higher edge lets through more is its own band.
    for (std::size_t k = below.size(); k-- > 1;) {
        below[k].left = std::max(0.0, below[k].left - below[k - 1].left);
        below[k].right = std::max(0.0, below[k].right - below[k - 1].right);
        below[k].product -= below[k - 1].product;
    }
    return below;
}

} // namespace

Result<std::vector<TrackBands>> stereoOfTracks(const Programme& programme)
{
    std::vector<TrackBands> all(programme.tracks.size());
    std::mutex mutex;
    std::optional<Error> failed;
    parallelFor(all.size(), 0, [&](std::size_t i) {
        auto sound = programme.open();
        auto bands = sound ? bandsOf(**sound, programme.tracks[i])
                           : Result<TrackBands>{failure(std::move(sound.error()))};
        if (bands) {
            all[i] = *bands;
            return;
        }
        const std::scoped_lock lock{mutex};
        if (!failed) failed = std::move(bands.error());
    });
    if (failed) return failure(std::move(*failed));
    return all;
}

std::array<std::optional<BandWidth>, stereoBandEdges.size()>
stereoOfSide(const std::vector<TrackBands>& tracks, std::size_t first, std::size_t end)
{
    std::array<std::optional<BandWidth>, stereoBandEdges.size()> widths;
    for (std::size_t k = 0; k < widths.size(); ++k) {
        BandSums sum;
        for (std::size_t t = first; t < end; ++t) {
            sum.left += tracks[t][k].left;
            sum.right += tracks[t][k].right;
            sum.product += tracks[t][k].product;
            sum.frames += tracks[t][k].frames;
        }
        // Two channels, and a sine's energy is half its peak squared.
        if (sum.frames == 0 || (sum.left + sum.right) / sum.frames < leastPower) continue;
        widths[k] = BandWidth{.correlation = correlation(sum.left, sum.right, sum.product),
                              .sideOverMiddle = sideOverMiddle(sum.left, sum.right, sum.product)};
    }
    return widths;
}

std::string wordsFor(const std::array<std::optional<BandWidth>, stereoBandEdges.size()>& bands)
{
    std::string words;
    for (std::size_t k = 0; k < bands.size(); ++k) {
        if (!bands[k]) continue;
        const std::string where =
            k == 0 ? fmt::format("below {:g} Hz", stereoBandEdges[0])
                   : fmt::format("{:g}-{:g} Hz", stereoBandEdges[k - 1], stereoBandEdges[k]);
        const double side = bands[k]->sideOverMiddle;
        words += fmt::format("{}{} {:.2f} ({})", words.empty() ? "" : ", ", where, bands[k]->correlation,
                             side < -60  ? std::string{"mono"}
                             : side > 60 ? std::string{"only S"}
                                         : fmt::format("S {:+.0f} dB", side));
    }
    return words;
}

} // namespace segue::vinyl
