#include "ddp/cd_text_packs.h"
#include "ddp/cd_text_rules.h"
#include "support/cd_text_bytes.h"
#include "support/random_cd_text.h"

#include <doctest/doctest.h>

#include <functional>
#include <initializer_list>
#include <utility>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

/// Three tracks of titles and performers in 10 packs: 0-3 titles, 4-6 performers, 7-9 size information.
Bytes threeTracks() { return ddpData("cdtext-cue2ddp-3tracks.bin"); }

/// `bytes` with byte `at` of pack `pack` set and the CRC repaired.
Bytes with(Bytes bytes, std::size_t pack, std::size_t at, int value)
{
    bytes.at(pack * packSize + at) = static_cast<std::byte>(value);
    repairCrc(bytes, pack * packSize);
    return bytes;
}

Bytes without(Bytes bytes, std::size_t pack)
{
    const auto start = bytes.begin() + static_cast<std::ptrdiff_t>(pack * packSize);
    bytes.erase(start, start + packSize);
    return bytes;
}

std::string rulesOf(const Bytes& bytes) { return rulesIn(decodePacks(bytes, "CDTEXT.BIN").findings); }

/// Packs from headers and payloads alone: sequence numbers, size information and CRCs are made right.
Bytes blockFrom(std::initializer_list<std::string_view> packs, int lastTrack, int charset = 0)
{
    Bytes bytes;
    std::array<int, 16> counts{};
    int sequence = 0;
    const auto append = [&](Bytes pack) {
        pack.resize(packSize);
        pack[2] = static_cast<std::byte>(sequence++);
        bytes.insert(bytes.end(), pack.begin(), pack.end());
        repairCrc(bytes, bytes.size() - packSize);
    };
    for (const std::string_view hex : packs) {
        append(fromHex(hex));
        ++counts[std::to_integer<std::size_t>(bytes[bytes.size() - packSize]) & 15U];
    }
    counts[15] = 3;
    Bytes size(36);
    size[0] = static_cast<std::byte>(charset);
    size[1] = std::byte{1};
    size[2] = static_cast<std::byte>(lastTrack);
    for (std::size_t i = 0; i < 16; ++i) size[4 + i] = static_cast<std::byte>(counts[i]);
    size[20] = static_cast<std::byte>(packs.size() + 2);
    size[28] = std::byte{9};
    for (std::size_t part = 0; part < 3; ++part) {
        Bytes pack{std::byte{0x8F}, static_cast<std::byte>(part), std::byte{0}, std::byte{0}};
        pack.insert(pack.end(), size.begin() + static_cast<std::ptrdiff_t>(part * 12),
                    size.begin() + static_cast<std::ptrdiff_t>(part * 12 + 12));
        append(pack);
    }
    return bytes;
}

} // namespace

TEST_CASE("a commercial disc with TABs is read with the texts they repeat")
{
    const DecodedPacks decoded = decodePacks(ddpData("cdtext-krosis.cdt"), "krosis.cdt");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.TAB");
    CHECK(countOf(decoded.findings, "CDTEXT.TAB") == 11); // ten in full, 26 more as a number
    CHECK(decoded.findings.back().message == "26 more of this kind");
    REQUIRE(decoded.text.blocks.size() == 1);
    const CdTextBlock& block = decoded.text.blocks[0];
    REQUIRE(block.tracks.size() == 10);
    CHECK(block.language == english);
    CHECK(block.charset == Charset::latin1);
    CHECK(block.disc.title == "A Memoir of Free Will");
    CHECK(block.disc.performer == "Krosis");
    CHECK(block.disc.songwriter == "");
    CHECK(block.tracks[6].title == "Questions of a Holistic Divine");
    CHECK(block.tracks[9].title == "A Memior of Free Will"); // sic
    for (const Texts& track : block.tracks) {
        CHECK(track.performer == "Krosis");
        CHECK(track.arranger == "Krosis");
        CHECK_FALSE(track.message);
    }
    CHECK_FALSE(block.upc);
    REQUIRE(block.isrcs.size() == 10);
    CHECK(block.isrcs[0] == "QM7281905204");
    CHECK(block.isrcs[9] == "QM7281905213");
}

