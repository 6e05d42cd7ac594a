#include "measure/fault_finder.h"

#include "measure/fault_rules.h"
#include "support/fault_seeds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

SoundShape shapeOf(const std::vector<Frame>& sound, SampleRate rate = cdRate)
{
    return {.rate = rate, .channels = 2, .length = SampleCount{std::ssize(sound)}, .bits = 24};
}
Faults faultsOf(const std::vector<Frame>& sound, SoundShape shape, FaultThresholds thresholds = {})
{
    FaultFinder finder{shape, thresholds};
    finder.take(sound);
    return finder.finish();
}
Faults faultsOf(const std::vector<Frame>& sound) { return faultsOf(sound, shapeOf(sound)); }

Faults only(const Faults& all, std::string_view rule)
{
    Faults found;
    std::ranges::copy_if(all, std::back_inserter(found), [&](const Fault& f) { return f.rule == rule; });
    return found;
}
std::vector<Frame> music(double seconds = 10) { return musicLike(cdRate, seconds, 1); }
/// A place in the middle where both channels are well away from zero.
std::size_t loudPlace(const std::vector<Frame>& sound, std::size_t from)
{
    while (std::fabs(sound[from].left) < 0.05 || std::fabs(sound[from].right) < 0.05) ++from;
    return from;
}

} // namespace

