// Where everything stands in a side file: sums of lengths and gaps, to the sample.

#include "deliver/side_files.h"

#include "album/edit.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

constexpr SampleRate rate{48'000};

Album record(const std::vector<double>& lengths, Duration gap)
{
    return album(lengths, gap, VinylSettings{}, {.hertz = 48'000, .bits = 24});
}
std::vector<PlannedSide> sidesOf(const Album& all, const std::vector<std::size_t>& breaks,
                                 const SideFileSettings& settings = {.rate = rate})
{
    return get(planSides(all, asRecord(firstEdition(all), breaks, rate, {}), settings));
}
std::string nameOf(const std::string& pattern, const AlbumInfo& info)
{
    return get(sideFileName(pattern, Album{.info = info}, "B", 2, SampleRate{44'100}));
}

} // namespace

TEST_CASE("a side is as long as its tracks, gaps, lead-in and tail; its marks are their sums")
{
    // 1 sample is 14,700 flicks at 48 kHz; lengths and gaps that are no whole milliseconds.
    const Duration gap = nearestDuration(SampleCount{95'999}, rate);
    const Album all = record({10.0, 7.25, 3.5, 4.125}, gap);
    const auto sides = sidesOf(all, {2});
    REQUIRE(sides.size() == 2);
    CHECK(sides[0].name == "A");
    CHECK(sides[0].length.value() == 48'000 + 480'000 + 95'999 + 348'000 + 96'000);
    REQUIRE(sides[0].tracks.size() == 2);
    CHECK(sides[0].tracks[0].start.value() == 48'000);
    CHECK(sides[0].tracks[1].start.value() == 48'000 + 480'000 + 95'999);
    CHECK(sides[0].tracks[1].end.value() == 48'000 + 480'000 + 95'999 + 348'000);
    CHECK(sides[1].name == "B");
    CHECK(sides[1].tracks[0].start.value() == 48'000);
    CHECK(sides[1].length.value() == 48'000 + 168'000 + 95'999 + 198'000 + 96'000);
    const SideWav wav = sides[1].wav();
    CHECK(wav.frames == sides[1].length);
    REQUIRE(wav.marks.size() == 2);
    CHECK(wav.marks[1] == SideMark{sides[1].tracks[1].start, "B2 Track 4"});
}

TEST_CASE("a joint with a pause is a band, a gapless one only a mark, the first neither")
{
    Album all = record({5, 5, 5}, seconds(2));
    all = get(edit::setGap(std::move(all), edition(all), track(all, 3), Duration{}));
    const auto sides = sidesOf(all, {});
    REQUIRE(sides.size() == 1);
    CHECK_FALSE(sides[0].tracks[0].band);
    CHECK(sides[0].tracks[1].band);
    CHECK_FALSE(sides[0].tracks[2].band);
    CHECK(sides[0].tracks[2].start == sides[0].tracks[1].end);
}

TEST_CASE("a CD's pause before track 1 and its offsets are in no side file")
{
    Album all = album({5, 5}, seconds(2), CdSettings{.startOffset = milliseconds(10)}, {.hertz = 48'000});
    const auto sides = sidesOf(all, {1}, {.rate = rate, .leadIn = {}, .tail = {}});
    REQUIRE(sides.size() == 2);
    for (const PlannedSide& side : sides) {
        CHECK(side.tracks[0].start == SamplePos{});
        CHECK(side.length.value() == 5 * 48'000);
    }
}

TEST_CASE("sound before the first start mark follows the lead-in")
{
    Album all = record({5}, seconds(2));
    all.tracks[0].clips[0].at = -seconds(2);
    const auto sides = sidesOf(all, {});
    CHECK(sides[0].tracks[0].start.value() == 48'000 + 96'000);
    CHECK(sides[0].piece.entries[0].soundStart == Instant{} + seconds(1));
}

TEST_CASE("one gain serves all sides, on top of what each track has")
{
    Album all = record({5, 5}, seconds(2));
    all.editions[0].entries[1].gain = Decibels{-2};
    const Edition made = asRecord(firstEdition(all), {1}, rate, Decibels{-3});
    CHECK(made.entries[0].gain == Decibels{-3});
    CHECK(made.entries[1].gain == Decibels{-5});
    CHECK(made.entries[1].breakBefore == Break::side);
    CHECK(std::get<VinylSettings>(made.medium).rate == rate);
}

TEST_CASE("names follow the pattern, and hold what every file system takes")
{
    AlbumInfo info;
    info.catalog = "SEG/001";
    info.texts.title = " Night: a \"day\" ";
    info.texts.performer = "N\u00e1t\u00e9";
    CHECK(nameOf(defaultSidePattern, info) == "SEG-001_B_44100Hz_24bit.wav");
    CHECK(nameOf("{artist} - {title} - Side {side} ({khz} kHz)", info) ==
          "N\u00e1t\u00e9 - Night- a -day- - Side B (44.1 kHz).wav");
    CHECK(nameOf("{number}", info) == "2.wav");
    CHECK(nameOf("..{catalog}.. ", {}) == "Record.wav");
    CHECK(nameOf("{catalog}", AlbumInfo{.texts = {.title = "Night"}}) == "Night.wav");
    info.catalog = std::string(400, 'x');
    CHECK(nameOf("{catalog}{side}", info).size() < 250);
}

TEST_CASE("a pattern that knows no such word, or gives two sides one name, is refused")
{
    const Album all = record({5, 5}, seconds(2));
    const Edition made = asRecord(firstEdition(all), {1}, rate, {});
    CHECK(refusal(planSides(all, made, {.rate = rate, .pattern = "{disc}"})).find("{side}") !=
          std::string::npos);
    CHECK(refusal(planSides(all, made, {.rate = rate, .pattern = "{side"})).find("{side}") !=
          std::string::npos);
    CHECK(refusal(planSides(all, made, {.rate = rate, .pattern = "LP"})).find("same name") !=
          std::string::npos);
    CHECK(refusal(planSides(all, made, {.rate = rate, .pattern = "..."})).find("empty") != std::string::npos);
}

TEST_CASE("an equaliser leaves no copy, and lets silence behind sound ring out before it is silent again")
{
    RenderPlan plan{.length = SampleCount{1000}};
    plan.spans = {{SamplePos{0}, SamplePos{100}, RenderSpan::Kind::silence},
                  {SamplePos{100}, SamplePos{300}, RenderSpan::Kind::copied},
                  {SamplePos{300}, SamplePos{400}, RenderSpan::Kind::dithered, SpanReason::fade},
                  {SamplePos{400}, SamplePos{420}, RenderSpan::Kind::silence},
                  {SamplePos{420}, SamplePos{500}, RenderSpan::Kind::copied},
                  {SamplePos{500}, SamplePos{1000}, RenderSpan::Kind::silence}};
    putEqualiserInto(plan, SampleCount{50});
    REQUIRE(plan.spans.size() == 7);
    CHECK(plan.spans[0].kind == RenderSpan::Kind::silence);
    CHECK(plan.spans[1].reason == SpanReason::equaliser);
    CHECK(plan.spans[2].reason == SpanReason::fade);
    CHECK(plan.spans[3] ==
          RenderSpan{SamplePos{400}, SamplePos{420}, RenderSpan::Kind::dithered, SpanReason::equaliser});
    CHECK(plan.spans[5].end == SamplePos{550});
    CHECK(plan.spans[6] == RenderSpan{SamplePos{550}, SamplePos{1000}, RenderSpan::Kind::silence});
}

TEST_CASE("times are rounded to the nearest millisecond")
{
    CHECK(sideTime(SamplePos{0}, rate) == "00:00.000");
    CHECK(sideTime(SamplePos{48'000 * 437 + 12'000}, rate) == "07:17.250");
    CHECK(sideTime(SamplePos{44'099}, SampleRate{44'100}) == "00:01.000");
    CHECK(sideTime(3725.5) == "62:05.500");
}
