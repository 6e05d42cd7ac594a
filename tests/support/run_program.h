/// \file
/// Runs another program found on the PATH, without a shell, and keeps what it says.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace segue::test {

struct Ran {
    int exitCode = -1;
    std::string out, err;
};
/// Nothing when the program is not installed. \pre words[0] is its name or path
[[nodiscard]] std::optional<Ran> runProgram(std::vector<std::string> words);

} // namespace segue::test
