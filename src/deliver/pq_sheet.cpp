#include "deliver/pq_sheet.h"

#include "core/text.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

std::string flagWords(ControlFlags flags)
{
    std::string words;
    const auto add = [&](bool set, const char* word) {
        if (set) words += (words.empty() ? "" : ", ") + std::string{word};
    };
    add(flags.preEmphasis, "pre-emphasis");
    add(flags.copyPermitted, "copy permitted");
    add(flags.fourChannel, "four-channel");
    add(flags.scms, "SCMS");
    return words;
}

std::string emphasisWords(const ddp::Disc& disc)
{
    const auto count = std::ranges::count_if(disc.tracks, [](const auto& t) { return t.flags.preEmphasis; });
    if (count == 0) return "none";
    return count == std::ssize(disc.tracks) ? "all tracks"
                                            : fmt::format("{} of {} tracks", count, disc.tracks.size());
}

std::string cdTextWords(const PlannedDisc& disc)
{
    if (!disc.disc.cdText) return "no";
    std::string languages;
    for (const ddp::CdTextBlock& block : disc.disc.cdText->blocks)
        languages += (languages.empty() ? "" : ", ") + std::string{nameOf(block.language)};
    return fmt::format("yes ({})", languages);
}

std::string offsetWords(const CdSettings& settings)
{
    if (settings.startOffset == Duration{} && settings.endOffset == Duration{}) return "none";
    return fmt::format("start {} s, end {} s", clockTime(settings.startOffset),
                       clockTime(settings.endOffset));
}

void addRows(PqSheet& sheet, const Album& album, const PlannedDisc& planned)
{
    const ddp::Disc& disc = planned.disc;
    for (std::size_t i = 0; i < disc.tracks.size(); ++i) {
        const ddp::DiscTrack& track = disc.tracks[i];
        const std::string number = fmt::format("{:02}", i + 1);
        const CdFrameCount pause = ddp::pauseOf(disc, i);
        if (pause.value() > 0)
            sheet.rows.push_back({.track = number, .index = "00", .time = cdTime(track.start() - pause)});
        const Texts none;
        const Texts& texts = i < planned.shownTexts.size() ? planned.shownTexts[i] : none;
        const Track& own = *find(album, planned.piece.entries.at(i).track);
        for (std::size_t n = 0; n < track.indexes.size(); ++n) {
            PqSheetRow row{.track = pause.value() > 0 || n > 0 ? "" : number,
                           .index = fmt::format("{:02}", n + 1),
                           .time = cdTime(track.indexes[n])};
            if (n == 0) {
                row.pause = cdTime(pause);
                row.length = cdTime(ddp::lengthOf(disc, i));
                row.title = displayTitle(own);
                row.performer = texts.performer.value_or("");
                row.isrc = track.isrc ? track.isrc->dashed() : "";
                row.flags = flagWords(track.flags);
            }
            sheet.rows.push_back(std::move(row));
        }
    }
}

} // namespace

PqSheet makePqSheet(const Album& album, const Edition& edition, const PlannedDisc& planned,
                    const std::string& imageMd5)
{
    const AlbumInfo& info = album.info;
    const ddp::Disc& disc = planned.disc;
    const CdSettings defaults;
    const auto* settings = std::get_if<CdSettings>(&edition.medium);
    if (settings == nullptr) settings = &defaults;

    PqSheet sheet;
    sheet.title = "PQ sheet";
    const auto head = [&](const char* label, std::string value) {
        if (!value.empty()) sheet.head.emplace_back(label, std::move(value));
    };
    head("Artist", info.texts.performer.value_or(""));
    head("Title", info.texts.title.value_or(""));
    head("Catalogue number", info.catalog);
    head("UPC/EAN", disc.upc ? disc.upc->digits() : "");
    head("Label", info.label);
    head("Disc", fmt::format("{} of {}", planned.number, planned.of));
    head("Master id", planned.write.masterId);
    head("Studio", info.studio);
    head("Engineer", info.engineer);
    head("Contact", info.contact);
    head("Master date", info.date);
    head("Version", info.masterVersion);
    head("Profile",
         planned.write.profile == ddp::Profile::standard ? "DDP 2.00, standard" : "DDP 2.00, cue2ddp");
    head("CD-Text", cdTextWords(planned));
    head("Emphasis", emphasisWords(disc));
    head("Offsets", offsetWords(*settings));
    head("IMAGE.DAT MD5", imageMd5);

    addRows(sheet, album, planned);

    CdFrameCount music{}, total{};
    for (std::size_t i = 0; i < disc.tracks.size(); ++i) music += ddp::musicOf(disc, i);
    total = disc.leadOut - CdFramePos{0};
    sheet.foot.emplace_back("Music", cdTime(music));
    sheet.foot.emplace_back("Total", cdTime(total));
    sheet.foot.emplace_back("Lead-out", cdTime(disc.leadOut));
    sheet.remark = "all times are absolute disc time m:s:f (75 frames a second)";
    return sheet;
}

} // namespace segue
