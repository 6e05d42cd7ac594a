#include "ddp/fileset_reader.h"

#include "core/text.h"
#include "core/time_text.h"
#include "ddp/cd_text_packs.h"
#include "ddp/disc_from_pq.h"
#include "ddp/map_fields.h"
#include "ddp/open_set.h"
#include "ddp/red_book.h"
#include "ddp/set_checks.h"
#include "ddp/writer_flavour.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {

namespace {

std::string_view asText(const std::vector<std::byte>& bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Opens one set, file after file, and leaves everything it learned in `open_`.
class SetReader {
public:
    SetReader(SetFolder folder, const Path& path, CdFramePos maxLength)
        : open_{.folder = std::move(folder)}, path_{path}, maxLength_{maxLength}
    {
    }

    Result<OpenSet> read()
    {
        if (const auto s = readId(); !s) return failure(s.error());
        if (const auto s = readMap(); !s) return failure(s.error());
        for (std::size_t i = 0; i < open_.set.map.size(); ++i)
            if (const auto s = readStream(i); !s) return failure(s.error());
        judgeStreams();
        add(std::move(pq_.findings));
        if (pqRead_) {
            add(checkDiscAgainstSet(open_.set));
            add(checkDisc(open_.set.disc, {.maxLength = maxLength_}));
        }
        if (const auto s = judgeNames(); !s) return failure(s.error());
        open_.set.writer = writer();
        return std::move(open_);
    }

private:
    void add(Findings findings) { std::ranges::move(findings, std::back_inserter(open_.set.findings)); }
    void report(std::string_view id, std::string message, Place where, std::string fix = {})
    {
        open_.set.findings.push_back(finding(rule(id), std::move(message), std::move(where), std::move(fix)));
    }
    [[nodiscard]] static Place mapPlace(std::size_t packet, const Field& field)
    {
        return {.file = "DDPMS", .byte = static_cast<std::int64_t>(packet * mapPacketSize + field.offset)};
    }

    /// Opens a member of the set by the name the set gives it. Missing or unopenable is a finding.
    /// \return an empty file then
    Result<SetFolder::Member> openNamed(const std::string& name)
    {
        const auto onDisk = open_.folder.find(name);
        if (!onDisk) {
            report("SET.MISSING_FILE", fmt::format("The set needs {}, which is not in the folder", name),
                   Place{.file = name});
            open_.files.push_back({.name = name});
            return SetFolder::Member{};
        }
        auto member = open_.folder.openMember(*onDisk);
        if (!member) return member;
        if (!member->file)
            report("SET.MISSING_FILE", fmt::format("{} cannot be opened: {}", name, member->problem),
                   Place{.file = name});
        open_.files.push_back(
            {.name = name, .nameOnDisk = member->file ? *onDisk : std::string{}, .size = member->size});
        return member;
    }

    /// The member's bytes, or nothing when it is absent or larger than `limit`, which is a finding then.
    Result<const std::vector<std::byte>*> readNamed(const std::string& name, std::int64_t limit)
    {
        auto member = openNamed(name);
        if (!member) return failure(member.error());
        if (!member->file) return nullptr;
        if (member->size > limit) {
            report("SET.SIZE",
                   fmt::format("{} has {} bytes, at most {} make sense", name, member->size, limit),
                   Place{.file = name});
            return nullptr;
        }
        SetFile& file = open_.files.back();
        auto bytes = open_.folder.read(file.nameOnDisk, *member);
        if (!bytes) return failure(bytes.error());
        file.bytes = std::move(*bytes);
        return &*file.bytes;
    }

    Status readId()
    {
        if (!open_.folder.find("DDPID"))
            return failure("This is not a DDP folder: it holds no DDPID", path_.string());
        constexpr std::int64_t sensible = 64 << 10;
        const auto bytes = readNamed("DDPID", sensible);
        if (!bytes) return failure(bytes.error());
        if (*bytes == nullptr) return failure("The DDPID cannot be read", path_.string());
        std::string record{asText(**bytes)};
        if (record.size() != ddpidSize)
            report("SET.SIZE", fmt::format("DDPID has {} bytes instead of {}", record.size(), ddpidSize),
                   Place{.file = "DDPID",
                         .byte = static_cast<std::int64_t>(std::min(record.size(), ddpidSize))});
        record.resize(ddpidSize, ' ');
        auto id = parseDdpid(record, open_.set.findings);
        if (!id) {
            // With a DDPMS beside it this is a set whose DDPID is damaged; the other fields may still be
            // read.
            if (!open_.folder.find("DDPMS")) return failure(id.error());
            report("SET.LEVEL", id.error().what, Place{.file = "DDPID", .byte = 0}, "DDP 2.00");
            const std::string_view level = "DDP 2.00";
            record.replace(0, level.size(), level);
            id = parseDdpid(record, open_.set.findings);
            if (!id) return failure(id.error());
        }
        open_.set.id = std::move(*id);
        return {};
    }

    Status readMap()
    {
        const auto bytes = readNamed("DDPMS", maxMapPackets * static_cast<std::int64_t>(mapPacketSize));
        if (!bytes) return failure(bytes.error());
        if (*bytes == nullptr) return {};
        auto map = parseMap(asText(**bytes), open_.set.findings);
        if (map)
            open_.set.map = std::move(*map);
        else
            report("SET.MAP", map.error().what, Place{.file = "DDPMS", .byte = 0});
        return {};
    }

    [[nodiscard]] bool alreadyOpened(const std::string& name) const
    {
        return std::ranges::any_of(open_.files,
                                   [&](const SetFile& f) { return equalsIgnoringAsciiCase(f.name, name); });
    }

    Status readStream(std::size_t number)
    {
        // A copy: reading adds to the set.
        const MapPacket packet = open_.set.map[number];
        if (const auto objection = objectionToMapName(packet.file)) {
            report("SET.NAME",
                   fmt::format("DDPMS names the file \"{}\", which is not opened: {}",
                               escapedForDisplay(packet.file), *objection),
                   mapPlace(number, map_field::fileName),
                   "a plain name of at most 17 characters, such as IMAGE.DAT");
            return {};
        }
        if (alreadyOpened(packet.file)) {
            report("SET.NAME", fmt::format("DDPMS names {} for a second stream", packet.file),
                   mapPlace(number, map_field::fileName));
            return {};
        }
        switch (streamKind(packet)) {
        case StreamKind::pq: return readPq(number, packet);
        case StreamKind::cdText: return readCdText(number, packet);
        case StreamKind::audio: return readImage(number, packet);
        case StreamKind::other: break;
        }
        const auto member = openNamed(packet.file);
        if (!member) return failure(member.error());
        if (member->file) add(checkStreamLength(packet, number, member->size));
        return {};
    }

    Status readPq(std::size_t number, const MapPacket& packet)
    {
        const auto bytes = readNamed(packet.file, maxPqPackets * static_cast<std::int64_t>(pqPacketSize));
        if (!bytes) return failure(bytes.error());
        if (*bytes == nullptr) return {};
        add(checkStreamLength(packet, number, open_.files.back().size));
        if (pqRead_) return {};
        auto packets = parsePq(asText(**bytes), packet.file, open_.set.findings);
        if (!packets) {
            report("SET.PQ", packets.error().what, Place{.file = packet.file, .byte = 0});
            return {};
        }
        open_.set.pqFile = packet.file;
        open_.set.packets = std::move(*packets);
        // parsePq() passes over packets without their mark.
        std::vector<std::int64_t> offsets;
        for (std::size_t at = 0; at + pqPacketSize <= (*bytes)->size(); at += pqPacketSize)
            if (asText(**bytes).substr(at).starts_with("VVVS"))
                offsets.push_back(static_cast<std::int64_t>(at));
        pq_ = discFromPq(open_.set.packets, offsets, packet.file);
        pqRead_ = true;
        // The CD-Text may have been read before.
        auto cdText = std::move(open_.set.disc.cdText);
        open_.set.disc = pq_.disc;
        open_.set.disc.cdText = std::move(cdText);
        return {};
    }

    Status readCdText(std::size_t number, const MapPacket& packet)
    {
        const auto bytes = readNamed(packet.file, maxCdTextBytes);
        if (!bytes) return failure(bytes.error());
        if (*bytes == nullptr) return {};
        add(checkStreamLength(packet, number, open_.files.back().size));
        if (!open_.set.cdTextFile.empty()) return {};
        open_.set.cdTextFile = packet.file;
        auto decoded = decodePacks(**bytes, packet.file);
        cdTextTrailingZero_ = (*bytes)->size() == decoded.bare.size() + 1;
        add(std::move(decoded.findings));
        if (!decoded.text.blocks.empty()) open_.set.disc.cdText = std::move(decoded.text);
        return {};
    }

    Status readImage(std::size_t number, const MapPacket& packet)
    {
        const auto member = openNamed(packet.file);
        if (!member) return failure(member.error());
        if (!open_.set.imageFile.empty()) return {};
        open_.set.imageFile = packet.file;
        if (!member->file) return {};
        add(checkStreamLength(packet, number, member->size));
        open_.set.imageSectors = CdFrameCount{member->size / bytesPerCdFrame};
        return {};
    }

    void judgeStreams()
    {
        add(checkMap(open_.set.map));
        // Without a lead-out packet the image's end stands in, so that the other marks can be judged.
        if (pq_.leadOutPackets == 0) open_.set.disc.leadOut = CdFramePos{open_.set.imageSectors.value()};
    }

    Status judgeNames()
    {
        std::vector<std::pair<std::string, std::string>> names;
        std::vector<std::string> used;
        for (const SetFile& file : open_.files) {
            if (const auto onDisk = open_.folder.find(file.name)) used.push_back(*onDisk);
            if (!file.nameOnDisk.empty()) names.emplace_back(file.name, file.nameOnDisk);
        }
        add(checkNameCase(names));
        auto unlisted = checkUnlisted(open_.folder, used);
        if (!unlisted) return failure(unlisted.error());
        add(std::move(*unlisted));
        return {};
    }

    [[nodiscard]] std::string writer() const
    {
        const auto bytesOf = [&](std::size_t file) {
            return file < open_.files.size() && open_.files[file].bytes ? asText(*open_.files[file].bytes)
                                                                        : std::string_view{};
        };
        return writerOf({.ddpid = bytesOf(0),
                         .ddpms = bytesOf(1),
                         .map = open_.set.map,
                         .userText = open_.set.id.userText,
                         .upcOnEveryPacket = pq_.upcOnEveryPacket,
                         .cdTextTrailingZero = cdTextTrailingZero_,
                         .leadOutPackets = pq_.leadOutPackets,
                         .namesOnDisk = open_.folder.names()});
    }

    OpenSet open_;
    const Path& path_;
    CdFramePos maxLength_;
    PqDisc pq_{};
    bool pqRead_ = false, cdTextTrailingZero_ = false;
};

} // namespace

Result<OpenSet> openSet(FileOps& files, const Path& path, CdFramePos maxLength)
{
    auto folder = SetFolder::open(files, path);
    if (!folder) return failure(folder.error());
    return SetReader{std::move(*folder), path, maxLength}.read();
}

Result<ReadSet> readFileset(FileOps& files, const Path& folder)
{
    auto open = openSet(files, folder, RedBookOptions{}.maxLength);
    if (!open) return failure(open.error());
    return std::move(open->set);
}

} // namespace segue::ddp
