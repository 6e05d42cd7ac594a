#include "album/edit_paste.h"

#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

std::vector<std::string> titles(const Album& album)
{
    std::vector<std::string> all;
    for (const Entry& entry : firstEdition(album).entries)
        all.push_back(displayTitle(*find(album, entry.track)));
    return all;
}

Album copied(const Album& album, std::vector<int> numbers)
{
    std::vector<TrackId> tracks;
    for (const int n : numbers) tracks.push_back(track(album, n));
    return edit::onlyTracks(album, edition(album), tracks);
}

/// Three tracks, the third crossfaded with the second over 4 s, every field of the second filled.
Album rich()
{
    Album a = album({10, 20, 30});
    const TrackId second = track(a, 2);
    a = get(edit::setCrossfade(a, edition(a), track(a, 3), seconds(4), Crossfade{.out = Curve::linear}));
    a = get(edit::setIsrc(a, second, *Isrc::parse("GBABC2600042")));
    a = get(edit::setFlags(a, second, {.copyPermitted = true}));
    a = get(edit::setHandGain(a, second, Decibels{-1.5}));
    a = get(edit::setBalanceGain(a, second, Decibels{0.7}));
    a = get(edit::setEntryGain(a, edition(a), second, Decibels{-0.2}));
    a = get(edit::setIndexes(a, second, {seconds(5), seconds(7)}));
    a = get(edit::setNote(a, second, "loud"));
    a = get(edit::setTrackText(a, second, TextField::title, japanese, "\u591c"));
    a = get(edit::setClipGain(a, clip(a, 2), Decibels{-3}));
    return get(edit::setFadeIn(a, clip(a, 2), {seconds(1), Curve::cosine}));
}

} // namespace

TEST_CASE("a duplicate is the track in everything but its identities and its ISRC")
{
    const Album before = rich();
    const auto pasted = get(edit::pasteTracks(before, edition(before), 2, copied(before, {2})));
    const Album& after = pasted.album;
    CHECK(titles(after) == std::vector<std::string>{"Track 1", "Track 2", "Track 2", "Track 3"});
    CHECK(pasted.isrcsLeftOut == 1);
    const Track &was = trackAt(after, 2), &is = trackAt(after, 3);
    CHECK(was == trackAt(before, 2));
    CHECK(pasted.tracks == std::vector{is.id});
    CHECK(is.id != was.id);
    CHECK(is.clips[0].id != was.clips[0].id);
    CHECK(is.origin.noise == is.id);
    CHECK(!is.isrc);
    Track same = is;
    same.id = was.id;
    same.isrc = was.isrc;
    same.clips[0].id = was.clips[0].id;
    same.origin = was.origin;
    CHECK(same == was);
    CHECK(firstEdition(after).entries[2].gain == Decibels{-0.2});
    // What follows keeps its crossfade, now with the duplicate, which sounds the same.
    CHECK(firstEdition(after).entries[3] == firstEdition(before).entries[2]);
    CHECK(after.sources == before.sources);
}

TEST_CASE("what was cut and comes back is the same track, and the album is as it was")
{
    const Album before = rich();
    const Album clipboard = copied(before, {1});
    const Album without = get(edit::removeEntry(before, edition(before), track(before, 1)));
    const auto back = get(edit::pasteTracks(without, edition(without), 0, clipboard));
    CHECK(back.tracks == std::vector{track(before, 1)});
    CHECK(back.album.tracks == before.tracks);
    CHECK(back.isrcsLeftOut == 0);
}

TEST_CASE("what was changed since it was cut is pasted as it was when it was cut, beside what became of it")
{
    const Album before = rich();
    const Album clipboard = copied(before, {2});
    Album without = get(edit::removeEntry(before, edition(before), track(before, 2)));
    without = get(edit::setNote(without, track(before, 2), "changed"));
    const auto back = get(edit::pasteTracks(without, edition(without), 1, clipboard));
    CHECK(back.tracks.front() != track(before, 2));
    CHECK(trackAt(back.album, 2).note == "loud");
    CHECK(trackAt(back.album, 2).isrc.has_value());
}

