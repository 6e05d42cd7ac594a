#include "ddp/disc_from_pq.h"

#include "core/text.h"
#include "core/time_text.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace segue::ddp {

namespace {

std::string packetName(const PqPacket& packet)
{
    if (packet.track == 0) return "the lead-in packet";
    if (packet.track == PqPacket::leadOut) return "the lead-out packet";
    return fmt::format("track {} INDEX {:02}", packet.track, packet.index);
}

/// Goes through the packets once; its members are what later packets are held against.
class PacketReader {
public:
    PacketReader(std::span<const PqPacket> packets, std::span<const std::int64_t> offsets,
                 const std::string& file)
        : packets_{packets}, offsets_{offsets}, file_{file}
    {
    }

    PqDisc read()
    {
        checkLeadIn();
        for (std::size_t i = 0; i < packets_.size(); ++i) {
            if (i > 0) checkOrder(i);
            const PqPacket& packet = packets_[i];
            if (packet.track == PqPacket::leadOut) takeLeadOut(i);
            if (packet.track >= 1 && packet.track <= 99) takeTrackPacket(i);
        }
        checkEnd();
        readUpcs();
        return std::move(result_);
    }

private:
    [[nodiscard]] Place at(std::size_t i) const
    {
        const PqPacket& packet = packets_[i];
        const bool isTrack = packet.track >= 1 && packet.track <= 99;
        Place place{.file = file_, .byte = offsets_[i]};
        if (isTrack) {
            place.track = packet.track;
            place.index = packet.index;
        }
        return place;
    }
    void report(std::string_view id, std::string message, Place where, std::string fix = {})
    {
        result_.findings.push_back(finding(rule(id), std::move(message), std::move(where), std::move(fix)));
    }

    void checkLeadIn()
    {
        if (packets_.empty() || packets_[0].track != 0) {
            report("SET.PQ_LEAD_IN", "The PQ descriptor does not begin with a lead-in packet",
                   Place{.file = file_, .byte = 0});
            return;
        }
        if (packets_[0].index != 0 || packets_[0].at != CdFramePos{0})
            report("SET.PQ_LEAD_IN",
                   fmt::format("The lead-in packet has INDEX {:02} at {}", packets_[0].index,
                               cdTime(packets_[0].at)),
                   Place{.file = file_, .byte = 0}, "INDEX 00 at 00:00:00");
    }

    /// The sequence 00 00, 01 00, 01 01, 02 00 or 02 01, ..., AA 01, AA 01.
    void checkOrder(std::size_t i)
    {
        const PqPacket& before = packets_[i - 1];
        const PqPacket& packet = packets_[i];
        const bool nextTrack =
            packet.track == before.track + 1 && packet.index <= 1 && (before.track == 0 || before.index >= 1);
        const bool nextIndex =
            packet.track == before.track && packet.index == before.index + 1 && packet.track != 0;
        const bool end = packet.track == PqPacket::leadOut &&
                         (before.track == PqPacket::leadOut || (before.track != 0 && before.index >= 1));
        if (packet.track == PqPacket::leadOut
                ? !end
                : before.track == PqPacket::leadOut || !(nextTrack || nextIndex))
            report("SET.PQ_SEQUENCE", fmt::format("{} follows {}", packetName(packet), packetName(before)),
                   at(i), "tracks and indexes count up by one, and lead-out comes last");
    }

    void takeLeadOut(std::size_t i)
    {
        const PqPacket& packet = packets_[i];
        if (packet.index != 1)
            report("SET.PQ_LEAD_OUT",
                   fmt::format("The lead-out packet has INDEX {:02} instead of 01", packet.index), at(i));
        if (++result_.leadOutPackets == 1)
            result_.disc.leadOut = packet.at;
        else if (packet.at != result_.disc.leadOut)
            report("SET.PQ_LEAD_OUT",
                   fmt::format("A second lead-out packet gives {}, the first one {}", cdTime(packet.at),
                               cdTime(result_.disc.leadOut)),
                   at(i));
    }

    void takeTrackPacket(std::size_t i)
    {
        const PqPacket& packet = packets_[i];
        const auto number = static_cast<std::size_t>(packet.track);
        const bool fresh = result_.disc.tracks.size() < number;
        if (fresh) {
            result_.disc.tracks.resize(number);
            firstPacket_.resize(number, packets_.size());
        }
        DiscTrack& track = result_.disc.tracks[number - 1];
        std::size_t& first = firstPacket_[number - 1];
        if (first == packets_.size()) {
            first = i;
            track.flags = packet.flags;
        } else if (packet.flags != track.flags) {
            report("SET.PQ_FLAGS",
                   fmt::format("The control flags of {} differ from the track's first packet",
                               packetName(packet)),
                   at(i), "a track has the same flags on all its packets");
        }
        if (packet.index > 0)
            track.indexes.push_back(packet.at);
        else if (packet.track > 1)
            track.pauseStart = packet.at;
        else if (packet.at != CdFramePos{0})
            report("SET.PQ_FIRST_PAUSE", fmt::format("The pause of track 1 begins at {}", cdTime(packet.at)),
                   at(i), "INDEX 00 of track 1 is always at 00:00:00");
        if (packet.track == 1 && first == i && packet.index != 0)
            report("SET.PQ_FIRST_PAUSE", "Track 1 has no INDEX 00", at(i),
                   "INDEX 00 of track 1 is always at 00:00:00");
        takeIsrc(i, track, i == first);
    }

