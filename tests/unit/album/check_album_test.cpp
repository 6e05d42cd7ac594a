#include "album/check_album.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace segue;
using namespace segue::test;

namespace {

Findings check(const Album& a) { return checkEdition(a, firstEdition(a)); }
std::vector<std::string> rulesOf(const Album& a)
{
    std::vector<std::string> rules;
    for (const Finding& f : check(a)) rules.push_back(f.rule);
    return rules;
}
using Rules = std::vector<std::string>;

/// The only finding, which must be of this rule.
Finding only(const Album& a, std::string_view rule)
{
    const Findings all = check(a);
    REQUIRE(all.size() == 1);
    CHECK(all[0].rule == rule);
    return all[0];
}

Clip piece(const Album& a, double at, double length)
{
    return {.source = a.sources[0].id,
            .length = SampleCount{static_cast<std::int64_t>(length * 44'100)},
            .at = time(at)};
}

} // namespace

TEST_CASE("every album rule has an id, a sentence and a source, once")
{
    std::set<std::string_view> ids;
    for (const Rule& rule : albumRules()) {
        CHECK(rule.id.starts_with("ALBUM."));
        CHECK(ids.insert(rule.id).second);
        CHECK(!rule.sentence.empty());
        CHECK(!rule.source.empty());
        CHECK(!(rule.overridable && rule.level != Finding::Level::error));
    }
}

TEST_CASE("a clean album has no findings")
{
    CHECK(check(twelveTracks()).empty());
    CHECK(check(liveAlbum(60, {20, 40})).empty());
    CHECK(check(album({5, 6}, {}, VinylSettings{})).empty());
}

TEST_CASE("an edition without tracks is empty")
{
    CHECK(only(album({}), "ALBUM.EMPTY_EDITION").message == "The edition \"CD\" has no tracks");
}

TEST_CASE("entries and clips that lost what they name are errors")
{
    Album a = album({5, 6});
    a.tracks.pop_back();
    CHECK(only(a, "ALBUM.MISSING_TRACK").level == Finding::Level::error);
    Album b = album({5, 6});
    b.sources.pop_back();
    CHECK(only(b, "ALBUM.MISSING_SOURCE").where.track == 2);
}

TEST_CASE("a clip beyond its source is an error")
{
    Album a = album({5, 6});
    a = get(edit::relinkSource(a, a.sources[1].id, source(2, 4), false));
    const Finding f = only(a, "ALBUM.CLIP_BEYOND_SOURCE");
    CHECK(f.message ==
          "A clip of \"Track 2\" uses 264600 samples from sample 0 on of \"audio/2.wav\", which has 176400");
    CHECK(f.where.track == 2);
    CHECK(!f.fix.empty());
}

TEST_CASE("a track without sound is an error that can be allowed")
{
    Album a = album({5, 6});
    a = get(edit::setMuted(a, clip(a, 2), true));
    CHECK(only(a, "ALBUM.EMPTY_TRACK").level == Finding::Level::error);
    a = get(edit::removeClip(a, clip(a, 2)));
    CHECK(only(a, "ALBUM.EMPTY_TRACK").where.track == 2);
    const auto rule = std::ranges::find(albumRules(), "ALBUM.EMPTY_TRACK", &Rule::id);
    CHECK(rule->overridable);
}

TEST_CASE("an index that trimming left outside its track is an error")
{
    Album a = album({5, 6});
    a = get(edit::setIndexes(a, track(a, 2), {seconds(2), seconds(5)}));
    a = get(edit::trimClip(a, clip(a, 2), SampleCount{}, SampleCount{44'100 * 4}));
    const Finding f = only(a, "ALBUM.INDEX_OUTSIDE");
    CHECK(f.where.index == 3);
    CHECK(f.message ==
          "INDEX 03 of \"Track 2\" stands at 00:05:00, outside the track, which is 00:04:00 long");
}

TEST_CASE("an overlap as long as one of its tracks is an error")
{
    Album a = album({5, 6}, seconds(2));
    a = get(edit::setGap(a, edition(a), track(a, 2), seconds(-4)));
    CHECK(check(a).empty());
    a = get(edit::trimClip(a, clip(a, 2), SampleCount{}, SampleCount{44'100 * 4}));
    const Finding f = only(a, "ALBUM.OVERLAP_LENGTH");
    CHECK(f.level == Finding::Level::error);
    CHECK(f.message ==
          "\"Track 2\" overlaps \"Track 1\" by 00:04:00; an overlap must be shorter than both tracks, which "
          "are 00:04:00 and 00:05:00 long");
}

TEST_CASE("three tracks at once are an error, by overlaps that meet and by sound in a pause")
{
    Album a = album({10, 6, 10}, seconds(2));
    a = get(edit::setGap(a, edition(a), track(a, 2), seconds(-3)));
    a = get(edit::setGap(a, edition(a), track(a, 3), seconds(-3)));
    CHECK(check(a).empty());
    a = get(edit::setGap(a, edition(a), track(a, 3), time(-3.1)));
    CHECK(only(a, "ALBUM.OVERLAP_THREE").where.track == 3);

    Album b = album({10, 6, 10}, seconds(1));
    b = get(edit::addClip(b, track(b, 1), piece(b, 10, 4))).first;
    b = get(edit::setEndMark(b, track(b, 1), seconds(10)));
    b = get(edit::setGap(b, edition(b), track(b, 2), seconds(1)));
    CHECK(rulesOf(b) == Rules{"ALBUM.SOUND_AFTER_END"});
    b = get(edit::addClip(b, track(b, 3), piece(b, -4, 1))).first;
    CHECK(rulesOf(b) == Rules{"ALBUM.SOUND_AFTER_END"});
    b = get(edit::moveClip(b, clip(b, 3, 1), time(-4.5)));
    CHECK(rulesOf(b) == Rules{"ALBUM.SOUND_AFTER_END", "ALBUM.OVERLAP_THREE"});
    // A crossfade leaves nothing of the tail.
    b = get(edit::setCrossfade(b, edition(b), track(b, 2), milliseconds(100), Crossfade{}));
    CHECK(check(b).empty());
}

TEST_CASE("a disc break that takes a crossfade away leaves a warning until both sides have fades")
{
    Album a = album({5, 6}, seconds(1));
    const EditionId cd = edition(a);
    a = get(edit::setCrossfade(a, cd, track(a, 2), seconds(1), Crossfade{}));
    a = get(edit::setBreak(a, cd, track(a, 2), Break::disc));
    const Finding f = only(a, "ALBUM.BREAK_IN_OVERLAP");
    CHECK(f.level == Finding::Level::warning);
    CHECK(f.message == "The break takes away the crossfade of \"Track 1\" and \"Track 2\", which lack fades "
                       "of their own there");
    CHECK(f.where.disc == 2);
    CHECK(f.where.track == 1);
    a = get(edit::setTrackFadeOut(a, track(a, 1), {.length = seconds(1)}));
    CHECK(check(a).size() == 1);
    a = get(edit::setTrackFadeIn(a, track(a, 2), {.length = seconds(1)}));
    CHECK(check(a).empty());
}

TEST_CASE("a disc break in a live recording is a warning, between two masters without a pause it is nothing")
{
    Album live = liveAlbum(60, {30});
    live = get(edit::setBreak(live, edition(live), track(live, 2), Break::disc));
    CHECK(rulesOf(live) == Rules{"ALBUM.BREAK_IN_OVERLAP"});
    Album masters = album({5, 6}, Duration{});
    masters = get(edit::setBreak(masters, edition(masters), track(masters, 2), Break::disc));
    CHECK(check(masters).empty());
}

TEST_CASE("a side does not end inside a crossfade or a live recording")
{
    Album a = album({5, 6}, seconds(1), VinylSettings{});
    a = get(edit::setBreak(a, edition(a), track(a, 2), Break::side));
    CHECK(check(a).empty());
    a = get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(1), std::nullopt));
    const Finding f = only(a, "ALBUM.BREAK_IN_MUSIC");
    CHECK(f.level == Finding::Level::error);
    CHECK(f.where.disc == 0);
    CHECK(f.where.track == 2);
    a = get(edit::setGap(a, edition(a), track(a, 2), Duration{}));
    CHECK(rulesOf(a) == Rules{"ALBUM.BREAK_IN_OVERLAP"});

    Album live = liveAlbum(60, {30});
    live = get(edit::setMedium(live, edition(live), VinylSettings{}));
    live = get(edit::setBreak(live, edition(live), track(live, 2), Break::side));
    live = get(edit::setGap(live, edition(live), track(live, 1), {}));
    CHECK(rulesOf(live) == Rules{"ALBUM.BREAK_IN_MUSIC"});
    live = get(edit::setTrackFadeOut(live, track(live, 1), {.length = seconds(1)}));
    live = get(edit::setTrackFadeIn(live, track(live, 2), {.length = seconds(1)}));
    CHECK(check(live).empty());
}

TEST_CASE("sound before track 1 is hidden audio, and in the first two seconds an error")
{
    Album a = album({5, 6});
    a = get(edit::setGap(a, edition(a), track(a, 1), seconds(6)));
    a = get(edit::addClip(a, track(a, 1), piece(a, -4, 3))).first;
    const Finding hidden = only(a, "ALBUM.HIDDEN_AUDIO");
    CHECK(hidden.level == Finding::Level::note);
    CHECK(hidden.message == "Hidden audio sounds from 00:02:00 to track 1 at 00:06:00");
    a = get(edit::moveClip(a, clip(a, 1, 1), seconds(-4) - Duration{1}));
    const Finding early = only(a, "ALBUM.HIDDEN_AUDIO_EARLY");
    CHECK(early.level == Finding::Level::error);
    CHECK(early.where.frame == CdFramePos{149});
    a = get(edit::setMuted(a, clip(a, 1, 1), true));
    CHECK(check(a).empty());
}

TEST_CASE("a first pause that is too short is left to the disc's own rule")
{
    Album a = album({5, 6});
    a = get(edit::setGap(a, edition(a), track(a, 1), seconds(1)));
    CHECK(check(a).empty());
}

TEST_CASE("sound before a side begins would be lost")
{
    Album a = album({5, 6}, seconds(1), VinylSettings{});
    a = get(edit::setStartMark(a, track(a, 2), milliseconds(250)));
    CHECK(check(a).empty());
    a = get(edit::setBreak(a, edition(a), track(a, 2), Break::side));
    const Finding f = only(a, "ALBUM.SOUND_BEFORE_START");
    CHECK(f.message == "\"Track 2\" begins to sound 0:00.250 before the side does, and that would be lost");
}

TEST_CASE("sound behind an end mark is a note, half a sample is none")
{
    Album a = album({5, 6});
    a = get(edit::setEndMark(a, track(a, 1), time(3.8)));
    CHECK(only(a, "ALBUM.SOUND_AFTER_END").message ==
          "\"Track 1\" sounds on for 0:01.200 behind its end mark");
    Album live = album({10});
    live = get(edit::splitTrack(live, track(live, 1), seconds(5) + Duration{7'000})).first;
    CHECK(check(live).empty());
}

TEST_CASE("a pause without room for INDEX 00 is a note")
{
    Album a = album({5, 6}, milliseconds(1));
    CHECK(only(a, "ALBUM.PAUSE_DROPPED").where.track == 2);
}

TEST_CASE("several sample rates and unmeasured sources are notes")
{
    Album a = album({5, 6});
    a = get(edit::relinkSource(a, a.sources[1].id, source(2, 6, {.hertz = 96'000}), false));
    CHECK(only(a, "ALBUM.MIXED_RATES").message == "The sources of the edition \"CD\" run at 44100, 96000 Hz; "
                                                  "what differs from the edition's rate is converted");
    Album b = album({5, 6});
    b.sources[0].fingerprint = {};
    CHECK(only(b, "ALBUM.SOURCE_UNMEASURED").where.file == "audio/1.wav");
}

TEST_CASE("several bit depths are a note that names them")
{
    Album a = album({5, 6, 7, 8});
    a.sources[0].format = {"WAV", "PCM", 24};
    a.sources[1].format = {"FLAC", "FLAC", 16};
    a.sources[2].format = {"WAV", "float", 32};
    a.sources[3].format = {"MP3", "MP3", 0};
    CHECK(only(a, "ALBUM.MIXED_DEPTHS").message == "The sources of the edition \"CD\" differ in depth: 16 "
                                                   "bit, 24 bit, 32 bit float, MP3; one of them may be "
                                                   "of another stage of the work");
    for (Source& source : a.sources) source.format = {"WAV", "PCM", 24};
    CHECK(check(a).empty());
}

TEST_CASE("findings come in order of place")
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Album a = randomAlbum(seed);
        std::pair<int, int> before{0, 0};
        for (const Finding& f : check(a)) {
            if (f.rule == "ALBUM.HIDDEN_AUDIO") continue; // stands at the piece's beginning
            const std::pair place{f.where.disc, f.where.track};
            REQUIRE(place >= before);
            before = place;
        }
    }
}
