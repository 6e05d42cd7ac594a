#include "deliver/disc_of.h"

#include "album/check_album.h"
#include "audio/render.h"
#include "ddp/cd_text_packs.h"
#include "ddp/red_book.h"
#include "deliver/cd_text_of.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace segue {

namespace {

ddp::Disc discOf(const Album& album, const DiscMarks& marks)
{
    ddp::Disc disc;
    disc.upc = album.info.upc;
    disc.leadOut = marks.leadOut;
    for (const TrackMarks& m : marks.tracks) {
        const Track& track = *find(album, m.track);
        disc.tracks.push_back({m.pauseStart, m.indexes, track.flags, track.isrc});
    }
    return disc;
}

ddp::IsrcPlacement placementOf(IsrcRepeat repeat)
{
    return repeat == IsrcRepeat::firstPacket ? ddp::IsrcPlacement::firstPacket
                                             : ddp::IsrcPlacement::alsoOnIndex01;
}

void takePacksFromFile(const CdSettings& settings, PlannedDisc& planned)
{
    ddp::DecodedPacks decoded = ddp::decodePacks(*settings.cdTextPacks, "CD-Text file");
    std::ranges::move(decoded.findings, std::back_inserter(planned.findings));
    planned.findings.push_back(
        finding(deliverRule("DELIVER.PACKS_FROM_FILE"),
                "The CD-Text comes from a pack file and is written as it is; the album's own "
                "texts are not used"));
    planned.write.cdTextPacks = std::move(decoded.bare);
    planned.disc.cdText = std::move(decoded.text);
}

PlannedDisc planDisc(const Album& album, const CdSettings& settings, const Piece& piece, int of,
                     const DiscOptions& options)
{
    const DiscMarks marks = cdMarks(album, settings, piece);
    PlannedDisc planned{.number = piece.number, .of = of, .piece = piece, .disc = discOf(album, marks)};
    planned.write = {.profile = options.profile,
                     .masterId = settings.masterId,
                     .isrcPlacement = placementOf(settings.isrcPlacement),
                     .cdTextPacks = {}};

    PlannedCdText text = planCdText(album, settings, piece, options);
    planned.shownTexts = std::move(text.shown);
    if (options.cdText && settings.cdTextPacks) {
        takePacksFromFile(settings, planned);
    } else {
        planned.disc.cdText = std::move(text.text);
        planned.packCounts = std::move(text.packCounts);
        planned.findings = std::move(text.findings);
    }
    if (of > 1)
        for (Finding& f : planned.findings) f.where.disc = piece.number;
    return planned;
}

} // namespace

std::vector<PlannedDisc> planDiscs(const Album& album, const Edition& edition, const DiscOptions& options)
{
    assert(std::holds_alternative<CdSettings>(edition.medium));
    const auto& settings = std::get<CdSettings>(edition.medium);
    const Timeline timeline = buildTimeline(album, edition);
    std::vector<PlannedDisc> discs;
    discs.reserve(timeline.pieces.size());
    for (const Piece& piece : timeline.pieces)
        discs.push_back(planDisc(album, settings, piece, static_cast<int>(timeline.pieces.size()), options));
    return discs;
}

std::span<const Rule> deliverRules()
{
    using enum Finding::Level;
    static constexpr std::array table{
        Rule{"DELIVER.TEXT_LEFT_OUT", note, false,
             "Profile cue2ddp writes title, performer and songwriter only, like the tool it follows",
             "recorded behaviour of cue2ddp 1.1"},
        Rule{"DELIVER.SHEET_FLAG_LEFT_OUT", warning, false, "A TOC file for cdrdao has no word for SCMS",
             "cdrdao 1.2.4, its manual page"},
        Rule{"DELIVER.SHEET_TEXT_LEFT_OUT", note, false,
             "A cue sheet holds CD-Text of one language and neither genre, disc identification nor closed "
             "information; our TOC file does not hold closed information",
             "docs/formats/cue.md; cdrdao 1.2.4, its manual page"},
        Rule{"DELIVER.PACKS_FROM_FILE", note, false,
             "CD-Text packs given as a file are written byte for byte", "cue sheet command CDTEXTFILE"},
        Rule{"DELIVER.SECOND_OPINION", error, false,
             "libcdio must read the same texts from the CD-Text packs as were meant", "project"},
        Rule{"DELIVER.SECOND_OPINION_PARTIAL", note, false,
             "libcdio 2.1.0 puts texts behind an empty one on the wrong track, so there it is not asked",
             "libcdio 2.1.0, observed"},
        Rule{"DELIVER.NO_FONT", warning, false, "Every character of the PQ sheet needs an installed font",
             "project"},
        Rule{"DELIVER.LEFTOVER", warning, false,
             "What an export left that was killed on its way is named at the next one", "project"},
        Rule{"DELIVER.EARLIER_IMAGE", warning, false,
             "An image that was delivered earlier and would have been taken from has changed since",
             "project"},
        Rule{"DELIVER.MEDIUM", error, false, "Only a CD edition has a disc", "project"},
        Rule{"SIDES.LEAD", note, false,
             "A side file begins with half a second to two seconds of silence and ends with at least one",
             "guides of cutting rooms"},
        Rule{"SIDES.PEAK", warning, false,
             "Side files peak at -3 dBTP at most: the level of the cut does not depend on their level",
             "guides of cutting rooms (-3 to 0 dBTP)"},
        Rule{"SIDES.SHORT", note, false, "A side of a record plays for a minute at least", "a judgement"},
        Rule{"SIDES.TOO_LONG", error, true, "A side fits on the record at the level it is planned for",
             "docs/vinyl.md"},
        Rule{"SIDES.INFRASONIC", warning, false,
             "Below 15 Hz there is nothing that costs space and depth: -40 dBFS at most",
             "docs/vinyl.md (SST; the number is a judgement)"},
        Rule{"SIDES.PREDICTED", warning, false,
             "No moment asks more of lathe and stylus than the profile allows", "docs/vinyl.md"},
    };
    return table;
}

const Rule& deliverRule(std::string_view id)
{
    const auto at = std::ranges::find(deliverRules(), id, &Rule::id);
    assert(at != deliverRules().end());
    return *at;
}

std::span<const Rule> allRules()
{
    static const std::vector<Rule> all = [] {
        std::vector<Rule> rules;
        for (const auto table : {albumRules(), audioRules(), ddp::rules(), deliverRules()})
            rules.insert(rules.end(), table.begin(), table.end());
        return rules;
    }();
    return all;
}

} // namespace segue
