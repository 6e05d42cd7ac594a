/// \file
/// Trying out what the decoding library does with a file, for a process that may die of it
/// (app/audio_probe.h).
#pragma once

#include "core/file_ops.h"

namespace segue {

/// Does with the file what reading it will ask of the library: opens it, decodes from the start and, where
/// seeking is exact, at the end. A hang, a crash or a run for memory shows here.
/// \return false: the library refuses the file. True: it takes it, or never gets to see it (PCM, a refusal or
/// a disk error of our own, which openAudioFile() will name).
/// \throws std::bad_alloc
[[nodiscard]] bool libraryTakes(FileOps& files, const Path& path);

} // namespace segue
