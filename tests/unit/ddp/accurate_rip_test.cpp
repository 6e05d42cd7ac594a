#include "ddp/accurate_rip.h"

#include "core/hash.h"
#include "ddp/track_audio.h"

#include <doctest/doctest.h>

#include <array>

using namespace segue;
using namespace segue::ddp;

namespace {

std::vector<std::byte> pcm(const std::vector<std::uint32_t>& samples)
{
    std::vector<std::byte> bytes;
    for (const std::uint32_t s : samples)
        for (int shift = 0; shift < 32; shift += 8)
            bytes.push_back(static_cast<std::byte>(s >> shift & 0xFF));
    return bytes;
}

AccurateRip sumOf(const std::vector<std::uint32_t>& samples, bool first, bool last)
{
    AccurateRip sum{static_cast<std::int64_t>(samples.size()), first, last};
    sum.update(pcm(samples));
    return sum;
}

/// Noise without a library: the numbers are the same everywhere.
std::vector<std::uint32_t> noise(std::size_t count)
{
    std::vector<std::uint32_t> samples;
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < count; ++i) samples.push_back(state = state * 1664525 + 1013904223);
    return samples;
}

constexpr std::uint32_t stereo(int left, int right)
{
    return static_cast<std::uint32_t>(left & 0xFFFF) | static_cast<std::uint32_t>(right & 0xFFFF) << 16;
}

Disc discOf(std::initializer_list<std::int64_t> starts, std::int64_t leadOut)
{
    Disc disc;
    for (const std::int64_t start : starts) disc.tracks.push_back({.indexes = {CdFramePos{start}}});
    disc.leadOut = CdFramePos{leadOut};
    return disc;
}

/// One track over a whole number of frames; the samples not given are zero.
TrackAudio trackOf(std::vector<std::uint32_t> samples)
{
    samples.resize((samples.size() + 587) / 588 * 588);
    const auto frames = static_cast<std::int64_t>(samples.size() / 588);
    ImageAudio audio{discOf({0}, frames), CdFrameCount{frames}};
    audio.update(pcm(samples));
    return audio.finish().at(0);
}

} // namespace

TEST_CASE("a sample counts with its position, and version 2 keeps what overflows")
{
    std::vector<std::uint32_t> samples(10, 0);
    samples[2] = 0x80000001;
    const AccurateRip sum = sumOf(samples, false, false);
    CHECK(sum.version1() == 0x80000003); // 3 * 0x80000001 = 0x1'80000003
    CHECK(sum.version2() == 0x80000003 + 0x1);
}

TEST_CASE("the first track leaves out 2,939 samples, the last one 2,940")
{
    constexpr std::size_t count = 10'000;
    const auto counts = [&](std::size_t position, bool first, bool last) {
        std::vector<std::uint32_t> samples(count, 0);
        samples[position - 1] = 1;
        return sumOf(samples, first, last).version1() != 0;
    };
    CHECK(counts(1, false, false));
    CHECK(counts(count, false, false));
    CHECK_FALSE(counts(2939, true, false));
    CHECK(counts(2940, true, false));
    CHECK(counts(count, true, false));
    CHECK(counts(1, false, true));
    CHECK(counts(count - 2940, false, true));
    CHECK_FALSE(counts(count - 2939, false, true));
    CHECK_FALSE(counts(count, false, true));
}

