/// \file
/// What may be wrong with the sound of a source, as values. A fault is a place to listen to with a figure;
/// who makes a finding of it, in words, is fault_rules.h.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace segue {

/// Frames [begin, end) of a source.
struct Fault {
    std::string_view rule{}; ///< "FAULT.CLICK": one of faultRules()
    SamplePos begin{}, end{};
    int channel = -1;      ///< 0: left, 1: right, -1: both, or the whole
    double value = 0;      ///< in the rule's unit
    double confidence = 1; ///< 0..1, 1 = certain
    std::int64_t count =
        1; ///< more than 1: stands for so many places, the first at begin, the last before end
    [[nodiscard]] friend bool operator==(const Fault&, const Fault&) = default;
};
using Faults = std::vector<Fault>;

/// Each rule names so many places one by one; one more fault stands for all the later ones.
inline constexpr std::size_t mostFaultsNamed = 500;

/// What a finder must know of the sound before it comes.
struct SoundShape {
    SampleRate rate{};
    int channels = 2;     ///< of a mono source the left channel counts
    SampleCount length{}; ///< as promised; the finder copes with less and more
    int bits = 16;        ///< of a stored sample; 0: no whole numbers (float, or decoded from a coded format)
};

/// Groups of checks that can be left out.
enum class FaultKind : std::uint8_t { levels, clicks, gaps, channels, depth, spectrum, edges };
struct FaultKinds {
    std::uint32_t bits = 0x7F; ///< one for each kind
    [[nodiscard]] constexpr bool has(FaultKind k) const
    {
        return (bits >> static_cast<unsigned>(k) & 1U) != 0;
    }
    [[nodiscard]] static constexpr FaultKinds only(FaultKind k) { return {1U << static_cast<unsigned>(k)}; }
};

} // namespace segue
