#include "play/watched_call.h"

#include <doctest/doctest.h>

#include <latch>
#include <new>

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

TEST_CASE("what a call throws in time is thrown to who called, and the next call is begun")
{
    WatchedCalls calls;
    CHECK_THROWS_AS(static_cast<void>(calls.run(60s, [] { throw std::bad_alloc{}; })), std::bad_alloc);
    CHECK_FALSE(calls.isStuck());
    int done = 0;
    CHECK(calls.run(60s, [&] { ++done; }));
    CHECK(done == 1);
}

TEST_CASE("what a call throws after it was left behind is nobody's, and the next call is begun")
{
    WatchedCalls calls;
    const auto answer = std::make_shared<std::latch>(1);
    CHECK_FALSE(calls.run(0s, [answer] {
        answer->wait();
        throw std::bad_alloc{};
    }));
    answer->count_down();
    while (calls.isStuck()) std::this_thread::yield();
    CHECK(calls.run(60s, [] {}));
}
