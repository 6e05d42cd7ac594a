// Files in and out: albums opened and saved, audio added and found again, the DDP delivered.

#include "gui/wx/main_frame.h"

#include "gui/model/add_tracks.h"
#include "gui/model/guarded.h"
#include "gui/wx/deliver_window.h"
#include "gui/wx/preferences.h"
#include "gui/wx/strings.h"

#include "album/edit.h"
#include "app/source_states.h"
#include "audio/render.h"

#include <fmt/format.h>
#include <wx/filedlg.h>
#include <wx/msgdlg.h>

namespace segue::gui {

namespace {

Findings findingsOf(const std::vector<SourceState>& states)
{
    Findings findings;
    for (const SourceState& state : states) {
        if (state.state == SourceState::State::present) continue;
        if (state.state == SourceState::State::missing) {
            findings.push_back(finding(audioRule("AUDIO.MISSING"), "The audio file is not where it was",
                                       {.file = state.path},
                                       "put it back, or show where it is: File, Find a missing file"));
        } else {
            // Whether its sound changed is found out by the export; the time alone is no error.
            findings.push_back(
                finding(audioRule("AUDIO.CHANGED"), "The audio file was written to while it was in use here",
                        {.file = state.path}, "the export will check whether its sound is still the same"));
            findings.back().level = Finding::Level::warning;
        }
    }
    return findings;
}

} // namespace

/// One delivery window at a time: two exports could be pointed at one folder.
void MainFrame::deliver()
{
    takeTyped();
    if (deliver_ == nullptr)
        deliver_ = new DeliverWindow{this,
                                     editor_,
                                     {.show = [this](const Finding& f) { goToFinding(f); },
                                      .goTo =
                                          [this](const Finding& f) {
                                              // It floats over what one goes to; Ctrl+E brings it back.
                                              if (deliver_ != nullptr && !deliver_->busy()) deliver_->Hide();
                                              goToCell(f);
                                          },
                                      .fixWords = [this](const Finding& f) { return fixWords(f); },
                                      .fix = [this](const Finding& f) { fixIt(f); }}};
    deliver_->Show();
    deliver_->Raise();
    syncSoundChecks();
}

void MainFrame::open()
{
    wxFileDialog dialog{this,
                        "Open an album",
                        {},
                        {},
                        "Albums and cue sheets|*.segue;*.cue|All files|*",
                        wxFD_OPEN | wxFD_FILE_MUST_EXIST};
    if (dialog.ShowModal() == wxID_OK) openOther(utf8(dialog.GetPath()));
}

void MainFrame::openOther(const Path& path)
{
    MainFrame* window = openWindow(path);
    // An untouched empty window gives way to what is opened.
    if (window != nullptr && editor_.empty() && session_->path().empty() && !session_->modified()) Close();
}

void MainFrame::addFiles(std::vector<Path> paths, std::size_t position)
{
    // Albums and cue sheets that are dropped are opened, not added.
    std::erase_if(paths, [this](const Path& path) {
        const bool album = path.extension() == ".segue" || path.extension() == ".cue";
        if (album) CallAfter([this, path] { openOther(path); });
        return album;
    });
    if (paths.empty()) return;
    if (session_->readOnly())
        return showInfo("This window only shows the album, which is open in another one; nothing was added",
                        true);
    if (intake_.busy()) return showInfo("Other files are being read; wait for them, or press Esc", true);
    intake_.read(std::move(paths), [this, position](const std::vector<IntakeFile>& files, bool cancelled) {
        std::vector<edit::NewSource> sources;
        std::string refused;
        for (const IntakeFile& file : files) {
            if (file.refused.empty())
                sources.push_back(file.source);
            else
                refused += file.refused + "\n";
        }
        if (cancelled) return showInfo("Cancelled; nothing was added");
        if (!sources.empty()) {
            const std::size_t count = editor_.edition() == nullptr ? 0 : editor_.edition()->entries.size();
            AddedTracks added =
                addTracks(*editor_.album(), editor_.view.edition, sources, std::min(position, count),
                          settings().defaultGap(), settings().newCd());
            const bool first = editor_.empty();
            if (editor_.take(std::move(added.proposal))) {
                if (first) editor_.chooseEdition(added.edition);
                editor_.view.selected = added.tracks;
                editor_.view.focus = added.tracks.front();
                editor_.revealFocus();
                if (editor_.view.wholeDisc) editor_.showAlbum();
                syncAll();
            }
        }
        if (!refused.empty() && !IsBeingDeleted())
            wxMessageBox(wx(refused), "Not added", wxOK | wxICON_WARNING, this);
    });
}

void MainFrame::relink()
{
    // Copies: the files are looked at again while the dialog is open.
    std::vector<SourceState> lost;
    for (const SourceState& state : sourceStates_)
        if (state.state == SourceState::State::missing) lost.push_back(state);
    if (lost.empty()) return showInfo("Every audio file is where it should be");
    if (intake_.busy()) return showInfo("Other files are being read; wait for them, or press Esc", true);
    const std::string name = Path{lost.front().path}.filename().string();
    wxFileDialog dialog{this,          wx("Where is " + name + " now?"), {}, wx(name),
                        "All files|*", wxFD_OPEN | wxFD_FILE_MUST_EXIST};
    if (dialog.ShowModal() != wxID_OK) return;
    // What else is missing is often in the same folder.
    const Path chosen = utf8(dialog.GetPath());
    std::vector<Path> paths{chosen};
    std::vector<SourceId> ids{lost.front().source};
    for (const SourceState& other : std::span{lost}.subspan(1)) {
        paths.push_back(chosen.parent_path() / Path{other.path}.filename());
        ids.push_back(other.source);
    }
    intake_.read(std::move(paths), [this, ids](const std::vector<IntakeFile>& files, bool cancelled) {
        if (cancelled) return showInfo("Cancelled; nothing was changed");
        Album album = *editor_.album();
        std::string refused;
        int done = 0;
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (!files[i].refused.empty()) {
                // The others were only looked for.
                if (i == 0) refused += files[i].refused + "\n";
                continue;
            }
            auto linked = edit::relinkSource(album, ids[i], files[i].source, true);
            if (!linked) {
                const int answer = wxMessageBox(
                    wx(sentence(linked.error()) + "\n\nUse it all the same? What you hear will change."),
                    wx(files[i].path.filename().string()), wxYES_NO | wxNO_DEFAULT | wxICON_WARNING, this);
                if (answer == wxYES) linked = edit::relinkSource(album, ids[i], files[i].source, false);
            }
            if (!linked) continue;
            album = std::move(*linked);
            ++done;
        }
        if (done > 0)
            editor_.take({done == 1 ? "Relink an audio file" : fmt::format("Relink {} audio files", done),
                          std::move(album)});
        checkSources();
        if (!refused.empty() && !IsBeingDeleted())
            wxMessageBox(wx(refused), "Not relinked", wxOK | wxICON_WARNING, this);
    });
}

/// Missing and changed files are looked for beside, since a disk may not answer; never twice at a time.
void MainFrame::checkSources()
{
    if (checkingSources_) {
        checkSourcesAgain_ = true;
        return;
    }
    checkingSources_ = true;
    checkSourcesAgain_ = false;
    const auto look = [this, line = line_, album = editor_.album(), seen = session_->seenSources()] {
        std::vector<SourceState> states;
        const Status looked = guarded("The audio files could not be looked at",
                                      [&] { states = sourceStates(realFileOps(), *album, seen); });
        line->tell([this, looked, states = std::move(states)] {
            checkingSources_ = false;
            if (!looked) return showInfo(sentence(looked.error()), true); // what was known of them stays
            session_->sourcesSeen(states);
            sourceStates_ = states;
            Findings findings = findingsOf(states);
            findings.insert(findings.end(), opening_.begin(), opening_.end());
            editor_.setFileFindings(std::move(findings));
            if (checkSourcesAgain_) checkSources();
        });
    };
    if (const Status begun = startThread(worker_, "The audio files could not be looked at", look); !begun) {
        checkingSources_ = false;
        showInfo(sentence(begun.error()), true);
    }
}

} // namespace segue::gui
