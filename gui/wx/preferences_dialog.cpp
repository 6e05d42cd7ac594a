#include "gui/wx/preferences.h"

#include "core/time_text.h"
#include "gui/wx/accessible.h"
#include "gui/wx/strings.h"

#include <fmt/format.h>
#include <wx/app.h>
#include <wx/choice.h>
#include <wx/config.h>
#include <wx/dialog.h>
#include <wx/msgdlg.h>
#include <wx/sizer.h>
#include <wx/spinctrl.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace segue::gui {

namespace {

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

/// Seconds in a field, refused with a sentence when they are none.
struct TimeField {
    wxTextCtrl* control;
    const char* what;
    Duration most;

    [[nodiscard]] std::optional<Duration> typed() const
    {
        const auto time = parseTime(utf8(control->GetValue()));
        return time && *time >= Duration{} && *time <= most ? std::optional{*time} : std::nullopt;
    }
    [[nodiscard]] bool isRight(wxWindow* parent) const
    {
        if (typed()) return true;
        wxMessageBox(wx(fmt::format("\u201c{}\u201d is no {}; 0 to {} s belong here, such as 1.5.",
                                    utf8(control->GetValue()), what, shownSeconds(most, 0))),
                     "Preferences", wxOK | wxICON_WARNING, parent);
        control->SetFocus();
        return false;
    }
};

class Dialog : public wxDialog {
public:
    Dialog(wxWindow* parent, const FindDevices& findDevices)
        : wxDialog{parent, wxID_ANY, "Preferences"}, column_{new wxBoxSizer{wxVERTICAL}}
    {
        section("Sound");
        auto* device = new wxChoice{this, wxID_ANY};
        devices_ = std::make_shared<DeviceChoice>(DeviceChoice{device});
        devices_->show({});
        findDevices([choice = devices_](std::vector<OutputDevice> found) {
            wxTheApp->CallAfter([choice, found = std::move(found)] { choice->show(found); });
        });
        add("Audio device", device, "Where the editor plays");
        latency_ =
            timeField("Further latency, s", settings().furtherLatency(), "latency", longestLatency,
                      "Of what comes behind the device, such as digital speakers; the device\u2019s own "
                      "is known. Gaps set by ear are counted from what you heard.");
        preRoll_ =
            timeField("Pre-roll, s", settings().preRoll(), "pre-roll", longestRoll, "Heard before a joint");
        postRoll_ = timeField("Post-roll, s", settings().postRoll(), "post-roll", longestRoll,
                              "Heard behind a joint");
        section("New albums and tracks");
        gap_ = timeField("Pause before new tracks, s", settings().defaultGap(), "pause", longestRoll,
                         "Between tracks that are added");
        const CdSettings cd = settings().newCd();
        start_ = frames("Start marks before the sound, CD frames", cd.startOffset,
                        "INDEX 01 of every track of a new CD edition stands this much before its music; "
                        "75 frames are a second");
        end_ = frames("Pauses behind the end, CD frames", cd.endOffset,
                      "INDEX 00 stands this much behind the end of the track before");
        section("Look");
        times_ = choice("Times on a CD", {"Minutes, seconds, CD frames", "Minutes, seconds, milliseconds"},
                        static_cast<int>(settings().timeStyle()), "In ruler, tables and fields");
        theme_ = choice("Colours", {"As the system", "Dark", "Light"}, static_cast<int>(settings().theme()),
                        "Of the whole window");
        column_->Add(CreateButtonSizer(wxOK | wxCANCEL), 0, wxEXPAND | wxALL, FromDIP(10));
        SetSizerAndFit(column_);
        CentreOnParent();
    }
    ~Dialog() override { devices_->control = nullptr; }

    [[nodiscard]] bool isRight()
    {
        return std::ranges::all_of(std::array{latency_, preRoll_, postRoll_, gap_},
                                   [this](const TimeField& field) { return field.isRight(this); });
    }
    void store() const
    {
        settings().setDevice(devices_->chosen());
        settings().setFurtherLatency(*latency_.typed());
        settings().setRolls(*preRoll_.typed(), *postRoll_.typed());
        settings().setDefaultGap(*gap_.typed());
        settings().setMarkOffsets(CdFrameCount{start_->GetValue()}, CdFrameCount{end_->GetValue()});
        settings().setTimeStyle(static_cast<TimeStyle>(times_->GetSelection()));
        settings().setTheme(static_cast<Settings::Theme>(theme_->GetSelection()));
        wxConfigBase::Get()->Flush();
    }

private:
    void section(const char* title)
    {
        auto* head = new wxStaticText{this, wxID_ANY, title};
        head->SetFont(head->GetFont().Bold());
        column_->Add(head, 0, wxLEFT | wxRIGHT | wxTOP, FromDIP(16));
        grid_ = new wxFlexGridSizer{2, FromDIP(wxSize{14, 8})};
        grid_->AddGrowableCol(1);
        column_->Add(grid_, 0, wxEXPAND | wxALL, FromDIP(16));
    }
    void add(const char* label, wxWindow* control, const wxString& help)
    {
        auto* words = new wxStaticText{this, wxID_ANY, label};
        words->SetMinSize(FromDIP(wxSize{280, -1}));
        grid_->Add(words, 0, wxALIGN_CENTRE_VERTICAL);
        control->SetToolTip(help);
        setAccessible(control, label, utf8(help));
        grid_->Add(control, 1, wxEXPAND);
    }
    TimeField timeField(const char* label, Duration now, const char* what, Duration most, const char* help)
    {
        auto* field = new wxTextCtrl{this, wxID_ANY, wx(shownSeconds(now))};
        add(label, field, wxString::FromUTF8(help));
        return {field, what, most};
    }
    wxSpinCtrl* frames(const char* label, Duration now, const char* help)
    {
        auto* spin = new wxSpinCtrl{this, wxID_ANY};
        spin->SetRange(0, 75);
        spin->SetValue(static_cast<int>(wholeFramesIn(now).value()));
        add(label, spin, help);
        return spin;
    }
    wxChoice* choice(const char* label, std::initializer_list<const char*> words, int now, const char* help)
    {
        auto* made = new wxChoice{this, wxID_ANY};
        for (const char* each : words) made->Append(each);
        made->SetSelection(now);
        add(label, made, help);
        return made;
    }

    wxBoxSizer* column_;
    wxFlexGridSizer* grid_ = nullptr;
    std::shared_ptr<DeviceChoice> devices_;
    TimeField latency_{}, preRoll_{}, postRoll_{}, gap_{};
    wxSpinCtrl *start_ = nullptr, *end_ = nullptr;
    wxChoice *times_ = nullptr, *theme_ = nullptr;
};

} // namespace

bool editPreferences(wxWindow* parent, const FindDevices& findDevices)
{
    Dialog dialog{parent, findDevices};
    do {
        if (dialog.ShowModal() != wxID_OK) return false;
    } while (!dialog.isRight());
    dialog.store();
    return true;
}

} // namespace segue::gui
