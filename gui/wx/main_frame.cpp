#include "gui/wx/main_frame.h"

#include "gui/model/add_tracks.h"
#include "gui/model/levels_table.h"
#include "gui/wx/accessible.h"
#include "gui/wx/checks_panel.h"
#include "gui/wx/deliver_window.h"
#include "gui/wx/drop_files.h"
#include "gui/wx/find_command.h"
#include "gui/wx/icons.h"
#include "gui/wx/joint_bar.h"
#include "gui/wx/metadata_panel.h"
#include "gui/wx/preferences.h"
#include "gui/wx/rail_panel.h"
#include "gui/wx/session_setup.h"
#include "gui/wx/strings.h"
#include "gui/wx/strip_canvas.h"
#include "gui/wx/timeline_canvas.h"
#include "gui/wx/track_table_view.h"
#include "gui/wx/versions_panel.h"

#include "album/edit.h"
#include "app/cache_folder.h"
#include "app/source_states.h"
#include "audio/render.h"
#include "deliver/source_check.h"
#include "play/portaudio_out.h"

#include <fmt/format.h>
#include <wx/aboutdlg.h>
#include <wx/anybutton.h>
#include <wx/button.h>
#include <wx/choice.h>
#include <wx/dataview.h>
#include <wx/display.h>
#include <wx/filedlg.h>
#include <wx/menu.h>
#include <wx/msgdlg.h>
#include <wx/notebook.h>
#include <wx/sizer.h>
#include <wx/splitter.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/textdlg.h>

