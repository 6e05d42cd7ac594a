#include "measure/joint_faults.h"

#include "measure/fault_rules.h"
#include "support/fake_sound.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::int64_t second = 44'100;

Formula sine(double hertz, double level, std::int64_t shift = 0, double dc = 0)
{
    return [=](std::int64_t at) {
        const double v =
            dc + level * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(at + shift) / second);
        return Frame{v, v};
    };
}
/// Faded over half a second at both ends of `length`, down to exact zeros.
Formula faded(Formula sound, std::int64_t length)
{
    return [=](std::int64_t at) {
        const double to = static_cast<double>(std::min(at, length - 1 - at)) / (second / 2);
        const double gain = std::clamp(to, 0.0, 1.0);
        const Frame f = sound(at);
        return Frame{f.left * gain * gain, f.right * gain * gain};
    };
}

struct Shop {
    Studio studio{};
    Clip add(Formula formula, std::int64_t length, Duration gap = {}, std::optional<Crossfade> crossfade = {})
    {
        const Clip clip = studio.clip(studio.source(SampleCount{length}, std::move(formula)));
        studio.track({clip}, gap, crossfade);
        return clip;
    }
    std::vector<JointFault> faults(std::vector<JointLoudness> loudness = {},
                                   FaultThresholds thresholds = {}) const
    {
        return findJointFaults(studio.album, studio.piece(), {}, studio.opener(), thresholds, loudness)
            .value();
    }
    std::vector<JointFault> faults(std::string_view rule) const
    {
        std::vector<JointFault> found;
        for (const JointFault& f : faults())
            if (f.fault.rule == rule) found.push_back(f);
        return found;
    }
    SamplePos start(std::size_t entry) const
    {
        return samplePlaces(studio.album, studio.piece(), cdRate).entries.at(entry).start;
    }
};

} // namespace

TEST_CASE("tracks that begin and end in silence have faultless joints")
{
    Shop shop;
    shop.add(faded(sine(220, 0.5), 3 * second), 3 * second, seconds(2));
    shop.add(faded(sine(330, 0.5), 3 * second), 3 * second, seconds(2));
    shop.add(faded(sine(440, 0.5), 3 * second), 3 * second);
    CHECK(shop.faults().empty());
}

TEST_CASE("one sound cut into two tracks runs on without a fault")
{
    Shop shop;
    shop.add([](std::int64_t at) { return faded(sine(220, 0.5), 6 * second)(at); }, 3 * second, seconds(2));
    shop.add([](std::int64_t at) { return faded(sine(220, 0.5), 6 * second)(at + 3 * second); }, 3 * second);
    CHECK(shop.faults().empty());
}

TEST_CASE("a step at a joint without a gap is found at the joint")
{
    Shop shop;
    shop.add(faded(sine(220, 0.3), 6 * second), 3 * second, seconds(2));
    shop.add([](std::int64_t at) { return faded(sine(220, 0.3, 50), 6 * second)(at + 3 * second); },
             3 * second);
    const auto found = shop.faults(fault::jointStep);
    REQUIRE(found.size() == 2); // each channel
    CHECK(found[0].entry == 1);
    CHECK(found[0].fault.begin == shop.start(1) - SampleCount{1});
    CHECK(found[0].fault.channel == 0);
}

TEST_CASE("DC that comes at a joint is found, a slow wave is not")
{
    Shop shop;
    shop.add(faded(sine(200, 0.3), 6 * second), 3 * second, seconds(2));
    shop.add([](std::int64_t at) { return faded(sine(200, 0.3, 0, 0.01), 6 * second)(at + 3 * second); },
             3 * second);
    const auto found = shop.faults(fault::jointDc);
    REQUIRE(found.size() == 2);
    CHECK(found[0].fault.value == doctest::Approx(1).epsilon(0.02));
    CHECK(found[0].fault.begin == shop.start(1));
    Shop slow;
    slow.add(faded(sine(3, 0.3), 6 * second), 3 * second, seconds(2));
    slow.add([](std::int64_t at) { return faded(sine(3, 0.3), 6 * second)(at + 3 * second); }, 3 * second);
    CHECK(slow.faults(fault::jointDc).empty());
}

