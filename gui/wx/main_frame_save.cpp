// Saving and closing. The disk is waited for on a thread of its own; the window says so and goes on.

#include "gui/wx/main_frame.h"

#include "gui/model/guarded.h"
#include "gui/wx/deliver_window.h"
#include "gui/wx/hand_over.h"
#include "gui/wx/modal_dialogs.h"
#include "gui/wx/preferences.h"
#include "gui/wx/strings.h"

#include <wx/filedlg.h>
#include <wx/msgdlg.h>

namespace segue::gui {

/// The place that somebody chose for the album; empty when nobody did.
Path MainFrame::askWhereToSave()
{
    const Path now = session_->path();
    const std::string name = editor_.album()->info.texts.title.value_or("Album") + ".segue";
    wxFileDialog dialog{this,
                        "Save the album",
                        wx(now.parent_path().string()),
                        wx(now.empty() ? name : now.filename().string()),
                        "Segue albums|*.segue",
                        wxFD_SAVE | wxFD_OVERWRITE_PROMPT};
    if (dialog.ShowModal() != wxID_OK) return {};
    Path path = utf8(dialog.GetPath());
    if (path.extension() == ".segue") return path;
    path += ".segue";
    // The dialog asked about the name without the ending.
    if (realFileOps().stat(path) &&
        wxMessageBox(wx(path.filename().string() + " is there already.\n\nReplace it? The file that "
                                                   "is there now stays as .bak."),
                     "Save the album", wxYES_NO | wxNO_DEFAULT | wxICON_WARNING, this) != wxYES)
        return {};
    return path;
}

/// \return false when nobody chose a place
bool MainFrame::save(bool as)
{
    takeTyped();
    Path path;
    if (as || session_->path().empty()) {
        path = askWhereToSave();
        if (path.empty()) return false;
    }
    // What is being written does not hold the latest edits; they follow.
    if (saving_) {
        saveAgain_ = true;
        if (!path.empty()) saveNextAs_ = path;
        return true;
    }
    startSave(SaveOver::refuse, path);
    return true;
}

void MainFrame::startSave(SaveOver over, const Path& as)
{
    auto work = session_->beginSave(over, as);
    if (!work) return saveFailed(work.error());
    saving_ = true;
    syncAll();
    auto shared = std::make_shared<SaveWork>(std::move(*work));
    const auto write = [this, shared, as] {
        shared->write();
        handOver(*this, [this, shared, as] { saved(std::move(*shared), as); });
    };
    // Without a thread the window waits for the disk: better than an album that cannot be saved.
    if (!startThread(saver_, "The album could not be saved", write)) write();
}

void MainFrame::saveFailed(const Error& error)
{
    closeAfterSave_ = saveAgain_ = false;
    syncAll();
    wxMessageBox(wx(sentence(error)), "The album was not saved", wxOK | wxICON_ERROR, this);
}

void MainFrame::saved(SaveWork work, const Path& as)
{
    saving_ = false;
    const bool someoneElse = work.someoneElseSaved();
    if (const Status done = session_->finishSave(std::move(work)); !done) {
        if (!someoneElse) return saveFailed(done.error());
        const int answer =
            wxMessageBox(wx(sentence(done.error()) +
                            "\n\nSave over it all the same? The file that is there now stays as .bak."),
                         "Save", wxYES_NO | wxNO_DEFAULT | wxICON_WARNING, this);
        if (answer == wxYES) return startSave(SaveOver::anyway, as);
        closeAfterSave_ = saveAgain_ = false;
        return syncAll();
    }
    settings().rememberFile(std::filesystem::absolute(session_->path()).string());
    editor_.say("Saved " + session_->path().filename().string());
    syncAll();
    if (std::exchange(saveAgain_, false)) return startSave(SaveOver::refuse, std::exchange(saveNextAs_, {}));
    if (std::exchange(closeAfterSave_, false)) Close();
}

void MainFrame::close(wxCloseEvent& event)
{
    // While a question about it is open, the answer decides; the window must not go from under the question.
    if (closing_) {
        if (event.CanVeto()) event.Veto();
        return;
    }
    // So must a dialog of any kind that waits for an answer; it closes behind it.
    if (modalDialogs() > 0 && event.CanVeto()) {
        closeLater_ = true;
        event.Veto();
        return;
    }
    closing_ = true;
    if (mayClose(event)) {
        if (event.CanVeto()) session_->abandon();
        timer_.Stop();
        line_->cut(); // what threads have to say has nobody to hear it
        Destroy();
        return; // and nothing closes it again
    }
    event.Veto();
    closing_ = false;
}

bool MainFrame::mayClose(const wxCloseEvent& event)
{
    if (deliver_ != nullptr && deliver_->busy() && event.CanVeto()) {
        wxMessageBox("A DDP is being written. Wait until it is finished, or cancel it in its window.",
                     "Not closed yet", wxOK | wxICON_INFORMATION, this);
        if (deliver_ != nullptr) deliver_->Raise();
        return false;
    }
    takeTyped();
    if (saving_ && event.CanVeto()) {
        closeAfterSave_ = true;
        showInfo("Saving \u2026 the window closes when the album is on the disk");
        return false;
    }
    if (session_->modified() && event.CanVeto()) {
        wxMessageDialog question{this, "Save the changes before closing?", "Segue",
                                 wxYES_NO | wxCANCEL | wxICON_QUESTION};
        question.SetExtendedMessage(wx("Unsaved: " + std::string{session_->undoLabel()}));
        question.SetYesNoCancelLabels("Save", "Discard", "Cancel");
        const int answer = question.ShowModal();
        if (answer == wxID_YES) {
            closeAfterSave_ = true; // unless it fails at once
            if (!save(false)) closeAfterSave_ = false;
        }
        if (answer != wxID_NO) return false;
    }
    return true;
}

} // namespace segue::gui
