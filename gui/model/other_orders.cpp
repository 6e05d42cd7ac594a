#include "gui/model/other_orders.h"

#include "album/edit.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::gui {

std::string orderWords(const vinyl::OrderSuggestion& order)
{
    return fmt::format("{:+.1f} dB level, {:.1f} points better: {}", order.gains, order.improves,
                       order.words);
}

Proposal takeOrder(const Album& album, const vinyl::PlannedRecord& record,
                   const vinyl::OrderSuggestion& order)
{
    const std::string label = "Take another order";
    const Edition* edition = find(album, record.edition);
    const bool same = edition != nullptr && std::ranges::equal(edition->entries, record.programme.tracks, {},
                                                               &Entry::track, &vinyl::ProgrammeTrack::id);
    if (!same) return {label, failure("The album changed meanwhile; look for other orders again")};
    // Breaks stand at places in the count: they go first, so that none parts what is kept together.
    Result<Album> changed = album;
    for (const Entry& entry : edition->entries)
        if (changed && entry.breakBefore != Break::none)
            changed = edit::setBreak(std::move(*changed), record.edition, entry.track, Break::none);
    std::vector<TrackId> tracks;
    for (const std::size_t track : order.order) tracks.push_back(record.programme.tracks[track].id);
    if (changed) changed = edit::reorder(std::move(*changed), record.edition, tracks);
    for (const std::size_t first : order.breaks)
        if (changed)
            changed = edit::setBreak(std::move(*changed), record.edition, tracks[first], Break::side);
    return {label, std::move(changed)};
}

} // namespace segue::gui
