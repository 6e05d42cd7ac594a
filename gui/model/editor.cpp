#include "gui/model/editor.h"

#include "album/check_album.h"
#include "album/edit.h"
#include "album/sign_off.h"
#include "deliver/ddp_export.h"
#include "gui/model/joint_reach.h"
#include "gui/model/track_edits.h"

#include <fmt/format.h>

namespace segue::gui {

Findings findingsOf(const Album& album, const Edition& edition)
{
    if (edition.entries.empty()) return {};
    if (std::holds_alternative<CdSettings>(edition.medium)) return checkAlbum(album, edition, {}).findings;
    return checkEdition(album, edition);
}

Editor::Editor(Session& session, std::function<void()> changed)
    : session_{session}, changed_{std::move(changed)}
{
    view.edition = session.edition();
    rebuild();
    listener_ = session.addListener([this](const Album&, const Album&) { sessionChanged(); });
    if (!empty()) view.select(edition()->entries.front().track);
}

Editor::~Editor() { session_.removeListener(listener_); }

void Editor::rebuild()
{
    ++revision_;
    album_ = session_.album();
    if (edition() == nullptr) view.edition = session_.edition();
    const Edition* e = edition();
    findings_.clear();
    if (e == nullptr) {
        table_.reset();
        return;
    }
    findings_ = findingsOf(*album_, *e);
    findings_.insert(findings_.end(), fileFindings_.begin(), fileFindings_.end());
    findings_.insert(findings_.end(), soundFindings_.begin(), soundFindings_.end());
    applySignOffs(*album_, *e, findings_);
    table_ = std::make_unique<TableSource>(
        tableSource(*album_, view.edition, findings_, view.times, view.timeStyle));
    const auto there = [&](TrackId t) { return find(*e, t) != nullptr; };
    std::erase_if(view.selected, [&](TrackId t) { return !there(t); });
    if (view.focus && !there(*view.focus)) view.focus.reset();
    if (!view.focus && !view.selected.empty()) view.focus = view.selected.front();
    if (view.mark &&
        (view.focus != view.mark->track || view.mark->index >= find(*album_, *view.focus)->indexes.size()))
        view.mark.reset();
    const auto jointPlace = view.joint ? placeOf(layout(), *view.joint) : std::nullopt;
    if (!jointPlace || jointPlace->entry == 0) view.joint.reset();
    view.jointPoint = view.joint ? jointPoint(layout(), *view.joint, view.jointPoint) : std::nullopt;
    const std::size_t pieces = layout().timeline.pieces.size();
    if (view.piece >= pieces) view.piece = pieces == 0 ? 0 : pieces - 1;
    // Keys act on the focused track, so it is on the disc that is shown.
    if (const auto place = view.focus ? placeOf(layout(), *view.focus) : std::nullopt)
        view.piece = place->piece;
}

void Editor::sessionChanged()
{
    rebuild();
    changed_();
}

void Editor::setFileFindings(Findings findings)
{
    if (findings == fileFindings_) return;
    fileFindings_ = std::move(findings);
    sessionChanged();
}

void Editor::setSoundFindings(Findings findings)
{
    if (findings == soundFindings_) return;
    soundFindings_ = std::move(findings);
    sessionChanged();
}

void Editor::say(std::string words, bool isError)
{
    message_ = std::move(words);
    messageIsError_ = isError;
}

void Editor::tell(std::string words, bool isError)
{
    say(std::move(words), isError);
    changed_();
}

bool Editor::take(Proposal proposal)
{
    const std::string label = proposal.label;
    if (proposal.gesture.empty() || proposal.gesture != gesture_) beforeGesture_ = album_;
    gesture_ = proposal.gesture;
    if (auto s = session_.apply(proposal.label, std::move(proposal.album), std::move(proposal.gesture)); !s) {
        say(sentence(s.error()), true);
        changed_();
        return false;
    }
    say(label);
    return true;
}

void Editor::takeBackGesture()
{
    const bool did = !gesture_.empty() && *beforeGesture_ != *album_;
    endGesture();
    if (did) session_.takeBack();
    say("Taken back");
    changed_();
}

void Editor::endGesture()
{
    session_.endGesture();
    gesture_.clear();
    beforeGesture_.reset();
}

std::string Editor::who(TrackId track) const
{
    const auto place = placeOf(layout(), track);
    return place ? fmt::format("track {}", numberOf(layout(), *place)) : "the track";
}

std::vector<TrackId> Editor::selection() const
{
    std::vector<TrackId> tracks;
    if (const Edition* e = edition())
        for (const Entry& entry : e->entries)
            if (view.isSelected(entry.track)) tracks.push_back(entry.track);
    return tracks;
}

std::vector<std::size_t> Editor::selectedRows() const
{
    std::vector<std::size_t> rows;
    if (const Edition* e = edition())
        for (std::size_t i = 0; i < e->entries.size(); ++i)
            if (view.isSelected(e->entries[i].track)) rows.push_back(i);
    return rows;
}

void Editor::selectRow(std::size_t row)
{
    if (empty() || row >= edition()->entries.size()) return;
    view.select(edition()->entries[row].track);
    if (const auto place = placeOf(layout(), *view.focus)) view.piece = place->piece;
}

void Editor::removeEdition()
{
    if (edition() == nullptr) return;
    if (album_->editions.size() < 2) return tell("This is the album\u2019s only edition; it stays", true);
    if (take({"Remove the edition", edit::removeEdition(*album_, view.edition)}))
        chooseEdition(album_->editions.front().id);
}

void Editor::chooseEdition(EditionId id)
{
    session_.chooseEdition(id);
    if (view.edition != id) {
        // Places of one edition mean nothing in another.
        view.range.reset();
        view.joint.reset();
        view.cursor = {};
    }
    view.edition = id;
    view.piece = 0;
    sessionChanged();
    showAlbum();
}

void Editor::setTimeStyle(TimeStyle style)
{
    if (view.timeStyle == style) return;
    view.timeStyle = style;
    sessionChanged();
}

const PlacedEntry* Editor::focused() const
{
    if (empty() || !view.focus) return nullptr;
    const auto place = placeOf(layout(), *view.focus);
    return place ? &layout().timeline.pieces[place->piece].entries[place->entry] : nullptr;
}

Duration Editor::shownLength() const
{
    const Piece* piece = empty() ? nullptr : layout().piece(view.piece);
    return std::max(seconds(1), piece == nullptr ? Duration{} : piece->end - Instant{});
}

void Editor::reveal(Instant at)
{
    const double x = view.axis.x(at);
    if (x >= 0 && x <= width) return;
    view.axis.left = at - view.axis.length(width * 0.2);
    view.wholeDisc = false;
}

void Editor::revealFocus()
{
    const PlacedEntry* entry = focused();
    if (entry == nullptr) return;
    view.piece = placeOf(layout(), entry->track)->piece;
    const double from = view.axis.x(entry->start), to = view.axis.x(entry->end);
    if (to >= 40 && from <= width - 40) return;
    view.axis.left = entry->start - view.axis.length(width * 0.2);
    view.wholeDisc = false;
}

void Editor::showAlbum()
{
    const Duration length = shownLength();
    view.axis.flicksPerPixel = static_cast<double>(length.value()) / std::max(100.0, width - 40);
    view.axis.left = Instant{} - view.axis.length(12);
    view.wholeDisc = true;
}

void Editor::showJoint()
{
    const PlacedEntry* entry = focused();
    if (entry == nullptr || entry->position == 0) return;
    if (placeOf(layout(), entry->track)->entry == 0) {
        say("The first track of a disc or side has no joint before it", true);
        return;
    }
    if (view.joint != entry->track) view.jointPoint = jointPoint(layout(), entry->track, {});
    view.joint = entry->track;
    const Instant from = entry->start - std::max(Duration{}, entry->joint.gap),
                  to = entry->start + entry->overlap();
    const Duration around = std::max(seconds(2), Duration{(to - from).value() / 2});
    view.axis.flicksPerPixel =
        static_cast<double>((to - from + around + around).value()) / std::max(100.0, width);
    view.axis.left = from - around;
    view.wholeDisc = false;
}

void Editor::zoom(double factor, double x)
{
    view.wholeDisc = false;
    view.axis = view.axis.zoomed(factor, x);
    const Instant earliest = Instant{} - view.axis.length(12);
    if (view.axis.left < earliest) view.axis.left = earliest;
}

} // namespace segue::gui
