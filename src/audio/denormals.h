/// \file
/// Every rendering thread treats denormal numbers as zero: they cost a hundred times as much and lie 10^-308
/// below anything audible. The same on all threads, so that no result depends on which one computed it.
#pragma once

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace segue {

/// While it lives, this thread flushes denormals or keeps them (MXCSR FTZ and DAZ on x86; nothing elsewhere).
template <bool flushed>
class Denormals {
public:
#if defined(__SSE2__)
    Denormals() : before_{_mm_getcsr()} { _mm_setcsr(flushed ? before_ | bits : before_ & ~bits); }
    ~Denormals() { _mm_setcsr(before_); }
#else
    Denormals() = default;
    ~Denormals() = default;
#endif
    Denormals(const Denormals&) = delete;
    Denormals& operator=(const Denormals&) = delete;

private:
#if defined(__SSE2__)
    static constexpr unsigned bits = 0x8040U;
    unsigned before_;
#endif
};
using DenormalsOff = Denormals<true>;
/// Inside a render, what must see the samples as they are.
using DenormalsOn = Denormals<false>;

} // namespace segue
