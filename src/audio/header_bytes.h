/// \file
/// Reading a file's header: bytes at a place, numbers in either byte order, and the sentences that refuse a
/// file. A disk error is told from a short file here, before any library can call it a damaged one.
#pragma once

#include "core/file_ops.h"
#include "core/units.h"

#include <string>
#include <string_view>

namespace segue {

class HeaderBytes {
public:
    /// \param size the file's length when it was opened
    HeaderBytes(File& file, std::int64_t size, const Path& path) : file_{file}, size_{size}, path_{path} {}

    [[nodiscard]] std::int64_t size() const { return size_; }
    /// Up to `count` bytes; fewer at the end of the file. Kind io when the disk fails.
    [[nodiscard]] Result<std::string> at(std::int64_t place, std::size_t count);
    /// "this file: what", kind input.
    [[nodiscard]] std::unexpected<Error> refuse(std::string what) const;

private:
    File& file_;
    std::int64_t size_;
    const Path& path_;
};

/// An unsigned number of `count` <= 8 bytes. \pre it lies within `bytes`
[[nodiscard]] std::uint64_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count);
[[nodiscard]] std::uint64_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count);

/// "1:02.440" for messages: true also for lengths that only a lying header can have.
[[nodiscard]] std::string clockText(std::int64_t frames, int rate);

/// How an audio file that cannot be read is named in a message: its path, safe to print.
[[nodiscard]] std::string nameInMessages(const Path& path);

} // namespace segue
