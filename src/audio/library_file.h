/// \file
/// Files that libsndfile decodes: FLAC, Ogg Vorbis, Opus, MP3, A-law and mu-law. It reads through File, so
/// that a disk error is seen as one; its counts are held against the header's; its seeking is used only where
/// it is exact.
#pragma once

#include "audio/audio_file.h"
#include "audio/container.h"

namespace segue {

/// What is said of a file that libsndfile does not take.
[[nodiscard]] std::string refusedByLibrary(const SampleFormat& format);

[[nodiscard]] Result<std::unique_ptr<AudioFile>>
openLibraryFile(std::unique_ptr<File> file, const FileStat& stat, Path path, ContainerFacts facts);

} // namespace segue
