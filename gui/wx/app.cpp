// segue-editor: the program. Opens the albums named on the command line, or an empty window.

#include "album/edit.h"
#include "app/open_input.h"
#include "gui/model/ends_beside.h"
#include "gui/model/guarded.h"
#include "gui/wx/gtk_keys.h"
#include "gui/wx/main_frame.h"
#include "gui/wx/modal_dialogs.h"
#include "gui/wx/preferences.h"
#include "gui/wx/session_setup.h"
#include "gui/wx/strings.h"
#include "gui/wx/trace.h"
#include "project/recovery.h"

#include <fmt/format.h>
#include <wx/app.h>
#include <wx/cmdline.h>
#include <wx/datetime.h>
#include <wx/msgdlg.h>
#include <wx/stdpaths.h>
#include <wx/utils.h>

#include <cstdlib>
#include <exception>

namespace segue::gui {

namespace {

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

Album emptyAlbum()
{
    auto made = edit::addEdition({}, "CD", settings().newCd());
    return made ? std::move(made->first) : Album{};
}

MainFrame* show(std::unique_ptr<Session> session, Findings opening = {})
{
    auto* frame = new MainFrame{std::move(session), std::move(opening)};
    frame->Show();
    return frame;
}

std::chrono::year_month_day today()
{
    const wxDateTime now = wxDateTime::Now();
    return {std::chrono::year{now.GetYear()}, std::chrono::month{static_cast<unsigned>(now.GetMonth()) + 1},
            std::chrono::day{static_cast<unsigned>(now.GetDay())}};
}

/// What a crash left is offered, never forced: restore, look later, or discard.
std::unique_ptr<Session> offerRecovery(const Path& project)
{
    SessionSetup setup = sessionSetup();
    if (setup.state.empty()) return nullptr;
    for (const Recovery& found : findRecovery(*setup.files, setup.state, project, setup.stillRuns)) {
        if (found.edits == 0 || found.alreadySaved || found.setAside()) continue;
        const std::string what = found.last.empty() ? "" : "\nThe last one: " + found.last.back().label;
        wxMessageDialog question{nullptr,
                                 wx(fmt::format("{} {} not saved when Segue ended.", found.edits,
                                                found.edits == 1 ? "edit was" : "edits were")),
                                 "Recover unsaved work?", wxYES_NO | wxCANCEL | wxICON_QUESTION};
        question.SetExtendedMessage(
            wx((found.origin.project.empty() ? std::string{"An album that was never saved."}
                                             : found.origin.project.string()) +
               what + (found.projectChanged ? "\nThe saved file changed since then." : "")));
        question.SetYesNoCancelLabels("Restore", "Discard", "Not now");
        const int answer = question.ShowModal();
        if (answer == wxID_CANCEL) continue;
        if (answer == wxID_NO) {
            static_cast<void>(discardRecovery(*setup.files, found, today()));
            continue;
        }
        auto session = Session::openRecovered(sessionSetup(), found);
        if (session) return std::move(*session);
        wxMessageBox(wx(sentence(session.error())), "The edits could not be restored", wxOK | wxICON_ERROR);
    }
    return nullptr;
}

} // namespace

class EditorApp : public wxApp {
public:
    bool OnInit() override
    {
        SetAppName("segue-editor");
        SetAppDisplayName("Segue");
        if (!wxApp::OnInit()) return false;
        watchModalDialogs();
        trace::begin();
        forgetEmojiKeys();
        settings().applyLook();
        const SessionSetup setup = sessionSetup();
        if (!setup.state.empty()) removeOldDiscarded(*setup.files, setup.state, today());
        int opened = 0;
        for (const wxString& path : paths_) {
            const Status tried = guarded("This could not be opened", [&] {
                if (openWindow(utf8(path)) != nullptr) ++opened;
            });
            if (!tried) wxMessageBox(wx(sentence(tried.error())), "Segue", wxOK | wxICON_ERROR);
        }
        if (opened == 0) newWindow();
        return true;
    }
    /// What an event throws (memory, most of all) costs that event, not the album.
    bool OnExceptionInMainLoop() override
    {
        const auto again = std::current_exception();
        const Status said = guarded("This could not be done", [&] { std::rethrow_exception(again); });
        if (!said) wxMessageBox(wx(sentence(said.error())), "Segue", wxOK | wxICON_ERROR);
        return true;
    }
    int OnExit() override
    {
        trace::end();
        awaitEnds();
        return wxApp::OnExit();
    }
    void OnInitCmdLine(wxCmdLineParser& parser) override
    {
        wxApp::OnInitCmdLine(parser);
        parser.AddParam("ALBUM.segue", wxCMD_LINE_VAL_STRING,
                        wxCMD_LINE_PARAM_OPTIONAL | wxCMD_LINE_PARAM_MULTIPLE);
    }
    bool OnCmdLineParsed(wxCmdLineParser& parser) override
    {
        for (std::size_t i = 0; i < parser.GetParamCount(); ++i) paths_.push_back(parser.GetParam(i));
        return wxApp::OnCmdLineParsed(parser);
    }

private:
    std::vector<wxString> paths_;
};

SessionSetup sessionSetup() { return realSetup(environment("XDG_STATE_HOME"), environment("HOME")); }

Path sampleAlbum()
{
    const Path program = utf8(wxStandardPaths::Get().GetExecutablePath());
    const char* const name = "Harbour Lights.segue";
    for (const Path& folder : {program.parent_path() / "sample-album",
                               program.parent_path().parent_path() / "share/segue/sample-album"})
        if (realFileOps().stat(folder / name)) return folder / name;
    return program.parent_path() / "sample-album" / name;
}

MainFrame* newWindow()
{
    if (auto recovered = offerRecovery({})) return show(std::move(recovered));
    return show(Session::newAlbum(sessionSetup(), emptyAlbum()));
}

MainFrame* openWindow(const Path& path)
{
    const auto fail = [](const Error& error) -> MainFrame* {
        wxMessageBox(wx(sentence(error)), "Segue cannot open this", wxOK | wxICON_ERROR);
        return nullptr;
    };
    const auto kind = inputKind(realFileOps(), path);
    if (!kind) return fail(kind.error());
    if (*kind == InputKind::album) {
        if (auto recovered = offerRecovery(path)) return show(std::move(recovered));
        auto session = Session::open(sessionSetup(), path);
        if (!session) return fail(session.error());
        if ((*session)->otherWindow()) {
            const int answer = wxMessageBox(
                "This album is open in another window or on another machine.\n\nOpen it to read only? (No: "
                "edit it all the same; saving over somebody else's changes will be refused.)",
                "Already open", wxYES_NO | wxICON_WARNING);
            if (answer == wxNO) (*session)->editAnyway();
        }
        settings().rememberFile(std::filesystem::absolute(path).string());
        return show(std::move(*session));
    }
    auto input = openInput(realFileOps(), path, {});
    if (!input) return fail(input.error());
    return show(Session::newAlbum(sessionSetup(), std::move(input->project.album)),
                std::move(input->findings));
}

} // namespace segue::gui

wxIMPLEMENT_APP(segue::gui::EditorApp);
