/// \file
/// What the caches of this room share: files named by a key of 32 hexadecimal digits, a seal at their end,
/// and a limit for all of them together. Private to this room.
#pragma once

#include "core/file_ops.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

inline constexpr std::size_t sealLength = 32;
/// 32 lower-case hexadecimal digits: also keeps a path out, since a project may come from anybody.
[[nodiscard]] bool isCacheKey(std::string_view text);
/// XXH3-128 of the bytes as hexadecimal digits.
[[nodiscard]] std::string sealOf(std::span<const std::byte> content);
/// Puts the seal behind the bytes.
void seal(std::vector<std::byte>& bytes);
/// The bytes before the seal, when it fits.
[[nodiscard]] std::optional<std::span<const std::byte>> unsealed(std::span<const std::byte> bytes);

/// Files KEY + ending in a folder.
class CacheFiles {
public:
    CacheFiles(FileOps& files, const Path& folder, std::string_view ending, std::int64_t limit)
        : files_{files}, folder_{folder}, ending_{ending}, limit_{limit}
    {
    }
    /// \param mostBytes a longer one is not ours
    [[nodiscard]] std::optional<std::vector<std::byte>> read(const std::string& key,
                                                             std::int64_t mostBytes) const;
    /// Makes the folder, replaces what is there atomically, and removes the oldest when there is too much.
    void write(const std::string& key, std::span<const std::byte> bytes) const;

private:
    [[nodiscard]] bool isOurs(std::string_view name) const;
    void removeOldest(const std::string& kept) const;

    FileOps& files_;
    const Path& folder_;
    std::string_view ending_;
    std::int64_t limit_;
};

} // namespace segue
