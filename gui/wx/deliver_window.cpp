#include "gui/wx/deliver_window.h"

#include "app/cache_folder.h"
#include "deliver/ddp_export.h"
#include "gui/model/guarded.h"
#include "gui/wx/accessible.h"
#include "gui/wx/checks_panel.h"
#include "gui/wx/give_way.h"
#include "gui/wx/hand_over.h"
#include "gui/wx/strings.h"

#include <fmt/format.h>
#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/dirdlg.h>
#include <wx/filedlg.h>
#include <wx/gauge.h>
#include <wx/panel.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/stopwatch.h>
#include <wx/textctrl.h>
#include <wx/timer.h>
#include <wx/utils.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace segue::gui {

/// One export on a thread of its own; the window looks at it now and then.
struct DeliverWindow::Job {
    std::shared_ptr<const Album> album;
    EditionId edition{};
    std::string out;
    DdpExportOptions options;
    std::mutex mutex;
    std::string stage;
    double fraction = 0;
    std::optional<Result<DdpExportOutcome>> outcome;
    wxStopWatch watch;
    std::jthread thread; ///< last: it uses the others
};

class DeliverWindow::Controls {
public:
    wxStaticText* head = nullptr;
    ChecksPanel* findings = nullptr;
    wxGauge* gauge = nullptr;
    wxStaticText* state = nullptr;
    wxTextCtrl* result = nullptr;
    wxButton *export_ = nullptr, *cancel = nullptr, *open = nullptr;
    wxCheckBox *replace = nullptr, *imageCue = nullptr;
    wxTimer timer;
    Findings shown;
};

DeliverWindow::DeliverWindow(wxWindow* parent, Editor& editor, FindingActs acts)
    : wxFrame{parent,
              wxID_ANY,
              "Deliver DDP",
              wxDefaultPosition,
              parent->FromDIP(wxSize{1040, 560}),
              wxDEFAULT_FRAME_STYLE | wxFRAME_FLOAT_ON_PARENT},
      editor_{editor}, acts_{std::move(acts)}, edition_{editor.view.edition},
      controls_{std::make_unique<Controls>()}
{
    // Keys struck here are not the editor's.
    SetExtraStyle(GetExtraStyle() | wxWS_EX_BLOCK_EVENTS);
    auto* panel = new wxPanel{this};
    auto* column = new wxBoxSizer{wxVERTICAL};
    const int gap = FromDIP(12);
    controls_->head = new wxStaticText{panel, wxID_ANY, {}};
    controls_->head->SetFont(controls_->head->GetFont().Bold().Larger());
    column->Add(controls_->head, 0, wxEXPAND | wxALL, gap);
    controls_->findings = new ChecksPanel{panel};
    // Copies: what is done about a finding makes the list anew.
    const auto withFinding = [this](const std::function<void(const Finding&)>& act) {
        return [this, &act](std::size_t i) {
            if (i >= controls_->shown.size()) return;
            const Finding finding = controls_->shown[i];
            act(finding);
        };
    };
    controls_->findings->chosen = withFinding(acts_.show);
    controls_->findings->goTo = withFinding(acts_.goTo);
    controls_->findings->fix = withFinding(acts_.fix);
    controls_->findings->fixWords = [this](const Finding& f) -> std::optional<std::string> {
        // The window's fixes are for the edition that it shows.
        return editor_.view.edition == edition_ ? acts_.fixWords(f) : std::nullopt;
    };
    column->Add(controls_->findings, 1, wxEXPAND | wxLEFT | wxRIGHT, gap);
    controls_->result = new wxTextCtrl{panel,
                                       wxID_ANY,
                                       {},
                                       wxDefaultPosition,
                                       wxDefaultSize,
                                       wxTE_MULTILINE | wxTE_READONLY | wxTE_DONTWRAP};
    controls_->result->SetFont(wxFont{wxFontInfo{9}.Family(wxFONTFAMILY_TELETYPE)});
    setAccessible(controls_->result, "What was written");
    controls_->result->Hide();
    column->Add(controls_->result, 1, wxEXPAND | wxLEFT | wxRIGHT, gap);
    controls_->gauge = new wxGauge{panel, wxID_ANY, 1000};
    controls_->gauge->Hide();
    column->Add(controls_->gauge, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, gap);
    controls_->state = new wxStaticText{panel, wxID_ANY, {}};
    column->Add(controls_->state, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, gap);
    auto* options = new wxBoxSizer{wxHORIZONTAL};
    controls_->replace = new wxCheckBox{panel, wxID_ANY, "Replace a set that is there"};
    controls_->imageCue = new wxCheckBox{panel, wxID_ANY, "Also a cue sheet beside the image"};
    options->Add(controls_->replace, 0, wxRIGHT, gap);
    options->Add(controls_->imageCue);
    column->Add(options, 0, wxLEFT | wxRIGHT | wxTOP, gap);
    auto* buttons = new wxBoxSizer{wxHORIZONTAL};
    controls_->open = new wxButton{panel, wxID_ANY, "Open folder"};
    controls_->open->Hide();
    controls_->cancel = new wxButton{panel, wxID_ANY, "Close"};
    controls_->export_ = new wxButton{panel, wxID_ANY, wx("Export\u2026")};
    controls_->export_->SetDefault();
    buttons->Add(controls_->open);
    buttons->AddStretchSpacer();
    buttons->Add(controls_->cancel, 0, wxRIGHT, FromDIP(8));
    buttons->Add(controls_->export_);
    column->Add(buttons, 0, wxEXPAND | wxALL, gap);
    panel->SetSizer(column);

    controls_->export_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { choose(); });
    controls_->cancel->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        if (job_ != nullptr)
            job_->thread.request_stop();
        else
            Close();
    });
    controls_->open->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        if (!controls_->result->GetValue().empty())
            wxLaunchDefaultApplication(controls_->open->GetToolTipText());
    });
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_ESCAPE && job_ == nullptr)
            Close();
        else
            event.Skip();
    });
    Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
        if (job_ != nullptr && event.CanVeto()) {
            controls_->state->SetLabel("Cancel the export first");
            event.Veto();
            return;
        }
        Destroy();
    });
    controls_->timer.SetOwner(this);
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
        if (job_ == nullptr) return;
        const std::scoped_lock lock{job_->mutex};
        controls_->gauge->SetValue(static_cast<int>(job_->fraction * 1000));
        std::string words = job_->stage;
        const double passed = static_cast<double>(job_->watch.Time()) / 1000;
        if (job_->fraction > 0.05 && passed > 1)
            words += fmt::format(", about {:.0f} s left", passed / job_->fraction * (1 - job_->fraction));
        controls_->state->SetLabelText(wx(words));
    });
    // The list stays true while somebody edits beside it.
    listener_ = editor_.session().addListener([this](const Album&, const Album&) {
        if (checkPosted_) return;
        checkPosted_ = true;
        CallAfter([this] {
            checkPosted_ = false;
            if (job_ == nullptr && !delivered_) check();
        });
    });
    Bind(wxEVT_ACTIVATE, [this](wxActivateEvent& event) {
        if (event.GetActive() && job_ == nullptr && !delivered_) check();
        event.Skip();
    });
    CentreOnParent();
    check();
    controls_->export_->SetFocus();
}