TEST_CASE("two languages with every text type are read as libcdio reads them")
{
    const DecodedPacks decoded = decodePacks(ddpData("cdtext-libburnia.cdt"), "x.cdt");
    REQUIRE(decoded.text.blocks.size() == 2);
    const CdTextBlock& first = decoded.text.blocks[0];
    const CdTextBlock& second = decoded.text.blocks[1];
    CHECK(first.charset == Charset::ascii);
    CHECK(second.charset == Charset::latin1);
    CHECK(second.language == Language{0x08});
    CHECK(first.disc.message == "For all our fans");
    CHECK(second.disc.message == "Für alle unsere Fans");
    CHECK(second.tracks[2].songwriter == "Mia Kätzchen");
    CHECK(first.tracks[1].arranger == "Tom Cat");
    CHECK(first.discId == "1234567890");
    CHECK(first.genre == Genre{5, "Feline classic music"});
    CHECK(second.genre == Genre{5, "Klassische Katzenmusik"});
    CHECK(first.closedInformation == "This is not to be shown by CD players");
    CHECK(second.upc == "1234567890123");
    CHECK(second.isrcs ==
          std::vector<std::optional<std::string>>{"XYBLG1101234", "XYBLG1100005", "XYBLG1100006"});
}

TEST_CASE("the READ TOC header is taken off and named")
{
    const Bytes packs = threeTracks();
    Bytes dump = fromHex("00 b6 00 00");
    dump.insert(dump.end(), packs.begin(), packs.end());
    const DecodedPacks decoded = decodePacks(dump, "CDTEXT.BIN");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.HEADER");
    CHECK(decoded.findings[0].level == Finding::Level::note);
    CHECK(decoded.bare == packs);
    CHECK(decoded.text == decodePacks(packs, "").text);
}

TEST_CASE("a READ TOC header's length is counted in both of its bytes")
{
    const Bytes packs = ddpData("cdtext-libburnia.cdt");
    REQUIRE(packs.size() > 2 * 256);
    const std::size_t length = packs.size() + 2;
    const auto withLength = [&](std::size_t said) {
        Bytes dump{static_cast<std::byte>(said / 256), static_cast<std::byte>(said % 256), {}, {}};
        dump.insert(dump.end(), packs.begin(), packs.end());
        return decodePacks(dump, "");
    };
    CHECK(countOf(withLength(length).findings, "CDTEXT.HEADER") == 1);
    CHECK(withLength(length).text == decodePacks(packs, "").text);
    for (const std::size_t wrong : {length - 1, length + 1, length - 256, length + 256})
        CHECK(countOf(withLength(wrong).findings, "CDTEXT.SIZE") == 1);
}

TEST_CASE("other sizes are errors, and the whole packs are read all the same")
{
    const Bytes packs = threeTracks();
    for (const std::size_t more : {1U, 2U, 4U, 5U, 17U}) {
        Bytes longer = packs;
        longer.resize(packs.size() + more, std::byte{1});
        const DecodedPacks decoded = decodePacks(longer, "CDTEXT.BIN");
        CHECK(rulesIn(decoded.findings) == "CDTEXT.SIZE");
        CHECK(decoded.text == decodePacks(packs, "").text);
    }
    CHECK(rulesOf({}) == "CDTEXT.SIZE");
    Bytes cut = packs;
    cut.pop_back();
    CHECK(countOf(decodePacks(cut, "").findings, "CDTEXT.SIZE") == 1);
}

TEST_CASE("findings name the file, the pack from 1 and the byte from 0, header included")
{
    const Bytes packs = threeTracks();
    Bytes dump = fromHex("00 b6 00 00");
    dump.insert(dump.end(), packs.begin(), packs.end());
    dump[4 + 5 * packSize + 6] ^= std::byte{0x20};
    const Findings findings = decodePacks(dump, "CDTEXT.BIN").findings;
    REQUIRE(findings.size() == 2);
    CHECK(findings[1].rule == "CDTEXT.CRC");
    CHECK(findings[1].message == "Pack 6 is damaged, its CRC is 0x8C25 and the bytes give 0xB528");
    CHECK(findings[1].where.file == "CDTEXT.BIN");
    CHECK(findings[1].where.byte == 4 + 5 * 18);
}

