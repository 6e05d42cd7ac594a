#include "ddp/cd_text_reader.h"

#include "core/text.h"
#include "ddp/charset.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace segue::ddp {
namespace {

std::string blockName(const FoundBlock& block) { return fmt::format("Block {}", block.number); }

/// Marks packs that come after missing ones.
void checkSequence(FoundBlock& block, PackReport& report)
{
    std::uint8_t due = 0; // wraps like the byte in the pack
    for (FoundPack& found : block.packs) {
        if (found.sound && found.pack.sequence != due) {
            report.addPack("CDTEXT.SEQUENCE", found,
                           fmt::format("has the sequence number {} in block {}, {} is due",
                                       found.pack.sequence, block.number, due));
            found.afterGap = true;
            due = found.pack.sequence;
        }
        ++due;
    }
    if (block.packs.size() > maxPacksPerBlock)
        report.add("CDTEXT.TOO_MANY_PACKS",
                   fmt::format("{} has {} packs, at most {} are allowed", blockName(block),
                               block.packs.size(), maxPacksPerBlock));
}

void checkTypes(const FoundBlock& block, PackReport& report)
{
    std::uint8_t last = 0;
    std::set<std::uint8_t> notRead;
    for (const FoundPack& found : block.packs) {
        if (!found.usable) continue;
        if (found.pack.type < last)
            report.addPack("CDTEXT.TYPE_ORDER", found,
                           fmt::format("has the type 0x{:02X} behind type 0x{:02X}", found.pack.type, last));
        last = found.pack.type;
        if (last >= 0x88 && last <= 0x8C && notRead.insert(last).second)
            report.addPack(
                "CDTEXT.NOT_READ", found,
                fmt::format("has the type 0x{:02X} ({}), which holds no text", last, name(found.type())));
    }
}

void readSize(FoundBlock& block, PackReport& report)
{
    SizeBytes bytes{};
    std::array<bool, SizeInformation::parts> there{};
    for (const FoundPack& found : block.packs) {
        if (!found.usable || found.type() != PackType::sizeInformation) continue;
        const std::size_t part = found.pack.track;
        if (part >= there.size() || there[part]) {
            report.addPack("CDTEXT.SIZE_INFORMATION", found,
                           part >= there.size()
                               ? fmt::format("is part {} of the size information, which has three", part)
                               : fmt::format("is a second part {} of the size information", part));
            continue;
        }
        there[part] = true;
        if (found.sound && found.pack.doubleByte)
            report.addPack("CDTEXT.DOUBLE_BYTE_MARK", found,
                           fmt::format("is marked double-byte ({})", name(found.type())));
        block.sizeParts[part] = found.sound;
        std::ranges::copy(found.pack.payload,
                          bytes.begin() + static_cast<std::ptrdiff_t>(part * payloadSize));
    }
    block.size = parseSize(bytes);
    for (std::size_t part = 0; part < there.size(); ++part)
        if (!there[part])
            report.add("CDTEXT.SIZE_INFORMATION",
                       fmt::format("{}: part {} of the size information is missing", blockName(block), part));
}

void checkCounts(const FoundBlock& block, PackReport& report)
{
    if (!block.sizeIsWhole() || !std::ranges::all_of(block.packs, &FoundPack::sound)) return;
    std::array<std::size_t, 16> counts{};
    for (const FoundPack& found : block.packs)
        if (found.usable) ++counts[found.pack.type & 15U];
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] != block.size.counts[i])
            report.add(
                "CDTEXT.COUNTS",
                fmt::format("{}: the size information gives {} packs of type 0x{:02X} ({}), {} are there",
                            blockName(block), block.size.counts[i], 0x80 + i,
                            name(static_cast<PackType>(0x80 + i)), counts[i]));
}

/// The last track's number, from the size information where that can be.
int lastTrack(const FoundBlock& block, PackReport& report)
{
    const int first = block.size.firstTrack, last = block.size.lastTrack;
    if (block.sizeParts[0]) {
        if (first != 1 || last < 1 || last > maxTracks)
            report.add("CDTEXT.TRACK_RANGE",
                       fmt::format("{} is for the tracks {} to {}; they run from 1 to 99", blockName(block),
                                   first, last));
        if (last >= 1 && last <= maxTracks) return last;
    }
    int highest = 0;
    for (const FoundPack& found : block.packs)
        if (found.usable && found.sound && found.type() != PackType::sizeInformation &&
            found.pack.track <= maxTracks)
            highest = std::max<int>(highest, found.pack.track);
    return highest;
}

