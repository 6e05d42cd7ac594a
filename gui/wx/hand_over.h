/// \file
/// What a thread beside the window tells the window. A window that waits for an answer that never comes could
/// neither save nor close, so the telling does not give up when memory is short for a moment.
#pragma once

#include <wx/event.h>

#include <chrono>
#include <new>
#include <thread>

namespace segue::gui {

/// Any thread. `tell` is called on the window's thread, once, unless `owner` goes before. Without memory for
/// the message it is tried again for a second, and then left: nothing is thrown.
template <typename Tell>
void handOver(wxEvtHandler& owner, const Tell& tell) noexcept
{
    for (int i = 0; i < 20; ++i) {
        try {
            owner.CallAfter(tell);
            return;
        } catch (const std::bad_alloc&) {
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
    }
}

} // namespace segue::gui
