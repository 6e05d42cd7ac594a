#include "audio/render.h"

#include "support/fake_sound.h"
#include "unit/audio/varied_album.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

TEST_CASE("overs are counted exactly, by track, with the first position and the peak")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{5000}, noise16(1)))});
    const Formula loud = [](std::int64_t at) {
        if (at == 100 || at == 4500) return Frame{32'769.0 / 32'768, 0}; // 2 LSB: slight
        if (at == 3000) return Frame{0, -1.5};                           // beyond
        if (at >= 4000 && at < 4010) return Frame{1.25, 1.25};           // beyond, twenty samples
        return Frame{0.5, 0.5};
    };
    studio.track({studio.clip(studio.source(SampleCount{5000}, loud, false))}, samples(1000));
    for (const int threads : {1, 8}) {
        RenderOutcome outcome;
        REQUIRE(studio.render({.dither = Dither::none}, {threads, 97}, &outcome));
        REQUIRE(outcome.overs.size() == 1);
        CHECK(outcome.overs[0] == Overs{1, 2, 21, 1.5, SamplePos{6000 + 3000}});
        CHECK(outcome.resampler.empty());
    }
}

TEST_CASE("a NaN or infinity stops the render, naming the track and the time")
{
    for (const double bad : {std::nan(""), HUGE_VAL}) {
        Studio studio;
        const auto broken = [bad](std::int64_t at) { return at == 22'050 ? Frame{0, bad} : Frame{}; };
        studio.track({studio.clip(studio.source(SampleCount{44'100}, noise16(1)))});
        studio.track({studio.clip(studio.source(SampleCount{44'100}, broken, false))});
        const auto frames = studio.render();
        REQUIRE_FALSE(frames);
        CHECK(frames.error().kind == ErrorKind::refused);
        CHECK(frames.error().where.find("Track 2") != std::string::npos);
        CHECK(frames.error().where.find("0:01.500") != std::string::npos);
    }
}

TEST_CASE("a source that is no longer 16 bit stops the render instead of being copied wrong")
{
    Studio studio;
    const auto changed = [](std::int64_t at) { return at == 10'000 ? Frame{0, 0.3 / 32'768} : Frame{}; };
    studio.track({studio.clip(studio.source(SampleCount{20'000}, changed))});
    const auto frames = studio.render();
    REQUIRE_FALSE(frames);
    CHECK(frames.error().kind == ErrorKind::refused);
    CHECK(frames.error().what.find("changed") != std::string::npos);
}

TEST_CASE("the earliest failure is the answer, on any number of threads")
{
    Studio studio;
    for (std::uint64_t i = 0; i < 8; ++i) {
        const bool bad = i >= 3;
        studio.track({studio.clip(studio.source(
            SampleCount{20'000},
            [bad](std::int64_t at) { return Frame{bad && at > 5000 ? std::nan("") : 0.0, 0}; }, false))});
    }
    for (int i = 0; i < 20; ++i) {
        const auto frames = studio.render({}, {8, 588});
        REQUIRE_FALSE(frames);
        CHECK(frames.error().where.find("Track 4") != std::string::npos);
    }
}

TEST_CASE("a source that cannot be opened, or is another one by now, stops the render with its own sentence")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{1000}, noise16(1)))});
    const RenderPlan plan = studio.plan();
    const auto none = [](SamplePos, std::span<const Pcm16Frame>) -> Status { return {}; };
    const SourceOpener gone = [](const Source&) -> Result<std::unique_ptr<AudioFile>> {
        return failure("There is no such file", "a.wav", ErrorKind::io);
    };
    auto done = renderPcm16(studio.album, studio.piece(), plan, {}, gone, {1}, none);
    REQUIRE_FALSE(done);
    CHECK(done.error() == Error{"There is no such file", "a.wav", ErrorKind::io});

    const SourceOpener longer = [](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        Source other = source;
        other.length = SampleCount{1001};
        return std::make_unique<FakeFile>(other, noise16(1));
    };
    done = renderPcm16(studio.album, studio.piece(), plan, {}, longer, {1}, none);
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::refused);
    CHECK(done.error().where == "sound2.wav");
}

TEST_CASE("a sink that fails and a cancel both end the render")
{
    const Studio studio = varied();
    const RenderPlan plan = studio.plan();
    const auto full = [](SamplePos, std::span<const Pcm16Frame>) -> Status {
        return failure("No space left", "IMAGE.DAT", ErrorKind::io);
    };
    auto done = renderPcm16(studio.album, studio.piece(), plan, {}, studio.opener(), {2, 588}, full);
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::io);

    std::stop_source stop;
    std::atomic<int> blocks = 0;
    const auto stopping = [&](SamplePos, std::span<const Pcm16Frame>) -> Status {
        if (++blocks == 3) stop.request_stop();
        return {};
    };
    done = renderPcm16(studio.album, studio.piece(), plan, {}, studio.opener(),
                       {2, 588, {.stop = stop.get_token()}}, stopping);
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::cancelled);
    CHECK(blocks < 8);
}

TEST_CASE("progress runs to 1 in at most a hundred calls")
{
    const Studio studio = varied();
    std::atomic<int> calls = 0;
    std::atomic<double> most = 0;
    RenderWork work{2, 97};
    work.progress.report = [&](std::string_view, double fraction) {
        ++calls;
        most = std::max(most.load(), fraction);
    };
    (void)rendered(studio, {}, work);
    CHECK(calls <= 101);
    CHECK(calls >= 90);
    CHECK(most == 1.0);
}

TEST_CASE("shaped dither is refused where its filters do not fit")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{1000}, noise24(1), false, 2, SampleRate{96'000}))});
    const auto frames = studio.render({.rate = SampleRate{96'000}, .dither = Dither::shapedLight});
    REQUIRE_FALSE(frames);
    CHECK(frames.error().what.find("96000") != std::string::npos);
    CHECK(studio.render({.rate = SampleRate{96'000}}).has_value());
}

TEST_CASE("every audio rule can be found by its name")
{
    for (const Rule& rule : audioRules()) {
        CHECK(audioRule(rule.id).sentence == rule.sentence);
        CHECK_FALSE(rule.sentence.empty());
    }
    CHECK(audioRule("AUDIO.OVER").overridable);
    CHECK_FALSE(audioRule("AUDIO.NOT_FINITE").overridable);
    CHECK_FALSE(audioRule("AUDIO.CHANGED").overridable);
}
