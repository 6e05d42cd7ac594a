#include "ddp/cd_text_packs.h"

#include "ddp/cd_text_layout.h"
#include "ddp/charset.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace segue::ddp {
namespace {

/// A text with its terminator, ready to be cut into packs.
struct Piece {
    int track;
    std::string bytes;
    std::size_t uncounted = 0; ///< leading bytes that are no characters: the genre code
};

std::unexpected<Error> refusal(std::string what, const CdTextBlock& block, int track = 0)
{
    std::string where = fmt::format("CD-Text ({})", describeLanguage(block.language));
    if (track != 0) where += fmt::format(", track {}", track);
    return failure(std::move(what), std::move(where), ErrorKind::refused);
}

Result<Piece> piece(const CdTextBlock& block, PackType type, int track, std::string_view text)
{
    const Charset charset = charsetOf(type, block.charset);
    auto bytes = encodeText(text, charset);
    if (!bytes)
        return refusal(fmt::format("{}: {}", capitalized(describeText(type, track)), bytes.error().what),
                       block, track);
    const std::size_t uncounted = type == PackType::genre ? genreCodeSize : 0;
    if (bytes->size() + uncounted > maxTextBytes)
        return refusal(fmt::format("{} takes {} bytes, {} fit", capitalized(describeText(type, track)),
                                   bytes->size(), maxTextBytes - uncounted),
                       block, track);
    bytes->append(charset == Charset::msJis ? 2 : 1, '\0');
    return Piece{track, std::move(*bytes), uncounted};
}

/// Cuts the texts of one type into packs; sequence and block numbers come later. A run that ends with a full
/// pack gets no pack of zeros behind it.
void appendRun(std::vector<Pack>& packs, PackType type, std::size_t characterSize,
               std::span<const Piece> pieces)
{
    std::size_t used = payloadSize; // bytes in the last pack
    for (const Piece& piece : pieces) {
        for (std::size_t i = 0; i < piece.bytes.size(); ++i) {
            if (used == payloadSize) {
                const std::size_t characters =
                    i < piece.uncounted ? 0 : (i - piece.uncounted) / characterSize;
                packs.push_back({.type = static_cast<std::uint8_t>(type),
                                 .track = static_cast<std::uint8_t>(piece.track),
                                 .doubleByte = characterSize == 2,
                                 .position = static_cast<std::uint8_t>(std::min(characters, maxPosition))});
                used = 0;
            }
            packs.back().payload[used++] = static_cast<std::uint8_t>(piece.bytes[i]);
        }
    }
}

/// The pieces of the six text types and of 0x8E: the disc's and every track's, missing ones empty.
template <class Get>
Status appendPerTrack(std::vector<Pack>& packs, const CdTextBlock& block, PackType type, Get textOf)
{
    std::vector<Piece> pieces;
    bool any = false;
    for (int track = 0; track <= static_cast<int>(block.tracks.size()); ++track) {
        const std::optional<std::string>* text = textOf(track);
        const bool present = text != nullptr && text->has_value();
        any = any || (present && (isText(type) || !(*text)->empty()));
        auto made = piece(block, type, track, present ? std::string_view{**text} : "");
        if (!made) return failure(made.error());
        pieces.push_back(std::move(*made));
    }
    if (any) appendRun(packs, type, charsetOf(type, block.charset) == Charset::msJis ? 2 : 1, pieces);
    return {};
}

Status appendDiscText(std::vector<Pack>& packs, const CdTextBlock& block, PackType type,
                      std::string_view text, std::string_view prefix = {})
{
    auto made = piece(block, type, 0, text);
    if (!made) return failure(made.error());
    made->bytes.insert(0, prefix);
    appendRun(packs, type, 1, std::span{&*made, 1});
    return {};
}

/// The packs of a block that has text, without size information.
Result<std::vector<Pack>> textPacks(const CdTextBlock& block)
{
    if (block.tracks.empty() || block.tracks.size() > maxTracks)
        return refusal(fmt::format("CD-Text is for 1 to 99 tracks, here are {}", block.tracks.size()), block);
    if (!block.isrcs.empty() && block.isrcs.size() != block.tracks.size())
        return refusal(fmt::format("The list of ISRCs has {} entries for {} tracks", block.isrcs.size(),
                                   block.tracks.size()),
                       block);
    std::vector<Pack> packs;
    Status done;
    for (const TextField field : allTextFields) {
        done = appendPerTrack(packs, block, packType(field), [&](int track) {
            return track == 0 ? &block.disc[field]
                              : &block.tracks[static_cast<std::size_t>(track) - 1][field];
        });
        if (!done) return failure(done.error());
    }
    if (block.discId) done = appendDiscText(packs, block, PackType::discId, *block.discId);
    if (!done) return failure(done.error());
    if (block.genre) {
        const int code = block.genre->code;
        if (code < 0 || code > 0xFFFF)
            return refusal(fmt::format("The genre code {} does not fit in 16 bits", code), block);
        const std::string prefix{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
        done = appendDiscText(packs, block, PackType::genre, block.genre->text, prefix);
        if (!done) return failure(done.error());
    }
    if (block.closedInformation)
        done = appendDiscText(packs, block, PackType::closedInformation, *block.closedInformation);
    if (!done) return failure(done.error());
    done = appendPerTrack(packs, block, PackType::codes, [&](int track) -> const std::optional<std::string>* {
        if (track == 0) return &block.upc;
        return block.isrcs.empty() ? nullptr : &block.isrcs[static_cast<std::size_t>(track) - 1];
    });
    if (!done) return failure(done.error());
    return packs;
}

/// "the messages take 40 of them": where shortening helps most.
std::string largestType(const std::vector<Pack>& packs)
{
    std::array<int, 256> counts{};
    for (const Pack& pack : packs) ++counts[pack.type];
    const auto* most = std::ranges::max_element(counts);
    return fmt::format("texts of the kind \"{}\" take {}", name(static_cast<PackType>(most - counts.begin())),
                       *most);
}

SizeInformation sizeOf(const CdTextBlock& block, const std::vector<Pack>& packs)
{
    SizeInformation size{.charset = static_cast<std::uint8_t>(block.charset),
                         .lastTrack = static_cast<std::uint8_t>(block.tracks.size()),
                         .copyright = static_cast<std::uint8_t>(block.copyrighted ? 3 : 0)};
    for (const Pack& pack : packs) ++size.counts[pack.type & 15U];
    size.counts[15] = SizeInformation::parts;
    return size;
}

void appendSizePacks(std::vector<Pack>& packs, const SizeInformation& size)
{
    const SizeBytes bytes = sizeBytes(size);
    for (std::size_t part = 0; part < SizeInformation::parts; ++part) {
        Pack pack{.type = static_cast<std::uint8_t>(PackType::sizeInformation),
                  .track = static_cast<std::uint8_t>(part)};
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(part * payloadSize), payloadSize,
                    pack.payload.begin());
        packs.push_back(pack);
    }
}

} // namespace

