#include "gui/wx/audio_file_dialog.h"

#include "app/audio_probe.h"
#include "gui/model/ends_beside.h"
#include "gui/model/file_words.h"
#include "gui/model/guarded.h"
#include "gui/wx/accessible.h"
#include "gui/wx/hand_over.h"
#include "gui/wx/strings.h"

#include <wx/button.h>
#include <wx/filedlg.h>
#include <wx/panel.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/timer.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace segue::gui {

namespace {

/// Looks at files on a thread of its own, since a disk may not answer; the newest wish first.
class Looker {
public:
    struct Looked {
        std::optional<AudioFileInfo> file{}; ///< none of a folder, chosen on the way to a file
        std::string refused{};
    };
    /// \param news called on the thread
    explicit Looker(std::function<void()> news)
        : news_{std::move(news)}, thread_{[this](const std::stop_token& stop) {
              if (const Status done = guarded(couldNot, [&] { work(stop); }); !done) end(done.error());
          }}
    {
    }
    void want(std::vector<Path> paths)
    {
        const std::scoped_lock lock{mutex_};
        wanted_ = std::move(paths);
        changed_.notify_one();
    }
    /// Nothing while it is not looked at yet.
    [[nodiscard]] std::optional<Looked> of(const Path& path) const
    {
        const std::scoped_lock lock{mutex_};
        if (const auto at = known_.find(path); at != known_.end()) return at->second;
        if (ended_) return Looked{.refused = sentence(*ended_)};
        return std::nullopt;
    }

private:
    static constexpr const char* couldNot = "The file could not be looked at";

    void end(const Error& error)
    {
        {
            const std::scoped_lock lock{mutex_};
            ended_ = error;
        }
        news_();
    }
    void work(const std::stop_token& stop)
    {
        AudioProber prober{segueBeside()};
        for (;;) {
            std::unique_lock lock{mutex_};
            const auto next = [this] {
                return std::ranges::find_if(wanted_, [this](const Path& p) { return !known_.contains(p); });
            };
            if (!changed_.wait(lock, stop, [&] { return next() != wanted_.end(); })) return;
            const Path path = *next();
            lock.unlock();
            Looked looked;
            const Status done = guarded(couldNot, [&] {
                if (const auto stat = realFileOps().stat(path);
                    stat && stat->type == FileStat::Type::directory)
                    return;
                const auto file = openAudioFile(realFileOps(), path, {}, [&](const Path& coded) {
                    return prober.libraryTakes(coded, stop);
                });
                if (file)
                    looked.file = (*file)->info();
                else
                    looked.refused = sentence(file.error());
            });
            if (!done) looked.refused = sentence(done.error());
            lock.lock();
            known_.emplace(path, std::move(looked));
            lock.unlock();
            news_();
        }
    }
    std::function<void()> news_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<Path> wanted_;
    std::map<Path, Looked> known_;
    std::optional<Error> ended_; ///< why it looks no more
    std::jthread thread_;        ///< last: it uses the others
};

/// Below the list of files: a button and a line.
class Preview : public wxPanel {
public:
    Preview(wxWindow* dialog, Sound& sound)
        : wxPanel{dialog}, dialog_{*static_cast<wxFileDialog*>(dialog)}, sound_{sound},
          line_{std::make_shared<Line>(*this)},
          looker_{std::make_shared<Looker>([this, line = line_] { line->tell([this] { show(); }); })}
    {
        auto* row = new wxBoxSizer{wxHORIZONTAL};
        play_ = new wxButton{this, wxID_ANY, "Play"};
        play_->SetMinSize(FromDIP(wxSize{90, -1}));
        words_ = new wxStaticText{this,
                                  wxID_ANY,
                                  {},
                                  wxDefaultPosition,
                                  FromDIP(wxSize{560, -1}),
                                  wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE};
        setAccessible(words_, "The chosen files");
        row->Add(play_, 0, wxALL, FromDIP(6));
        row->Add(words_, 1, wxALIGN_CENTRE_VERTICAL | wxALL, FromDIP(6));
        SetSizerAndFit(row);
        play_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { playOrStop(); });
        // Whether it still plays, and what is chosen: the dialog tells neither reliably.
        timer_.SetOwner(this);
        Bind(wxEVT_TIMER, [this](wxTimerEvent&) { look(); });
        timer_.Start(150);
        show();
    }
    ~Preview() override
    {
        line_->cut();
        sound_.endPreview();
        endBeside(std::move(looker_)); // the file it looks at may be on a disk that does not answer
    }

private:
    void look()
    {
        wxArrayString chosen;
        dialog_.GetPaths(chosen);
        std::vector<Path> paths;
        for (const wxString& path : chosen)
            if (!path.empty()) paths.emplace_back(utf8(path));
        if (paths != paths_) {
            paths_ = paths;
            sound_.endPreview();
            looker_->want(std::move(paths));
        }
        show();
    }
    void show()
    {
        std::vector<AudioFileInfo> files;
        std::string words;
        for (const Path& path : paths_) {
            const auto looked = looker_->of(path);
            if (!looked)
                words = "Looking \u2026";
            else if (looked->file)
                files.push_back(*looked->file);
            else if (!looked->refused.empty())
                words = looked->refused;
        }
        if (words.empty()) words = files.empty() ? "Choose one file or several" : filesWords(files);
        if (words != shown_) {
            shown_ = words;
            words_->SetLabelText(wx(words));
            words_->SetToolTip(wx(words));
        }
        play_->Enable(!files.empty());
        const char* const label = sound_.previewing() ? "Stop" : "Play";
        if (play_->GetLabel() != label) play_->SetLabel(label);
    }
    void playOrStop()
    {
        if (sound_.previewing()) {
            sound_.endPreview();
            return show();
        }
        for (const Path& path : paths_) {
            const auto looked = looker_->of(path);
            if (!looked || !looked->file) continue;
            if (auto album = albumOfFile(path, *looked->file))
                sound_.preview(std::make_shared<const Album>(std::move(*album)), looked->file->rate);
            break;
        }
        show();
    }

    wxFileDialog& dialog_;
    Sound& sound_;
    wxButton* play_;
    wxStaticText* words_;
    wxTimer timer_;
    std::vector<Path> paths_;
    std::string shown_;
    std::shared_ptr<Line> line_;
    std::shared_ptr<Looker> looker_;
};

/// For the function that wx calls to make the panel, which can hold nothing. One dialog is open at a time.
Sound* previewSound = nullptr;

wxWindow* makePreview(wxWindow* dialog) { return new Preview{dialog, *previewSound}; }

} // namespace

std::vector<Path> chooseAudioFiles(wxWindow* parent, Sound& sound, const Path& folder)
{
    wxFileDialog dialog{
        parent,
        "Add audio files",
        wx(folder.string()),
        {},
        "Audio files|*.wav;*.WAV;*.flac;*.aif;*.aiff;*.caf;*.w64;*.rf64;*.ogg;*.opus;*.mp3|All files|*",
        wxFD_OPEN | wxFD_MULTIPLE | wxFD_FILE_MUST_EXIST};
    previewSound = &sound;
    dialog.SetExtraControlCreator(makePreview);
    const bool taken = dialog.ShowModal() == wxID_OK;
    sound.endPreview();
    std::vector<Path> paths;
    if (!taken) return paths;
    wxArrayString chosen;
    dialog.GetPaths(chosen);
    for (const wxString& path : chosen) paths.emplace_back(utf8(path));
    return paths;
}

} // namespace segue::gui
