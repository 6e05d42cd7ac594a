// Files in and out: albums opened and saved, audio added and found again, the DDP delivered.

#include "gui/wx/main_frame.h"

#include "gui/model/add_tracks.h"
#include "gui/model/guarded.h"
#include "gui/model/source_news.h"
#include "gui/wx/deliver_window.h"
#include "gui/wx/preferences.h"
#include "gui/wx/strings.h"

#include "album/edit.h"
#include "app/audio_probe.h"
#include "audio/audio_file.h"

#include <fmt/format.h>
#include <wx/filedlg.h>
#include <wx/msgdlg.h>

#include <algorithm>
#include <span>

namespace segue::gui {

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
                editor_.view.mark.reset();
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
    for (const SourceNews& news : sourceNews_)
        if (news.state.state == SourceState::State::missing) lost.push_back(news.state);
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
    intake_.read(std::move(paths), [this, ids](std::vector<IntakeFile> files, bool cancelled) {
        if (cancelled) return showInfo("Cancelled; nothing was changed");
        // The others were only looked for.
        for (IntakeFile& file : std::span{files}.subspan(1))
            if (!file.refused.empty()) file.path.clear();
        takeFiles(ids, files, "Relink");
    });
}

/// The files that changed; when none is known to have, all: the export may have found one out by its sound.
void MainFrame::reread()
{
    if (intake_.busy()) return showInfo("Other files are being read; wait for them, or press Esc", true);
    std::vector<Path> paths;
    std::vector<SourceId> ids;
    std::vector<SourceState> states;
    const auto add = [&](SourceId id, const std::string& path) {
        paths.emplace_back(path);
        ids.push_back(id);
    };
    for (const SourceNews& news : sourceNews_)
        if (news.state.state == SourceState::State::changed) {
            add(news.state.source, news.state.path);
            states.push_back(news.state);
        }
    if (paths.empty())
        for (const Source& source : editor_.album()->sources) add(source.id, source.path);
    if (paths.empty()) return showInfo("The album has no audio files");
    intake_.read(std::move(paths), [this, ids, states](const std::vector<IntakeFile>& files, bool cancelled) {
        if (cancelled) return showInfo("Cancelled; nothing was changed");
        for (std::size_t i = 0; i < states.size(); ++i)
            if (files[i].refused.empty()) session_->sourceAccepted(states[i]);
        takeFiles(ids, files, "Read again");
    });
}

/// What was read takes the place of these sources, after asking where its sound is another. A file without a
/// path is left out.
void MainFrame::takeFiles(const std::vector<SourceId>& ids, const std::vector<IntakeFile>& files,
                          const std::string& label)
{
    Album album = *editor_.album();
    std::string refused;
    int done = 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (files[i].path.empty()) continue;
        if (!files[i].refused.empty()) {
            refused += files[i].refused + "\n";
            continue;
        }
        auto linked = edit::relinkSource(album, ids[i], files[i].source, true);
        if (!linked) {
            const Source* before = find(album, ids[i]);
            const edit::NewSource& now = files[i].source;
            const std::string words =
                before == nullptr ? std::string{}
                                  : changeWords(*before, {now.rate, now.length, now.channels, now.format});
            const int answer = wxMessageBox(
                wx(sentence(linked.error()) + (words.empty() ? "" : ".\n\n" + words) +
                   "\n\nUse it all the same? What you hear will change."),
                wx(files[i].path.filename().string()), wxYES_NO | wxNO_DEFAULT | wxICON_WARNING, this);
            if (answer == wxYES) linked = withOtherFile(album, ids[i], now);
        }
        if (!linked) continue;
        album = std::move(*linked);
        ++done;
    }
    const bool news = album != *editor_.album();
    if (news)
        editor_.take({done == 1 ? label + " an audio file" : fmt::format("{} {} audio files", label, done),
                      std::move(album)});
    else if (refused.empty())
        showInfo(done > 0 ? "The audio files sound as they did" : "Nothing was changed");
    checkSources();
    if (!refused.empty() && !IsBeingDeleted()) wxMessageBox(wx(refused), label, wxOK | wxICON_WARNING, this);
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
        std::vector<SourceNews> news;
        const Status looked = guarded("The audio files could not be looked at", [&] {
            states = sourceStates(realFileOps(), *album, seen);
            AudioProber prober{segueBeside()};
            news = newsOf(states, *album, seen, [&](const Path& path) -> Result<AudioFileInfo> {
                const auto file = openAudioFile(
                    realFileOps(), path, {}, [&](const Path& coded) { return prober.libraryTakes(coded); });
                if (!file) return failure(file.error());
                return (*file)->info();
            });
            // What is not what the album says is not taken for right.
            std::erase_if(states, [&](const SourceState& state) {
                return std::ranges::any_of(
                    news, [&](const SourceNews& n) { return n.state.source == state.source; });
            });
        });
        line->tell([this, looked, states = std::move(states), news = std::move(news)] {
            checkingSources_ = false;
            if (!looked) return showInfo(sentence(looked.error()), true); // what was known of them stays
            session_->sourcesSeen(states);
            sourceNews_ = news;
            Findings findings = findingsOf(news);
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
