// Profile files and what is said about nonsense in them.

#include "vinyl/profiles.h"

#include "support/memory_file_ops.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

std::string refusal(std::string_view text)
{
    const auto profile = parseLathe(text, "room.lathe");
    return profile ? "" : sentence(profile.error());
}
std::string plantRefusal(std::string_view text)
{
    const auto profile = parsePlant(text, "plant.plant");
    return profile ? "" : sentence(profile.error());
}
bool says(const std::string& sentence, std::string_view part)
{
    return sentence.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("the built-in profiles are read, and standard is what the program assumes")
{
    MemoryFileOps files;
    std::vector<std::string> names;
    for (const BuiltInProfile& p : builtInLathes()) {
        names.emplace_back(p.name);
        const auto lathe = findLathe(files, std::string{p.name});
        REQUIRE(lathe);
        CHECK(lathe->name == p.name);
        CHECK(!lathe->description.empty());
    }
    CHECK(names == std::vector<std::string>{"standard", "conservative", "tight", "dmm"});
    LatheProfile standard = *findLathe(files, "standard");
    standard.description.clear();
    CHECK(standard == LatheProfile{});
    CHECK(findLathe(files, "conservative")->silentPitch() > standard.silentPitch());
    CHECK(findLathe(files, "tight")->silentPitch() < standard.silentPitch());
    for (const BuiltInProfile& p : builtInPlants()) {
        const auto plant = findPlant(files, std::string{p.name});
        REQUIRE(plant);
        REQUIRE(plant->lengths({}));
        CHECK(!plant->source.empty());
    }
    CHECK(findPlant(files, "recommended")->lengths({})->refuse == 26);
    CHECK(!findPlant(files, "furnace")->lengths({DiscSize::inch7, Speed::rpm45}));
}

TEST_CASE("a profile file changes what it names")
{
    MemoryFileOps files;
    files.put("/room/mine.lathe", "# ours\nland = 12.5\ndepth_control = no\n");
    const auto lathe = findLathe(files, "/room/mine.lathe");
    REQUIRE(lathe);
    CHECK(lathe->name == "mine");
    CHECK(lathe->land == 12.5);
    CHECK(!lathe->depthControl);
    CHECK(lathe->baseDepth == 25.4);
    const auto none = findLathe(files, "nowhere");
    REQUIRE(!none);
    CHECK(says(none.error().what, "standard, conservative, tight, dmm"));
}

TEST_CASE("nonsense in a profile is a sentence with file, line, key and rule")
{
    const std::string unknown = refusal("land = 15\nlnad = 15\n");
    CHECK(says(unknown, "room.lathe"));
    CHECK(says(unknown, "line 2"));
    CHECK(says(unknown, "lnad"));
    CHECK(says(unknown, "land"));
    CHECK(says(refusal("\nland = wide\n"), "line 2"));
    CHECK(says(refusal("land = -3\n"), "land"));
    CHECK(says(refusal("depth_control = perhaps\n"), "depth_control"));
    const std::string order = refusal("base_depth = 20\nmin_depth = 30\n");
    CHECK(says(order, "line 2"));
    CHECK(says(order, "min_depth (30) must not be above base_depth (20)"));
    CHECK(says(refusal("[lathe]\nland = 3\n"), "section"));
    CHECK(refusal("land\n") != "");
    CHECK(says(plantRefusal("12_33_good = 30\n12_33_most = 20\n12_33_refuse = 40\n"), "must not go down"));
    CHECK(says(plantRefusal("12_33_good = 18\n"), "needs all of"));
    CHECK(says(plantRefusal("16_33_good = 18\n"), "16_33_good"));
}
