/// \file
/// The end of what works beside the window. A thread that reads a file ends when the disk answers; a window
/// must not stand still for that long because another one, or a dialog, was closed. So what owns such threads
/// ends on a thread, too.
#pragma once

#include <memory>
#include <thread>

namespace segue::gui {

/// Gives it up; if nobody else has it, it is destroyed on a thread of its own (here, if there is none to be
/// had). \pre it tells the window nothing any more
void endBeside(std::shared_ptr<void> thing);

/// Asks it to stop, and does not wait for it.
void endBeside(std::jthread thread);

/// Waits until all that was given to endBeside() is destroyed: before the program ends.
void awaitEnds();

} // namespace segue::gui
