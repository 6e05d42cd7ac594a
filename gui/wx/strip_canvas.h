/// \file
/// The album strip's window: click to select, drag to reorder, drag the line between two sides to another
/// joint, click a gap to type it, wheel over a gap for tenths of a second.
#pragma once

#include "gui/model/break_drag.h"
#include "gui/model/editor.h"
#include "gui/model/strip.h"
#include "gui/wx/canvas.h"

#include <optional>

namespace segue::gui {

class StripCanvas : public Canvas {
public:
    StripCanvas(wxWindow* parent, Editor& editor);
    std::function<void(std::string)> info;
    std::function<void()> viewChanged;
    std::function<void(TrackId)> gapClicked;
    [[nodiscard]] std::size_t dropPosition(double x) const;
    bool cancelGesture();

private:
    [[nodiscard]] StripScene scene() const { return buildStrip(editor_.layout(), bounds()); }
    void onMouse(wxMouseEvent& event);
    Editor& editor_;
    std::optional<StripDrag> drag_;
    std::optional<TrackId> pressed_;
    double pressedX_ = 0;
    /// The line between two sides that is held, and where it would come to stand.
    std::optional<std::size_t> divider_;
    std::optional<BreakPlace> place_;
};

} // namespace segue::gui
