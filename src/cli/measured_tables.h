/// \file
/// What `segue measure` prints: a table with notes for people, one object for programs
/// (docs/formats/json.md).
#pragma once

#include "cli/streaming_tables.h"
#include "core/result.h"
#include "measure/sound_figures.h"

#include <optional>
#include <string>
#include <vector>

namespace segue::cli {

struct MeasuredRow {
    std::string name{};   ///< a title or a file's name
    std::string source{}; ///< a file's path; empty for a track of an album
    SoundFigures figures{};
    std::vector<ClippedRun> clipped{}; ///< places in the sound, before its gain
    SampleRate rate{};
    int channels = 2;
    Decibels gain{};
    std::optional<Error> error{}; ///< why it could not be read; the figures mean nothing then
};

struct Measured {
    std::vector<MeasuredRow> tracks{};
    SoundFigures album{};
    std::string edition{}; ///< empty for files
    bool reference = false;
    std::optional<StreamingTable> streaming{};
};

[[nodiscard]] std::string measuredText(const Measured& measured);
[[nodiscard]] std::string measuredJson(const Measured& measured);

} // namespace segue::cli
