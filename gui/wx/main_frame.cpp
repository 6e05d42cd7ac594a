#include "gui/wx/main_frame.h"

#include "gui/model/ends_beside.h"
#include "gui/wx/accessible.h"
#include "gui/wx/audio_file_dialog.h"
#include "gui/wx/checks_panel.h"
#include "gui/wx/deliver_window.h"
#include "gui/wx/find_command.h"
#include "gui/wx/icons.h"
#include "gui/wx/joint_bar.h"
#include "gui/wx/levels_panel.h"
#include "gui/wx/metadata_panel.h"
#include "gui/wx/modal_dialogs.h"
#include "gui/wx/preferences.h"
#include "gui/wx/rail_panel.h"
#include "gui/wx/session_setup.h"
#include "gui/wx/strings.h"
#include "gui/wx/strip_canvas.h"
#include "gui/wx/tab_button.h"
#include "gui/wx/timeline_canvas.h"
#include "gui/wx/track_table_view.h"
#include "gui/wx/versions_panel.h"
#include "gui/wx/vinyl_panel.h"

#include "album/edit.h"
#include "app/audio_probe.h"
#include "deliver/source_check.h"
#include "play/portaudio_out.h"

#include <algorithm>
#include <fmt/format.h>

#include <wx/aboutdlg.h>
#include <wx/anybutton.h>
#include <wx/choice.h>
#include <wx/dataview.h>
#include <wx/display.h>
#include <wx/msgdlg.h>
#include <wx/notebook.h>
#include <wx/splitter.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

