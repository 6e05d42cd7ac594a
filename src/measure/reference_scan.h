/// \file
/// The same figures by libebur128, which others wrote and many have checked: the second opinion behind
/// `segue measure --reference` and the tests. Ten times as slow as ours.
#pragma once

#include "audio/frame.h"
#include "core/decibels.h"
#include "core/units.h"
#include "measure/scan_work.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace segue {

struct ReferenceFigures {
    std::optional<double> integrated{}, range{}, momentary{}, shortTerm{}, truePeak{}, samplePeak{};
};

class ReferenceScan {
public:
    /// \param every how often momentary and short-term loudness are looked at: libebur128 itself leaves that
    /// to the caller, live meters do so every 100 ms
    explicit ReferenceScan(SampleRate rate, Duration every = milliseconds(100));
    ~ReferenceScan();
    ReferenceScan(ReferenceScan&&) noexcept;
    ReferenceScan& operator=(ReferenceScan&&) noexcept;

    void take(std::span<const Frame> frames);
    /// Above 192 kHz and at it libebur128's true peak is the sample peak.
    [[nodiscard]] ReferenceFigures figures() const;
    /// Integrated loudness and range of all of them as one programme; the highest of the others.
    [[nodiscard]] static ReferenceFigures together(std::span<const ReferenceScan> sounds);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Each sound with its gain, on all cores. In the order of the jobs.
[[nodiscard]] std::vector<Result<ReferenceScan>>
referenceScans(std::span<const ScanJob> jobs, std::span<const Decibels> gains, const Progress& progress);

} // namespace segue
