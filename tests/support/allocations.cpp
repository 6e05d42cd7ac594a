#include "support/allocations.h"

#include <cstdlib>
#include <new>

namespace {
thread_local std::int64_t allocations = 0;
}

namespace segue::test {
std::int64_t allocationsHere() { return allocations; }
} // namespace segue::test

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
// The other forms of operator new call this one.
void* operator new(std::size_t size)
{
    ++allocations;
    if (void* found = std::malloc(size == 0 ? 1 : size)) return found;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif
