/// \file
/// The owner of libsndfile's handle, and its view of a File. It counts and remembers what the library does
/// not say; what the answers mean is library_file.cpp's business.
#pragma once

#include "core/file_ops.h"

#include <memory>
#include <optional>

namespace segue {

class SndfileDecoder {
public:
    enum class Coding : std::uint8_t { vorbis, opus, other };
    struct Facts {
        int rate = 0, channels = 0;
        std::optional<std::int64_t> frames{}; ///< what the library believes
        Coding coding = Coding::other;
    };

    SndfileDecoder(std::unique_ptr<File> file, std::int64_t size);
    ~SndfileDecoder();
    SndfileDecoder(const SndfileDecoder&) = delete;
    SndfileDecoder& operator=(const SndfileDecoder&) = delete;

    /// A fresh decoder at frame 0; nothing when the library refuses or the disk failed.
    [[nodiscard]] std::optional<Facts> open();
    /// Interleaved. \return frames read: fewer at the end, after damage and after a disk error
    [[nodiscard]] std::int64_t read(double* into, std::int64_t frames);
    [[nodiscard]] bool seek(std::int64_t frame);
    /// The library saw damage (it does not see all of it).
    [[nodiscard]] bool damaged() const;
    /// The first disk error since the last call; the library takes a failed read for the end of the file.
    [[nodiscard]] std::optional<SystemError> takeDiskError();
    /// Shows a FLAC file's 36-bit length field, whose first four bits are the lower half of byte `at`, as 0
    /// ("unknown") from the next open() on: the library then decodes all that is there.
    void hideFlacLength(std::int64_t at);
    [[nodiscard]] File& file() const;

private:
    struct Io;
    struct Handle;
    std::unique_ptr<Io> io_;
    std::unique_ptr<Handle> handle_; // closed before the file it reads
};

} // namespace segue
