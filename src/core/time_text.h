/// \file
/// Times as people type and read them: m:s:f (75 frames) on CD editions, m:s.mmm elsewhere; both, and plain
/// seconds, are accepted when typed.
#pragma once

#include "core/result.h"
#include "core/units.h"

#include <string>
#include <string_view>

namespace segue {

/// "04:12:33", three or more digits of minutes when needed; "-" in front when negative.
[[nodiscard]] std::string cdTime(CdFrameCount length);
[[nodiscard]] std::string cdTime(CdFramePos at);
/// "4:12.440", rounded to the nearest millisecond.
[[nodiscard]] std::string clockTime(Duration length);
/// Reads "2", "2.5", "1:02:37" (m:s:f), "1:02.5" (m:s.fraction), "-0.5" and "0.25s", "500ms", "12f".
/// Seconds must be below 60 when minutes are given, frames below 75.
[[nodiscard]] Result<Duration> parseTime(std::string_view text);
/// Exactly "MM:SS:FF" with 1-3 digits each (cue sheets, TOC files); 0 <= MM <= 99, SS < 60, FF < 75.
[[nodiscard]] Result<Msf> parseMsf(std::string_view text);

} // namespace segue
