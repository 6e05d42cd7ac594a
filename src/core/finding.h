/// \file
/// Something the user should know about an album, a disc or a delivered set. A finding stops nothing by
/// itself; whoever delivers decides what blocks.
#pragma once

#include "core/units.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segue {

/// Where a finding points. Every part may be absent; describe() puts what there is into words.
struct Place {
    std::string file{};                 ///< the file concerned, as the user knows it
    std::optional<std::int64_t> line{}; ///< in a text file, from 1
    std::optional<std::int64_t> byte{}; ///< in a binary file, from 0
    int disc = 0;                       ///< 0: the only one
    int track = 0;                      ///< 0: the whole album
    std::optional<int> index{};         ///< INDEX number
    std::optional<CdFramePos> frame{};  ///< A-time
    std::optional<SamplePos> sample{};  ///< in the file, when `file` is audio

    [[nodiscard]] friend bool operator==(const Place&, const Place&) = default;
};
/// "IMAGE.DAT, track 3, 04:12:33", or "album" when nothing is set.
[[nodiscard]] std::string describe(const Place& place);

struct Finding {
    enum class Level : std::uint8_t { error, warning, note };

    Level level = Level::note;
    std::string rule;    ///< stable id, e.g. "DISC.TRACK_LENGTH"; see rule.h
    std::string message; ///< one complete sentence, no trailing full stop
    Place where{};
    std::string fix{};                     ///< what would be right or what to do; may be empty
    bool overridden = false;               ///< the user allowed it by name for this delivery
    bool overridable = false;              ///< when it is an error: its rule lets it be set aside
    std::optional<std::string> accepted{}; ///< the user signed it off in the album, with this note

    /// Nobody set it aside.
    [[nodiscard]] bool stands() const { return !overridden && !accepted; }
    /// A warning and a note always may be.
    [[nodiscard]] bool mayBeSetAside() const { return level != Level::error || overridable; }
    [[nodiscard]] friend bool operator==(const Finding&, const Finding&) = default;
};
using Findings = std::vector<Finding>;

[[nodiscard]] constexpr const char* name(Finding::Level level)
{
    switch (level) {
    case Finding::Level::error: return "error";
    case Finding::Level::warning: return "warning";
    case Finding::Level::note: break;
    }
    return "note";
}

/// True when an error stands that nobody has overridden or signed off.
[[nodiscard]] inline bool blocks(const Findings& findings)
{
    return std::ranges::any_of(
        findings, [](const Finding& f) { return f.level == Finding::Level::error && f.stands(); });
}

} // namespace segue
