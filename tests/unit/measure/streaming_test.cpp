// What services do to an album, by rules in a file.

#include "measure/streaming.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace segue;

namespace {

const ServiceRule& rule(std::string_view id)
{
    const auto& all = builtInServiceRules();
    const auto found = std::ranges::find(all, id, &ServiceRule::id);
    REQUIRE(found != all.end());
    return *found;
}

std::string refusal(std::string_view text)
{
    const auto rules = parseServiceRules(text, "services.conf");
    return rules ? "accepted" : sentence(rules.error());
}

constexpr const char* complete = "[a]\nname = A\nseen = 2026-01-02\nsource = x\nstanding = official\n"
                                 "target_lufs = -14\nalbum = one-gain\nraises = yes\nlimiter = no\n";

} // namespace

TEST_CASE("every built-in rule is dated, names its source, and has a level a service could have")
{
    REQUIRE(builtInServiceRules().size() >= 5);
    for (const ServiceRule& r : builtInServiceRules()) {
        CAPTURE(r.id);
        CHECK(r.seen.starts_with("20"));
        CHECK(r.source.starts_with("https://"));
        CHECK(r.target <= -9);
        CHECK(r.target >= -24);
    }
}

TEST_CASE("the published example: -20 LUFS with peaks at -5 dBTP is lifted to -16 only")
{
    const auto gain = streamedAlone(rule("spotify"), {-20.0, -5.0});
    REQUIRE(gain.has_value());
    CHECK(gain->gain == 4);
    CHECK(gain->loudness == -16);
    CHECK(gain->heldByPeak);
    CHECK_FALSE(gain->limited);
}

TEST_CASE("loud masters are turned down, soft ones up, silence is left alone")
{
    CHECK(streamedAlone(rule("spotify"), {-8.0, 0.5})->gain == -6);
    CHECK(streamedAlone(rule("spotify"), {-20.0, -12.0})->gain == 6);
    CHECK_FALSE(streamedAlone(rule("spotify"), {-20.0, -12.0})->heldByPeak);
    CHECK(streamedAlone(rule("spotify"), {-20.0, 0.5})->gain == 0);
    CHECK_FALSE(streamedAlone(rule("spotify"), {}).has_value());
    const auto loud = streamedAlone(rule("spotify-loud"), {-20.0, -5.0});
    CHECK(loud->gain == 9);
    CHECK(loud->limited);
    CHECK_FALSE(streamedAlone(rule("spotify-loud"), {-20.0, -11.0})->limited);
}

TEST_CASE("what nobody has published is not claimed")
{
    const auto soft = streamedAlone(rule("apple"), {-20.0, -9.0});
    CHECK(soft->gain == 0);
    CHECK(soft->mayBeRaised);
    CHECK_FALSE(streamedAlone(rule("apple"), {-10.0, -1.0})->mayBeRaised);
    const std::vector<StreamedLevel> tracks{{-10.0, -1.0}};
    CHECK(streamedAsAlbum(rule("apple"), tracks, tracks[0]).tracks.empty());
}

TEST_CASE("played as an album all tracks get the album's gain, in shuffle each its own")
{
    const std::vector<StreamedLevel> tracks{{-8.0, -0.5}, {-18.0, -6.0}, {}};
    const auto album = streamedAsAlbum(rule("spotify"), tracks, {-9.5, -0.5});
    REQUIRE(album.whole.has_value());
    CHECK(album.whole->gain == -4.5);
    REQUIRE(album.tracks.size() == 3);
    CHECK(album.tracks[0]->loudness == -12.5);
    CHECK(album.tracks[1]->loudness == -22.5);
    CHECK_FALSE(album.tracks[2].has_value());
    CHECK(streamedAlone(rule("spotify"), tracks[1])->loudness == -14);
}

TEST_CASE("a rule that says nonsense is refused with its line and what would be right")
{
    CHECK(refusal(complete) == "accepted");
    const auto with = [](std::string_view from, std::string_view to) {
        std::string text = complete;
        text.replace(text.find(from), from.size(), to);
        return refusal(text);
    };
    CHECK(with("-14", "14").find("line 6") != std::string::npos);
    CHECK(with("one-gain", "some").find("one of one-gain, per-track, unknown") != std::string::npos);
    CHECK(with("2026-01-02", "yesterday").find("YYYY-MM-DD") != std::string::npos);
    CHECK(with("limiter = no\n", "").find("[a] has no limiter") != std::string::npos);
    CHECK(with("limiter", "limitter").find("there is no key \"limitter\"") != std::string::npos);
    CHECK(with("name = A", "name =").find("line 2") != std::string::npos);
    CHECK(refusal("name = A\n[a]\n").find("below the [name]") != std::string::npos);
}
