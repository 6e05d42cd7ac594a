/// \file
/// Loops that are built twice, for every processor of the platform and for those with AVX2 (x86-64-v3): the
/// words that mark them, and the choice between the builds when the program runs. The bits must be the same
/// whichever it is; tests force each.
#pragma once

#include <atomic>
#include <span>

#if defined(__x86_64__)
#define SEGUE_HAS_V3 1
#define SEGUE_V3 __attribute__((target("arch=x86-64-v3")))
#else
#define SEGUE_HAS_V3 0
#endif
// Each body is written once; a function of each instruction set takes it in and makes its own vectors of it.
#define SEGUE_BODY __attribute__((always_inline)) inline

namespace segue {

[[nodiscard]] inline bool processorHasV3()
{
#if SEGUE_HAS_V3
    static const bool has = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi2") != 0 &&
                            __builtin_cpu_supports("fma") != 0;
    return has;
#else
    return false;
#endif
}

/// Builds of the same loops, the baseline first.
template <class Kernels>
class KernelChoice {
public:
    /// \param known outlives it
    constexpr explicit KernelChoice(std::span<const Kernels> known) : known_{known} {}
    /// All that this processor can run.
    [[nodiscard]] std::span<const Kernels> runnable() const
    {
        return known_.first(processorHasV3() ? known_.size() : 1);
    }
    /// The fastest of them, or the one that a test has forced.
    [[nodiscard]] const Kernels& chosen() const
    {
        const Kernels* forced = forced_.load(std::memory_order_relaxed);
        return forced != nullptr ? *forced : runnable().back();
    }
    /// nullptr: the fastest again.
    void force(const Kernels* forced) { forced_ = forced; }

private:
    std::span<const Kernels> known_;
    std::atomic<const Kernels*> forced_ = nullptr;
};

} // namespace segue
