/// \file
/// The timeline's window: hands mouse and wheel to the tool, paints the scene.
#pragma once

#include "gui/model/editor.h"
#include "gui/model/strain_lanes.h"
#include "gui/model/timeline_tool.h"
#include "gui/model/waves.h"
#include "gui/wx/canvas.h"

namespace segue::gui {

class TimelineCanvas : public Canvas {
public:
    TimelineCanvas(wxWindow* parent, Editor& editor, Waves& waves);
    std::function<void(std::string)> info; ///< what the info line says
    std::function<void()> seeked;          ///< the cursor was set with the mouse
    std::function<void()> viewChanged;
    std::function<void(const SceneItem&, wxPoint)> menuWanted;

    /// The newest plan of a record, for the lanes under the timeline of a vinyl edition; may be null.
    std::function<std::shared_ptr<const vinyl::PlannedRecord>()> record;

    [[nodiscard]] picture::Point local(wxPoint screen) const;
    /// Where in the order a file dropped at x belongs.
    [[nodiscard]] std::size_t dropPosition(double x) const;
    /// Whether the mouse holds something.
    [[nodiscard]] bool holds() const { return tool_.active(); }
    /// Esc.
    bool cancelGesture();

private:
    [[nodiscard]] TimelineScene scene() const;
    /// Under the timeline; empty where there are none.
    [[nodiscard]] picture::Rect lanes() const;
    [[nodiscard]] bool onLanes(const wxMouseEvent& event);
    void onMouse(wxMouseEvent& event);
    void onWheel(wxMouseEvent& event);
    void apply(ToolResult result);
    void updateHover(const Pointer& pointer);

    Editor& editor_;
    Waves& waves_;
    TimelineTool tool_;
    picture::Point mouse_{-1, -1};
    std::shared_ptr<const Album> mine_; ///< the album as the gesture left it
};

} // namespace segue::gui
