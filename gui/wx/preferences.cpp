#include "gui/wx/preferences.h"

#include "core/time_text.h"
#include "gui/model/view.h"
#include "gui/wx/accessible.h"
#include "gui/wx/strings.h"

#include <fmt/format.h>
#include <gtk/gtk.h>
#include <wx/app.h>
#include <wx/choice.h>
#include <wx/config.h>
#include <wx/dialog.h>
#include <wx/msgdlg.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace segue::gui {

namespace {

constexpr std::size_t mostRecent = 10;

/// The list of devices, which fills when they were found; by then the dialog may be closed. All on the
/// window's thread.
struct DeviceChoice {
    wxChoice* control; ///< null: closed
    std::vector<std::string> ids{};
    bool filled = false;

    void show(const std::vector<OutputDevice>& devices)
    {
        if (control == nullptr) return;
        const std::string was = filled ? chosen() : settings().device();
        filled = true;
        control->Clear();
        ids.clear();
        const auto add = [this](const std::string& id, const std::string& words) {
            ids.push_back(id);
            control->Append(wx(words));
        };
        add("", "The system's default");
        for (const OutputDevice& device : devices)
            add(device.id, fmt::format("{} ({})", device.name, device.hostApi));
        // What was chosen once stays so while it is unplugged, or not found yet.
        if (std::ranges::find(ids, was) == ids.end())
            add(was, was.substr(was.find('|') + 1) + (devices.empty() ? "" : ", not connected"));
        control->SetSelection(static_cast<int>(std::ranges::find(ids, was) - ids.begin()));
    }
    [[nodiscard]] std::string chosen() const
    {
        const int at = control->GetSelection();
        return at < 0 ? "" : ids[static_cast<std::size_t>(at)];
    }
};

} // namespace

Settings& settings()
{
    static Settings all;
    return all;
}

std::string Settings::device() const { return utf8(wxConfigBase::Get()->Read("sound/device", "")); }
void Settings::setDevice(const std::string& id) { wxConfigBase::Get()->Write("sound/device", wx(id)); }

Duration Settings::defaultGap() const
{
    const auto gap = parseTime(utf8(wxConfigBase::Get()->Read("album/pause", "2")));
    return gap && *gap >= Duration{} && *gap <= seconds(60) ? *gap : seconds(2);
}
void Settings::setDefaultGap(Duration gap)
{
    wxConfigBase::Get()->Write("album/pause",
                               wx(fmt::format("{}", static_cast<double>(gap.value()) / flicksPerSecond)));
}

Settings::Theme Settings::theme() const
{
    const wxString name = wxConfigBase::Get()->Read("look/theme", "system");
    return name == "dark" ? Theme::dark : name == "light" ? Theme::light : Theme::system;
}
void Settings::setTheme(Theme theme)
{
    wxConfigBase::Get()->Write("look/theme", theme == Theme::dark    ? "dark"
                                             : theme == Theme::light ? "light"
                                                                     : "system");
}

void Settings::applyLook() const
{
    GtkSettings* gtk = gtk_settings_get_default();
    if (gtk == nullptr) return;
    if (theme() == Theme::system)
        gtk_settings_reset_property(gtk, "gtk-application-prefer-dark-theme");
    else
        g_object_set(gtk, "gtk-application-prefer-dark-theme", theme() == Theme::dark ? TRUE : FALSE,
                     nullptr);
}

std::vector<std::string> Settings::recentFiles() const
{
    std::vector<std::string> files;
    for (std::size_t i = 0; i < mostRecent; ++i) {
        const std::string path = utf8(wxConfigBase::Get()->Read(wx(fmt::format("recent/{}", i)), ""));
        if (!path.empty()) files.push_back(path);
    }
    return files;
}

void Settings::rememberFile(const std::string& path)
{
    std::vector<std::string> files = recentFiles();
    std::erase(files, path);
    files.insert(files.begin(), path);
    files.resize(std::min(files.size(), mostRecent));
    wxConfigBase::Get()->DeleteGroup("recent");
    for (std::size_t i = 0; i < files.size(); ++i)
        wxConfigBase::Get()->Write(wx(fmt::format("recent/{}", i)), wx(files[i]));
    wxConfigBase::Get()->Flush();
}

bool editPreferences(wxWindow* parent, const FindDevices& findDevices)
{
    wxDialog dialog{parent, wxID_ANY, "Preferences"};
    auto* grid = new wxFlexGridSizer{2, dialog.FromDIP(wxSize{14, 10})};
    grid->AddGrowableCol(1);
    const auto add = [&](const char* label, wxWindow* control, const char* help) {
        grid->Add(new wxStaticText{&dialog, wxID_ANY, label}, 0, wxALIGN_CENTRE_VERTICAL);
        control->SetToolTip(help);
        setAccessible(control, label, help);
        grid->Add(control, 1, wxEXPAND);
    };
    auto* device = new wxChoice{&dialog, wxID_ANY};
    const auto choice = std::make_shared<DeviceChoice>(DeviceChoice{device});
    choice->show({});
    findDevices([choice](std::vector<OutputDevice> found) {
        wxTheApp->CallAfter([choice, found = std::move(found)] { choice->show(found); });
    });
    add("Audio device", device, "Where the editor plays");
    auto* gap = new wxTextCtrl{&dialog, wxID_ANY, wx(shownSeconds(settings().defaultGap()))};
    add("Pause before new tracks", gap, "In seconds");
    auto* theme = new wxChoice{&dialog, wxID_ANY};
    for (const char* name : {"As the system", "Dark", "Light"}) theme->Append(name);
    theme->SetSelection(static_cast<int>(settings().theme()));
    add("Look", theme, "Colours of the whole window");
    auto* column = new wxBoxSizer{wxVERTICAL};
    column->Add(grid, 1, wxEXPAND | wxALL, dialog.FromDIP(16));
    column->Add(dialog.CreateButtonSizer(wxOK | wxCANCEL), 0, wxEXPAND | wxALL, dialog.FromDIP(10));
    dialog.SetSizerAndFit(column);
    dialog.CentreOnParent();
    const auto typedGap = [&]() -> std::optional<Duration> {
        const auto time = parseTime(utf8(gap->GetValue()));
        return time && *time >= Duration{} && *time <= seconds(60) ? std::optional{*time} : std::nullopt;
    };
    for (;;) {
        if (dialog.ShowModal() != wxID_OK) {
            choice->control = nullptr;
            return false;
        }
        if (typedGap()) break;
        wxMessageBox(
            wx(fmt::format("\u201c{}\u201d is no pause; 0 to 60 seconds belong here, such as 2 or 1.5.",
                           utf8(gap->GetValue()))),
            "Preferences", wxOK | wxICON_WARNING, &dialog);
        gap->SetFocus();
    }
    settings().setDevice(choice->chosen());
    choice->control = nullptr;
    settings().setDefaultGap(*typedGap());
    settings().setTheme(static_cast<Settings::Theme>(theme->GetSelection()));
    wxConfigBase::Get()->Flush();
    return true;
}

} // namespace segue::gui