namespace segue::gui {

namespace {

wxColour colour(picture::Ink ink)
{
    const picture::Colour c = colourOf(ink, systemLook());
    return {c.red, c.green, c.blue};
}

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

MainFrame::MainFrame(std::unique_ptr<Session> session, Findings opening)
    : wxFrame{nullptr, wxID_ANY, "Segue", wxDefaultPosition, wxDefaultSize}, session_{std::move(session)},
      editor_{*session_, [this] { changed(); }},
      cache_{realFileOps(), cacheFolder().empty() ? Path{} : cacheFolder() / "overviews"},
      overviews_{openerFor(realFileOps()),
                 [this](SourceId) { CallAfter([this] { timeline_->Refresh(); }); },
                 {.cache = &cache_}},
      waves_{overviews_},
      intake_{*this,
              [this](const std::string& words, double part) {
                  showInfo(fmt::format("{}, {:.0f} % \u00b7 Esc: cancel", words, part * 100));
              }},
      opening_{std::move(opening)}
{
    opening_.insert(opening_.end(), session_->findings().begin(), session_->findings().end());
    editor_.setFileFindings(opening_);
    const wxRect screen = wxDisplay{this}.GetClientArea();
    SetSize(wxSize{std::min(FromDIP(1440), screen.width), std::min(FromDIP(900), screen.height)});
    SetMinClientSize(FromDIP(wxSize{960, 600}));
    SetIcons(wxIconBundle{icon("segue", wxColour{0xf0, 0xb0, 0x40}, 48).GetIcon(wxSize{48, 48})});
    sound_ = std::make_unique<Sound>(editor_, std::make_unique<PortAudioOut>(), openerFor(realFileOps()));
    if (const std::string device = settings().device(); !device.empty()) sound_->setDevice(device);
    buildMenus();
    buildContent();
    connect();
    requestOverviews();
    checkSources();
    syncAll();
    timer_.SetOwner(this);
    timer_.Start(33);
}

MainFrame::~MainFrame()
{
    timer_.Stop();
    // What is inside refers to the members, and a field that loses the focus on its way out would use them.
    DestroyChildren();
    worker_ = {};
}

void MainFrame::buildMenus()
{
    auto* bar = new wxMenuBar;
    recentMenu_ = new wxMenu;
    for (const std::string_view name : menus()) {
        auto* menu = new wxMenu;
        for (const ActionInfo& about : actions()) {
            if (about.menu != name) continue;
            const int id = wxWindow::NewControlId();
            wxMenuItem* item = menu->Append(id, wx(about.label), wx(about.help),
                                            about.ticked ? wxITEM_CHECK : wxITEM_NORMAL);
            menuActions_[id] = about.action;
            menuItems_[about.action] = item;
            if (about.action == Action::openAlbum) menu->AppendSubMenu(recentMenu_, "Open recent");
        }
        bar->Append(menu, wx("&" + std::string{name}));
        if (name == "Track") {
            editionMenu_ = new wxMenu;
            bar->Append(editionMenu_, "E&dition");
            fillEditionMenu();
        }
    }
    SetMenuBar(bar);
    for (const auto& [action, item] : menuItems_) showKey(item, infoOf(action).shortcut);
    Bind(wxEVT_MENU, [this](wxCommandEvent& event) {
        const auto found = menuActions_.find(event.GetId());
        const auto edition = editionActs_.find(event.GetId());
        if (found != menuActions_.end()) {
            run(found->second);
        } else if (const auto recent = recentPaths_.find(event.GetId()); recent != recentPaths_.end()) {
            openOther(recent->second);
        } else if (edition != editionActs_.end()) {
            const std::function<void()> act = edition->second; // it makes the menu anew
            act();
        } else {
            event.Skip();
        }
    });
    Bind(wxEVT_MENU_OPEN, [this](wxMenuEvent& event) {
        if (event.GetMenu() == editionMenu_) fillEditionMenu();
        fillRecentMenu();
        for (const auto& [action, item] : menuItems_) {
            item->Enable(editor_.enabled(action, sound_->state()));
            if (item->IsCheckable()) item->Check(editor_.ticked(action, sound_->state()));
        }
        const std::string undo{session_->undoLabel()}, redo{session_->redoLabel()};
        menuItems_[Action::undo]->SetItemLabel(wx(undo.empty() ? "Undo" : "Undo: " + undo));
        menuItems_[Action::redo]->SetItemLabel(wx(redo.empty() ? "Redo" : "Redo: " + redo));
        event.Skip();
    });
}

void MainFrame::buildContent()
{
    auto* root = new wxPanel{this};
    auto* row = new wxBoxSizer{wxHORIZONTAL};
    auto* left = new wxBoxSizer{wxVERTICAL};
    strip_ = new StripCanvas{root, editor_};
    left->Add(strip_, 0, wxEXPAND);
    empty_ = new wxPanel{root};
    empty_->SetBackgroundColour(colour(picture::Ink::background));
    showEmptyState();
    left->Add(empty_, 1, wxEXPAND);
    splitter_ = new wxSplitterWindow{root, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                     wxSP_LIVE_UPDATE | wxSP_NOBORDER};
    timeline_ = new TimelineCanvas{splitter_, editor_, waves_};
    tabs_ = new wxNotebook{splitter_, wxID_ANY};
    setAccessible(tabs_, "Views of the album");
    tracks_ = new TrackTableView{tabs_, editor_, tracksColumns(), "Tracks"};
    metadata_ = new MetadataPanel{tabs_, editor_};
    checks_ = new ChecksPanel{tabs_};
    notes_ =
        new wxTextCtrl{tabs_, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxBORDER_NONE};
    setAccessible(notes_, "Notes on the album");
    versions_ = new VersionsPanel{tabs_, editor_};
    tabs_->AddPage(tracks_, "Tracks");
    tabs_->AddPage(metadata_, "Metadata");
    levels_ = new wxDataViewListCtrl{tabs_, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                     wxDV_SINGLE | wxDV_ROW_LINES | wxBORDER_NONE};
    setAccessible(levels_, "Levels");
    const auto level = [this](const char* heading, int width, bool right) {
        levels_->AppendTextColumn(heading, wxDATAVIEW_CELL_INERT, FromDIP(width),
                                  right ? wxALIGN_RIGHT : wxALIGN_LEFT);
    };
    level("#", 36, true);
    level("Title", 210, false);
    for (const char* heading : {"Hand dB", "Balance dB", "Edition dB", "Together dB"})
        level(heading, 90, true);
    level("Samples", 420, false);
    prepareTable(levels_, FromDIP(29));
    tabs_->AddPage(levels_, "Levels");
    tabs_->AddPage(checks_, "Checks");
    tabs_->AddPage(notes_, "Notes");
    tabs_->AddPage(versions_, "Versions");
    tabs_->Bind(wxEVT_NOTEBOOK_PAGE_CHANGED, [this](wxBookCtrlEvent& event) {
        syncLevels();
        event.Skip();
    });
    splitter_->SetMinimumPaneSize(FromDIP(180));
    splitter_->SplitHorizontally(timeline_, tabs_, FromDIP(330));
    left->Add(splitter_, 1, wxEXPAND);
    jointBar_ = new JointBar{root, editor_, *sound_, [this](Action action) { run(action); }};
    left->Add(jointBar_, 0, wxEXPAND);
    jointBar_->Hide();
    row->Add(left, 1, wxEXPAND);
    rail_ = new RailPanel{root, editor_, [this](Action action) { run(action); }};
    row->Add(rail_, 0, wxEXPAND);
    auto* column = new wxBoxSizer{wxVERTICAL};
    column->Add(row, 1, wxEXPAND);
    auto* footer = new wxBoxSizer{wxHORIZONTAL};
    info_ = new wxStaticText{
        root, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE};
    setAccessible(info_, "Information");
    undoInfo_ = new wxStaticText{root, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxALIGN_RIGHT};
    footer->Add(info_, 1, wxALIGN_CENTRE_VERTICAL | wxLEFT, FromDIP(14));
    footer->Add(undoInfo_, 0, wxALIGN_CENTRE_VERTICAL | wxLEFT | wxRIGHT, FromDIP(14));
    footer->SetMinSize(FromDIP(wxSize{100, 28}));
    column->Add(footer, 0, wxEXPAND);
    root->SetSizer(column);
    auto* whole = new wxBoxSizer{wxVERTICAL};
    whole->Add(root, 1, wxEXPAND);
    SetSizer(whole);
}

void MainFrame::showEmptyState()
{
    auto* column = new wxBoxSizer{wxVERTICAL};
    column->AddStretchSpacer();
    auto* head = new wxStaticText{empty_, wxID_ANY, "Drop the masters here"};
    head->SetFont(head->GetFont().Larger().Larger().Bold());
    auto* words = new wxStaticText{empty_,
                                   wxID_ANY,
                                   "WAV, FLAC, AIFF and their kin, in the order of the album.\n"
                                   "Then set the pauses by ear, type the texts, and deliver the DDP.",
                                   wxDefaultPosition,
                                   wxDefaultSize,
                                   wxALIGN_CENTRE_HORIZONTAL};
    for (wxStaticText* text : {head, words})
        text->SetForegroundColour(colour(text == head ? picture::Ink::text : picture::Ink::dim));
    column->Add(head, 0, wxALIGN_CENTRE | wxALL, FromDIP(8));
    column->Add(words, 0, wxALIGN_CENTRE | wxBOTTOM, FromDIP(16));
    auto* row = new wxBoxSizer{wxHORIZONTAL};
    for (const Action action : {Action::addFiles, Action::openAlbum, Action::openSample}) {
        auto* button = new wxButton{empty_, wxID_ANY, wx(infoOf(action).label)};
        button->Bind(wxEVT_BUTTON, [this, action](wxCommandEvent&) { run(action); });
        row->Add(button, 0, wxLEFT | wxRIGHT, FromDIP(4));
    }
    column->Add(row, 0, wxALIGN_CENTRE);
    column->AddStretchSpacer();
    empty_->SetSizer(column);
}

void MainFrame::connect()
{
    const auto say = [this](const std::string& words) { showInfo(words); };
    const auto view = [this] { syncAll(); };
    strip_->info = say;
    strip_->viewChanged = view;
    strip_->gapClicked = [this](TrackId track) {
        editor_.view.select(track);
        editor_.revealFocus();
        tabs_->SetSelection(0);
        syncAll();
        for (const std::size_t at : editor_.selectedRows()) tracks_->editPause(at);
    };
    timeline_->info = say;
    timeline_->viewChanged = view;
    timeline_->seeked = [this] { sound_->seek(); };
    timeline_->menuWanted = [this](const SceneItem& item, wxPoint at) { timelineMenu(item, at); };
    for (TrackTableView* table : {tracks_, &metadata_->table()}) {
        table->info = [this](std::string words, bool bad) { showInfo(words, bad); };
        table->selectionChanged = [this, table] {
            editor_.revealFocus();
            strip_->Refresh();
            timeline_->Refresh();
            rail_->sync(sound_->state());
            if (table == tracks_)
                metadata_->table().sync();
            else
                tracks_->sync();
        };
        table->rowActivated = [this](std::size_t) {
            if (const PlacedEntry* entry = editor_.focused()) {
                editor_.view.cursor = entry->start;
                sound_->seek();
                syncAll();
            }
        };
    }
    checks_->chosen = [this](std::size_t i) {
        if (i < editor_.findings().size()) goToFinding(editor_.findings()[i]);
    };
    rail_->findingChosen = [this](std::size_t i) {
        tabs_->SetSelection(static_cast<std::size_t>(tabs_->FindPage(checks_)));
        if (i < editor_.findings().size()) goToFinding(editor_.findings()[i]);
    };
    notes_->Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
        takeNotes();
        event.Skip();
    });
    for (wxWindow* window : {static_cast<wxWindow*>(timeline_), static_cast<wxWindow*>(strip_),
                             static_cast<wxWindow*>(tracks_), static_cast<wxWindow*>(empty_)})
        window->SetDropTarget(new DropFiles{[this, window](wxPoint at, const std::vector<Path>& paths) {
            std::size_t position = editor_.empty() ? 0 : editor_.edition()->entries.size();
            if (window == timeline_) position = timeline_->dropPosition(at.x);
            if (window == strip_) position = strip_->dropPosition(at.x);
            addFiles(paths, position);
        }});
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (!onKey(event)) event.Skip();
    });
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { tick(); });
    Bind(wxEVT_CLOSE_WINDOW, &MainFrame::close, this);
    Bind(wxEVT_ACTIVATE, [this](wxActivateEvent& event) {
        if (event.GetActive()) checkSources();
        event.Skip();
    });
}

