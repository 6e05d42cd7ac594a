#include "gui/wx/elliptical_choice.h"

#include "gui/wx/strings.h"

#include <fmt/format.h>
#include <wx/choice.h>

#include <array>

namespace segue::gui {

namespace {

constexpr std::array orders{1, 2};

} // namespace

wxChoice* newEllipticalChoice(wxWindow* parent, const char* none)
{
    auto* choice = new wxChoice{parent, wxID_ANY};
    choice->Append(none);
    for (const int order : orders)
        for (const double corner : vinyl::ellipticalCorners)
            choice->Append(wx(fmt::format("{:.0f} Hz, {} dB per octave", corner, order * 6)));
    choice->SetSelection(0);
    return choice;
}

std::optional<vinyl::Elliptical> chosenElliptical(const wxChoice& choice)
{
    if (choice.GetSelection() <= 0) return {};
    constexpr std::size_t corners = vinyl::ellipticalCorners.size();
    const auto chosen = static_cast<std::size_t>(choice.GetSelection()) - 1;
    return vinyl::Elliptical{.order = orders.at(chosen / corners),
                             .corner = vinyl::ellipticalCorners.at(chosen % corners)};
}

} // namespace segue::gui
