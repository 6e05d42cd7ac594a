#include "core/hash.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <xxhash.h>
// Where the library brings a build for each processor, the header puts it in place of the plain calls.
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>
#endif

#include <array>
#include <cassert>
#include <new>
#include <stdexcept>
#include <string_view>

namespace segue {

namespace {

std::string hexadecimal(std::span<const unsigned char> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char b : bytes) {
        text += digits[b >> 4U];
        text += digits[b & 15U];
    }
    return text;
}

// MD5 and SHA-256 by OpenSSL. A refusal (MD5 in a FIPS build) is a fault of the installation, not of a file.
class EvpHasher final : public Hasher {
public:
    explicit EvpHasher(const EVP_MD* kind) : context_{EVP_MD_CTX_new()}
    {
        if (!context_) throw std::bad_alloc{};
        if (EVP_DigestInit_ex(context_.get(), kind, nullptr) != 1)
            throw std::runtime_error{"OpenSSL refuses a checksum that is needed (MD5 or SHA-256)"};
    }
    void update(std::span<const std::byte> bytes) override
    {
        if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1)
            throw std::runtime_error{"OpenSSL could not continue a checksum"};
    }
    std::string finish() override
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned length = 0;
        if (EVP_DigestFinal_ex(context_.get(), digest.data(), &length) != 1)
            throw std::runtime_error{"OpenSSL could not finish a checksum"};
        return hexadecimal(std::span{digest}.first(length));
    }

private:
    struct Free {
        void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context_;
};

class XxhHasher final : public Hasher {
public:
    XxhHasher() : state_{XXH3_createState()}
    {
        if (!state_) throw std::bad_alloc{};
        XXH3_128bits_reset(state_.get());
    }
    void update(std::span<const std::byte> bytes) override
    {
        if (!bytes.empty()) XXH3_128bits_update(state_.get(), bytes.data(), bytes.size());
    }
    std::string finish() override
    {
        XXH128_canonical_t canonical{};
        XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_.get()));
        return hexadecimal(canonical.digest);
    }

private:
    struct Free {
        void operator()(XXH3_state_t* s) const { XXH3_freeState(s); }
    };
    std::unique_ptr<XXH3_state_t, Free> state_;
};

class Crc32Hasher final : public Hasher {
public:
    void update(std::span<const std::byte> bytes) override { crc_ = crc32Continue(crc_, bytes); }
    std::string finish() override { return fmt::format("{:08x}", crc_); }

private:
    std::uint32_t crc_ = 0;
};

// Slicing by 8: row 0 is the usual table, row k the effect of a byte that k further bytes follow.
using CrcTables = std::array<std::array<std::uint32_t, 256>, 8>;
constexpr CrcTables makeCrcTables()
{
    CrcTables tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xEDB88320u : 0u);
        tables[0][i] = crc;
    }
    for (std::size_t row = 1; row < 8; ++row)
        for (std::size_t i = 0; i < 256; ++i) {
            const std::uint32_t before = tables[row - 1][i];
            tables[row][i] = (before >> 8) ^ tables[0][before & 0xFFu];
        }
    return tables;
}
constexpr CrcTables crcTables = makeCrcTables();

std::string hashOf(std::unique_ptr<Hasher> hasher, std::span<const std::byte> bytes)
{
    hasher->update(bytes);
    return hasher->finish();
}

} // namespace

std::unique_ptr<Hasher> makeMd5() { return std::make_unique<EvpHasher>(EVP_md5()); }
std::unique_ptr<Hasher> makeSha256() { return std::make_unique<EvpHasher>(EVP_sha256()); }
std::unique_ptr<Hasher> makeXxh3_128() { return std::make_unique<XxhHasher>(); }
std::unique_ptr<Hasher> makeCrc32() { return std::make_unique<Crc32Hasher>(); }

std::string md5(std::span<const std::byte> bytes) { return hashOf(makeMd5(), bytes); }
std::string sha256(std::span<const std::byte> bytes) { return hashOf(makeSha256(), bytes); }
std::string crc32(std::span<const std::byte> bytes) { return hashOf(makeCrc32(), bytes); }

std::uint32_t crc32Continue(std::uint32_t crc, std::span<const std::byte> bytes)
{
    crc = ~crc;
    const auto at = [&bytes](std::size_t i) { return std::to_integer<std::uint32_t>(bytes[i]); };
    while (bytes.size() >= 8) {
        const std::uint32_t low = crc ^ (at(0) | at(1) << 8 | at(2) << 16 | at(3) << 24);
        crc = crcTables[7][low & 0xFFu] ^ crcTables[6][(low >> 8) & 0xFFu] ^
              crcTables[5][(low >> 16) & 0xFFu] ^ crcTables[4][low >> 24] ^ crcTables[3][at(4)] ^
              crcTables[2][at(5)] ^ crcTables[1][at(6)] ^ crcTables[0][at(7)];
        bytes = bytes.subspan(8);
    }
    for (const std::byte b : bytes)
        crc = (crc >> 8) ^ crcTables[0][(crc ^ std::to_integer<std::uint32_t>(b)) & 0xFFu];
    return ~crc;
}

} // namespace segue
