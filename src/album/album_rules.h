/// \file
/// The table of ALBUM.* rules by name, for the checks. Private to this room.
#pragma once

#include "core/rule.h"

#include <string_view>

namespace segue {

/// \pre the id exists
[[nodiscard]] const Rule& albumRule(std::string_view id);

} // namespace segue
