/// \file
/// The catalogue entry of a rule. Each room has one table of its rules; a finding is made from its entry, so
/// that id, level and overridability are stated once.
#pragma once

#include "core/finding.h"

#include <span>
#include <string>
#include <string_view>

namespace segue {

struct Rule {
    std::string_view id; ///< "DISC.TRACK_LENGTH": room or subject, a dot, the rule
    Finding::Level level;
    bool overridable;          ///< `--allow ID` may set an error of this rule aside
    std::string_view sentence; ///< the rule itself, for the documentation and `segue check --rules`
    std::string_view source;   ///< the standard, document or practice it comes from
};

/// A finding of this rule with its level. `message` says what is the case here; `fix` what would be right.
[[nodiscard]] Finding finding(const Rule& rule, std::string message, Place where = {}, std::string fix = {});

/// Marks as overridden every error whose rule is overridable and named in `allowed` ("any" names all).
/// \return the names in `allowed` that no catalogue entry has, or that may not be overridden.
[[nodiscard]] std::vector<std::string>
applyOverrides(Findings& findings, std::span<const std::string> allowed, std::span<const Rule> catalogue);

} // namespace segue
