/// \file
/// Files dragged from the file manager.
#pragma once

#include "core/file_ops.h"
#include "gui/wx/strings.h"

#include <wx/dnd.h>

#include <functional>
#include <utility>
#include <vector>

namespace segue::gui {

class DropFiles : public wxFileDropTarget {
public:
    explicit DropFiles(std::function<void(wxPoint, const std::vector<Path>&)> dropped)
        : dropped_{std::move(dropped)}
    {
    }
    bool OnDropFiles(wxCoord x, wxCoord y, const wxArrayString& names) override
    {
        std::vector<Path> paths;
        for (const wxString& name : names) paths.emplace_back(utf8(name));
        dropped_({x, y}, paths);
        return true;
    }

private:
    std::function<void(wxPoint, const std::vector<Path>&)> dropped_;
};

} // namespace segue::gui
