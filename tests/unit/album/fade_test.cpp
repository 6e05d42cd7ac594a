#include "album/fade.h"

#include <doctest/doctest.h>

using namespace segue;

TEST_CASE("every fade curve is read back from its name")
{
    for (const Curve curve : allCurves) CHECK(parseCurve(name(curve)) == curve);
    CHECK(name(Curve::equalPower) == "equal-power");
    CHECK(name(Curve::squareRoot) == "square-root");
}

TEST_CASE("an unknown fade curve is refused with the names there are")
{
    const auto curve = parseCurve("parabolic");
    REQUIRE(!curve);
    CHECK(curve.error().what.find("\"parabolic\"") != std::string::npos);
    CHECK(curve.error().what.find("square-root") != std::string::npos);
    CHECK(!parseCurve(""));
    CHECK(!parseCurve("Linear"));
}
