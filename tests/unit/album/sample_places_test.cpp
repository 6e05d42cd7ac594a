#include "album/timeline.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::array rates{SampleRate{44'100}, SampleRate{48'000}, SampleRate{88'200}, SampleRate{96'000}};

SampleTimeline placesOf(const Album& a, SampleRate rate = cdRate)
{
    return samplePlaces(a, buildTimeline(a, firstEdition(a)).pieces.at(0), rate);
}

/// Everything that decides a sample before quantising and its dither, piece by piece, in one rate: where
/// clips stand, and which noise is used from where.
struct Sounding {
    struct Part {
        SourceId source{};
        SamplePos begin{}, end{}, anchor{};
        friend bool operator==(const Part&, const Part&) = default;
    };
    struct Noise {
        SamplePos from{}, base{};
        TrackId noise{};
        friend bool operator==(const Noise&, const Noise&) = default;
    };
    std::vector<Part> parts{};
    std::vector<Noise> noises{};
    std::vector<std::pair<SamplePos, SamplePos>> crossfades{};
    SampleCount length{};
    friend bool operator==(const Sounding&, const Sounding&) = default;
};

/// With the halves of cut clips put together again.
Sounding soundingOf(const Album& a, const Piece& piece, SampleRate rate)
{
    const SampleTimeline places = samplePlaces(a, piece, rate);
    Sounding all{.length = places.length};
    for (std::size_t i = 0; i < places.entries.size(); ++i) {
        const PlacedTrackSamples& entry = places.entries[i];
        const Track& track = *find(a, entry.track);
        for (std::size_t c = 0; c < entry.clips.size(); ++c) {
            const PlacedClip& clip = entry.clips[c];
            const Sounding::Part part{track.clips[c].source, clip.begin, clip.end, clip.anchor};
            const auto half = std::ranges::find_if(all.parts, [&](const Sounding::Part& p) {
                return p.source == part.source && p.anchor == part.anchor && p.end == part.begin;
            });
            if (half != all.parts.end())
                half->end = part.end;
            else
                all.parts.push_back(part);
        }
        const SamplePos next =
            i + 1 < places.entries.size() ? places.entries[i + 1].regionStart : SamplePos{} + places.length;
        const bool sameNoise = !all.noises.empty() && all.noises.back().noise == track.origin.noise &&
                               all.noises.back().base == entry.base;
        if (entry.regionStart < next && !sameNoise)
            all.noises.push_back({entry.regionStart, entry.base, track.origin.noise});
        if (piece.entries[i].joint.crossfade) all.crossfades.emplace_back(entry.start, entry.overlapEnd);
    }
    std::ranges::sort(all.parts, {},
                      [](const Sounding::Part& p) { return std::tuple{p.begin, p.end, p.anchor, p.source}; });
    return all;
}

bool sameSoundEverywhere(const Album& before, const Album& after)
{
    for (std::size_t e = 0; e < before.editions.size(); ++e) {
        const Timeline was = buildTimeline(before, before.editions[e]),
                       is = buildTimeline(after, after.editions[e]);
        if (was.pieces.size() != is.pieces.size()) return false;
        for (std::size_t p = 0; p < was.pieces.size(); ++p)
            for (const SampleRate rate : rates)
                if (soundingOf(before, was.pieces[p], rate) != soundingOf(after, is.pieces[p], rate))
                    return false;
    }
    return true;
}

bool opensLaterPiece(const Album& a, TrackId id)
{
    return std::ranges::any_of(a.editions, [id](const Edition& e) {
        for (std::size_t i = 1; i < e.entries.size(); ++i)
            if (e.entries[i].track == id && beginsPiece(e, i)) return true;
        return false;
    });
}

} // namespace

