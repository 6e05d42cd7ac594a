#include "gui/model/ear_match.h"

#include "album/edit.h"
#include "album/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue::gui {

namespace {

struct Loudest {
    Duration from{}, length{}; ///< from the track's start; before it where the sound begins earlier
    double loudness = 0;
};

std::optional<Loudest> loudestOf(const EntryScan& entry, Instant start, SampleRate rate)
{
    LoudnessSteps steps;
    addSteps(steps, entry.sound, entry.gain.gain());
    const Duration length = nearestDuration(entry.end - entry.begin, rate);
    const auto highest = loudestSection(steps, std::min(comparedLength, length));
    if (!highest) return {}; // silence
    return Loudest{nearestInstant(entry.begin, rate) + highest->at - start,
                   std::min(comparedLength, length - highest->at), highest->value};
}

Instant startOf(const Layout& layout, TrackId track)
{
    const auto place = placeOf(layout, track);
    return layout.piece(place->piece)->entries[place->entry].start;
}

} // namespace

std::optional<TrackId> EarMatch::trackAt(Instant at) const
{
    const auto found =
        std::ranges::find_if(stretches, [at](const EarStretch& s) { return s.begin <= at && at < s.end; });
    if (found == stretches.end()) return {};
    return found->track;
}

Album asOnePiece(const Album& album, EditionId id)
{
    Album one = album;
    const Edition& edition = *find(album, id);
    for (std::size_t i = 1; i < edition.entries.size(); ++i) {
        if (!beginsPiece(edition, i)) continue;
        const TrackId track = edition.entries[i].track;
        // What was the first of a disc has no joint with the track before it.
        one = *edit::setGap(*edit::setBreak(std::move(one), id, track, Break::none), id, track, seconds(2));
    }
    return one;
}

std::vector<TrackId> comparedTracks(const Edition& edition, std::span<const TrackId> selected)
{
    std::vector<TrackId> tracks;
    const auto& entries = edition.entries;
    for (const Entry& entry : entries)
        if (std::ranges::find(selected, entry.track) != selected.end()) tracks.push_back(entry.track);
    if (tracks.size() != 1 || entries.size() < 2) return tracks;
    const auto only = std::ranges::find(entries, tracks.front(), &Entry::track);
    if (only == entries.begin())
        tracks.push_back(std::next(only)->track);
    else
        tracks.insert(tracks.begin(), std::prev(only)->track);
    return tracks;
}

Result<EarMatch> earMatch(std::span<const TrackId> tracks, const Layout& layout, const EditionScan& scan,
                          bool equallyLoud)
{
    const Album one = asOnePiece(*layout.album, layout.edition->id);
    const Layout oneLayout = layoutOf(one, layout.edition->id);
    EarMatch match;
    double softest = 0;
    std::vector<double> loudness;
    for (const EntryScan& entry : scan.entries) {
        if (std::ranges::find(tracks, entry.track) == tracks.end()) continue;
        const auto loudest = loudestOf(entry, startOf(layout, entry.track), scan.rate);
        if (!loudest) continue;
        softest = loudness.empty() ? loudest->loudness : std::min(softest, loudest->loudness);
        loudness.push_back(loudest->loudness);
        const Instant begin = startOf(oneLayout, entry.track) + loudest->from;
        match.stretches.push_back({.track = entry.track, .begin = begin, .end = begin + loudest->length});
    }
    if (match.stretches.size() < 2)
        return failure("There is nothing to match by ear: select two or more tracks of this edition that are "
                       "not silent");
    if (equallyLoud)
        for (std::size_t i = 0; i < loudness.size(); ++i)
            match.stretches[i].gain = Decibels{softest - loudness[i]};
    return match;
}

Proposal nudgedByEar(const Album& album, TrackId track, double decibels)
{
    const double now = find(album, track)->gain.hand.value() + decibels;
    return {"Match by ear", edit::setHandGain(album, track, Decibels{std::round(now * 10) / 10}),
            "match-by-ear"};
}

std::string earMatchWords(const Layout& layout, TrackId heard)
{
    const auto place = placeOf(layout, heard);
    if (!place) return {};
    const Track& track = *find(*layout.album, heard);
    const double gain = track.gain.hand.value() + 0.0; // -0 is shown as +0
    // On each disc the numbers begin anew.
    const std::string disc =
        layout.isCd() && layout.timeline.pieces.size() > 1 ? fmt::format("disc {}, ", place->piece + 1) : "";
    return fmt::format(
        "Match by ear: {}{} {}, hand gain {:+.1f} dB \u00b7 Ctrl+Up, Ctrl+Down: 0.1 dB \u00b7 Enter: keep "
        "\u00b7 Esc: take back",
        disc, numberOf(layout, *place), displayTitle(track), gain);
}

} // namespace segue::gui