TEST_CASE("music without faults has none")
{
    CHECK(faultsOf(music(20)).empty());
    const auto high = musicLike(SampleRate{96'000}, 10, 2);
    CHECK(faultsOf(high, shapeOf(high, SampleRate{96'000})).empty());
    CHECK(faultsOf({}).empty());
    CHECK(faultsOf(std::vector<Frame>(100'000)).empty());
}

TEST_CASE("the faults do not depend on how the sound is cut into blocks")
{
    auto sound = music(12);
    seedClicks(sound, cdRate, 3, 30'000, 14, 1e-4);
    seedDropouts(sound, cdRate, 4, 33'333, 1e-3);
    for (std::size_t i = 0; i < 7; ++i) sound[200'000 + i] = {1.0, -1.0};
    sound[300'000].left = std::numeric_limits<double>::quiet_NaN();
    const Faults whole = faultsOf(sound);
    CHECK(whole.size() > 20);
    FaultDice dice{5};
    for (const std::int64_t most : {1, 97, 4096, 70'000}) {
        FaultFinder finder{shapeOf(sound)};
        for (std::size_t at = 0; at < sound.size();) {
            const auto some = std::min(sound.size() - at, static_cast<std::size_t>(1 + dice.below(most)));
            finder.take(std::span{sound}.subspan(at, some));
            at += some;
        }
        CHECK(finder.finish() == whole);
    }
}

TEST_CASE("samples that are no numbers are counted by runs and then taken for zero")
{
    auto sound = music();
    sound[50'000].left = std::numeric_limits<double>::quiet_NaN();
    sound[50'001].left = std::numeric_limits<double>::infinity();
    sound[90'000] = {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
    const auto found = only(faultsOf(sound), fault::notFinite);
    REQUIRE(found.size() == 2);
    CHECK(found[0] == Fault{fault::notFinite, SamplePos{50'000}, SamplePos{50'002}, 0, 2});
    CHECK(found[1] == Fault{fault::notFinite, SamplePos{90'000}, SamplePos{90'001}, -1, 1});
}

TEST_CASE("runs of three samples at full scale are clipped, with their exact places")
{
    auto sound = music();
    const auto put = [&](std::size_t at, int count, double value) {
        for (int i = 0; i < count; ++i) sound[at + static_cast<std::size_t>(i)].right = value;
    };
    put(60'000, 3, 1.0);
    put(70'000, 2, 1.0);
    put(80'000, 40, -1.0);
    put(90'010, 4, 32'767.0 / 32'768);
    // From one side to the other is not one run.
    put(100'000, 2, 1.0);
    put(100'002, 2, -1.0);
    put(110'000, 5, 0.999);
    const auto found = only(faultsOf(sound), fault::clipped);
    REQUIRE(found.size() == 3);
    CHECK(found[0] == Fault{fault::clipped, SamplePos{60'000}, SamplePos{60'003}, 1, 3});
    CHECK(found[1] == Fault{fault::clipped, SamplePos{80'000}, SamplePos{80'040}, 1, 40});
    CHECK(found[2] == Fault{fault::clipped, SamplePos{90'010}, SamplePos{90'014}, 1, 4});
}

TEST_CASE("clipped runs at the edges of tiles, chunks and the sound are whole")
{
    for (const std::size_t at : {0U, 61U, 4'090U, 440'997U - 3U}) {
        auto sound = music();
        for (std::size_t i = 0; i < 9 && at + i < sound.size(); ++i) sound[at + i].left = 1.0;
        const auto found = only(faultsOf(sound), fault::clipped);
        REQUIRE(found.size() == 1);
        CHECK(found[0].begin.value() == static_cast<std::int64_t>(at));
        CHECK(found[0].value == static_cast<double>(std::min<std::size_t>(9, sound.size() - at)));
    }
}

TEST_CASE("after five hundred faults of a rule one more stands for the rest")
{
    auto sound = music();
    for (std::size_t k = 0; k < 600; ++k)
        for (std::size_t i = 0; i < 4; ++i) sound[10'000 + 100 * k + i].left = 1.0;
    const auto found = only(faultsOf(sound), fault::clipped);
    REQUIRE(found.size() == mostFaultsNamed + 1);
    CHECK(found.back().count == 100);
    CHECK(found.back().begin == SamplePos{60'000});
    CHECK(found.back().end == SamplePos{69'904});
}

TEST_CASE("tops cut flat below full scale are found, rounded ones are not")
{
    auto loud = music(20);
    auto limited = loud;
    for (Frame& f : loud) f = {f.left * 6, f.right * 6};
    for (Frame& f : loud) f = {std::clamp(f.left, -0.7, 0.7), std::clamp(f.right, -0.7, 0.7)};
    const auto found = only(faultsOf(loud), fault::flatTops);
    REQUIRE(found.size() == 2);
    for (const Fault& f : found) {
        CHECK(f.value == doctest::Approx(-3.098).epsilon(0.001));
        CHECK(f.count >= 20);
    }
    for (Frame& f : limited) f = {std::tanh(6 * f.left), std::tanh(6 * f.right)};
    CHECK(only(faultsOf(limited), fault::flatTops).empty());
}

TEST_CASE("only a float file can be beyond full scale")
{
    auto sound = music();
    for (std::size_t i = 0; i < 20; ++i) sound[70'000 + i].left = 1.5;
    auto shape = shapeOf(sound);
    CHECK(only(faultsOf(sound, shape), fault::overFullScale).empty());
    shape.bits = 0;
    const auto found = only(faultsOf(sound, shape), fault::overFullScale);
    REQUIRE(found.size() == 1);
    CHECK(found[0].begin == SamplePos{70'000});
    CHECK(found[0].end == SamplePos{70'020});
    CHECK(found[0].value == doctest::Approx(3.52).epsilon(0.01));
}

TEST_CASE("clicks of 1 to 40 samples, 12 dB above the music over 5 kHz, are found where they are")
{
    auto sound = music(40);
    const auto seeded = seedClicks(sound, cdRate, 7, 20'000, 12, 1e-4);
    REQUIRE(seeded.size() > 60);
    const Hits hits = compareWith(faultsOf(sound), fault::click, seeded, cdRate);
    CHECK(hits.found * 100 >= std::ssize(seeded) * 92);
    CHECK(hits.other == 0);
}

TEST_CASE("clicks are found at 96 kHz too")
{
    const SampleRate rate{96'000};
    auto sound = musicLike(rate, 20, 6);
    const auto seeded = seedClicks(sound, rate, 7, 44'000, 15, 1e-4);
    REQUIRE(seeded.size() > 30);
    const Hits hits = compareWith(faultsOf(sound, shapeOf(sound, rate)), fault::click, seeded, rate);
    CHECK(hits.found * 100 >= std::ssize(seeded) * 95);
    CHECK(hits.other == 0);
}

TEST_CASE("a click in both channels is one, in one channel names it")
{
    auto sound = music();
    sound[100'000].left += 0.4;
    sound[100'000].right -= 0.3;
    sound[200'000].right += 0.3;
    const auto found = only(faultsOf(sound), fault::click);
    REQUIRE(found.size() == 2);
    CHECK(found[0].channel == -1);
    CHECK(std::abs(found[0].begin.value() - 100'000) <= 2);
    CHECK(found[0].confidence == 1);
    CHECK(found[1].channel == 1);
    CHECK(found[1].value > 20);
}

TEST_CASE("dropouts from a millisecond on are all found, with their exact places")
{
    auto sound = music(40);
    const auto seeded = seedDropouts(sound, cdRate, 11, 25'000, 1e-2);
    REQUIRE(seeded.size() > 50);
    const Faults all = faultsOf(sound);
    const Hits hits = compareWith(all, fault::dropout, seeded, cdRate);
    CHECK(hits.missed.empty());
    CHECK(hits.other == 0);
    for (const Seeded& s : seeded) {
        // Next to a gap a sample may have the gap's value by chance.
        const bool exact = std::ranges::any_of(all, [&](const Fault& f) {
            return f.rule == fault::dropout && std::abs((f.begin - s.begin).value()) <= 1 &&
                   std::abs((f.end - s.end).value()) <= 1 && f.channel == s.channel;
        });
        CHECK(exact);
    }
}

TEST_CASE("half a millisecond of zero is no dropout, nor is a pause that was faded")
{
    auto sound = music();
    const std::size_t at = loudPlace(sound, 100'000);
    for (std::size_t i = 0; i < 22; ++i) sound[at + i] = {};
    CHECK(only(faultsOf(sound), fault::dropout).empty());
    sound = music();
    for (std::size_t i = 0; i < 44'100; ++i) {
        const double d = std::fabs(static_cast<double>(i) - 22'050) / 22'050;
        const double gain = d < 0.2 ? 0 : (d - 0.2) / 0.8;
        Frame& f = sound[200'000 + i];
        f = {f.left * gain * gain * gain, f.right * gain * gain * gain};
    }
    const Faults all = faultsOf(sound);
    CHECK(only(all, fault::dropout).empty());
    CHECK(only(all, fault::black).empty());
    REQUIRE(only(all, fault::silence).size() == 1);
}

TEST_CASE("a clipped plateau and a pulse wave are no dropouts")
{
    std::vector<Frame> pulse(441'000);
    for (std::size_t i = 0; i < pulse.size(); ++i) {
        const double v = i / 100 % 2 == 0 ? 0.3 : -0.3;
        pulse[i] = {v, 0.5 * v};
    }
    CHECK(only(faultsOf(pulse), fault::dropout).empty());
    auto sound = music();
    for (std::size_t i = 0; i < 60; ++i) sound[100'000 + i] = {1, 1};
    CHECK(only(faultsOf(sound), fault::dropout).empty());
}

TEST_CASE("digital silence inside music drops to black when nothing led to it")
{
    auto sound = music();
    const std::size_t at = loudPlace(sound, 150'000);
    for (std::size_t i = 0; i < 22'050; ++i) sound[at + i] = {};
    const Faults all = faultsOf(sound);
    const auto found = only(all, fault::black);
    REQUIRE(found.size() == 1);
    CHECK(found[0].begin.value() == static_cast<std::int64_t>(at));
    CHECK(found[0].end.value() == static_cast<std::int64_t>(at) + 22'050);
    CHECK(found[0].value == 500);
    CHECK(only(all, fault::silence).empty());
    CHECK(only(all, fault::dropout).empty());
}

TEST_CASE("silence before and after the music is none inside it")
{
    auto sound = music();
    sound.insert(sound.begin(), 44'100, Frame{});
    sound.insert(sound.end(), 44'100, Frame{});
    CHECK(faultsOf(sound).empty());
}

TEST_CASE("DC is found per channel from the threshold on")
{
    auto sound = music();
    for (Frame& f : sound) f.right += 0.004;
    const auto found = only(faultsOf(sound), fault::dc);
    REQUIRE(found.size() == 1);
    CHECK(found[0].channel == 1);
    CHECK(found[0].value == doctest::Approx(0.4).epsilon(0.05));
    for (Frame& f : sound) f.right -= 0.003;
    CHECK(only(faultsOf(sound), fault::dc).empty());
}

TEST_CASE("a turned channel is found for as long as it is turned")
{
    auto sound = music(20);
    for (Frame& f : sound) f.right = 0.7 * f.left + 0.3 * f.right;
    CHECK(only(faultsOf(sound), fault::polarity).empty());
    for (std::size_t i = 5 * 44'100; i < 12 * 44'100; ++i) sound[i].right = -sound[i].right;
    auto found = only(faultsOf(sound), fault::polarity);
    REQUIRE(found.size() == 1);
    CHECK(found[0].begin.value() == doctest::Approx(5 * 44'100).epsilon(0.1));
    CHECK(found[0].end.value() == doctest::Approx(12 * 44'100).epsilon(0.05));
    CHECK(found[0].value < -0.8);
    // Four seconds may be an effect.
    for (std::size_t i = 5 * 44'100; i < 8 * 44'100; ++i) sound[i].right = -sound[i].right;
    CHECK(only(faultsOf(sound), fault::polarity).empty());
}

TEST_CASE("mono as stereo is certain when the channels are equal, and a mono file is none")
{
    auto sound = music();
    for (Frame& f : sound) f.right = f.left;
    auto found = only(faultsOf(sound), fault::mono);
    REQUIRE(found.size() == 1);
    CHECK(found[0].confidence == 1);
    sound[100'000].right += 1e-4;
    found = only(faultsOf(sound), fault::mono);
    REQUIRE(found.size() == 1);
    CHECK(found[0].confidence < 1);
    for (std::size_t i = 0; i < sound.size(); ++i) sound[i].right += i % 2 == 0 ? 0.001 : -0.001;
    CHECK(only(faultsOf(sound), fault::mono).empty());
    auto shape = shapeOf(sound);
    shape.channels = 1;
    for (Frame& f : sound) f.right = f.left;
    CHECK(only(faultsOf(sound, shape), fault::mono).empty());
}

TEST_CASE("a dead channel is named, a soft one is not dead")
{
    auto sound = music();
    for (Frame& f : sound) f.left = 0;
    auto found = only(faultsOf(sound), fault::deadChannel);
    REQUIRE(found.size() == 1);
    CHECK(found[0].channel == 0);
    CHECK(only(faultsOf(sound), fault::mono).empty());
    for (Frame& f : sound) f.left = 0.01 * f.right;
    CHECK(only(faultsOf(sound), fault::deadChannel).empty());
}

TEST_CASE("the bits really used are counted, and one sample decides")
{
    auto sound = music();
    for (Frame& f : sound)
        f = {std::nearbyint(f.left * 32'768) / 32'768, std::nearbyint(f.right * 32'768) / 32'768};
    auto found = only(faultsOf(sound), fault::bitDepth);
    REQUIRE(found.size() == 1);
    CHECK(found[0].value == 16);
    sound[400'000].right += 0x1p-19;
    CHECK(only(faultsOf(sound), fault::bitDepth)[0].value == 20);
    sound[400'001].left += 0x1p-23;
    CHECK(only(faultsOf(sound), fault::bitDepth).empty());
    auto shape = shapeOf(sound);
    shape.bits = 0;
    CHECK(only(faultsOf(sound, shape), fault::bitDepth).empty());
}

TEST_CASE("cut heads and tails and fades that stop early are told apart")
{
    auto sound = music();
    const std::size_t from = loudPlace(sound, 50'000), to = loudPlace(sound, 300'000);
    const std::vector<Frame> cut(sound.begin() + static_cast<std::ptrdiff_t>(from),
                                 sound.begin() + static_cast<std::ptrdiff_t>(to) + 1);
    const Faults all = faultsOf(cut);
    REQUIRE(only(all, fault::headCut).size() == 1);
    CHECK(only(all, fault::headCut)[0].value > -30);
    REQUIRE(only(all, fault::tailCut).size() == 1);
    CHECK(only(all, fault::tailCut)[0].end.value() == std::ssize(cut));
    CHECK(only(all, fault::tailShort).empty());
    for (std::size_t i = sound.size() - 30'000; i < sound.size(); ++i) {
        const double left = static_cast<double>(sound.size() - i) / 30'000;
        sound[i] = {0.005 * std::sin(0.05 * static_cast<double>(i)) * (0.2 + left), 0};
    }
    const Faults faded = faultsOf(sound);
    CHECK(only(faded, fault::tailCut).empty());
    REQUIRE(only(faded, fault::tailShort).size() == 1);
    CHECK(only(faded, fault::tailShort)[0].value == doctest::Approx(-60).epsilon(0.02));
}

TEST_CASE("only the kinds that are wanted are looked for")
{
    auto sound = music();
    for (Frame& f : sound) f = {f.left + 0.01, f.left + 0.01};
    FaultFinder finder{shapeOf(sound), {}, FaultKinds::only(FaultKind::depth)};
    finder.take(sound);
    CHECK(finder.finish().empty());
    CHECK(faultsOf(sound).size() >= 3);
}
