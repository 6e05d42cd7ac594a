// Tracks copied, cut, pasted and doubled. On the clipboard they are a small album in the project's own text.

#include "album/edit.h"
#include "album/edit_paste.h"
#include "gui/model/editor.h"
#include "project/project_file.h"

#include <fmt/format.h>

namespace segue::gui {

namespace {

/// Paths on the clipboard are from the root, wherever the projects are.
const Path root{"/"};

std::string tracksWord(std::size_t count) { return count == 1 ? "track" : "tracks"; }

} // namespace

std::string Editor::copiedTracks() const
{
    if (edition() == nullptr || selection().empty()) return {};
    const auto text = formatProject(edit::onlyTracks(*album_, view.edition, selection()), root);
    return text ? *text : std::string{};
}

bool Editor::insertTracks(const std::string& verb, const Album& from)
{
    if (edition() == nullptr) return false;
    const std::vector<std::size_t> rows = selectedRows();
    const std::size_t position = rows.empty() ? edition()->entries.size() : rows.back() + 1;
    auto pasted = edit::pasteTracks(*album_, view.edition, position, from);
    if (!pasted) return take({verb, failure(pasted.error())});
    const std::vector<TrackId> tracks = std::move(pasted->tracks);
    const int left = pasted->isrcsLeftOut;
    const std::string label = fmt::format("{} {} {}", verb, tracks.size(), tracksWord(tracks.size()));
    if (!take({label, std::move(pasted->album)})) return false;
    view.selected = tracks;
    view.mark.reset();
    view.focus = tracks.front();
    revealFocus();
    if (left == 1) say(label + " \u00b7 without its ISRC, which names one recording");
    if (left > 1) say(fmt::format("{} \u00b7 without {} ISRCs, which name one recording each", label, left));
    changed_();
    return true;
}

bool Editor::pasteTracks(const std::string& text)
{
    const auto project = parseProject(text, root, "the clipboard");
    if (!project) {
        tell(sentence(project.error()), true);
        return false;
    }
    return insertTracks("Paste", project->album);
}

void Editor::duplicate() { insertTracks("Duplicate", edit::onlyTracks(*album_, view.edition, selection())); }

void Editor::removeSelected(const std::string& verb)
{
    const std::size_t position = selectedRows().front();
    eachSelected(selection().size() == 1 ? fmt::format("{} {}", verb, who(selection().front()))
                                         : fmt::format("{} {} tracks", verb, selection().size()),
                 [&](Album a, TrackId t) { return edit::removeEntry(std::move(a), view.edition, t); });
    // The next one is at hand, so that Delete struck again goes on.
    if (selection().empty() && !empty()) selectRow(std::min(position, edition()->entries.size() - 1));
    changed_();
}

void Editor::cut()
{
    if (!selection().empty()) removeSelected("Cut");
}

} // namespace segue::gui