void MainFrame::takeNotes()
{
    // Only what somebody typed: a text that undo changed meanwhile is not put back.
    if (!notes_->IsModified()) return;
    const std::string text = utf8(notes_->GetValue());
    if (editor_.take({"Change the notes",
                      edit::setInfo(*editor_.album(), [&](AlbumInfo& info) { info.note = text; })}))
        notes_->DiscardEdits();
}

/// What stands in a field or cell and was not taken yet, before something acts on the whole album.
void MainFrame::takeTyped()
{
    tracks_->finishEditing();
    metadata_->takeTyped();
    jointBar_->takeTyped();
    takeNotes();
}

void MainFrame::applySettings()
{
    sound_->setDevice(settings().device());
    settings().applyLook();
    syncAll();
}

void MainFrame::changed()
{
    if (sound_ != nullptr) sound_->programmeChanged();
    if (syncPosted_ || strip_ == nullptr) return;
    // Several changes in one turn are shown once.
    syncPosted_ = true;
    CallAfter([this] {
        syncPosted_ = false;
        requestOverviews();
        syncAll();
    });
}

void MainFrame::syncAll()
{
    const bool empty = editor_.empty();
    if (empty_->IsShown() != empty || splitter_->IsShown() == empty) {
        empty_->Show(empty);
        splitter_->Show(!empty);
        empty_->GetParent()->Layout();
    }
    strip_->Refresh();
    timeline_->Refresh();
    if (!tracks_->editing()) tracks_->sync();
    metadata_->sync();
    checks_->show(editor_.findings());
    versions_->sync();
    syncLevels();
    if (!notes_->IsModified() && utf8(notes_->GetValue()) != editor_.album()->info.note)
        notes_->ChangeValue(wx(editor_.album()->info.note));
    tabs_->SetPageText(
        static_cast<std::size_t>(tabs_->FindPage(checks_)),
        wx(editor_.findings().empty() ? "Checks" : fmt::format("Checks {}", editor_.findings().size())));
    rail_->sync(sound_->state());
    jointBar_->sync();
    if (jointBar_->IsShown() != editor_.view.joint.has_value()) {
        jointBar_->Show(editor_.view.joint.has_value());
        jointBar_->GetParent()->Layout();
    }
    const std::string name = session_->path().empty() ? "Untitled" : session_->path().filename().string();
    const std::string title = editor_.album()->info.texts.title.value_or("");
    SetTitle(wx(fmt::format("{}{}{}{} \u2014 Segue", session_->modified() ? "\u2022 " : "",
                            title.empty() ? "" : title + " \u2014 ", name,
                            session_->readOnly() ? " (read only)" : "")));
    undoInfo_->SetLabelText(
        wx((session_->journalProblem() ? "Not kept for recovery \u00b7 " : "") +
           (session_->undoLabel().empty() ? "" : "Undo: " + std::string{session_->undoLabel()})));
    undoInfo_->GetParent()->Layout();
    if (!editor_.message().empty()) showInfo(editor_.message(), editor_.messageIsError());
    // Said once; an edit's own words come after it, and the corner goes on saying it in short.
    const auto problem = session_->journalProblem();
    const std::string words =
        problem ? "Edits cannot be kept for recovery: " + sentence(*problem) : std::string{};
    if (problem && words != journalWords_) showInfo(words, true);
    journalWords_ = words;
}

