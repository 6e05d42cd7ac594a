/// \file
/// The editor's window: one album in one frame. It puts the parts together, hands keys and menus to actions,
/// and passes on what changed. What things mean is gui/model's business.
#pragma once

#include "gui/model/editor.h"
#include "gui/model/source_news.h"
#include "gui/wx/file_intake.h"
#include "gui/wx/readers.h"
#include "gui/wx/service_waves.h"
#include "gui/wx/sound.h"

#include <wx/frame.h>
#include <wx/timer.h>
#include <wx/weakref.h>

#include <map>
#include <memory>
#include <thread>

class wxNotebook;
class wxPanel;
class wxSplitterWindow;
class wxStaticText;
class wxTextCtrl;

namespace segue::gui {

class ChecksPanel;
class DeliverWindow;
class JointBar;
class LevelsPanel;
class MetadataPanel;
class RailPanel;
struct SceneItem;
class StripCanvas;
class TabButton;
class TimelineCanvas;
class TrackTableView;
class VersionsPanel;
class VinylPanel;

class MainFrame : public wxFrame {
public:
    /// \param opening what was found when the album was opened, for the list of checks
    explicit MainFrame(std::unique_ptr<Session> session, Findings opening = {});
    ~MainFrame() override;
    void run(Action action);
    [[nodiscard]] Session& session() { return *session_; }
    /// Audio files into the edition, from this place in the order on.
    void addFiles(std::vector<Path> paths, std::size_t position);

private:
    void buildMenus();
    void buildContent();
    void connect();
    void changed();
    void syncAll();
    void tick();
    void showInfo(const std::string& words, bool isError = false);
    void goToFinding(const Finding& finding);
    void goToMoment(TrackId track, Duration inTrack, bool play);
    void editEditionSettings();
    void newVinylEdition();
    void goToCell(const Finding& finding);
    [[nodiscard]] std::optional<std::string> fixWords(const Finding& finding) const;
    void fixIt(const Finding& finding);
    void acceptFinding(const Finding& finding);
    void timelineMenu(const SceneItem& item, wxPoint at);
    void requestOverviews();
    void checkSources();
    bool onKey(const wxKeyEvent& event);
    [[nodiscard]] bool typing() const;
    void takeTyped();
    void takeNotes();
    void deliver();
    void open();
    bool save(bool as);
    Path askWhereToSave();
    void startSave(SaveOver over, const Path& as);
    void saved(SaveWork work, const Path& as);
    void saveFailed(const Error& error);
    void close(wxCloseEvent& event);
    [[nodiscard]] bool mayClose(const wxCloseEvent& event);
    void tableCommand(Action action);
    void openOther(const Path& path);
    void showEmptyState();
    void relink();
    void reread();
    void takeFiles(const std::vector<SourceId>& ids, const std::vector<IntakeFile>& files,
                   const std::string& label);
    void fillEditionMenu();
    void fillRecentMenu();
    void syncLevels();
    void syncSoundChecks();
    void applySettings();
    void takeSoundSettings();
    void matchByEar(std::vector<TrackId> tracks);
    void beginMatch();
    [[nodiscard]] bool takenByMatch(Action action);
    void showMatch();
    void listenToVersion(std::size_t version);
    void hearOther();

    std::unique_ptr<Session> session_;
    Editor editor_;
    SourceOpener opener_; ///< tries coded files out in a process of their own first
    std::shared_ptr<Line> line_;
    std::shared_ptr<Readers> readers_;
    ServiceWaves waves_;
    FileIntake intake_;
    std::unique_ptr<Sound> sound_;
    StripCanvas* strip_ = nullptr;
    TimelineCanvas* timeline_ = nullptr;
    RailPanel* rail_ = nullptr;
    wxNotebook* tabs_ = nullptr;
    std::unique_ptr<TabButton> timesInTrack_;
    TrackTableView* tracks_ = nullptr;
    MetadataPanel* metadata_ = nullptr;
    ChecksPanel* checks_ = nullptr;
    VersionsPanel* versions_ = nullptr;
    JointBar* jointBar_ = nullptr;
    wxTextCtrl* notes_ = nullptr;
    wxPanel* empty_ = nullptr;
    wxSplitterWindow* splitter_ = nullptr;
    wxStaticText *info_ = nullptr, *undoInfo_ = nullptr;
    wxTimer timer_;
    std::map<int, Action> menuActions_;
    std::map<Action, wxMenuItem*> menuItems_;
    wxMenu *editionMenu_ = nullptr, *recentMenu_ = nullptr;
    std::map<int, std::string> recentPaths_;
    LevelsPanel* levels_ = nullptr;
    VinylPanel* vinyl_ = nullptr;
    std::map<int, std::function<void()>> editionActs_;
    std::pair<Instant, long> playPixel_{}; ///< where the playhead was drawn last
    bool syncPosted_ = false, checkingSources_ = false, checkSourcesAgain_ = false, closing_ = false,
         closeLater_ = false;
    Findings opening_;
    std::string journalWords_;
    std::vector<SourceNews> sourceNews_;
    wxWeakRef<DeliverWindow> deliver_;
    bool saving_ = false, saveAgain_ = false, closeAfterSave_ = false;
    Path saveNextAs_;
    std::vector<TrackId> toMatch_{};      ///< by ear, once their levels are measured
    std::optional<TrackId> matchShown_{}; ///< in the info line
    std::string comparedName_{};          ///< of the version that is listened to
    std::shared_ptr<const Album> comparedAlbum_{};
    bool toCompare_ = false; ///< once both are measured
    std::jthread worker_, saver_;
};

/// Opens a window for the album at this path, or says why not. \return nullptr then
MainFrame* openWindow(const Path& path);
/// A window for a new album.
MainFrame* newWindow();

} // namespace segue::gui
