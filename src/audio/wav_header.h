/// \file
/// The format chunk that WAV, RF64 and W64 files share.
#pragma once

#include "audio/container.h"

namespace segue {

/// Reads a "fmt " chunk's body (16 bytes or more). Refuses codings that Segue does not read (only PCM, float,
/// A-law and mu-law have a length that the header gives exactly) and headers that contradict themselves.
[[nodiscard]] Result<EvenSamples> readFormatChunk(const HeaderBytes& in, std::string_view body,
                                                  bool bigEndian, std::string container);

} // namespace segue
