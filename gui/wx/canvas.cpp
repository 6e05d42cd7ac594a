#include "gui/wx/canvas.h"

#include "gui/wx/accessible.h"
#include "gui/wx/trace.h"

#include <cairo.h>
#include <wx/dcclient.h>
#include <wx/graphics.h>
#include <wx/settings.h>

#include <memory>

namespace segue::gui {

picture::Look systemLook()
{
    return wxSystemSettings::GetAppearance().IsDark() ? picture::Look::dark : picture::Look::light;
}

wxColour colour(picture::Ink ink)
{
    const picture::Colour c = colourOf(ink, systemLook());
    return {c.red, c.green, c.blue};
}

Canvas::Canvas(wxWindow* parent, const std::string& name, wxSize smallest)
{
    SetBackgroundStyle(wxBG_STYLE_PAINT);
    Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxFULL_REPAINT_ON_RESIZE | wxBORDER_NONE);
    SetMinSize(FromDIP(smallest));
    setAccessible(this, name);
    Bind(wxEVT_PAINT, [this](wxPaintEvent&) { onPaint(); });
    Bind(wxEVT_SYS_COLOUR_CHANGED, [this](wxSysColourChangedEvent& event) {
        Refresh();
        event.Skip();
    });
}

void Canvas::takeFocus()
{
    takesFocus_ = true;
    letTabCome(this);
    for (const auto type : {wxEVT_SET_FOCUS, wxEVT_KILL_FOCUS})
        Bind(type, [this](wxFocusEvent& event) {
            Refresh();
            event.Skip();
        });
}

picture::Rect Canvas::bounds() const
{
    const wxSize size = GetClientSize();
    return {0, 0, static_cast<double>(size.x), static_cast<double>(size.y)};
}

void Canvas::onPaint()
{
    wxPaintDC dc{this};
    if (!draw) return;
    const std::unique_ptr<wxGraphicsContext> graphics{wxGraphicsContext::Create(dc)};
    auto* context = graphics ? static_cast<cairo_t*>(graphics->GetNativeContext()) : nullptr;
    if (context == nullptr) return;
    style_.look = systemLook();
    cairo_save(context);
    picture::DrawList list = draw();
    if (takesFocus_ && HasFocus()) list.emplace_back(picture::Frame{bounds(), picture::Ink::accent, 0, 1});
    painter_.paint(context, list, style_, GetContentScaleFactor());
    cairo_restore(context);
    if (paintsAlbum) trace::painted();
}

} // namespace segue::gui
