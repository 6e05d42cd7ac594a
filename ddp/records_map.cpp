#include "core/text.h"
#include "ddp/map_fields.h"
#include "ddp/record_checks.h"
#include "ddp/records.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

namespace segue::ddp {

namespace {

using namespace map_field;

constexpr std::string_view validMark = "VVVM";

void checkBlanks(std::string_view record, const RecordPlace& place, bool audio, Findings& findings)
{
    for (const Field& blank :
         {streamPointer, pregap1, postgap, medium, index, isrc, pregapNext, pauseAdd, offset, pad})
        checkBlank(findings, place, record, blank);
    if (audio) return;
    for (const Field& blank : {start, mode, storageMode, scrambled, pregap2})
        checkBlank(findings, place, record, blank);
}

/// Numbers in one file are padded in one way; `seen` is the way of the packets before. The pregap has blanks
/// in every recorded set, whatever pads the others.
void checkPadding(std::string_view record, const RecordPlace& place, std::optional<Padding>& seen,
                  Findings& findings)
{
    const auto words = [](Padding padding) { return padding == Padding::zeros ? "zeros" : "blanks"; };
    for (const Field& field : {length, start, nameSize}) {
        const auto padding = paddingOf(record, field);
        if (!padding) continue;
        if (seen && *seen != *padding)
            reportField(findings, "SET.PADDING", place, field,
                        fmt::format("The field {} is padded with {}, numbers before it with {}", field.name,
                                    words(*padding), words(*seen)));
        seen = seen.value_or(*padding);
    }
    if (paddingOf(record, pregap2) == Padding::zeros)
        reportField(findings, "SET.PADDING", place, pregap2,
                    "The field PRE2 is padded with zeros; known writers pad it with blanks");
}

MapPacket parsePacket(std::string_view record, const RecordPlace& place, Findings& findings)
{
    MapPacket packet;
    packet.streamType = textField(findings, place, record, streamType);
    packet.length = numberField(findings, place, record, length);
    packet.startSector = numberField(findings, place, record, start);
    packet.subcode = textField(findings, place, record, subcode);
    packet.mode = textField(findings, place, record, mode);
    packet.storageMode = numberField(findings, place, record, storageMode);
    packet.scrambled = numberField(findings, place, record, scrambled);
    packet.pregap = numberField(findings, place, record, pregap2);
    packet.track = textField(findings, place, record, track);
    packet.file = textField(findings, place, record, fileName);
    const bool audio = packet.streamType.starts_with("D");
    checkBlanks(record, place, audio, findings);
    if (const auto size = numberField(findings, place, record, nameSize); !size || *size != 17)
        reportField(findings, "SET.MAP", place, nameSize,
                    fmt::format("The width of the file name is \"{}\", it is always 17",
                                escapedForDisplay(raw(record, nameSize))));
    const std::string_view sessionMark = text(record, session);
    // Sonoris marks the data of an Enhanced CD's second session.
    if (!sessionMark.empty() && !(sessionMark == "S" && packet.streamType == "D0" && packet.mode != "DA"))
        checkBlank(findings, place, record, session);
    const bool cdText = packet.subcode == "CDTEXT";
    if (!packet.track.empty() && !(cdText && packet.track == "00"))
        reportField(findings, "SET.RESERVED", place, track,
                    fmt::format("The field TRK is \"{}\", it should be {}", escapedForDisplay(packet.track),
                                cdText ? "00 or blank" : "blank"));
    if (audio && !packet.subcode.empty()) checkBlank(findings, place, record, subcode);
    return packet;
}

} // namespace

Result<std::string> encodeMapPacket(const MapPacket& packet, Profile profile)
{
    const Padding padding = profile == Profile::standard ? Padding::zeros : Padding::spaces;
    Record<mapPacketSize> record;
    const auto number = [&](const Field& field, const std::optional<std::int64_t>& value, Padding with) {
        return value ? record.putNumber(field, *value, with) : Status{};
    };
    for (const Status& s :
         {record.putText(valid, validMark), record.putText(streamType, packet.streamType),
          number(length, packet.length, padding), number(start, packet.startSector, padding),
          record.putText(subcode, packet.subcode), record.putText(mode, packet.mode),
          number(storageMode, packet.storageMode, padding), number(scrambled, packet.scrambled, padding),
          // Blank in front in every recorded set, whatever pads the other numbers.
          number(pregap2, packet.pregap, Padding::spaces), record.putText(track, packet.track),
          record.putNumber(nameSize, 17, padding), record.putText(fileName, packet.file)})
        if (!s) return failure(s.error().what, "DDPMS");
    return std::string{record.view()};
}

Result<std::vector<MapPacket>> parseMap(std::string_view bytes, Findings& findings)
{
    std::vector<MapPacket> map;
    if (bytes.size() < mapPacketSize)
        return failure(
            fmt::format("DDPMS must hold packets of {} bytes, it has {} bytes", mapPacketSize, bytes.size()),
            "DDPMS");
    if (bytes.size() % mapPacketSize != 0)
        findings.push_back(
            finding(rule("SET.MAP"),
                    fmt::format("DDPMS has {} bytes, which is not a whole number of packets of {} bytes",
                                bytes.size(), mapPacketSize),
                    {.file = "DDPMS",
                     .byte = static_cast<std::int64_t>(bytes.size() / mapPacketSize * mapPacketSize)}));
    std::optional<Padding> padding;
    for (std::size_t at = 0; at + mapPacketSize <= bytes.size(); at += mapPacketSize) {
        const std::string_view record = bytes.substr(at, mapPacketSize);
        const RecordPlace place{"DDPMS", at};
        if (raw(record, valid) != validMark) {
            // The format ends the map at the first packet without the mark; in a file made for one disc that
            // is damage.
            reportField(
                findings, "SET.MAP", place, valid,
                fmt::format("The packet is not marked {}, so it and what follows is not read", validMark));
            break;
        }
        map.push_back(parsePacket(record, place, findings));
        checkPadding(record, place, padding, findings);
    }
    return map;
}

} // namespace segue::ddp
