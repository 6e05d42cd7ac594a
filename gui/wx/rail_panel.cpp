#include "gui/wx/rail_panel.h"

#include "gui/model/delivery.h"
#include "gui/wx/accessible.h"
#include "gui/wx/icons.h"
#include "gui/wx/strings.h"

#include <fmt/format.h>
#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include <algorithm>

namespace segue::gui {

using namespace picture;

namespace {

constexpr double findingLine = 17, findingGap = 7;

/// Breaks a sentence into at most three lines at blanks, by the width it really has.
std::vector<std::string> inLines(std::string words, double width,
                                 const std::function<double(const std::string&)>& widthOf)
{
    std::vector<std::string> lines;
    while (lines.size() < 2 && widthOf(words) > width) {
        std::size_t end = words.size();
        while (end != std::string::npos && end > 0 && widthOf(words.substr(0, end)) > width)
            end = words.rfind(' ', end - 1);
        if (end == std::string::npos || end == 0) break;
        lines.push_back(words.substr(0, end));
        words.erase(0, end + 1);
    }
    lines.push_back(std::move(words));
    return lines;
}

// Heights of the meters: with all of their rows, and with the true peaks and a row.
constexpr int allMeters = 180, fewestMeters = 92;

const char* question(const Edition& edition)
{
    if (std::holds_alternative<CdSettings>(edition.medium)) return "Ready for the plant?";
    return std::holds_alternative<VinylSettings>(edition.medium) ? "Ready for the cutter?"
                                                                 : "Ready for the stores?";
}

} // namespace

RailPanel::RailPanel(wxWindow* parent, Editor& editor, std::function<void(Action)> run)
    : wxPanel{parent}, editor_{editor}, run_{std::move(run)}
{
    SetMinSize(FromDIP(wxSize{292, 400}));
    SetBackgroundColour(colour(Ink::panel));
    auto* column = new wxBoxSizer{wxVERTICAL};
    const int side = FromDIP(20);
    times_ = new Canvas{this, "Time", {252, 112}};
    times_->draw = [this] {
        if (editor_.edition() != nullptr)
            return drawTimes(editor_.layout(), editor_.view, times_->bounds(), stateWords, stateIsBad);
        DrawList list;
        list.emplace_back(Area{times_->bounds(), Ink::panel});
        return list;
    };
    column->Add(times_, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, side);

    auto* transport = new wxBoxSizer{wxHORIZONTAL};
    button(transport, Action::previousMark, {}, "start");
    play_ = button(transport, Action::playStop, {}, "play");
    button(transport, Action::nextMark, {}, "next");
    auto* loop = toggle(transport, Action::loop, {});
    loop->SetBitmap(icon("loop", colour(Ink::text)));
    column->Add(transport, 0, wxEXPAND | wxLEFT | wxRIGHT, side);

    column->AddSpacer(FromDIP(14));
    joint_ = new wxStaticText{this, wxID_ANY, "Joint"};
    joint_->SetFont(joint_->GetFont().Bold());
    column->Add(joint_, 0, wxLEFT | wxRIGHT | wxBOTTOM, side);
    auto* hear = new wxBoxSizer{wxHORIZONTAL};
    button(hear, Action::hearJoint, "A joint");
    button(hear, Action::hearOutgoing, "S out");
    button(hear, Action::hearIncoming, "D in");
    column->Add(hear, 0, wxEXPAND | wxLEFT | wxRIGHT, side);
    auto* walk = new wxBoxSizer{wxHORIZONTAL};
    button(walk, Action::previousJoint, "Q previous");
    button(walk, Action::nextJoint, "W next");
    column->Add(walk, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, side);
    auto* listen = new wxBoxSizer{wxHORIZONTAL};
    toggle(listen, Action::mono, "Mono");
    toggle(listen, Action::side, "Side");
    toggle(listen, Action::smallSpeaker, "Small");
    toggle(listen, Action::dim, "Dim");
    toggle(listen, Action::asDelivered, "16 bit");
    column->Add(listen, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, side);
    // The small gaps between the rows of one group.
    for (auto* row : {walk, listen}) column->GetItem(row)->SetBorder(FromDIP(4));
    for (auto* row : {walk, listen}) column->GetItem(row)->SetFlag(wxEXPAND | wxTOP);
    for (auto* row : {walk, listen}) {
        row->InsertSpacer(0, side);
        row->AddSpacer(side);
    }

    column->AddSpacer(FromDIP(14));
    metersCanvas_ = new Canvas{this, "Meters", {252, allMeters}};
    metersCanvas_->draw = [this] { return drawMeters(meters, metersCanvas_->bounds()); };
    column->Add(metersCanvas_, 0, wxEXPAND | wxLEFT | wxRIGHT, side);
    column->AddSpacer(FromDIP(10));

    findings_ = new Canvas{this, "Ready for the plant?", {252, 50}};
    findings_->draw = [this] { return drawFindings(); };
    findings_->Bind(wxEVT_LEFT_UP, [this](wxMouseEvent& event) {
        for (const auto& [bottom, finding] : shownFindings_)
            if (event.GetY() < bottom) {
                if (event.GetY() >= 24 && findingChosen) findingChosen(finding);
                return;
            }
    });
    column->Add(findings_, 1, wxEXPAND | wxLEFT | wxRIGHT, side);

    auto* deliver = new wxButton{this, wxID_ANY, wx("Deliver DDP\u2026")};
    deliver->SetBackgroundColour(colour(Ink::accent));
    deliver->SetForegroundColour(colour(Ink::onAccent));
    deliver->SetFont(deliver->GetFont().Bold().Larger());
    deliver->SetMinSize(FromDIP(wxSize{252, 42}));
    deliver->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { run_(Action::deliverDdp); });
    keepFocusOnClick(deliver);
    setAccessible(deliver, "Deliver", infoOf(Action::deliverDdp).help);
    controls_[Action::deliverDdp] = deliver;
    deliver_ = deliver;
    column->Add(deliver, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, side);
    auto* proves = new wxStaticText{this,
                                    wxID_ANY,
                                    "writes, reads back, proves",
                                    wxDefaultPosition,
                                    wxDefaultSize,
                                    wxALIGN_CENTRE_HORIZONTAL};
    proves->SetForegroundColour(colour(Ink::dim));
    proves->SetFont(proves->GetFont().Smaller());
    column->Add(proves, 0, wxEXPAND | wxTOP | wxBOTTOM, FromDIP(8));
    SetSizer(column);
    // A box sizer crops what comes last, and that is the button to deliver: in a low window the meters give
    // way.
    Bind(wxEVT_SIZE, [this, column](wxSizeEvent& event) {
        const int rest = column->CalcMin().y - metersCanvas_->GetMinHeight();
        const int height = std::clamp(GetClientSize().y - rest, FromDIP(fewestMeters), FromDIP(allMeters));
        metersCanvas_->SetMinSize({metersCanvas_->GetMinWidth(), height});
        event.Skip();
    });
}

