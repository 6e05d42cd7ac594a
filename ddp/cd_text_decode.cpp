#include "ddp/cd_text_layout.h"
#include "ddp/cd_text_packs.h"
#include "ddp/cd_text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace segue::ddp {
namespace {

constexpr std::size_t headerSize = 4;
/// More is no CD-Text; the rest is not read.
constexpr std::size_t maxPacks = maxBlocks * 256;

bool startsWithHeader(std::span<const std::byte> bytes)
{
    if (bytes.size() < headerSize) return false;
    const std::size_t length =
        std::to_integer<std::size_t>(bytes[0]) * 256 + std::to_integer<std::size_t>(bytes[1]);
    return length == bytes.size() - 2 && bytes[2] == std::byte{0} && bytes[3] == std::byte{0};
}

/// The packs without what other tools put in front of or behind them.
/// \param start receives the number of bytes in front
std::span<const std::byte> barePacks(std::span<const std::byte> bytes, std::size_t& start, PackReport& report)
{
    const std::size_t over = bytes.size() % packSize;
    if (bytes.empty()) report.add("CDTEXT.SIZE", "The file is empty");
    if (over == 1 && bytes.back() == std::byte{0}) {
        report.add("CDTEXT.TRAILING_ZERO", "One zero byte follows the packs", bytes.size() - 1);
    } else if (over == headerSize && startsWithHeader(bytes)) {
        report.add("CDTEXT.HEADER", "A READ TOC header of 4 bytes stands in front of the packs", 0);
        start = headerSize;
    } else if (over != 0) {
        if (startsWithHeader(bytes)) start = headerSize;
        report.add("CDTEXT.SIZE",
                   fmt::format("The file has {} bytes, which are {} packs of 18 bytes and {} more",
                               bytes.size(), bytes.size() / packSize, over));
    }
    const std::span<const std::byte> rest = bytes.subspan(start);
    return rest.first(rest.size() / packSize * packSize);
}

std::vector<FoundPack> findPacks(std::span<const std::byte> bare, std::size_t start, PackReport& report)
{
    std::vector<FoundPack> packs;
    const std::size_t count = bare.size() / packSize;
    if (count > maxPacks)
        report.add("CDTEXT.TOO_MANY_PACKS",
                   fmt::format("The file has {} packs, {} are read", count, maxPacks));
    for (std::size_t i = 0; i < std::min(count, maxPacks); ++i) {
        const auto bytes = bare.subspan(i * packSize).first<packSize>();
        FoundPack found{.pack = parsePack(bytes), .number = i + 1, .byte = start + i * packSize};
        const std::uint16_t crc = packCrc(bytes.first<16>());
        found.sound = crc == storedCrc(bytes);
        if (!found.sound) {
            report.addPack("CDTEXT.CRC", found,
                           fmt::format("is damaged, its CRC is 0x{:04X} and the bytes give 0x{:04X}",
                                       storedCrc(bytes), crc));
        } else if (found.pack.type < 0x80 || found.pack.type > 0x8F || (found.pack.track & 0x80U) != 0) {
            report.addPack("CDTEXT.PACK_TYPE", found,
                           fmt::format("has the type 0x{:02X} and the track byte 0x{:02X}", found.pack.type,
                                       found.pack.track));
            found.usable = false;
        }
        packs.push_back(found);
    }
    return packs;
}

/// True when `b` may directly follow `a`, or would with other packs between them.
bool inOrder(const Pack& a, const Pack& b)
{
    if (a.block == b.block) return a.type <= b.type;
    return a.block < b.block;
}

/// A damaged pack is used where its header fits between its sound neighbours; where they leave only one
/// possibility that is taken; else it is left aside.
void placeDamaged(std::vector<FoundPack>& packs)
{
    const auto steady = [](const FoundPack& found) { return found.sound && found.usable; };
    if (std::ranges::none_of(packs, steady)) {
        // A writer with another idea of the CRC: the packs are taken at their word.
        for (FoundPack& found : packs) {
            found.usable =
                found.pack.type >= 0x80 && found.pack.type <= 0x8F && found.pack.track <= maxTracks;
            found.sound = found.usable;
        }
        return;
    }
    const Pack* before = nullptr;
    for (std::size_t i = 0; i < packs.size(); ++i) {
        if (steady(packs[i])) before = &packs[i].pack;
        if (packs[i].sound) continue;
        const auto next = std::find_if(packs.begin() + static_cast<std::ptrdiff_t>(i), packs.end(), steady);
        const Pack* after = next == packs.end() ? nullptr : &next->pack;
        Pack& pack = packs[i].pack;
        const bool fits = pack.type >= 0x80 && pack.type <= 0x8F && pack.track <= maxTracks &&
                          (before == nullptr || inOrder(*before, pack)) &&
                          (after == nullptr || inOrder(pack, *after));
        if (fits) continue;
        const Pack& neighbour = before != nullptr ? *before : *after;
        packs[i].usable = before != nullptr && after != nullptr && before->type == after->type &&
                          before->block == after->block;
        pack.type = neighbour.type;
        pack.block = neighbour.block;
        pack.doubleByte = neighbour.doubleByte;
    }
}

bool endsBlock(const FoundPack& found)
{
    return found.usable && found.type() == PackType::sizeInformation &&
           found.pack.track == SizeInformation::parts - 1;
}

std::vector<FoundBlock> splitBlocks(const std::vector<FoundPack>& packs, PackReport& report)
{
    std::vector<FoundBlock> blocks;
    bool closed = true;    // the next pack begins a block
    bool skipping = false; // inside a block that is there already
    std::uint8_t current = 0;
    for (const FoundPack& found : packs) {
        const std::uint8_t number = found.pack.block;
        if (closed || number != current) {
            skipping = std::ranges::find(blocks, number, &FoundBlock::number) != blocks.end();
            if (skipping)
                report.addPack("CDTEXT.DUPLICATE_BLOCK", found,
                               fmt::format("begins block {} again; that part is not read", number));
            else if (number != blocks.size())
                report.addPack("CDTEXT.BLOCK_ORDER", found,
                               fmt::format("begins block {}, block {} is due", number, blocks.size()));
            if (!skipping) blocks.push_back({.number = number});
            current = number;
        }
        if (!skipping) blocks.back().packs.push_back(found);
        closed = endsBlock(found);
    }
    return blocks;
}

/// What the size information of each block says about all of them.
void checkAcross(const std::vector<FoundBlock>& blocks, PackReport& report)
{
    std::array<std::uint8_t, maxBlocks> last{};
    std::array<bool, maxBlocks> there{};
    for (const FoundBlock& block : blocks) {
        last[block.number] = static_cast<std::uint8_t>(block.packs.size() - 1);
        for (const FoundPack& found : block.packs)
            if (found.sound) last[block.number] = found.pack.sequence;
        there[block.number] = true;
    }
    const FoundBlock* first = nullptr;
    for (const FoundBlock& block : blocks) {
        if (!block.sizeIsWhole()) continue;
        if (first == nullptr) first = &block;
        for (std::size_t i = 0; i < maxBlocks; ++i) {
            if (block.size.lastSequence[i] != last[i])
                report.add("CDTEXT.COUNTS",
                           fmt::format("Block {}: the size information gives {} as last sequence number of "
                                       "block {}, {} is right",
                                       block.number, block.size.lastSequence[i], i, last[i]));
            const std::uint8_t language = block.size.languages[i];
            if (there[i] ? language != first->size.languages[i] : language != 0)
                report.add(
                    "CDTEXT.LANGUAGES",
                    fmt::format("Block {}: the size information gives the language 0x{:02X} for block {}, {}",
                                block.number, language, i,
                                there[i] ? fmt::format("block {} gives 0x{:02X}", first->number,
                                                       first->size.languages[i])
                                         : "which is not there"));
        }
    }
}

} // namespace

