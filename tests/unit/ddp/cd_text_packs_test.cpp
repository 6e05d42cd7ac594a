#include "ddp/cd_text_packs.h"
#include "ddp/charset.h"
#include "support/cd_text_bytes.h"
#include "support/random_cd_text.h"
#include "support/scale.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

CdTextBlock blockOf(std::vector<std::string> titles)
{
    CdTextBlock block;
    block.disc.title = titles.front();
    for (std::size_t i = 1; i < titles.size(); ++i) {
        block.tracks.emplace_back();
        block.tracks.back().title = titles[i];
    }
    return block;
}

/// Only the packs of one type, as they stand in the encoded file.
std::string packsOf(const CdText& text, int type)
{
    const Bytes bytes = encodePacks(text).value();
    Bytes wanted;
    for (std::size_t at = 0; at < bytes.size(); at += packSize)
        if (bytes[at] == static_cast<std::byte>(type))
            wanted.insert(wanted.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                          bytes.begin() + static_cast<std::ptrdiff_t>(at + packSize));
    return toHex(wanted);
}

/// Type, track, position and payload of every pack but the arrangers' and the size information.
std::vector<Bytes> textPacks(const Bytes& bytes)
{
    std::vector<Bytes> packs;
    for (std::size_t at = 0; at < bytes.size(); at += packSize) {
        if (bytes[at] == std::byte{0x84} || bytes[at] == std::byte{0x8F}) continue;
        const auto start = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        packs.emplace_back(start, start + 16);
        packs.back()[2] = std::byte{0}; // the sequence number moves with the number of packs
    }
    return packs;
}

std::string errorOf(const CdText& text)
{
    const auto encoded = encodePacks(text);
    return encoded ? "accepted" : sentence(encoded.error());
}

} // namespace

TEST_CASE("the CRC is the inverted one of polynomial 0x1021")
{
    // The common check value of "123456789" is 0x31C3; sixteen bytes with seven zeros in front give the same.
    Bytes bytes(7);
    for (const char c : std::string_view{"123456789"}) bytes.push_back(static_cast<std::byte>(c));
    CHECK(packCrc(std::span{bytes}.first<16>()) == static_cast<std::uint16_t>(~0x31C3));
}

TEST_CASE("titles and performers of three tracks are the bytes cue2ddp wrote")
{
    CdTextBlock block = blockOf({"Disc", "Track One", "Track Two", "Track Three"});
    block.disc.performer = "Artist";
    for (Texts& track : block.tracks) track.performer = "Artist";
    CHECK(toHex(encodePacks({{block}}).value()) == toHex(ddpData("cdtext-cue2ddp-3tracks.bin")));
    CHECK(packCount(block).value() == 10);
}

TEST_CASE("a pack that begins on a terminator carries the text's length as position")
{
    CHECK(toHex(encodePacks({{blockOf({"Disc", "One", "Two"})}}).value()) ==
          toHex(ddpData("cdtext-cue2ddp-2tracks.bin")));
    // More than fifteen characters are counted as fifteen: this one has twenty-four.
    CHECK(packsOf({{blockOf({"abcdefghijklmnopqrstuvwx", "y"})}}, 0x80) ==
          "80 00 00 00 61 62 63 64 65 66 67 68 69 6a 6b 6c 40 71\n"
          "80 00 01 0c 6d 6e 6f 70 71 72 73 74 75 76 77 78 d9 31\n"
          "80 00 02 0f 00 79 00 00 00 00 00 00 00 00 00 00 01 4b\n");
}

TEST_CASE("a run that ends on a full pack gets no pack of zeros")
{
    // "12345" and "67890", each with its terminator, are exactly twelve bytes.
    CHECK(packCount(blockOf({"12345", "67890"})).value() == 4);
    CHECK(packCount(blockOf({"12345", "678901"})).value() == 5);
}

TEST_CASE("UPC and ISRCs become 0x8E packs")
{
    CdTextBlock block;
    block.tracks.resize(2);
    block.upc = "4006381333931";
    block.isrcs = {"USABC2612345", "USABC2612346"};
    CHECK(packsOf({{block}}, 0x8E) == "8e 00 00 00 34 30 30 36 33 38 31 33 33 33 39 33 d0 a6\n"
                                      "8e 00 01 0c 31 00 55 53 41 42 43 32 36 31 32 33 70 8f\n"
                                      "8e 01 02 0a 34 35 00 55 53 41 42 43 32 36 31 32 48 d3\n"
                                      "8e 02 03 09 33 34 36 00 00 00 00 00 00 00 00 00 84 b8\n");
}

TEST_CASE("the bytes of the genre code count for no position")
{
    CdTextBlock block;
    block.tracks.resize(1);
    block.genre = Genre{5, "Feline classic music"};
    const Bytes bytes = encodePacks({{block}}).value();
    CHECK(toHex(std::span{bytes}.first(36)) == "87 00 00 00 00 05 46 65 6c 69 6e 65 20 63 6c 61 be 0f\n"
                                               "87 00 01 0a 73 73 69 63 20 6d 75 73 69 63 00 00 23 fc\n");
}