void MainFrame::syncLevels()
{
    if (tabs_->GetCurrentPage() != levels_) return; // the plan of a whole album is not made for nothing
    if (levelsOf_ == editor_.album() && levelsEdition_ == editor_.view.edition) return;
    levelsOf_ = editor_.album();
    levelsEdition_ = editor_.view.edition;
    levels_->DeleteAllItems();
    if (editor_.empty()) return;
    for (const LevelsRow& row : levelsRows(editor_.layout())) {
        wxVector<wxVariant> cells;
        for (const std::string& text :
             {row.number, row.title, row.hand, row.balance, row.edition, row.sum, row.samples})
            cells.push_back(wx(text));
        levels_->AppendItem(cells);
    }
}

void MainFrame::showInfo(const std::string& words, bool isError)
{
    info_->SetForegroundColour(colour(isError ? picture::Ink::error : picture::Ink::dim));
    info_->SetLabelText(wx(words));
}

void MainFrame::tick()
{
    const bool moved = sound_->tick(rail_->meters);
    bool bad = false;
    std::string words = sound_->words(bad);
    const bool news = words != rail_->stateWords || bad != rail_->stateIsBad;
    rail_->stateWords = std::move(words);
    rail_->stateIsBad = bad;
    if (news) rail_->tick();
    if (!moved) return;
    rail_->tick();
    timeline_->Refresh();
    strip_->Refresh();
    if (!sound_->state().playing) rail_->sync(sound_->state());
}

