#include "gui/wx/preferences.h"

#include "core/time_text.h"
#include "gui/wx/strings.h"

#include <fmt/format.h>
#include <gtk/gtk.h>
#include <wx/config.h>

#include <algorithm>

namespace segue::gui {

namespace {

constexpr std::size_t mostRecent = 10;

} // namespace

Settings& settings()
{
    static Settings all;
    return all;
}

std::string Settings::device() const { return utf8(wxConfigBase::Get()->Read("sound/device", "")); }
void Settings::setDevice(const std::string& id) { wxConfigBase::Get()->Write("sound/device", wx(id)); }

namespace {

Duration readTime(const char* key, Duration otherwise, Duration most)
{
    const wxString text = wxConfigBase::Get()->Read(key, wxString{});
    const auto time = text.empty() ? Result<Duration>{otherwise} : parseTime(utf8(text));
    return time && *time >= Duration{} && *time <= most ? *time : otherwise;
}
void writeTime(const char* key, Duration time)
{
    wxConfigBase::Get()->Write(key,
                               wx(fmt::format("{}", static_cast<double>(time.value()) / flicksPerSecond)));
}
CdFrameCount readFrames(const char* key)
{
    const long frames = wxConfigBase::Get()->ReadLong(key, 0);
    return CdFrameCount{frames >= 0 && frames <= 75 ? frames : 0};
}

} // namespace

Duration Settings::defaultGap() const { return readTime("album/pause", seconds(2), longestRoll); }
void Settings::setDefaultGap(Duration gap) { writeTime("album/pause", gap); }

CdSettings Settings::newCd() const
{
    CdSettings cd;
    cd.startOffset = durationOf(readFrames("album/start-offset"));
    cd.endOffset = durationOf(readFrames("album/end-offset"));
    return cd;
}
void Settings::setMarkOffsets(CdFrameCount start, CdFrameCount end)
{
    wxConfigBase::Get()->Write("album/start-offset", static_cast<long>(start.value()));
    wxConfigBase::Get()->Write("album/end-offset", static_cast<long>(end.value()));
}

TimeStyle Settings::timeStyle() const
{
    return wxConfigBase::Get()->Read("look/times", "frames") == "milliseconds" ? TimeStyle::milliseconds
                                                                               : TimeStyle::ofMedium;
}
void Settings::setTimeStyle(TimeStyle style)
{
    wxConfigBase::Get()->Write("look/times", style == TimeStyle::milliseconds ? "milliseconds" : "frames");
}

Duration Settings::preRoll() const { return readTime("sound/pre-roll", seconds(3), longestRoll); }
Duration Settings::postRoll() const { return readTime("sound/post-roll", seconds(3), longestRoll); }
void Settings::setRolls(Duration before, Duration after)
{
    writeTime("sound/pre-roll", before);
    writeTime("sound/post-roll", after);
}

Duration Settings::furtherLatency() const { return readTime("sound/latency", {}, longestLatency); }
void Settings::setFurtherLatency(Duration latency) { writeTime("sound/latency", latency); }

Snapping Settings::snapping() const
{
    const auto read = [](const char* key) { return wxConfigBase::Get()->ReadBool(key, true); };
    return {.cdFrames = read("snap/frames"),
            .edges = read("snap/edges"),
            .zeroCrossings = read("snap/crossings")};
}
void Settings::setSnapping(Snapping snapping)
{
    wxConfigBase::Get()->Write("snap/frames", snapping.cdFrames);
    wxConfigBase::Get()->Write("snap/edges", snapping.edges);
    wxConfigBase::Get()->Write("snap/crossings", snapping.zeroCrossings);
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

} // namespace segue::gui
