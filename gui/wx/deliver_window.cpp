#include "gui/wx/deliver_window.h"

#include "app/cache_folder.h"
#include "gui/model/delivery.h"
#include "gui/model/guarded.h"
#include "gui/wx/accessible.h"
#include "gui/wx/checks_panel.h"
#include "gui/wx/give_way.h"
#include "gui/wx/hand_over.h"
#include "gui/wx/side_options.h"
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
    DeliveryChoices choices;
    DeliveryWork work;
    std::mutex mutex;
    std::string stage;
    double fraction = 0;
    std::optional<Result<Delivered>> outcome;
    /// For the window, which guesses how long the step will take.
    /// @{
    wxStopWatch watch;
    std::string timed;
    double begun = 0, last = 0;
    /// @}
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
    wxCheckBox *replace = nullptr, *imageCue = nullptr, *allow = nullptr;
    SideOptions* sides = nullptr;
    wxTimer timer;
    Findings shown;
};

DeliverWindow::DeliverWindow(wxWindow* parent, Editor& editor, FindingActs acts)
    : wxFrame{parent,
              wxID_ANY,
              "Deliver",
              wxDefaultPosition,
              parent->FromDIP(wxSize{1040, 560}),
              wxDEFAULT_FRAME_STYLE | wxFRAME_FLOAT_ON_PARENT},
      editor_{editor}, acts_{std::move(acts)}, edition_{editor.view.edition},
      controls_{std::make_unique<Controls>()}
{
    // Keys struck here are not the editor's.
    SetExtraStyle(GetExtraStyle() | wxWS_EX_BLOCK_EVENTS);
    build();
    connect();
    CentreOnParent();
    check();
    controls_->export_->SetFocus();
}

void DeliverWindow::build()
{
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
    controls_->sides = new SideOptions{panel};
    column->Add(controls_->sides, 0, wxLEFT | wxRIGHT | wxTOP, gap);
    auto* options = new wxBoxSizer{wxHORIZONTAL};
    controls_->replace = new wxCheckBox{panel, wxID_ANY, "Replace what is there"};
    controls_->imageCue = new wxCheckBox{panel, wxID_ANY, "Also a cue sheet beside the image"};
    controls_->allow = new wxCheckBox{panel, wxID_ANY, "Set these errors aside for this delivery"};
    controls_->allow->SetToolTip(
        "Somebody who knows the plant or the lathe said yes; the report says so, too");
    controls_->allow->Hide();
    for (wxCheckBox* box : {controls_->replace, controls_->imageCue, controls_->allow})
        options->Add(box, 0, wxRIGHT, gap);
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
    SetMinClientSize(column->CalcMin()); // smaller, its buttons would be squeezed
}

void DeliverWindow::connect()
{
    controls_->sides->changed = [this] {
        refused_.reset(); // it may be right with these
        if (job_ == nullptr && !delivered_) check();
    };
    controls_->allow->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent& event) {
        controls_->export_->Enable(event.IsChecked() || refused_ != nullptr);
    });
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
        // Every step counts from its own beginning.
        if (job_->stage != job_->timed || job_->fraction < job_->last) {
            job_->timed = job_->stage;
            job_->begun = job_->fraction;
            job_->watch.Start();
        }
        job_->last = job_->fraction;
        std::string words = job_->stage;
        const double passed = static_cast<double>(job_->watch.Time()) / 1000,
                     done = job_->fraction - job_->begun;
        if (done > 0.05 && passed > 1)
            words += fmt::format(", about {:.0f} s left", passed / done * (1 - job_->fraction));
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
}

DeliverWindow::~DeliverWindow()
{
    editor_.session().removeListener(listener_);
    controls_->timer.Stop();
    DestroyChildren(); // they refer to the members
    SetEvtHandlerEnabled(false);
}

void DeliverWindow::showState(const std::string& words)
{
    controls_->findings->showState(words);
    const bool news = checking_ == words.empty();
    checking_ = !words.empty();
    if ((news || revision_ != editor_.revision()) && job_ == nullptr && !delivered_) check();
}

void DeliverWindow::showFindings(const Findings& findings)
{
    controls_->shown = findings;
    controls_->findings->show(findings, editor_.session().path().parent_path());
    const Edition* edition = find(*editor_.album(), edition_);
    controls_->head->SetLabelText(wx(readinessWords(
        findings, checking_,
        edition != nullptr ? deliveryWords(*editor_.album(), *edition).ready : std::string{})));
    // What was set aside was these errors: others ask again.
    if (const auto rules = rulesToSetAside(findings); rules != offered_) {
        offered_ = rules;
        controls_->allow->SetValue(false);
        controls_->allow->Show(!rules.empty());
        controls_->allow->GetParent()->Layout();
    }
    const bool errors = std::ranges::any_of(
        findings, [](const Finding& f) { return f.level == Finding::Level::error && f.stands(); });
    controls_->export_->Enable(!errors || (!offered_.empty() && controls_->allow->GetValue()));
}

