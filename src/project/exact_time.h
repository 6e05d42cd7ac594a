/// \file
/// Times as the project file spells them: readable, short, and exact to the flick.
#pragma once

#include "core/units.h"

#include <optional>
#include <string>
#include <string_view>

namespace segue {

/// Times in a project lie within 100 hours of zero, so that no sum of them can overflow.
inline constexpr Duration longestStoredTime = seconds(360'000);

/// The first of these that is exact: "2s" and "-0.25s" (whole milliseconds), "37f" (CD frames of 1/75 s),
/// "12345@44100" (samples at a rate), "17fl" (flicks).
[[nodiscard]] std::string exactTime(Duration time);
/// Reads what exactTime() writes, any of the units for any time; nothing for anything else, for a rate whose
/// samples are no whole flicks, and beyond longestStoredTime.
[[nodiscard]] std::optional<Duration> parseExactTime(std::string_view text);

} // namespace segue