Result<std::size_t> packCount(const CdTextBlock& block)
{
    if (!hasText(block)) return 0;
    const auto packs = textPacks(block);
    if (!packs) return failure(packs.error());
    return packs->size() + SizeInformation::parts;
}

Result<std::vector<std::byte>> encodePacks(const CdText& text)
{
    std::vector<std::vector<Pack>> packs;
    std::vector<SizeInformation> sizes;
    std::array<std::uint8_t, maxBlocks> lastSequence{}, languages{};
    std::size_t tracks = 0;
    for (const CdTextBlock& block : text.blocks) {
        if (!hasText(block)) continue;
        const std::size_t number = packs.size();
        if (number == maxBlocks)
            return failure(fmt::format("CD-Text holds at most {} languages", maxBlocks), "CD-Text",
                           ErrorKind::refused);
        auto made = textPacks(block);
        if (!made) return failure(made.error());
        if (number != 0 && block.tracks.size() != tracks)
            return refusal(
                fmt::format("This language has {} tracks, the first one {}", block.tracks.size(), tracks),
                block);
        tracks = block.tracks.size();
        const std::size_t count = made->size() + SizeInformation::parts;
        if (count > maxPacksPerBlock)
            return refusal(fmt::format("The texts take {} packs, {} fit; {}", count, maxPacksPerBlock,
                                       largestType(*made)),
                           block);
        lastSequence[number] = static_cast<std::uint8_t>(count - 1);
        languages[number] = block.language.code;
        sizes.push_back(sizeOf(block, *made));
        packs.push_back(std::move(*made));
    }

    std::vector<std::byte> bytes;
    for (std::size_t number = 0; number < packs.size(); ++number) {
        sizes[number].lastSequence = lastSequence;
        sizes[number].languages = languages;
        appendSizePacks(packs[number], sizes[number]);
        std::uint8_t sequence = 0;
        for (Pack& pack : packs[number]) {
            pack.block = static_cast<std::uint8_t>(number);
            pack.sequence = sequence++;
            const auto encoded = packBytes(pack);
            bytes.insert(bytes.end(), encoded.begin(), encoded.end());
        }
    }
    return bytes;
}

CdText asStored(const CdText& text)
{
    CdText stored;
    for (CdTextBlock block : text.blocks) {
        if (!hasText(block)) continue;
        for (const TextField field : allTextFields) {
            std::optional<std::string>& disc = block.disc[field];
            const bool present = disc || std::ranges::any_of(block.tracks, [field](const Texts& track) {
                                     return track[field].has_value();
                                 });
            if (!present) continue;
            disc = disc.value_or("");
            for (Texts& track : block.tracks) track[field] = track[field].value_or("");
        }
        visitTexts(block, [&block](PackType type, int, std::string& each) {
            each = storedForm(each, charsetOf(type, block.charset));
        });
        if (block.upc && block.upc->empty()) block.upc.reset();
        for (auto& isrc : block.isrcs)
            if (isrc && isrc->empty()) isrc.reset();
        if (std::ranges::none_of(block.isrcs, [](const auto& isrc) { return isrc.has_value(); }))
            block.isrcs.clear();
        stored.blocks.push_back(std::move(block));
    }
    return stored;
}

} // namespace segue::ddp