void DeliverWindow::check()
{
    revision_ = editor_.revision();
    // What only a delivery finds stays in the list until something is changed.
    if (refused_ != nullptr && refused_ == editor_.album()) return;
    refused_.reset();
    controls_->export_->SetLabel(wx("Export\u2026"));
    const Edition* edition = find(*editor_.album(), edition_);
    if (const auto why = whyNotDeliverable(edition)) {
        controls_->head->SetLabelText(wx(why->head));
        controls_->state->SetLabelText(wx(why->why));
        controls_->shown.clear();
        controls_->findings->show({}, {});
        controls_->export_->Disable();
        controls_->cancel->SetFocus(); // a disabled button would leave the window deaf to keys
        return;
    }
    const DeliveryWords words = deliveryWords(*editor_.album(), *edition);
    SetTitle(wx(words.title));
    controls_->replace->SetLabel(wx(words.replace));
    const bool sides = deliverableOf(*edition) == Deliverable::sides;
    controls_->sides->Show(sides);
    controls_->imageCue->Show(!sides);
    controls_->sides->GetParent()->Layout();
    controls_->state->SetLabelText({});
    // The editor's list has the audio files' states, too; of another edition there is what needs no file.
    showFindings(editor_.view.edition == edition_ ? editor_.findings()
                                                  : findingsOf(*editor_.album(), *edition));
}

void DeliverWindow::enableOptions(bool enabled)
{
    for (wxWindow* option : std::initializer_list<wxWindow*>{controls_->replace, controls_->imageCue,
                                                             controls_->allow, controls_->sides})
        option->Enable(enabled);
}

void DeliverWindow::choose()
{
    const Path& project = editor_.session().path();
    const Edition* edition = find(*editor_.album(), edition_);
    if (edition == nullptr) return;
    const DeliveryWords words = deliveryWords(*editor_.album(), *edition);
    const Path before = out_;
    wxFileDialog dialog{this,
                        wx(words.folder),
                        wx((out_.empty() ? project : before).parent_path().string()),
                        wx(out_.empty() ? words.folderName : before.filename().string()),
                        "Folder|*",
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
    job_->out = out_ = out;
    job_->choices.replace = controls_->replace->GetValue();
    job_->choices.imageCue = controls_->imageCue->GetValue();
    if (controls_->allow->GetValue()) job_->choices.allow = offered_;
    controls_->sides->takeInto(job_->choices);
    if (const Path cache = cacheFolder(); !cache.empty()) job_->work.cacheFolder = cache / "renders";
    job_->work.albumName = editor_.session().path().filename().string();
    controls_->gauge->Show();
    enableOptions(false); // what runs was asked already
    controls_->export_->Disable();
    controls_->cancel->SetLabel("Cancel");
    controls_->cancel->SetFocus(); // a disabled button would leave the window deaf to keys
    controls_->head->SetLabel(wx("Writing, reading back, proving \u2026"));
    Layout();
    controls_->gauge->GetParent()->Layout();
    controls_->timer.Start(100);
    const auto work = [this, job = job_.get()](const std::stop_token& stop) {
        giveWay();
        job->work.progress = {[job](std::string_view stage, double fraction) {
                                  const std::scoped_lock lock{job->mutex};
                                  job->stage = stage;
                                  job->fraction = fraction;
                              },
                              stop};
        Result<Delivered> outcome = failure("The export ended without a result");
        const Status ran = guarded("The export stopped", [&] {
            outcome = deliverEdition(realFileOps(), *job->album, *find(*job->album, job->edition), job->out,
                                     job->choices, job->work);
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
    enableOptions(true);
    controls_->export_->Enable();
    const Result<Delivered>& outcome = *job->outcome;
    if (!outcome) {
        controls_->head->SetLabel(outcome.error().kind == ErrorKind::cancelled
                                      ? "Cancelled; nothing was written"
                                      : "Nothing was written");
        controls_->state->SetLabelText(wx(sentence(outcome.error())));
    } else if (!outcome->written) {
        refused_ = job->album;
        showFindings(outcome->findings);
        controls_->findings->chooseFirst(); // an error, said in full
        // What was in the way may be right on the disk by now, without an edit.
        controls_->export_->SetLabel(wx("Try again\u2026"));
        controls_->export_->Enable();
        controls_->state->SetLabelText(wx(refusalWords(outcome->findings)));
    } else {
        delivered_ = true;
        std::string text;
        for (const DeliveredFile& file : outcome->files)
            text += fmt::format("{}  {:>11}  {}\n", file.md5, file.size, file.name);
        controls_->result->ChangeValue(wx(text));
        controls_->findings->Hide();
        controls_->result->Show();
        for (wxWindow* option : std::initializer_list<wxWindow*>{controls_->replace, controls_->imageCue,
                                                                 controls_->allow, controls_->sides})
            option->Hide();
        controls_->export_->Hide();
        controls_->cancel->SetFocus();
        controls_->open->Show();
        controls_->open->SetToolTip(wx(outcome->folder.string()));
        controls_->head->SetLabel("Delivered and proven");
        controls_->state->SetLabelText(wx(deliveredWords(*outcome)));
    }
    controls_->gauge->GetParent()->Layout();
}

} // namespace segue::gui
