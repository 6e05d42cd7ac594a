// Where sides and discs begin, and which tracks no side comes between.
#include "album/edit.h"
#include "gui/model/editor.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::gui {

namespace {

bool isVinyl(const Edition& edition) { return std::holds_alternative<VinylSettings>(edition.medium); }

} // namespace

bool Editor::runOnBreaks(Action action)
{
    const PlacedEntry* entry = focused();
    if (action == Action::keepTogether) {
        keepTogether();
        return true;
    }
    if (action != Action::discBreak) return false;
    if (entry == nullptr) return true;
    const Break now = find(*edition(), entry->track)->breakBefore;
    const bool sides = isVinyl(*edition());
    const char* const piece = sides ? "side" : "disc";
    take({now == Break::none ? fmt::format("New {} from {}", piece, who(entry->track))
                             : fmt::format("Join the {}s", piece),
          edit::setBreak(*album_, view.edition, entry->track,
                         now != Break::none ? Break::none
                         : sides            ? Break::side
                                            : Break::disc)});
    revealFocus();
    return true;
}

std::vector<TrackId> Editor::followersToKeep() const
{
    std::vector<TrackId> followers;
    if (edition() == nullptr || !isVinyl(*edition())) return followers;
    const auto& entries = edition()->entries;
    for (std::size_t i = 1; i < entries.size(); ++i)
        if (view.isSelected(entries[i].track) && view.isSelected(entries[i - 1].track))
            followers.push_back(entries[i].track);
    const PlacedEntry* entry = focused();
    if (followers.empty() && entry != nullptr && entry->position > 0) followers.push_back(entry->track);
    return followers;
}

bool Editor::keptTogether() const
{
    const auto followers = followersToKeep();
    return !followers.empty() && std::ranges::all_of(followers, [this](TrackId track) {
        return find(*edition(), track)->keepWithPrevious;
    });
}

void Editor::keepTogether()
{
    const auto followers = followersToKeep();
    if (followers.empty()) return;
    const bool keep = !keptTogether();
    Result<Album> changed = *album_;
    for (const TrackId track : followers)
        if (changed) changed = edit::setKeepWithPrevious(std::move(*changed), view.edition, track, keep);
    const auto position = [this](TrackId track) {
        return std::ranges::find(edition()->entries, track, &Entry::track);
    };
    const std::string pair =
        fmt::format("{} and {}", who(std::prev(position(followers.front()))->track), who(followers.back()));
    const std::string which = followers.size() == 1 ? pair : fmt::format("{} tracks", followers.size() + 1);
    take({keep ? fmt::format("Keep {} together", which) : fmt::format("Release {}", which),
          std::move(changed)});
}

} // namespace segue::gui
