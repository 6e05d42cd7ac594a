/// \file
/// The rules that the sound of a source is held against: what each says, why it matters to a listener or a
/// plant, and what to do. docs/checks.md is held against this table by a test.
#pragma once

#include "core/rule.h"
#include "measure/faults.h"

#include <span>
#include <string>
#include <string_view>

namespace segue {

struct FaultRule {
    Rule rule;
    std::string_view unit;       ///< of Fault::value: "samples", "dB", "dBFS", "ms", "%", "bits", "kHz" or ""
    std::string_view why;        ///< one sentence
    std::string_view whatToDo;   ///< one sentence
    std::string_view thresholds; ///< keys of faultThresholdTable(), with blanks between
    std::string_view tested;     ///< how
};
[[nodiscard]] std::span<const FaultRule> faultRules();
[[nodiscard]] const FaultRule& faultRule(std::string_view id);

/// The fault as a finding: its sentence with figures, channel and confidence. The place is in the file.
/// \param rate of the source, for the time in the sentence
[[nodiscard]] Finding findingOf(const Fault& fault, SampleRate rate, const std::string& file);

/// Its sentence alone, for whoever has another place to name.
[[nodiscard]] std::string describe(const Fault& fault);

namespace fault {
inline constexpr std::string_view notFinite = "FAULT.NOT_FINITE";
inline constexpr std::string_view overFullScale = "FAULT.OVER_FULL_SCALE";
inline constexpr std::string_view clipped = "FAULT.CLIPPED";
inline constexpr std::string_view flatTops = "FAULT.FLAT_TOPS";
inline constexpr std::string_view noSound = "FAULT.NO_SOUND";
inline constexpr std::string_view interSample = "FAULT.INTER_SAMPLE";
inline constexpr std::string_view click = "FAULT.CLICK";
inline constexpr std::string_view dropout = "FAULT.DROPOUT";
inline constexpr std::string_view silence = "FAULT.SILENCE";
inline constexpr std::string_view black = "FAULT.BLACK";
inline constexpr std::string_view dc = "FAULT.DC";
inline constexpr std::string_view polarity = "FAULT.POLARITY";
inline constexpr std::string_view mono = "FAULT.MONO";
inline constexpr std::string_view deadChannel = "FAULT.DEAD_CHANNEL";
inline constexpr std::string_view bitDepth = "FAULT.BIT_DEPTH";
inline constexpr std::string_view upsampled = "FAULT.UPSAMPLED";
inline constexpr std::string_view lossy = "FAULT.LOSSY";
inline constexpr std::string_view lossyUnknown = "FAULT.LOSSY_UNKNOWN";
inline constexpr std::string_view headCut = "FAULT.HEAD_CUT";
inline constexpr std::string_view tailCut = "FAULT.TAIL_CUT";
inline constexpr std::string_view tailShort = "FAULT.TAIL_SHORT";
// Of joints (joint_faults.h).
inline constexpr std::string_view jointStep = "FAULT.JOINT_STEP";
inline constexpr std::string_view jointDc = "FAULT.JOINT_DC";
inline constexpr std::string_view jointBlack = "FAULT.JOINT_BLACK";
inline constexpr std::string_view jointCancel = "FAULT.JOINT_CANCEL";
inline constexpr std::string_view jointEdge = "FAULT.JOINT_EDGE";
inline constexpr std::string_view jointTail = "FAULT.JOINT_TAIL";
inline constexpr std::string_view jointLoudness = "FAULT.JOINT_LOUDNESS";
} // namespace fault

} // namespace segue
