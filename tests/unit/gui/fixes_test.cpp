#include "gui/model/fixes.h"

#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

const Finding* findingOf(const Editor& editor, std::string_view rule)
{
    const auto at = std::ranges::find(editor.findings(), rule, &Finding::rule);
    return at == editor.findings().end() ? nullptr : &*at;
}

/// Does what the button would; the label of the step.
std::string fixed(EditorBench& bench, std::string_view rule)
{
    const Finding* finding = findingOf(bench.editor, rule);
    REQUIRE_MESSAGE(finding != nullptr, rule);
    const auto fix = fixFor(bench.editor.table(), *finding);
    REQUIRE_MESSAGE(fix.has_value(), rule);
    REQUIRE(std::holds_alternative<Proposal>(fix->act));
    REQUIRE(bench.editor.take(std::get<Proposal>(fix->act)));
    CHECK(bench.session->undoLabel() == fix->label);
    CHECK_MESSAGE(findingOf(bench.editor, rule) == nullptr, rule);
    return fix->label;
}

} // namespace

TEST_CASE("one step sets the first pause to two seconds, on the first disc and on every other")
{
    EditorBench one{album({10, 10}, seconds(2))};
    one.editor.take({"", edit::setGap(one.album(), edition(one.album()), track(one.album(), 1), seconds(1))});
    CHECK(fixed(one, "DISC.FIRST_PAUSE") == "Set the pause before track 1 to 2.00 s");
    CHECK(firstEdition(one.album()).entries[0].joint.gap == seconds(2));

    Album discs = album({10, 10, 10});
    discs = get(edit::setBreak(discs, edition(discs), track(discs, 2), Break::disc));
    CdSettings settings;
    settings.firstPause = seconds(1);
    EditorBench two{get(edit::setMedium(discs, edition(discs), settings))};
    CHECK(fixed(two, "DISC.FIRST_PAUSE") == "Let every disc begin with 2.00 s");
}

