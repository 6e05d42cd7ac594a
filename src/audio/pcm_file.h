/// \file
/// Reads PCM and float samples straight from the file: no library, no cursor, half again as fast. Integer
/// value k of n bits is exactly k / 2^(n-1); float values are taken as they are.
#pragma once

#include "audio/audio_file.h"
#include "audio/container.h"

namespace segue {

[[nodiscard]] std::unique_ptr<AudioFile> makePcmFile(std::unique_ptr<File> file, const FileStat& stat,
                                                     Path path, SampleFormat format, const PcmLayout& layout);

} // namespace segue
