#include "ddp/cd_text_rules.h"

#include <algorithm>
#include <cassert>

namespace segue::ddp {
namespace {

constexpr auto error = Finding::Level::error;
constexpr auto warning = Finding::Level::warning;
constexpr auto note = Finding::Level::note;

constexpr std::string_view libburnText = "libburn cdtext.txt (after MMC-3 annex J and Sony's documentation)";
constexpr std::string_view cue2ddp = "bytes recorded from cue2ddp 1.1";
constexpr std::string_view libraries = "libcdio and libburn";

/// None of the errors may be overridden: a damaged pack or a wrong letter cannot be made right by permission.
constexpr Rule table[] = {
    // The file and its packs
    {"CDTEXT.SIZE", error, false,
     "A CD-Text file is a whole number of 18-byte packs, with at most the READ TOC header or one trailing "
     "zero",
     libraries},
    {"CDTEXT.HEADER", note, false,
     "A 4-byte header in front of the packs comes from a READ TOC dump and does not belong in a DDP set",
     libraries},
    {"CDTEXT.TRAILING_ZERO", note, false,
     "One zero byte after the packs is written by Sony's tools and by Sonoris; some plants' readers report "
     "it",
     libraries},
    {"CDTEXT.CRC", error, false, "The CRC of every pack fits its bytes", libburnText},
    {"CDTEXT.PACK_TYPE", error, false, "Pack types run from 0x80 to 0x8F and the extension bit is clear",
     libburnText},
    {"CDTEXT.NOT_READ", note, false,
     "Packs of the types 0x88 to 0x8C are left as they are: they hold no text", libburnText},
    {"CDTEXT.SEQUENCE", error, false, "Sequence numbers count up from 0 in each block", libburnText},
    {"CDTEXT.TYPE_ORDER", error, false,
     "Pack types ascend within a block and the size information comes last", libburnText},
    {"CDTEXT.BLOCK_ORDER", warning, false, "Blocks are numbered 0, 1, 2 ... without a gap", libburnText},
    {"CDTEXT.DUPLICATE_BLOCK", error, false, "Every block occurs once", libburnText},
    {"CDTEXT.EMPTY_BLOCK", warning, false, "A block holds at least one text", libburnText},
    {"CDTEXT.TOO_MANY_PACKS", error, false, "A block holds at most 255 packs and there are at most 8 blocks",
     libraries},
    {"CDTEXT.EXTRA_PACK", warning, false, "No pack follows the last text of its type", cue2ddp},
    // The size information
    {"CDTEXT.SIZE_INFORMATION", error, false, "Every block ends with its three size information packs",
     libburnText},
    {"CDTEXT.COUNTS", error, false,
     "The size information gives the true number of packs of each type and the true last sequence numbers",
     libburnText},
    {"CDTEXT.LANGUAGES", warning, false, "All blocks give the same languages, and none for absent blocks",
     libburnText},
    {"CDTEXT.COPYRIGHT", warning, false, "The copyright byte is 0x00 or 0x03", libburnText},
    {"CDTEXT.CHARSET", error, false, "The character set is ISO 8859-1 (0x00), ASCII (0x01) or MS-JIS (0x80)",
     libburnText},
    {"CDTEXT.ASCII_LABEL", warning, false, "A block labelled ASCII holds no 8-bit characters",
     "real discs, after a comment in libcdio"},
    {"CDTEXT.DOUBLE_BYTE", error, false,
     "Text packs are marked double-byte exactly in MS-JIS blocks, and hold characters of two bytes there",
     libburnText},
    {"CDTEXT.DOUBLE_BYTE_MARK", warning, false,
     "Packs with codes, genre or size information are not marked double-byte", "libburn"},
    // The texts
    {"CDTEXT.TRACK_RANGE", error, false,
     "Track numbers lie between the first and the last track of the block", libburnText},
    {"CDTEXT.TRACK_COUNT", error, false, "Every block describes the same 1 to 99 tracks", libburnText},
    {"CDTEXT.POSITION", warning, false,
     "The character position counts the characters of the pack's first text in earlier packs, up to 15",
     cue2ddp},
    {"CDTEXT.TERMINATOR", error, false, "Every text ends with a zero, and only zeros follow the last one",
     libburnText},
    {"CDTEXT.INCOMPLETE", error, false, "A type that is present has a text for the disc and for every track",
     libburnText},
    {"CDTEXT.TAB", note, false,
     "A single TAB repeats the text of the track before; not every reader knows that", libburnText},
    {"CDTEXT.FIRST_TRACK_TAB", warning, false, "Track 1 has no track before it that a TAB could repeat",
     libburnText},
    {"CDTEXT.CHARACTER", error, false,
     "Every character belongs to the character set; control characters do not", libburnText},
    {"CDTEXT.TEXT_LENGTH", error, false, "A text is shorter than 255 bytes", "libcdio, XLD"},
    {"CDTEXT.GENRE", warning, false, "Genre codes run from 0 to 27", libraries},
    {"CDTEXT.GENRE_CODE", error, false, "A genre code has 16 bits", libburnText},
    {"CDTEXT.CODE", warning, false, "A UPC has 13 digits, an ISRC 12 characters", libburnText},
    // Judgements on texts that can be written
    {"CDTEXT.DUPLICATE_LANGUAGE", warning, false, "No two blocks have the same language",
     "libcdio selects by language"},
    {"CDTEXT.VENDOR_ROWS", warning, false,
     "Characters from the rows that vendors added to JIS X 0208 show differently on some players",
     "code page 932"},
    {"CDTEXT.FULL_WIDTH", note, false, "MS-JIS texts are written in full-width characters", libburnText},
    {"CDTEXT.SUBSTITUTED", warning, false, "A character that the character set lacks was replaced",
     "docs/formats/cd-text.md"},
};

} // namespace

std::span<const Rule> cdTextRules() { return table; }

const Rule& cdTextRule(std::string_view id)
{
    const auto* found = std::ranges::find(table, id, &Rule::id);
    assert(found != std::end(table));
    return *found;
}

} // namespace segue::ddp