wxButton* RailPanel::button(wxSizer* row, Action action, const wxString& label, const char* name)
{
    auto* made = new wxButton{this, wxID_ANY, label, wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT};
    if (name != nullptr) made->SetBitmap(icon(name, colour(Ink::text)));
    made->Bind(wxEVT_BUTTON, [this, action](wxCommandEvent&) { run_(action); });
    place(made, row, action);
    return made;
}

wxToggleButton* RailPanel::toggle(wxSizer* row, Action action, const wxString& label)
{
    auto* made = new wxToggleButton{this, wxID_ANY, label, wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT};
    made->Bind(wxEVT_TOGGLEBUTTON, [this, action](wxCommandEvent&) { run_(action); });
    place(made, row, action);
    return made;
}

void RailPanel::place(wxWindow* control, wxSizer* row, Action action)
{
    const ActionInfo& about = infoOf(action);
    const std::string key = about.shortcut[0] == '\0' ? "" : fmt::format(" ({})", about.shortcut);
    const std::string help = about.help[0] == '\0' ? "" : fmt::format(": {}", about.help);
    control->SetToolTip(wx(about.label + key + help));
    control->SetMinSize(FromDIP(wxSize{20, 32}));
    setAccessible(control, about.label, about.help);
    keepFocusOnClick(control);
    row->Add(control, 1, wxRIGHT, FromDIP(2));
    controls_[action] = control;
}

