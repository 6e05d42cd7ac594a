/// \file
/// What a user sets once: device, pause between new tracks, look. Kept in the user's configuration folder,
/// never in a project.
#pragma once

#include "core/units.h"
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
    enum class Theme { system, dark, light };
    [[nodiscard]] Theme theme() const;
    void setTheme(Theme theme);
    void applyLook() const;
    /// The newest first; whether they are still there is not looked at, since a disk may not answer.
    [[nodiscard]] std::vector<std::string> recentFiles() const;
    void rememberFile(const std::string& path);
};
[[nodiscard]] Settings& settings();

/// Looks for devices without waiting and calls back on any thread, or never.
using FindDevices = std::function<void(std::function<void(std::vector<OutputDevice>)>)>;
/// \return whether something was changed
bool editPreferences(wxWindow* parent, const FindDevices& findDevices);

} // namespace segue::gui
