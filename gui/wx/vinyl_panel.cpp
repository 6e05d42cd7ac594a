#include "gui/wx/vinyl_panel.h"

#include "gui/model/other_orders.h"
#include "gui/wx/accessible.h"
#include "gui/wx/canvas.h"
#include "gui/wx/elliptical_choice.h"
#include "gui/wx/modal_dialogs.h"
#include "gui/wx/strings.h"
#include "picture/disc_scene.h"

#include <fmt/format.h>
#include <wx/button.h>
#include <wx/choice.h>
#include <wx/dataview.h>
#include <wx/menu.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/tglbtn.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace segue::gui {

using namespace picture;

namespace {

constexpr int leastLevelHeight = 104, leastListHeight = 60; // DIP

} // namespace

VinylPanel::VinylPanel(wxWindow* parent, Editor& editor, vinyl::RecordPlanner& planner)
    : wxPanel{parent}, editor_{editor}, planner_{planner}
{
    bars_ = new Canvas{this, "Sides", {420, static_cast<int>(2 * sideRowHeight)}};
    bars_->draw = [this] {
        if (record_ != nullptr) return sidesScene(*record_, bars_->bounds(), side_, drag_).list;
        return DrawList{Area{.box = bars_->bounds(), .ink = Ink::background}};
    };
    for (const auto type : {wxEVT_LEFT_DOWN, wxEVT_LEFT_UP, wxEVT_MOTION, wxEVT_LEAVE_WINDOW})
        bars_->Bind(type, &VinylPanel::onBars, this);
    bars_->Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) { cancelGesture(); });
    level_ = new Canvas{this, "Level over the sides", {420, leastLevelHeight}};
    level_->draw = [this] {
        DrawList list{Area{.box = level_->bounds(), .ink = Ink::background}};
        if (record_ != nullptr) std::ranges::move(levelPicture().list, std::back_inserter(list));
        return list;
    };
    for (const auto type : {wxEVT_LEFT_DOWN, wxEVT_LEFT_DCLICK, wxEVT_MOTION, wxEVT_LEAVE_WINDOW})
        level_->Bind(type, &VinylPanel::onLevel, this);
    disc_ = new Canvas{this, "Disc", {220, 180}};
    disc_->draw = [this] {
        DrawList list{Area{.box = disc_->bounds(), .ink = Ink::background}};
        if (record_ == nullptr || side_ >= record_->plan.sides.size()) return list;
        DiscScene scene =
            discScene(record_->programme, record_->plan, side_, disc_->bounds().inset(6), false);
        std::ranges::move(scene.list, std::back_inserter(list));
        return list;
    };
    for (const auto type : {wxEVT_LEFT_DOWN, wxEVT_LEFT_DCLICK, wxEVT_MOTION, wxEVT_LEAVE_WINDOW})
        disc_->Bind(type, &VinylPanel::onDisc, this);
    events_ = new wxDataViewListCtrl{this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                     wxDV_SINGLE | wxDV_ROW_LINES | wxBORDER_NONE};
    const auto column = [this](const char* heading, int width, bool right) {
        events_->AppendTextColumn(heading, wxDATAVIEW_CELL_INERT, FromDIP(width),
                                  right ? wxALIGN_RIGHT : wxALIGN_LEFT);
    };
    column("Level", 76, false);
    column("Side", 50, false);
    column("Track", 56, true);
    column("Time", 86, true);
    column("Radius", 86, true);
    column("Predicted", 520, false);
    prepareTable(events_, FromDIP(29));
    setAccessible(events_, "Events on the record");
    events_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
        const int row = filling_ ? wxNOT_FOUND : events_->GetSelectedRow();
        if (row == wxNOT_FOUND || static_cast<std::size_t>(row) >= rows_.size()) return;
        const VinylEventRow chosen = rows_[static_cast<std::size_t>(row)];
        chooseSide(chosen.side);
        goTo({chosen.at, chosen.inTrack}, false);
        info(chosen.what); // its column may be too narrow
    });
    events_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) {
        const int row = events_->ItemToRow(event.GetItem());
        if (row == wxNOT_FOUND || static_cast<std::size_t>(row) >= rows_.size()) return;
        const VinylEventRow chosen = rows_[static_cast<std::size_t>(row)];
        goTo({chosen.at, chosen.inTrack}, true);
    });

    words_ = new wxStaticText{
        this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE};
    setAccessible(words_, "What is predicted of the record");
    auto* buttons = new wxBoxSizer{wxHORIZONTAL};
    constexpr const char* divideHelp =
        "Puts the side breaks where the lowest of the sides\u2019 levels is highest; the order stays";
    two_ = button(buttons, "2 sides", divideHelp, [this] { ask(2); });
    four_ = button(buttons, "4 sides", divideHelp, [this] { ask(4); });
    six_ = button(buttons, "6 sides", divideHelp, [this] { ask(6); });
    orders_ =
        button(buttons, "Other orders\u2026",
               "Looks for orders of the tracks that would cut better: loud and bright further out, quiet "
               "further in",
               [this] { ask({}); });
    settings_ = button(buttons, "Record\u2026", "Size, speed, lathe, plant and reference",
                       [this] { editSettings(); });
    showLevel_ = new wxToggleButton{this, wxID_ANY, "Level"};
    constexpr const char* levelHelp = "What each side would allow alone, the planned level, and what every "
                                      "moment leaves to spare; in place of "
                                      "the events";
    showLevel_->SetToolTip(wx(levelHelp));
    setAccessible(showLevel_, "Level over the sides", levelHelp);
    showLevel_->Bind(wxEVT_TOGGLEBUTTON, [this](wxCommandEvent&) {
        keepRoom();
        Layout();
    });
    buttons->Add(showLevel_, 0, wxRIGHT, FromDIP(8));
    elliptical_ = newEllipticalChoice(this, "Hear without elliptical");
    elliptical_->SetToolTip(
        "Hear what an elliptical equaliser would do; the album and its files stay as they are");
    setAccessible(elliptical_, "Hear behind an elliptical equaliser", "Nothing is changed");
    elliptical_->Bind(wxEVT_CHOICE,
                      [this](wxCommandEvent&) { hearElliptical(chosenElliptical(*elliptical_)); });
    buttons->Add(elliptical_, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(8));
    new_ = button(buttons, "New vinyl edition from this order",
                  "A copy of this edition for a record, to be divided", [this] { newVinylEdition(); });

    auto* left = new wxBoxSizer{wxVERTICAL};
    left->Add(bars_, 0, wxEXPAND);
    left->Add(level_, 1, wxEXPAND | wxTOP | wxLEFT | wxRIGHT, FromDIP(6));
    left->Add(events_, 1, wxEXPAND | wxTOP, FromDIP(6));
    auto* row = new wxBoxSizer{wxHORIZONTAL};
    row->Add(left, 1, wxEXPAND);
    row->Add(disc_, 0, wxEXPAND | wxLEFT, FromDIP(6));
    auto* all = new wxBoxSizer{wxVERTICAL};
    all->Add(row, 1, wxEXPAND);
    all->Add(words_, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, FromDIP(8));
    all->Add(buttons, 0, wxALL, FromDIP(6));
    SetSizer(all);
    // The disc is as wide as the tab is high.
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        const int wide = std::clamp(GetClientSize().GetHeight() - FromDIP(80), FromDIP(180),
                                    GetClientSize().GetWidth() * 2 / 5);
        disc_->SetMinSize({wide, FromDIP(120)});
        keepRoom();
        event.Skip();
    });
    timer_.SetOwner(this);
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { syncWords(); });
    syncWords();
}