void RailPanel::sync(const PlayState& play)
{
    for (const auto& [action, control] : controls_) {
        control->Enable(editor_.enabled(action, play));
        if (auto* t = dynamic_cast<wxToggleButton*>(control)) t->SetValue(editor_.ticked(action, play));
    }
    play_->SetBitmap(icon(play.playing ? "stop" : "play", colour(Ink::text)));
    const PlacedEntry* entry = editor_.focused();
    std::string words = "Joint";
    if (entry != nullptr) {
        const auto place = placeOf(editor_.layout(), entry->track);
        const int number = numberOf(editor_.layout(), *place);
        if (place->entry > 0) words = fmt::format("Joint {} \u2192 {}", number - 1, number);
    }
    joint_->SetLabelText(wx(words));
    const Edition* edition = editor_.edition();
    const bool sides = edition != nullptr && deliverableOf(*edition) == Deliverable::sides;
    if (const wxString label = wx(sides ? "Deliver side files\u2026" : "Deliver DDP\u2026");
        deliver_->GetLabel() != label)
        deliver_->SetLabel(label);
    times_->Refresh();
    findings_->Refresh();
}

void RailPanel::tick()
{
    times_->Refresh();
    metersCanvas_->Refresh();
}

DrawList RailPanel::drawFindings()
{
    DrawList list;
    const Rect b = findings_->bounds();
    list.emplace_back(Area{b, Ink::panel});
    shownFindings_.clear();
    if (editor_.empty()) return list;
    list.emplace_back(Text{.box = {b.x, b.y, b.width, 20},
                           .words = question(*editor_.edition()),
                           .size = 12.5,
                           .weight = Weight::bold});
    const Findings& all = editor_.findings();
    std::vector<std::size_t> order;
    for (const auto level : {Finding::Level::error, Finding::Level::warning, Finding::Level::note})
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].level == level && all[i].stands()) order.push_back(i);
    double y = b.y + 24;
    if (order.empty()) {
        list.emplace_back(Text{
            .box = {b.x, y, b.width, 20}, .words = "\u2713 Nothing found", .ink = Ink::good, .size = 12});
        return list;
    }
    const auto widthOf = [&](const std::string& words) {
        return painter_.widthOf({.words = words, .size = 12}, findings_->style());
    };
    for (std::size_t k = 0; k < order.size(); ++k) {
        const Finding& f = all[order[k]];
        const std::string where = f.where.track > 0 ? fmt::format("Track {}: ", f.where.track) : "";
        const auto lines = inLines(where + f.message, b.width - 18, widthOf);
        const double height = findingLine * static_cast<double>(lines.size()) + findingGap;
        const bool last = k + 1 == order.size();
        if (y + height + (last ? 0 : findingLine) > b.bottom()) {
            list.emplace_back(Text{.box = {b.x + 16, y, b.width - 16, findingLine},
                                   .words = fmt::format("and {} more", order.size() - k),
                                   .ink = Ink::dim,
                                   .size = 12});
            break;
        }
        const Ink ink = f.level == Finding::Level::error     ? Ink::error
                        : f.level == Finding::Level::warning ? Ink::accent
                                                             : Ink::note;
        list.emplace_back(picture::Disc{{b.x + 5, y + findingLine / 2}, 3.5, ink});
        for (std::size_t line = 0; line < lines.size(); ++line)
            list.emplace_back(Text{
                .box = {b.x + 16, y + findingLine * static_cast<double>(line), b.width - 16, findingLine},
                .words = lines[line],
                .size = 12});
        y += height;
        shownFindings_.emplace_back(y, order[k]);
    }
    return list;
}

} // namespace segue::gui
