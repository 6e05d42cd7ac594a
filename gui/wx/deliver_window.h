/// \file
/// Deliver: first the readiness list, then the export with progress and cancel, then what was written. What
/// is delivered is the edition's medium's business (gui/model/delivery.h). The editor stays usable meanwhile;
/// what is exported is the album as it was when Export was pressed.
#pragma once

#include "gui/model/editor.h"

#include <wx/frame.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace segue::gui {

/// What the main window does about a finding.
struct FindingActs {
    std::function<void(const Finding&)> show; ///< where it is
    std::function<void(const Finding&)> goTo; ///< and to the cell it is put right in
    std::function<std::optional<std::string>(const Finding&)> fixWords;
    std::function<void(const Finding&)> fix;
};

class DeliverWindow : public wxFrame {
public:
    DeliverWindow(wxWindow* parent, Editor& editor, FindingActs acts);
    ~DeliverWindow() override;
    /// What is still being looked at; "": nothing. The list is made anew when the editor's has changed.
    void showState(const std::string& words);
    /// Whether it writes now.
    [[nodiscard]] bool busy() const { return job_ != nullptr; }

private:
    struct Job;
    void build();
    void connect();
    void check();
    void showFindings(const Findings& findings);
    void enableOptions(bool enabled);
    void choose();
    void run(const std::string& out);
    void finished();

    Editor& editor_;
    FindingActs acts_;
    EditionId edition_{}; ///< the one that the window was opened for
    int listener_ = 0;
    std::shared_ptr<const Album>
        refused_{};                      ///< what the list says was found when this one was being delivered
    std::uint64_t revision_ = 0;         ///< of the editor, that the list is of
    std::vector<std::string> offered_{}; ///< rules that may be set aside as the list says
    bool delivered_ = false, checkPosted_ = false, checking_ = false;
    std::string out_{}; ///< where it was to be written last
    std::unique_ptr<Job> job_;
    class Controls;
    std::unique_ptr<Controls> controls_;
};

} // namespace segue::gui
