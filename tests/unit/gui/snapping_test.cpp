#include "gui/model/snapping.h"

#include "gui/model/overview_waves.h"
#include "support/gui_bench.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

/// 100 Hz at 44.1 kHz on the left alone: it crosses zero every 220.5 samples. Only what is in `known` is in
/// memory.
struct Tone {
    std::shared_ptr<const std::vector<Frame>> block = [] {
        auto frames = std::make_shared<std::vector<Frame>>(441'000);
        for (std::size_t i = 0; i < frames->size(); ++i)
            (*frames)[i] = {
                0.5 * std::sin(2 * std::numbers::pi * 100 * (static_cast<double>(i) + 0.25) / 44'100), 0};
        return frames;
    }();
    std::int64_t known = 441'000;
    OverviewWaves waves{[](SourceId) { return nullptr; },
                        [this](SourceId, SamplePos begin, SampleCount count) {
                            const std::int64_t end = std::min(known, (begin + count).value());
                            if (end <= begin.value()) return SampleView{};
                            return SampleView{
                                {{begin,
                                  std::span{*block}.subspan(static_cast<std::size_t>(begin.value()),
                                                            static_cast<std::size_t>(end - begin.value())),
                                  block}},
                                end == (begin + count).value()};
                        }};
    [[nodiscard]] bool crossesBefore(SamplePos at) const
    {
        const auto i = static_cast<std::size_t>(at.value());
        return ((*block)[i - 1].left < 0) != ((*block)[i].left < 0);
    }
};

} // namespace

TEST_CASE("the nearest zero crossing is found where its samples are in memory, no further than asked")
{
    Tone tone;
    for (const std::int64_t near : {1'000, 1'050, 1'210, 44'100, 200'123}) {
        CAPTURE(near);
        const auto found = tone.waves.zeroCrossing(SourceId{1}, SamplePos{near}, SampleCount{200});
        REQUIRE(found);
        CHECK(tone.crossesBefore(*found));
        CHECK(std::abs(found->value() - near) <= 111);
        for (std::int64_t closer = 1; closer < std::abs(found->value() - near); ++closer) {
            CHECK_FALSE(tone.crossesBefore(SamplePos{near - closer}));
            CHECK_FALSE(tone.crossesBefore(SamplePos{near + closer}));
        }
    }
    CHECK_FALSE(tone.waves.zeroCrossing(SourceId{1}, SamplePos{1'000}, SampleCount{10}));
    tone.known = 900;
    CHECK_FALSE(tone.waves.zeroCrossing(SourceId{1}, SamplePos{2'000}, SampleCount{200}));
}

TEST_CASE("in digital silence every place is one")
{
    const auto block = std::make_shared<const std::vector<Frame>>(1'000);
    OverviewWaves waves{
        [](SourceId) { return nullptr; },
        [&](SourceId, SamplePos, SampleCount) { return SampleView{{{SamplePos{}, *block, block}}, true}; }};
    CHECK(waves.zeroCrossing(SourceId{1}, SamplePos{500}, SampleCount{100}) == SamplePos{500});
}

TEST_CASE("a trimmed edge keeps to a zero crossing, else to a frame; a mark on a CD to frames only")
{
    Tone tone;
    TimelineBench t{album({10, 10, 10})};
    t.editor.view.axis.flicksPerPixel = 705'600'000.0 / 1000; // 6 pixels are 265 samples
    t.editor.view.axis.left = Instant{} + time(13.8);
    t.editor.view.snapping = {.cdFrames = true, .edges = false, .zeroCrossings = true};
    const auto begin = [&](const ClipEdgePart& p) {
        return p.track == track(t.album(), 2) && p.edge == Edge::begin;
    };
    const auto drag = [&](double pixels) {
        t.waves = &tone.waves;
        t.take<ClipEdgePart>(begin);
        REQUIRE(t.dragBy(pixels));
        t.letGo();
        return clipAt(t.album(), 2).in;
    };
    CHECK(tone.crossesBefore(SamplePos{drag(123).value()}));
    t.editor.run(Action::undo);
    t.editor.run(Action::snapZeroCrossings);
    CHECK_FALSE(t.editor.ticked(Action::snapZeroCrossings, {}));
    CHECK(drag(123).value() % 588 == 0);
    t.editor.run(Action::undo);
    t.editor.run(Action::snapZeroCrossings);
    tone.known = 0;
    CHECK(drag(123).value() % 588 == 0);
}

TEST_CASE("what is trimmed does not keep to where its own edge was")
{
    TimelineBench t{album({10, 10, 10})};
    t.editor.view.snapping = {.cdFrames = false, .edges = true, .zeroCrossings = false};
    t.take<ClipEdgePart>(
        [&](const ClipEdgePart& p) { return p.track == track(t.album(), 2) && p.edge == Edge::end; });
    // Four pixels of 0.05 s: within the reach of its own old place, and of nothing else.
    CHECK(t.dragBy(-4));
    CHECK(t.end(2) == Instant{} + time(23.8));
}
