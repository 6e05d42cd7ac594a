/// \file
/// What libsndfile passes over in silence: chunk sizes that the file does not hold. Looked at before the library sees
/// the file.
#pragma once

#include "core/file_ops.h"

namespace segue {

/// Walks the chunks of WAV, RF64 and AIFF files and refuses data that is cut short, missing, or no whole number of
/// sample frames. Other containers pass: reading them counts the frames.
[[nodiscard]] Status checkContainer(File& file, std::int64_t size, const Path& path);

} // namespace segue
