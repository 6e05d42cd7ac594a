/// \file
/// The rules of reading projects and cue sheets: PROJECT.* and CUE.*.
#pragma once

#include "core/rule.h"

#include <span>

namespace segue {

[[nodiscard]] std::span<const Rule> projectRules();
/// \pre the id exists
[[nodiscard]] const Rule& projectRule(std::string_view id);

} // namespace segue
