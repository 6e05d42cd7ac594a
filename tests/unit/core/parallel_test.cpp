#include "core/parallel.h"

#include <doctest/doctest.h>

#include <atomic>
#include <new>
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

TEST_CASE("what parallel work throws is thrown where it was called, and the rest stops")
{
    for (const int threads : {1, 2, 7}) {
        std::atomic<int> done = 0;
        CHECK_THROWS_AS(parallelFor(1'000'000, threads,
                                    [&done](std::size_t i) {
                                        if (i == 10) throw std::bad_alloc{};
                                        ++done;
                                    }),
                        std::bad_alloc);
        CHECK(done >= 10 - threads);
        CHECK(done < 1'000'000);
    }
}
