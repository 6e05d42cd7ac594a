/// \file
/// Makes the inputs of the recorded cases: cue sheet, audio, pack file.
#pragma once

#include "core/file_ops.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace segue::test {

struct GoldenCases {
    nlohmann::json cases;
    [[nodiscard]] const nlohmann::json& byId(const std::string& id) const;
};
[[nodiscard]] GoldenCases loadGoldenCases();

/// Writes input.cue and what it names into `folder`.
void writeGoldenInput(const nlohmann::json& oneCase, const GoldenCases& all, const Path& folder);

} // namespace segue::test
