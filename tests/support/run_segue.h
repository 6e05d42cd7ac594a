/// \file
/// Runs the built program and keeps what it says.
#pragma once

#include "support/run_program.h"

namespace segue::test {

/// \param words behind the program's name
[[nodiscard]] Ran runSegue(std::vector<std::string> words);

} // namespace segue::test
