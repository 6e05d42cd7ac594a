/// \file
/// Runs the built program, without a shell, and keeps what it says.
#pragma once

#include <string>
#include <vector>

namespace segue::test {

struct Ran {
    int exitCode = -1;
    std::string out, err;
};
[[nodiscard]] Ran runSegue(std::vector<std::string> words);

} // namespace segue::test
