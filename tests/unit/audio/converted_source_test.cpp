#include "audio/converted_source.h"

#include "audio/denormals.h"
#include "support/sound_files.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdlib.h>

using namespace segue;
using namespace segue::test;

namespace {

/// sin(2 pi f t), with the whole turns taken out exactly. \param hertz whole
double sine(std::int64_t hertz, std::int64_t k, std::int64_t rate)
{
    return std::sin(2 * std::numbers::pi * static_cast<double>(hertz * k % rate) / static_cast<double>(rate));
}

std::unique_ptr<SoundSource> converted(int from, int to, std::int64_t length,
                                       std::function<double(std::int64_t)> formula)
{
    return convertRate(std::make_unique<FormulaSound>(SampleRate{from}, length, std::move(formula)),
                       SampleRate{to})
        .value();
}

std::unique_ptr<SoundSource> convertedTone(int from, int to, std::int64_t hertz, int seconds)
{
    return converted(from, to, std::int64_t{seconds} * from,
                     [=](std::int64_t k) { return sine(hertz, k, from); });
}

double decibels(double ratio) { return 20 * std::log10(std::max(ratio, 1e-20)); }

/// What is left of a converted tone when the best sine of that frequency is taken away, and that sine.
struct Fit {
    double gain = 0, quadrature = 0, residual = 0;
    bool mirrored = true; ///< the right side is the left one upside down, as in the source
};
Fit fitTone(SoundSource& sound, std::int64_t hertz, std::int64_t begin, std::int64_t count)
{
    const int rate = sound.rate().hertz();
    std::vector<Frame> frames(static_cast<std::size_t>(count));
    REQUIRE(sound.read(SamplePos{begin}, frames).has_value());
    Fit fit;
    const auto cosine = [&](std::int64_t k) {
        return std::cos(2 * std::numbers::pi * static_cast<double>(hertz * k % rate) / rate);
    };
    for (std::int64_t i = 0; i < count; ++i) {
        fit.gain += 2 * frames[static_cast<std::size_t>(i)].left * sine(hertz, begin + i, rate) /
                    static_cast<double>(count);
        fit.quadrature +=
            2 * frames[static_cast<std::size_t>(i)].left * cosine(begin + i) / static_cast<double>(count);
    }
    for (std::int64_t i = 0; i < count; ++i) {
        const Frame f = frames[static_cast<std::size_t>(i)];
        fit.mirrored = fit.mirrored && f.right == -f.left;
        const double ideal = fit.gain * sine(hertz, begin + i, rate) + fit.quadrature * cosine(begin + i);
        fit.residual = std::max(fit.residual, std::abs(f.left - ideal));
    }
    return fit;
}

double noise(std::int64_t k)
{
    std::uint64_t state = (static_cast<std::uint64_t>(k) + 1) * 0x9E37'79B9'7F4A'7C15U;
    state = (state ^ state >> 29U) * 0xBF58'476D'1CE4'E5B9U;
    return static_cast<double>(static_cast<std::int64_t>(state ^ state >> 32U)) * 0x1p-64;
}

std::vector<Frame> all(SoundSource& sound)
{
    std::vector<Frame> frames(static_cast<std::size_t>(sound.length().value()));
    REQUIRE(sound.read(SamplePos{}, frames).has_value());
    return frames;
}

/// Remembers what was asked of it.
class WatchedSound final : public SoundSource {
public:
    explicit WatchedSound(std::vector<std::pair<std::int64_t, std::int64_t>>& reads) : reads_{reads} {}
    [[nodiscard]] SampleRate rate() const override { return SampleRate{96'000}; }
    [[nodiscard]] SampleCount length() const override { return SampleCount{960'000}; }
    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        reads_.emplace_back(at.value(), at.value() + std::ssize(out));
        if (at > SamplePos{500'000}) return failure("The disk failed", "song.wav", ErrorKind::io);
        std::ranges::fill(out, Frame{0.5, 0.5});
        return {};
    }

private:
    std::vector<std::pair<std::int64_t, std::int64_t>>& reads_;
};

} // namespace

TEST_CASE("the length is rounded up, and a source of the same rate is handed back as it is")
{
    CHECK(convertedLength(SampleCount{1'920'000}, SampleRate{96'000}, cdRate) == SampleCount{882'000});
    CHECK(convertedLength(SampleCount{1}, SampleRate{96'000}, cdRate) == SampleCount{1});
    CHECK(convertedLength(SampleCount{321}, SampleRate{96'000}, cdRate) == SampleCount{148});
    CHECK(convertedLength(SampleCount{147}, cdRate, SampleRate{96'000}) == SampleCount{320});
    CHECK(convertedLength(SampleCount{0}, cdRate, SampleRate{96'000}) == SampleCount{0});
    const auto sound = convertedTone(96'000, 44'100, 1'000, 3);
    CHECK(sound->rate() == cdRate);
    CHECK(sound->length() == SampleCount{3 * 44'100});

    auto same = std::make_unique<FormulaSound>(cdRate, 10, [](std::int64_t) { return 0.25; });
    const SoundSource* before = same.get();
    CHECK(convertRate(std::move(same), cdRate).value().get() == before);
}

TEST_CASE(
    "a 1 kHz tone at any rate comes out within -150 dB of the ideal one, over the joints of the chunks too")
{
    for (const auto& [from, to] : {std::pair{96'000, 44'100},
                                   {48'000, 44'100},
                                   {88'200, 44'100},
                                   {176'400, 44'100},
                                   {192'000, 44'100},
                                   {352'800, 44'100},
                                   {384'000, 44'100},
                                   {44'100, 96'000},
                                   {44'100, 48'000},
                                   {32'000, 44'100},
                                   {8'000, 44'100},
                                   {44'056, 44'100},
                                   {47'952, 44'100},
                                   {44'099, 44'100}}) {
        INFO(from, " to ", to);
        const auto sound = convertedTone(from, to, 1'000, 6);
        const std::int64_t begin = to / 2, count = 5 * to; // half a second off each hard edge; several chunks
        std::vector<Frame> frames(static_cast<std::size_t>(count));
        REQUIRE(sound->read(SamplePos{begin}, frames).has_value());
        double worst = 0;
        for (std::int64_t i = 0; i < count; ++i)
            worst = std::max(worst,
                             std::abs(frames[static_cast<std::size_t>(i)].left - sine(1'000, begin + i, to)));
        CHECK(decibels(worst) < -150);
    }
}

TEST_CASE("tones in the band have no images and no shift, and keep their level within 0.01 dB")
{
    struct Case {
        int from, to;
        std::int64_t hertz;
    };
    for (const auto& [from, to, hertz] : {Case{96'000, 44'100, 17},
                                          {96'000, 44'100, 7'001},
                                          {96'000, 44'100, 15'013},
                                          {96'000, 44'100, 19'997},
                                          {48'000, 44'100, 15'013},
                                          {48'000, 44'100, 19'501},
                                          {88'200, 44'100, 18'013},
                                          {192'000, 44'100, 18'013},
                                          {384'000, 44'100, 15'013},
                                          {44'100, 96'000, 10'007},
                                          {44'100, 96'000, 19'501},
                                          {44'056, 44'100, 15'013},
                                          {44'100, 192'000, 15'013}}) {
        INFO(from, " to ", to, ", ", hertz, " Hz");
        const auto sound = convertedTone(from, to, hertz, 5);
        const Fit fit = fitTone(*sound, hertz, to, 3 * to); // whole seconds: whole periods
        CHECK(fit.mirrored);
        CHECK(decibels(fit.residual) < -150);
        CHECK(std::abs(decibels(std::abs(fit.gain))) < 0.01);
        CHECK(fit.gain > 0);
        CHECK(std::abs(fit.quadrature) <
              1e-9); // radians; at 20 kHz 1e-9 is a hundred-thousandth of a nanosecond
    }
}

TEST_CASE("tones above the new band vanish below -150 dB")
{
    for (const int from : {96'000, 192'000, 88'200, 48'000})
        for (const std::int64_t hertz :
             {22'300, 23'003, 24'001, 28'807, 33'013, 40'009, 43'001, 70'001, 95'003}) {
            if (hertz >= from / 2) continue;
            INFO(hertz, " Hz from ", from);
            const auto sound = convertedTone(from, 44'100, hertz, 4);
            std::vector<Frame> frames(2 * 44'100);
            REQUIRE(sound->read(SamplePos{44'100}, frames).has_value());
            double worst = 0;
            for (const Frame f : frames) worst = std::max(worst, std::abs(f.left));
            CHECK(decibels(worst) < -150);
        }
}

TEST_CASE("any place, any block size and any order of reading gives the same bits")
{
    for (const auto& [from, to] : {std::pair{96'000, 44'100}, {44'100, 48'000}, {44'099, 44'100}}) {
        INFO(from, " to ", to);
        const std::int64_t length = 4 * from + 1'234;
        const std::vector<Frame> whole = all(*converted(from, to, length, noise));
        const auto sound = converted(from, to, length, noise);
        std::uint64_t state = 5;
        const auto below = [&](std::int64_t limit) {
            state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
            return static_cast<std::int64_t>(state >> 33U) % limit;
        };
        for (int i = 0; i < 30; ++i) {
            const std::int64_t at = below(std::ssize(whole) + 2'000) - 1'000;
            std::vector<Frame> part(static_cast<std::size_t>(1 + below(i % 5 == 0 ? 90'000 : 3'000)),
                                    Frame{9, 9});
            REQUIRE(sound->read(SamplePos{at}, part).has_value());
            for (std::size_t k = 0; k < part.size(); ++k) {
                const std::int64_t place = at + static_cast<std::int64_t>(k);
                const bool inside = place >= 0 && place < std::ssize(whole);
                if (part[k] != (inside ? whole[static_cast<std::size_t>(place)] : Frame{}))
                    FAIL("differs at ", place);
            }
        }
        // Sequential, as a player reads.
        const auto player = converted(from, to, length, noise);
        std::vector<Frame> block(588);
        for (std::int64_t at = 0; at + 588 <= std::ssize(whole); at += 588) {
            REQUIRE(player->read(SamplePos{at}, block).has_value());
            if (!std::equal(block.begin(), block.end(), whole.begin() + at)) FAIL("differs at ", at);
        }
    }
}

TEST_CASE("chunks give what one run over the whole source would give, to the last bits of a double")
{
    // Two sources that differ only far away: their sound here must be the same, or the joints would tell.
    const std::int64_t length = 5 * 96'000;
    const std::vector<Frame> one = all(*converted(96'000, 44'100, length, noise));
    const std::vector<Frame> other = all(*converted(
        96'000, 44'100, length, [](std::int64_t k) { return k < 300'000 ? noise(k) : -noise(k); }));
    const auto reach = static_cast<std::ptrdiff_t>((300'000 - 4'096) * std::int64_t{147} / 320);
    double worst = 0;
    for (std::ptrdiff_t i = 0; i < reach; ++i)
        worst = std::max(
            worst, std::abs(one[static_cast<std::size_t>(i)].left - other[static_cast<std::size_t>(i)].left));
    CHECK(decibels(worst) < -250);
}

TEST_CASE("sample k of the converted sound stands at k/rate: an impulse keeps its place")
{
    for (const auto& [from, to] : {std::pair{96'000, 44'100}, {48'000, 44'100}, {44'100, 96'000}}) {
        INFO(from, " to ", to);
        const auto impulse = [from](std::int64_t k) { return k == 2 * from ? 1.0 : 0.0; };
        const std::vector<Frame> frames = all(*converted(from, to, 4 * from, impulse));
        const auto peak = std::ranges::max_element(frames, {}, [](Frame f) { return f.left; });
        CHECK(peak - frames.begin() == 2 * to);
        // Linear phase: the same on both sides.
        for (std::ptrdiff_t d = 1; d < 200; ++d) CHECK(std::abs((peak + d)->left - (peak - d)->left) < 1e-9);
    }
}

TEST_CASE("a source read in order is asked for each of its frames once")
{
    std::vector<std::pair<std::int64_t, std::int64_t>> reads;
    const auto sound = convertRate(std::make_unique<WatchedSound>(reads), cdRate).value();
    std::vector<Frame> block(1'000);
    for (std::int64_t at = 0; at < 150'000; at += 1'000)
        REQUIRE(sound->read(SamplePos{at}, block).has_value());
    REQUIRE(reads.size() > 2);
    for (std::size_t i = 1; i < reads.size(); ++i) CHECK(reads[i].first == reads[i - 1].second);
}

TEST_CASE("what the source says when it fails is passed on, and what was converted before stays right")
{
    std::vector<std::pair<std::int64_t, std::int64_t>> reads;
    const auto sound = convertRate(std::make_unique<WatchedSound>(reads), cdRate).value();
    std::vector<Frame> block(1'000);
    REQUIRE(sound->read(SamplePos{100'000}, block).has_value());
    const auto failed = sound->read(SamplePos{400'000}, block);
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error() == Error{"The disk failed", "song.wav", ErrorKind::io, 0});
    REQUIRE(sound->read(SamplePos{100'000}, block).has_value());
    CHECK(std::ranges::all_of(block, [](Frame f) { return std::abs(f.left - 0.5) < 1e-7; }));
}

TEST_CASE("a compressed source that is only read forwards gives the same converted bits from any place")
{
    std::vector<double> samples;
    for (int k = 0; k < 4 * 48'000; ++k) samples.insert(samples.end(), {noise(k), noise(k + 1'000'000)});
    for (const int format : {SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_FLAC | SF_FORMAT_PCM_24}) {
        const std::string bytes = encoded(format, 48'000, 2, samples);
        const auto open = [&] { return convertRate(openBytes(bytes).value(), cdRate).value(); };
        const std::vector<Frame> whole = all(*open());
        const auto sound = open();
        std::vector<Frame> part(5'000);
        for (const std::int64_t at : {150'000, 3'000, 64'000, 170'000, 0}) {
            REQUIRE(sound->read(SamplePos{at}, part).has_value());
            CHECK(std::equal(part.begin(), part.end(), whole.begin() + at));
        }
    }
}

TEST_CASE("denormals cost nothing here and the thread gets its own setting back")
{
    const volatile double tiny = 1e-310;
    {
        const DenormalsOff off;
        const volatile double product = tiny * 1.0;
#if defined(__SSE2__)
        CHECK(product == 0.0);
#endif
    }
    const volatile double product = tiny * 1.0;
    CHECK(product != 0.0);
    // The same bits, whoever calls.
    const auto faint = [](std::int64_t k) { return noise(k) * 1e-308; };
    const std::vector<Frame> plain = all(*converted(96'000, 44'100, 50'000, faint));
    const DenormalsOff off;
    CHECK(std::ranges::equal(plain, all(*converted(96'000, 44'100, 50'000, faint)), [](Frame a, Frame b) {
        return std::bit_cast<std::uint64_t>(a.left) == std::bit_cast<std::uint64_t>(b.left);
    }));
}

TEST_CASE("the engines of soxr differ in no more than a handful of 16-bit samples")
{
    const auto to16 = [](double v) { return std::lrint(std::clamp(v * 32'768, -32'768.0, 32'767.0)); };
    const auto run = [] { return all(*converted(96'000, 44'100, 20 * 96'000, noise)); };
    const std::string usual = resamplerName();
    const std::vector<Frame> fast = run();
    REQUIRE(setenv("SOXR_USE_SIMD", "0", 1) == 0); // soxr asks each time
    const std::string plainName = resamplerName();
    const std::vector<Frame> plain = run();
    REQUIRE(unsetenv("SOXR_USE_SIMD") == 0);
    CHECK(usual.starts_with("libsoxr-"));
    CHECK(plainName.ends_with(" cr64"));
    int differ = 0;
    double worst = 0;
    for (std::size_t i = 0; i < fast.size(); ++i) {
        differ += to16(fast[i].left) != to16(plain[i].left) ? 1 : 0;
        worst = std::max(worst, std::abs(fast[i].left - plain[i].left));
    }
    MESSAGE(usual, " and ", plainName, ": ", differ, " of ", fast.size(), " 16-bit samples differ, at most ",
            worst);
    CHECK(differ <= 5);
    CHECK(worst < 1e-12);
}
