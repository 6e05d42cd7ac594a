/// \file
/// Counts what a thread takes from the heap, for code that must take nothing.
#pragma once

#include <cstdint>

namespace segue::test {

// Sanitizers have an operator new of their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(__clang__)
inline constexpr bool allocationsAreCounted = false;
#else
inline constexpr bool allocationsAreCounted = true;
#endif

/// Calls of operator new by this thread since it began.
[[nodiscard]] std::int64_t allocationsHere();

} // namespace segue::test
