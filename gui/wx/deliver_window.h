/// \file
/// Deliver DDP: first the readiness list, then the export with progress and cancel, then what was written.
/// The editor stays usable meanwhile; what is exported is the album as it was when Export was pressed.
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
    /// Whether it writes now.
    /// What is still being looked at; "": nothing.
    void showState(const std::string& words);
    [[nodiscard]] bool busy() const { return job_ != nullptr; }

private:
    struct Job;
    void check();
    void showFindings(const Findings& findings);
    void choose();
    void run(const std::string& out);
    void finished();

    Editor& editor_;
    FindingActs acts_;
    EditionId edition_{}; ///< the one that the window was opened for
    int listener_ = 0;
    bool delivered_ = false, checkPosted_ = false;
    std::unique_ptr<Job> job_;
    class Controls;
    std::unique_ptr<Controls> controls_;
};

} // namespace segue::gui
