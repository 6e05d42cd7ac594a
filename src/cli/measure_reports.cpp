#include "cli/measure_reports.h"

#include "core/text.h"
#include "core/time_text.h"
#include "deliver/paint_pages.h"
#include "picture/intake_report.h"
#include "picture/loudness_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::cli {

namespace {

std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string all;
    for (const std::string_view part : parts)
        if (!part.empty()) all += fmt::format("{}{}", all.empty() ? "" : " \u00b7 ", part);
    return all;
}

std::string shown(const std::optional<double>& value, int decimals)
{
    return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}

} // namespace

PrintedReport loudnessReportOf(const Album& album, const Edition& edition, const EditionScan& scan,
                               const Measured& measured)
{
    const AlbumInfo& info = album.info;
    picture::LoudnessReport report{
        .title = info.texts.title.value_or("untitled"),
        .below = joined({info.texts.performer.value_or(""), edition.name}),
        .facts = {{"Catalogue number", info.catalog},
                  {"UPC/EAN", info.upc ? info.upc->digits() : ""},
                  {"Date", info.date},
                  {"Mastered by", joined({info.engineer, info.studio})},
                  {"Measured at", fmt::format("{} Hz, as rendered", scan.rate.hertz())},
                  {"Loudness", "EBU R 128, ITU-R BS.1770-4"}},
        .programme = picture::loudProgramme(picture::namedPassages(album, scan))};
    report.foot = joined({report.title, edition.name, "loudness"});
    report.remarks = picture::loudnessRemarks(report.programme);
    PrintedReport printed{
        .title = joined({report.title, "loudness"}),
        .pages = picture::loudnessPages(report, printedWidth()),
        .text = fmt::format("{}\n{}\n\n{}", report.title, report.below, measuredText(measured))};
    if (!report.remarks.empty()) printed.text += "\nWORTH A LOOK\n";
    for (const std::string& remark : report.remarks) printed.text += remark + "\n";
    return printed;
}

std::string intakeText(const std::vector<IntakeMix>& mixes)
{
    std::string text;
    for (std::size_t i = 0; i < mixes.size(); ++i) {
        const IntakeMix& mix = mixes[i];
        const auto room = mix.headroom();
        text += fmt::format("{}. {}: {}\n", i + 1, escapedForDisplay(mix.name), picture::verdict(mix));
        if (mix.read)
            text += fmt::format("   {}, {}, {} LUFS, true peak {} dBTP\n", mix.formatWords(),
                                clockTime(mix.figures.length), shown(mix.figures.integrated, 1),
                                shown(room ? std::optional{-*room} : std::nullopt, 2));
        for (const IntakeRemark& r : mix.remarks) {
            text += fmt::format("   {:<8} {}{}\n", name(r.level), r.sentence,
                                r.rule.empty() ? "" : fmt::format(" ({})", r.rule));
            if (!r.whatToDo.empty()) text += fmt::format("            what to do: {}\n", r.whatToDo);
        }
    }
    for (const std::string& remark : remarksOnAll(mixes)) text += remark + "\n";
    return text;
}

PrintedReport intakeReportOf(std::vector<IntakeMix> mixes, const std::string& folder)
{
    const std::string title = "Mixes for mastering";
    PrintedReport printed{.title = title,
                          .text = fmt::format("{}\n{}\n\n{}", title, folder, intakeText(mixes))};
    printed.pages = picture::intakePages(
        {.title = title, .below = folder, .mixes = std::move(mixes), .foot = joined({title, folder})},
        printedWidth());
    return printed;
}

} // namespace segue::cli
