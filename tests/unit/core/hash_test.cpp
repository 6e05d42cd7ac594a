#include "core/hash.h"

#include "core/threaded_hasher.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

using namespace segue;

namespace {

std::string xxh(std::string_view text)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytesOf(text));
    return hasher->finish();
}

// One bit after the other, as the definition says.
std::uint32_t slowCrc(std::span<const std::byte> bytes)
{
    std::uint32_t crc = 0xFFFFFFFFu;
    for (const std::byte b : bytes) {
        crc ^= std::to_integer<std::uint32_t>(b);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xEDB88320u : 0u);
    }
    return ~crc;
}

std::string pattern(std::size_t length)
{
    std::string text(length, '\0');
    std::uint32_t x = 1;
    for (char& c : text) {
        x = x * 1664525u + 1013904223u;
        c = static_cast<char>(static_cast<unsigned char>(x >> 24));
    }
    return text;
}

} // namespace

TEST_CASE("checksums give the published values")
{
    // RFC 1321, FIPS 180-4, the CRC catalogue's check value, xxHash's own value for no input.
    CHECK(md5(bytesOf("")) == "d41d8cd98f00b204e9800998ecf8427e");
    CHECK(md5(bytesOf("abc")) == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(md5(bytesOf("message digest")) == "f96b697d7cb7938d525a2f31aaf161d0");
    CHECK(sha256(bytesOf("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256(bytesOf("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(crc32(bytesOf("123456789")) == "cbf43926");
    CHECK(crc32(bytesOf("")) == "00000000");
    CHECK(xxh("") == "99aa06d3014798d86001c324468d497f");
    CHECK(xxh("abc") == "06b05ab6733a618578af5f94892f3950");
}

TEST_CASE("a checksum does not depend on how the bytes arrive")
{
    const std::string text = pattern(5000);
    for (const auto make : {makeMd5, makeSha256, makeXxh3_128, makeCrc32}) {
        const auto whole = make();
        whole->update(bytesOf(text));
        const std::string expected = whole->finish();
        for (const std::size_t piece :
             {std::size_t{1}, std::size_t{7}, std::size_t{588}, std::size_t{4999}}) {
            const auto parts = make();
            for (std::size_t at = 0; at < text.size(); at += piece)
                parts->update(bytesOf(std::string_view{text}.substr(at, piece)));
            parts->update({});
            CHECK(parts->finish() == expected);
        }
    }
}

TEST_CASE("the fast CRC equals the slow one at every length and start")
{
    const std::string text = pattern(100);
    const auto all = bytesOf(text);
    for (std::size_t begin = 0; begin < 9; ++begin)
        for (std::size_t length = 0; length <= all.size() - begin; ++length) {
            const auto part = all.subspan(begin, length);
            REQUIRE(crc32Continue(0, part) == slowCrc(part));
        }
    CHECK(crc32Continue(crc32Continue(0, all.first(33)), all.subspan(33)) == slowCrc(all));
}

TEST_CASE("a checksum on a thread of its own is the same, however the bytes arrive")
{
    // Longer than what the thread may be behind.
    const std::string text = pattern(3'000'001);
    for (const std::size_t piece :
         {std::size_t{100}, std::size_t{65'536}, std::size_t{262'144}, text.size()}) {
        const auto hasher = onThreadOfItsOwn(makeMd5());
        for (std::size_t at = 0; at < text.size(); at += piece)
            hasher->update(bytesOf(std::string_view{text}.substr(at, piece)));
        CHECK(hasher->finish() == md5(bytesOf(text)));
    }
    CHECK(onThreadOfItsOwn(makeMd5())->finish() == md5({}));
    // One that nobody asks goes away quietly.
    onThreadOfItsOwn(makeMd5())->update(bytesOf(text));
}
