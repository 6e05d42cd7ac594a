// From a finding to where it is, to the cell it is put right in, or straight to right.

#include "gui/wx/main_frame.h"

#include "gui/model/fixes.h"
#include "gui/model/sign_offs.h"
#include "gui/wx/checks_panel.h"
#include "gui/wx/metadata_panel.h"
#include "gui/wx/strings.h"
#include "gui/wx/timeline_canvas.h"
#include "gui/wx/track_table_view.h"

#include <wx/notebook.h>
#include <wx/textdlg.h>

namespace segue::gui {

void MainFrame::goToFinding(const Finding& finding)
{
    if (editor_.empty()) return;
    if (const auto track = trackOfFinding(editor_.layout(), finding)) {
        editor_.view.select(*track);
        if (const auto place = placeOf(editor_.layout(), *track)) editor_.view.piece = place->piece;
        editor_.revealFocus();
    }
    if (finding.where.frame) {
        editor_.view.cursor = instantOf(*finding.where.frame);
        editor_.reveal(editor_.view.cursor);
    }
    syncAll();
    showInfo(finding.message + (finding.fix.empty() ? "" : " \u00b7 " + finding.fix));
}

void MainFrame::acceptFinding(const Finding& finding)
{
    if (finding.accepted) {
        editor_.take(withdraw(*editor_.album(), editor_.view.edition, finding));
        return;
    }
    wxTextEntryDialog dialog{this, wx(finding.message + ".\n\nA note, for the project and the reports:"),
                             "Heard and accepted"};
    if (dialog.ShowModal() != wxID_OK) return;
    editor_.take(accept(*editor_.album(), editor_.view.edition, finding, utf8(dialog.GetValue())));
}

void MainFrame::goToMoment(TrackId track, Duration inTrack, bool play)
{
    const auto place = editor_.empty() ? std::nullopt : placeOf(editor_.layout(), track);
    if (!place) return;
    editor_.view.select(track);
    editor_.view.piece = place->piece;
    editor_.view.cursor = editor_.layout().piece(place->piece)->entries[place->entry].start + inTrack;
    editor_.reveal(editor_.view.cursor);
    sound_->seek();
    syncAll();
    if (play && !sound_->state().playing) run(Action::playStop);
}

void MainFrame::goToCell(const Finding& finding)
{
    goToFinding(finding);
    Raise();
    const FixPlace place = placeToFix(finding);
    if (const auto* field = std::get_if<AlbumField>(&place)) {
        tabs_->SetSelection(static_cast<std::size_t>(tabs_->FindPage(metadata_)));
        metadata_->goTo(*field);
        return;
    }
    const auto* column = std::get_if<Column>(&place);
    const auto rows = editor_.selectedRows();
    if (column == nullptr || rows.size() != 1) {
        timeline_->SetFocus();
        return;
    }
    tabs_->SetSelection(static_cast<std::size_t>(tabs_->FindPage(tracks_)));
    tracks_->editCell(rows.front(), *column);
}

std::optional<std::string> MainFrame::fixWords(const Finding& finding) const
{
    if (editor_.edition() == nullptr) return {};
    const auto fix = fixFor(editor_.table(), finding);
    return fix ? std::optional{fix->label} : std::nullopt;
}

void MainFrame::fixIt(const Finding& finding)
{
    if (editor_.edition() == nullptr) return;
    // The finding may be of before; what is done is made from the album as it is.
    auto fix = fixFor(editor_.table(), finding);
    if (!fix) return showInfo("Nothing to fix here any more");
    if (const auto* action = std::get_if<Action>(&fix->act)) return run(*action);
    goToFinding(finding);
    editor_.take(std::move(std::get<Proposal>(fix->act)));
}

} // namespace segue::gui
