/// \file
/// How much a random test does.
#pragma once

#include <algorithm>
#include <cstdlib>

namespace segue::test {

/// A whole number from the environment, at least 1; 1 when it is not set.
[[nodiscard]] inline int scaleFrom(const char* variable)
{
    const char* text = std::getenv(variable);
    return text == nullptr ? 1 : std::max(1, std::atoi(text));
}

/// `count`, or a part of it when the environment asks for a shorter run (SEGUE_TEST_SCALE=10: a tenth), or a
/// multiple when it asks for a longer one (SEGUE_TEST_MORE=10: ten times as much); never nothing.
[[nodiscard]] inline int scaled(int count)
{
    return std::max(1, count * scaleFrom("SEGUE_TEST_MORE") / scaleFrom("SEGUE_TEST_SCALE"));
}

} // namespace segue::test
