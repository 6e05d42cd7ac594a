#include "play/playout.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace segue;

namespace {

constexpr int ramp = 221;

// Frames numbered from `first`, all at one level.
void write(Take& take, std::int64_t first, std::int64_t count, float level)
{
    std::vector<PlayedFrame> frames;
    for (std::int64_t i = 0; i < count; ++i) frames.push_back({level, -level, SamplePos{first + i}});
    REQUIRE(take.ring.write(frames) == frames.size());
}

Take& begin(Playout& playout, std::uint64_t play, std::int64_t first, bool continues)
{
    REQUIRE(playout.isSpareFree());
    Take& take = playout.spare();
    take.ring.clear();
    take.play = play;
    take.first = first;
    take.from = SamplePos{first};
    take.end = Take::never;
    take.continues = continues;
    return take;
}

std::vector<float> left(Playout& playout, std::size_t frames)
{
    std::vector<float> samples(2 * frames), result;
    playout.fill(samples);
    for (std::size_t i = 0; i < frames; ++i) result.push_back(samples[2 * i]);
    return result;
}

// From `before` on.
float largestStep(float before, const std::vector<float>& samples)
{
    float largest = 0;
    for (const float sample : samples) {
        largest = std::max(largest, std::abs(sample - before));
        before = sample;
    }
    return largest;
}

SamplePos lastPosition(const Playout& playout) { return playout.played(playout.filled() - 1).position; }

} // namespace

TEST_CASE("a take that continues takes over at its first frame, not before")
{
    Playout playout;
    write(begin(playout, 1, 0, false), 0, 10'000, 0.5F);
    playout.handOver();
    left(playout, 1000);
    write(begin(playout, 1, 1500, true), 1500, 5000, 0.25F);
    playout.handOver();
    const auto heard = left(playout, 1000);
    CHECK(heard[499] == 0.5F);
    CHECK(heard[500] < 0.5F);
    CHECK(heard[500 + ramp] == 0.25F);
    CHECK(largestStep(0.5F, heard) < 0.25F / 200);
    CHECK(lastPosition(playout) == SamplePos{1999});
    CHECK(playout.isSpareFree());
}

TEST_CASE("a take that comes late is entered where the old one is by then, when it has come so far")
{
    Playout playout;
    write(begin(playout, 1, 0, false), 0, 10'000, 0.5F);
    playout.handOver();
    left(playout, 3000);
    Take& late = begin(playout, 1, 1500, true);
    write(late, 1500, 1000, 0.25F); // up to 2500
    playout.handOver();
    CHECK(left(playout, 500).back() == 0.5F);
    CHECK_FALSE(playout.isSpareFree());
    write(late, 2500, 4000, 0.25F);
    CHECK(left(playout, 500).back() == 0.25F);
    CHECK(lastPosition(playout) == SamplePos{3999});
    CHECK(playout.underruns() == 0);
}

TEST_CASE("a take that comes late and ends before where the old one is ends the sound")
{
    Playout playout;
    write(begin(playout, 1, 0, false), 0, 10'000, 0.5F);
    playout.handOver();
    left(playout, 3000);
    Take& shorter = begin(playout, 1, 1500, true);
    shorter.end = 2000;
    write(shorter, 1500, 500, 0.25F);
    playout.handOver();
    const auto heard = left(playout, 1000);
    CHECK(largestStep(0.5F, heard) < 0.5F / 200);
    CHECK(heard.back() == 0);
    CHECK(playout.finished() == 1);
    CHECK(playout.isSpareFree());
}

TEST_CASE("a queue that runs dry and is filled again never steps, however short that was")
{
    for (const std::size_t dry : {1U, 50U, 220U, 221U, 1000U}) {
        CAPTURE(dry);
        Playout playout;
        Take& take = begin(playout, 1, 0, false);
        write(take, 0, 1000, 0.5F);
        playout.handOver();
        left(playout, 1000);
        float before = 0.5F;
        const auto hear = [&](std::size_t frames) {
            const auto samples = left(playout, frames);
            CHECK(largestStep(before, samples) < 0.5F / 200);
            return before = samples.back();
        };
        hear(dry);
        CHECK(playout.starved());
        write(take, 1000, 10'000, 0.5F);
        CHECK(hear(1000) == 0.5F);
        CHECK_FALSE(playout.starved());
        CHECK(playout.underruns() == 1);
    }
}

TEST_CASE("a jump away from a queue that runs dry meanwhile never steps")
{
    for (const std::size_t rest : {0U, 1U, 100U, 400U}) {
        CAPTURE(rest);
        Playout playout;
        write(begin(playout, 1, 0, false), 0, 1000 + static_cast<std::int64_t>(rest), 0.5F);
        playout.handOver();
        left(playout, 1000);
        Take& jump = begin(playout, 2, 0, false);
        write(jump, 50'000, 10'000, 0.0F);
        playout.handOver();
        const auto heard = left(playout, 1000);
        CHECK(largestStep(0.5F, heard) < 0.5F / 200);
        CHECK(heard.back() == 0);
        CHECK(playout.isSpareFree());
    }
}

TEST_CASE("a stop in the middle of a change fades out both, and a jump in the middle of a stop is heard")
{
    Playout playout;
    write(begin(playout, 1, 0, false), 0, 10'000, 0.5F);
    playout.handOver();
    left(playout, 1000);
    write(begin(playout, 1, 1000, true), 1000, 10'000, 0.25F);
    playout.handOver();
    float before = left(playout, 100).back();
    playout.stopUpTo(1);
    const auto stopping = left(playout, 100);
    CHECK(largestStep(before, stopping) < 0.5F / 100);
    before = stopping.back();
    CHECK(before > 0);
    CHECK(playout.finished() == 0);
    if (playout.isSpareFree()) FAIL("both takes are still read");
    const auto rest = left(playout, 200);
    CHECK(largestStep(before, rest) < 0.5F / 100);
    CHECK(rest.back() == 0);
    CHECK(playout.finished() == 1);
    CHECK(playout.reached() == SamplePos{1321});
    CHECK(playout.isSpareFree());

    write(begin(playout, 2, 0, false), 7000, 10'000, 0.5F);
    playout.handOver();
    CHECK(left(playout, 10).back() == 0.5F);
    CHECK(lastPosition(playout) == SamplePos{7009});

    // The old one is faded out first, then the new one begins.
    playout.stopUpTo(2);
    before = left(playout, 100).back();
    write(begin(playout, 3, 0, false), 9000, 10'000, 0.125F);
    playout.handOver();
    const auto jump = left(playout, 500);
    CHECK(largestStep(before, {jump.begin(), jump.begin() + ramp - 100}) < 0.5F / 200);
    CHECK(jump.back() == 0.125F);
    CHECK(playout.finished() == 2);
}

TEST_CASE("what is handed over for a play() that was stopped meanwhile is not heard")
{
    Playout playout;
    write(begin(playout, 1, 0, false), 0, 10'000, 0.5F);
    playout.stopUpTo(1);
    playout.handOver();
    CHECK(largestStep(0, left(playout, 1000)) == 0);
    CHECK(playout.isSpareFree());
    CHECK_FALSE(playout.played(999).playing);
}
