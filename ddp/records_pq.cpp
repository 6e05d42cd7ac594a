#include "core/text.h"
#include "ddp/record_checks.h"
#include "ddp/records.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

namespace segue::ddp {

namespace {

// PQ descriptor packet: docs/formats/ddp.md, section 3.
constexpr Field valid{"SPV", 0, 4}, track{"TRK", 4, 2}, index{"IDX", 6, 2}, hours{"HRS", 8, 2},
    minute{"MIN", 10, 2}, second{"SEC", 12, 2}, frame{"FRM", 14, 2}, control{"CB1", 16, 2},
    control2{"CB2", 18, 2}, isrc{"ISRC", 20, 12}, upc{"UPC", 32, 13}, comment{"TXT", 45, 19};
constexpr std::array layout{valid, track,   index,    hours, minute, second,
                            frame, control, control2, isrc,  upc,    comment};
static_assert(tiles<pqPacketSize>(layout));

constexpr std::string_view validMark = "VVVS";
constexpr std::string_view hexDigits = "0123456789ABCDEF";
constexpr std::size_t maxPackets = 10'000;

std::string controlText(ControlFlags flags)
{
    const int nibble =
        (flags.preEmphasis ? 1 : 0) + (flags.copyPermitted ? 2 : 0) + (flags.fourChannel ? 8 : 0);
    return {hexDigits[static_cast<std::size_t>(nibble)], flags.scms ? 'S' : '1'};
}

std::optional<ControlFlags> parseControl(std::string_view text)
{
    const std::size_t nibble = hexDigits.find(text[0]);
    if (nibble == std::string_view::npos || (nibble & 4U) != 0 || (text[1] != '1' && text[1] != 'S'))
        return std::nullopt;
    return ControlFlags{.preEmphasis = (nibble & 1U) != 0,
                        .copyPermitted = (nibble & 2U) != 0,
                        .fourChannel = (nibble & 8U) != 0,
                        .scms = text[1] == 'S'};
}

/// Two digits below `limit`; anything else is a finding and 0.
int twoDigits(Findings& findings, const RecordPlace& place, std::string_view record, const Field& field,
              int limit)
{
    const std::string_view digits = raw(record, field);
    if (isDigit(digits[0]) && isDigit(digits[1]))
        if (const int value = (digits[0] - '0') * 10 + (digits[1] - '0'); value < limit) return value;
    reportField(findings, "SET.PQ", place, field,
                fmt::format("The field {} should be two digits below {}, it is \"{}\"", field.name, limit,
                            escapedForDisplay(digits)));
    return 0;
}

/// The hours are reserved. Zeros in every packet were seen once in a plant's master; in some of them they are
/// damage.
void checkHours(std::string_view bytes, const std::string& file, Findings& findings)
{
    bool everywhere = true;
    for (std::size_t at = 0; at + pqPacketSize <= bytes.size(); at += pqPacketSize)
        everywhere = everywhere && raw(bytes.substr(at, pqPacketSize), hours) == "00";
    if (everywhere) {
        reportField(findings, "SET.HOURS", {file, 0}, hours,
                    "The field HRS is 00 in all packets, it should be blank");
        return;
    }
    for (std::size_t at = 0; at + pqPacketSize <= bytes.size(); at += pqPacketSize)
        checkBlank(findings, {file, at}, bytes.substr(at, pqPacketSize), hours);
}

PqPacket parsePacket(std::string_view record, const RecordPlace& place, Findings& findings)
{
    PqPacket packet;
    packet.track =
        raw(record, track) == "AA" ? PqPacket::leadOut : twoDigits(findings, place, record, track, 100);
    packet.index = twoDigits(findings, place, record, index, 100);
    packet.at = fromMsf({twoDigits(findings, place, record, minute, 100),
                         twoDigits(findings, place, record, second, 60),
                         twoDigits(findings, place, record, frame, 75)});
    if (const auto flags = parseControl(raw(record, control)))
        packet.flags = *flags;
    else
        reportField(findings, "SET.PQ", place, control,
                    fmt::format("The control field is \"{}\"; audio has a hexadecimal digit without the data "
                                "bit, then 1 or S",
                                escapedForDisplay(raw(record, control))));
    packet.isrc = textField(findings, place, record, isrc);
    packet.upc = textField(findings, place, record, upc);
    if ((packet.track == 0 || packet.track == PqPacket::leadOut) &&
        (raw(record, control) != "01" || !packet.isrc.empty()))
        reportField(
            findings, "SET.PQ_ENDS", place, control,
            fmt::format(
                "The {} packet has the control field {}{}; it has 01 and no ISRC in every recorded set",
                packet.track == 0 ? "lead-in" : "lead-out", escapedForDisplay(raw(record, control)),
                packet.isrc.empty() ? "" : " and an ISRC"));
    checkBlank(findings, place, record, control2);
    checkBlank(findings, place, record, comment);
    return packet;
}

} // namespace

Result<std::string> encodePqPacket(const PqPacket& packet)
{
    if (packet.at < CdFramePos{} || packet.at > lastAddressableFrame)
        return failure(fmt::format("Frame {} has no address; the last one is 99:59:74", packet.at.value()),
                       "PQ descriptor");
    const Msf msf = toMsf(packet.at);
    Record<pqPacketSize> record;
    for (const Status& s :
         {record.putText(valid, validMark),
          packet.track == PqPacket::leadOut ? record.putText(track, "AA")
                                            : record.putNumber(track, packet.track, Padding::zeros),
          record.putNumber(index, packet.index, Padding::zeros),
          record.putNumber(minute, msf.minute, Padding::zeros),
          record.putNumber(second, msf.second, Padding::zeros),
          record.putNumber(frame, msf.frame, Padding::zeros),
          record.putText(control, controlText(packet.flags)), record.putText(isrc, packet.isrc),
          record.putText(upc, packet.upc)})
        if (!s) return failure(s.error().what, "PQ descriptor");
    return std::string{record.view()};
}

Result<std::vector<PqPacket>> parsePq(std::string_view bytes, const std::string& file, Findings& findings)
{
    if (bytes.size() < pqPacketSize)
        return failure(fmt::format("A PQ descriptor holds packets of {} bytes, this file has {} bytes",
                                   pqPacketSize, bytes.size()),
                       file);
    if (bytes.size() / pqPacketSize > maxPackets)
        return failure(fmt::format("A PQ descriptor of {} packets is longer than any disc needs",
                                   bytes.size() / pqPacketSize),
                       file);
    if (bytes.size() % pqPacketSize != 0)
        findings.push_back(finding(
            rule("SET.PQ"),
            fmt::format("The file has {} bytes, which is not a whole number of packets of {} bytes",
                        bytes.size(), pqPacketSize),
            {.file = file, .byte = static_cast<std::int64_t>(bytes.size() / pqPacketSize * pqPacketSize)}));
    checkHours(bytes, file, findings);
    std::vector<PqPacket> packets;
    for (std::size_t at = 0; at + pqPacketSize <= bytes.size(); at += pqPacketSize) {
        const std::string_view record = bytes.substr(at, pqPacketSize);
        const RecordPlace place{file, at};
        if (raw(record, valid) != validMark) {
            reportField(findings, "SET.PQ", place, valid,
                        fmt::format("The packet is not marked {}", validMark));
            continue;
        }
        packets.push_back(parsePacket(record, place, findings));
    }
    return packets;
}

} // namespace segue::ddp
