/// \file
/// How much a random test does.
#pragma once

#include <algorithm>
#include <cstdlib>

namespace segue::test {

/// `count`, or a part of it when the environment asks for a shorter run (SEGUE_TEST_SCALE=10: a tenth); never
/// nothing.
[[nodiscard]] inline int scaled(int count)
{
    const char* scale = std::getenv("SEGUE_TEST_SCALE");
    const int divisor = scale == nullptr ? 1 : std::max(1, std::atoi(scale));
    return std::max(1, count / divisor);
}

} // namespace segue::test
