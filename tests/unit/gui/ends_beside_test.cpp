#include "gui/model/ends_beside.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <thread>

using namespace segue::gui;

namespace {

/// Its end waits for a disk.
struct Slow {
    std::latch& disk;
    std::atomic<int>& ended;
    std::thread::id& where;
    ~Slow()
    {
        disk.wait();
        where = std::this_thread::get_id();
        ++ended;
    }
};

} // namespace

TEST_CASE("What waits for a disk ends beside, and the program waits for it at its end")
{
    std::latch disk{1};
    std::atomic<int> ended = 0;
    std::thread::id one, other;
    endBeside(std::make_shared<Slow>(disk, ended, one));
    endBeside(std::make_shared<Slow>(disk, ended, other));
    CHECK(ended == 0); // nobody stood still for the disk
    disk.count_down();
    awaitEnds();
    CHECK(ended == 2);
    CHECK(one != std::this_thread::get_id());
    CHECK(one != other);
}

TEST_CASE("What somebody else still has does not end")
{
    std::latch disk{0};
    std::atomic<int> ended = 0;
    std::thread::id where;
    auto mine = std::make_shared<Slow>(disk, ended, where);
    endBeside(mine);
    awaitEnds();
    CHECK(ended == 0);
    mine.reset();
    CHECK(ended == 1);
    CHECK(where == std::this_thread::get_id());
}

TEST_CASE("What ends may give up something else")
{
    std::latch disk{0};
    std::atomic<int> ended = 0;
    std::thread::id where;
    struct Owner {
        std::shared_ptr<Slow> inner;
        ~Owner() { endBeside(std::move(inner)); }
    };
    endBeside(std::make_shared<Owner>(std::make_shared<Slow>(disk, ended, where)));
    awaitEnds();
    CHECK(ended == 1);
}
