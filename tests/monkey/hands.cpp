#include "monkey/hands.h"

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

#include <array>
#include <cstdlib>

namespace segue::monkey {

/// A connection of its own, so that GTK's is never used behind its back.
struct Hands::Screen {
    Display* display = XOpenDisplay(nullptr);
    ~Screen() { XCloseDisplay(display); }
    void key(KeySym keysym, bool down) const
    {
        if (const KeyCode code = XKeysymToKeycode(display, keysym); code != 0)
            XTestFakeKeyEvent(display, code, down ? True : False, CurrentTime);
    }
};

Hands::Hands() : screen_{std::make_unique<Screen>()}
{
    if (screen_->display == nullptr) std::abort(); // without a screen there is nothing to test
}

Hands::~Hands() = default;

bool Hands::strike(unsigned long keysym, Modifiers with)
{
    const KeyCode code = XKeysymToKeycode(screen_->display, keysym);
    if (code == 0) return false;
    // A sign on the key's upper half needs Shift.
    with.shift = with.shift || (XkbKeycodeToKeysym(screen_->display, code, 0, 0) != keysym &&
                                XkbKeycodeToKeysym(screen_->display, code, 0, 1) == keysym);
    hold(with, true);
    screen_->key(keysym, true);
    screen_->key(keysym, false);
    hold(with, false);
    XFlush(screen_->display);
    return true;
}

bool Hands::key(const char* name, Modifiers with)
{
    const KeySym keysym = XStringToKeysym(name);
    return keysym != NoSymbol && strike(keysym, with);
}

void Hands::type(std::string_view text)
{
    // The keysyms of ASCII are its codes.
    for (const char c : text)
        if (c >= ' ' && c <= '~') strike(static_cast<unsigned long>(c), {});
}

void Hands::hold(Modifiers which, bool down)
{
    if (which.control) screen_->key(XK_Control_L, down);
    if (which.shift) screen_->key(XK_Shift_L, down);
    if (which.alt) screen_->key(XK_Alt_L, down);
    XFlush(screen_->display);
}

void Hands::move(Spot to)
{
    XTestFakeMotionEvent(screen_->display, -1, to.x, to.y, CurrentTime);
    XFlush(screen_->display);
}

void Hands::press(unsigned button)
{
    XTestFakeButtonEvent(screen_->display, button, True, CurrentTime);
    XFlush(screen_->display);
}

void Hands::release(unsigned button)
{
    XTestFakeButtonEvent(screen_->display, button, False, CurrentTime);
    XFlush(screen_->display);
}

void Hands::click(Spot at, unsigned button, int times, Modifiers with)
{
    move(at);
    hold(with, true);
    for (int i = 0; i < times; ++i) {
        press(button);
        release(button);
    }
    hold(with, false);
}

void Hands::wheel(Spot at, bool up, int steps, Modifiers with) { click(at, up ? 4 : 5, steps, with); }

void Hands::letGo()
{
    hold({true, true, true}, false);
    for (const unsigned button : {1U, 3U}) release(button);
}

} // namespace segue::monkey
