/// \file
/// A window that paints a DrawList: strip, timeline, time and meters are such canvases. What is on it and
/// what a click means is gui/model's.
#pragma once

#include "deliver/paint.h"
#include "picture/draw_list.h"

#include <wx/colour.h>
#include <wx/window.h>

#include <functional>
#include <string>

namespace segue::gui {

class Canvas : public wxWindow {
public:
    Canvas(wxWindow* parent, const std::string& name, wxSize smallest);
    /// What a window says on its way out comes too late for the members.
    ~Canvas() override { SetEvtHandlerEnabled(false); }
    /// In logical pixels.
    [[nodiscard]] picture::Rect bounds() const;
    [[nodiscard]] const PaintStyle& style() const { return style_; }
    /// Tools tell it what to draw when it is needed; never called before the window has a size.
    std::function<picture::DrawList()> draw;

    /// Tab comes by, and a line around it says when it is here.
    void takeFocus();
    [[nodiscard]] bool AcceptsFocus() const override { return takesFocus_; }
    bool paintsAlbum = false; ///< its first picture is what a start waits for

private:
    void onPaint();
    Painter painter_;
    PaintStyle style_;
    bool takesFocus_ = false;
};

/// Dark or light, as the system's theme is.
[[nodiscard]] picture::Look systemLook();
/// In the system's look.
[[nodiscard]] wxColour colour(picture::Ink ink);

} // namespace segue::gui
