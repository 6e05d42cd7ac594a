#include "measure/check_sound.h"

#include "support/fake_sound.h"
#include "support/fault_seeds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

using namespace segue;
using namespace segue::test;

namespace {

Formula playing(std::vector<Frame> sound)
{
    auto kept = std::make_shared<const std::vector<Frame>>(std::move(sound));
    return [kept](std::int64_t at) { return (*kept)[static_cast<std::size_t>(at)]; };
}
Findings check(const Studio& studio)
{
    return checkSound(studio.album, studio.album.editions.front(), studio.opener()).value();
}

} // namespace

TEST_CASE("an edition of faultless sounds has no findings")
{
    Studio studio;
    for (std::uint64_t seed = 1; seed < 4; ++seed)
        studio.track(
            {studio.clip(studio.source(SampleCount{5 * 44'100}, playing(musicLike(cdRate, 5, seed)), false))},
            seconds(2));
    CHECK(check(studio).empty());
}

TEST_CASE("a fault is told with its file, track and place, and only where a clip plays it")
{
    auto sound = musicLike(cdRate, 5, 1);
    for (const std::size_t at : {50'000U, 150'000U})
        for (std::size_t i = 0; i < 4; ++i) sound[at + i].left = 1.0;
    Studio studio;
    studio.track(
        {studio.clip(studio.source(SampleCount{5 * 44'100}, playing(musicLike(cdRate, 5, 2)), false))},
        seconds(2));
    Clip clip = studio.clip(studio.source(SampleCount{5 * 44'100}, playing(sound), false));
    clip.length = SampleCount{100'000};
    clip.fadeOut.length = seconds(1);
    studio.track({clip}, seconds(2));
    Findings found = check(studio);
    std::erase_if(found, [](const Finding& f) { return f.rule != "FAULT.CLIPPED"; });
    REQUIRE(found.size() == 1);
    CHECK(found[0].where.file == find(studio.album, clip.source)->path);
    CHECK(found[0].where.track == 2);
    CHECK(found[0].where.sample == SamplePos{50'000});
}

TEST_CASE("many places of a rule are told in a sum")
{
    auto sound = musicLike(cdRate, 5, 1);
    for (std::size_t k = 0; k < 30; ++k)
        for (std::size_t i = 0; i < 4; ++i) sound[50'000 + 1'000 * k + i].left = 1.0;
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{5 * 44'100}, playing(sound), false))}, seconds(2));
    const Findings found = check(studio);
    CHECK(std::ranges::count(found, "FAULT.CLIPPED", &Finding::rule) == 11);
    CHECK(std::ranges::any_of(found, [](const Finding& f) {
        return f.message == "There are 20 more places of this kind in the file";
    }));
}

TEST_CASE("a cancel ends the check with its error")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{5 * 44'100}, noise24(1), false))}, seconds(2));
    std::stop_source stop;
    stop.request_stop();
    const auto result = checkSound(studio.album, studio.album.editions.front(), studio.opener(),
                                   {.progress = {.stop = stop.get_token()}});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::cancelled);
}
