/// \file
/// Pack bytes in tests: files, hexadecimal, repaired CRCs.
#pragma once

#include "core/finding.h"
#include "ddp/cd_text_packs.h"
#include "support/test_paths.h"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue::test {

using Bytes = std::vector<std::byte>;

/// A file of tests/data/ddp; empty when it is not there.
inline Bytes ddpData(const std::string& name)
{
    std::ifstream file{testData(std::string{"ddp/"} + name), std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    Bytes bytes;
    std::ranges::transform(text, std::back_inserter(bytes), [](char c) { return static_cast<std::byte>(c); });
    return bytes;
}

/// "80 00 0c": hexadecimal digits, blanks ignored.
inline Bytes fromHex(std::string_view text)
{
    Bytes bytes;
    int half = -1;
    for (const char c : text) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) continue;
        if (half >= 0) bytes.push_back(static_cast<std::byte>(half * 16 + digit));
        half = half >= 0 ? -1 : digit;
    }
    return bytes;
}

/// Eighteen bytes per line, as documents print packs.
inline std::string toHex(std::span<const std::byte> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto value = std::to_integer<std::size_t>(bytes[i]);
        text += digits[value / 16];
        text += digits[value % 16];
        text += i % ddp::packSize == ddp::packSize - 1 ? '\n' : ' ';
    }
    return text;
}

/// The pack from byte `at` on with the CRC that fits it.
inline void repairCrc(Bytes& bytes, std::size_t at)
{
    const std::uint16_t crc = ddp::packCrc(std::span{bytes}.subspan(at).first<16>());
    bytes[at + 16] = static_cast<std::byte>(crc >> 8);
    bytes[at + 17] = static_cast<std::byte>(crc & 0xFF);
}

inline std::size_t countOf(const Findings& findings, std::string_view rule)
{
    return static_cast<std::size_t>(std::ranges::count(findings, rule, &Finding::rule));
}

/// "CDTEXT.CRC CDTEXT.COUNTS": each rule once, in the order of the findings.
inline std::string rulesIn(const Findings& findings)
{
    std::string text;
    std::vector<std::string_view> seen;
    for (const Finding& found : findings) {
        if (std::ranges::find(seen, found.rule) != seen.end()) continue;
        seen.push_back(found.rule);
        text += (text.empty() ? "" : " ") + found.rule;
    }
    return text;
}

} // namespace segue::test