void MainFrame::requestOverviews()
{
    std::vector<SourceId> first;
    for (const Source& source : editor_.album()->sources) overviews_.request(source);
    if (!editor_.empty())
        if (const Piece* piece = editor_.layout().piece(editor_.view.piece))
            for (const PlacedEntry& entry : piece->entries)
                for (const Clip& clip : find(*editor_.album(), entry.track)->clips)
                    first.push_back(clip.source);
    overviews_.prefer(std::move(first));
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
    worker_ = std::jthread{[this, album = editor_.album(), seen = session_->seenSources()] {
        auto states = sourceStates(realFileOps(), *album, seen);
        CallAfter([this, states = std::move(states)] {
            checkingSources_ = false;
            session_->sourcesSeen(states);
            sourceStates_ = states;
            Findings findings = findingsOf(states);
            findings.insert(findings.end(), opening_.begin(), opening_.end());
            editor_.setFileFindings(std::move(findings));
            if (checkSourcesAgain_) checkSources();
        });
    }};
}

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

bool MainFrame::typing() const
{
    const wxWindow* focus = FindFocus();
    return dynamic_cast<const wxTextEntry*>(focus) != nullptr || tracks_->editing() ||
           metadata_->table().editing();
}

bool MainFrame::onKey(const wxKeyEvent& event)
{
    const int code = event.GetKeyCode();
    const wxWindow* focus = FindFocus();
    const auto within = [focus](const wxWindow* window) {
        return focus != nullptr && (focus == window || window->IsDescendant(const_cast<wxWindow*>(focus)));
    };
    // The canvas takes all keys; without this nobody would get out of it by keyboard.
    if (code == WXK_TAB && within(timeline_))
        return timeline_->Navigate(event.ShiftDown() ? wxNavigationKeyEvent::IsBackward
                                                     : wxNavigationKeyEvent::IsForward);
    // A button that has the focus is pressed, a list opened or walked, with the keys that everybody knows.
    const bool plain = !event.ControlDown() && !event.AltDown();
    if (plain && (code == WXK_SPACE || code == WXK_RETURN || code == WXK_NUMPAD_ENTER) &&
        (dynamic_cast<const wxAnyButton*>(focus) != nullptr ||
         dynamic_cast<const wxChoice*>(focus) != nullptr))
        return false;
    // While the mouse holds something, only Esc means anything.
    if (timeline_->holds() && code != WXK_ESCAPE) return true;
    if (code == WXK_ESCAPE && !typing()) {
        if (timeline_->cancelGesture() || strip_->cancelGesture()) return true;
        if (intake_.busy()) {
            intake_.cancel();
            return true;
        }
        if (editor_.view.joint) {
            run(Action::openJoint);
            return true;
        }
        editor_.view.range.reset();
        timeline_->Refresh();
        return true;
    }
    Keystroke stroke{.control = event.ControlDown(), .shift = event.ShiftDown(), .alt = event.AltDown()};
    switch (code) {
    case WXK_SPACE: stroke.key = "Space"; break;
    case WXK_RETURN:
    case WXK_NUMPAD_ENTER: stroke.key = "Enter"; break;
    case WXK_DELETE: stroke.key = "Delete"; break;
    case WXK_HOME: stroke.key = "Home"; break;
    case WXK_END: stroke.key = "End"; break;
    case WXK_LEFT: stroke.key = "Left"; break;
    case WXK_RIGHT: stroke.key = "Right"; break;
    case WXK_UP: stroke.key = "Up"; break;
    case WXK_DOWN: stroke.key = "Down"; break;
    case WXK_F1: stroke.key = "F1"; break;
    default: {
        const wxChar character = event.GetUnicodeKey();
        if (character == WXK_NONE || character < 33 || character > 126) return false;
        stroke.key = std::string(1, static_cast<char>(character));
        if (stroke.key == "=" || stroke.key == "+") stroke = {.key = "+", .control = stroke.control};
    }
    }
    // What is typed into a field is text, except for keys that no field knows.
    if (typing() && stroke.key != "F1" &&
        !(stroke.control &&
          (stroke.key == "S" || stroke.key == "P" || stroke.key == "Q" || stroke.key == "E")))
        return false;
    // The tables' own keys: Enter edits the cell or goes to what the row is about, arrows walk.
    const bool inTable = within(tabs_) && focus != tabs_;
    if (inTable && stroke.key == "Enter" && sound_->state().playing == false) return false;
    const auto action = actionFor(stroke);
    if (!action) return false;
    if (!editor_.enabled(*action, sound_->state())) {
        wxBell();
        showInfo(fmt::format("\u201c{}\u201d: nothing here that it could act on", infoOf(*action).label));
        return true;
    }
    run(*action);
    return true;
}

