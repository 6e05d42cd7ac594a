#include "measure/level_faults.h"

#include "measure/fault_rules.h"
#include "support/fake_sound.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

/// A tone at 1 kHz; its level over time in dBFS, by second.
Formula toneAt(std::vector<double> levels)
{
    return [levels = std::move(levels)](std::int64_t at) {
        const auto second = std::min(levels.size() - 1, static_cast<std::size_t>(at / 44'100));
        const double x = std::pow(10, levels[second] / 20) *
                         std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(at) / 44'100);
        return Frame{x, x};
    };
}

/// Between the samples of a quarter of the rate lie peaks of 3 dB more.
Formula quarterRate(double amplitude, std::int64_t from)
{
    return [=](std::int64_t at) {
        const double x =
            at < from
                ? 0.01
                : amplitude * std::sin(std::numbers::pi / 2 * static_cast<double>(at) + std::numbers::pi / 4);
        return Frame{x, x};
    };
}

EditionScan scanOf(const Studio& studio)
{
    const SourceOpener open = [&studio](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        return std::make_unique<FakeFile>(source, studio.formulas.at(source.id));
    };
    auto scan = scanEdition(editionSounds(studio.album, studio.album.editions.front(), open), nullptr,
                            {.threads = 1});
    REQUIRE(scan.has_value());
    return std::move(*scan);
}

EditionScan scanOfTones(const std::vector<std::vector<double>>& tracks)
{
    Studio studio;
    for (const auto& levels : tracks)
        studio.track(
            {studio.clip(studio.source(SampleCount{44'100 * std::ssize(levels)}, toneAt(levels), false))},
            seconds(2));
    return scanOf(studio);
}

} // namespace

TEST_CASE("neighbours are compared by their loudest moments near the joint, so that a fade-out is no jump")
{
    std::vector<double> fading(40, -20);
    for (std::size_t i = 30; i < 40; ++i) fading[i] = -20 - 6 * static_cast<double>(i - 29);
    const auto joints =
        jointLoudness(scanOfTones({fading, std::vector<double>(40, -20), std::vector<double>(40, -31)}));
    REQUIRE(joints.size() == 3);
    CHECK(!joints[0].before);
    REQUIRE(joints[1].before);
    REQUIRE(joints[1].after);
    CHECK(*joints[1].after - *joints[1].before == doctest::Approx(0).epsilon(0.02));
    CHECK(*joints[2].after - *joints[2].before == doctest::Approx(-11).epsilon(0.01));
}

TEST_CASE("what lies further from a joint than half a minute does not count")
{
    std::vector<double> first(60, -40), second(60, -40);
    first[5] = first[6] = first[7] = first[8] = -5;
    second[50] = second[51] = second[52] = second[53] = -5;
    const auto joints = jointLoudness(scanOfTones({first, second}));
    CHECK(*joints[1].after - *joints[1].before == doctest::Approx(0).epsilon(0.02));
}

TEST_CASE("a neighbour of less than three seconds, or a silent one, is not compared")
{
    const auto joints =
        jointLoudness(scanOfTones({{-20, -20}, std::vector<double>(5, -20), std::vector<double>(5, -200)}));
    CHECK(!joints[1].before);
    CHECK(joints[1].after);
    CHECK(!joints[2].after);
}

TEST_CASE("a peak between the samples is told with its place, and only where no sample is over itself")
{
    const auto overOf = [](double amplitude) {
        Studio studio;
        studio.track(
            {studio.clip(studio.source(SampleCount{44'100 * 4}, quarterRate(amplitude, 2 * 44'100), false))});
        return interSampleOver(scanOf(studio).entries.front());
    };
    const auto over = overOf(1.2); // samples at 0.85
    REQUIRE(over);
    CHECK(over->rule == fault::interSample);
    CHECK(over->value == doctest::Approx(20 * std::log10(1.2)).epsilon(0.1));
    CHECK(!overOf(0.98));
    CHECK(!overOf(1.5)); // samples at 1.06: another rule's matter
}

TEST_CASE("an over between the samples moves with the gain of its track")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{44'100 * 4}, quarterRate(1.2, 44'100), false))});
    EditionScan scan = scanOf(studio);
    scan.entries.front().gain = Decibels{-2};
    CHECK(!interSampleOver(scan.entries.front()));
}

TEST_CASE("a track of digital silence has no sound, and one of a single bit has")
{
    Studio studio;
    const SampleCount second{44'100};
    const Formula silence = [](std::int64_t) { return Frame{}; };
    const Formula oneBit = [](std::int64_t at) { return at == 40'000 ? Frame{0, 0x1p-23} : Frame{}; };
    for (const Formula& formula : {oneBit, silence})
        studio.track({studio.clip(studio.source(second, formula, false))}, seconds(2));
    const EditionScan scan = scanOf(studio);
    REQUIRE(scan.entries.size() == 2);
    CHECK_FALSE(noSound(scan.entries[0]));
    const auto found = noSound(scan.entries[1]);
    REQUIRE(found);
    CHECK(found->rule == fault::noSound);
    CHECK(found->begin == scan.entries[1].begin);
    CHECK(found->end - found->begin == second);
}
