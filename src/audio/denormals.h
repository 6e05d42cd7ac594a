/// \file
/// Every rendering thread treats denormal numbers as zero: they cost a hundred times as much and lie 10^-308
/// below anything audible. The same on all threads, so that no result depends on which one computed it.
#pragma once

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace segue {

/// While it lives, this thread flushes denormals (MXCSR FTZ and DAZ on x86; nothing elsewhere).
class DenormalsOff {
public:
#if defined(__SSE2__)
    DenormalsOff() : before_{_mm_getcsr()} { _mm_setcsr(before_ | 0x8040U); }
    ~DenormalsOff() { _mm_setcsr(before_); }
#else
    DenormalsOff() = default;
    ~DenormalsOff() = default;
#endif
    DenormalsOff(const DenormalsOff&) = delete;
    DenormalsOff& operator=(const DenormalsOff&) = delete;

private:
#if defined(__SSE2__)
    unsigned before_;
#endif
};

/// While it lives, this thread computes with denormals again, as it does outside a render.
class DenormalsOn {
public:
#if defined(__SSE2__)
    DenormalsOn() : before_{_mm_getcsr()} { _mm_setcsr(before_ & ~0x8040U); }
    ~DenormalsOn() { _mm_setcsr(before_); }
#else
    DenormalsOn() = default;
    ~DenormalsOn() = default;
#endif
    DenormalsOn(const DenormalsOn&) = delete;
    DenormalsOn& operator=(const DenormalsOn&) = delete;

private:
#if defined(__SSE2__)
    unsigned before_;
#endif
};

} // namespace segue
