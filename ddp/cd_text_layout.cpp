#include "ddp/cd_text_layout.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {
namespace {

std::uint8_t byteAt(std::span<const std::byte> bytes, std::size_t at)
{
    return std::to_integer<std::uint8_t>(bytes[at]);
}

/// Walks the size information field by field, in order: the one statement of its layout.
template <class Size, class Visit>
void visitFields(Size& size, Visit visit)
{
    std::size_t at = 0;
    const auto one = [&](auto& field) { visit(at++, field); };
    const auto all = [&](auto& fields) {
        for (auto& field : fields) one(field);
    };
    one(size.charset);
    one(size.firstTrack);
    one(size.lastTrack);
    one(size.copyright);
    all(size.counts);
    all(size.lastSequence);
    all(size.languages);
}

} // namespace

std::string_view name(PackType type)
{
    if (isText(type)) return segue::name(textField(type));
    switch (type) {
    case PackType::discId: return "disc identification";
    case PackType::genre: return "genre";
    case PackType::toc: return "table of contents";
    case PackType::secondToc: return "second table of contents";
    case PackType::closedInformation: return "closed information";
    case PackType::codes: return "UPC or ISRC";
    case PackType::sizeInformation: return "size information";
    default: return "reserved type";
    }
}

std::string describeText(PackType type, int track)
{
    if (type == PackType::codes)
        return track == 0 ? "the disc's UPC" : fmt::format("the ISRC of track {}", track);
    const std::string_view what = type == PackType::genre ? "genre text" : name(type);
    if (track == 0) return fmt::format("the disc's {}", what);
    return fmt::format("the {} of track {}", what, track);
}

std::string capitalized(std::string text)
{
    if (!text.empty()) text.front() = asciiUpper(text.front());
    return text;
}

std::string describeLanguage(Language language)
{
    const std::string_view known = nameOf(language);
    return known.empty() ? fmt::format("language 0x{:02X}", language.code) : std::string{known};
}

bool hasText(const CdTextBlock& block)
{
    bool found = false;
    visitTexts(block, [&found](PackType, int, const std::string&) { found = true; });
    return found;
}

std::uint16_t packCrc(std::span<const std::byte, 16> head)
{
    // What the byte that leaves the register does to it: polynomial x^16 + x^12 + x^5 + 1.
    static constexpr auto table = [] {
        std::array<std::uint16_t, 256> made{};
        for (std::uint32_t i = 0; i < made.size(); ++i) {
            std::uint32_t crc = i << 8;
            for (int bit = 0; bit < 8; ++bit) crc = (crc << 1) ^ ((crc & 0x8000U) != 0 ? 0x1021U : 0U);
            made[i] = static_cast<std::uint16_t>(crc & 0xFFFFU);
        }
        return made;
    }();
    std::uint32_t crc = 0;
    for (const std::byte byte : head)
        crc = (crc << 8 & 0xFFFFU) ^ table[crc >> 8 ^ std::to_integer<std::uint32_t>(byte)];
    return static_cast<std::uint16_t>(~crc & 0xFFFFU);
}

std::array<std::byte, packSize> packBytes(const Pack& pack)
{
    std::array<std::byte, packSize> bytes{};
    const auto put = [&](std::size_t at, unsigned value) {
        bytes[at] = static_cast<std::byte>(value & 0xFFU);
    };
    put(0, pack.type);
    put(1, pack.track);
    put(2, pack.sequence);
    put(3, (pack.doubleByte ? 0x80U : 0U) | (pack.block & 7U) << 4 | (pack.position & 15U));
    for (std::size_t i = 0; i < payloadSize; ++i) put(4 + i, pack.payload[i]);
    const std::uint16_t crc = packCrc(std::span{bytes}.first<16>());
    put(16, crc >> 8U);
    put(17, crc);
    return bytes;
}

Pack parsePack(std::span<const std::byte, packSize> bytes)
{
    Pack pack{.type = byteAt(bytes, 0), .track = byteAt(bytes, 1), .sequence = byteAt(bytes, 2)};
    const unsigned indicator = byteAt(bytes, 3);
    pack.doubleByte = (indicator & 0x80U) != 0;
    pack.block = static_cast<std::uint8_t>(indicator >> 4 & 7U);
    pack.position = static_cast<std::uint8_t>(indicator & 15U);
    for (std::size_t i = 0; i < payloadSize; ++i) pack.payload[i] = byteAt(bytes, 4 + i);
    return pack;
}

std::uint16_t storedCrc(std::span<const std::byte, packSize> bytes)
{
    return static_cast<std::uint16_t>(byteAt(bytes, 16) * 256U + byteAt(bytes, 17));
}

SizeBytes sizeBytes(const SizeInformation& size)
{
    SizeBytes bytes{};
    visitFields(size, [&](std::size_t at, std::uint8_t field) { bytes[at] = field; });
    return bytes;
}

SizeInformation parseSize(const SizeBytes& bytes)
{
    SizeInformation size;
    visitFields(size, [&](std::size_t at, std::uint8_t& field) { field = bytes[at]; });
    return size;
}

} // namespace segue::ddp