TEST_CASE("both versions agree with values from an independent computation")
{
    // The published algorithm in ten lines of Python over the same numbers gave these.
    const auto samples = noise(20'000);
    CHECK(sumOf(samples, false, false).version1() == 0xB102A3C0);
    CHECK(sumOf(samples, false, false).version2() == 0xB6F89B7C);
    CHECK(sumOf(samples, true, false).version1() == 0xCED3640C);
    CHECK(sumOf(samples, true, false).version2() == 0xD4A87058);
    CHECK(sumOf(samples, false, true).version1() == 0x78D594F0);
    CHECK(sumOf(samples, false, true).version2() == 0x7D2B154C);
    CHECK(sumOf(samples, true, true).version2() == 0x9ADAEA28);
}

TEST_CASE("a track shorter than what is left out has the sum 0")
{
    CHECK(sumOf(noise(2000), true, true).version1() == 0);
    CHECK(sumOf({}, true, true).version2() == 0);
}

TEST_CASE("an image gives each track from INDEX 01 to INDEX 01, however it is cut into blocks")
{
    const auto samples = noise(30 * 588);
    const auto bytes = pcm(samples);
    const Disc disc = discOf({2, 10, 11}, 30);
    const auto analysed = [&](std::size_t block) {
        ImageAudio audio{disc, CdFrameCount{30}};
        for (std::size_t at = 0; at < bytes.size(); at += block)
            audio.update(std::span{bytes}.subspan(at, std::min(block, bytes.size() - at)));
        return audio.finish();
    };
    const auto whole = analysed(bytes.size());
    REQUIRE(whole.size() == 3);
    const std::array<std::pair<std::size_t, std::size_t>, 3> ranges{{{2, 10}, {10, 11}, {11, 30}}};
    for (std::size_t t = 0; t < 3; ++t) {
        const auto first = ranges[t].first * 588, end = ranges[t].second * 588;
        const std::vector<std::uint32_t> part(samples.begin() + static_cast<std::ptrdiff_t>(first),
                                              samples.begin() + static_cast<std::ptrdiff_t>(end));
        CHECK(whole[t].crc32 == crc32(pcm(part)));
        CHECK(whole[t].accurateRip1 == sumOf(part, t == 0, t == 2).version1());
        CHECK(whole[t].accurateRip2 == sumOf(part, t == 0, t == 2).version2());
    }
    for (const std::size_t block : {1UL, 3UL, 4UL, 1000UL, 2352UL, 65536UL}) {
        CAPTURE(block);
        CHECK(analysed(block) == whole);
    }
}

TEST_CASE("marks outside the image or running backwards give empty tracks")
{
    ImageAudio audio{discOf({5, 3, 900}, 10), CdFrameCount{8}};
    audio.update(pcm(noise(8 * 588)));
    const auto tracks = audio.finish();
    REQUIRE(tracks.size() == 3);
    CHECK(tracks[0].crc32 == "00000000");
    CHECK_FALSE(tracks[0].silent);
    CHECK(tracks[1].peak > 0); // 3 to the end of the image
    CHECK(tracks[2].crc32 == "00000000");

    Disc holes = discOf({1, 2}, 4);
    holes.tracks[1].indexes.clear();
    ImageAudio broken{holes, CdFrameCount{4}};
    broken.update(pcm(noise(4 * 588)));
    CHECK(broken.finish().at(0).crc32 == "00000000");
}

TEST_CASE("silence is counted at both ends, and a silent track is told")
{
    std::vector<std::uint32_t> samples(1000, 0);
    samples[10] = stereo(0, -1);
    samples[500] = stereo(1, 0);
    const TrackAudio sound = trackOf(samples); // 1176 samples
    CHECK(sound.leadingSilence == 10);
    CHECK(sound.trailingSilence == 1176 - 501);
    CHECK_FALSE(sound.silent);
    CHECK(sound.peak == 1);

    const TrackAudio quiet = trackOf(std::vector<std::uint32_t>(588, 0));
    CHECK(quiet.silent);
    CHECK(quiet.leadingSilence == 588);
    CHECK(quiet.trailingSilence == 588);
}

TEST_CASE("three full-scale samples on the same side are a clipped run, in each channel for itself")
{
    const auto runs = [](const std::vector<int>& left, int right = 0) {
        std::vector<std::uint32_t> samples;
        for (const int value : left) samples.push_back(stereo(value, right));
        return trackOf(samples).clippedRuns;
    };
    CHECK(runs({32767, 32767, 0}) == 0);
    CHECK(runs({32767, 32767, 32767}) == 1);
    CHECK(runs({32767, 32767, 32767, 32767, 32767}) == 1);
    CHECK(runs({32767, 32767, 32767, 5, 32767, 32767, 32767}) == 2);
    CHECK(runs({-32768, -32768, -32767}) == 1);
    CHECK(runs({32767, -32768, 32767, -32768, 32767}) == 0);
    CHECK(runs({32767, 32767, 32767, -32768, -32768, -32768}) == 2);
    CHECK(runs({0, 0, 0}, 32767) == 1);
    CHECK(runs({32766, 32766, 32766}) == 0);
    CHECK(trackOf({stereo(-32768, 3)}).peak == 32768);
}