TEST_CASE("neighbours that come along keep their overlap, others get a pause of two seconds")
{
    const Album a = rich();
    const auto both = get(edit::pasteTracks(a, edition(a), 3, copied(a, {2, 3})));
    const auto& entries = firstEdition(both.album).entries;
    CHECK(entries[4].joint == firstEdition(a).entries[2].joint);
    CHECK(entries[3].joint.gap == seconds(2));
    const auto lone = get(edit::pasteTracks(a, edition(a), 3, copied(a, {3})));
    CHECK(firstEdition(lone.album).entries[3].joint == Joint{.gap = seconds(2)});
    const auto apart = get(edit::pasteTracks(a, edition(a), 3, copied(a, {1, 3})));
    CHECK(firstEdition(apart.album).entries[4].joint == Joint{.gap = seconds(2)});
}

TEST_CASE("an overlap that the pasted track is too short for goes")
{
    Album a = rich();
    a = get(edit::trimClip(a, clip(a, 1), SampleCount{}, SampleCount{44'100}));
    const auto pasted = get(edit::pasteTracks(a, edition(a), 2, copied(a, {1})));
    CHECK(firstEdition(pasted.album).entries[3].joint == Joint{});
}

TEST_CASE("tracks of another album bring their sources, texts and codes; known files are not added twice")
{
    Album from = rich();
    Album to = album({10, 20});
    to = get(edit::setLanguage(to, japanese));
    const std::size_t sources = to.sources.size();
    const auto pasted = get(edit::pasteTracks(to, edition(to), 1, copied(from, {1, 2, 3})));
    // Both albums' first two sources are "audio/1.wav" and "audio/2.wav" of the same length.
    CHECK(pasted.album.sources.size() == sources + 1);
    CHECK(pasted.isrcsLeftOut == 0);
    CHECK(titles(pasted.album) ==
          std::vector<std::string>{"Track 1", "Track 1", "\u591c", "Track 3", "Track 2"});
    const Track& second = trackAt(pasted.album, 3);
    CHECK(second.isrc->dashed() == "GB-ABC-26-00042");
    REQUIRE(second.translations.size() == 1);
    CHECK(second.translations[0].language == english);
    CHECK(second.translations[0].texts.title == "Track 2");
    for (const Track& t : pasted.album.tracks)
        for (const Clip& c : t.clips) CHECK(find(pasted.album, c.source) != nullptr);
}

TEST_CASE("parts of one recording stay parts of one: the same noise, each at its own distance")
{
    const Album live = liveAlbum(60, {20, 40});
    const auto pasted = get(edit::pasteTracks(live, edition(live), 3, copied(live, {2, 3})));
    const Track &a = trackAt(pasted.album, 4), &b = trackAt(pasted.album, 5);
    CHECK(a.origin.noise == a.id);
    CHECK(b.origin.noise == a.id);
    CHECK(a.origin.shift == trackAt(live, 2).origin.shift);
    CHECK(b.origin.shift == trackAt(live, 3).origin.shift);
}

TEST_CASE("nothing to paste is said")
{
    const Album a = rich();
    CHECK(refusal(edit::pasteTracks(a, edition(a), 0, copied(a, {}))) == "There is no track to paste");
    CHECK(refusal(edit::pasteTracks(a, edition(a), 0, Album{})) == "There is no track to paste");
}

TEST_CASE("neighbours that come along stay kept together, one that comes alone does not")
{
    Album a = album({10, 10, 10});
    a = get(edit::setKeepWithPrevious(std::move(a), edition(a), track(a, 2), true));
    const Album both = get(edit::pasteTracks(a, edition(a), 3, copied(a, {1, 2}))).album;
    const auto& entries = firstEdition(both).entries;
    CHECK(entries[1].keepWithPrevious);
    CHECK_FALSE(entries[3].keepWithPrevious);
    CHECK(entries[4].keepWithPrevious);
    const Album one = get(edit::pasteTracks(a, edition(a), 3, copied(a, {2}))).album;
    CHECK_FALSE(firstEdition(one).entries[3].keepWithPrevious);
    // In between the two, it parts them.
    const Album parted = get(edit::pasteTracks(a, edition(a), 1, copied(a, {3}))).album;
    CHECK_FALSE(firstEdition(parted).entries[2].keepWithPrevious);
}
