/// \file
/// What a thread beside the window tells the window. A window that waits for an answer that never comes could
/// neither save nor close, so the telling does not give up when memory is short for a moment.
#pragma once

#include <wx/event.h>

#include <chrono>
#include <mutex>
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

/// From threads to a window that may go before they do: they share it, and the window cuts it.
class Line {
public:
    explicit Line(wxEvtHandler& window) : window_{&window} {}
    /// As handOver(); nothing once it is cut. What `tell` does on the window's thread finds the window there.
    template <typename Tell>
    void tell(const Tell& tell) noexcept
    {
        const std::scoped_lock lock{mutex_};
        if (window_ != nullptr) handOver(*window_, tell);
    }
    /// From the window's thread, before anything of the window goes.
    void cut()
    {
        const std::scoped_lock lock{mutex_};
        window_ = nullptr;
    }

private:
    std::mutex mutex_{};
    wxEvtHandler* window_;
};

} // namespace segue::gui
