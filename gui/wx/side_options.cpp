#include "gui/wx/side_options.h"

#include "gui/wx/accessible.h"
#include "gui/wx/elliptical_choice.h"
#include "gui/wx/strings.h"

#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/spinctrl.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include <cmath>

namespace segue::gui {

namespace {

constexpr double longestSilence = 60, lowestGain = -60, highestGain = 24;

double inSeconds(Duration silence)
{
    return static_cast<double>(silence.value()) / static_cast<double>(flicksPerSecond);
}
/// What the field shows, to the millisecond.
Duration silenceIn(const wxSpinCtrlDouble& field)
{
    return milliseconds(std::llround(field.GetValue() * 1000));
}

} // namespace

SideOptions::SideOptions(wxWindow* parent) : wxPanel{parent}
{
    auto* row = new wxBoxSizer{wxHORIZONTAL};
    const auto labelled = [&](const char* label, const char* help, wxWindow* control) {
        row->Add(new wxStaticText{this, wxID_ANY, label}, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(6));
        control->SetToolTip(wx(help));
        setAccessible(control, label, help);
        row->Add(control, 0, wxALIGN_CENTRE_VERTICAL | wxRIGHT, FromDIP(16));
    };
    const auto number = [&](const char* label, const char* help, double low, double high, double now,
                            double step) {
        auto* field = new wxSpinCtrlDouble{this, wxID_ANY};
        field->SetRange(low, high);
        field->SetIncrement(step);
        field->SetDigits(1);
        field->SetValue(now);
        labelled(label, help, field);
        return field;
    };
    const DeliveryChoices usual;
    leadIn_ = number("Lead-in, s", "Silence before the first track of each side", 0, longestSilence,
                     inSeconds(usual.leadIn), 0.5);
    tail_ = number("Tail, s", "Silence behind the last track of each side", 0, longestSilence,
                   inSeconds(usual.tail), 0.5);
    gain_ = number("All sides, dB", "One gain for all sides alike; no side is ever treated for itself",
                   lowestGain, highestGain, 0, 0.1);
    elliptical_ = newEllipticalChoice(this, "none");
    labelled(
        "Elliptical",
        "High-passes the difference of the channels in the files, and the cut sheet says so. The Vinyl tab "
        "names the smallest one that helps",
        elliptical_);
    auto* all = new wxBoxSizer{wxVERTICAL};
    all->Add(row);
    row = new wxBoxSizer{wxHORIZONTAL};
    pattern_ = new wxTextCtrl{this, wxID_ANY, wx(usual.pattern)};
    pattern_->SetMinSize({FromDIP(320), -1});
    labelled("Names",
             "What the side files are called: {catalog} {title} {artist} {side} {number} {rate} {khz} {bits}",
             pattern_);
    all->Add(row, 0, wxTOP, FromDIP(6));
    const auto tell = [this](wxEvent& event) {
        if (changed) changed();
        event.Skip();
    };
    Bind(wxEVT_SPINCTRLDOUBLE, tell);
    Bind(wxEVT_CHOICE, tell);
    pattern_->Bind(wxEVT_TEXT, tell); // not of the number fields, which have one of their own
    SetSizer(all);
}

void SideOptions::takeInto(DeliveryChoices& choices) const
{
    choices.leadIn = silenceIn(*leadIn_);
    choices.tail = silenceIn(*tail_);
    choices.gain = Decibels{std::round(gain_->GetValue() * 10) / 10};
    choices.elliptical = chosenElliptical(*elliptical_);
    choices.pattern = pattern_->IsEmpty() ? DeliveryChoices{}.pattern : utf8(pattern_->GetValue());
}

} // namespace segue::gui
