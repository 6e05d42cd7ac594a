/// \file
/// The loudness of a programme whose steps of 20 ms come one hop after another and need not stay: what is
/// kept is one number for each 100 ms that passes the gate.
#pragma once

#include "measure/loudness_windows.h"

#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace segue {

/// As loudness.h has them for steps that are all there.
struct ProgrammeFigures {
    std::optional<double> integrated{};              ///< LUFS
    std::optional<double> range{};                   ///< LU
    std::optional<Highest> momentary{}, shortTerm{}; ///< LUFS
    /// The smallest distance from the true peak of 3 s to their loudness, dB.
    std::optional<double> psr{};
};

class ProgrammeLoudness {
public:
    /// The next steps, at most a hop of them. \param peak the true peak in them, absolute
    void take(std::span<const float> steps, float peak);
    /// Steps of silence; a hop that was not whole may become so by them.
    void takeSilence(std::size_t steps);
    /// The next hop belongs to another sound: what no hop was filled with is not looked at for its peak.
    void endSound() { partialPeak_ = 0; }
    /// When everything was taken; call once.
    [[nodiscard]] ProgrammeFigures finish();

private:
    [[nodiscard]] std::size_t hopsHere() const { return steps_.size() / stepsInHop; }
    void lookAt(bool last);
    void gate(std::span<const double> sums);
    void holdPeaksAgainst(std::span<const double> means);

    std::vector<float> steps_{}, peaks_{}; ///< of the windows not looked at yet; a peak for each whole hop
    std::size_t begin_ = 0;                ///< the first of these hops
    float partialPeak_ = 0;                ///< of the last hop, when it is not whole
    std::deque<double> blocks_{};          ///< mean squares of 400 ms above the absolute gate
    std::vector<double> seconds_{};        ///< of 3 s, one each second, the same
    LoudestWindow momentary_{momentarySteps}, shortTerm_{shortTermSteps};
    bool hasMomentary_ = false, hasShortTerm_ = false;
    double leastRatio_ = 0; ///< of peak and loudness, as powers
    std::optional<double> psr_{};
};

} // namespace segue