wxButton* VinylPanel::button(wxSizer* row, const char* label, const char* help, std::function<void()> pressed)
{
    auto* made = new wxButton{this, wxID_ANY, wx(label)};
    made->SetToolTip(wx(help));
    setAccessible(made, label, help);
    made->Bind(wxEVT_BUTTON, [pressed = std::move(pressed)](wxCommandEvent&) { pressed(); });
    row->Add(made, 0, wxRIGHT, FromDIP(8));
    return made;
}

bool VinylPanel::isVinyl() const
{
    const Edition* edition = editor_.edition();
    return edition != nullptr && std::holds_alternative<VinylSettings>(edition->medium);
}

void VinylPanel::sync()
{
    if (!isVinyl() || editor_.empty()) {
        show(nullptr);
        return;
    }
    const Planning wish{editor_.album(), editor_.view.edition};
    // An edit, or another edition, takes back what was asked for.
    if (asked_ && (asked_->of.first != wish.first || asked_->of.second != wish.second)) asked_.reset();
    planner_.put(wish.first, wish.second, asked_ ? asked_->sides : std::nullopt,
                 asked_.has_value() && !asked_->sides);
    auto newest = planner_.newest();
    if (newest != nullptr && newest->edition != wish.second) newest = nullptr;
    if (asked_ && planner_.upToDate()) {
        const std::optional<std::size_t> sides = asked_->sides;
        asked_.reset();
        const bool answered = newest != nullptr && newest->album == wish.first && newest->split == sides &&
                              newest->orders.has_value() == !sides.has_value();
        if (answered && sides) return takeSplit(*newest);
        if (answered)
            // The menu waits for its answer, and whoever called does not.
            CallAfter([this, newest] { offerOrders(newest); });
        else if (const auto error = planner_.error())
            editor_.tell(sentence(*error), true);
        planner_.put(wish.first, wish.second);
    }
    if (newest == nullptr || !newest->split) show(std::move(newest));
}

