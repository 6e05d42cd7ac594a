/// \file
/// The timeline's window: hands mouse and wheel to the tool, paints the scene.
#pragma once

#include "gui/model/editor.h"
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

    [[nodiscard]] picture::Point local(wxPoint screen) const;
    /// Where in the order a file dropped at x belongs.
    [[nodiscard]] std::size_t dropPosition(double x) const;
    /// Whether the mouse holds something.
    [[nodiscard]] bool holds() const { return tool_.active(); }
    /// Esc.
    bool cancelGesture();

private:
    [[nodiscard]] TimelineScene scene() const;
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
