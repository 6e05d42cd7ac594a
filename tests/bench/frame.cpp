// What one picture of the editor costs: scenes, draw lists and painting of timeline, strip and the lanes of a
// record, 1440 x 900, an album of 99 tracks and 80 minutes with overviews in memory, 500 steps of scrolling
// and zooming.
//   frame [SCALE [PNG]]       prints the median and the 99th percentile in milliseconds; PNG: the last
//   picture

#include "album/edit.h"
#include "deliver/paint.h"
#include "gui/model/overview_waves.h"
#include "gui/model/strain_lanes.h"
#include "gui/model/strip.h"
#include "gui/model/timeline_drawing.h"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <vector>

using namespace segue;
using namespace segue::gui;

namespace {

constexpr int width = 1440, height = 900, steps = 500;
constexpr double stripHeight = 76, timelineTop = 120;

template <class T>
T get(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", sentence(result.error()).c_str());
        std::exit(1);
    }
    return std::move(*result);
}

std::uint32_t rolled(std::uint32_t& state) { return state = state * 1'664'525U + 1'013'904'223U; }

/// 99 tracks in 80 minutes, every fifth crossfaded, all with fades.
Album bigAlbum()
{
    auto [album, edition] = get(edit::addEdition({}, "CD", CdSettings{}));
    for (int n = 0; n < 99; ++n) {
        const std::string name = "A title of some length, number " + std::to_string(n + 1);
        auto [withSource, source] = get(edit::addSource(std::move(album), {.path = name + ".wav",
                                                                           .rate = cdRate,
                                                                           .length = SampleCount{47 * 44'100},
                                                                           .format = {"WAV", "PCM", 24}}));
        Texts texts;
        texts[TextField::title] = name;
        auto [withTrack, track] = get(edit::addTrack(std::move(withSource), source, texts));
        album = get(edit::insertEntry(std::move(withTrack), edition, track, static_cast<std::size_t>(n),
                                      {.gap = seconds(2)}));
        album = get(edit::setTrackFadeIn(std::move(album), track, {milliseconds(500), Curve::equalPower}));
        album = get(edit::setTrackFadeOut(std::move(album), track, {seconds(4), Curve::equalPower}));
        if (n % 5 == 4)
            album = get(edit::setCrossfade(std::move(album), edition, track, seconds(6), Crossfade{}));
    }
    return std::move(album);
}

/// What a source of noise has: every bin another one.
std::shared_ptr<const Overview> overviewOf(const Source& source)
{
    const OverviewShape shape{.channels = 2, .length = source.length, .covered = source.length};
    std::vector<OverviewBin> bins(static_cast<std::size_t>(Overview::binsIn(shape)));
    std::uint32_t state = source.id.value;
    for (OverviewBin& bin : bins) {
        const auto high = static_cast<std::int16_t>(rolled(state) >> 17U);
        bin = {static_cast<std::int16_t>(-high), high, static_cast<std::uint16_t>(high / 2)};
    }
    return std::make_shared<const Overview>(shape, std::move(bins));
}

/// All of it on one side, every tenth of a second of another strain.
vinyl::PlannedRecord recordOf(const Layout& layout)
{
    vinyl::PlannedRecord record;
    record.programme.tracks.push_back({.id = layout.edition->entries.front().track});
    vinyl::SidePlan& side = record.plan.sides.emplace_back();
    side.strain.lowWarning = side.strain.highWarning = 0.8;
    std::uint32_t state = 7;
    const auto next = [&] { return static_cast<float>(rolled(state)) / 4'294'967'296.0F * 1.1F; };
    for (int tenth = 0; tenth < 48'000; ++tenth) side.strain.tenths.push_back({next(), next()});
    return record;
}

struct Sounds {
    explicit Sounds(const Album& album)
    {
        for (const Source& source : album.sources) overviews.emplace(source.id, overviewOf(source));
        std::uint32_t state = 1;
        auto frames = std::make_shared<std::vector<Frame>>(SampleBlocks::blockFrames);
        for (Frame& frame : *frames) {
            const double value = static_cast<double>(rolled(state)) / 4'294'967'296.0 - 0.5;
            frame = {value, -value};
        }
        block = std::move(frames);
    }
    /// As if every block were in memory already.
    [[nodiscard]] SampleView samples(SamplePos begin, SampleCount count) const
    {
        SampleView view{.complete = true};
        constexpr std::int64_t size = SampleBlocks::blockFrames;
        for (std::int64_t at = begin.value(), end = at + count.value(); at < end;) {
            const std::int64_t part = std::min(end - at, size - at % size);
            view.pieces.push_back({SamplePos{at},
                                   std::span{*block}.subspan(static_cast<std::size_t>(at % size),
                                                             static_cast<std::size_t>(part)),
                                   block});
            at += part;
        }
        return view;
    }
    std::map<SourceId, std::shared_ptr<const Overview>> overviews;
    std::shared_ptr<const std::vector<Frame>> block;
};

/// Of the clock, and of this thread on a processor: what else the machine does does not count.
struct Now {
    double wall = 0, processor = 0;
    static Now read()
    {
        const auto milliseconds = [](clockid_t clock) {
            timespec time{};
            clock_gettime(clock, &time);
            return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
        };
        return {milliseconds(CLOCK_MONOTONIC), milliseconds(CLOCK_THREAD_CPUTIME_ID)};
    }
};

void print(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%s: median %.2f ms, 99th percentile %.2f ms, longest %.2f ms\n", what,
                times[times.size() / 2], times[times.size() * 99 / 100], times.back());
}

} // namespace

int main(int count, char** words)
{
    const double scale = count > 1 ? std::atof(words[1]) : 1;
    const Album album = bigAlbum();
    const Sounds sounds{album};
    OverviewWaves waves{[&](SourceId id) { return sounds.overviews.at(id); },
                        [&](SourceId, SamplePos begin, SampleCount n) { return sounds.samples(begin, n); }};
    const Layout layout = layoutOf(album, album.editions[0].id);
    const picture::Rect strip{0, 0, width, stripHeight},
        timeline{0, timelineTop, width, height - timelineTop - 2 * strainLaneHeight},
        lanes{0, timeline.bottom(), width, 2 * strainLaneHeight};
    const vinyl::PlannedRecord record = recordOf(layout);
    const auto pixels = [&](double logical) { return static_cast<int>(logical * scale); };
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(width), pixels(height));
    cairo_t* context = cairo_create(surface);
    cairo_scale(context, scale, scale);
    Painter painter;
    const PaintStyle style;
    const Duration length = layout.timeline.pieces[0].end - Instant{};
    View view{.edition = layout.edition->id};
    view.axis.flicksPerPixel = static_cast<double>(length.value()) / width;
    view.select(layout.edition->entries[3].track);
    TrackMarksByFinding findings;
    for (std::size_t n = 0; n < 99; n += 7)
        findings.emplace(layout.edition->entries[n].track, Finding::Level::warning);

    // A third each: scrolling far out, zooming from the whole disc down to samples, scrolling close in.
    std::vector<double> built, drawn, painted, wall, processor;
    for (int step = 0; step < steps; ++step) {
        const int third = steps / 3;
        if (step < third) {
            if (step == 0) view.axis.flicksPerPixel /= 4;
            view.axis.left += view.axis.length(23);
        } else if (step < 2 * third) {
            if (step == third) view.axis = {Instant{}, static_cast<double>(length.value()) / width};
            view.axis = view.axis.zoomed(step % 2 == 0 ? 1.22 : 1.08, 700);
        } else {
            if (step == 2 * third)
                view.axis = {Instant{} + seconds(600), static_cast<double>(seconds(30).value()) / width};
            view.axis.left += view.axis.length(31);
        }
        const auto begin = Now::read();
        const StripScene stripScene = buildStrip(layout, strip);
        const TimelineScene scene = buildTimelineScene(layout, view, timeline);
        const auto afterBuild = Now::read();
        const picture::DrawList above = drawStrip(layout, view, stripScene, findings);
        const picture::DrawList below = drawTimeline(layout, view, scene, waves);
        const picture::DrawList strains = drawStrainLanes(layout, view, &record, lanes);
        const auto afterDraw = Now::read();
        painter.paint(context, above, style, scale);
        painter.paint(context, below, style, scale);
        painter.paint(context, strains, style, scale);
        cairo_surface_flush(surface);
        const auto end = Now::read();
        built.push_back(afterBuild.processor - begin.processor);
        drawn.push_back(afterDraw.processor - afterBuild.processor);
        painted.push_back(end.processor - afterDraw.processor);
        processor.push_back(end.processor - begin.processor);
        wall.push_back(end.wall - begin.wall);
    }
    print("scenes, processor time", built);
    print("draw lists, processor time", drawn);
    print("painting, processor time", painted);
    print("frame, processor time", processor);
    print("frame", wall);
    if (count > 2) cairo_surface_write_to_png(surface, words[2]);
    cairo_destroy(context);
    cairo_surface_destroy(surface);
}
