#include "core/text.h"
#include "ddp/record_checks.h"
#include "ddp/records.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {

namespace {

// DDPID of a CD, DDP 2.00: docs/formats/ddp.md, section 1.
constexpr Field level{"DDPID", 0, 8}, upc{"UPC", 8, 13}, mapStart{"MSS", 21, 8}, mapLength{"MSL", 29, 8},
    medium{"MED", 37, 1}, masterId{"MID", 38, 48}, book{"BK", 86, 1}, type{"TYPE", 87, 2},
    sides{"NSIDE", 89, 1}, side{"SIDE", 90, 1}, layers{"NLAYER", 91, 1}, layer{"LAYER", 92, 1},
    textSize{"SIZ", 93, 2}, userText{"TXT", 95, 33};
constexpr std::array layout{level, upc,   mapStart, mapLength, medium, masterId, book,
                            type,  sides, side,     layers,    layer,  textSize, userText};
static_assert(tiles<ddpidSize>(layout));

// Sonoris and HOFA put the length of the user text at 94 and the text at 96.
constexpr Field shiftedSize{"SIZ", 94, 2}, shiftedText{"TXT", 96, 32};

std::string readUserText(std::string_view bytes, const RecordPlace& place, Findings& findings)
{
    const std::string_view rest = bytes.substr(textSize.offset);
    if (rest.find_first_not_of(' ') == std::string_view::npos) return {};
    const bool shifted = bytes[textSize.offset] == ' ' && isDigit(bytes[shiftedSize.offset + 1]) &&
                         (isDigit(bytes[shiftedSize.offset]) || bytes[shiftedSize.offset] == ' ');
    const Field& sizeField = shifted ? shiftedSize : textSize;
    const Field& textIn = shifted ? shiftedText : userText;
    const auto size = numberField(findings, place, bytes, sizeField);
    std::string value = textField(findings, place, bytes, textIn);
    const bool strayZero = value.empty() && raw(bytes, sizeField) != "00";
    if (!size || strayZero || static_cast<std::size_t>(*size) > textIn.length ||
        static_cast<std::size_t>(*size) < value.size())
        reportField(findings, "SET.USER_TEXT", place, sizeField,
                    fmt::format("The user text has {} characters, its length field says \"{}\"", value.size(),
                                escapedForDisplay(raw(bytes, sizeField))));
    else if (shifted)
        reportField(findings, "SET.USER_TEXT_PLACE", place, sizeField,
                    "The user text begins at byte 96 and its length at 94, as Sonoris and HOFA write them");
    return value;
}

} // namespace

Result<std::string> encodeDdpid(const Ddpid& id)
{
    Record<ddpidSize> record;
    for (const auto& [field, value] : {std::pair{level, id.level},
                                       {upc, id.upc},
                                       {masterId, id.masterId},
                                       {book, id.bookSpecifier},
                                       {type, id.type}})
        if (const Status s = record.putText(field, value); !s) return failure(s.error().what, "DDPID");
    return std::string{record.view()};
}

Findings checkMasterId(std::string_view id)
{
    Findings found;
    if (id.size() > masterIdLength)
        found.push_back(
            finding(rule("SET.MASTER_ID"),
                    fmt::format("The master id has {} characters, {} fit", id.size(), masterIdLength), {},
                    "shorten it"));
    if (std::ranges::any_of(id, [](char c) { return c < 0x20 || c > 0x7E; }))
        found.push_back(finding(rule("SET.MASTER_ID"),
                                fmt::format("The master id \"{}\" has characters other than printable ASCII",
                                            escapedForDisplay(id)),
                                {}, "write it with letters, digits and signs of ASCII"));
    return found;
}

Result<Ddpid> parseDdpid(std::string_view bytes, Findings& findings)
{
    const RecordPlace place{"DDPID", 0};
    if (bytes.size() != ddpidSize)
        return failure(fmt::format("DDPID must have exactly {} bytes, it has {}", ddpidSize, bytes.size()),
                       "DDPID");
    Ddpid id;
    id.level = textField(findings, place, bytes, level);
    if (!id.level.starts_with("DDP "))
        return failure("The file does not begin with \"DDP\" and a level", "DDPID");
    if (id.level != "DDP 2.00")
        reportField(findings, "SET.LEVEL", place, level,
                    fmt::format("The level is \"{}\", CDs are delivered as \"DDP 2.00\"", id.level));
    id.upc = textField(findings, place, bytes, upc);
    id.masterId = textField(findings, place, bytes, masterId);
    id.bookSpecifier = textField(findings, place, bytes, book);
    if (id.bookSpecifier == "O")
        reportField(findings, "SET.BOOK", place, book,
                    "The field BK is \"O\", as in Sonoris' sample of an Enhanced CD; it should be blank");
    else
        checkBlank(findings, place, bytes, book);
    id.type = textField(findings, place, bytes, type);
    if (id.type != "CD")
        reportField(findings, "SET.TYPE", place, type,
                    fmt::format("The type is \"{}\", a CD's is \"CD\"", escapedForDisplay(id.type)));
    // audio-distillery writes the length of DDPMS, which is whole packets. Anything else is damage.
    if (const auto size = number(bytes, mapLength);
        size && *size && **size > 0 && **size % std::int64_t{mapPacketSize} == 0)
        reportField(
            findings, "SET.MAP_LENGTH", place, mapLength,
            fmt::format(
                "The field MSL gives the map {} bytes, as audio-distillery writes it; it should be blank",
                **size));
    else
        checkBlank(findings, place, bytes, mapLength);
    for (const Field& blank : {mapStart, medium, sides, side, layers, layer})
        checkBlank(findings, place, bytes, blank);
    id.userText = readUserText(bytes, place, findings);
    return id;
}

} // namespace segue::ddp