TEST_CASE("MS-JIS positions count characters, not bytes")
{
    CdTextBlock block = blockOf({"アルバム", "曲一", "曲二"});
    block.charset = Charset::msJis;
    block.language = japanese;
    const Bytes bytes = encodePacks({{block}}).value();
    CHECK(toHex(std::span{bytes}.first(54)) == "80 00 00 80 83 41 83 8b 83 6f 83 80 00 00 8b c8 34 4f\n"
                                               "80 01 01 81 88 ea 00 00 8b c8 93 f1 00 00 00 00 5d 34\n"
                                               "8f 00 02 00 80 01 02 00 02 00 00 00 00 00 00 00 5b 92\n");
    CHECK(std::to_integer<int>(bytes[4 * packSize + 8]) == 0x69);
}

TEST_CASE("the two blocks of libburn's example are rebuilt, but for its TABs")
{
    const Bytes original = ddpData("cdtext-libburnia.cdt");
    const DecodedPacks decoded = decodePacks(original, "x.cdt");
    REQUIRE(decoded.text.blocks.size() == 2);
    // libburn repeats "Tom Cat" with a TAB, which saves a pack of arrangers in the first block.
    CHECK(rulesIn(decoded.findings) == "CDTEXT.TAB");
    const Bytes again = encodePacks(decoded.text).value();
    REQUIRE(again.size() == original.size() + packSize);
    CHECK(textPacks(again) == textPacks(original));
    CHECK(decodePacks(again, "x.cdt").text == decoded.text);
    CHECK(decodePacks(again, "x.cdt").findings.empty());
}

TEST_CASE("Sony's example is rebuilt byte for byte, without its trailing zero")
{
    const Bytes original = ddpData("cdtext-sony.cdt");
    const DecodedPacks decoded = decodePacks(original, "x.cdt");
    CHECK(rulesIn(decoded.findings) == "CDTEXT.TRAILING_ZERO");
    CHECK(decoded.bare.size() == original.size() - 1);
    CHECK(toHex(encodePacks(decoded.text).value()) == toHex(decoded.bare));
}

TEST_CASE("a type that one track has is written for all")
{
    CdTextBlock block;
    block.tracks.resize(3);
    block.tracks[1].message = "hello";
    CHECK(packsOf({{block}}, 0x85) == "85 00 00 00 00 00 68 65 6c 6c 6f 00 00 00 00 00 b6 a8\n");
    const CdText read = decodePacks(encodePacks({{block}}).value(), "").text;
    CHECK(read.blocks[0].disc.message == "");
    CHECK(read.blocks[0].tracks[2].message == "");
    CHECK_FALSE(read.blocks[0].disc.title);
}

TEST_CASE("an explicitly empty text makes its type present, an empty code does not")
{
    CdTextBlock block;
    block.tracks.resize(1);
    CHECK(packCount(block).value() == 0);
    block.upc = "";
    block.isrcs = {std::nullopt};
    CHECK(packCount(block).value() == 0);
    block.disc.title = "";
    CHECK(packCount(block).value() == 4);
}

TEST_CASE("a value without any text gives no packs")
{
    CHECK(encodePacks({}).value().empty());
    CHECK(encodePacks({{CdTextBlock{}, CdTextBlock{}}}).value().empty());
}

TEST_CASE("a language without texts takes no block")
{
    CdTextBlock german;
    german.language = {0x08};
    const CdTextBlock full = blockOf({"Disc", "One"});
    CHECK(encodePacks({{german, full}}).value() == encodePacks({{full}}).value());
    CHECK(asStored({{german, full}}) == CdText{{full}});
}

TEST_CASE("eight languages fit, nine are refused")
{
    CdText text;
    for (std::uint8_t i = 0; i < 8; ++i) {
        text.blocks.push_back(blockOf({"Disc", "One"}));
        text.blocks.back().language = {static_cast<std::uint8_t>(i + 1)};
    }
    const Bytes bytes = encodePacks(text).value();
    CHECK(bytes.size() == 8 * 4 * packSize);
    const DecodedPacks decoded = decodePacks(bytes, "");
    CHECK(decoded.text == text);
    CHECK(decoded.findings.empty());
    for (std::size_t block = 0; block < 8; ++block) {
        // The last two size packs name the last sequence and the language of all blocks, in every block.
        const std::size_t at = block * 4 * packSize;
        CHECK(std::to_integer<std::size_t>(bytes[at + 2]) == 0);
        CHECK(std::to_integer<std::size_t>(bytes[at + 3]) == block << 4);
        CHECK(std::equal(bytes.begin() + 2 * packSize + 12, bytes.begin() + 2 * packSize + 16,
                         bytes.begin() + static_cast<std::ptrdiff_t>(at + 2 * packSize + 12)));
        CHECK(std::equal(bytes.begin() + 3 * packSize + 4, bytes.begin() + 3 * packSize + 16,
                         bytes.begin() + static_cast<std::ptrdiff_t>(at + 3 * packSize + 4)));
    }
    text.blocks.push_back(text.blocks.front());
    CHECK(errorOf(text) == "CD-Text: CD-Text holds at most 8 languages");
}

