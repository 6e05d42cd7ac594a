#include "play/watched_call.h"

#include <doctest/doctest.h>

#include <latch>

using namespace segue;
using namespace std::chrono_literals;

TEST_CASE("a call that does not come back is left behind, and no other is begun until it does")
{
    WatchedCalls calls;
    int done = 0;
    CHECK(calls.run(60s, [&] { ++done; }));
    CHECK(done == 1);

    const auto answer = std::make_shared<std::latch>(1);
    CHECK_FALSE(calls.run(0s, [answer] { answer->wait(); }));
    CHECK(calls.isStuck());
    CHECK_FALSE(calls.run(60s, [&] { ++done; }));
    CHECK(done == 1);

    answer->count_down();
    while (calls.isStuck()) std::this_thread::yield();
    CHECK(calls.run(60s, [&] { ++done; }));
    CHECK(done == 2);
}
