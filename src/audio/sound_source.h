/// \file
/// Sound with random access: a file on disk, or one converted to another rate. Pull-based and positional:
/// there is no cursor, the same position gives the same frames whatever was read before and however much is
/// asked for. An object is used by one thread at a time; threads that read the same source open it again.
#pragma once

#include "audio/frame.h"
#include "core/result.h"
#include "core/units.h"

#include <functional>
#include <memory>

namespace segue {

class SoundSource {
public:
    SoundSource() = default;
    SoundSource(const SoundSource&) = delete;
    SoundSource& operator=(const SoundSource&) = delete;
    virtual ~SoundSource() = default;
    [[nodiscard]] virtual SampleRate rate() const = 0;
    [[nodiscard]] virtual SampleCount length() const = 0;
    /// Fills `out` with the frames from `at` on; silence outside [0, length). Mono sounds on both sides. An
    /// Error when the file gives less than it promised or the disk fails; never less audio without a word.
    [[nodiscard]] virtual Status read(SamplePos at, Block out) = 0;
};
/// Opens a sound; called by each thread that reads it.
using SoundOpener = std::function<Result<std::unique_ptr<SoundSource>>()>;

} // namespace segue
