/// \file
/// UTF-8 inside, wxString at the edge.
#pragma once

#include <wx/string.h>

#include <string>
#include <string_view>

namespace segue::gui {

[[nodiscard]] inline wxString wx(std::string_view text)
{
    const wxString shown = wxString::FromUTF8(text.data(), text.size());
    // A name from an old disk may not be UTF-8; shown oddly is better than not at all.
    return shown.empty() && !text.empty() ? wxString::From8BitData(text.data(), text.size()) : shown;
}
[[nodiscard]] inline std::string utf8(const wxString& text)
{
    const auto bytes = text.utf8_str();
    return {bytes.data(), bytes.length()};
}

} // namespace segue::gui
