/// \file
/// Keys and a pointer, through the X server's own test extension: what the window manager and GTK see of them
/// is what they see of a person's. Sent at once; nothing is waited for.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace segue::monkey {

struct Modifiers {
    bool control = false, shift = false, alt = false;
};

struct Spot {
    int x = 0, y = 0; ///< on the screen
};

class Hands {
public:
    Hands();
    ~Hands();
    Hands(const Hands&) = delete;
    Hands& operator=(const Hands&) = delete;

    /// A key by its X name, "Return" or "a". False when the keyboard has no such key.
    bool key(const char* name, Modifiers with = {});
    /// Characters of ASCII; others are left out.
    void type(std::string_view text);
    void move(Spot to);
    void press(unsigned button);
    void release(unsigned button);
    void click(Spot at, unsigned button, int times, Modifiers with = {});
    void wheel(Spot at, bool up, int steps, Modifiers with = {});
    void hold(Modifiers which, bool down);
    /// Lets go of everything that is held. Keys and buttons left down would spoil all that follows.
    void letGo();

private:
    struct Screen;
    bool strike(unsigned long keysym, Modifiers with);
    std::unique_ptr<Screen> screen_;
};

} // namespace segue::monkey
