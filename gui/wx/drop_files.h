/// \file
/// Files dragged from the file manager, and rows of a table dragged to another place in it.
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

inline wxDataFormat draggedRows() { return wxDataFormat{"application/x-segue-rows"}; }

class DropOnTable : public wxDropTarget {
public:
    DropOnTable(std::function<void(wxPoint, const std::vector<Path>&)> files,
                std::function<void(wxPoint)> rows)
        : files_{std::move(files)}, rows_{std::move(rows)}, names_{new wxFileDataObject},
          both_{new wxDataObjectComposite}
    {
        both_->Add(names_, true);
        both_->Add(new wxCustomDataObject{draggedRows()});
        SetDataObject(both_);
    }
    wxDragResult OnData(wxCoord x, wxCoord y, wxDragResult result) override
    {
        if (!GetData()) return wxDragNone;
        if (both_->GetReceivedFormat() == draggedRows()) {
            rows_({x, y});
            return result;
        }
        std::vector<Path> paths;
        for (const wxString& name : names_->GetFilenames()) paths.emplace_back(utf8(name));
        files_({x, y}, paths);
        return result;
    }

private:
    std::function<void(wxPoint, const std::vector<Path>&)> files_;
    std::function<void(wxPoint)> rows_;
    wxFileDataObject* names_; ///< theirs, and theirs the target's
    wxDataObjectComposite* both_;
};

} // namespace segue::gui
