#include "album/sign_off.h"

#include "album/timeline.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

/// A click in a source, as a check of the sound tells it.
Finding clickIn(const Album& a, int trackNumber, SamplePos at)
{
    return {
        .level = Finding::Level::warning,
        .rule = "FAULT.CLICK",
        .message = "A click",
        .where = {.file = find(a, clipAt(a, trackNumber).source)->path, .track = trackNumber, .sample = at}};
}
Finding dropoutIn(const Album& a, int trackNumber, SamplePos at)
{
    Finding f = clickIn(a, trackNumber, at);
    f.level = Finding::Level::error;
    f.rule = "FAULT.DROPOUT";
    f.overridable = true;
    return f;
}
Finding atJoint(const Album& a, std::string rule, int trackNumber, Duration fromStart)
{
    const Piece piece = buildTimeline(a, firstEdition(a)).pieces[0];
    const Instant at = piece.entries[static_cast<std::size_t>(trackNumber - 1)].start + fromStart;
    return {.level = Finding::Level::error,
            .rule = std::move(rule),
            .message = "It steps by -20 dBFS",
            .where = {.track = trackNumber, .frame = frameContaining(at)},
            .overridable = true};
}
Album accepting(const Album& a, const Finding& f, std::string note = "meant")
{
    return get(edit::acceptFinding(a, get(signOffFor(a, firstEdition(a), f, std::move(note)))));
}
/// Whether the album, with its sign-offs, covers the finding.
bool covers(const Album& a, const Finding& f)
{
    Findings all{f};
    applySignOffs(a, firstEdition(a), all);
    return all[0].accepted.has_value();
}

} // namespace

TEST_CASE("an accepted finding carries its note, stops nothing, and others still stand")
{
    const Album a = album({10, 10, 10});
    const Finding f = dropoutIn(a, 2, SamplePos{50'000}), other = dropoutIn(a, 3, SamplePos{50'000});
    const Album b = accepting(a, f, "a breath of silence, as written");
    Findings all{f, other};
    applySignOffs(b, firstEdition(b), all);
    CHECK(all[0].accepted == "a breath of silence, as written");
    CHECK_FALSE(all[0].stands());
    CHECK_FALSE(all[1].accepted);
    CHECK(blocks(all));
    CHECK_FALSE(blocks({all[0]}));
    // What is withdrawn stands again.
    const Album c = get(edit::withdrawAcceptance(b, b.signOffs[0]));
    CHECK(c == a);
    applySignOffs(c, firstEdition(c), all);
    CHECK(all[0].stands());
}

