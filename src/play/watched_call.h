/// \file
/// Calls into a library that may never come back. They run on a thread of their own, which is left behind
/// when it takes too long. Private to this room.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

namespace segue {

class WatchedCalls {
public:
    /// Whether `work` came back in time. If not it goes on: whatever it uses must be its own (shared_ptr).
    /// While one is left behind no other is begun, for the library may not be entered twice: false at once,
    /// as without a thread to run it on. What it throws in time is thrown here.
    [[nodiscard]] bool run(std::chrono::milliseconds patience, std::function<void()> work)
    {
        if (isStuck()) return false;
        auto call = std::make_shared<Call>();
        try {
            std::thread{[call, work = std::move(work), leftBehind = leftBehind_] {
                std::exception_ptr thrown;
                try {
                    work();
                } catch (...) { // thrown out of a thread it would end the program
                    thrown = std::current_exception();
                }
                const std::lock_guard lock{call->mutex};
                call->thrown = std::move(thrown);
                call->done = true;
                if (call->left) --*leftBehind;
                call->changed.notify_one();
            }}.detach();
        } catch (const std::system_error&) {
            return false;
        }
        std::unique_lock lock{call->mutex};
        if (call->changed.wait_for(lock, patience, [&] { return call->done; })) {
            if (call->thrown) std::rethrow_exception(call->thrown);
            return true;
        }
        call->left = true;
        ++*leftBehind_;
        return false;
    }
    [[nodiscard]] bool isStuck() const { return *leftBehind_ > 0; }

private:
    struct Call {
        std::mutex mutex;
        std::condition_variable changed;
        bool done = false, left = false;
        std::exception_ptr thrown;
    };
    std::shared_ptr<std::atomic<int>> leftBehind_ = std::make_shared<std::atomic<int>>(0);
};

} // namespace segue
