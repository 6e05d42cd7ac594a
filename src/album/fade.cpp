#include "album/fade.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

std::string_view name(Curve curve)
{
    switch (curve) {
    case Curve::linear: return "linear";
    case Curve::equalPower: return "equal-power";
    case Curve::cosine: return "cosine";
    case Curve::exponential: return "exponential";
    case Curve::logarithmic: return "logarithmic";
    case Curve::squareRoot: break;
    }
    return "square-root";
}

Result<Curve> parseCurve(std::string_view text)
{
    const auto at = std::ranges::find_if(allCurves, [text](Curve c) { return name(c) == text; });
    if (at != allCurves.end()) return *at;
    return failure(
        fmt::format("There is no fade curve \"{}\"; there are linear, equal-power, cosine, exponential, "
                    "logarithmic and square-root",
                    escapedForDisplay(text)));
}

} // namespace segue
