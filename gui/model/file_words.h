/// \file
/// What a file dialog says about the audio files chosen in it.
#pragma once

#include "audio/audio_file.h"

#include <span>
#include <string>

namespace segue::gui {

/// "WAV · 24 bit · 44.1 kHz · stereo · 3:45.120"
[[nodiscard]] std::string fileWords(const AudioFileInfo& file);
/// "3 files · 44.1 and 96 kHz · 11:20.000 together"; of one file fileWords().
[[nodiscard]] std::string filesWords(std::span<const AudioFileInfo> files);
/// The file alone as an album, to be heard. An Error when no album takes it.
[[nodiscard]] Result<Album> albumOfFile(const Path& path, const AudioFileInfo& file);

} // namespace segue::gui