DecodedPacks decodePacks(std::span<const std::byte> bytes, const std::string& file)
{
    DecodedPacks decoded;
    PackReport report{file};
    std::size_t start = 0;
    const std::span<const std::byte> bare = barePacks(bytes, start, report);
    decoded.bare.assign(bare.begin(), bare.end());

    std::vector<FoundPack> packs = findPacks(bare, start, report);
    placeDamaged(packs);
    std::vector<FoundBlock> blocks = splitBlocks(packs, report);
    for (FoundBlock& block : blocks) readBlock(block, report);
    checkAcross(blocks, report);

    for (FoundBlock& block : blocks) {
        if (!hasText(block.text)) {
            report.add("CDTEXT.EMPTY_BLOCK", fmt::format("Block {} ({}) holds no text", block.number,
                                                         describeLanguage(block.text.language)));
            continue;
        }
        const std::size_t tracks = block.text.tracks.size();
        if (tracks == 0)
            report.add("CDTEXT.TRACK_COUNT", fmt::format("Block {} is for no track", block.number));
        else if (!decoded.text.blocks.empty() && decoded.text.blocks.front().tracks.size() != tracks)
            report.add("CDTEXT.TRACK_COUNT",
                       fmt::format("Block {} is for {} tracks, the first block for {}", block.number, tracks,
                                   decoded.text.blocks.front().tracks.size()));
        decoded.text.blocks.push_back(std::move(block.text));
    }
    decoded.findings = report.take();
    return decoded;
}

} // namespace segue::ddp
