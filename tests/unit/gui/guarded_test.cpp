#include "gui/model/guarded.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace segue;
using segue::gui::guarded;

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
