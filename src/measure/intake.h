/// \file
/// Mixes as they come in for mastering: what each is, and what should be put right before mastering, said so
/// that the mix engineer can act on it. Values and sentences; who prints them is somebody else.
#pragma once

#include "audio/audio_file.h"
#include "core/finding.h"
#include "measure/faults.h"
#include "measure/held_peaks.h"
#include "measure/sound_figures.h"

#include <span>
#include <string>
#include <vector>

namespace segue {

/// Something to say about a mix. An error or a warning is to be put right or listened to, a note is to be
/// known.
struct IntakeRemark {
    Finding::Level level = Finding::Level::note;
    std::string rule{};     ///< of docs/checks.md; empty: about the file's format or its headroom
    std::string sentence{}; ///< what is the case, with its first places
    std::string whatToDo{}; ///< may be empty
    [[nodiscard]] friend bool operator==(const IntakeRemark&, const IntakeRemark&) = default;
};

struct IntakeMix {
    std::string name{}; ///< the file's name
    SampleRate rate{};
    int channels = 2;
    SampleFormat format{};
    SoundFigures figures{};
    std::vector<IntakeRemark> remarks{}; ///< worst first
    bool read = true;                    ///< false: nothing but name and remarks means anything
    /// "WAV, 24 bit, 96 kHz, stereo"; empty for a file that was not read
    [[nodiscard]] std::string formatWords() const;
    /// How far the true peak stays below full scale, dB; negative when it passes. Absent in silence.
    [[nodiscard]] std::optional<double> headroom() const;
    [[nodiscard]] std::size_t count(Finding::Level level) const;
};

/// Less room than this between the true peak and full scale is a note.
inline constexpr double wantedHeadroom = 1.0;

/// One remark for each rule that is broken: its first three places by time, the others counted.
/// \param held heldPeaks() of the sound
[[nodiscard]] IntakeMix intakeOf(std::string name, const AudioFileInfo& info, const SoundFigures& figures,
                                 const Faults& faults, const std::optional<HeldPeaks>& held = {});

/// A file that could not be read, with the reason: to be sent again.
[[nodiscard]] IntakeMix unreadableMix(std::string name, const Error& why);

/// What is true of several together: rates, depths or channels that differ.
[[nodiscard]] std::vector<std::string> remarksOnAll(std::span<const IntakeMix> mixes);

} // namespace segue
