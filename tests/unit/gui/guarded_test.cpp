#include "gui/model/guarded.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <system_error>
#include <thread>

using namespace segue;
using segue::gui::guarded;
using segue::gui::startThread;

namespace {

/// Work for which there is no thread: what cannot be copied to a thread is told as the system tells it.
struct NoThread {
    NoThread() = default;
    NoThread(const NoThread& /*other*/)
    {
        throw std::system_error{std::make_error_code(std::errc::resource_unavailable_try_again)};
    }
    void operator()() const {}
};

} // namespace

TEST_CASE("What a thread beside the window throws becomes a sentence")
{
    const Status thrown =
        guarded("The files could not be read", [] { throw std::runtime_error{"no such thread"}; });
    REQUIRE_FALSE(thrown);
    CHECK(sentence(thrown.error()) == "The files could not be read: no such thread");
    const Status memory = guarded("The files could not be read", [] { throw std::bad_alloc{}; });
    REQUIRE_FALSE(memory);
    CHECK(sentence(memory.error()) == "The files could not be read: there is not enough memory");
}

TEST_CASE("Work that throws nothing is done, and nothing is said")
{
    bool done = false;
    CHECK(guarded("unused", [&] { done = true; }));
    CHECK(done);
}

TEST_CASE("Work is begun on a thread of its own")
{
    bool done = false;
    std::jthread thread;
    CHECK(startThread(thread, "unused", [&] { done = true; }));
    thread.join();
    CHECK(done);
}

TEST_CASE("A thread that the system does not give becomes a sentence, and the thread before goes on")
{
    std::jthread thread{[](const std::stop_token&) {}};
    const auto before = thread.get_id();
    const NoThread work;
    const Status begun = startThread(thread, "The files could not be read", work);
    REQUIRE_FALSE(begun);
    CHECK(sentence(begun.error()) == "The files could not be read: the system has no thread left for it; end "
                                     "other programs and try again");
    CHECK(thread.get_id() == before);
}
