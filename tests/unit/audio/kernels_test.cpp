// The fast loops: the same bits on every processor.

#include "audio/kernels.h"

#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

using namespace segue;
using namespace segue::test;

namespace {

/// Values that arithmetic treats specially, and around the edges of 16 bit.
std::vector<double> edgeSamples()
{
    constexpr double inf = std::numeric_limits<double>::infinity();
    std::vector<double> all{0.0,
                            -0.0,
                            1.0,
                            -1.0,
                            32767.0 / 32768,
                            32767.5 / 32768,
                            32768.5 / 32768,
                            -32768.5 / 32768,
                            0.5 / 32768,
                            1.5 / 32768,
                            -0.5 / 32768,
                            2.5 / 32768,
                            1e-310,
                            -1e-310,
                            1e300,
                            -1e300,
                            inf,
                            -inf,
                            std::numeric_limits<double>::quiet_NaN(),
                            std::numeric_limits<double>::max(),
                            0x1p36,
                            -0x1p36,
                            3.0,
                            0.1};
    return all;
}

Tile randomTile(Dice& dice)
{
    Tile tile;
    const auto edges = edgeSamples();
    for (double& v : tile)
        v = dice.between(0, 9) == 0 ? dice.pick(edges)
                                    : static_cast<double>(dice.between(-40'000'000, 40'000'000)) / 0x1p25;
    return tile;
}

template <class T>
auto bitsOf(const T& values)
{
    std::vector<std::uint64_t> bits;
    for (const double v : values) bits.push_back(std::bit_cast<std::uint64_t>(v));
    return bits;
}

} // namespace

TEST_CASE("every build of the loops gives the baseline's bits")
{
    REQUIRE(runnableKernels().front().name == std::string_view{"baseline"});
    const Kernels& base = runnableKernels().front();
    Dice dice{7};
    for (const Kernels& fast : runnableKernels()) {
        CAPTURE(fast.name);
        for (int round = 0; round < 200; ++round) {
            const NoiseKey key{static_cast<std::uint32_t>(dice.next()),
                               static_cast<std::uint32_t>(dice.next())};
            const auto high = static_cast<std::uint32_t>(dice.next()),
                       low = static_cast<std::uint32_t>(dice.next());
            Tile noise, noise2, rounded, rounded2;
            base.fillNoise(key, high, low, noise);
            fast.fillNoise(key, high, low, noise2);
            REQUIRE(bitsOf(noise) == bitsOf(noise2));
            const Tile samples = randomTile(dice);
            std::array<Frame, tileFrames> sound;
            for (std::size_t i = 0; i < tileFrames; ++i) sound[i] = {samples[2 * i], samples[2 * i + 1]};
            base.roundTile(sound.data(), noise, rounded);
            fast.roundTile(sound.data(), noise, rounded2);
            // Which NaN comes of a NaN is nobody's business: it never reaches a disc.
            for (std::size_t i = 0; i < tileSamples; ++i)
                REQUIRE(
                    ((std::isnan(rounded[i]) && std::isnan(rounded2[i])) ||
                     std::bit_cast<std::uint64_t>(rounded[i]) == std::bit_cast<std::uint64_t>(rounded2[i])));
            TileValues values{}, values2{};
            CHECK(base.narrowTile(rounded, values) == fast.narrowTile(rounded, values2));
            REQUIRE(values == values2);

            const auto frames = static_cast<std::size_t>(dice.between(0, 67));
            std::vector<std::byte> bytes(frames * 6);
            for (std::byte& b : bytes) b = static_cast<std::byte>(dice.next());
            std::vector<Frame> out(frames), out2(frames);
            base.unpack24(bytes.data(), out);
            fast.unpack24(bytes.data(), out2);
            REQUIRE(out == out2);
            base.unpack16(bytes.data(), out);
            fast.unpack16(bytes.data(), out2);
            REQUIRE(out == out2);
            base.applyGain(0.7071, out);
            fast.applyGain(0.7071, out2);
            REQUIRE(out == out2);
        }
    }
}

