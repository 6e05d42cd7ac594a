// The window's parts, put together: menus, panels, and who tells whom.

#include "gui/wx/main_frame.h"

#include "gui/model/track_edits.h"
#include "gui/wx/accessible.h"
#include "gui/wx/checks_panel.h"
#include "gui/wx/drop_files.h"
#include "gui/wx/edition_dialog.h"
#include "gui/wx/joint_bar.h"
#include "gui/wx/levels_panel.h"
#include "gui/wx/metadata_panel.h"
#include "gui/wx/modal_dialogs.h"
#include "gui/wx/preferences.h"
#include "gui/wx/rail_panel.h"
#include "gui/wx/strings.h"
#include "gui/wx/strip_canvas.h"
#include "gui/wx/tab_button.h"
#include "gui/wx/timeline_canvas.h"
#include "gui/wx/track_table_view.h"
#include "gui/wx/versions_panel.h"
#include "gui/wx/vinyl_panel.h"

#include "album/edit.h"

#include <fmt/format.h>
#include <wx/button.h>
#include <wx/dataview.h>
#include <wx/menu.h>
#include <wx/notebook.h>
#include <wx/sizer.h>
#include <wx/splitter.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/textdlg.h>

#include <algorithm>

namespace segue::gui {

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
    timeline_->record = [this]() -> std::shared_ptr<const vinyl::PlannedRecord> {
        const auto newest = readers_->planner.newest();
        // A plan of a wish to divide is not what the timeline shows.
        return newest != nullptr && newest->edition == editor_.view.edition && !newest->split ? newest
                                                                                              : nullptr;
    };
    tabs_ = new wxNotebook{splitter_, wxID_ANY};
    setAccessible(tabs_, "Views of the album");
    tracks_ = new TrackTableView{tabs_, editor_, tracksColumns(), "Tracks"};
    metadata_ = new MetadataPanel{tabs_, editor_};
    checks_ = new ChecksPanel{tabs_};
    notes_ =
        new wxTextCtrl{tabs_, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxBORDER_NONE};
    setAccessible(notes_, "Notes on the album");
    versions_ = new VersionsPanel{tabs_, editor_};
    versions_->listen = [this](std::size_t version) { listenToVersion(version); };
    timesInTrack_ = std::make_unique<TabButton>(tabs_, "Times in track",
                                                "Times from each track's start instead of the disc's",
                                                [this] { run(Action::timesInTrack); });
    tabs_->AddPage(tracks_, "Tracks");
    tabs_->AddPage(metadata_, "Metadata");
    levels_ = new LevelsPanel{tabs_, editor_, readers_->measurer};
    levels_->matchByEar = [this] { run(Action::matchByEar); };
    tabs_->AddPage(levels_, "Levels");
    vinyl_ = new VinylPanel{tabs_, editor_, readers_->planner};
    tabs_->AddPage(vinyl_, "Vinyl");
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
    timeline_->viewChanged = [this] {
        if (!timeline_->holds()) sound_->rangeChanged(); // not at every step of a drag
        syncAll();
    };
    timeline_->seeked = [this] { sound_->seek(); };
    timeline_->menuWanted = [this](const SceneItem& item, wxPoint at) { timelineMenu(item, at); };
    for (TrackTableView* table : {tracks_, &metadata_->table()}) {
        table->info = [this](const std::string& words, bool bad) { showInfo(words, bad); };
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
    // Copies: what is done about a finding makes the list anew.
    const auto withFinding = [this](void (MainFrame::*act)(const Finding&)) {
        return [this, act](std::size_t i) {
            if (i >= editor_.findings().size()) return;
            const Finding finding = editor_.findings()[i];
            (this->*act)(finding);
        };
    };
    checks_->chosen = withFinding(&MainFrame::goToFinding);
    checks_->goTo = withFinding(&MainFrame::goToCell);
    checks_->fix = withFinding(&MainFrame::fixIt);
    checks_->accept = withFinding(&MainFrame::acceptFinding);
    checks_->fixWords = [this](const Finding& f) { return fixWords(f); };
    vinyl_->goTo = [this](const MomentInTrack& moment, bool play) {
        goToMoment(moment.track, moment.inTrack, play);
    };
    levels_->goTo = vinyl_->goTo;
    vinyl_->info = say;
    vinyl_->hearElliptical = [this](std::optional<vinyl::Elliptical> setting) {
        sound_->hearElliptical(setting);
    };
    vinyl_->editSettings = [this] { editEditionSettings(); };
    vinyl_->newVinylEdition = [this] { newVinylEdition(); };
    rail_->findingChosen = [this](std::size_t i) {
        tabs_->SetSelection(static_cast<std::size_t>(tabs_->FindPage(checks_)));
        if (i < editor_.findings().size()) goToFinding(editor_.findings()[i]);
    };
    notes_->Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
        takeNotes();
        event.Skip();
    });
    for (TrackTableView* table : {tracks_, &metadata_->table()})
        table->SetDropTarget(
            new DropOnTable{[this, table](wxPoint at, const std::vector<Path>& paths) {
                                addFiles(paths, table->dropPosition(at));
                            },
                            [this, table](wxPoint at) {
                                table->finishEditing();
                                if (editor_.empty()) return;
                                editor_.take({"Reorder the tracks",
                                              moveTracks(*editor_.album(), editor_.view.edition,
                                                         editor_.selection(), table->dropPosition(at))});
                            }});
    for (wxWindow* window :
         {static_cast<wxWindow*>(timeline_), static_cast<wxWindow*>(strip_), static_cast<wxWindow*>(empty_)})
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
    append("New CD edition\u2026", wxITEM_NORMAL, [add] { add("CD", settings().newCd()); });
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
    append("Settings of this edition\u2026", wxITEM_NORMAL, [this] { editEditionSettings(); });
    if (editor_.album()->editions.size() > 1)
        append("Remove this edition", wxITEM_NORMAL, [this] { editor_.removeEdition(); });
}