    void takeIsrc(std::size_t i, DiscTrack& track, bool onFirstPacket)
    {
        const PqPacket& packet = packets_[i];
        if (packet.isrc.empty()) return;
        const auto isrc = Isrc::parse(packet.isrc);
        if (!isrc || isrc->compact() != packet.isrc) {
            report("CODE.ISRC",
                   fmt::format("The ISRC \"{}\" is not valid: {}", escapedForDisplay(packet.isrc),
                               isrc ? "it is written without dashes and in upper case" : isrc.error().what),
                   at(i));
            return;
        }
        if (track.isrc && *track.isrc != *isrc) {
            report("SET.PQ_ISRC",
                   fmt::format("{} has the ISRC {}, an earlier packet of the track {}", packetName(packet),
                               isrc->compact(), track.isrc->compact()),
                   at(i));
            return;
        }
        if (track.isrc) result_.isrcRepeated = true;
        if (!track.isrc && !onFirstPacket && packet.index > 1)
            report("SET.PQ_ISRC_PLACE",
                   fmt::format("The ISRC of track {} first appears at INDEX {:02}; readers look at the "
                               "track's first packet",
                               packet.track, packet.index),
                   at(i));
        track.isrc = *isrc;
    }

    void checkEnd()
    {
        const Place end{.file = file_, .byte = packets_.empty() ? 0 : offsets_.back()};
        if (result_.leadOutPackets == 0)
            report("SET.PQ_LEAD_OUT", "The PQ descriptor has no lead-out packet", end);
        if (result_.leadOutPackets > 2)
            report("SET.PQ_LEAD_OUT",
                   fmt::format("The PQ descriptor has {} lead-out packets", result_.leadOutPackets), end,
                   "two, or one as some writers have it");
        if (result_.leadOutPackets == 1)
            report("SET.PQ_ONE_LEAD_OUT", "Lead-out is written once; most writers write it twice", end);
    }

    void readUpcs()
    {
        std::size_t with = 0;
        std::string said;
        for (std::size_t i = 0; i < packets_.size(); ++i) {
            const std::string& upc = packets_[i].upc;
            if (upc.empty()) continue;
            if (with++ == 0) {
                said = upc;
                result_.disc.upc = readUpc(upc, at(i), result_.findings);
                if (i != 0)
                    report("SET.PQ_UPC_PLACE",
                           "The UPC/EAN is not on the lead-in packet, where plants read it", at(i));
            } else if (upc != said) {
                report("SET.PQ_UPC",
                       fmt::format("{} has the UPC/EAN {}, an earlier packet {}", packetName(packets_[i]),
                                   escapedForDisplay(upc), escapedForDisplay(said)),
                       at(i));
            }
        }
        result_.upcOnEveryPacket = with > 1;
        if (with > 1)
            report("SET.PQ_UPC_REPEATED",
                   fmt::format("The UPC/EAN is on {} packets; HOFA is known to repeat it", with),
                   Place{.file = file_});
    }

    std::span<const PqPacket> packets_;
    std::span<const std::int64_t> offsets_;
    const std::string& file_;
    PqDisc result_{};
    std::vector<std::size_t> firstPacket_{}; ///< of each track
};

} // namespace

PqDisc discFromPq(std::span<const PqPacket> packets, std::span<const std::int64_t> offsets,
                  const std::string& file)
{
    assert(packets.size() == offsets.size());
    return PacketReader{packets, offsets, file}.read();
}

std::optional<UpcEan> readUpc(const std::string& stored, const Place& where, Findings& findings)
{
    if (stored.empty()) return {};
    const bool digits = std::ranges::all_of(stored, isDigit) && (stored.size() == 12 || stored.size() == 13);
    const auto upc = UpcEan::parseDigits(stored);
    if (!digits || !upc) {
        findings.push_back(finding(rule("CODE.UPC"),
                                   fmt::format("\"{}\" is not a UPC/EAN: {}", escapedForDisplay(stored),
                                               upc ? "it has 13 digits and nothing else" : upc.error().what),
                                   where));
        return {};
    }
    if (std::ranges::all_of(stored, [](char c) { return c == '0'; })) {
        findings.push_back(
            finding(rule("SET.UPC_ZEROS"), "The UPC/EAN is all zeros, which is read as none", where));
        return {};
    }
    if (stored.size() == 12)
        findings.push_back(
            finding(rule("SET.UPC_12_DIGITS"),
                    fmt::format("The UPC {} has 12 digits; it is read as {}", stored, upc->digits()), where,
                    "a UPC-A is written with a 0 in front"));
    return *upc;
}

} // namespace segue::ddp
