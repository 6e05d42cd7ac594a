/// \file
/// The JSON forms that all commands share; the schema is docs/formats/json.md.
#pragma once

#include "core/rule.h"
#include "ddp/disc.h"
#include "ddp/verify.h"

#include <string>
#include <vector>

namespace segue::cli {

/// A JSON text under construction, so that no header needs the library.
[[nodiscard]] std::string findingsJson(const Findings& findings, bool ok);

/// The catalogue: `segue check --rules --json`.
[[nodiscard]] std::string rulesJson(const std::vector<Rule>& rules);

/// What `show`, `check` and `verify` print about a disc, as one JSON object.
struct DiscFacts {
    bool ok = true;
    const Findings& findings;
    const ddp::Disc& disc;
    std::vector<std::string> titles{}; ///< per track, may be shorter
    std::vector<std::string> performers{};
    const ddp::Verification* verification = nullptr; ///< adds files, writer, master id and audio
    int number = 1, of = 1;
};
[[nodiscard]] std::string discsJson(const std::vector<DiscFacts>& discs, bool ok, const Findings& findings,
                                    const std::string& edition);

} // namespace segue::cli