/// The one that is chosen becomes the edition's.
void VinylPanel::offerOrders(const std::shared_ptr<const vinyl::PlannedRecord>& record)
{
    if (record->orders->empty())
        return editor_.tell("No other order of the tracks is predicted to cut noticeably better");
    // Not into something else that is being done.
    if (!IsShownOnScreen() || modalDialogs() > 0 || wxGetMouseState().LeftIsDown())
        return editor_.tell("There are orders that would cut better: ask for them again");
    wxMenu menu;
    std::map<int, const vinyl::OrderSuggestion*> offered;
    for (const vinyl::OrderSuggestion& order : *record->orders)
        offered[menu.Append(wxID_ANY, wx(orderWords(order)))->GetId()] = &order;
    const int id = [&] {
        const OpenMenu open;
        return GetPopupMenuSelectionFromUser(menu, orders_->GetPosition());
    }();
    const auto chosen = offered.find(id);
    if (chosen == offered.end()) return;
    editor_.take(takeOrder(*editor_.album(), *record, *chosen->second));
    editor_.endGesture();
}

/// The breaks of the plan become the edition's: one step, and what follows plans it anew.
void VinylPanel::takeSplit(const vinyl::PlannedRecord& divided)
{
    std::vector<std::size_t> firsts;
    for (std::size_t i = 1; i < divided.plan.sides.size(); ++i) firsts.push_back(divided.plan.sides[i].first);
    editor_.take(breakBefore(*editor_.album(), divided, firsts));
    editor_.endGesture();
}

void VinylPanel::show(std::shared_ptr<const vinyl::PlannedRecord> record)
{
    if (record != record_) {
        // What is being dragged is of the plan before.
        cancelGesture();
        record_ = std::move(record);
        const std::size_t sides = record_ == nullptr ? 0 : record_->plan.sides.size();
        side_ = std::min(side_, sides == 0 ? 0 : sides - 1);
        bars_->SetMinSize({FromDIP(420), FromDIP(static_cast<int>(sideRowHeight) *
                                                 static_cast<int>(std::clamp<std::size_t>(sides, 1, 6)))});
        fillEvents();
        keepRoom();
        Layout();
        bars_->Refresh();
        level_->Refresh();
        disc_->Refresh();
    }
    syncWords();
}

