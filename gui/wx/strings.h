/// \file
/// UTF-8 inside, wxString at the edge.
#pragma once

#include <wx/string.h>

#include <string>
#include <string_view>

namespace segue::gui {

[[nodiscard]] inline wxString wx(std::string_view text)
{
    return wxString::FromUTF8(text.data(), text.size());
}
[[nodiscard]] inline std::string utf8(const wxString& text)
{
    const auto bytes = text.utf8_str();
    return {bytes.data(), bytes.length()};
}

} // namespace segue::gui
