#include "gui/wx/timeline_canvas.h"

#include "gui/model/timeline_drawing.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace segue::gui {

using picture::Point;

namespace {

Pointer pointerOf(const wxMouseEvent& event)
{
    return {{static_cast<double>(event.GetX()), static_cast<double>(event.GetY())},
            event.ShiftDown(),
            event.ControlDown(),
            event.AltDown()};
}

wxStockCursor cursorOf(Grip grip)
{
    switch (grip) {
    case Grip::hand: return wxCURSOR_HAND;
    case Grip::leftRight: return wxCURSOR_SIZEWE;
    case Grip::upDown: return wxCURSOR_SIZENS;
    case Grip::text: return wxCURSOR_IBEAM;
    case Grip::arrow: break;
    }
    return wxCURSOR_ARROW;
}

} // namespace

TimelineCanvas::TimelineCanvas(wxWindow* parent, Editor& editor, Waves& waves)
    : Canvas{parent, "Timeline", {400, 180}}, editor_{editor}, waves_{waves}
{
    takeFocus();
    paintsAlbum = true;
    draw = [this] {
        editor_.width = bounds().width;
        if (editor_.empty()) {
            picture::DrawList list;
            list.emplace_back(picture::Area{bounds(), picture::Ink::background});
            return list;
        }
        const TimelineScene s = scene();
        picture::DrawList list = drawTimeline(editor_.layout(), editor_.view, s, waves_,
                                              tool_.active() ? nullptr : hitTest(s, mouse_));
        if (lanes().height > 0)
            std::ranges::move(drawStrainLanes(editor_.layout(), editor_.view, record().get(), lanes()),
                              std::back_inserter(list));
        return list;
    };
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        editor_.width = bounds().width;
        if (editor_.view.wholeDisc) editor_.showAlbum();
        event.Skip();
    });
    for (const auto type : {wxEVT_LEFT_DOWN, wxEVT_LEFT_UP, wxEVT_MOTION, wxEVT_LEAVE_WINDOW, wxEVT_RIGHT_UP,
                            wxEVT_LEFT_DCLICK})
        Bind(type, &TimelineCanvas::onMouse, this);
    Bind(wxEVT_MOUSEWHEEL, &TimelineCanvas::onWheel, this);
    Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) { cancelGesture(); });
}

TimelineScene TimelineCanvas::scene() const
{
    picture::Rect above = bounds();
    above.height -= lanes().height;
    return buildTimelineScene(editor_.layout(), editor_.view, above);
}

picture::Rect TimelineCanvas::lanes() const
{
    const picture::Rect all = bounds();
    const Edition* edition = editor_.edition();
    const bool shown = record && edition != nullptr && std::holds_alternative<VinylSettings>(edition->medium);
    const double height = shown ? 2 * strainLaneHeight : 0;
    return {all.x, all.bottom() - height, all.width, height};
}

bool TimelineCanvas::onLanes(const wxMouseEvent& event)
{
    if (tool_.active() || !(event.Moving() || event.LeftDown() || event.LeftDClick())) return false;
    const Point at{static_cast<double>(event.GetX()), static_cast<double>(event.GetY())};
    const picture::Rect under = lanes();
    if (!under.contains(at)) return false;
    mouse_ = {-1, -1};
    const auto place = strainAt(editor_.layout(), editor_.view, record().get(), under, at);
    SetCursor(place ? wxCURSOR_HAND : wxCURSOR_ARROW);
    if (place && !event.Moving()) {
        editor_.view.cursor = std::max(Instant{}, place->at);
        seeked();
        viewChanged();
    }
    info(place ? place->words : "");
    return true;
}

Point TimelineCanvas::local(wxPoint screen) const
{
    const wxPoint p = ScreenToClient(screen);
    return {static_cast<double>(p.x), static_cast<double>(p.y)};
}

std::size_t TimelineCanvas::dropPosition(double x) const
{
    if (editor_.empty()) return 0;
    const Piece* piece = editor_.layout().piece(editor_.view.piece);
    const Instant at = editor_.view.axis.at(x);
    std::size_t position = piece->entries.empty() ? 0 : piece->entries.front().position;
    for (const PlacedEntry& entry : piece->entries)
        if (at > entry.start + Duration{(entry.end - entry.start).value() / 2}) position = entry.position + 1;
    return position;
}

bool TimelineCanvas::cancelGesture()
{
    if (!tool_.active()) return false;
    if (HasCapture()) ReleaseMouse();
    // What somebody else did meanwhile (files that arrived) is not taken back.
    if (tool_.cancel() && mine_ == editor_.album()) editor_.takeBackGesture();
    editor_.endGesture();
    viewChanged();
    return true;
}

void TimelineCanvas::apply(ToolResult result)
{
    if (result.edit) editor_.take(std::move(*result.edit));
    if (result.seek) seeked();
    viewChanged();
    if (!result.words.empty() && !editor_.messageIsError()) info(result.words);
}

void TimelineCanvas::updateHover(const Pointer& pointer)
{
    mouse_ = pointer.at;
    const TimelineScene s = scene();
    const SceneItem* item = hitTest(s, pointer.at);
    SetCursor(cursorOf(gripFor(item, pointer)));
    info(hintFor(item, editor_.layout()));
    Refresh();
}

void TimelineCanvas::onMouse(wxMouseEvent& event)
{
    if (editor_.empty() || onLanes(event)) return;
    const Pointer pointer = pointerOf(event);
    if (event.LeftDown() || event.LeftDClick()) {
        SetFocus();
        const TimelineScene s = scene();
        const SceneItem* hit = hitTest(s, pointer.at);
        editor_.say({});
        apply(tool_.press(editor_.album(), editor_.layout(), s, hit, editor_.view, pointer));
        mine_ = editor_.album();
        if (!HasCapture()) CaptureMouse();
    } else if (event.LeftUp()) {
        if (HasCapture()) ReleaseMouse();
        apply(tool_.release(editor_.view, pointer));
        editor_.endGesture();
    } else if (event.RightUp()) {
        const TimelineScene s = scene();
        if (const SceneItem* hit = hitTest(s, pointer.at)) {
            chooseForMenu(editor_.view, *hit);
            viewChanged();
            menuWanted(*hit, event.GetPosition());
        }
    } else if (event.Leaving()) {
        mouse_ = {-1, -1};
        info({});
        Refresh();
    } else if (tool_.active() && event.Dragging()) {
        // A drag is counted from the album it began with; had another edit come between, it would undo that.
        if (mine_ != editor_.album()) {
            cancelGesture();
            return;
        }
        apply(tool_.drag(editor_.view, pointer, &waves_));
        mine_ = editor_.album();
    } else {
        updateHover(pointer);
    }
}

void TimelineCanvas::onWheel(wxMouseEvent& event)
{
    if (editor_.empty()) return;
    const double steps = static_cast<double>(event.GetWheelRotation()) / std::max(1, event.GetWheelDelta());
    const bool sideways = event.GetWheelAxis() == wxMOUSE_WHEEL_HORIZONTAL;
    if (event.ControlDown()) {
        editor_.view.amplitude = std::clamp(editor_.view.amplitude * std::pow(1.2, steps), 0.25, 64.0);
    } else if (event.ShiftDown() || sideways) {
        editor_.view.axis.left += editor_.view.axis.length((sideways ? steps : -steps) * 80);
        editor_.zoom(1, 0);
    } else {
        editor_.zoom(std::pow(1.25, steps), event.GetX());
    }
    viewChanged();
}

} // namespace segue::gui
