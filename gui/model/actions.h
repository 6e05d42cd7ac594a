/// \file
/// Everything the editor can be told to do, in one table: menus, keys, the shortcuts sheet and the command
/// palette all read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue::gui {

enum class Action : std::uint8_t {
    newAlbum,
    openAlbum,
    openSample,
    addFiles,
    relink,
    reread,
    save,
    saveAs,
    deliverDdp,
    preferences,
    quit,
    undo,
    redo,
    cut,
    copy,
    paste,
    duplicate,
    remove,
    selectAll,
    fillDown,
    isrcSeries,
    splitAtCursor,
    addIndex,
    removeIndex,
    moveEarlier,
    moveLater,
    startMarkHere,
    endMarkHere,
    trimBeginHere,
    trimEndHere,
    placeByEar,
    fadeInHere,
    fadeOutHere,
    fadeInCurve,
    fadeOutCurve,
    discBreak,
    keepTogether,
    nudgeEarlierFrame,
    nudgeLaterFrame,
    nudgeEarlierMillisecond,
    nudgeLaterMillisecond,
    nudgeEarlierSample,
    nudgeLaterSample,
    louder,
    softer,
    clipLouder,
    clipSofter,
    slipEarlier,
    slipLater,
    openJoint,
    hearJoint,
    hearOutgoing,
    hearIncoming,
    previousJoint,
    nextJoint,
    hearAllJoints,
    hearAsFiles,
    crossfade,
    removeOverlap,
    playStop,
    goToStart,
    goToEnd,
    previousMark,
    nextMark,
    loop,
    mono,
    side,
    smallSpeaker,
    matchByEar,
    equallyLoud,
    dim,
    asDelivered,
    zoomIn,
    zoomOut,
    zoomTrack,
    zoomAlbum,
    taller,
    lower,
    follow,
    snapFrames,
    snapEdges,
    snapZeroCrossings,
    timesInTrack,
    nextDisc,
    previousDisc,
    shortcuts,
    palette,
    about,
};

struct ActionInfo {
    Action action;
    const char* id;       ///< stable: settings and tests name it so
    const char* menu;     ///< "Track", or "Track/Nudge"
    const char* label;    ///< as in the menu
    const char* shortcut; ///< "Ctrl+Shift+P", "Space", ""; see Keystroke
    const char* help;     ///< one sentence for the palette
    bool ticked = false;  ///< shows a tick when on
};
[[nodiscard]] std::span<const ActionInfo> actions();
[[nodiscard]] const ActionInfo& infoOf(Action action);
/// Menus in their order, without submenus: "File", "Edit" ...
[[nodiscard]] std::span<const std::string_view> menus();

/// A key with its modifiers, spelled as in the table: single characters in upper case, else "Space", "Enter",
/// "Delete", "Home", "End", "Left", "Right", "Up", "Down", "F1", "Esc", "Tab".
struct Keystroke {
    std::string key{};
    bool control = false, shift = false, alt = false;
    [[nodiscard]] friend bool operator==(const Keystroke&, const Keystroke&) = default;
};
[[nodiscard]] Keystroke parseKeystroke(std::string_view shortcut);
[[nodiscard]] std::optional<Action> actionFor(const Keystroke& stroke);
/// Actions whose label, menu or help hold all words of `query`, best first: the palette's list.
[[nodiscard]] std::vector<Action> findActions(std::string_view query);

} // namespace segue::gui
