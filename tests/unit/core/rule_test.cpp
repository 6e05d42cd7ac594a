#include "core/rule.h"

#include <doctest/doctest.h>

#include <array>

using namespace segue;

namespace {

constexpr std::array catalogue{
    Rule{"DISC.A", Finding::Level::error, true, "A must be", "test"},
    Rule{"DISC.B", Finding::Level::error, false, "B must be", "test"},
    Rule{"DISC.C", Finding::Level::warning, true, "C should be", "test"},
};

Findings oneOfEach()
{
    return {finding(catalogue[0], "no A"), finding(catalogue[1], "no B"), finding(catalogue[2], "no C")};
}

} // namespace

TEST_CASE("a finding takes id and level from its rule")
{
    const Finding f = finding(catalogue[2], "no C", {.track = 3}, "add a C");
    CHECK(f.rule == "DISC.C");
    CHECK(f.level == Finding::Level::warning);
    CHECK(f.where.track == 3);
    CHECK(f.fix == "add a C");
    CHECK_FALSE(f.overridden);
}

TEST_CASE("only overridable errors can be set aside")
{
    Findings found = oneOfEach();
    const std::array<std::string, 3> names{"DISC.A", "DISC.B", "DISC.X"};
    CHECK(applyOverrides(found, names, catalogue) == std::vector<std::string>{"DISC.B", "DISC.X"});
    CHECK(found[0].overridden);
    CHECK_FALSE(found[1].overridden);
    CHECK_FALSE(found[2].overridden);
    CHECK(blocks(found));

    found = oneOfEach();
    CHECK(applyOverrides(found, std::array<std::string, 1>{"any"}, catalogue).empty());
    CHECK(found[0].overridden);
    CHECK_FALSE(found[1].overridden);
    std::erase_if(found, [](const Finding& f) { return f.rule == "DISC.B"; });
    CHECK_FALSE(blocks(found));
}

TEST_CASE("a place is described by what is known of it")
{
    CHECK(describe({}) == "album");
    Place place;
    place.file = "IMAGE.DAT";
    place.track = 3;
    place.frame = CdFramePos{18933};
    CHECK(describe(place) == "IMAGE.DAT, track 3, 04:12:33");
    CHECK(describe({.disc = 2, .index = 1}) == "disc 2, INDEX 01");
    CHECK(describe({.file = "a.cue", .line = 12}) == "a.cue, line 12");
}
