/// \file
/// Runs another program found on the PATH, without a shell, and keeps what it writes to its standard output.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace segue::test {

struct ProgramRan {
    int exitCode = -1;
    std::string out;
};
/// Nothing when the program is not installed. \pre words[0] is its name
[[nodiscard]] std::optional<ProgramRan> runProgram(std::vector<std::string> words);

} // namespace segue::test