DeliverWindow::~DeliverWindow()
{
    editor_.session().removeListener(listener_);
    controls_->timer.Stop();
    DestroyChildren(); // they refer to the members
    SetEvtHandlerEnabled(false);
}

void DeliverWindow::showState(const std::string& words) { controls_->findings->showState(words); }

void DeliverWindow::showFindings(const Findings& findings)
{
    controls_->shown = findings;
    controls_->findings->show(findings, editor_.session().path().parent_path());
    int errors = 0, warnings = 0;
    for (const Finding& f : findings) {
        errors += f.level == Finding::Level::error && f.stands() ? 1 : 0;
        warnings += f.level == Finding::Level::warning && f.stands() ? 1 : 0;
    }
    const std::string words = errors > 0     ? fmt::format("Not ready: {} {} in the way", errors,
                                                       errors == 1 ? "error stands" : "errors stand")
                              : warnings > 0 ? fmt::format("Ready, with {} {} to look at", warnings,
                                                           warnings == 1 ? "warning" : "warnings")
                                             : "Ready for the plant";
    controls_->head->SetLabel(wx(words));
    controls_->export_->Enable(errors == 0);
}

void DeliverWindow::check()
{
    const Edition* edition = find(*editor_.album(), edition_);
    const auto refuse = [this](const std::string& head, const std::string& why) {
        controls_->head->SetLabelText(wx(head));
        controls_->state->SetLabelText(wx(why));
        controls_->shown.clear();
        controls_->findings->show({}, {});
        controls_->export_->Disable();
        controls_->cancel->SetFocus(); // a disabled button would leave the window deaf to keys
    };
    if (edition == nullptr || edition->entries.empty())
        return refuse("Nothing to deliver", edition == nullptr ? "The edition is not in the album any more."
                                                               : "The edition has no tracks.");
    SetTitle(wx("Deliver DDP \u2014 " + edition->name));
    if (!std::holds_alternative<CdSettings>(edition->medium))
        return refuse(
            "Not a CD edition",
            fmt::format("A DDP is made from a CD edition; \u201c{}\u201d is for {}. Choose a CD edition "
                        "in the menu Edition, or make one there.",
                        edition->name,
                        std::holds_alternative<VinylSettings>(edition->medium) ? "vinyl" : "files"));
    controls_->state->SetLabelText({});
    // The editor's list has the audio files' states, too; of another edition there is what needs no file.
    showFindings(editor_.view.edition == edition_ ? editor_.findings()
                                                  : findingsOf(*editor_.album(), *edition));
}

