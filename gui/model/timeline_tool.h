/// \file
/// What mouse and modifiers do on the timeline. A drag is always counted from the album as it was when the
/// button went down, and every step of it replaces the one before: one undo step, and Esc takes it back
/// whole. Dragging a flag moves the mark, never the sound; dragging a header moves the sound.
#pragma once

#include "gui/model/proposal.h"
#include "gui/model/snapping.h"
#include "gui/model/timeline_scene.h"

#include <memory>

namespace segue::gui {

struct Pointer {
    picture::Point at{};
    bool shift = false, control = false, alt = false;
};

/// What a mouse movement asks for.
struct ToolResult {
    std::optional<Proposal> edit{};
    bool seek = false;   ///< the cursor moved: play from there
    std::string words{}; ///< for the info line while dragging: "overlap 4.000 s"
};

enum class Grip : std::uint8_t { arrow, hand, leftRight, upDown, text };

class TimelineTool {
public:
    /// Selects what was hit and begins a gesture. \param hit may be nullptr
    ToolResult press(const std::shared_ptr<const Album>& album, const Layout& layout,
                     const TimelineScene& scene, const SceneItem* hit, View& view, Pointer pointer);
    /// \param waves for zero crossings; may be nullptr
    ToolResult drag(View& view, Pointer pointer, Waves* waves = nullptr);
    /// \return seek when it was a click on the ruler or a lane
    ToolResult release(View& view, Pointer pointer);
    /// Esc: forgets the gesture. \return whether edits were proposed, which are to be taken back
    bool cancel();
    [[nodiscard]] bool active() const { return base_ != nullptr; }

private:
    struct Start {
        Part part{};
        Pointer pointer{};
        Instant at{};   ///< under the pointer
        Instant item{}; ///< where the thing stands that was taken hold of
        TimeAxis axis{};
        picture::Rect bounds{};
    };
    [[nodiscard]] Instant under(const View& view, Pointer pointer) const;
    [[nodiscard]] std::optional<Proposal> proposalFor(const Layout& layout, const View& view, Pointer pointer,
                                                      Waves* waves, std::string& words) const;

    std::shared_ptr<const Album> base_;
    EditionId edition_{};
    Start start_{};
    bool moved_ = false, edited_ = false;
    int gestures_ = 0;
};

/// Chooses the thing that a menu is asked for: the menu acts on what is chosen. Several that are chosen stay
/// so when it is one of theirs.
void chooseForMenu(View& view, const SceneItem& item);

/// What click and modifiers do on this thing, for the info line.
[[nodiscard]] std::string hintFor(const SceneItem* item, const Layout& layout);
[[nodiscard]] Grip gripFor(const SceneItem* item, const Pointer& pointer);

} // namespace segue::gui
