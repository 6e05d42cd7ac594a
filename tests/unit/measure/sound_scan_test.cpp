// One pass over a sound: the same whatever the blocks, threads and processor, and what it finds on its way.

#include "measure/scan_work.h"
#include "measure/sound_figures.h"
#include "measure/sound_scan.h"
#include "support/album_builder.h"
#include "support/generated_music.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

constexpr SampleRate slow{8000}; // whose parts are short

struct Scanned {
    ScannedSound sound{};
    Overview overview{};
};

Scanned scanWhole(const std::vector<Frame>& frames, SampleRate rate = slow, int channels = 2)
{
    SoundScan scan{rate, channels, SampleCount{std::ssize(frames)}};
    scan.take(frames);
    ScannedSound sound = scan.finish();
    return {std::move(sound), scan.overview()};
}

class VectorSound final : public SoundSource {
public:
    VectorSound(const std::vector<Frame>& frames, SampleRate rate) : frames_{frames}, rate_{rate} {}
    [[nodiscard]] SampleRate rate() const override { return rate_; }
    [[nodiscard]] SampleCount length() const override { return SampleCount{std::ssize(frames_)}; }
    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::size_t place = static_cast<std::size_t>(at.value()) + i;
            out[i] = place < frames_.size() ? frames_[place] : Frame{};
        }
        return {};
    }

private:
    const std::vector<Frame>& frames_;
    SampleRate rate_;
};

ScanJob jobOf(const std::vector<Frame>& frames, bool divisible, SampleRate rate = slow)
{
    return {.rate = rate,
            .length = SampleCount{std::ssize(frames)},
            .open = [&frames, rate]() -> Result<std::unique_ptr<SoundSource>> {
                return std::make_unique<VectorSound>(frames, rate);
            },
            .divisible = divisible};
}

/// Two parts and a piece of a third.
std::vector<Frame> longSound()
{
    return generatedMusic(11, slow.hertz(), 2.3 * static_cast<double>(partFrames(slow)) / slow.hertz());
}

} // namespace

TEST_CASE("a scan does not depend on the blocks, nor on the set of kernels")
{
    const auto sound = longSound();
    const Scanned whole = scanWhole(sound);
    Dice dice{2};
    for (const ScanKernels& kernels : runnableScanKernels()) {
        forceScanKernels(&kernels);
        SoundScan scan{slow, 2, SampleCount{std::ssize(sound)}};
        for (std::span<const Frame> rest{sound}; !rest.empty();) {
            const auto count = std::min(rest.size(), static_cast<std::size_t>(dice.between(1, 3000)));
            scan.take(rest.first(count));
            rest = rest.subspan(count);
        }
        const ScannedSound other = scan.finish();
        CHECK(other == whole.sound);
        CHECK(std::ranges::equal(scan.overview().bins(), whole.overview.bins()));
    }
    forceScanKernels(nullptr);
}

TEST_CASE("parts scanned by several threads are the whole")
{
    const auto sound = longSound(), small = generatedMusic(4, slow.hertz(), 0.03);
    const Scanned whole = scanWhole(sound);
    for (const int threads : {1, 2, 3})
        for (const bool divisible : {false, true}) {
            CAPTURE(threads);
            CAPTURE(divisible);
            std::vector<Overview> overviews(3);
            const std::vector<ScanJob> jobs{jobOf(small, divisible), jobOf(sound, divisible),
                                            jobOf(small, !divisible)};
            const auto results = scanSounds(
                jobs, {.threads = threads, .overview = [&](std::size_t job, const Overview& overview) {
                           overviews[job] = overview;
                       }});
            REQUIRE(results.size() == 3);
            REQUIRE(results[1].has_value());
            CHECK(*results[1] == whole.sound);
            CHECK(std::ranges::equal(overviews[1].bins(), whole.overview.bins()));
            CHECK(*results[0] == scanWhole(small).sound);
            CHECK(*results[2] == *results[0]);
        }
}

