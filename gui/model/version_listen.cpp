#include "gui/model/version_listen.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace segue::gui {

namespace {

/// The same moment of the sound in another state of the track.
std::optional<Duration> sameSound(const Album& from, const Track& before, Duration inTrack, const Album& to,
                                  const Track& after)
{
    for (const Clip& clip : before.clips) {
        if (clip.muted || inTrack < clip.at || inTrack >= clip.at + lengthOf(from, clip)) continue;
        const SampleRate rate = find(from, clip.source)->rate;
        const Duration inSource = nearestDuration(clip.in, rate) + (inTrack - clip.at);
        std::optional<Duration> nearest;
        for (const Clip& other : after.clips) {
            if (other.muted || other.source != clip.source) continue;
            const Duration into = inSource - nearestDuration(other.in, rate);
            if (into < Duration{} || into >= lengthOf(to, other)) continue;
            const Duration there = other.at + into;
            const auto away = [&](Duration d) { return d < inTrack ? inTrack - d : d - inTrack; };
            if (!nearest || away(there) < away(*nearest)) nearest = there;
        }
        if (nearest) return nearest;
    }
    return {};
}

std::optional<double> loudnessOf(const EditionScan& scan, TrackId track)
{
    const auto entry = std::ranges::find(scan.entries, track, &EntryScan::track);
    if (entry == scan.entries.end()) return {};
    const Passage passage = entry->passage();
    return figuresOf(*passage.sound, passage.gain).integrated;
}

} // namespace

Result<AlbumPlace> samePlace(const Layout& from, std::size_t piece, Instant at, const Layout& to)
{
    const Piece* shown = from.piece(piece);
    const auto track = shown == nullptr ? std::nullopt : trackAt(*shown, at);
    if (!track) return failure("There is no track to listen to");
    const auto place = placeOf(to, *track);
    const Track* after = find(*to.album, *track);
    const Track& before = *find(*from.album, *track);
    if (!place || after == nullptr)
        return failure("That version of the album does not have the track", displayTitle(before));
    const PlacedEntry& here = *std::ranges::find(shown->entries, *track, &PlacedEntry::track);
    const PlacedEntry& there = to.timeline.pieces[place->piece].entries[place->entry];
    const Duration inTrack = at - here.start;
    Duration into = sameSound(*from.album, before, inTrack, *to.album, *after).value_or(inTrack);
    into = std::clamp(into, Duration{}, there.end - there.start);
    return AlbumPlace{place->piece, there.start + into, *track};
}

Result<EqualLoudness> equalLoudness(const EditionScan& album, const EditionScan& version, TrackId track)
{
    const auto a = loudnessOf(album, track), v = loudnessOf(version, track);
    if (!a || !v) return failure("The track is silent in one of the two, so there is no level to match");
    return EqualLoudness{.album = Decibels{std::min(0.0, *v - *a)},
                         .version = Decibels{std::min(0.0, *a - *v)}};
}

std::string versionHeardWords(const Layout& of, TrackId track, const std::string& name, Decibels gain)
{
    const auto place = placeOf(of, track);
    const std::string heard =
        place ? fmt::format("{} {}", numberOf(of, *place), displayTitle(*find(*of.album, track))) : "";
    const double softer = std::round(-gain.value() * 10) / 10;
    return fmt::format("Listening to {}: {}, {}", name.empty() ? "the album as it is" : "\"" + name + "\"",
                       heard,
                       softer > 0 ? fmt::format("{:.1f} dB softer, as loud as {}", softer,
                                                name.empty() ? "the version" : "the album")
                                  : "not turned down");
}

} // namespace segue::gui
