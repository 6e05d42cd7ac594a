#include "gui/wx/joint_bar.h"

#include "album/edit.h"
#include "core/time_text.h"
#include "gui/model/joint_reach.h"
#include "gui/wx/accessible.h"
#include "gui/wx/folding_row.h"
#include "gui/wx/preferences.h"
#include "gui/wx/strings.h"

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

namespace segue::gui {

JointBar::JointBar(wxWindow* parent, Editor& editor, Sound& sound, std::function<void(Action)> run)
    : wxPanel{parent}, editor_{editor}, sound_{sound}
{
    auto* row = new wxBoxSizer{wxHORIZONTAL};
    row->AddSpacer(FromDIP(14));
    gap_ = field(row, "Pause", "Pause", "Seconds between the tracks; negative: an overlap",
                 [this](const std::string& text) {
                     if (entry() == nullptr) return;
                     for (std::size_t i = 0; i < rowCount(editor_.table()); ++i)
                         if (trackOfRow(editor_.table(), i) == *editor_.view.joint) {
                             editor_.take(typed(editor_.table(), i, Column::pause, text));
                             break;
                         }
                 });
    enters_ = field(row, "Before", "Before",
                    "Seconds of the overlap before the joint: how early the incoming track enters, "
                    "its sound staying where it is",
                    [this](const std::string& text) { setReach(true, text); });
    in_ = curves(row, true);
    goesOn_ = field(row, "After", "After",
                    "Seconds of the overlap behind the joint: how long the outgoing track goes on",
                    [this](const std::string& text) { setReach(false, text); });
    out_ = curves(row, false);
    const auto roll = [this](Duration& length) {
        return [this, &length](const std::string& text) {
            const auto time = parseTime(text);
            if (!time || *time < Duration{} || *time > seconds(60)) {
                editor_.tell("A roll is 0 to 60 seconds", true);
            } else {
                length = *time;
                settings().setRolls(sound_.preRoll, sound_.postRoll);
            }
            sync();
        };
    };
    auto* further = new wxBoxSizer{wxHORIZONTAL};
    before_ = field(further, "Rolls", "Pre-roll", "Seconds heard before the joint", roll(sound_.preRoll));
    after_ = field(further, "", "Post-roll", "Seconds heard after the joint", roll(sound_.postRoll));
    further->AddStretchSpacer();
    auto* close = new wxButton{this, wxID_ANY, "Done", wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT};
    close->SetToolTip("F does it, too");
    close->Bind(wxEVT_BUTTON, [act = std::move(run)](wxCommandEvent&) { act(Action::openJoint); });
    further->Add(close, 0, wxALL, FromDIP(6));
    SetSizer(foldingRow(this, row, further, 0));
}

void JointBar::setReach(bool before, const std::string& text)
{
    const auto point = editor_.view.jointPoint;
    if (entry() == nullptr || !point) return;
    const auto time = parseTime(text);
    if (!time) return editor_.tell(sentence(time.error()), true);
    JointReach reach = jointReach(editor_.layout(), entry()->track, *point);
    (before ? reach.before : reach.after) = *time;
    editor_.take(
        {before ? "Change where the incoming track enters" : "Change how long the outgoing track goes on",
         setJointReach(*editor_.album(), editor_.view.edition, entry()->track, *point, reach)});
}

const Entry* JointBar::entry() const
{
    return editor_.view.joint && editor_.edition() != nullptr ? find(*editor_.edition(), *editor_.view.joint)
                                                              : nullptr;
}

wxTextCtrl* JointBar::field(wxSizer* row, const char* label, const char* name, const char* help,
                            std::function<void(const std::string&)> typed)
{
    if (*label != '\0')
        row->Add(new wxStaticText{this, wxID_ANY, label}, 0, wxALIGN_CENTRE_VERTICAL | wxLEFT | wxRIGHT,
                 FromDIP(6));
    auto* made = new wxTextCtrl{
        this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize{66, -1}), wxTE_PROCESS_ENTER | wxTE_RIGHT};
    made->SetToolTip(help);
    setAccessible(made, name, help);
    const auto commit = [this, made, typed = std::move(typed)] {
        if (!made->IsModified()) return;
        made->SetModified(false);
        typed(utf8(made->GetValue()));
        sync();
    };
    commits_.emplace_back(commit);
    made->Bind(wxEVT_TEXT_ENTER, [commit](wxCommandEvent&) { commit(); });
    made->Bind(wxEVT_KILL_FOCUS, [commit](wxFocusEvent& event) {
        commit();
        event.Skip();
    });
    row->Add(made, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(6));
    return made;
}

wxChoice* JointBar::curves(wxSizer* row, bool incoming)
{
    auto* made = new wxChoice{this, wxID_ANY};
    made->Append("default");
    for (const Curve curve : allCurves) made->Append(wx(name(curve)));
    setAccessible(made, incoming ? "Curve of the incoming track" : "Curve of the outgoing track");
    made->Bind(wxEVT_CHOICE, [this, incoming](wxCommandEvent& event) { setCurve(incoming, event.GetInt()); });
    made->SetToolTip(incoming ? "How the incoming track comes in" : "How the outgoing track goes out");
    row->Add(made, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(10));
    return made;
}

void JointBar::setCurve(bool incoming, int chosen)
{
    const Entry* e = entry();
    if (e == nullptr || e->joint.gap >= Duration{}) return;
    Crossfade cross = e->joint.crossfade.value_or(Crossfade{});
    const std::optional<Curve> curve =
        chosen < 1 ? std::nullopt : std::optional{allCurves[static_cast<std::size_t>(chosen - 1)]};
    (incoming ? cross.in : cross.out) = curve;
    editor_.take({"Change the crossfade's curves", edit::setCrossfade(*editor_.album(), editor_.view.edition,
                                                                      e->track, -e->joint.gap, cross)});
}

void JointBar::sync()
{
    const Entry* e = entry();
    if (e == nullptr) return;
    const auto show = [](wxTextCtrl* field, const std::string& text) {
        if (!field->IsModified() && utf8(field->GetValue()) != text) field->ChangeValue(wx(text));
    };
    show(gap_, shownSeconds(e->joint.gap));
    const auto point = editor_.view.jointPoint;
    const JointReach reach = point ? jointReach(editor_.layout(), e->track, *point) : JointReach{};
    for (wxTextCtrl* side : {enters_, goesOn_}) side->Enable(point.has_value());
    show(enters_, point ? shownSeconds(reach.before) : "");
    show(goesOn_, point ? shownSeconds(reach.after) : "");
    show(before_, shownSeconds(sound_.preRoll, 1));
    show(after_, shownSeconds(sound_.postRoll, 1));
    const bool overlaps = e->joint.gap < Duration{};
    const auto choose = [&](wxChoice* choice, std::optional<Curve> curve) {
        choice->Enable(overlaps && e->joint.crossfade);
        int at = 0;
        for (std::size_t i = 0; curve && i < allCurves.size(); ++i)
            if (allCurves[i] == *curve) at = static_cast<int>(i) + 1;
        choice->SetSelection(at);
    };
    choose(out_, e->joint.crossfade ? e->joint.crossfade->out : std::nullopt);
    choose(in_, e->joint.crossfade ? e->joint.crossfade->in : std::nullopt);
}

} // namespace segue::gui
