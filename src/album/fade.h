/// \file
/// Fades as the document states them. The formulas are in docs/formats/rendering.md and audio/fade_curve.h.
#pragma once

#include "core/result.h"
#include "core/units.h"

#include <array>
#include <optional>
#include <string_view>

namespace segue {

enum class Curve { linear, equalPower, cosine, exponential, logarithmic, squareRoot };
inline constexpr std::array allCurves{Curve::linear,      Curve::equalPower,  Curve::cosine,
                                      Curve::exponential, Curve::logarithmic, Curve::squareRoot};
/// "linear", "equal-power", "cosine", "exponential", "logarithmic", "square-root".
[[nodiscard]] std::string_view name(Curve curve);
[[nodiscard]] Result<Curve> parseCurve(std::string_view text);

/// At the edge of a clip. Length 0: none.
struct Fade {
    Duration length{};
    Curve curve = Curve::equalPower;
    [[nodiscard]] friend bool operator==(const Fade&, const Fade&) = default;
};

/// Between two entries; its length is their overlap. Without curves of its own a side follows the default:
/// equal power, or linear when both sides are the same source at the same offset.
struct Crossfade {
    std::optional<Curve> out{}, in{};
    [[nodiscard]] friend bool operator==(const Crossfade&, const Crossfade&) = default;
};

} // namespace segue
