#include "gui/model/add_tracks.h"

#include "app/add_files.h"

#include <fmt/format.h>

namespace segue::gui {

AddedTracks addTracks(Album album, EditionId edition, std::span<const edit::NewSource> sources,
                      std::size_t position, Duration gap, const CdSettings& newCd)
{
    AddedTracks result{
        .proposal = {fmt::format("Add {} {}", sources.size(), sources.size() == 1 ? "track" : "tracks"),
                     Album{}},
        .edition = edition};
    const auto refuse = [&](const Error& error) {
        result.proposal.album = failure(error);
        result.tracks.clear();
        return result;
    };
    if (find(album, edition) == nullptr) {
        auto made = edit::addEdition(std::move(album), "CD", newCd);
        if (!made) return refuse(made.error());
        album = std::move(made->first);
        result.edition = made->second;
    }
    for (const edit::NewSource& source : sources) {
        const std::string title = titleFromFileName(Path{source.path});
        auto added = edit::addSource(std::move(album), source);
        if (!added) return refuse(added.error());
        auto track = edit::addTrack(std::move(added->first), added->second, {.title = title});
        if (!track) return refuse(track.error());
        auto placed = edit::insertEntry(std::move(track->first), result.edition, track->second, position++,
                                        {.gap = gap});
        if (!placed) return refuse(placed.error());
        album = std::move(*placed);
        result.tracks.push_back(track->second);
    }
    result.proposal.album = std::move(album);
    return result;
}

} // namespace segue::gui
