#include "gui/wx/icons.h"

#include <wx/colour.h>

#include <array>
#include <cassert>
#include <string>
#include <utility>

namespace segue::gui {

namespace {

constexpr std::array shapes{
    std::pair<std::string_view, std::string_view>{"play", R"(<path d="M4 2 L14 8 L4 14 Z"/>)"},
    std::pair<std::string_view, std::string_view>{"stop", R"(<path d="M3 3 H13 V13 H3 Z"/>)"},
    std::pair<std::string_view, std::string_view>{"start",
                                                  R"(<path d="M2 3 H4 V13 H2 Z M14 3 L5 8 L14 13 Z"/>)"},
    std::pair<std::string_view, std::string_view>{"next",
                                                  R"(<path d="M12 3 H14 V13 H12 Z M2 3 L11 8 L2 13 Z"/>)"},
    std::pair<std::string_view, std::string_view>{
        "loop", R"(<path d="M8 2.2 A5.8 5.8 0 1 0 13.8 8 H12 A4 4 0 1 1 8 4 V6.4 L12.2 3.1 L8 0 Z"/>)"},
    std::pair<std::string_view, std::string_view>{
        "segue",
        R"(<path d="M0 12 C5 12 6 4 11 4 H16 V6 H11 C7 6 6 14 0 14 Z" opacity="0.7"/><path d="M0 4 H5 C9 4 10 12 16 12 V14 C9 14 8 6 5 6 H0 Z"/>)"},
};

} // namespace

wxBitmapBundle icon(std::string_view name, const wxColour& colour, int size)
{
    for (const auto& [known, shape] : shapes)
        if (known == name) {
            const std::string svg =
                R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill=")" +
                colour.GetAsString(wxC2S_HTML_SYNTAX).ToStdString() + "\">" + std::string{shape} +
                "</g></svg>";
            return wxBitmapBundle::FromSVG(svg.c_str(), wxSize(size, size));
        }
    assert(false);
    return {};
}

} // namespace segue::gui
