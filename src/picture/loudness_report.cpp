#include "picture/loudness_report.h"

#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace segue::picture {

namespace {

constexpr double curveHeight = 300, tilesHeight = 50, histogramShare = 0.2, between = 14;
constexpr double jumpWorthSaying = 6; ///< LU between the means of neighbours

std::string shown(const std::optional<double>& value, int decimals)
{
    return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}
std::optional<double> valueOf(const std::optional<Highest>& h)
{
    return h ? std::optional{h->value} : std::nullopt;
}

void drawCurves(DrawList& list, const LoudProgramme& programme, const Rect& box)
{
    const LoudScale scale = scaleOf(programme);
    const double histogram = std::round(box.width * histogramShare);
    const auto add = [&list](DrawList more) { std::ranges::move(more, std::back_inserter(list)); };
    add(loudnessCurve(programme, scale, {box.x, box.y, box.width - histogram - between, box.height}));
    add(loudnessHistogram(programme, scale, {box.right() - histogram, box.y, histogram, box.height}));
}

PageTable tableOf(const LoudProgramme& programme)
{
    const auto number = [](std::string head, double share) {
        return PageColumn{.head = std::move(head), .share = share, .align = Align::right, .digits = true};
    };
    PageTable table{.columns = {number("No", 5),
                                {.head = "Track", .share = 30},
                                number("Length", 12),
                                number("LUFS", 9),
                                number("\u00b1 album", 10),
                                number("LRA", 8),
                                number("max S", 9),
                                number("max M", 9),
                                number("dBTP", 9),
                                number("PLR", 8)}};
    const auto row = [&](std::string no, std::string name, const SoundFigures& f, bool isAlbum) {
        const auto& mean = programme.album.integrated;
        const bool over = f.truePeak && f.truePeak->value > 0;
        table.rows.push_back(
            {std::move(no),
             std::move(name),
             clockTime(f.length),
             shown(f.integrated, 1),
             isAlbum || !mean || !f.integrated ? PageCell{} : fmt::format("{:+.1f}", *f.integrated - *mean),
             shown(f.range, 1),
             shown(valueOf(f.shortTerm), 1),
             shown(valueOf(f.momentary), 1),
             {shown(valueOf(f.truePeak), 2), over ? Ink::error : Ink::text},
             shown(f.plr, 1)});
    };
    for (const LoudTrack& t : programme.tracks) row(fmt::format("{}", t.number), t.name, t.figures, false);
    row("", "Album", programme.album, true);
    return table;
}

} // namespace

std::vector<std::string> loudnessRemarks(const LoudProgramme& programme)
{
    std::vector<std::string> remarks;
    for (std::size_t i = 0; i < programme.tracks.size(); ++i) {
        const LoudTrack& t = programme.tracks[i];
        const SoundFigures& f = t.figures;
        const std::string who = fmt::format("{}. {}", t.number, t.name);
        if (f.truePeak && f.truePeak->value > 0)
            remarks.push_back(fmt::format("{}: the true peak passes full scale by {:.2f} dB at {}", who,
                                          f.truePeak->value, clockTime(f.truePeak->at)));
        if (f.clippedRuns > 0)
            remarks.push_back(
                f.clippedRuns == 1
                    ? fmt::format("{}: one run of samples stands at full scale", who)
                    : fmt::format("{}: {} runs of samples stand at full scale", who, f.clippedRuns));
        if (f.notFinite > 0)
            remarks.push_back(fmt::format("{}: {} samples are not numbers", who, f.notFinite));
        if (f.isBeyondMeasure)
            remarks.push_back(fmt::format(
                "{}: no level, because it holds samples that are infinite or over 300 dBFS", who));
        else if (!f.truePeak)
            remarks.push_back(fmt::format("{}: silence", who));
        if (i == 0 || !f.integrated || !programme.tracks[i - 1].figures.integrated) continue;
        const double jump = *f.integrated - *programme.tracks[i - 1].figures.integrated;
        if (std::fabs(jump) >= jumpWorthSaying)
            remarks.push_back(fmt::format("{}: {:.1f} LU {} than the track before", who, std::fabs(jump),
                                          jump > 0 ? "louder" : "softer"));
    }
    return remarks;
}

std::vector<DrawList> loudnessPages(const LoudnessReport& report, const TextWidth& widthOf)
{
    PageFlow flow{widthOf, report.foot};
    flow.title(report.title, report.below);
    flow.facts(report.facts);
    flow.picture(tilesHeight, [&](DrawList& list, const Rect& box) {
        std::ranges::move(figureTiles(report.programme.album, box), std::back_inserter(list));
    });
    flow.heading("Loudness from beginning to end");
    flow.picture(curveHeight,
                 [&](DrawList& list, const Rect& box) { drawCurves(list, report.programme, box); });
    flow.paragraph("Short-term loudness (3 s), each track with its mean; the dashed line is the album's. "
                   "At the right, how much of the time is how loud.",
                   Ink::dim);
    flow.heading("Tracks");
    flow.table(tableOf(report.programme));
    if (!report.remarks.empty()) {
        flow.heading("Worth a look");
        flow.list(report.remarks);
    }
    return flow.finish();
}

} // namespace segue::picture
