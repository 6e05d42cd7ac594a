#include "gui/wx/modal_dialogs.h"

#include <wx/dialog.h>
#include <wx/modalhook.h>

namespace segue::gui {

namespace {

class Watch : public wxModalDialogHook {
public:
    int open = 0;

protected:
    int Enter(wxDialog*) override
    {
        ++open;
        return wxID_NONE; // it shows as always
    }
    void Exit(wxDialog*) override { --open; }
};

Watch& watch()
{
    static Watch one;
    return one;
}

} // namespace

int modalDialogs() { return watch().open; }

void watchModalDialogs() { watch().Register(); }

OpenMenu::OpenMenu() { ++watch().open; }
OpenMenu::~OpenMenu() { --watch().open; }

} // namespace segue::gui
