#include "core/crc32c.h"

#include "core/hash.h"

#include <doctest/doctest.h>

#include <vector>

using namespace segue;

TEST_CASE("CRC-32C gives the check values of RFC 3720, appendix B.4, and of the catalogue")
{
    CHECK(crc32c(bytesOf("123456789")) == 0xE3069283u);
    std::vector<std::byte> bytes(32, std::byte{0});
    CHECK(crc32c(bytes) == 0x8A9136AAu);
    bytes.assign(32, std::byte{0xFF});
    CHECK(crc32c(bytes) == 0x62A8AB43u);
    for (std::size_t i = 0; i < 32; ++i) bytes[i] = static_cast<std::byte>(i);
    CHECK(crc32c(bytes) == 0x46DD794Eu);
    for (std::size_t i = 0; i < 32; ++i) bytes[i] = static_cast<std::byte>(31 - i);
    CHECK(crc32c(bytes) == 0x113FDB5Cu);
    CHECK(crc32c({}) == 0u);
}

TEST_CASE("CRC-32C may be taken in pieces")
{
    CHECK(crc32c(bytesOf("6789"), crc32c(bytesOf("12345"))) == 0xE3069283u);
}