TEST_CASE("accepting again changes the note and makes no second sign-off")
{
    const Album a = album({10, 10});
    const Finding f = clickIn(a, 1, SamplePos{1'000});
    const Album b = accepting(accepting(a, f, "one"), f, "two");
    REQUIRE(b.signOffs.size() == 1);
    CHECK(b.signOffs[0].note == "two");
}

TEST_CASE("an acceptance of a place in a source survives all that leaves its sound alone")
{
    const Album a = album({10, 10, 10});
    const SamplePos at{200'000};
    const Album b = accepting(a, clickIn(a, 2, at));
    const EditionId cd = edition(b);
    const TrackId id = track(b, 2);
    const auto stillCovered = [&](const Album& changed) {
        const auto& entries = firstEdition(changed).entries;
        const auto number = std::ranges::find(entries, id, &Entry::track) - entries.begin() + 1;
        return covers(changed, clickIn(changed, static_cast<int>(number), at));
    };
    CHECK(stillCovered(b));
    CHECK(stillCovered(get(edit::moveEntry(b, cd, id, 0))));
    CHECK(stillCovered(get(edit::setGap(b, cd, id, seconds(7)))));
    CHECK(stillCovered(get(edit::setTrackText(b, id, TextField::title, english, "Another name"))));
    CHECK(stillCovered(get(edit::setStartMark(b, id, milliseconds(300)))));
    CHECK(stillCovered(get(edit::removeEntry(b, cd, track(b, 1)))));
    CHECK(stillCovered(get(edit::splitTrack(b, id, seconds(2))).first));
    CHECK(stillCovered(get(edit::setHandGain(b, id, Decibels{-3}))));
}

TEST_CASE("it does not survive another source, another place or another rule")
{
    const Album a = album({10, 10, 10});
    const Album b = accepting(a, clickIn(a, 2, SamplePos{200'000}));
    CHECK_FALSE(covers(b, clickIn(b, 1, SamplePos{200'000})));
    CHECK_FALSE(covers(b, dropoutIn(b, 2, SamplePos{200'000})));
    edit::NewSource other = source(77, 10);
    const Album relinked = get(edit::relinkSource(b, clipAt(b, 2).source, other, false));
    CHECK_FALSE(covers(relinked, clickIn(relinked, 2, SamplePos{200'000})));
    // 50 ms are 2205 samples.
    CHECK(covers(b, clickIn(b, 2, SamplePos{202'205})));
    CHECK_FALSE(covers(b, clickIn(b, 2, SamplePos{202'206})));
    CHECK(covers(b, clickIn(b, 2, SamplePos{197'795})));
    CHECK_FALSE(covers(b, clickIn(b, 2, SamplePos{197'794})));
}

TEST_CASE("a source that was moved on the disk keeps its acceptances")
{
    const Album a = album({10, 10});
    const Album b = accepting(a, clickIn(a, 2, SamplePos{200'000}));
    const Source was = *find(b, clipAt(b, 2).source);
    const edit::NewSource moved{.path = "/elsewhere/two.flac",
                                .rate = was.rate,
                                .length = was.length,
                                .channels = was.channels,
                                .format = was.format,
                                .fingerprint = was.fingerprint};
    const Album c = get(edit::relinkSource(b, was.id, moved, true));
    CHECK(covers(c, clickIn(c, 2, SamplePos{200'000})));
}

TEST_CASE("a joint is accepted as it was heard: both tracks, gap and crossfade")
{
    const Album a = album({10, 10, 10}, Duration{});
    const EditionId cd = edition(a);
    const auto step = [](const Album& x, int n) { return atJoint(x, "FAULT.JOINT_STEP", n, Duration{}); };
    const Album b = accepting(a, step(a, 2));
    CHECK(covers(b, step(b, 2)));
    CHECK_FALSE(covers(b, step(b, 3)));
    // Moved together with its neighbour the joint is the same.
    const Album moved = get(edit::moveEntry(b, cd, track(b, 3), 0));
    CHECK(covers(moved, step(moved, 3)));
    CHECK(covers(get(edit::setTrackText(b, track(b, 2), TextField::title, english, "New")), step(b, 2)));
    CHECK_FALSE(covers(get(edit::setGap(b, cd, track(b, 2), milliseconds(1))), step(b, 2)));
    const Album swapped = get(edit::moveEntry(b, cd, track(b, 1), 2));
    CHECK_FALSE(covers(swapped, step(swapped, 1)));
    const Album trimmed = get(edit::trimClip(b, clip(b, 1), SampleCount{10}, SampleCount{400'000}));
    CHECK_FALSE(covers(trimmed, step(trimmed, 2)));
    Finding louder = step(b, 2);
    louder.message = "It steps by -14 dBFS";
    CHECK_FALSE(covers(b, louder));
}

TEST_CASE("a hard edge against silence is one track's own, whatever the gap and the neighbour")
{
    const Album a = album({10, 10, 10});
    const EditionId cd = edition(a);
    const auto edge = [](const Album& x, int n) { return atJoint(x, "FAULT.JOINT_EDGE", n, seconds(10)); };
    const Album b = accepting(a, edge(a, 2));
    CHECK(covers(b, edge(b, 2)));
    const Album gap = get(edit::setGap(b, cd, track(b, 2), milliseconds(3'210)));
    CHECK(covers(gap, edge(gap, 2)));
    const Album moved = get(edit::moveEntry(b, cd, track(b, 2), 2));
    CHECK(covers(moved, edge(moved, 3)));
    // The start mark moves and the place on the track's time line with it.
    const Album marked = get(edit::setStartMark(b, track(b, 2), milliseconds(300)));
    CHECK(covers(marked, atJoint(marked, "FAULT.JOINT_EDGE", 2, milliseconds(9'700))));
    CHECK_FALSE(covers(b, atJoint(b, "FAULT.JOINT_EDGE", 2, Duration{})));
    const Album faded = get(edit::setFadeOut(b, clip(b, 2), {.length = seconds(1)}));
    CHECK_FALSE(covers(faded, edge(faded, 2)));
}

TEST_CASE("what is not about sound is accepted by its sentence and its track")
{
    const Album a = album({10, 10});
    const auto tooLong = [](std::string words) {
        return Finding{.level = Finding::Level::error,
                       .rule = "DISC.PLANT_LENGTH",
                       .message = std::move(words),
                       .overridable = true};
    };
    const Album b = accepting(a, tooLong("The disc is 80:01:00 long"));
    CHECK(covers(b, tooLong("The disc is 80:01:00 long")));
    CHECK_FALSE(covers(b, tooLong("The disc is 80:09:00 long")));
    const auto noIsrc = [](int number) {
        return Finding{.rule = "CODE.ISRC_MISSING", .message = "No ISRC", .where = {.track = number}};
    };
    const Album c = accepting(a, noIsrc(1));
    CHECK(covers(c, noIsrc(1)));
    CHECK_FALSE(covers(c, noIsrc(2)));
    const Album swapped = get(edit::moveEntry(c, edition(c), track(c, 1), 1));
    CHECK(covers(swapped, noIsrc(2)));
    CHECK_FALSE(covers(swapped, noIsrc(1)));
}

TEST_CASE("an error that may not be set aside cannot be accepted, not even by a project that says so")
{
    const Album a = album({10, 10});
    Finding f{.level = Finding::Level::error, .rule = "FAULT.NOT_FINITE", .message = "One sample is NaN"};
    CHECK(refusal(signOffFor(a, firstEdition(a), f)).find("must be put right") != std::string::npos);
    const Album b =
        get(edit::acceptFinding(a, {.rule = "FAULT.NOT_FINITE", .said = "One sample is NaN", .note = "ok"}));
    CHECK_FALSE(covers(b, f));
    f.overridable = true;
    CHECK(covers(b, f));
}

TEST_CASE("the sound of a source that was never measured cannot be accepted")
{
    Album a = album({10, 10});
    for (Source& s : a.sources) s.fingerprint = {};
    const Finding f = clickIn(a, 1, SamplePos{1'000});
    CHECK(refusal(signOffFor(a, firstEdition(a), f)).find("not been measured") != std::string::npos);
    a.signOffs.push_back({.rule = f.rule, .at = time(1'000 / 44'100.0), .said = f.message});
    CHECK_FALSE(covers(a, f));
}

TEST_CASE("a track takes its acceptances along when it goes, and idle ones are named")
{
    const Album a = album({10, 10, 10});
    const Finding edge = atJoint(a, "FAULT.JOINT_EDGE", 2, Duration{}), click = clickIn(a, 3, SamplePos{9});
    const Album b = accepting(accepting(a, edge), click);
    CHECK(idleSignOffs(b, firstEdition(b), {edge, click}).empty());
    const auto idle = idleSignOffs(b, firstEdition(b), {click});
    REQUIRE(idle.size() == 1);
    CHECK(idle[0].rule == "FAULT.JOINT_EDGE");
    const Album c = get(edit::removeTrack(b, track(b, 2)));
    REQUIRE(c.signOffs.size() == 1);
    CHECK(c.signOffs[0].rule == "FAULT.CLICK");
}

TEST_CASE("discs of one edition are told apart")
{
    Album a = album({10, 10, 10});
    a = get(edit::setBreak(a, edition(a), track(a, 2), Break::disc));
    const auto note = [](int disc) {
        return Finding{
            .rule = "CODE.ISRC_MISSING", .message = "No ISRC", .where = {.disc = disc, .track = 1}};
    };
    CHECK(trackAt(a, firstEdition(a), note(2).where) == track(a, 2));
    CHECK_FALSE(trackAt(a, firstEdition(a), {.disc = 2, .track = 3}));
    const Album b = accepting(a, note(2));
    CHECK(covers(b, note(2)));
    CHECK_FALSE(covers(b, note(1)));
}
