/// \file
/// Checksums of byte streams.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace segue {

/// One running checksum. Feed it in order, ask once.
class Hasher {
public:
    Hasher() = default;
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;
    virtual ~Hasher() = default;
    virtual void update(std::span<const std::byte> bytes) = 0;
    /// Lower-case hexadecimal. Ends the stream: call it once.
    [[nodiscard]] virtual std::string finish() = 0;
};

[[nodiscard]] std::unique_ptr<Hasher> makeMd5();
[[nodiscard]] std::unique_ptr<Hasher> makeSha256();
[[nodiscard]] std::unique_ptr<Hasher> makeXxh3_128();
/// CRC-32 as in zlib and PNG (reflected 0xEDB88320); finish() gives 8 hexadecimal digits.
[[nodiscard]] std::unique_ptr<Hasher> makeCrc32();

[[nodiscard]] std::string md5(std::span<const std::byte> bytes);
[[nodiscard]] std::string sha256(std::span<const std::byte> bytes);
[[nodiscard]] std::string crc32(std::span<const std::byte> bytes);

/// CRC-32 continued over `bytes`; start with 0.
[[nodiscard]] std::uint32_t crc32Continue(std::uint32_t crc, std::span<const std::byte> bytes);

/// The bytes of a text.
[[nodiscard]] inline std::span<const std::byte> bytesOf(std::string_view text)
{
    return std::as_bytes(std::span{text.data(), text.size()});
}

} // namespace segue