TEST_CASE("every build of the loops sees the same in samples, one special value anywhere")
{
    const Kernels& base = runnableKernels().front();
    for (const Kernels& fast : runnableKernels()) {
        CAPTURE(fast.name);
        for (const std::size_t size : {1U, 3U, 4U, 7U, 16U, 33U})
            for (std::size_t at = 0; at < size; ++at)
                for (const double special : edgeSamples()) {
                    std::vector<double> a(size, 0.25);
                    a[at] = special;
                    const SampleFacts y = fast.look(a), x = base.look(a);
                    CAPTURE(special);
                    CHECK(x.peak == y.peak);
                    CHECK(x.finite == y.finite);
                    CHECK(x.finite == std::isfinite(special));
                    CHECK(x.sixteenBit == y.sixteenBit);
                    CHECK(x.negativeZeros == y.negativeZeros);
                    if (special == 0) CHECK(x.negativeZeros == std::signbit(special));
                    if (std::fabs(special) > 1e-300) CHECK(!x.negativeZeros);
                }
    }
}

TEST_CASE("every build of the loops finds the same extremes and energies, one special value anywhere")
{
    const Kernels& base = runnableKernels().front();
    Dice dice{11};
    for (const Kernels& fast : runnableKernels()) {
        CAPTURE(fast.name);
        for (const std::size_t size : {0U, 1U, 3U, 4U, 7U, 16U, 33U, 256U})
            for (const double special : edgeSamples()) {
                std::vector<Frame> frames(size);
                for (Frame& f : frames)
                    f = {static_cast<double>(dice.between(-1000, 1000)) / 1001.0,
                         static_cast<double>(dice.between(-1000, 1000)) / 999.0};
                if (size > 0)
                    frames[static_cast<std::size_t>(dice.between(0, std::ssize(frames) - 1))].right = special;
                const RunFacts a = base.survey(frames), b = fast.survey(frames);
                CAPTURE(size);
                CAPTURE(special);
                CHECK(a.low == b.low);
                CHECK(a.high == b.high);
                CHECK(a.energy.left == b.energy.left);
                if (std::isnan(special) && size > 0) {
                    CHECK(std::isnan(a.energy.right));
                    CHECK(std::isnan(b.energy.right));
                } else {
                    CHECK(a.energy.right == b.energy.right);
                }
            }
    }
}

TEST_CASE("the loops find the extremes and the energy of what they are given")
{
    for (const Kernels& fast : runnableKernels()) {
        CAPTURE(fast.name);
        const std::vector<Frame> frames{{0.5, 1}, {-0.25, 1}, {0, 1}, {0.25, 1}, {-0.5, 3}, {0.75, -0.0}};
        const RunFacts facts = fast.survey(frames);
        CHECK(facts.low == Frame{-0.5, 0});
        CHECK(facts.high == Frame{0.75, 3});
        CHECK(facts.energy == Frame{0.25 + 0.0625 + 0.0625 + 0.25 + 0.5625, 4 + 9});
    }
}

TEST_CASE("the loops see what is exactly 16 bit")
{
    const auto isSixteenBit = [](double v) {
        std::vector<double> one{v};
        return kernels().look(one).sixteenBit;
    };
    for (const double k : {0.0, 1.0, -1.0, 32767.0, -32768.0, 1234.0}) CHECK(isSixteenBit(k / 32768));
    for (const double k : {0.5, -0.5, 32768.0, -32769.0, 32767.5, 1e-9, 1e300})
        CHECK_FALSE(isSixteenBit(k / 32768));
}

TEST_CASE("integer samples are unpacked at their place: the first, the last, full scale and both signs")
{
    const std::vector<unsigned> raw{0x00, 0x00, 0x80, 0xff, 0xff, 0x7f, 0x01, 0x00, 0x00,
                                    0xff, 0xff, 0xff, 0x00, 0x00, 0x40, 0x00, 0x00, 0xc0};
    std::vector<std::byte> bytes;
    for (const unsigned b : raw) bytes.push_back(static_cast<std::byte>(b));
    for (const Kernels& k : runnableKernels()) {
        CAPTURE(k.name);
        std::vector<Frame> out(3);
        k.unpack24(bytes.data(), out);
        CHECK(out[0] == Frame{-1.0, 8388607.0 / 8388608});
        CHECK(out[1] == Frame{1.0 / 8388608, -1.0 / 8388608});
        CHECK(out[2] == Frame{0.5, -0.5});
    }
}
