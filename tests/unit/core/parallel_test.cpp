#include "core/parallel.h"

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

using namespace segue;

TEST_CASE("parallel work does every part exactly once")
{
    for (const int threads : {0, 1, 2, 7})
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{1000}}) {
            std::vector<std::atomic<int>> done(count);
            parallelFor(count, threads, [&done](std::size_t i) { ++done[i]; });
            for (const auto& times : done) REQUIRE(times == 1);
        }
    CHECK(threadCount(3) == 3);
    CHECK(threadCount(0) >= 1);
}