void VinylPanel::syncWords()
{
    const bool record = isVinyl();
    const auto error = planner_.error();
    std::string words;
    if (!record)
        words = "This edition is not for vinyl: its order can be the beginning of one that is.";
    else if (editor_.empty())
        words = "The edition has no tracks yet.";
    else if (error)
        words = "The record could not be planned: " + sentence(*error);
    else if (record_ == nullptr)
        words = fmt::format("Measuring\u2026 {:.0f} %", planner_.measured() * 100);
    else
        words = recordWords(*record_) + (asked_ && asked_->sides ? " \u00b7 dividing\u2026"
                                         : asked_                ? " \u00b7 looking for other orders\u2026"
                                         : planner_.upToDate()   ? ""
                                                                 : " \u00b7 measuring\u2026");
    // How far it is, now and then; what is new calls sync().
    if (record && !error && record_ == nullptr && !editor_.empty()) timer_.StartOnce(400);
    if (words != utf8(words_->GetLabelText())) {
        words_->SetLabelText(wx(words));
        words_->SetToolTip(wx(words));
    }
    const std::size_t tracks = record_ == nullptr ? 0 : record_->programme.tracks.size();
    for (const auto& [control, sides] : {std::pair{two_, 2U}, {four_, 4U}, {six_, 6U}})
        control->Enable(tracks >= sides);
    orders_->Enable(tracks > 1);
    if (shownFor_ == std::pair{record, editor_.empty()}) return;
    shownFor_ = {record, editor_.empty()};
    for (wxWindow* window : std::initializer_list<wxWindow*>{two_, four_, six_, orders_, settings_,
                                                             elliptical_, bars_, disc_, events_, showLevel_})
        window->Show(record);
    new_->Show(!record && !editor_.empty());
    keepRoom();
    Layout();
}

/// A list of a few pixels' height shows nothing, and GTK cannot lay out its scroll bars. Level and events
/// stand one above the other where both have room, else the one that is wished.
void VinylPanel::keepRoom()
{
    const int below = words_->GetBestSize().y + two_->GetBestSize().y + FromDIP(26);
    const int room = isVinyl() ? GetClientSize().y - below - bars_->GetMinSize().y : 0;
    const bool both = room >= FromDIP(leastLevelHeight + leastListHeight + 12);
    const bool level = room >= FromDIP(leastLevelHeight / 2) && (both || showLevel_->GetValue());
    level_->Show(level);
    events_->Show(room >= FromDIP(leastListHeight) && (both || !showLevel_->GetValue()));
    showLevel_->Enable(!both);
}

LevelScene VinylPanel::levelPicture() const
{
    const Rect box = level_->bounds();
    return levelScene(record_->programme, record_->plan, box, box.height >= 150);
}

void VinylPanel::fillEvents()
{
    filling_ = true;
    const int before = events_->GetSelectedRow();
    rows_ = record_ == nullptr ? std::vector<VinylEventRow>{} : vinylEvents(editor_.layout(), *record_);
    events_->DeleteAllItems();
    for (const VinylEventRow& row : rows_) {
        wxVector<wxVariant> cells;
        for (const std::string& cell : {row.level, row.side_, row.track, row.time, row.radius, row.what})
            cells.push_back(wx(cell));
        events_->AppendItem(cells);
    }
    if (before != wxNOT_FOUND && static_cast<std::size_t>(before) < rows_.size())
        events_->SelectRow(static_cast<unsigned>(before));
    filling_ = false;
}

void VinylPanel::chooseSide(std::size_t side)
{
    side_ = side;
    bars_->Refresh();
    disc_->Refresh();
}

bool VinylPanel::cancelGesture()
{
    if (bars_->HasCapture()) bars_->ReleaseMouse();
    const bool was = drag_.has_value();
    drag_.reset();
    pressed_.reset();
    bars_->Refresh();
    return was;
}

