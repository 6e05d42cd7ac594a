#include "album/album_rules.h"

#include "album/check_album.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace segue {

std::span<const Rule> albumRules()
{
    using enum Finding::Level;
    static constexpr std::array table{
        Rule{"ALBUM.EMPTY_EDITION", error, false, "An edition needs at least one track", "project"},
        Rule{"ALBUM.MISSING_TRACK", error, false, "Every entry names a track of the album", "project"},
        Rule{"ALBUM.MISSING_SOURCE", error, false, "Every clip names a source of the album", "project"},
        Rule{"ALBUM.CLIP_BEYOND_SOURCE", error, false, "A clip uses only samples that its source has",
             "project"},
        Rule{"ALBUM.EMPTY_TRACK", error, true, "A track has at least one clip that is not muted", "project"},
        Rule{"ALBUM.INDEX_OUTSIDE", error, false, "Further indexes lie between a track's start and its end",
             "IEC 60908: the index counts up within a track"},
        Rule{"ALBUM.OVERLAP_LENGTH", error, false, "An overlap is shorter than both of its tracks",
             "project"},
        Rule{"ALBUM.OVERLAP_THREE", error, false, "No more than two tracks sound at once", "project"},
        Rule{"ALBUM.BREAK_IN_MUSIC", error, true,
             "A record side does not end inside a crossfade or a continuous recording without fades on both "
             "sides",
             "cutting practice"},
        Rule{"ALBUM.BREAK_IN_OVERLAP", warning, false,
             "Where a break takes away a crossfade or parts music that runs on, both sides have fades of "
             "their own",
             "project"},
        Rule{"ALBUM.HIDDEN_AUDIO_EARLY", error, true, "Nothing sounds in the first two seconds of a CD image",
             "practice: players and plants ignore audio before 00:02:00"},
        Rule{"ALBUM.SOUND_BEFORE_START", error, false,
             "Nothing sounds before a side or a digital edition begins", "project"},
        Rule{"ALBUM.HIDDEN_AUDIO", note, false, "Sound before track 1's INDEX 01 is hidden track one audio",
             "practice: many players and rippers cannot reach it"},
        Rule{"ALBUM.SOUND_AFTER_END", note, false, "Sound behind an end mark is heard in what follows",
             "project"},
        Rule{"ALBUM.PAUSE_DROPPED", note, false,
             "A pause that would not last a CD frame with the given offsets has no INDEX 00", "project"},
        Rule{"ALBUM.MIXED_RATES", note, false, "Sources of several sample rates in one edition are converted",
             "project"},
        Rule{"ALBUM.MIXED_DEPTHS", note, false, "The sources of an edition have one bit depth", "practice"},
        Rule{"ALBUM.SOURCE_UNMEASURED", note, false,
             "A source is read in full before its audio is vouched for", "project"},
    };
    return table;
}

const Rule& albumRule(std::string_view id)
{
    const auto at = std::ranges::find(albumRules(), id, &Rule::id);
    assert(at != albumRules().end());
    return *at;
}

} // namespace segue
