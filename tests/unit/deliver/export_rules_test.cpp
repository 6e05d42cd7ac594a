// Rules that stop an export until the user sets them aside, and what is said then.

#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

/// Stops without `--allow`, leaving nothing; with it, the set is written and both reports name the rule.
void checkAllowed(SmallDelivery& small, const std::string& rule)
{
    const auto before = small.everything();
    const auto refused = small.exportTo(realFileOps(), small.out());
    REQUIRE_MESSAGE(refused.has_value(), sentence(refused.error()));
    CHECK_FALSE(refused->written);
    CHECK(refused->refused());
    CHECK(std::ranges::count(refused->findings, rule, &Finding::rule) > 0);
    CHECK(small.everything() == before);
    CHECK(small.partials().empty());

    small.options.allow = {rule};
    const auto allowed = small.exportTo(realFileOps(), small.out());
    REQUIRE_MESSAGE(allowed.has_value(), sentence(allowed.error()));
    REQUIRE(allowed->written);
    const auto finding = std::ranges::find(allowed->findings, rule, &Finding::rule);
    REQUIRE(finding != allowed->findings.end());
    CHECK(finding->overridden);
    for (const std::string report : {"OUT.report.json", "OUT.report.txt"})
        CHECK(small.folder.read(report).find(rule) != std::string::npos);
}

} // namespace

TEST_CASE("samples beyond full scale stop an export; allowed, they are held there and reported")
{
    SmallDelivery small{std::vector<TrackShape>{{}, {}}};
    const TrackId loud = track(small.album, 2);
    small.album = get(edit::setHandGain(std::move(small.album), loud, Decibels{12}));
    checkAllowed(small, "AUDIO.OVER");
    CHECK(firstFault(small.out()) == "");
    // 32767 and -32768, never wrapped round: the loudest of the noise is there, and held.
    CHECK(small.image().find("\xff\x7f") != std::string::npos);
}

TEST_CASE("a UPC with a wrong check digit stops an export; allowed, it is delivered as it is and reported")
{
    SmallDelivery small{std::vector<TrackShape>{{}}};
    small.album.info.upc = get(UpcEan::parseDigits("4006381333932"));
    checkAllowed(small, "CODE.UPC_CHECK_DIGIT");
    CHECK(small.folder.read("OUT/DDPID").find("4006381333932") != std::string::npos);
}

TEST_CASE("a rule that may not be set aside, or does not exist, is refused by name before any work")
{
    SmallDelivery small{std::vector<TrackShape>{{.frames = 44'100}}};
    const auto before = small.everything();
    for (const std::string name : {"DISC.TRACK_LENGTH", "NO.SUCH"}) {
        small.options.allow = {name};
        const auto outcome = small.exportTo(realFileOps(), small.out());
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().kind == ErrorKind::input);
        CHECK(outcome.error().where == name);
    }
    small.options.allow = {"any"};
    const auto outcome = small.exportTo(realFileOps(), small.out());
    REQUIRE(outcome.has_value());
    CHECK_FALSE(outcome->written);
    CHECK(small.everything() == before);
}
