/// \file
/// ALSA and JACK write dozens of lines to stderr while they look for devices that are not there. Private to
/// this room.
#pragma once

namespace segue {

/// While it lives, what is written to file descriptor 2 goes nowhere. Of every thread: kept short.
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
