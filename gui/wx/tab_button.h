/// \file
/// A button at the end of a notebook's row of tabs, which wx has no place for.
#pragma once

#include <functional>
#include <string>

class wxNotebook;

namespace segue::gui {

/// A button that stays down while it is on. GTK's own: it belongs to the notebook.
class TabButton {
public:
    TabButton(wxNotebook* tabs, const std::string& label, const std::string& help,
              std::function<void()> pressed);
    TabButton(const TabButton&) = delete;
    TabButton& operator=(const TabButton&) = delete;
    /// Without a word to anybody.
    void show(bool on);

private:
    void* button_;
    std::function<void()> pressed_;
    unsigned long handler_ = 0;
};

} // namespace segue::gui
