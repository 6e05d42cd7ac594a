#include "picture/loudness_report.h"

#include "measure/sound_scan.h"
#include "picture/intake_report.h"
#include "picture/loudness_scene.h"
#include "picture/stacked_pages.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

using namespace segue;
using namespace segue::picture;

namespace {

constexpr SampleRate rate{44'100};

/// 1 kHz at this level, both channels: as many LUFS as dBFS.
ScannedSound tone(double seconds, double level)
{
    const auto frames = static_cast<std::int64_t>(seconds * rate.hertz());
    SoundScan scan{rate, 2, SampleCount{frames}, false};
    const double peak = std::pow(10.0, level / 20);
    std::vector<segue::Frame> block;
    for (std::int64_t i = 0; i < frames; ++i) {
        const double v = peak * std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / rate.hertz());
        block.push_back({v, v});
    }
    scan.take(block);
    return scan.finish();
}

const ScannedSound& loud()
{
    static const ScannedSound sound = tone(20, -14);
    return sound;
}
const ScannedSound& soft()
{
    static const ScannedSound sound = tone(20, -26);
    return sound;
}

LoudProgramme twoTracks()
{
    const std::vector<NamedPassage> all{
        {.name = "Loud", .number = 1, .passage = {&loud(), Decibels{}, seconds(2)}},
        {.name = "Soft", .number = 2, .piece = 2, .passage = {&soft(), Decibels{-3}, {}}}};
    return loudProgramme(all);
}

struct Bounds {
    Rect operator()(const Line& l) const
    {
        return {std::min(l.from.x, l.to.x), std::min(l.from.y, l.to.y), std::abs(l.to.x - l.from.x),
                std::abs(l.to.y - l.from.y)};
    }
    Rect operator()(const Shape& s) const
    {
        const auto [left, right] = std::ranges::minmax(s.points, {}, &Point::x);
        const auto [top, bottom] = std::ranges::minmax(s.points, {}, &Point::y);
        return {left.x, top.y, right.x - left.x, bottom.y - top.y};
    }
    Rect operator()(const Disc& d) const { return {d.centre.x, d.centre.y, 0, 0}; }
    Rect operator()(const EndClip&) const { return {}; }
    Rect operator()(const auto& boxed) const { return boxed.box; }
};
Rect boundsOf(const Item& item) { return std::visit(Bounds{}, item); }

std::size_t timesSaid(const DrawList& list, std::string_view words)
{
    return static_cast<std::size_t>(std::ranges::count_if(list, [&](const Item& item) {
        const auto* text = std::get_if<Text>(&item);
        return text != nullptr && text->words.find(words) != std::string::npos;
    }));
}

double fixedWidth(const Text& text) { return static_cast<double>(text.words.size()) * text.size * 0.5; }

} // namespace

TEST_CASE("a programme has its tracks one after the other, with their own figures and the album's")
{
    const LoudProgramme p = twoTracks();
    REQUIRE(p.tracks.size() == 2);
    CHECK(p.tracks[0].begin == Duration{});
    CHECK(p.tracks[0].length == seconds(20));
    CHECK(p.tracks[1].begin == seconds(22));
    CHECK(p.length == seconds(42));
    CHECK(p.tracks[0].figures.integrated.value() == doctest::Approx(-14).epsilon(0.01));
    CHECK(p.tracks[1].figures.integrated.value() == doctest::Approx(-29).epsilon(0.01));
    CHECK(p.album.shortTerm.value().value == doctest::Approx(-14).epsilon(0.01));
    // A window of 3 s every 100 ms.
    CHECK(p.shortTerm.size() == 391);
    CHECK(p.shortTerm[50] == doctest::Approx(-14).epsilon(0.01));
    CHECK(p.shortTerm.back() == doctest::Approx(-29).epsilon(0.01));
}

TEST_CASE("the scale has whole steps, and room for the loudest and for the softest track's mean")
{
    const LoudScale scale = scaleOf(twoTracks());
    CHECK(scale.top == -12);
    CHECK(scale.bottom == -48);
    CHECK(scaleOf({}) == LoudScale{});
}

TEST_CASE("the histogram's shares are those of the sounding time")
{
    const double silence = -std::numeric_limits<double>::infinity();
    const std::vector<double> values{-14.2, -14.9, -20.0, silence, -47.5, -60, silence};
    const auto shares = loudnessShares(values, {-48, -12});
    REQUIRE(shares.size() == 36);
    CHECK(shares[33] == doctest::Approx(0.4));
    CHECK(shares[28] == doctest::Approx(0.2));
    CHECK(shares[0] == doctest::Approx(0.2));
    CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == doctest::Approx(0.8));
    for (const double share : loudnessShares({}, {-48, -12})) CHECK(share == 0);
}

