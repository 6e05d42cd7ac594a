/// \file
/// What a user sets once: device, latency, rolls, pauses, offsets of marks, times, look. Kept in the user's
/// configuration folder, never in a project.
#pragma once

#include "album/album.h"
#include "gui/model/view.h"
#include "play/audio_out.h"

#include <functional>
#include <string>
#include <vector>

class wxWindow;

namespace segue::gui {

class Settings {
public:
    [[nodiscard]] std::string device() const;
    void setDevice(const std::string& id);
    [[nodiscard]] Duration defaultGap() const;
    void setDefaultGap(Duration gap);
    /// What a new CD edition begins with: how far its marks stand before and behind the sound.
    [[nodiscard]] CdSettings newCd() const;
    void setMarkOffsets(CdFrameCount start, CdFrameCount end);
    [[nodiscard]] TimeStyle timeStyle() const;
    void setTimeStyle(TimeStyle style);
    [[nodiscard]] Duration preRoll() const;
    [[nodiscard]] Duration postRoll() const;
    void setRolls(Duration before, Duration after);
    /// Of what comes behind the device: converters, digital speakers. The device's own is known.
    [[nodiscard]] Duration furtherLatency() const;
    void setFurtherLatency(Duration latency);
    [[nodiscard]] Snapping snapping() const;
    void setSnapping(Snapping snapping);
    enum class Theme { system, dark, light };
    [[nodiscard]] Theme theme() const;
    void setTheme(Theme theme);
    void applyLook() const;
    /// The newest first; whether they are still there is not looked at, since a disk may not answer.
    [[nodiscard]] std::vector<std::string> recentFiles() const;
    void rememberFile(const std::string& path);
};
[[nodiscard]] Settings& settings();
inline constexpr Duration longestRoll = seconds(60), longestLatency = seconds(1);

/// Looks for devices without waiting and calls back on any thread, or never.
using FindDevices = std::function<void(std::function<void(std::vector<OutputDevice>)>)>;
/// \return whether something was changed
bool editPreferences(wxWindow* parent, const FindDevices& findDevices);

} // namespace segue::gui
