#include "picture/intake_report.h"

#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::picture {

namespace {

using Level = Finding::Level;

std::string shown(const std::optional<double>& value, int decimals)
{
    return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}

Ink inkOf(const IntakeMix& mix)
{
    return mix.count(Level::error) > 0 ? Ink::error : mix.count(Level::warning) > 0 ? Ink::accent : Ink::good;
}

PageTable tableOf(const std::vector<IntakeMix>& mixes)
{
    const auto number = [](std::string head, double share) {
        return PageColumn{.head = std::move(head), .share = share, .align = Align::right, .digits = true};
    };
    PageTable table{.columns = {number("No", 5),
                                {.head = "Mix", .share = 30},
                                {.head = "Format", .share = 27},
                                number("Length", 13),
                                number("LUFS", 9),
                                number("dBFS", 10),
                                number("dBTP", 10),
                                number("PLR", 8),
                                {.head = "", .share = 12}}};
    for (std::size_t i = 0; i < mixes.size(); ++i) {
        const IntakeMix& mix = mixes[i];
        const SoundFigures& f = mix.figures;
        const auto peak = f.samplePeak ? std::optional{f.samplePeak->value} : std::nullopt;
        const auto room = mix.headroom();
        table.rows.push_back({fmt::format("{}", i + 1),
                              mix.name,
                              mix.formatWords(),
                              mix.read ? clockTime(f.length) : "-",
                              shown(f.integrated, 1),
                              shown(peak, 2),
                              {shown(room ? std::optional{-*room} : std::nullopt, 2),
                               room && *room < 0 ? Ink::error : Ink::text},
                              shown(f.plr, 1),
                              {verdict(mix), inkOf(mix)}});
    }
    return table;
}

std::string sentenceOf(const IntakeRemark& r)
{
    return r.whatToDo.empty() ? r.sentence + "." : fmt::format("{}: {}.", r.sentence, r.whatToDo);
}

} // namespace

std::string verdict(const IntakeMix& mix)
{
    return mix.count(Level::error) > 0 ? "put right" : mix.count(Level::warning) > 0 ? "listen" : "ready";
}

std::vector<DrawList> intakePages(const IntakeReport& report, const TextWidth& widthOf)
{
    PageFlow flow{widthOf, report.foot};
    flow.title(report.title, report.below);
    const auto with = [&](const std::string& words) {
        return std::ranges::count_if(report.mixes, [&](const IntakeMix& m) { return verdict(m) == words; });
    };
    flow.paragraph(
        fmt::format("{} {}: {} ready, {} with places to listen to, {} to put right before mastering.",
                    report.mixes.size(), report.mixes.size() == 1 ? "mix" : "mixes", with("ready"),
                    with("listen"), with("put right")));
    flow.table(tableOf(report.mixes));
    if (const auto all = remarksOnAll(report.mixes); !all.empty()) {
        flow.heading("About all of them");
        flow.list(all);
    }
    for (std::size_t i = 0; i < report.mixes.size(); ++i) {
        const IntakeMix& mix = report.mixes[i];
        if (mix.remarks.empty()) continue;
        flow.heading(fmt::format("{}. {}", i + 1, mix.name));
        for (const auto& [level, ink] :
             {std::pair{Level::error, Ink::error}, {Level::warning, Ink::text}, {Level::note, Ink::dim}}) {
            std::vector<std::string> sentences;
            for (const IntakeRemark& r : mix.remarks)
                if (r.level == level) sentences.push_back(sentenceOf(r));
            if (!sentences.empty()) flow.list(sentences, ink);
        }
    }
    flow.space(8);
    flow.paragraph("Found by a program that knows figures; an ear knows music. Times are counted from the "
                   "file's first sample.",
                   Ink::dim);
    return flow.finish();
}

} // namespace segue::picture
