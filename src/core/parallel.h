/// \file
/// Work spread over threads.
#pragma once

#include <cstddef>
#include <functional>

namespace segue {

/// The threads worth using: `wanted`, or as many as the machine has when it is 0; at least 1.
[[nodiscard]] int threadCount(int wanted);

/// Calls `work(i)` for every i in [0, count), handed out in ascending order to `threads` threads (0: all).
/// Returns when all are done. What `work` throws, as when memory runs out, stops the others at their next i
/// and is thrown here. Fewer threads than asked for, when the system gives no more, are enough.
void parallelFor(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

} // namespace segue