TEST_CASE("every single bit that flips is found in its pack")
{
    for (const char* name : {"cdtext-cue2ddp-3tracks.bin", "cdtext-libburnia.cdt", "cdtext-krosis.cdt"}) {
        Bytes bytes = ddpData(name);
        REQUIRE_FALSE(bytes.empty());
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            bytes[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
            const Findings findings = decodePacks(bytes, name).findings;
            const auto found = std::ranges::find(findings, "CDTEXT.CRC", &Finding::rule);
            REQUIRE(found != findings.end());
            REQUIRE(found->where.byte == static_cast<std::int64_t>(bit / 8 / packSize * packSize));
            REQUIRE(found->level == Finding::Level::error);
            bytes[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
        }
    }
}

TEST_CASE("one damaged letter leaves all other texts readable")
{
    Bytes bytes = threeTracks();
    bytes[1 * packSize + 4] = std::byte{'N'}; // "Track ONe"
    const DecodedPacks decoded = decodePacks(bytes, "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.CRC");
    CHECK(decoded.text.blocks[0].tracks[0].title == "Track ONe");
    CHECK(decoded.text.blocks[0].tracks[2].title == "Track Three");
}

TEST_CASE("a damaged terminator is one finding, the text behind it keeps its track")
{
    Bytes bytes = threeTracks();
    REQUIRE(bytes[1 * packSize + 4 + 2] == std::byte{}); // "ne", 0, "Track Two"
    bytes[1 * packSize + 4 + 2] = std::byte{'X'};
    const DecodedPacks decoded = decodePacks(bytes, "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.CRC");
    CHECK(decoded.text.blocks.at(0).tracks.at(0).title == "Track OneXTrack Two");
    CHECK(decoded.text.blocks[0].tracks.at(2).title == "Track Three");
}

TEST_CASE("a pack with a damaged header is put back between its neighbours")
{
    const CdText right = decodePacks(threeTracks(), "").text;
    for (const std::size_t byte : {0U, 1U, 2U, 3U}) {
        Bytes bytes = threeTracks();
        bytes[1 * packSize + byte] ^= std::byte{0xFF};
        const DecodedPacks decoded = decodePacks(bytes, "");
        CHECK(rulesIn(decoded.findings) == "CDTEXT.CRC");
        CHECK(decoded.text == right);
    }
}

TEST_CASE("packs without any right CRC are read as they are")
{
    Bytes bytes = threeTracks();
    for (std::size_t at = 0; at < bytes.size(); at += packSize)
        bytes[at + 16] = bytes[at + 17] = std::byte{0};
    const DecodedPacks decoded = decodePacks(bytes, "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.CRC");
    REQUIRE(decoded.text.blocks.size() == 1);
    CHECK(decoded.text.blocks[0].tracks.at(1).title == "Track Two");
}

TEST_CASE("packs without any right CRC count only with a type and a track that exist")
{
    const auto damaged = [](std::size_t at, int value) {
        Bytes bytes = threeTracks();
        bytes[2 * packSize + at] = static_cast<std::byte>(value);
        for (std::size_t i = 17; i < bytes.size(); i += packSize) bytes[i] ^= std::byte{1};
        const DecodedPacks decoded = decodePacks(bytes, "");
        return std::pair{rulesIn(decoded.findings), decoded.text};
    };
    for (const int type : {0x7F, 0x90, 0xFF}) {
        CAPTURE(type);
        CHECK((damaged(0, type) == damaged(0, 0x00)));
    }
    CHECK((damaged(0, 0x8F) != damaged(0, 0x00)));
    CHECK((damaged(0, 0x80) != damaged(0, 0x00)));
    CHECK((damaged(1, 100) == damaged(1, 0x7F)));
    CHECK((damaged(1, 99) != damaged(1, 0x7F)));
}

TEST_CASE("a damaged letter of track 99 leaves its text readable too")
{
    CdTextBlock block;
    block.tracks.resize(99);
    for (Texts& track : block.tracks) track.title = "Twelve bytes";
    Bytes bytes = encodePacks({{block}}).value();
    std::size_t last = 0;
    while (std::to_integer<int>(bytes.at(last + 1)) != 99) last += packSize;
    bytes[last + 4] ^= std::byte{1};
    const DecodedPacks decoded = decodePacks(bytes, "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.CRC");
    REQUIRE(decoded.text.blocks.size() == 1);
    CHECK(decoded.text.blocks[0].tracks.at(98).title->size() == 12);
    CHECK(decoded.text.blocks[0].tracks.at(98).title != "Twelve bytes");
}

TEST_CASE("a language whose packs are all damaged still counts as many packs as the others say")
{
    Bytes bytes = ddpData("cdtext-libburnia.cdt");
    for (std::size_t at = 44 * packSize; at < bytes.size(); at += packSize) bytes[at + 17] ^= std::byte{1};
    const Findings findings = decodePacks(bytes, "").findings;
    CHECK(countOf(findings, "CDTEXT.CRC") > 1);
    for (const Finding& found : findings)
        CHECK_MESSAGE(found.message.find("last sequence number") == std::string::npos, found.message);
}

TEST_CASE("a missing pack costs the texts inside it, the others keep their tracks")
{
    const DecodedPacks decoded = decodePacks(without(threeTracks(), 1), "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.SEQUENCE CDTEXT.COUNTS");
    const CdTextBlock& block = decoded.text.blocks.at(0);
    CHECK(block.disc.title == "Disc");
    CHECK(block.tracks[0].title == "Track O"); // what the first pack has of it
    CHECK(block.tracks[2].title == "Track Three");
    CHECK(block.tracks[2].performer == "Artist");
}

TEST_CASE("missing size information is named part by part, and the texts are read")
{
    Bytes bytes = threeTracks();
    for (const std::string_view rules :
         {"CDTEXT.SIZE_INFORMATION", "CDTEXT.SIZE_INFORMATION", "CDTEXT.SIZE_INFORMATION"}) {
        bytes.resize(bytes.size() - packSize);
        const DecodedPacks decoded = decodePacks(bytes, "");
        CHECK(rulesIn(decoded.findings) == rules);
        REQUIRE(decoded.text.blocks.at(0).tracks.size() == 3);
        CHECK(decoded.text.blocks[0].tracks[2].title == "Track Three");
    }
    CHECK(countOf(decodePacks(bytes, "").findings, "CDTEXT.SIZE_INFORMATION") == 3);
}

TEST_CASE("each field that is wrong under a right CRC is found by its own rule")
{
    const Bytes right = threeTracks();
    struct Case {
        std::string_view what;
        Bytes bytes;
        std::string_view rules;
    };
    const Case cases[] = {
        {"type below 0x80", with(right, 2, 0, 0x10), "CDTEXT.PACK_TYPE CDTEXT.COUNTS"},
        {"extension bit", with(right, 2, 1, 0x82), "CDTEXT.PACK_TYPE CDTEXT.COUNTS"},
        {"another type", with(right, 3, 0, 0x85),
         "CDTEXT.TYPE_ORDER CDTEXT.COUNTS CDTEXT.TERMINATOR CDTEXT.TRACK_RANGE"},
        {"track byte", with(right, 2, 1, 1), "CDTEXT.TRACK_RANGE"},
        {"track beyond the last", with(right, 3, 1, 4), "CDTEXT.TRACK_RANGE CDTEXT.TERMINATOR"},
        {"sequence", with(right, 2, 2, 9), "CDTEXT.SEQUENCE"},
        {"position", with(right, 1, 3, 0x06), "CDTEXT.POSITION"},
        {"double-byte mark on a text", with(right, 4, 3, 0x80), "CDTEXT.DOUBLE_BYTE"},
        {"double-byte mark on the size", with(right, 8, 3, 0x80), "CDTEXT.DOUBLE_BYTE_MARK"},
        {"control character", with(right, 0, 4, 0x07), "CDTEXT.CHARACTER"},
        {"byte after the last text", with(right, 3, 15, 'x'), "CDTEXT.TERMINATOR"},
        {"character set", with(right, 7, 4, 0x81), "CDTEXT.CHARSET"},
        {"first track", with(right, 7, 5, 2), "CDTEXT.TRACK_RANGE"},
        {"no last track", with(right, 7, 6, 0), "CDTEXT.TRACK_RANGE"},
        {"a last track of three digits", with(right, 7, 6, 100), "CDTEXT.TRACK_RANGE"},
        {"copyright", with(right, 7, 7, 1), "CDTEXT.COPYRIGHT"},
        {"count", with(right, 7, 8, 5), "CDTEXT.COUNTS"},
        {"last sequence", with(right, 8, 12, 8), "CDTEXT.COUNTS"},
        {"last sequence of a block that is not there", with(right, 8, 13, 8), "CDTEXT.COUNTS"},
        {"language of a block that is not there", with(right, 9, 9, 8), "CDTEXT.LANGUAGES"},
        {"part number", with(right, 8, 1, 3), "CDTEXT.SIZE_INFORMATION"},
        {"part twice", with(right, 8, 1, 0), "CDTEXT.SIZE_INFORMATION"},
    };
    for (const Case& each : cases) CHECK_MESSAGE(rulesOf(each.bytes) == each.rules, each.what);
}

TEST_CASE("a set that was written twice is read once")
{
    Bytes twice = threeTracks();
    const Bytes once = twice;
    twice.insert(twice.end(), once.begin(), once.end());
    const DecodedPacks decoded = decodePacks(twice, "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.DUPLICATE_BLOCK");
    CHECK(decoded.text == decodePacks(once, "").text);
}

TEST_CASE("a block that begins with number 1 is read and named")
{
    Bytes bytes = ddpData("cdtext-libburnia.cdt");
    bytes.erase(bytes.begin(), bytes.begin() + 44 * packSize);
    const DecodedPacks decoded = decodePacks(bytes, "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.BLOCK_ORDER CDTEXT.TAB CDTEXT.COUNTS CDTEXT.LANGUAGES");
    REQUIRE(decoded.text.blocks.size() == 1);
    CHECK(decoded.text.blocks[0].disc.title == "Nachtkratz II");
}

TEST_CASE("a block of size information alone is no language")
{
    const Bytes bytes = blockFrom({}, 3);
    const DecodedPacks decoded = decodePacks(bytes, "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.EMPTY_BLOCK");
    CHECK(decoded.text.blocks.empty());
}

TEST_CASE("8-bit letters in a block labelled ASCII are read as Latin-1")
{
    const DecodedPacks decoded = decodePacks(blockFrom({"80000000 436166e9 00 4f6e65 00 000000"}, 1, 1), "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.ASCII_LABEL");
    CHECK(decoded.text.blocks.at(0).disc.title == "Café");
    CHECK(decoded.text.blocks.at(0).charset == Charset::latin1);
}

TEST_CASE("a TAB on the first track stands for the disc's text")
{
    const DecodedPacks decoded =
        decodePacks(blockFrom({"81000000 4361 00 09 00 09 00 5a 00 00 0000"}, 3), "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.FIRST_TRACK_TAB CDTEXT.TAB");
    REQUIRE(decoded.findings.size() == 2);
    CHECK(decoded.findings[0].message.find(" is a TAB: the same as the disc's") != std::string::npos);
    CHECK(decoded.findings[1].message.find(" is a TAB: the same as that of the track before") !=
          std::string::npos);
    const CdTextBlock& block = decoded.text.blocks.at(0);
    CHECK(block.tracks[0].performer == "Ca");
    CHECK(block.tracks[1].performer == "Ca");
    CHECK(block.tracks[2].performer == "Z");
    // On the disc itself it is just a control character.
    CHECK(rulesOf(blockFrom({"81000000 09 00 5a 00 0000 000000000000"}, 1)) == "CDTEXT.CHARACTER");
}

TEST_CASE("a double-byte TAB repeats too, and characters of one byte in MS-JIS are errors")
{
    const DecodedPacks decoded =
        decodePacks(blockFrom({"80000080 8bc8 0000 88ea 0000 0909 0000"}, 2, 0x80), "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.TAB");
    CHECK(decoded.text.blocks.at(0).tracks[1].title == "一");
    CHECK(rulesOf(blockFrom({"80000080 4142 0000 88ea 0000 0000 0000"}, 1, 0x80)) == "CDTEXT.DOUBLE_BYTE");
    const DecodedPacks narrow =
        decodePacks(blockFrom({"80000000 8bc8 00 4142 00 0000 000000 0000"}, 1, 0x80), "");
    CHECK(rulesIn(narrow.findings) == "CDTEXT.DOUBLE_BYTE");
    CHECK(narrow.text.blocks.at(0).disc.title == "曲");
    CHECK(narrow.text.blocks.at(0).tracks[0].title == "AB");
}

TEST_CASE("texts that start new packs each are put to their tracks and named")
{
    const DecodedPacks decoded =
        decodePacks(blockFrom({"80000000 44697363", "80010000 4f6e65", "80030000 5468726565"}, 3), "");
    CHECK(countOf(decoded.findings, "CDTEXT.TRACK_RANGE") == 2);
    const CdTextBlock& block = decoded.text.blocks.at(0);
    CHECK(block.disc.title == "Disc");
    CHECK(block.tracks[0].title == "One");
    CHECK(block.tracks[1].title == "");
    CHECK(block.tracks[2].title == "Three");
}

TEST_CASE(
    "a pack of a track that does not exist is one finding, the packs behind it are followed without another")
{
    // "Disc", 0, "OneOneO"; a pack of track 5; then "Two" from its fourth letter on, 0, "Three..."
    const Bytes bytes = blockFrom({"80000000 44697363 00 4f6e654f6e654f", "80050000 585858585858585858585858",
                                   "80020003 54776f 00 5468726565546872", "80030008 6565 00"},
                                  3);
    const DecodedPacks decoded = decodePacks(bytes, "");
    CHECK(countOf(decoded.findings, "CDTEXT.TRACK_RANGE") == 1);
    CHECK(countOf(decoded.findings, "CDTEXT.POSITION") == 0);
    CHECK(decoded.text.blocks.at(0).tracks.at(1).title == "Two");
}

TEST_CASE("a text that the packs cut off is found where it begins, bytes behind the last text where they are")
{
    const auto placeOf = [](const Bytes& bytes) -> std::pair<std::int64_t, int> {
        for (const Finding& found : decodePacks(bytes, "").findings)
            if (found.rule == "CDTEXT.TERMINATOR") return {found.where.byte.value_or(-1), found.where.track};
        return {-1, -1};
    };
    // "AB", 0, "C", 0, and "DEFGHIJ" from the sixth byte behind a pack's header of four.
    const std::string_view cut = "80000000 414200 4300 4445464748494a";
    CHECK(placeOf(blockFrom({cut}, 2)) == std::pair<std::int64_t, int>{4 + 5, 2});
    // The same with bytes behind the last text: the first of them counts.
    const std::string_view over = "80000000 414200 4300 0000 58590000 00";
    CHECK(placeOf(blockFrom({over}, 1)) == std::pair<std::int64_t, int>{4 + 7, 0});
}

TEST_CASE("a type without a text for the last tracks is incomplete")
{
    const DecodedPacks decoded = decodePacks(blockFrom({"80000000 4142434445464748494a4b 00"}, 1), "");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.INCOMPLETE");
    CHECK(decoded.text.blocks.at(0).tracks[0].title == "");
    CHECK(rulesOf(blockFrom({"80000000 4142434445464748494a4b4c"}, 1)) ==
          "CDTEXT.TERMINATOR CDTEXT.INCOMPLETE");
}

TEST_CASE("a superfluous pack of zeros is a warning")
{
    CHECK(rulesOf(blockFrom({"80000000 41 00 42 00", "80010000 00"}, 1)) == "CDTEXT.EXTRA_PACK");
}

TEST_CASE("tables of contents and reserved types are left alone")
{
    CHECK(rulesOf(blockFrom({"80000000 41 00 42 00", "88000000 0102", "8a000000 0102"}, 1)) ==
          "CDTEXT.NOT_READ");
}

TEST_CASE("odd codes and genres are warnings, overlong texts errors")
{
    CHECK(rulesOf(blockFrom({"87000000 001b 41 00"}, 1)) == "");
    CHECK(rulesOf(blockFrom({"87000000 001c 41 00"}, 1)) == "CDTEXT.GENRE");
    const DecodedPacks high = decodePacks(blockFrom({"87000000 0102 41 00"}, 1), "");
    REQUIRE(high.findings.size() == 1);
    CHECK(high.findings[0].message.find("the genre code 258;") != std::string::npos);
    CHECK(rulesOf(blockFrom({"8e000000 3132 00 00"}, 1)) == "CDTEXT.CODE");
    CHECK(rulesOf(blockFrom({"8e000000 e4 00 00"}, 1)) == "CDTEXT.CHARACTER CDTEXT.CODE");
    CdTextBlock block;
    block.disc.title = std::string(254, 'x');
    block.tracks.resize(1);
    // The terminator is byte 2 of the pack number 21.
    const Bytes longer = with(encodePacks({{block}}).value(), 21, 4 + 2, 'x');
    CHECK(countOf(decodePacks(longer, "").findings, "CDTEXT.TEXT_LENGTH") == 1);
}

TEST_CASE("more than 255 packs in a block are an error")
{
    // What cue2ddp does without a word: sequence numbers and counts wrap.
    Bytes bytes;
    for (int i = 0; i < 300; ++i) {
        bytes.resize(bytes.size() + packSize);
        bytes[bytes.size() - packSize] = std::byte{0x80};
        bytes[bytes.size() - packSize + 2] = static_cast<std::byte>(i);
        repairCrc(bytes, bytes.size() - packSize);
    }
    CHECK(countOf(decodePacks(bytes, "").findings, "CDTEXT.TOO_MANY_PACKS") == 1);
    CHECK(countOf(decodePacks(bytes, "").findings, "CDTEXT.SEQUENCE") == 0);
    Bytes endless;
    while (endless.size() < 2100 * packSize)
        endless.insert(endless.end(), bytes.begin(), bytes.begin() + packSize);
    CHECK(countOf(decodePacks(endless, "").findings, "CDTEXT.TOO_MANY_PACKS") == 2);
}

TEST_CASE(
    "200,000 random and damaged files are read without a crash, and what has no error is rewritten equal")
{
    RandomCdText random{99};
    const Bytes fixtures[] = {threeTracks(), ddpData("cdtext-krosis.cdt"), ddpData("cdtext-libburnia.cdt"),
                              ddpData("cdtext-sony.cdt"),
                              blockFrom({"80000080 8bc8 0000 88ea 0000 0909 0000"}, 2, 0x80)};
    int clean = 0;
    for (int i = 0; i < 200'000; ++i) {
        Bytes bytes;
        const std::size_t kind = random.below(10);
        if (kind < 6) {
            bytes.resize(random.below(12) * packSize + (random.chance(10) ? random.below(packSize) : 0));
            for (std::byte& byte : bytes) byte = static_cast<std::byte>(random.below(256));
            // Right CRCs and likely headers lead deeper.
            for (std::size_t at = 0; kind < 5 && at + packSize <= bytes.size(); at += packSize) {
                bytes[at] = static_cast<std::byte>(0x80 + random.below(16));
                if (random.chance(80)) bytes[at + 1] = static_cast<std::byte>(random.below(4));
                if (random.chance(80)) bytes[at + 2] = static_cast<std::byte>(at / packSize);
                if (random.chance(80)) bytes[at + 3] = static_cast<std::byte>(random.below(16));
                for (std::size_t b = 4; b < 16; ++b)
                    if (random.chance(40)) bytes[at + b] = std::byte{0};
                repairCrc(bytes, at);
            }
        } else {
            const std::size_t which = random.below(std::size(fixtures));
            // The long ones are slower; a few thousand of them do.
            bytes = fixtures[random.chance(90) ? (which % 2) * 4 : which];
            for (std::size_t n = random.below(4); n > 0; --n) {
                const std::size_t at = random.below(bytes.size());
                bytes[at] = static_cast<std::byte>(random.below(256));
                if (at / packSize * packSize + packSize <= bytes.size())
                    repairCrc(bytes, at / packSize * packSize);
            }
        }
        const DecodedPacks decoded = decodePacks(bytes, "CDTEXT.BIN");
        REQUIRE(decoded.bare.size() % packSize == 0);
        if (blocks(decoded.findings)) continue;
        ++clean;
        const auto again = encodePacks(decoded.text);
        REQUIRE_MESSAGE(again, sentence(again.error()));
        REQUIRE(decodePacks(*again, "").text == decoded.text);
        REQUIRE_FALSE(blocks(checkCdText(decoded.text)));
    }
    CHECK(clean > 10'000);
}