void MainFrame::tableCommand(Action action)
{
    TrackTableView& table = tabs_->GetSelection() == 1 ? metadata_->table() : *tracks_;
    if (action == Action::copy && !table.copy()) showInfo("The clipboard cannot be used now", true);
    if (action == Action::paste) table.paste();
    if (action == Action::fillDown) table.fillDown();
}

void MainFrame::run(Action action)
{
    if (editor_.run(action)) {
        sound_->programmeChanged();
        return;
    }
    if (sound_->run(action)) {
        syncAll();
        return;
    }
    switch (action) {
    case Action::newAlbum: newWindow(); break;
    case Action::openAlbum: open(); break;
    case Action::openSample:
        if (realFileOps().stat(sampleAlbum()))
            openOther(sampleAlbum());
        else
            wxMessageBox("The sample album is not here yet: samples/demo.sh makes it.", "Sample album",
                         wxOK | wxICON_INFORMATION, this);
        break;
    case Action::addFiles: {
        wxFileDialog dialog{
            this,
            "Add audio files",
            {},
            {},
            "Audio files|*.wav;*.WAV;*.flac;*.aif;*.aiff;*.caf;*.w64;*.rf64;*.ogg;*.opus;*.mp3|All files|*",
            wxFD_OPEN | wxFD_MULTIPLE | wxFD_FILE_MUST_EXIST};
        if (dialog.ShowModal() != wxID_OK) break;
        wxArrayString chosen;
        dialog.GetPaths(chosen);
        std::vector<Path> paths;
        for (const wxString& path : chosen) paths.emplace_back(utf8(path));
        const PlacedEntry* entry = editor_.focused();
        addFiles(paths, entry != nullptr  ? entry->position + 1
                        : editor_.empty() ? 0
                                          : editor_.edition()->entries.size());
        break;
    }
    case Action::relink: relink(); break;
    case Action::preferences:
        if (editPreferences(this, [this](auto found) { sound_->findDevices(std::move(found)); }))
            applySettings();
        break;
    case Action::save: save(false); break;
    case Action::saveAs: save(true); break;
    case Action::deliverDdp: deliver(); break;
    case Action::quit: Close(); break;
    case Action::copy:
    case Action::paste:
    case Action::fillDown: tableCommand(action); break;
    case Action::shortcuts: showKeys(this); break;
    case Action::palette:
        if (const auto chosen =
                findCommand(this, [this](Action a) { return editor_.enabled(a, sound_->state()); }))
            run(*chosen);
        break;
    case Action::about: {
        wxAboutDialogInfo about;
        about.SetName("Segue");
        about.SetVersion(SEGUE_VERSION);
        about.SetDescription("Album assembly and DDP authoring");
        about.SetLicence("GPL-3.0-or-later");
        wxAboutBox(about, this);
        break;
    }
    default: break;
    }
}