std::vector<const FoundPack*> packsOf(const FoundBlock& block, PackType type)
{
    std::vector<const FoundPack*> packs;
    for (const FoundPack& found : block.packs)
        if (!found.usable || found.type() == type) packs.push_back(&found);
    const bool any = std::ranges::any_of(packs, [](const FoundPack* found) { return found->usable; });
    return any ? packs : std::vector<const FoundPack*>{};
}

/// Reads the texts of a block, type by type.
class BlockReader {
public:
    BlockReader(FoundBlock& block, PackReport& report) : block_{block}, report_{report} {}

    void read()
    {
        setCharset();
        const int last = lastTrack(block_, report_);
        CdTextBlock& text = block_.text;
        text.tracks.resize(static_cast<std::size_t>(last));
        if (block_.sizeParts[0]) {
            text.copyrighted = block_.size.copyright != 0;
            if (block_.size.copyright != 0 && block_.size.copyright != 3)
                report_.add("CDTEXT.COPYRIGHT",
                            fmt::format("{}: the copyright byte is 0x{:02X}, 0x00 and 0x03 have a meaning",
                                        blockName(block_), block_.size.copyright));
        }
        if (block_.sizeParts[2]) text.language = {block_.size.languages[block_.number]};
        for (const TextField field : allTextFields) readTexts(field, last);
        text.discId = readDiscText(PackType::discId);
        readGenre();
        text.closedInformation = readDiscText(PackType::closedInformation);
        readCodes(last);
        if (text.charset == Charset::ascii && eightBit_) {
            report_.add("CDTEXT.ASCII_LABEL",
                        fmt::format("{} is labelled ASCII but has 8-bit characters, read as ISO 8859-1",
                                    blockName(block_)));
            text.charset = Charset::latin1;
        }
    }

private:
    /// Behind a message about a text: nothing for the first block, which most discs have alone.
    [[nodiscard]] std::string where() const
    {
        if (block_.number == 0) return {};
        return fmt::format(" (block {}, {})", block_.number, describeLanguage(block_.text.language));
    }

    void setCharset()
    {
        const std::uint8_t code = block_.size.charset;
        const bool marked = std::ranges::any_of(block_.packs, [](const FoundPack& found) {
            return found.usable && isText(found.type()) && found.pack.doubleByte;
        });
        if (!block_.sizeParts[0]) {
            block_.text.charset = marked ? Charset::msJis : Charset::latin1;
        } else if (code == 0x00 || code == 0x01 || code == 0x80) {
            block_.text.charset = static_cast<Charset>(code);
        } else {
            report_.add(
                "CDTEXT.CHARSET",
                fmt::format("{} has the character set 0x{:02X}, which Segue does not know; read as {}",
                            blockName(block_), code, marked ? "MS-JIS" : "ISO 8859-1"));
            block_.text.charset = marked ? Charset::msJis : Charset::latin1;
        }
    }

    /// Bytes per character in the packs of a type; complains when the packs and the character set disagree.
    std::size_t widthOf(PackType type, const std::vector<const FoundPack*>& packs)
    {
        const bool due = charsetOf(type, block_.text.charset) == Charset::msJis;
        const FoundPack* wrong = nullptr;
        bool anyRight = false;
        for (const FoundPack* found : packs) {
            if (!found->usable || !found->sound) continue;
            if (found->pack.doubleByte == due)
                anyRight = true;
            else if (wrong == nullptr)
                wrong = found;
        }
        if (wrong == nullptr) return due ? 2 : 1;
        if (!isText(type)) {
            report_.addPack("CDTEXT.DOUBLE_BYTE_MARK", *wrong,
                            fmt::format("is marked double-byte ({})", name(type)));
            return 1;
        }
        report_.addPack("CDTEXT.DOUBLE_BYTE", *wrong,
                        fmt::format("is {} double-byte in a block in {} ({})", due ? "not marked" : "marked",
                                    name(block_.text.charset), name(type)));
        // A single pack is not believed; when the whole type says so it is.
        return due == anyRight ? 2 : 1;
    }

    std::vector<TextRun::Text> runOf(PackType type, int last, std::size_t skip = 0)
    {
        const auto packs = packsOf(block_, type);
        if (packs.empty()) return {};
        TextRun run{type, last, widthOf(type, packs), report_};
        for (const FoundPack* found : packs) {
            run.feed(*found, skip);
            if (found->usable) skip = 0;
        }
        run.finish();
        return run.texts();
    }

