#include "measure/fault_spectrum.h"

#include "core/decibels.h"
#include "measure/fault_rules.h"
#include "measure/fourier.h"

#include <cmath>
#include <numeric>

namespace segue {

namespace {

constexpr std::int64_t fewestMoments = 8;
// What is quieter than -60 dBFS says nothing about the rest.
constexpr double leastPower = 1e-6;
// A kilohertz on each side of an edge that is half a kilohertz wide.
constexpr std::size_t bandsBeside = 4, edgeBands = 2;
// Encoders at high rates and Vorbis end here, and so do some converters: nobody can tell.
constexpr double highestTelling = 20'700;
constexpr double lowestCeiling = 10'000;
// The sound below the ceiling has to stand out of the dither.
constexpr double leastBelow = -105;
constexpr double rateCeilingFrom = 19'500, rateCeilingTo = 24'500;
constexpr int lowestHighRate = 64'000;

// At most one spectrum of so many frames, times the scale.
constexpr std::int64_t stretchFrames = 4096;
static_assert(faultChunkFrames % stretchFrames == 0);

} // namespace

SpectrumFaults::SpectrumFaults(const FaultThresholds& t, const SoundShape& shape)
    : thresholds_{t}, rate_{shape.rate},
      transform_{std::make_unique<FourierTransform>(static_cast<std::size_t>(2048 * faultScale(shape.rate)))},
      every_{std::clamp<std::int64_t>(shape.length.value() / (200 * stretchFrames * faultScale(shape.rate)),
                                      1, 10)},
      histograms_(static_cast<std::size_t>(shape.rate.hertz() / 2 / BandLevels::width))
{
}
SpectrumFaults::~SpectrumFaults() = default;
SpectrumFaults::SpectrumFaults(SpectrumFaults&&) noexcept = default;
SpectrumFaults& SpectrumFaults::operator=(SpectrumFaults&&) noexcept = default;

void SpectrumFaults::take(const FaultChunk& chunk)
{
    end_ = chunk.end();
    const std::size_t n = transform_->frames();
    const auto stretch = static_cast<std::size_t>(stretchFrames * faultScale(rate_));
    for (std::size_t at = 0; at < chunk.frames.size(); at += stretch)
        if (stretches_++ % every_ == 0 && at + n <= chunk.frames.size())
            look(chunk.frames.subspan(at, n), chunk.tiles.subspan(at / faultTileFrames, n / faultTileFrames));
}

void SpectrumFaults::look(std::span<const Frame> frames, std::span<const FaultTile> tiles)
{
    const std::size_t n = frames.size();
    double energy = 0;
    for (const FaultTile& tile : tiles) energy += tile.energy.left + tile.energy.right;
    if (energy < leastPower * static_cast<double>(n)) return;
    const auto power = transform_->power(frames);
    const double binWidth = static_cast<double>(rate_.hertz()) / static_cast<double>(n);
    std::vector<double> bands(histograms_.size());
    for (std::size_t k = 1; k < power.size(); ++k) {
        const auto band = static_cast<std::size_t>(static_cast<double>(k) * binWidth / BandLevels::width);
        if (band < bands.size()) bands[band] += power[k];
    }
    for (std::size_t b = 0; b < bands.size(); ++b) {
        const double level = 10 * std::log10(std::max(bands[b], 1e-18)) - lowestStep;
        ++histograms_[b][static_cast<std::size_t>(std::clamp(level, 0.0, static_cast<double>(steps - 1)))];
    }
    ++moments_;
}

BandLevels SpectrumFaults::levels() const
{
    BandLevels found{.moments = moments_};
    for (const auto& histogram : histograms_) {
        std::int64_t above = 0;
        std::size_t step = steps;
        while (step > 0 && above * 10 < moments_) above += histogram[--step];
        found.decibels.push_back(lowestStep + static_cast<double>(step));
    }
    return found;
}

std::optional<SpectralCeiling> findCeiling(const BandLevels& levels, double from, double to)
{
    const auto& d = levels.decibels;
    const auto first = std::max(static_cast<std::size_t>(from / BandLevels::width), bandsBeside);
    const auto last = static_cast<std::size_t>(to / BandLevels::width);
    std::optional<SpectralCeiling> found;
    // At least half a kilohertz above the edge must be there.
    for (std::size_t edge = first; edge <= last && edge + edgeBands + 2 <= d.size(); ++edge) {
        const auto at = d.begin() + static_cast<std::ptrdiff_t>(edge);
        const double below = std::accumulate(at - bandsBeside, at, 0.0) / bandsBeside;
        const auto above = at + edgeBands;
        const double highest =
            *std::max_element(above, above + std::min<std::ptrdiff_t>(bandsBeside, d.end() - above));
        const double drop = below - highest;
        if (below < leastBelow || (found && drop <= found->drop)) continue;
        found = SpectralCeiling{.hertz = static_cast<double>(edge) * BandLevels::width, .drop = drop};
    }
    return found;
}

void SpectrumFaults::findUpsampled(const BandLevels& found, Faults& all) const
{
    if (rate_.hertz() < lowestHighRate) return;
    const auto ceiling = findCeiling(found, rateCeilingFrom, rateCeilingTo);
    if (!ceiling || ceiling->drop < thresholds_.rateEdge) return;
    // Nothing comes back above it.
    const auto& d = found.decibels;
    const auto above = static_cast<std::size_t>(ceiling->hertz / BandLevels::width) + edgeBands;
    const double below = d[static_cast<std::size_t>(ceiling->hertz / BandLevels::width) - 1];
    if (*std::max_element(d.begin() + static_cast<std::ptrdiff_t>(above), d.end()) > below - 20) return;
    all.push_back({.rule = fault::upsampled,
                   .end = end_,
                   .value = ceiling->hertz / 1000,
                   .confidence = std::clamp(ceiling->drop / 80, 0.5, 0.95)});
}

void SpectrumFaults::findLossy(const BandLevels& found, Faults& all) const
{
    const auto ceiling = findCeiling(found, lowestCeiling, highestTelling);
    if (!ceiling || ceiling->drop < thresholds_.lossyEdge) return;
    const bool tells = ceiling->hertz <= thresholds_.lossyCeiling * 1000;
    all.push_back(
        {.rule = tells ? fault::lossy : fault::lossyUnknown,
         .end = end_,
         .value = ceiling->hertz / 1000,
         .confidence =
             tells ? std::clamp(0.5 + (ceiling->drop - thresholds_.lossyEdge) / 60, 0.5, 0.95) : 0.3});
}

void SpectrumFaults::finish(Faults& all) const
{
    if (moments_ < fewestMoments) return;
    const BandLevels found = levels();
    findUpsampled(found, all);
    findLossy(found, all);
}

} // namespace segue
