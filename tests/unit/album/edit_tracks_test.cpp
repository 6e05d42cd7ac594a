#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("the same file twice is one source, the same path with other audio is two")
{
    auto [a, first] = get(edit::addSource({}, source(1, 5)));
    auto [b, again] = get(edit::addSource(a, source(1, 5)));
    CHECK(again == first);
    CHECK(b == a);
    auto changed = source(1, 5);
    changed.fingerprint.xxh3 = "f";
    CHECK(get(edit::addSource(a, changed)).second != first);
}

TEST_CASE("a source that cannot be used is refused with its reason")
{
    const auto refused = [](auto change) {
        auto s = source(1, 5);
        change(s);
        return refusal(edit::addSource({}, s));
    };
    CHECK(contains(refused([](auto& s) { s.path.clear(); }), "path"));
    CHECK(contains(refused([](auto& s) { s.path = "\xFF.wav"; }), "UTF-8"));
    CHECK(contains(refused([](auto& s) { s.rate = SampleRate{0}; }), "sample rate"));
    CHECK(contains(refused([](auto& s) { s.rate = SampleRate{7'999}; }), "8,000"));
    CHECK(contains(refused([](auto& s) { s.channels = 6; }), "6 channels"));
    CHECK(contains(refused([](auto& s) { s.length = SampleCount{}; }), "no audio"));
    CHECK(contains(refused([](auto& s) { s.length = SampleCount{std::numeric_limits<std::int64_t>::max()}; }),
                   "100 hours"));
}

TEST_CASE("a moved file keeps the album as it is but for the path")
{
    Album a = album({5, 6});
    const SourceId id = a.sources[0].id;
    auto moved = source(1, 5);
    moved.path = "elsewhere/1.wav";
    const Album b = get(edit::relinkSource(a, id, moved, true));
    CHECK(find(b, id)->path == "elsewhere/1.wav");
    a.sources[0].path = "elsewhere/1.wav";
    CHECK(b == a);
}

TEST_CASE("relinking the same audio refuses another file and says what differs")
{
    const Album a = album({5, 6});
    const SourceId id = a.sources[0].id;
    CHECK(contains(refusal(edit::relinkSource(a, id, source(1, 5, {.hertz = 48'000}), true)), "48000"));
    CHECK(contains(refusal(edit::relinkSource(a, id, source(1, 5.5), true)), "samples"));
    CHECK(contains(refusal(edit::relinkSource(a, id, source(1, 5, {.channels = 1}), true)), "channels"));
    CHECK(contains(refusal(edit::relinkSource(a, id, source(2, 5), true)), "sounds different"));
    CHECK(
        contains(refusal(edit::relinkSource(a, SourceId{99}, source(1, 5), true)), "no source 99 any more"));
}

TEST_CASE("an unmeasured source takes the fingerprint of the file it is relinked to")
{
    Album a = album({5});
    a.sources[0].fingerprint = {};
    const Album b = get(edit::relinkSource(a, a.sources[0].id, source(1, 5), true));
    CHECK(!b.sources[0].fingerprint.xxh3.empty());
}

TEST_CASE("replacing a file by one of another rate keeps every clip's stretch of time")
{
    Album a = album({5});
    a = get(edit::trimClip(a, clip(a, 1), SampleCount{44'100}, SampleCount{88'200}));
    const Album b = get(edit::relinkSource(a, a.sources[0].id, source(1, 5, {.hertz = 96'000}), false));
    CHECK(clipAt(b, 1).in == SampleCount{96'000});
    CHECK(clipAt(b, 1).length == SampleCount{192'000});
    CHECK(clipAt(b, 1).at == clipAt(a, 1).at);
    CHECK(lengthOf(b, clipAt(b, 1)) == seconds(2));
}

TEST_CASE("a new track has its source from beginning to end and noise of its own")
{
    auto [a, id] = get(edit::addSource({}, source(1, 5, {.hertz = 96'000})));
    auto [b, trackId] = get(edit::addTrack(a, id, {}));
    const Track& t = *find(b, trackId);
    REQUIRE(t.clips.size() == 1);
    CHECK(t.clips[0].length == SampleCount{480'000});
    CHECK(t.clips[0].id.value != 0);
    CHECK(t.origin == Origin{.noise = trackId, .shift = {}});
    CHECK(endOf(b, t) == seconds(5));
    CHECK(contains(refusal(edit::addTrack(a, SourceId{77}, {})), "no source 77 any more"));
}

TEST_CASE("a track of given clips gets new identities and checked clips")
{
    auto [a, id] = get(edit::addSource({}, source(1, 5)));
    const Clip given{
        .id = {1}, .source = id, .in = SampleCount{10}, .length = SampleCount{20}, .at = seconds(-1)};
    auto [b, trackId] = get(edit::addTrack(a, std::vector{given, given}, {}));
    const auto& clips = find(b, trackId)->clips;
    REQUIRE(clips.size() == 2);
    CHECK(clips[0].id != clips[1].id);
    CHECK(clips[0].at == seconds(-1));
    CHECK(find(get(edit::addTrack(a, std::vector<Clip>{}, {})).first, TrackId{2})->clips.empty());
    const Clip tooLong{.source = id, .length = SampleCount{5 * 44'100 + 1}};
    CHECK(contains(refusal(edit::addTrack(a, std::vector{tooLong}, {})), "does not have"));
}

TEST_CASE("a removed track leaves every edition, and the pause and the break stay with their places")
{
    Album a = album({5, 6, 7}, seconds(1));
    a = get(edit::copyEdition(a, edition(a), "Second")).first;
    a = get(edit::setBreak(a, edition(a, 1), track(a, 2), Break::disc));
    const TrackId first = track(a, 1), second = track(a, 2), third = track(a, 3);
    const Album b = get(edit::removeTrack(a, first));
    CHECK(find(b, first) == nullptr);
    CHECK(firstEdition(b).entries[0] ==
          Entry{.track = second, .joint = {.gap = seconds(2), .crossfade = {}}});
    CHECK(b.editions[1].entries[0].breakBefore == Break::none);
    const Album c = get(edit::removeTrack(a, second));
    CHECK(c.editions[1].entries[1].track == third);
    CHECK(c.editions[1].entries[1].breakBefore == Break::disc);
    CHECK(contains(refusal(edit::removeTrack(b, first)), "There is no track"));
}

TEST_CASE("sources go when no clip uses them any more")
{
    Album a = album({5, 6});
    CHECK(edit::removeUnusedSources(a) == a);
    a = get(edit::removeTrack(a, track(a, 1)));
    CHECK(a.sources.size() == 2);
    a = edit::removeUnusedSources(a);
    REQUIRE(a.sources.size() == 1);
    CHECK(a.sources[0].path == "audio/2.wav");
}

TEST_CASE("identities are never used twice, and running out of them is an error")
{
    Album a = album({5, 6});
    const TrackId gone = track(a, 2);
    a = get(edit::removeTrack(a, gone));
    auto [b, id] = get(edit::addTrack(a, a.sources[1].id, {}));
    CHECK(id > gone);
    a.nextId = std::numeric_limits<std::uint32_t>::max();
    CHECK(contains(refusal(edit::addTrack(a, a.sources[1].id, {})), "identities"));
}

TEST_CASE("gains are the engineer's and the accepted proposal, apart")
{
    Album a = album({5});
    a = get(edit::setHandGain(a, track(a, 1), Decibels{-1.5}));
    a = get(edit::setBalanceGain(a, track(a, 1), Decibels{0.5}));
    CHECK(trackAt(a, 1).gain == TrackGain{Decibels{-1.5}, Decibels{0.5}});
    for (const double wrong :
         {201.0, -201.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        CHECK(contains(refusal(edit::setHandGain(a, track(a, 1), Decibels{wrong})), "between -200 and +200"));
        CHECK(!edit::setBalanceGain(a, track(a, 1), Decibels{wrong}));
        CHECK(!edit::setEntryGain(a, edition(a), track(a, 1), Decibels{wrong}));
        CHECK(!edit::setClipGain(a, clip(a, 1), Decibels{wrong}));
    }
    CHECK(edit::setHandGain(a, track(a, 1), Decibels::silence()));
    CHECK(!edit::setHandGain(a, TrackId{99}, Decibels{}));
}

TEST_CASE("texts are composed, go to their language, and take no control characters")
{
    Album a = album({5});
    const TrackId id = track(a, 1);
    a = get(edit::setTrackText(a, id, TextField::performer, english, "Cafe\u0301"));
    CHECK(trackAt(a, 1).texts.performer == "Caf\u00E9");
    a = get(edit::setTrackText(a, id, TextField::title, japanese, "\u97F3"));
    a = get(edit::setTrackText(a, id, TextField::title, Language{0x08}, "Klang"));
    REQUIRE(trackAt(a, 1).translations.size() == 2);
    CHECK(trackAt(a, 1).translations[0].language == Language{0x08});
    a = get(edit::setTrackText(a, id, TextField::title, Language{0x08}, std::nullopt));
    CHECK(trackAt(a, 1).translations.size() == 1);
    CHECK(edit::setTrackText(a, id, TextField::title, Language{0x0F}, std::nullopt) == a);
    a = get(edit::setTrackText(a, id, TextField::message, english, ""));
    CHECK(trackAt(a, 1).texts.message == "");
    a = get(edit::setTrackText(a, id, TextField::message, english, std::nullopt));
    CHECK(!trackAt(a, 1).texts.message);
    for (const char* wrong : {"a\tb", "a\nb", "\x7F", "\xC2\x85"})
        CHECK(contains(refusal(edit::setTrackText(a, id, TextField::title, english, wrong)),
                       "control characters"));
    CHECK(contains(refusal(edit::setTrackText(a, id, TextField::title, english, "\xFF")), "UTF-8"));
    CHECK(!edit::setTrackText(a, TrackId{99}, TextField::title, english, "x"));
}

TEST_CASE("ISRC, flags and note")
{
    Album a = album({5});
    const TrackId id = track(a, 1);
    const Isrc isrc = get(Isrc::parse("US-ABC-26-12345"));
    a = get(edit::setIsrc(a, id, isrc));
    CHECK(trackAt(a, 1).isrc == isrc);
    CHECK(!trackAt(get(edit::setIsrc(a, id, std::nullopt)), 1).isrc);
    a = get(edit::setFlags(a, id, {.preEmphasis = true, .copyPermitted = true}));
    CHECK(trackAt(a, 1).flags.preEmphasis);
    CHECK(contains(refusal(edit::setFlags(a, id, {.copyPermitted = true, .scms = true})),
                   "exclude each other"));
    a = get(edit::setNote(a, id, "two\nlines"));
    CHECK(trackAt(a, 1).note == "two\nlines");
    CHECK(!edit::setNote(a, id, "bell \a"));
}

TEST_CASE("a wanted offset is what a listener would notice, and changes no gain")
{
    Album a = album({5});
    a = get(edit::setWantedOffset(a, track(a, 1), Decibels{-4}));
    CHECK(trackAt(a, 1).wantedOffset == Decibels{-4});
    CHECK(trackAt(a, 1).gain == TrackGain{});
    for (const double wrong :
         {24.1, -24.1, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        CHECK(contains(refusal(edit::setWantedOffset(a, track(a, 1), Decibels{wrong})),
                       "between -24 and 24 LU"));
    CHECK(!edit::setWantedOffset(a, TrackId{99}, Decibels{}));
}
