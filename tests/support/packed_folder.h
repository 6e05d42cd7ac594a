/// \file
/// A folder in one string of bytes, so that a fuzzer can invent whole DDP sets. Each file is: the length of
/// its name (1 byte), the name, a kind (1 byte), a count (3 bytes, big-endian). Of the kind the lowest two
/// bits count: 1 and 3 stand for a file of `count` zeros, at most 8 KiB or 1.2 MB (a disc of one track just
/// fits); 0 and 2 for the `count` bytes that follow.
#pragma once

#include "support/memory_file_ops.h"

#include <cstdint>

namespace segue::test {

/// A file: its bytes, or so many zeros, of which a disc has too many to write them out for each input.
struct PackedFile {
    std::string name{};
    Bytes bytes{};
    std::size_t zeros = 0;
};

/// Files beyond the end of `data` are cut; the 1.2 MB are shared by all files.
inline std::vector<PackedFile> unpackFolder(std::span<const std::byte> data)
{
    std::vector<PackedFile> files;
    std::size_t zerosLeft = 1'200'000;
    const auto take = [&data](std::size_t count) {
        const auto part = data.first(std::min(count, data.size()));
        data = data.subspan(part.size());
        return part;
    };
    while (!data.empty()) {
        const auto name = take(std::to_integer<std::size_t>(take(1)[0]));
        const auto head = take(4);
        if (head.size() < 4) break;
        std::size_t count = 0;
        for (const std::byte b : head.subspan(1)) count = count << 8 | std::to_integer<std::size_t>(b);
        PackedFile file{.name = {reinterpret_cast<const char*>(name.data()), name.size()}};
        const unsigned kind = std::to_integer<unsigned>(head[0]) & 3U;
        if (kind == 1 || kind == 3) {
            count = std::min({count, zerosLeft, kind == 1 ? std::size_t{8192} : zerosLeft});
            zerosLeft -= count;
            file.zeros = count;
        } else {
            const auto content = take(count);
            file.bytes.assign(content.begin(), content.end());
        }
        files.push_back(std::move(file));
    }
    return files;
}

/// The same backwards; contents of zeros alone become the short forms.
inline std::string packFolder(const std::vector<std::pair<std::string, std::string>>& files)
{
    std::string packed;
    for (const auto& [name, bytes] : files) {
        const bool zeros = bytes.size() > 64 && bytes.find_first_not_of('\0') == std::string::npos;
        packed += static_cast<char>(name.size());
        packed += name;
        packed += zeros ? (bytes.size() > 8192 ? '\3' : '\1') : '\0';
        for (const int shift : {16, 8, 0}) packed += static_cast<char>(bytes.size() >> shift & 0xFF);
        if (!zeros) packed += bytes;
    }
    return packed;
}

} // namespace segue::test