TEST_CASE("hidden sound before 00:02:00 is moved behind it by whole frames")
{
    Album a = album({10, 10});
    a = get(edit::setStartMark(a, track(a, 1), milliseconds(1'500)));
    a = get(edit::setGap(a, edition(a), track(a, 1), seconds(2)));
    EditorBench bench{a};
    fixed(bench, "ALBUM.HIDDEN_AUDIO_EARLY");
    const PlacedEntry& first = bench.editor.layout().timeline.pieces[0].entries[0];
    CHECK(first.soundStart >= Instant{} + seconds(2));
    CHECK(first.soundStart < Instant{} + seconds(2) + durationOf(CdFrameCount{1}));
    CHECK((first.joint.gap - seconds(2)).value() % flicksPerCdFrame == 0);
}

TEST_CASE("a track under four seconds gets more silence behind it, the last one a later end")
{
    EditorBench middle{album({10, 1, 10})};
    CHECK(fixed(middle, "DISC.TRACK_LENGTH") == "Lengthen the pause behind track 2 by 1.01 s");
    EditorBench last{album({10, 1})};
    CHECK(fixed(last, "DISC.TRACK_LENGTH") == "Set the end of track 2 to 4 s");
}

TEST_CASE("a text that CD-Text cannot hold is offered as the table writes it")
{
    Album a = album({10, 10});
    a = get(edit::setTrackText(a, track(a, 2), TextField::title, english, "Don\u2019t \u2014 stop"));
    EditorBench bench{a};
    CHECK(fixed(bench, "CDTEXT.CHARACTER") == "Write \u201cDon't - stop\u201d");
    CHECK(trackAt(bench.album(), 2).texts.title == "Don't - stop");
    // What the table has no answer for is left to people.
    bench.editor.take({"", edit::setTrackText(bench.album(), track(bench.album(), 2), TextField::title,
                                              english, "\u591c")});
    const Finding* finding = findingOf(bench.editor, "CDTEXT.CHARACTER");
    REQUIRE(finding != nullptr);
    CHECK_FALSE(fixFor(bench.editor.table(), *finding));
    CHECK(placeToFix(*finding) == FixPlace{Column::title});
}

TEST_CASE("the album's texts are fixed in the language they are in")
{
    Album a = album({10});
    a = get(edit::setAlbumText(a, TextField::title, english, "R\u00e9sum\u00e9 \u201cone\u201d"));
    EditorBench bench{a};
    fixed(bench, "CDTEXT.CHARACTER");
    CHECK(bench.album().info.texts.title == "R\u00e9sum\u00e9 \"one\"");
}

TEST_CASE("other findings that one step puts right")
{
    {
        Album a = album({10, 10});
        EditorBench bench{get(edit::setFlags(a, track(a, 2), {.fourChannel = true}))};
        CHECK(fixed(bench, "DISC.FOUR_CHANNEL") == "Take the flag 4ch off track 2");
    }
    {
        Album a = album({10, 10});
        EditorBench bench{get(edit::setMuted(a, clip(a, 2), true))};
        CHECK(fixed(bench, "ALBUM.EMPTY_TRACK") == "Take track 2 out of the edition");
    }
    {
        Album a = album({10, 10}, seconds(0), DigitalSettings{});
        a = get(edit::moveClip(a, clip(a, 1), -seconds(1)));
        EditorBench bench{a};
        fixed(bench, "ALBUM.SOUND_BEFORE_START");
        CHECK(bench.editor.layout().timeline.pieces[0].entries[0].soundStart == Instant{});
    }
    {
        Album a = album({10, 10, 10});
        a = get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(3), Crossfade{}));
        EditorBench bench{get(edit::setBreak(a, edition(a), track(a, 2), Break::disc))};
        CHECK(fixed(bench, "ALBUM.BREAK_IN_OVERLAP") == "Fade out and in around the break, over 3.0 s");
    }
    {
        Album a = album({10, 10});
        a = get(edit::setCrossfade(a, edition(a), track(a, 2), seconds(8), Crossfade{}));
        a = get(edit::trimClip(a, clip(a, 2), SampleCount{}, SampleCount{5 * 44'100}));
        EditorBench bench{a};
        CHECK(fixed(bench, "ALBUM.OVERLAP_LENGTH") == "Shorten the overlap to 2.500 s");
    }
}

TEST_CASE("what only the label or the engineer can know has no button, but a place")
{
    Album a = album({10, 10});
    EditorBench bench{get(edit::setIsrc(a, track(a, 1), *Isrc::parse("GBABC2600001")))};
    const Finding* missing = findingOf(bench.editor, "CODE.ISRC_MISSING");
    REQUIRE(missing != nullptr);
    CHECK_FALSE(fixFor(bench.editor.table(), *missing));
    CHECK(placeToFix(*missing) == FixPlace{Column::isrc});
    CHECK(placeToFix({.rule = "CODE.UPC_MISSING", .message = ""}) == FixPlace{AlbumField::upc});
    CHECK(placeToFix({.rule = "ALBUM.MIXED_RATES", .message = ""}) == FixPlace{});
    const auto find = fixFor(bench.editor.table(), {.rule = "AUDIO.MISSING", .message = ""});
    REQUIRE(find);
    CHECK(std::get<Action>(find->act) == Action::relink);
}

TEST_CASE("every fix of every finding of strange albums is an edit that works, and helps")
{
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        EditorBench bench{randomAlbum(seed)};
        if (bench.editor.edition() == nullptr) continue;
        const Findings findings = bench.editor.findings();
        for (const Finding& finding : findings) {
            const auto fix = fixFor(bench.editor.table(), finding);
            if (!fix || !std::holds_alternative<Proposal>(fix->act)) continue;
            CAPTURE(seed);
            CAPTURE(finding.rule);
            CAPTURE(finding.message);
            REQUIRE(std::get<Proposal>(fix->act).album);
            EditorBench after{*std::get<Proposal>(fix->act).album};
            CHECK(after.viewIsValid());
            CHECK(std::ranges::find(after.editor.findings(), finding) == after.editor.findings().end());
        }
    }
}