TEST_CASE("an untouched track at the edition's rate stands sample for sample")
{
    const SampleTimeline p = placesOf(album({5, 6}, seconds(2)));
    CHECK(p.rate == cdRate);
    CHECK(p.length == SampleCount{15 * 44'100});
    const auto& second = p.entries[1];
    CHECK(second.base == SamplePos{9 * 44'100});
    CHECK(second.start == second.base);
    CHECK(second.end == SamplePos{15 * 44'100});
    CHECK(second.overlapEnd == second.start);
    CHECK(second.regionStart == second.start);
    REQUIRE(second.clips.size() == 1);
    CHECK(second.clips[0].begin == second.start);
    CHECK(second.clips[0].end == second.end);
    CHECK(second.clips[0].anchor == second.start);
}

TEST_CASE("the anchor is where the source's first sample would stand")
{
    Album a = album({5, 6}, seconds(2), CdSettings{}, {.hertz = 88'200});
    a = get(edit::trimClip(a, clip(a, 2), SampleCount{88'200}, SampleCount{88'200 * 3}));
    const auto c = placesOf(a).entries[1].clips[0];
    CHECK(c.anchor == SamplePos{9 * 44'100});
    CHECK(c.begin == SamplePos{10 * 44'100});
    CHECK(c.end == SamplePos{13 * 44'100});
}

TEST_CASE("fades are counted between rounded edges and fit their clip")
{
    Album a = album({5});
    a = get(edit::setFadeIn(a, clip(a, 1), {.length = milliseconds(10)}));
    a = get(edit::setFadeOut(a, clip(a, 1), {.length = seconds(5) - milliseconds(10)}));
    const auto c = placesOf(a).entries[0].clips[0];
    CHECK(c.fadeIn == SampleCount{441});
    CHECK(c.fadeOut == SampleCount{5 * 44'100 - 441});
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const Album r = randomAlbum(seed);
        for (const SampleRate rate : rates)
            for (const SampleTimeline places = placesOf(r, rate); const auto& entry : places.entries)
                for (const PlacedClip& p : entry.clips) {
                    REQUIRE(p.fadeIn >= SampleCount{});
                    REQUIRE(p.fadeOut >= SampleCount{});
                    REQUIRE(p.fadeIn + p.fadeOut <= p.end - p.begin);
                }
    }
}

TEST_CASE("muted clips have places but decide nothing")
{
    Album a = album({5, 6}, seconds(2));
    a = get(edit::addClip(a, track(a, 2),
                          {.source = clipAt(a, 1).source, .length = SampleCount{44'100}, .at = seconds(-1)}))
            .first;
    CHECK(placesOf(a).entries[1].regionStart == SamplePos{8 * 44'100});
    a = get(edit::setMuted(a, clip(a, 2, 1), true));
    CHECK(placesOf(a).entries[1].clips.size() == 2);
    CHECK(placesOf(a).entries[1].regionStart == SamplePos{9 * 44'100});
}

TEST_CASE("an overlap runs from time 0 to the end mark of the track before")
{
    Album a = album({5, 6}, seconds(2));
    a = get(edit::setCrossfade(a, edition(a), track(a, 2), time(0.5), Crossfade{}));
    const auto second = placesOf(a).entries[1];
    CHECK(second.start == SamplePos{44'100 * 13 / 2});
    CHECK(second.overlapEnd == SamplePos{44'100 * 7});
    CHECK(second.regionStart == second.start);
    CHECK(placesOf(a).entries[0].overlapEnd == placesOf(a).entries[0].start);
}

TEST_CASE("tracks that only touch do not overlap, even where roundings make one end a sample late")
{
    // Half a 44.1 kHz sample in the place of the first track and half a sample in its length both round up.
    Album a = album({5, 6}, {}, CdSettings{}, {.hertz = 88'200});
    const Duration half{8'000};
    a = get(edit::moveClip(a, clip(a, 1), half));
    a = get(edit::setGap(a, edition(a), track(a, 1), seconds(2) - half));
    const SampleTimeline places = placesOf(a);
    REQUIRE(places.entries[0].end.value() == 7 * 44'100 + 1);
    REQUIRE(places.entries[1].start.value() == 7 * 44'100);
    CHECK(places.entries[0].overlapEnd == places.entries[0].start);
    CHECK(places.entries[1].overlapEnd == places.entries[1].start);
}

TEST_CASE("a stretch belongs to the latest track that has begun to sound in it")
{
    Album a = album({5, 5, 5}, seconds(1));
    // The third track's sound begins before the second's.
    a = get(edit::addClip(a, track(a, 3),
                          {.source = clipAt(a, 1).source, .length = SampleCount{44'100}, .at = seconds(-7)}))
            .first;
    const SampleTimeline p = placesOf(a);
    CHECK(p.entries[0].regionStart == SamplePos{2 * 44'100});
    CHECK(p.entries[1].regionStart == SamplePos{7 * 44'100});
    CHECK(p.entries[2].regionStart == SamplePos{7 * 44'100});
}

TEST_CASE("moving a track or changing a gap leaves the places within every track as they are")
{
    using Relative = std::map<TrackId, std::vector<std::array<std::int64_t, 5>>>;
    const auto relative = [](const Album& a, SampleRate rate) {
        Relative all;
        for (const Timeline timeline = buildTimeline(a, firstEdition(a));
             const Piece& piece : timeline.pieces)
            for (const SampleTimeline places = samplePlaces(a, piece, rate);
                 const auto& entry : places.entries)
                for (const PlacedClip& c : entry.clips)
                    all[entry.track].push_back({(c.begin - entry.base).value(), (c.end - entry.base).value(),
                                                (c.anchor - entry.base).value(), c.fadeIn.value(),
                                                c.fadeOut.value()});
        return all;
    };
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        CAPTURE(seed);
        const Album a = randomAlbum(seed, {.otherEditions = false});
        Dice dice{seed};
        const auto& entries = firstEdition(a).entries;
        const TrackId moved = dice.pick(entries).track;
        const auto to = static_cast<std::size_t>(dice.between(0, std::ssize(entries) - 1));
        const Duration gap{dice.between(0, seconds(9).value())};
        const Album b = get(edit::setGap(a, edition(a), moved, gap));
        const Album c = get(edit::moveEntry(b, edition(a), moved, to));
        for (const SampleRate rate : rates) {
            REQUIRE(relative(a, rate) == relative(b, rate));
            REQUIRE(relative(a, rate) == relative(c, rate));
        }
    }
}

TEST_CASE("splitting a track changes no sample in any edition at any rate")
{
    int split = 0, refused = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        Album a = randomAlbum(seed);
        Dice dice{seed};
        for (int i = 0; i < 4; ++i) {
            const TrackId id = dice.pick(a.tracks).id;
            const Duration at{dice.between(1, seconds(9).value())};
            auto result = edit::splitTrack(a, id, at);
            if (!result) {
                ++refused;
                continue;
            }
            ++split;
            REQUIRE(sameSoundEverywhere(a, result->first));
            a = std::move(result->first);
        }
    }
    CHECK(split > 600);
    CHECK(refused > 50);
}

TEST_CASE("moving a start or end mark changes no sample in any edition at any rate")
{
    int moved = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        Album a = randomAlbum(seed);
        Dice dice{seed};
        for (int i = 0; i < 4; ++i) {
            const TrackId id = dice.pick(a.tracks).id;
            const Duration by{dice.between(-seconds(1).value(), seconds(1).value())};
            auto start = edit::setStartMark(a, id, by);
            // There the piece moves against its beginning, as the edit says.
            if (start && !opensLaterPiece(a, id)) {
                ++moved;
                REQUIRE(sameSoundEverywhere(a, *start));
                a = std::move(*start);
            }
            auto end = edit::setEndMark(a, id, endOf(a, *find(a, id)) + by);
            if (end) {
                ++moved;
                for (std::size_t e = 0; e < a.editions.size(); ++e) {
                    // A last end mark decides how long the piece is, not what sounds in it.
                    Timeline was = buildTimeline(a, a.editions[e]),
                             is = buildTimeline(*end, end->editions[e]);
                    for (std::size_t p = 0; p < was.pieces.size(); ++p)
                        was.pieces[p].end = is.pieces[p].end = std::max(was.pieces[p].end, is.pieces[p].end);
                    for (std::size_t p = 0; p < was.pieces.size(); ++p)
                        for (const SampleRate rate : rates) {
                            Sounding before = soundingOf(a, was.pieces[p], rate);
                            Sounding after = soundingOf(*end, is.pieces[p], rate);
                            REQUIRE(before.parts == after.parts);
                            REQUIRE(before.noises == after.noises);
                        }
                }
                a = std::move(*end);
            }
        }
    }
    CHECK(moved > 1'000);
}

TEST_CASE("a start mark behind a break moves the whole piece and nothing within it")
{
    Album a = album({5, 6, 7}, seconds(1));
    a = get(edit::setBreak(a, edition(a), track(a, 2), Break::disc));
    const Album b = get(edit::setStartMark(a, track(a, 2), time(0.25)));
    const Piece was = buildTimeline(a, firstEdition(a)).pieces[1],
                is = buildTimeline(b, firstEdition(b)).pieces[1];
    for (std::size_t i = 0; i < 2; ++i)
        CHECK(was.entries[i].soundStart - is.entries[i].soundStart == time(0.25));
    CHECK(was.entries[0].start == is.entries[0].start);
}
