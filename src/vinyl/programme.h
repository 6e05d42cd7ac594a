/// \file
/// A vinyl edition as one stretch of sound: every joint as the edition has it, as if there were no side
/// breaks, so that any run of tracks can become a side without being measured again.
#pragma once

#include "album/timeline.h"
#include "audio/render.h"
#include "vinyl/cutting_curves.h"
#include "vinyl/groove.h"

#include <string>

namespace segue::vinyl {

struct ProgrammeTrack {
    TrackId id{};
    std::string title{};
    double begin = 0,
           end = 0;           ///< seconds of the programme: its sound, from start mark or earlier to its last
    double start = 0;         ///< of its start mark, from which times in the track are counted
    bool pauseBefore = false; ///< the joint before it has a pause: a band; otherwise only a mark
    bool overlapsBefore = false, gaplessBefore = false;
    bool breakBefore = false;      ///< the edition's own side break
    bool keptWithPrevious = false; ///< no side is to be turned between it and the track before
    bool fadesIn = false, fadesOut = false;
};

struct Programme {
    SampleRate rate{};
    std::vector<ProgrammeTrack> tracks{};
    SoundOpener open{};
    bool ratesDiffer = false; ///< the sources have several rates
};

/// The edition's rate, else the sources' common one, else the one with the most playing time.
[[nodiscard]] SampleRate programmeRate(const Album& album, const Edition& edition);
/// The Programme keeps copies of what it needs. An Error when the edition has no tracks.
[[nodiscard]] Result<Programme> programmeOf(const Album& album, const Edition& edition, SourceOpener open);

/// What a programme's sound depends on, as an album without names, codes, notes, marks and breaks: where two
/// are equal, so is every sample.
[[nodiscard]] Album soundOf(const Album& album, const Edition& edition);

/// Whether a side can be turned before track `i`: after a pause, or where the sound on both sides fades.
[[nodiscard]] inline bool canTurnBefore(const Programme& programme, std::size_t i)
{
    const ProgrammeTrack& t = programme.tracks[i];
    return (!t.overlapsBefore && !t.gaplessBefore) || (t.fadesIn && programme.tracks[i - 1].fadesOut);
}

/// Of the settings of side files.
[[nodiscard]] SideSilence sideSilence(Duration leadIn, Duration tail);
/// Tracks [first, end) as one side, with the bands at its joints with a pause and these silences around it.
[[nodiscard]] SideStretch sideOf(const Programme& programme, std::size_t first, std::size_t end,
                                 SideSilence silence = {});

} // namespace segue::vinyl