namespace segue::gui {

MainFrame::MainFrame(std::unique_ptr<Session> session, Findings opening)
    : wxFrame{nullptr, wxID_ANY, "Segue", wxDefaultPosition, wxDefaultSize}, session_{std::move(session)},
      editor_{*session_, [this] { changed(); }},
      opener_{
          triedFirst(realFileOps(), openerFor(realFileOps()), std::make_shared<AudioProber>(segueBeside()))},
      line_{std::make_shared<Line>(*this)},
      readers_{std::make_shared<Readers>(
          opener_, line_, [this] { timeline_->Refresh(); }, [this] { syncLevels(); })},
      waves_{readers_->overviews},
      intake_{line_,
              [this](const std::string& words, double part) {
                  showInfo(fmt::format("{}, {:.0f} % \u00b7 Esc: cancel", words, part * 100));
              }},
      opening_{std::move(opening)}
{
    opening_.insert(opening_.end(), session_->findings().begin(), session_->findings().end());
    editor_.setFileFindings(opening_);
    const wxRect screen = wxDisplay{this}.GetClientArea();
    SetSize(wxSize{std::min(FromDIP(1440), screen.width), std::min(FromDIP(900), screen.height)});
    SetMinClientSize(FromDIP(wxSize{960, 640})); // at which the rail still shows all its buttons
    SetIcons(wxIconBundle{icon("segue", wxColour{0xf0, 0xb0, 0x40}, 48).GetIcon(wxSize{48, 48})});
    sound_ = std::make_unique<Sound>(editor_, std::make_unique<PortAudioOut>(), opener_);
    if (const std::string device = settings().device(); !device.empty()) sound_->setDevice(device);
    takeSoundSettings();
    editor_.setTimeStyle(settings().timeStyle());
    editor_.view.snapping = settings().snapping();
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
    line_->cut();
    // What is inside refers to the members, and a field that loses the focus on its way out would use them.
    DestroyChildren();
    saver_ = {};
    // Other windows do not stand still until a disk answers that this one asked.
    endBeside(std::move(worker_));
    endBeside(std::move(readers_));
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

void MainFrame::takeSoundSettings()
{
    sound_->preRoll = settings().preRoll();
    sound_->postRoll = settings().postRoll();
    sound_->furtherLatency = settings().furtherLatency();
}

void MainFrame::applySettings()
{
    sound_->setDevice(settings().device());
    takeSoundSettings();
    editor_.setTimeStyle(settings().timeStyle());
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
    checks_->show(editor_.findings(), session_->path().parent_path());
    versions_->sync();
    syncLevels();
    if (!notes_->IsModified() && utf8(notes_->GetValue()) != editor_.album()->info.note)
        notes_->ChangeValue(wx(editor_.album()->info.note));
    tabs_->SetPageText(
        static_cast<std::size_t>(tabs_->FindPage(checks_)),
        wx(editor_.findings().empty() ? "Checks" : fmt::format("Checks {}", editor_.findings().size())));
    rail_->sync(sound_->state());
    timesInTrack_->show(editor_.view.times == TimesShown::inTrack);
    jointBar_->sync();
    if (jointBar_->IsShown() != editor_.view.joint.has_value()) {
        jointBar_->Show(editor_.view.joint.has_value());
        jointBar_->GetParent()->Layout();
    }
    const std::string name = session_->path().empty() ? "Untitled" : session_->path().filename().string();
    const std::string title = editor_.album()->info.texts.title.value_or("");
    SetTitle(wx(fmt::format("{}{}{}{} \u2014 Segue", session_->modified() ? "\u2022 " : "",
                            title.empty() ? "" : title + " \u2014 ", name,
                            saving_                ? " (saving\u2026)"
                            : session_->readOnly() ? " (read only)"
                                                   : "")));
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
    // Who does not look at levels does not have an album read for them.
    if (tabs_->GetCurrentPage() == levels_) levels_->sync();
    // The lanes under the timeline show the plan, too.
    const Edition* edition = editor_.edition();
    if (tabs_->GetCurrentPage() == vinyl_ ||
        (edition != nullptr && std::holds_alternative<VinylSettings>(edition->medium))) {
        vinyl_->sync();
        timeline_->Refresh();
    }
    if (!toMatch_.empty()) beginMatch();
    if (toCompare_) hearOther();
    syncSoundChecks();
}

/// The sound is checked for whoever looks at the Checks tab or delivers. What was found before an edit stands
/// until the new check is there, as long as the tracks are the same.
void MainFrame::syncSoundChecks()
{
    const std::shared_ptr<const Album> album = editor_.album();
    const EditionId edition = editor_.view.edition;
    const bool wanted = !editor_.empty() && (tabs_->GetCurrentPage() == checks_ || deliver_ != nullptr);
    if (wanted) {
        readers_->measurer.put(album, edition);
        const auto measured = readers_->measurer.newest();
        std::shared_ptr<const EditionScan> scan;
        if (measured != nullptr && measured->album == album && measured->edition == edition)
            scan = {measured, &measured->scan};
        readers_->checker.put(album, edition, std::move(scan));
    }
    const auto error = wanted ? readers_->checker.error() : std::nullopt;
    const std::string state = error                                     ? sentence(*error)
                              : wanted && !readers_->checker.upToDate() ? "Checking the sound\u2026"
                                                                        : "";
    checks_->showState(state);
    const auto checked = readers_->checker.newest();
    const Edition *before = checked == nullptr ? nullptr : find(*checked->album, edition),
                  *now = editor_.edition();
    const bool holds =
        before != nullptr && now != nullptr && checked->edition == edition &&
        (checked->album == album ||
         (wanted && std::ranges::equal(before->entries, now->entries, {}, &Entry::track, &Entry::track)));
    editor_.setSoundFindings(holds ? checked->findings : Findings{});
    if (deliver_ != nullptr) deliver_->showState(state);
}

void MainFrame::showInfo(const std::string& words, bool isError)
{
    info_->SetForegroundColour(colour(isError ? picture::Ink::error : picture::Ink::dim));
    info_->SetLabelText(wx(words));
}

void MainFrame::tick()
{
    if (closeLater_ && modalDialogs() == 0) {
        closeLater_ = false;
        Close();
        return;
    }
    const bool moved = sound_->tick(rail_->meters);
    bool bad = false;
    std::string words = sound_->words(bad);
    const bool news = words != rail_->stateWords || bad != rail_->stateIsBad;
    rail_->stateWords = std::move(words);
    rail_->stateIsBad = bad;
    if (news) rail_->tick();
    showMatch();
    versions_->showHeard(sound_->versionHeard() ? comparedName_ : "");
    if (!moved) return;
    rail_->tick();
    // The time changes all the while, the playhead's pixel seldom.
    const View& view = editor_.view;
    const std::pair pixel{view.axis.left, view.playing ? std::lround(view.axis.x(*view.playing)) : -1L};
    if (pixel != playPixel_) {
        playPixel_ = pixel;
        timeline_->Refresh();
        strip_->Refresh();
    }
    if (!sound_->state().playing) rail_->sync(sound_->state());
}

void MainFrame::requestOverviews()
{
    std::vector<SourceId> first;
    for (const Source& source : editor_.album()->sources) readers_->overviews.request(source);
    if (!editor_.empty())
        if (const Piece* piece = editor_.layout().piece(editor_.view.piece))
            for (const PlacedEntry& entry : piece->entries)
                for (const Clip& clip : find(*editor_.album(), entry.track)->clips)
                    first.push_back(clip.source);
    readers_->overviews.prefer(std::move(first));
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
        if (timeline_->cancelGesture() || strip_->cancelGesture() || vinyl_->cancelGesture()) return true;
        if (intake_.busy()) {
            intake_.cancel();
            return true;
        }
        if (sound_->matching()) {
            sound_->endMatch();
            matchShown_.reset();
            editor_.takeBackGesture();
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
    if (action == Action::copy || action == Action::cut) {
        if (!table.copy()) return showInfo("The clipboard cannot be used now", true);
        if (action == Action::cut) return editor_.cut();
        showInfo(editor_.selection().size() == 1
                     ? "Copied the track"
                     : fmt::format("Copied {} tracks", editor_.selection().size()));
    }
    if (action == Action::paste) table.paste();
    if (action == Action::fillDown) table.fillDown();
}

void MainFrame::run(Action action)
{
    if (takenByMatch(action)) return;
    if (editor_.run(action)) {
        if (action == Action::snapFrames || action == Action::snapEdges ||
            action == Action::snapZeroCrossings)
            settings().setSnapping(editor_.view.snapping);
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
        const PlacedEntry* entry = editor_.focused();
        const std::size_t position = entry != nullptr  ? entry->position + 1
                                     : editor_.empty() ? 0
                                                       : editor_.edition()->entries.size();
        if (auto paths = chooseAudioFiles(this, *sound_, session_->path().parent_path()); !paths.empty())
            addFiles(std::move(paths), position);
        break;
    }
    case Action::relink: relink(); break;
    case Action::reread: reread(); break;
    case Action::matchByEar: matchByEar(editor_.selection()); break;
    case Action::preferences:
        if (editPreferences(this, [this](const auto& found) { sound_->findDevices(found); })) applySettings();
        break;
    case Action::save: save(false); break;
    case Action::saveAs: save(true); break;
    case Action::deliverDdp: deliver(); break;
    case Action::quit: Close(); break;
    case Action::cut:
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

} // namespace segue::gui