    std::string decode(PackType type, int track, const TextRun::Text& text)
    {
        Charset charset = charsetOf(type, block_.text.charset);
        if (isText(type) && charset == Charset::ascii &&
            std::ranges::any_of(text.bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
            eightBit_ = true;
            charset = Charset::latin1;
        }
        const std::size_t most = maxTextBytes - (type == PackType::genre ? genreCodeSize : 0);
        if (text.bytes.size() > most)
            report_.add("CDTEXT.TEXT_LENGTH",
                        fmt::format("{} has {} bytes, {} fit{}", describeText(type, track), text.bytes.size(),
                                    most, where()),
                        text.byte, track);
        DecodedText decoded = decodeText(text.bytes, charset);
        if (decoded.unreadable > 0)
            report_.add("CDTEXT.CHARACTER",
                        fmt::format("{} has {} that {} does not know{}", describeText(type, track),
                                    decoded.unreadable == 1
                                        ? "a character"
                                        : fmt::format("{} characters", decoded.unreadable),
                                    name(charset), where()),
                        text.byte, track);
        if (decoded.singleByte > 0)
            report_.add("CDTEXT.DOUBLE_BYTE",
                        fmt::format("{} has {} characters of one byte in MS-JIS{}", describeText(type, track),
                                    decoded.singleByte, where()),
                        text.byte, track);
        return std::move(decoded.utf8);
    }

    void readTexts(TextField field, int last)
    {
        const PackType type = packType(field);
        const auto texts = runOf(type, last);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const int track = static_cast<int>(i);
            std::optional<std::string>& text =
                i == 0 ? block_.text.disc[field] : block_.text.tracks[i - 1][field];
            const bool tab = texts[i].bytes == "\t" || texts[i].bytes == "\t\t";
            if (tab && track > 0) {
                // In the first track XLD reads the disc's text; libburn and real discs start with track 2.
                report_.add(track == 1 ? "CDTEXT.FIRST_TRACK_TAB" : "CDTEXT.TAB",
                            fmt::format("{} is a TAB: the same as {}{}", describeText(type, track),
                                        track == 1 ? "the disc's" : "that of the track before", where()),
                            texts[i].byte, track);
                text = track == 1 ? block_.text.disc[field] : block_.text.tracks[i - 2][field];
            } else {
                text = decode(type, track, texts[i]);
            }
        }
    }

    std::optional<std::string> readDiscText(PackType type)
    {
        const auto texts = runOf(type, 0);
        if (texts.empty()) return std::nullopt;
        return decode(type, 0, texts[0]);
    }

    void readGenre()
    {
        const auto packs = packsOf(block_, PackType::genre);
        const auto first = std::ranges::find_if(packs, [](const FoundPack* found) { return found->usable; });
        if (first == packs.end()) return;
        const auto& payload = (*first)->pack.payload;
        Genre genre{.code = payload[0] * 256 + payload[1]};
        if (genre.code > 27)
            report_.addPack("CDTEXT.GENRE", **first,
                            fmt::format("has the genre code {}; they run from 0 to 27", genre.code));
        const auto texts = runOf(PackType::genre, 0, genreCodeSize);
        genre.text = decode(PackType::genre, 0, texts[0]);
        block_.text.genre = std::move(genre);
    }

    void readCodes(int last)
    {
        const auto texts = runOf(PackType::codes, last);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (texts[i].bytes.empty()) continue;
            const int track = static_cast<int>(i);
            std::string code = decode(PackType::codes, track, texts[i]);
            const bool right = i == 0 ? code.size() == 13 && std::ranges::all_of(code, isDigit)
                                      : code.size() == 12 && std::ranges::all_of(code, [](char c) {
                                            return isDigit(c) || isUpper(c);
                                        });
            if (!right)
                report_.add("CDTEXT.CODE",
                            fmt::format("{} is {}{}", describeText(PackType::codes, track),
                                        escapedForDisplay(code), where()),
                            texts[i].byte, track);
            if (i == 0) {
                block_.text.upc = std::move(code);
            } else {
                block_.text.isrcs.resize(static_cast<std::size_t>(last));
                block_.text.isrcs[i - 1] = std::move(code);
            }
        }
    }

    FoundBlock& block_;
    PackReport& report_;
    bool eightBit_ = false;
};

} // namespace

void readBlock(FoundBlock& block, PackReport& report)
{
    checkSequence(block, report);
    checkTypes(block, report);
    readSize(block, report);
    checkCounts(block, report);
    BlockReader{block, report}.read();
}

} // namespace segue::ddp
