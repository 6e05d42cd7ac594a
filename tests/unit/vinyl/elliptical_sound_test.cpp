#include "vinyl/elliptical_sound.h"

#include "support/vinyl_sounds.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;
using namespace segue::vinyl;

namespace {

constexpr int rate = 8000;

std::unique_ptr<EllipticalSound> behind(double seconds, const Formula& formula, Elliptical setting)
{
    return std::make_unique<EllipticalSound>(std::make_unique<FrameSound>(rate, seconds, formula), setting);
}
std::vector<Frame> read(SoundSource& sound, std::int64_t at, std::size_t count)
{
    std::vector<Frame> frames(count);
    REQUIRE(sound.read(SamplePos{at}, frames).has_value());
    return frames;
}
double peakOf(const std::vector<Frame>& frames, bool side)
{
    double peak = 0;
    for (const Frame& f : frames)
        peak = std::max(peak, std::fabs(side ? f.left - f.right : f.left + f.right) / 2);
    return peak;
}

} // namespace

TEST_CASE("an equalised sound has the same bits from wherever it is read")
{
    const Formula formula = noise16(3);
    auto whole = behind(45, formula, {2, 150});
    const std::vector<Frame> all = read(*whole, 0, 45 * rate);
    for (const std::int64_t at :
         {0, 1, 4095, 20 * rate - 1, 20 * rate, 20 * rate + 1, 41 * rate, 44 * rate}) {
        const auto other = behind(45, formula, {2, 150});
        const std::vector<Frame> part = read(*other, at, 3000);
        CHECK(std::equal(part.begin(), part.end(), all.begin() + at));
        const std::vector<Frame> again = read(*whole, at, 3000);
        CHECK(std::equal(again.begin(), again.end(), all.begin() + at));
    }
}

TEST_CASE("for the ear a jump reads a second ahead of the place, and sounds like the file to 24 bits")
{
    const Formula formula = noise16(3);
    const std::vector<Frame> all = read(*behind(45, formula, {2, 80}), 0, 45 * rate);
    EllipticalSound heard{
        std::make_unique<FrameSound>(rate, 45.0, formula), {2, 80}, EllipticalSound::Begins::anywhere};
    for (const std::int64_t at : {39 * rate, 40 * rate + 77, 3 * rate, 3 * rate + 3000}) {
        const std::vector<Frame> part = read(heard, at, 3000);
        for (std::size_t i = 0; i < part.size(); ++i) {
            const Frame& file = all[static_cast<std::size_t>(at) + i];
            REQUIRE(std::fabs(part[i].left - file.left) < 0x1p-24);
            REQUIRE(std::fabs(part[i].right - file.right) < 0x1p-24);
        }
    }
}

TEST_CASE("outside the sound there is silence")
{
    auto sound = behind(1, constant(0.5, -0.5), {1, 80});
    const std::vector<Frame> frames = read(*sound, -10, rate + 20);
    CHECK(frames[9] == Frame{});
    CHECK(frames[10] != Frame{});
    CHECK(frames[static_cast<std::size_t>(rate) + 10] == Frame{});
}

TEST_CASE("a mono sound passes an elliptical equaliser untouched, bit for bit")
{
    const Formula formula = [](std::int64_t at) {
        const double v = noise16(8)(at).left;
        return Frame{v, v};
    };
    auto sound = behind(3, formula, {2, 300});
    const std::vector<Frame> frames = read(*sound, 0, 3 * rate);
    for (std::size_t i = 0; i < frames.size(); ++i)
        if (frames[i] != formula(static_cast<std::int64_t>(i))) FAIL("sample " << i << " differs");
}

TEST_CASE("antiphase bass is 3 dB down at the corner of either order, the treble untouched")
{
    for (const int order : {1, 2}) {
        auto corner = behind(4, tone(150, -6, rate, 1, -1), {order, 150});
        const double there = peakOf(read(*corner, 2 * rate, rate), true);
        CHECK(20 * std::log10(there) == doctest::Approx(-6 - 3.01).epsilon(0.002));
        auto treble = behind(4, tone(3000, -6, rate, 1, -1), {order, 150});
        CHECK(20 * std::log10(peakOf(read(*treble, 2 * rate, rate), true)) ==
              doctest::Approx(-6).epsilon(0.01));
    }
}
