#include "ddp/cd_text_rules.h"
#include "ddp/red_book.h"
#include "ddp/set_rules.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <vector>

namespace segue::ddp {

namespace {

constexpr auto error = Finding::Level::error;
constexpr auto warning = Finding::Level::warning;
constexpr auto note = Finding::Level::note;

constexpr std::string_view redBook = "Red Book practice: cue2ddp 1.1, REAPER's DDP notes, ddp-reverse-eng";
constexpr std::string_view plants = "published limits of plants";
constexpr std::string_view recorded = "filesets recorded from cue2ddp, HOFA, Sonoris and a plant's master";

constexpr std::array discTable{
    Rule{"DISC.TRACK_COUNT", error, false, "A disc has 1 to 99 tracks", redBook},
    Rule{"DISC.INDEX_MISSING", error, false, "Every track has an INDEX 01",
         "ddp-reverse-eng, experiment 039"},
    Rule{"DISC.INDEX_COUNT", error, false, "A track has at most INDEX 01 to 99",
         "ddp-reverse-eng, experiment 030"},
    Rule{"DISC.INDEX_ORDER", error, false,
         "Indexes and tracks follow each other in time, each later than the one before", redBook},
    Rule{"DISC.PAUSE_ORDER", error, false,
         "INDEX 00 lies after the last index of the track before and before INDEX 01; track 1's is at "
         "00:00:00",
         redBook},
    Rule{"DISC.FIRST_PAUSE", error, false, "Track 1 begins at 00:02:00 or later",
         "ddp-reverse-eng, experiments 016, 020, 022"},
    Rule{"DISC.FIRST_PAUSE_UNUSUAL", note, false, "The pause before track 1 is exactly two seconds",
         "a public Sony AOMA validator"},
    Rule{"DISC.TRACK_LENGTH", error, false,
         "A track is at least 4 s long, from INDEX 01 to the next INDEX 01 or lead-out",
         "ddp-reverse-eng, experiments 015, 029, 040, 043"},
    Rule{"DISC.MUSIC_LENGTH", warning, false,
         "A track is at least 4 s long without the pause that follows it", "cdrdao, REAPER's DDP notes"},
    Rule{"DISC.INDEX_BEYOND_END", error, false, "Every index lies before lead-out",
         "ddp-reverse-eng, experiment 083"},
    Rule{"DISC.LENGTH_NOMINAL", note, false, "A disc is at most 74:30 long, the nominal length", plants},
    Rule{"DISC.LENGTH_LONG", warning, false, "Beyond 78:00 plants do not answer for playability", plants},
    Rule{"DISC.LENGTH_TALK", warning, false, "Beyond 79:10 the plant is asked first",
         "a public Sony AOMA validator"},
    Rule{"DISC.PLANT_LENGTH", error, true, "A disc is not longer than the plant takes (79:57 unless set)",
         plants},
    Rule{"DISC.PLANT_LENGTH_SELECT", error, true, "Beyond 80:10 hardly any plant presses",
         "a public Sony AOMA validator"},
    Rule{"DISC.ADDRESS_RANGE", error, false,
         "No address lies beyond 99:59:74, the last one that two digits can name",
         "ddp-reverse-eng, experiment 084"},
    Rule{"DISC.EMPHASIS", warning, false, "Pre-emphasis is marked only where the audio really has it",
         "practice"},
    Rule{"DISC.EMPHASIS_CHANGE", warning, false, "Pre-emphasis changes only across a pause of two seconds",
         "100vinyl's guide"},
    Rule{"DISC.EMPHASIS_SCMS", warning, false, "Pre-emphasis with SCMS has not been seen from another writer",
         "project"},
    Rule{"DISC.FOUR_CHANNEL", warning, false, "The four-channel flag has no player", "practice"},
    Rule{"DISC.FOUR_CHANNEL_COPY", error, true,
         "Four-channel and copy permission together are refused by ddpinfo", "ddptools' manual"},
    Rule{"DISC.COPY_CONFLICT", error, false, "Copy permission (DCP) and SCMS exclude each other",
         "ddp-reverse-eng, experiment 026"},
    Rule{"CODE.ISRC", error, false, "An ISRC is 2 letters, 3 letters or digits and 7 digits",
         "ISRC Bulletin 2015/01"},
    Rule{"CODE.ISRC_DUPLICATE", warning, false, "An ISRC stands on one track only", "practice"},
    Rule{"CODE.ISRC_MISSING", warning, false, "When some tracks have an ISRC, all have one", "practice"},
    Rule{"CODE.ISRC_NONE", note, false, "Tracks have an ISRC", "practice"},
    Rule{"CODE.UPC", error, false, "A UPC/EAN has 13 digits", "GS1 General Specifications"},
    Rule{"CODE.UPC_CHECK_DIGIT", error, true, "A UPC/EAN ends with its check digit",
         "GS1 General Specifications"},
    Rule{"CODE.UPC_MISSING", note, false, "An album has a UPC/EAN", "practice"},
    Rule{"CDTEXT.DISC_TITLE", warning, false, "Where a track has a title, the disc has one too",
         "practice of players"},
    Rule{"CDTEXT.TITLES_MISSING", warning, false, "When some tracks have a title, all have one", "practice"},
    Rule{"SET.MASTER_ID", error, false, "A master id is at most 48 characters of printable ASCII",
         "DVD Forum, CMF, bytes 38-85"},
    Rule{"SET.LEVEL", error, false, "The level is DDP 2.00", "public DDP readers"},
    Rule{"SET.TYPE", error, false, "The type is CD", "public DDP readers"},
    Rule{"SET.MAP", error, false, "DDPMS is whole packets of 128 bytes, each marked VVVM",
         "public DDP readers"},
    Rule{"SET.MAP_LENGTH", note, false, "The field MSL is blank",
         "audio-distillery writes the length of DDPMS"},
    Rule{"SET.PQ", error, false,
         "A PQ packet has 64 bytes, the mark VVVS, numbers in range and a known control field",
         "public DDP readers"},
    Rule{"SET.NUMBER", error, false, "A number is digits, with blanks or zeros in front",
         "public DDP readers"},
    Rule{"SET.CHARACTER", error, false, "Text in a record is printable ASCII", "public DDP readers"},
    Rule{"SET.PADDING", warning, false, "The numbers of DDPMS are padded alike, PRE2 always with blanks",
         recorded},
    Rule{"SET.RESERVED", error, false, "Fields that a CD does not use are blank", recorded},
    Rule{"SET.HOURS", note, false, "The field HRS of the PQ descriptor is blank, not 00",
         "seen once in a plant's master"},
    Rule{"SET.PQ_ENDS", warning, false, "Lead-in and lead-out packets have the control field 01 and no ISRC",
         recorded},
    Rule{"SET.BOOK", note, false, "The field BK is blank", "O was seen in Sonoris' sample of an Enhanced CD"},
    Rule{"SET.USER_TEXT", error, false, "The user text is as long as its length field says",
         "ddplib, Sonoris, HOFA"},
    Rule{"SET.USER_TEXT_PLACE", note, false, "The user text of DDPID begins at byte 95, its length at 93",
         "Sonoris and HOFA put them one byte later"},
};

} // namespace

std::span<const Rule> rules()
{
    static const std::vector<Rule> all = [] {
        std::vector<Rule> joined{discTable.begin(), discTable.end()};
        for (const auto table : {cdTextRules(), setRules()})
            joined.insert(joined.end(), table.begin(), table.end());
        return joined;
    }();
    return all;
}

const Rule& rule(std::string_view id)
{
    const auto at = std::ranges::find(rules(), id, &Rule::id);
    assert(at != rules().end());
    return *at;
}

} // namespace segue::ddp
