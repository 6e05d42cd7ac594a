#include "gui/model/levels_table.h"

#include "audio/render.h"

#include <fmt/format.h>

#include <set>

namespace segue::gui {

namespace {

/// Why an entry's samples are not all copied; each reason once.
std::string samplesOf(const RenderPlan& plan, std::size_t entry)
{
    std::set<SpanReason> reasons;
    bool copied = false;
    for (const RenderSpan& span : plan.spans) {
        if (span.entry != entry || span.kind == RenderSpan::Kind::silence) continue;
        if (span.kind == RenderSpan::Kind::copied)
            copied = true;
        else
            reasons.insert(span.reason);
    }
    if (reasons.empty()) return copied ? "copied bit for bit" : "silence";
    std::string words;
    for (const SpanReason reason : reasons)
        words += (words.empty() ? "" : ", ") + std::string{describe(reason)};
    return fmt::format("{}: {}", copied ? "dithered in parts" : "dithered", words);
}

} // namespace

std::vector<LevelsRow> levelsRows(const Layout& layout)
{
    std::vector<LevelsRow> rows;
    for (std::size_t p = 0; p < layout.timeline.pieces.size(); ++p) {
        const Piece& piece = layout.timeline.pieces[p];
        const SampleCount length = samplePlaces(*layout.album, piece, cdRate).length;
        const RenderPlan plan = planRender(*layout.album, piece, length, {});
        for (std::size_t e = 0; e < piece.entries.size(); ++e) {
            const PlacedEntry& entry = piece.entries[e];
            const Track& track = *find(*layout.album, entry.track);
            rows.push_back({.number = fmt::format("{}", numberOf(layout, {p, e})),
                            .title = displayTitle(track),
                            .hand = shownDecibels(track.gain.hand),
                            .balance = shownDecibels(track.gain.balance),
                            .edition = shownDecibels(entry.gain),
                            .sum = shownDecibels(track.gain.sum() + entry.gain),
                            .samples = samplesOf(plan, e)});
        }
    }
    return rows;
}

} // namespace segue::gui