void VinylPanel::onBars(wxMouseEvent& event)
{
    if (record_ == nullptr) return;
    const Point at{static_cast<double>(event.GetX()), static_cast<double>(event.GetY())};
    const SidesScene scene = sidesScene(*record_, bars_->bounds(), side_);
    const SideBlock* block = hitTest(scene, at);
    if (event.LeftDown()) {
        if (const auto row = rowAt(scene, at); row && *row < record_->plan.sides.size()) chooseSide(*row);
        if (block == nullptr) return;
        pressed_ = block->track;
        pressedAt_ = at;
        if (!bars_->HasCapture()) bars_->CaptureMouse();
        goTo({record_->programme.tracks[block->track].id, {}}, false);
    } else if (event.Dragging() && pressed_) {
        if (std::abs(at.x - pressedAt_.x) + std::abs(at.y - pressedAt_.y) > 4)
            drag_ = SideDrag{*pressed_, at};
        bars_->Refresh();
    } else if (event.LeftUp()) {
        const auto drag = drag_;
        cancelGesture();
        const auto to = rowAt(scene, at);
        if (drag && to) {
            editor_.take(moveToSide(*editor_.album(), *record_, drag->track, *to));
            editor_.endGesture();
        }
    } else if (event.Leaving()) {
        info({});
    } else {
        bars_->SetCursor(block == nullptr ? wxCURSOR_ARROW : wxCURSOR_HAND);
        info(block == nullptr
                 ? ""
                 : "Click: show the side and the track \u00b7 Drag to another side: the side break "
                   "moves, the order stays");
    }
}

void VinylPanel::onDisc(wxMouseEvent& event)
{
    if (record_ == nullptr || side_ >= record_->plan.sides.size()) return;
    const Point at{static_cast<double>(event.GetX()), static_cast<double>(event.GetY())};
    const DiscScene scene =
        discScene(record_->programme, record_->plan, side_, disc_->bounds().inset(6), false);
    const DiscHit hit = discHit(scene, record_->plan, side_, at);
    const vinyl::VinylEvents& events = record_->plan.sides[side_].events;
    if (event.LeftDown()) {
        if (hit.event)
            goTo(momentAt(*record_, side_, events[*hit.event].begin), true);
        else if (hit.seconds)
            goTo(momentAt(*record_, side_, *hit.seconds), true);
    } else if (event.Leaving()) {
        info({});
    } else if (event.Moving()) {
        disc_->SetCursor(hit.event || hit.seconds ? wxCURSOR_HAND : wxCURSOR_ARROW);
        if (hit.event)
            info(events[*hit.event].message + " \u00b7 Click: hear it");
        else if (hit.seconds && hit.track)
            info(fmt::format("\u201c{}\u201d, {:.1f} mm \u00b7 Click: hear it",
                             record_->programme.tracks[*hit.track].title, hit.radius));
        else
            info({});
    }
}

void VinylPanel::onLevel(wxMouseEvent& event)
{
    if (record_ == nullptr) return;
    const Point at{static_cast<double>(event.GetX()), static_cast<double>(event.GetY())};
    const auto hit = levelHit(levelPicture(), record_->plan, at);
    if (event.LeftDown() && hit) {
        if (hit->side != side_) chooseSide(hit->side);
        goTo(momentAt(*record_, hit->side, hit->seconds), true);
    } else if (event.Leaving() || !hit) {
        info({});
    } else if (event.Moving()) {
        info(levelPlaceWords(*record_, *hit) + " \u00b7 Click: hear it");
    }
    level_->SetCursor(hit ? wxCURSOR_HAND : wxCURSOR_ARROW);
}

void VinylPanel::ask(std::optional<std::size_t> sides)
{
    asked_ = Asked{sides, {editor_.album(), editor_.view.edition}};
    sync();
}

} // namespace segue::gui