void DeliverWindow::choose()
{
    const Path& project = editor_.session().path();
    std::string name = editor_.album()->info.texts.title.value_or("Album") + " DDP";
    for (char& c : name)
        if (c == '/' || c == '\0') c = '-';
    wxFileDialog dialog{
        this,     "The new folder for the DDP", wx(project.parent_path().string()), wx(name), "Folder|*",
        wxFD_SAVE};
    // What was undone while the dialog was open may have taken the edition along.
    const bool there = dialog.ShowModal() == wxID_OK && find(*editor_.album(), edition_) != nullptr;
    if (there) run(utf8(dialog.GetPath()));
}

void DeliverWindow::run(const std::string& out)
{
    job_ = std::make_unique<Job>();
    job_->album = editor_.album();
    job_->edition = edition_;
    job_->out = out;
    job_->options.replace = controls_->replace->GetValue();
    job_->options.imageCue = controls_->imageCue->GetValue();
    if (const Path cache = cacheFolder(); !cache.empty()) job_->options.cacheFolder = cache / "renders";
    job_->options.albumName = editor_.session().path().filename().string();
    controls_->gauge->Show();
    controls_->replace->Disable(); // what runs was asked already
    controls_->imageCue->Disable();
    controls_->export_->Disable();
    controls_->cancel->SetLabel("Cancel");
    controls_->cancel->SetFocus(); // a disabled button would leave the window deaf to keys
    controls_->head->SetLabel(wx("Writing, reading back, proving \u2026"));
    Layout();
    controls_->gauge->GetParent()->Layout();
    controls_->timer.Start(100);
    const auto work = [this, job = job_.get()](const std::stop_token& stop) {
        giveWay();
        job->options.work.progress = {[job](std::string_view stage, double fraction) {
                                          const std::scoped_lock lock{job->mutex};
                                          job->stage = stage;
                                          job->fraction = fraction;
                                      },
                                      stop};
        Result<DdpExportOutcome> outcome = failure("The export ended without a result");
        const Status ran = guarded("The export stopped", [&] {
            outcome = exportDdp(realFileOps(), *job->album, *find(*job->album, job->edition), job->out,
                                job->options);
        });
        if (!ran) outcome = failure(ran.error());
        {
            const std::scoped_lock lock{job->mutex};
            job->outcome = std::move(outcome);
        }
        handOver(*this, [this] { finished(); });
    };
    if (const Status begun = startThread(job_->thread, "The export could not begin", work); !begun) {
        job_->outcome = failure(begun.error());
        finished();
    }
}

void DeliverWindow::finished()
{
    controls_->timer.Stop();
    if (job_->thread.joinable()) job_->thread.join();
    const std::unique_ptr<Job> job = std::move(job_);
    controls_->gauge->Hide();
    controls_->cancel->SetLabel("Close");
    controls_->replace->Enable();
    controls_->imageCue->Enable();
    controls_->export_->Enable();
    const Result<DdpExportOutcome>& outcome = *job->outcome;
    if (!outcome) {
        controls_->head->SetLabel(outcome.error().kind == ErrorKind::cancelled
                                      ? "Cancelled; nothing was written"
                                      : "Nothing was written");
        controls_->state->SetLabelText(wx(sentence(outcome.error())));
    } else if (!outcome->written) {
        showFindings(outcome->findings);
        controls_->state->SetLabel("Nothing was written");
    } else {
        delivered_ = true;
        std::string text;
        for (const DeliveredDisc& disc : outcome->discs)
            for (const DeliveredFile& file : disc.files)
                text += fmt::format("{}  {:>11}  {}\n", file.md5, file.size, file.name);
        controls_->result->ChangeValue(wx(text));
        controls_->findings->Hide();
        controls_->result->Show();
        controls_->replace->Hide();
        controls_->imageCue->Hide();
        controls_->export_->Hide();
        controls_->cancel->SetFocus();
        controls_->open->Show();
        controls_->open->SetToolTip(wx(outcome->folder.string()));
        controls_->head->SetLabel("Delivered and proven");
        controls_->state->SetLabelText(
            wx(fmt::format("{}\nReport: {}", outcome->folder.string(), outcome->reportText.string())));
    }
    controls_->gauge->GetParent()->Layout();
}

} // namespace segue::gui