TEST_CASE("a block takes 255 packs and not one more")
{
    // 21 texts of 143 characters are 21 x 144 bytes = 252 packs; with the size information 255.
    std::vector<std::string> titles(21, std::string(143, 'x'));
    CHECK(packCount(blockOf(titles)).value() == 255);
    const auto full = encodePacks({{blockOf(titles)}});
    REQUIRE(full);
    CHECK(full->size() == 255 * packSize);
    CHECK(decodePacks(*full, "").findings.empty());
    titles[0] += 'y';
    CHECK(packCount(blockOf(titles)).value() == 256);
    CHECK(errorOf({{blockOf(titles)}}) ==
          "CD-Text (English): The texts take 256 packs, 255 fit; texts of the kind \"title\" take 253");
}

TEST_CASE("texts of 255 bytes are refused by name, never shortened")
{
    CHECK(encodePacks({{blockOf({"Disc", std::string(254, 'x')})}}));
    CHECK(errorOf({{blockOf({"Disc", "One", std::string(255, 'x')})}}) ==
          "CD-Text (English), track 2: The title of track 2 takes 255 bytes, 254 fit");
    CdTextBlock wide = blockOf({"Disc", std::string(128, 'x')});
    wide.charset = Charset::msJis;
    CHECK(errorOf({{wide}}) == "CD-Text (English), track 1: The title of track 1 takes 256 bytes, 254 fit");
    CdTextBlock genre = blockOf({"Disc", "One"});
    genre.genre = Genre{1, std::string(253, 'x')};
    CHECK(errorOf({{genre}}) == "CD-Text (English): The disc's genre text takes 253 bytes, 252 fit");
}

TEST_CASE("what cannot be encoded is refused with language, track, field and character")
{
    CdTextBlock block = blockOf({"Disc", "One", "10 €"});
    block.language = {0x08};
    CHECK(
        errorOf({{block}}) ==
        "CD-Text (German), track 2: The title of track 2: character 4 is € (U+20AC), which ISO 8859-1 lacks");
    block = blockOf({"Disc", "\t"});
    CHECK(errorOf({{block}}).find("control character U+0009") != std::string::npos);
    block = blockOf({"Disc", "One"});
    block.discId = "é";
    CHECK(errorOf({{block}}).find("ASCII") != std::string::npos);
}

TEST_CASE("the number of tracks must be right in every block")
{
    CHECK_FALSE(encodePacks({{blockOf({"Disc"})}}));
    CHECK(encodePacks({{blockOf(std::vector<std::string>(100, "x"))}}));
    CHECK_FALSE(encodePacks({{blockOf(std::vector<std::string>(101, "x"))}}));
    CHECK_FALSE(encodePacks({{blockOf({"Disc", "One"}), blockOf({"Disc", "One", "Two"})}}));
    CdTextBlock block = blockOf({"Disc", "One"});
    block.isrcs.resize(2);
    CHECK_FALSE(encodePacks({{block}}));
    block.isrcs.clear();
    block.genre = Genre{65536, ""};
    CHECK_FALSE(encodePacks({{block}}));
}

TEST_CASE("2,000 generated albums come back as they were written, with no finding")
{
    RandomCdText random{20260};
    int written = 0, blocks = 0;
    const int wanted = scaled(2000);
    for (int i = 0; i < wanted; ++i) {
        const CdText text = random.cdText({.maxTracks = i % 10 == 0 ? 99 : 12,
                                           .maxBlocks = i % 7 == 0 ? 8 : 3,
                                           .maxLength = i % 10 == 0  ? 12U
                                                        : i % 3 == 0 ? 120U
                                                                     : 40U});
        const auto encoded = encodePacks(text);
        if (!encoded) {
            CHECK_MESSAGE(encoded.error().what.find("packs") != std::string::npos, sentence(encoded.error()));
            continue;
        }
        if (encoded->empty()) {
            REQUIRE(asStored(text).blocks.empty());
            continue;
        }
        ++written;
        blocks += static_cast<int>(text.blocks.size());
        const DecodedPacks decoded = decodePacks(*encoded, "CDTEXT.BIN");
        REQUIRE_MESSAGE(decoded.findings.empty(), decoded.findings.front().message);
        REQUIRE(decoded.text == asStored(text));
        REQUIRE(decoded.bare == *encoded);
        REQUIRE(encodePacks(decoded.text).value() == *encoded);
        REQUIRE(asStored(decoded.text) == decoded.text);
        std::size_t packs = 0;
        for (const CdTextBlock& block : text.blocks) packs += packCount(block).value();
        REQUIRE(packs * packSize == encoded->size());
    }
    CHECK(written > wanted * 3 / 4);
    CHECK(blocks > wanted * 3 / 2);
}
