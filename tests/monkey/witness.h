/// \file
/// What must not happen while the monkey plays, written to stderr with the stack it happened on: asserts of
/// wxWidgets, GTK's warnings and criticals, error boxes of wxWidgets' own, an album that its file could not
/// hold, an event loop that stands still.
#pragma once

#include "album/album.h"
#include "core/file_ops.h"

#include <atomic>
#include <chrono>
#include <ctime>
#include <memory>
#include <string>
#include <thread>

namespace segue::monkey {

class Witness {
public:
    /// On the window's thread.
    Witness();
    ~Witness();
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

    /// The loop turns.
    void beat() { beats_.fetch_add(1, std::memory_order_relaxed); }
    /// The loop has ended.
    void rest() { watcher_ = {}; }
    /// Whether the album can be written and read again to the very same; why not, else empty.
    [[nodiscard]] std::string objection(const std::shared_ptr<const Album>& album, const Path& folder);
    [[nodiscard]] std::chrono::milliseconds longestStandstill() const
    {
        return std::chrono::milliseconds{longest_.load()};
    }

private:
    void watch(const std::stop_token& stop);

    std::atomic<unsigned long> beats_ = 0;
    std::atomic<long> longest_ = 0;
    std::shared_ptr<const Album> known_; ///< the last one without objection
    pthread_t loop_{};
    std::jthread watcher_; ///< last: it uses the others
};

/// The calls that led here, to stderr.
void printStack();

} // namespace segue::monkey