TEST_CASE("the curve stays in its box, names tracks and means, and stands at its loudness")
{
    const LoudProgramme p = twoTracks();
    const LoudScale scale{-48, -12};
    const Rect box{50, 100, 640, 300};
    const DrawList list = loudnessCurve(p, scale, box);
    for (const Item& item : list) {
        const Rect b = boundsOf(item);
        CHECK(b.x >= box.x - 0.01);
        CHECK(b.y >= box.y - 0.01);
        CHECK(b.right() <= box.right() + 20.01); // the last minute's number is centred below its place
        CHECK(b.bottom() <= box.bottom() + 0.01);
    }
    CHECK(timesSaid(list, "1  Loud") == 1);
    CHECK(timesSaid(list, "2  Soft") == 1);
    CHECK(timesSaid(list, "-29.0") == 1);
    // -14 of -12 to -48: a little below the top, in the middle of the first track.
    const auto curve = std::ranges::find_if(list, [](const Item& item) {
        const auto* shape = std::get_if<Shape>(&item);
        return shape != nullptr && shape->width > 0;
    });
    REQUIRE(curve != list.end());
    const auto& points = std::get<Shape>(*curve).points;
    const double plotHeight = 300 - 20 - 20;
    CHECK(points[points.size() / 2].y == doctest::Approx(100 + 20 + plotHeight * 2 / 36).epsilon(0.01));
}

TEST_CASE("nothing, silence, a sound shorter than a window and very many tracks are drawn, too")
{
    const Rect box{0, 0, 640, 300};
    const ScannedSound tiny = tone(0.5, -20), silent = tone(5, -300);
    std::vector<NamedPassage> many(99, {.name = "x", .passage = {&tiny, {}, milliseconds(100)}});
    const std::vector<std::vector<NamedPassage>> cases{{},
                                                       {{.name = "tiny", .passage = {&tiny}}},
                                                       {{.name = "silent", .passage = {&silent}}},
                                                       many,
                                                       {{.name = "no sound", .passage = {}}}};
    for (const auto& passages : cases) {
        const LoudProgramme p = loudProgramme(passages);
        for (const DrawList& list : {loudnessCurve(p, scaleOf(p), box), loudnessHistogram(p, scaleOf(p), box),
                                     figureTiles(p.album, box)})
            for (const Item& item : list) {
                const Rect b = boundsOf(item);
                CHECK(std::isfinite(b.x + b.y + b.width + b.height));
                CHECK(b.width >= 0);
            }
    }
}

TEST_CASE("the report names every track on its pages, and what is worth a look")
{
    LoudnessReport report{.title = "Night", .below = "CD", .programme = twoTracks(), .foot = "foot"};
    report.remarks = loudnessRemarks(report.programme);
    REQUIRE(report.remarks.size() == 1);
    CHECK(report.remarks[0] == "2. Soft: 15.0 LU softer than the track before");
    auto pages = loudnessPages(report, fixedWidth);
    REQUIRE(pages.size() == 1);
    CHECK(timesSaid(pages[0], "Soft") >= 2);
    CHECK(timesSaid(pages[0], "-15.0") == 1); // from the album's mean
    CHECK(timesSaid(pages[0], "Album") == 1);

    std::vector<NamedPassage> many(99, {.name = "Name", .passage = {&soft(), {}, {}}});
    report.programme = loudProgramme(many);
    report.remarks.clear();
    pages = loudnessPages(report, fixedWidth);
    CHECK(pages.size() > 1);
    std::size_t rows = 0;
    for (const DrawList& page : pages) rows += timesSaid(page, "Name");
    CHECK(rows >= 99);
}

TEST_CASE("stacked pages stand one below another on one ground")
{
    LoudnessReport report{.title = "Night", .programme = twoTracks()};
    const auto page = loudnessPages(report, fixedWidth);
    const DrawList stacked = stackedPages({page[0], page[0]});
    CHECK(stacked.size() == 2 * page[0].size() + 2);
    CHECK(boundsOf(stacked[0]) == Rect{0, 0, pageWidth, 2 * pageHeight});
    for (std::size_t i = 0; i < page[0].size(); ++i) {
        if (std::holds_alternative<EndClip>(page[0][i])) continue;
        const Rect was = boundsOf(page[0][i]), below = boundsOf(stacked[2 + page[0].size() + i]);
        CHECK(boundsOf(stacked[1 + i]) == was);
        CHECK(below.x == was.x);
        CHECK(below.y == was.y + pageHeight);
    }
}

TEST_CASE("the intake report has a row for each mix and a paragraph for each that has something to say")
{
    IntakeMix clean{
        .name = "clean.wav", .rate = rate, .format = {"WAV", "PCM", 24}, .figures = figuresOf(soft())};
    IntakeMix broken = clean;
    broken.name = "broken.wav";
    broken.remarks = {{Finding::Level::error, "FAULT.DROPOUT", "The sound is gone for 5 ms", "copy it again"},
                      {Finding::Level::note, "", "The file has 16 bits", ""}};
    CHECK(verdict(clean) == "ready");
    CHECK(verdict(broken) == "put right");
    const auto pages = intakePages({.title = "Mixes", .mixes = {clean, broken}}, fixedWidth);
    REQUIRE(pages.size() == 1);
    CHECK(timesSaid(pages[0], "clean.wav") == 1);
    CHECK(timesSaid(pages[0], "broken.wav") == 2);
    CHECK(timesSaid(pages[0], "The sound is gone for 5 ms: copy it again.") == 1);
    CHECK(timesSaid(pages[0], "The file has 16 bits.") == 1);
    CHECK(timesSaid(pages[0], "WAV, 24 bit") == 2);
}
