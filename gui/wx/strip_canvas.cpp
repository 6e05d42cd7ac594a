#include "gui/wx/strip_canvas.h"

#include "album/edit.h"
#include "gui/model/track_edits.h"

#include <fmt/format.h>

#include <cmath>

namespace segue::gui {

StripCanvas::StripCanvas(wxWindow* parent, Editor& editor)
    : Canvas{parent, "Album strip", {400, 78}}, editor_{editor}
{
    takeFocus();
    draw = [this] {
        if (editor_.empty()) {
            picture::DrawList list;
            list.emplace_back(picture::Area{bounds(), picture::Ink::background});
            return list;
        }
        const StripScene s = scene();
        picture::DrawList list = drawStrip(editor_.layout(), editor_.view, s,
                                           worstByTrack(editor_.layout(), editor_.findings()), drag_);
        if (place_)
            list.emplace_back(
                picture::Area{{std::round(place_->x) - 1, s.bounds.y + 4, 3, s.bounds.height - 8},
                              picture::Ink::accent,
                              1.5});
        return list;
    };
    for (const auto type : {wxEVT_LEFT_DOWN, wxEVT_LEFT_UP, wxEVT_MOTION, wxEVT_LEAVE_WINDOW,
                            wxEVT_MOUSEWHEEL, wxEVT_LEFT_DCLICK})
        Bind(type, &StripCanvas::onMouse, this);
    Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) { cancelGesture(); });
}

std::size_t StripCanvas::dropPosition(double x) const
{
    return editor_.empty() ? 0 : gui::dropPosition(editor_.layout(), scene(), TrackId{}, x);
}

bool StripCanvas::cancelGesture()
{
    if (HasCapture()) ReleaseMouse();
    const bool was = drag_.has_value() || place_.has_value();
    drag_.reset();
    pressed_.reset();
    divider_.reset();
    place_.reset();
    Refresh();
    return was;
}

void StripCanvas::onMouse(wxMouseEvent& event)
{
    if (editor_.empty()) return;
    const picture::Point at{static_cast<double>(event.GetX()), static_cast<double>(event.GetY())};
    const StripScene s = scene();
    const StripItem* hit = hitTest(s, at);
    const auto* track = hit == nullptr ? nullptr : std::get_if<StripTrack>(&hit->part);
    const auto* gap = hit == nullptr ? nullptr : std::get_if<StripGap>(&hit->part);
    const auto divider = dividerAt(s, at);
    if (event.LeftDown() && divider) {
        divider_ = divider;
        pressedX_ = at.x;
        if (!HasCapture()) CaptureMouse();
    } else if (event.LeftDown() || event.LeftDClick()) {
        if (track != nullptr) {
            pressed_ = track->track;
            pressedX_ = at.x;
            if (event.ControlDown() && !editor_.view.isSelected(track->track))
                editor_.view.selected.push_back(track->track);
            else if (!event.ControlDown())
                editor_.view.select(track->track);
            editor_.view.focus = track->track;
            editor_.view.mark.reset();
            if (const auto place = placeOf(editor_.layout(), track->track)) editor_.view.piece = place->piece;
            editor_.revealFocus();
            if (!HasCapture()) CaptureMouse();
            viewChanged();
        } else if (gap != nullptr) {
            gapClicked(gap->track);
        }
    } else if (event.Dragging() && pressed_) {
        if (std::abs(at.x - pressedX_) > 4) drag_ = StripDrag{*pressed_, at.x};
        Refresh();
    } else if (event.Dragging() && divider_) {
        // The album may have become another under the hand.
        if (*divider_ >= s.dividers.size())
            cancelGesture();
        else if (place_ || std::abs(at.x - pressedX_) > 4)
            place_ = nearestBreak(editor_.layout(), s, *divider_, at.x);
        Refresh();
    } else if (event.LeftUp()) {
        if (HasCapture()) ReleaseMouse();
        if (place_ && divider_ && *divider_ < s.dividers.size()) {
            const TrackId before = place_->before;
            const std::size_t held = *divider_;
            cancelGesture();
            editor_.take(moveBreak(*editor_.album(), editor_.layout(), held, before));
            editor_.endGesture();
            viewChanged();
        }
        divider_.reset();
        place_.reset();
        if (drag_) {
            const std::size_t position = gui::dropPosition(editor_.layout(), s, drag_->track, at.x);
            const TrackId moved = drag_->track;
            drag_.reset();
            editor_.take({"Reorder the tracks",
                          edit::moveEntry(*editor_.album(), editor_.view.edition, moved, position)});
            viewChanged();
        }
        pressed_.reset();
    } else if (event.GetWheelRotation() != 0 && gap != nullptr) {
        const Duration by = milliseconds(event.GetWheelRotation() > 0 ? 100 : -100);
        // The steps at one gap are one undo step, until the pointer goes elsewhere.
        editor_.take({"Set the pause",
                      moveSound(*editor_.album(), editor_.view.edition, gap->track, by, false),
                      fmt::format("wheel on gap {}", gap->track.value)});
    } else if (event.Leaving()) {
        editor_.endGesture();
        info({});
    } else {
        SetCursor(divider ? wxCURSOR_SIZEWE : hit == nullptr ? wxCURSOR_ARROW : wxCURSOR_HAND);
        if (divider)
            info("Drag: the break moves to another joint, the order stays");
        else if (track != nullptr)
            info("Click: select \u00b7 Drag: another place in the order, pauses go along \u00b7 Ctrl: select "
                 "more");
        else if (gap != nullptr)
            info("Click: type the pause \u00b7 Wheel: tenths of a second");
        else
            info({});
    }
}

} // namespace segue::gui