/// One delivery window at a time: two exports could be pointed at one folder.
void MainFrame::deliver()
{
    takeTyped();
    if (deliver_ == nullptr)
        deliver_ = new DeliverWindow{this, editor_, [this](const Finding& f) { goToFinding(f); }};
    deliver_->Show();
    deliver_->Raise();
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

bool MainFrame::save(bool as)
{
    takeTyped();
    Path path = session_->path();
    Status saved{};
    if (as || path.empty()) {
        const std::string name = editor_.album()->info.texts.title.value_or("Album") + ".segue";
        wxFileDialog dialog{this,
                            "Save the album",
                            wx(path.parent_path().string()),
                            wx(path.empty() ? name : path.filename().string()),
                            "Segue albums|*.segue",
                            wxFD_SAVE | wxFD_OVERWRITE_PROMPT};
        if (dialog.ShowModal() != wxID_OK) return false;
        path = utf8(dialog.GetPath());
        if (path.extension() != ".segue") {
            path += ".segue";
            // The dialog asked about the name without the ending.
            if (realFileOps().stat(path) &&
                wxMessageBox(wx(path.filename().string() + " is there already.\n\nReplace it? The file that "
                                                           "is there now stays as .bak."),
                             "Save the album", wxYES_NO | wxNO_DEFAULT | wxICON_WARNING, this) != wxYES)
                return false;
        }
        saved = session_->saveAs(path);
    } else {
        saved = session_->save();
        if (!saved && saved.error().kind == ErrorKind::refused && session_->changedOnDisk().value_or(false)) {
            const int answer =
                wxMessageBox(wx(sentence(saved.error()) +
                                "\n\nSave over it all the same? The file that is there now stays as .bak."),
                             "Save", wxYES_NO | wxNO_DEFAULT | wxICON_WARNING, this);
            if (answer != wxYES) return false;
            saved = session_->save(SaveOver::anyway);
        }
    }
    if (!saved) {
        wxMessageBox(wx(sentence(saved.error())), "The album was not saved", wxOK | wxICON_ERROR, this);
        return false;
    }
    settings().rememberFile(std::filesystem::absolute(session_->path()).string());
    editor_.say("Saved " + session_->path().filename().string());
    syncAll();
    return true;
}

void MainFrame::close(wxCloseEvent& event)
{
    if (deliver_ != nullptr && deliver_->busy() && event.CanVeto()) {
        wxMessageBox("A DDP is being written. Wait until it is finished, or cancel it in its window.",
                     "Not closed yet", wxOK | wxICON_INFORMATION, this);
        if (deliver_ != nullptr) deliver_->Raise();
        event.Veto();
        return;
    }
    takeTyped();
    if (session_->modified() && event.CanVeto()) {
        wxMessageDialog question{this, "Save the changes before closing?", "Segue",
                                 wxYES_NO | wxCANCEL | wxICON_QUESTION};
        question.SetExtendedMessage(wx("Unsaved: " + std::string{session_->undoLabel()}));
        question.SetYesNoCancelLabels("Save", "Discard", "Cancel");
        const int answer = question.ShowModal();
        if (answer == wxID_CANCEL || (answer == wxID_YES && !save(false))) {
            event.Veto();
            return;
        }
    }
    if (event.CanVeto()) session_->abandon();
    timer_.Stop();
    Destroy();
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
            AddedTracks added = addTracks(*editor_.album(), editor_.view.edition, sources,
                                          std::min(position, count), settings().defaultGap());
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
        if (!refused.empty()) wxMessageBox(wx(refused), "Not added", wxOK | wxICON_WARNING, this);
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
        if (!refused.empty()) wxMessageBox(wx(refused), "Not relinked", wxOK | wxICON_WARNING, this);
    });
}

void MainFrame::fillRecentMenu()
{
    while (recentMenu_->GetMenuItemCount() > 0) recentMenu_->Destroy(recentMenu_->FindItemByPosition(0));
    recentPaths_.clear();
    for (const std::string& path : settings().recentFiles()) {
        const int id = wxWindow::NewControlId();
        recentMenu_->Append(id, wxControl::EscapeMnemonics(wx(Path{path}.filename().string() + " \u2014 " +
                                                              Path{path}.parent_path().string())));
        recentPaths_[id] = path;
    }
    if (recentPaths_.empty()) recentMenu_->Append(wxID_ANY, "Nothing yet")->Enable(false);
}

