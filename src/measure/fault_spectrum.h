/// \file
/// Where the spectrum of a sound ends. A lossy encoder cuts everything above 16 to 20 kHz off with an edge
/// that no instrument, microphone or converter has; a file at 96 kHz whose sound ends at 22 or 24 kHz was
/// made at a lower rate. Suspicions: the sound is looked at about once a second.
#pragma once

#include "measure/fault_chunk.h"
#include "measure/fault_thresholds.h"

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace segue {

class FourierTransform;

/// Levels in bands of 250 Hz, each reached or passed by a tenth of the loud moments. A few clipped or damaged
/// moments do not change it, which they would a mean; quiet ones do not, either.
struct BandLevels {
    static constexpr double width = 250; ///< Hz
    std::vector<double> decibels{};      ///< of full scale; from 0 Hz
    std::int64_t moments = 0;
};

/// A place where the levels fall steeply and stay down.
struct SpectralCeiling {
    double hertz = 0;
    double drop = 0; ///< dB, from the kilohertz below to the kilohertz above
};
/// The steepest between these frequencies; nothing when the levels fall nowhere.
[[nodiscard]] std::optional<SpectralCeiling> findCeiling(const BandLevels& levels, double from, double to);

class SpectrumFaults {
public:
    SpectrumFaults(const FaultThresholds& thresholds, const SoundShape& shape);
    ~SpectrumFaults();
    SpectrumFaults(SpectrumFaults&&) noexcept;
    SpectrumFaults& operator=(SpectrumFaults&&) noexcept;
    void take(const FaultChunk& chunk);
    void finish(Faults& all) const;
    [[nodiscard]] BandLevels levels() const;

private:
    /// One spectrum. \param tiles of these frames
    void look(std::span<const Frame> frames, std::span<const FaultTile> tiles);
    /// 1 dB each, from -180 dBFS.
    static constexpr std::size_t steps = 200;
    static constexpr double lowestStep = -180;

    void findUpsampled(const BandLevels& found, Faults& all) const;
    void findLossy(const BandLevels& found, Faults& all) const;

    FaultThresholds thresholds_;
    SampleRate rate_;
    std::unique_ptr<FourierTransform> transform_;
    std::int64_t every_, stretches_ = 0, moments_ = 0;
    std::vector<std::array<std::uint32_t, steps>> histograms_{}; ///< of each band
    SamplePos end_{};
};

} // namespace segue
