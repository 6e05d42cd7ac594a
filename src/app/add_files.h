/// \file
/// Audio files into an album: opened, measured, described.
#pragma once

#include "album/album.h"
#include "app/audio_probe.h"
#include "core/file_ops.h"
#include "core/finding.h"
#include "core/progress.h"

#include <string>

namespace segue {

struct AddedSource {
    Album album{};
    SourceId source{};
    Findings findings{}; ///< AUDIO.NOT_FINITE
};
/// Reads the whole file once. The path is stored absolute. \param container see openAudioFile
/// \param prober tries the file out first; null: the libraries are trusted with it
[[nodiscard]] Result<AddedSource> addSourceFile(FileOps& files, Album album, const Path& path,
                                                const std::string& container, const Progress& progress,
                                                AudioProber* prober = nullptr);

/// A title from a file's name: "03 - Morning Song.wav" is "Morning Song".
[[nodiscard]] std::string titleFromFileName(const Path& path);

} // namespace segue