/// The Edition menu is made anew each time, from what the album has.
void MainFrame::fillEditionMenu()
{
    while (editionMenu_->GetMenuItemCount() > 0) editionMenu_->Destroy(editionMenu_->FindItemByPosition(0));
    editionActs_.clear();
    const auto append = [&](const std::string& label, wxItemKind kind, std::function<void()> act) {
        const int id = wxWindow::NewControlId();
        wxMenuItem* item = editionMenu_->Append(id, wxControl::EscapeMnemonics(wx(label)), wxString{}, kind);
        editionActs_[id] = std::move(act);
        return item;
    };
    for (const Edition& edition : editor_.album()->editions)
        append(edition.name.empty() ? "(no name)" : edition.name, wxITEM_CHECK, [this, id = edition.id] {
            editor_.chooseEdition(id);
        })->Check(edition.id == editor_.view.edition);
    editionMenu_->AppendSeparator();
    const auto named = [this](const char* question, const std::string& proposal) -> std::string {
        wxTextEntryDialog dialog{this, question, "Edition", wx(proposal)};
        return dialog.ShowModal() == wxID_OK ? utf8(dialog.GetValue()) : std::string{};
    };
    const auto add = [this, named](const char* proposal, const Medium& medium) {
        const std::string name = named("The new edition's name", proposal);
        if (name.empty()) return;
        auto made = edit::addEdition(*editor_.album(), name, medium);
        const Result<Album> album = made ? Result<Album>{std::move(made->first)} : failure(made.error());
        if (editor_.take({"Add an edition", album})) editor_.chooseEdition(made->second);
    };
    append("New CD edition\u2026", wxITEM_NORMAL, [add] { add("CD", CdSettings{}); });
    append("New vinyl edition\u2026", wxITEM_NORMAL, [add] { add("LP", VinylSettings{}); });
    append("New digital edition\u2026", wxITEM_NORMAL, [add] { add("Download", DigitalSettings{}); });
    if (editor_.edition() == nullptr) return;
    append("Copy this edition\u2026", wxITEM_NORMAL, [this, named] {
        const std::string name = named("The copy's name", editor_.edition()->name + " 2");
        if (name.empty()) return;
        auto made = edit::copyEdition(*editor_.album(), editor_.view.edition, name);
        const Result<Album> album = made ? Result<Album>{std::move(made->first)} : failure(made.error());
        if (editor_.take({"Copy the edition", album})) editor_.chooseEdition(made->second);
    });
    append("Rename this edition\u2026", wxITEM_NORMAL, [this, named] {
        const std::string name = named("Its new name", editor_.edition()->name);
        if (!name.empty())
            editor_.take(
                {"Rename the edition", edit::renameEdition(*editor_.album(), editor_.view.edition, name)});
    });
    if (editor_.album()->editions.size() > 1)
        append("Remove this edition", wxITEM_NORMAL, [this] {
            if (editor_.take(
                    {"Remove the edition", edit::removeEdition(*editor_.album(), editor_.view.edition)}))
                editor_.chooseEdition(editor_.album()->editions.front().id);
        });
}

void MainFrame::timelineMenu(const SceneItem& item, wxPoint at)
{
    wxMenu menu;
    std::map<int, std::function<void()>> chosen;
    const auto append = [&](const std::string& label, std::function<void()> act, bool ticked = false) {
        const int id = wxWindow::NewControlId();
        menu.AppendCheckItem(id, wx(label))->Check(ticked);
        chosen[id] = std::move(act);
    };
    if (const auto* fade = std::get_if<FadePart>(&item.part)) {
        const Track& track = *find(*editor_.album(), fade->track);
        const Clip& clip = *std::ranges::find(track.clips, fade->clip, &Clip::id);
        const bool in = fade->edge == Edge::begin;
        for (const Curve curve : allCurves) {
            Fade with = in ? clip.fadeIn : clip.fadeOut;
            const bool now = with.curve == curve;
            with.curve = curve;
            append(
                std::string{name(curve)},
                [this, in, with, id = clip.id] {
                    editor_.take(
                        {"Change the fade's curve", in ? edit::setFadeIn(*editor_.album(), id, with)
                                                       : edit::setFadeOut(*editor_.album(), id, with)});
                },
                now);
        }
    } else if (const auto* overlap = std::get_if<OverlapPart>(&item.part)) {
        const Entry& entry = *find(*editor_.edition(), overlap->track);
        const auto set = [this, track = overlap->track,
                          length = -entry.joint.gap](std::optional<Crossfade> cross) {
            editor_.take({"Change the crossfade's curves",
                          edit::setCrossfade(*editor_.album(), editor_.view.edition, track, length, cross)});
        };
        for (const Curve curve : allCurves)
            append(
                std::string{name(curve)}, [set, curve] { set(Crossfade{curve, curve}); },
                entry.joint.crossfade && entry.joint.crossfade->in == curve &&
                    entry.joint.crossfade->out == curve);
        append("default", [set] { set(Crossfade{}); }, entry.joint.crossfade == Crossfade{});
        append("no crossfade, a plain sum", [set] { set(std::nullopt); }, !entry.joint.crossfade);
    } else {
        for (const Action action :
             {Action::splitAtCursor, Action::addIndex, Action::startMarkHere, Action::endMarkHere,
              Action::crossfade, Action::openJoint, Action::remove})
            if (editor_.enabled(action, sound_->state()))
                append(infoOf(action).label, [this, action] { run(action); });
    }
    const int id = timeline_->GetPopupMenuSelectionFromUser(menu, at);
    if (const auto found = chosen.find(id); found != chosen.end()) found->second();
}

} // namespace segue::gui
