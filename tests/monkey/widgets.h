/// \file
/// What is on the screen now, asked from GTK: which window has the keys, and what in it could be clicked.
#pragma once

#include "monkey/hands.h"

#include <string>
#include <vector>

namespace segue::monkey {

struct Front {
    void* window = nullptr; ///< the GtkWindow that has the keys; null: none has
    std::string title{};
    bool modal = false;
    bool choosesFiles = false; ///< GTK's own dialog, which can also rename and delete
    Spot corner{};
    int width = 0, height = 0;
    std::vector<void*> parts{}; ///< its GtkWidgets that are shown and could be clicked
};
[[nodiscard]] Front front();

/// Where this part of the window lies. \return false when it is not on the screen any more
[[nodiscard]] bool extent(void* widget, Spot& corner, int& width, int& height);
/// Asks the window manager to bring some window to the front; the `which`-th one that is shown.
void raise(std::size_t which);
/// Ends a dialog of GTK's own as its Cancel button would. \return false when it is none
bool answerCancel(void* window);
/// The innermost of the dialogs that keep other windows from being used; null: there is none.
[[nodiscard]] void* modalWindow();
void setClipboard(const std::string& text);
[[nodiscard]] bool isMenuOpen();
/// Closes the menu that is open, as Esc would. \return false when none is
bool closeMenu();
/// What would take the next key and click, with what it lies in; for complaints about them.
[[nodiscard]] std::string whoListens();

} // namespace segue::monkey
