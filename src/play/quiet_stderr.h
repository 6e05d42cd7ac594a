/// \file
/// ALSA and JACK write dozens of lines to stderr while they look for devices that are not there. Private to
/// this room.
#pragma once

namespace segue {

/// While it lives, what is written to file descriptor 2 goes nowhere. The first one also tells ALSA to keep
/// its error messages to itself for good.
class QuietStderr {
public:
    QuietStderr();
    ~QuietStderr();
    QuietStderr(const QuietStderr&) = delete;
    QuietStderr& operator=(const QuietStderr&) = delete;

private:
    int before_ = -1;
};

} // namespace segue
