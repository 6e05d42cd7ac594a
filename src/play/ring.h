/// \file
/// A queue between two threads, one writing and one reading, that never waits and never allocates.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace segue {

template <class T>
class Ring {
public:
    /// Room for at least `items`.
    explicit Ring(std::size_t items) : items_(std::bit_ceil(items)) {}

    /// The writer's side. What finds no room is not written. \return how many were
    std::size_t write(std::span<const T> from)
    {
        const std::int64_t at = written_.load(std::memory_order_relaxed);
        const auto room =
            items_.size() - static_cast<std::size_t>(at - read_.load(std::memory_order_acquire));
        const std::size_t count = std::min(room, from.size());
        for (std::size_t i = 0; i < count; ++i) items_[place(at + static_cast<std::int64_t>(i))] = from[i];
        written_.store(at + static_cast<std::int64_t>(count), std::memory_order_release);
        return count;
    }

    /// The reader's side: what can be read.
    [[nodiscard]] std::int64_t available() const
    {
        return written_.load(std::memory_order_acquire) - read_.load(std::memory_order_relaxed);
    }
    /// \pre 0 <= i < available()
    [[nodiscard]] const T& peek(std::int64_t i) const
    {
        return items_[place(read_.load(std::memory_order_relaxed) + i)];
    }
    /// \pre count <= available()
    void drop(std::int64_t count)
    {
        read_.store(read_.load(std::memory_order_relaxed) + count, std::memory_order_release);
    }

    /// Items written and read since the last clear(); either side may ask.
    [[nodiscard]] std::int64_t written() const { return written_.load(std::memory_order_acquire); }
    [[nodiscard]] std::int64_t read() const { return read_.load(std::memory_order_acquire); }
    /// \pre neither side is at work
    void clear()
    {
        written_ = 0;
        read_ = 0;
    }

private:
    [[nodiscard]] std::size_t place(std::int64_t at) const
    {
        return static_cast<std::size_t>(at) & (items_.size() - 1);
    }

    std::vector<T> items_;
    std::atomic<std::int64_t> written_ = 0, read_ = 0;
};

} // namespace segue