TEST_CASE("the scan's overview is the overview builder's")
{
    for (const std::size_t frames : {1UL, 255UL, 256UL, 800UL, 70'001UL}) {
        auto sound = longSound();
        sound.resize(frames);
        OverviewBuilder builder{2, SampleCount{std::ssize(sound)}};
        builder.take(sound);
        const Scanned scanned = scanWhole(sound);
        CHECK(scanned.overview.shape() == builder.overview().shape());
        CHECK(std::ranges::equal(scanned.overview.bins(), builder.overview().bins()));
    }
}

TEST_CASE("a sound has one hop for every 100 ms, the last one may be short")
{
    CHECK(scanWhole(std::vector<Frame>(1)).sound.hops.size() == 1);
    CHECK(scanWhole(std::vector<Frame>(800)).sound.hops.size() == 1);
    CHECK(scanWhole(std::vector<Frame>(801)).sound.hops.size() == 2);
    const auto sound = longSound();
    CHECK(scanWhole(sound).sound.hops.size() == (sound.size() + 799) / 800);
}

TEST_CASE("clipped runs are counted with their places, across parts and blocks too")
{
    std::vector<Frame> sound = longSound();
    for (Frame& f : sound) f = {f.left * 0.5, f.right * 0.5};
    const auto put = [&](std::int64_t at, std::int64_t count, int channel, double value) {
        for (std::int64_t i = at; i < at + count; ++i)
            (channel == 0 ? sound[static_cast<std::size_t>(i)].left
                          : sound[static_cast<std::size_t>(i)].right) = value;
    };
    const std::int64_t part = partFrames(slow);
    put(0, 3, 0, 1);
    put(100, 2, 0, 1);   // too short
    put(1000, 3, 1, -1); // and its neighbour of the other sign
    put(1003, 5, 1, 32'767.0 / 32'768);
    put(799, 3, 0, -1.5);       // across a hop
    put(part - 2, 5, 1, 1);     // across parts
    put(2 * part - 1, 1, 0, 1); // one here
    put(2 * part, 1, 0, 1);     // and one there are not enough
    put(std::ssize(sound) - 4, 4, 0, 1);
    const ScannedSound scanned = scanWhole(sound).sound;
    const std::vector<ClippedRun> expected{
        {SamplePos{0}, SampleCount{3}, 0},        {SamplePos{799}, SampleCount{3}, 0},
        {SamplePos{1000}, SampleCount{3}, 1},     {SamplePos{1003}, SampleCount{5}, 1},
        {SamplePos{part - 2}, SampleCount{5}, 1}, {SamplePos{std::ssize(sound) - 4}, SampleCount{4}, 0}};
    CHECK(scanned.clippedRuns == 6);
    CHECK(scanned.clipped == expected);
}

TEST_CASE("a sound that is one clipped run is one run per side")
{
    const std::vector<Frame> sound(static_cast<std::size_t>(2 * partFrames(slow) + 7), Frame{1, -1});
    const ScannedSound scanned = scanWhole(sound).sound;
    const std::vector<ClippedRun> expected{{SamplePos{}, SampleCount{std::ssize(sound)}, 0},
                                           {SamplePos{}, SampleCount{std::ssize(sound)}, 1}};
    CHECK(scanned.clippedRuns == 2);
    CHECK(scanned.clipped == expected);
    CHECK(scanWhole(sound, slow, 1).sound.clippedRuns == 1);
}

TEST_CASE("of many clipped runs the first are named and all are counted")
{
    std::vector<Frame> sound(20'000);
    for (std::size_t i = 0; i < sound.size(); ++i) sound[i] = {i % 10 < 3 ? 1.0 : 0.0, 0.1};
    const ScannedSound scanned = scanWhole(sound).sound;
    CHECK(scanned.clippedRuns == 2000);
    REQUIRE(scanned.clipped.size() == mostClippedPlaces);
    CHECK(scanned.clipped.back().begin == SamplePos{10 * (static_cast<std::int64_t>(mostClippedPlaces) - 1)});
}

TEST_CASE("what is no number is counted, placed and measured as if it were none")
{
    auto sound = generatedMusic(5, slow.hertz(), 5);
    sound[7000].left = sound[9001].right = 0;
    const ScannedSound clean = scanWhole(sound).sound;
    sound[7000].left = std::numeric_limits<double>::quiet_NaN();
    sound[9001].right = std::numeric_limits<double>::quiet_NaN();
    ScannedSound scanned = scanWhole(sound).sound;
    CHECK(scanned.notFinite == 2);
    CHECK(scanned.firstNotFinite == SamplePos{7000});
    scanned.notFinite = 0;
    scanned.firstNotFinite = {};
    CHECK(scanned == clean);

    sound[9001].right = std::numeric_limits<double>::infinity();
    sound[9500].left = 1e300; // a number, however foolish
    const ScannedSound infinite = scanWhole(sound).sound;
    CHECK(infinite.notFinite == 2);
    CHECK(std::isfinite(infinite.sums.stereo.energy[0] + infinite.sums.stereo.energy[1]));
    CHECK(std::isfinite(infinite.sums.stereo.product));
    for (const Hop& hop : infinite.hops) {
        CHECK(std::isfinite(hop.energy + hop.truePeak));
        for (const float step : hop.weighted) CHECK(std::isfinite(step));
    }
}

TEST_CASE("sound begins and ends where it is not zero")
{
    std::vector<Frame> sound(static_cast<std::size_t>(2 * partFrames(slow)));
    const ScannedSound silence = scanWhole(sound).sound;
    CHECK(silence.firstSound == silence.soundEnd);
    sound[3333].right = 1e-4;
    sound[static_cast<std::size_t>(partFrames(slow)) + 5].left = -1e-4;
    const ScannedSound scanned = scanWhole(sound).sound;
    CHECK(scanned.firstSound == SamplePos{3333});
    CHECK(scanned.soundEnd == SamplePos{partFrames(slow) + 6});
}

TEST_CASE("a sound that stops at full swing rings after its last sample")
{
    std::vector<Frame> sound(1600, Frame{0.5, 0.5});
    const SoundFigures f = figuresOf(scanWhole(sound).sound);
    CHECK(f.truePeak->value > f.samplePeak->value + 0.5);
}

TEST_CASE("a cancelled scan says so")
{
    const auto sound = longSound();
    std::stop_source stop;
    stop.request_stop();
    const std::vector<ScanJob> jobs{jobOf(sound, true), jobOf(sound, false)};
    for (const auto& result : scanSounds(jobs, {.progress = {.report = {}, .stop = stop.get_token()}})) {
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().kind == ErrorKind::cancelled);
    }
}

TEST_CASE("a sound that cannot be read is an error of its own, the others are scanned")
{
    const auto sound = generatedMusic(1, slow.hertz(), 1);
    std::vector<ScanJob> jobs{jobOf(sound, true), jobOf(sound, true)};
    jobs[0].open = []() -> Result<std::unique_ptr<SoundSource>> {
        return failure("no", "there", ErrorKind::io);
    };
    const auto results = scanSounds(jobs, {.threads = 2});
    REQUIRE_FALSE(results[0].has_value());
    CHECK(results[0].error() == Error{"no", "there", ErrorKind::io});
    CHECK(results[1].has_value());
}
