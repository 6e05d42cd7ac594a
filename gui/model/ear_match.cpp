#include "gui/model/ear_match.h"

#include "album/edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue::gui {

namespace {

struct Loudest {
    EarStretch stretch{};
    double loudness = 0;
};

std::optional<Loudest> loudestOf(const EntryScan& entry, const EditionScan& scan)
{
    LoudnessSteps steps;
    addSteps(steps, entry.sound, entry.gain.gain());
    const Duration length = nearestDuration(entry.end - entry.begin, scan.rate);
    const auto highest = loudestSection(steps, std::min(comparedLength, length));
    if (!highest) return {}; // silence
    const Instant begin = nearestInstant(entry.begin, scan.rate), from = begin + highest->at;
    return Loudest{
        {.track = entry.track, .begin = from, .end = std::min(from + comparedLength, begin + length)},
        highest->value};
}

} // namespace

std::optional<TrackId> EarMatch::trackAt(Instant at) const
{
    const auto found =
        std::ranges::find_if(stretches, [at](const EarStretch& s) { return s.begin <= at && at < s.end; });
    if (found == stretches.end()) return {};
    return found->track;
}

std::vector<TrackId> comparedTracks(const Layout& layout, std::size_t piece,
                                    std::span<const TrackId> selected)
{
    std::vector<TrackId> tracks;
    const Piece* shown = layout.piece(piece);
    if (shown == nullptr) return tracks;
    const auto& entries = shown->entries;
    for (const PlacedEntry& entry : entries)
        if (std::ranges::find(selected, entry.track) != selected.end()) tracks.push_back(entry.track);
    if (tracks.size() != 1 || entries.size() < 2) return tracks;
    const auto only = std::ranges::find(entries, tracks.front(), &PlacedEntry::track);
    if (only == entries.begin())
        tracks.push_back(std::next(only)->track);
    else
        tracks.insert(tracks.begin(), std::prev(only)->track);
    return tracks;
}

Result<EarMatch> earMatch(std::span<const TrackId> tracks, std::size_t piece, const EditionScan& scan,
                          bool equallyLoud)
{
    EarMatch match;
    double softest = 0;
    std::vector<double> loudness;
    for (const EntryScan& entry : scan.entries) {
        if (entry.piece != static_cast<int>(piece) + 1 ||
            std::ranges::find(tracks, entry.track) == tracks.end())
            continue;
        const auto loudest = loudestOf(entry, scan);
        if (!loudest) continue;
        softest = loudness.empty() ? loudest->loudness : std::min(softest, loudest->loudness);
        loudness.push_back(loudest->loudness);
        match.stretches.push_back(loudest->stretch);
    }
    if (match.stretches.size() < 2)
        return failure(
            "There is nothing to match by ear: select two or more tracks of this disc or side that are "
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
    return fmt::format(
        "Match by ear: {} {}, hand gain {:+.1f} dB \u00b7 Ctrl+Up, Ctrl+Down: 0.1 dB \u00b7 Enter: keep "
        "\u00b7 Esc: take back",
        numberOf(layout, *place), displayTitle(track), gain);
}

} // namespace segue::gui