TEST_CASE("a hole of digital black at a joint without a gap is found, silence in a gap is meant")
{
    const auto holed = [](std::int64_t hole, Duration gap) {
        Shop shop;
        shop.add(
            [hole](std::int64_t at) {
                return at >= 3 * second - hole ? Frame{} : faded(sine(220, 0.3), 9 * second)(at);
            },
            3 * second, seconds(2));
        shop.add([](std::int64_t at) { return faded(sine(220, 0.3), 6 * second)(at + 3 * second); },
                 3 * second, gap);
        return shop;
    };
    const Shop shop = holed(1'000, {});
    const auto found = shop.faults(fault::jointBlack);
    REQUIRE(found.size() == 1);
    CHECK(found[0].entry == 1);
    CHECK(found[0].fault.begin.value() ==
          doctest::Approx(static_cast<double>(shop.start(1).value() - 1'000)).epsilon(1e-5));
    CHECK(found[0].fault.value == doctest::Approx(1'000 / 44.1).epsilon(0.01));
    CHECK(holed(0, {}).faults(fault::jointBlack).empty());
    CHECK(holed(1'000, seconds(2)).faults(fault::jointBlack).empty());
}

TEST_CASE("a crossfade of a sound with its turned self cancels, with another sound it does not")
{
    const auto crossfaded = [](Formula second_) {
        Shop shop;
        shop.add(faded(sine(220, 0.3), 6 * second), 6 * second, seconds(2));
        shop.add(std::move(second_), 6 * second, -seconds(3), Crossfade{});
        return shop;
    };
    // The overlap is 3 s: whole periods of 220 Hz, so the two run in step.
    const Shop turned =
        crossfaded([](std::int64_t at) { return faded(sine(220, -0.3), 12 * second)(at + 3 * second); });
    const auto found = turned.faults(fault::jointCancel);
    REQUIRE(found.size() == 1);
    CHECK(found[0].entry == 1);
    CHECK(found[0].fault.value < -10);
    CHECK(found[0].fault.begin >= turned.start(1));
    CHECK(crossfaded(faded(sine(277.2, 0.3), 6 * second)).faults(fault::jointCancel).empty());
    CHECK(crossfaded([](std::int64_t at) { return faded(sine(220, 0.3), 12 * second)(at + 3 * second); })
              .faults(fault::jointCancel)
              .empty());
}

TEST_CASE("hard edges and early ends against silence are found where they are")
{
    Shop shop;
    shop.add(sine(220, 0.3, 20), 3 * second, seconds(2));
    shop.add(faded(sine(220, 0.3), 3 * second), 3 * second, seconds(2));
    const auto found = shop.faults(fault::jointEdge);
    REQUIRE(found.size() == 2);
    CHECK(found[0].entry == 0);
    CHECK(found[0].fault.begin == shop.start(0));
    CHECK(found[1].entry == 1);
    CHECK(found[1].fault.end == shop.start(0) + SampleCount{3 * second});

    Shop early;
    early.add(
        [](std::int64_t at) {
            const Frame f = faded(sine(220, 0.3), 6 * second)(at);
            const double gain = std::max(0.002, 1 - static_cast<double>(at) / (3.0 * second));
            return Frame{f.left * gain, f.right * gain};
        },
        3 * second, seconds(2));
    const auto tail = early.faults();
    REQUIRE(tail.size() == 1);
    CHECK(tail[0].fault.rule == fault::jointTail);
    CHECK(tail[0].entry == 1);
    CHECK(tail[0].fault.value == doctest::Approx(-60.4).epsilon(0.02));
}

TEST_CASE("neighbours that jump in loudness are told up and down")
{
    Shop shop;
    for (int i = 0; i < 4; ++i) shop.add(faded(sine(220, 0.3), 3 * second), 3 * second, seconds(2));
    const auto found = shop.faults({{}, {-20.0, -11.0}, {-11.0, -20.5}, {-20.5, std::nullopt}});
    REQUIRE(found.size() == 2);
    CHECK(found[0].entry == 1);
    CHECK(found[0].fault.value == 9);
    CHECK(found[1].entry == 2);
    CHECK(found[1].fault.value == -9.5);
    CHECK(describe(found[1].fault) == "The next track is 9.5 LU softer");
}

TEST_CASE("a source that cannot be read is an error")
{
    Shop shop;
    shop.add(sine(220, 0.3), 3 * second, seconds(2));
    const auto result = findJointFaults(shop.studio.album, shop.studio.piece(), {},
                                        [](const Source&) -> Result<std::unique_ptr<AudioFile>> {
                                            return failure("gone", "a.wav", ErrorKind::io);
                                        },
                                        {}, {});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().what == "gone");
}