void MainFrame::editEditionSettings()
{
    const EditionId id = editor_.view.edition;
    if (editor_.edition() == nullptr) return;
    const auto medium = editMedium(this, *editor_.edition());
    if (medium && find(*editor_.album(), id) != nullptr)
        editor_.take({"Change the edition's settings", edit::setMedium(*editor_.album(), id, *medium)});
}

/// The same order with the same joints, for a record: one step.
void MainFrame::newVinylEdition()
{
    std::string name = "LP";
    const auto taken = [&](const std::string& wanted) {
        return std::ranges::find(editor_.album()->editions, wanted, &Edition::name) !=
               editor_.album()->editions.end();
    };
    for (int number = 2; taken(name); ++number) name = fmt::format("LP {}", number);
    wxTextEntryDialog dialog{this, "The new edition's name", "Edition", wx(name)};
    if (editor_.edition() == nullptr || dialog.ShowModal() != wxID_OK) return;
    auto made = edit::copyEdition(*editor_.album(), editor_.view.edition, utf8(dialog.GetValue()));
    Result<Album> album = failure("");
    if (!made)
        album = failure(made.error());
    else
        album = edit::setMedium(std::move(made->first), made->second, VinylSettings{});
    if (editor_.take({"Add a vinyl edition", std::move(album)})) editor_.chooseEdition(made->second);
}

void MainFrame::timelineMenu(const SceneItem& item, wxPoint at)
{
    wxMenu menu;
    std::map<int, std::function<void()>> chosen;
    // One of several ways to be has a tick or none, what is done has no box for one.
    const auto append = [&](const std::string& label, std::function<void()> act,
                            std::optional<bool> ticked = {}) {
        const int id = wxWindow::NewControlId();
        if (ticked)
            menu.AppendCheckItem(id, wx(label))->Check(*ticked);
        else
            menu.Append(id, wx(label));
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
             {Action::splitAtCursor, Action::addIndex, Action::removeIndex, Action::startMarkHere,
              Action::endMarkHere, Action::trimBeginHere, Action::trimEndHere, Action::crossfade,
              Action::openJoint, Action::keepTogether, Action::remove})
            if (editor_.enabled(action, sound_->state()))
                append(
                    infoOf(action).label, [this, action] { run(action); },
                    editor_.ticked(action, sound_->state()));
    }
    const int id = [&] {
        const OpenMenu open;
        return timeline_->GetPopupMenuSelectionFromUser(menu, at);
    }();
    if (const auto found = chosen.find(id); found != chosen.end()) found->second();
}

} // namespace segue::gui
