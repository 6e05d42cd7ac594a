/// \file
/// The rules a set as a whole must keep: its names, streams, repeated statements and checksum files.
/// ddp::rules() contains them.
#pragma once

#include "core/rule.h"

#include <span>

namespace segue::ddp {

/// The SET.* rules of the fileset reader and of verify. None may be overridden: a damaged or contradictory
/// set does not become right by permission.
[[nodiscard]] std::span<const Rule> setRules();

} // namespace segue::ddp
