#include "unit/play/play_desk.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;
using State = PlayerStatus::State;

TEST_CASE("a played piece is the mixer's frames, sample for sample, over every joint, and ends exactly")
{
    for (const std::int64_t buffer : {64, 500, 1024, 4096}) {
        PlayDeskTop desk{varied()};
        CHECK(desk.state() == State::stopped);
        desk.player.play(SamplePos{});
        const std::int64_t length = desk.length();
        const auto got = desk.hear(length, buffer);
        CHECK(firstDifference(got, mixed(desk.studio, 0, length)) == -1);
        CHECK(isSilent(desk.hear(3000)));
        CHECK(desk.state() == State::stopped);
        CHECK_FALSE(desk.player.isPlaying());
        CHECK(desk.heardAt() == length);
        CHECK(desk.player.status().underruns == 0);
    }
}

TEST_CASE("play from inside the piece comes up over 5 ms and is exact behind that")
{
    PlayDeskTop desk{varied()};
    desk.player.play(SamplePos{12'345});
    const auto got = desk.hear(60'000);
    const auto expected = mixed(desk.studio, 12'345, 72'345);
    CHECK(firstDifference(got, expected, ramp) == -1);
    for (std::int64_t i = 0; i < ramp; ++i) {
        const double gain = (static_cast<double>(i) + 0.5) / ramp;
        const auto at = static_cast<std::size_t>(i);
        CHECK(std::abs(got[at].left - gain * expected[at].left) < 0.003);
    }
}

TEST_CASE("a loop has no seam, and the position heard goes round with it")
{
    PlayDeskTop desk{varied(), {.latency = SampleCount{latency200}}};
    desk.player.setLoop(PlayRange{SamplePos{40'000}, SamplePos{61'000}});
    desk.player.play(SamplePos{30'000});
    const auto once = mixed(desk.studio, 30'000, 61'000), again = mixed(desk.studio, 40'000, 61'000);
    std::vector<FloatFrame> expected = once;
    while (expected.size() < 150'000) expected.insert(expected.end(), again.begin(), again.end());
    std::int64_t pulled = 0;
    std::vector<FloatFrame> got;
    while (pulled < 150'000) {
        const auto part = desk.hear(777);
        got.insert(got.end(), part.begin(), part.end());
        pulled += 777;
        const std::int64_t heard = std::max<std::int64_t>(pulled - latency200, 0) + 30'000;
        const std::int64_t round = heard < 61'000 ? heard : 40'000 + (heard - 61'000) % 21'000;
        REQUIRE(desk.heardAt() == round);
    }
    expected.resize(got.size());
    CHECK(firstDifference(got, expected, ramp) == -1);
    CHECK(desk.player.status().underruns == 0);
}

TEST_CASE("the position heard is the frame that leaves the loudspeaker, 200 ms behind what the device took")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{200'000}, ramp16()))});
    PlayDeskTop desk{std::move(studio), {.latency = SampleCount{latency200}}};
    desk.player.seek(SamplePos{1000});
    CHECK(desk.heardAt() == 1000);
    desk.player.play(SamplePos{1000});
    CHECK(desk.heardAt() == 1000);
    desk.hear(latency200);
    CHECK(desk.heardAt() == 1000);
    desk.hear(1);
    CHECK(desk.heardAt() == 1001);
    desk.hear(30'000);
    CHECK(desk.heardAt() == 31'001);
    // A tap now means what the ear hears now: the sample there says where it stands.
    const auto recording = desk.out.recording();
    const auto sounding = recording[static_cast<std::size_t>(std::ssize(recording) - latency200)];
    CHECK(sounding.left * 32'768 == desk.heardAt() % 20'000);

    // After a jump the old sound is on its way for 200 ms.
    desk.player.seek(SamplePos{100'000});
    desk.hear(500);
    CHECK(desk.heardAt() == 31'501);
    desk.hear(latency200 - 500);
    CHECK(desk.heardAt() == 100'000);
    desk.hear(1000);
    CHECK(desk.heardAt() == 101'000);

    // After a stop it stands where the fade ended, when that has been heard.
    desk.player.stop();
    desk.hear(latency200 + 1000);
    const std::int64_t stands = desk.heardAt();
    desk.hear(20'000);
    CHECK(desk.heardAt() == stands);
    CHECK(desk.state() == State::stopped);
}

TEST_CASE("what stands behind the sum for listening is heard, and the export's samples are not then")
{
    class Halved final : public SoundSource {
    public:
        explicit Halved(std::unique_ptr<SoundSource> sound) : sound_{std::move(sound)} {}
        [[nodiscard]] SampleRate rate() const override { return sound_->rate(); }
        [[nodiscard]] SampleCount length() const override { return sound_->length(); }
        [[nodiscard]] Status read(SamplePos at, Block out) override
        {
            auto done = sound_->read(at, out);
            for (Frame& f : out) f = {f.left / 2, f.right / 2};
            return done;
        }

    private:
        std::unique_ptr<SoundSource> sound_;
    };
    PlayDeskTop desk{varied()};
    Programme programme = programmeOf(desk.studio);
    programme.behind = [](std::unique_ptr<SoundSource> sound) {
        return std::make_unique<Halved>(std::move(sound));
    };
    desk.player.setProgramme(programme);
    desk.player.setMonitoring(Monitoring::asDelivered);
    desk.player.play(SamplePos{1000});
    auto expected = mixed(desk.studio, 1000, 5000);
    for (FloatFrame& f : expected) f = {f.left / 2, f.right / 2};
    const auto heard = desk.hear(4000);
    CHECK_FALSE(desk.player.status().asDelivered);
    CHECK(firstDifference(heard, expected, ramp) == -1);
}

TEST_CASE("a seek while playing fades the old sound out under the new, and is exact behind that")
{
    PlayDeskTop desk{varied()};
    desk.player.play(SamplePos{});
    desk.hear(20'000);
    desk.player.seek(SamplePos{70'000});
    const auto got = desk.hear(30'000);
    CHECK(firstDifference(got, mixed(desk.studio, 70'000, 100'000), ramp) == -1);
    CHECK(desk.heardAt() == 100'000);
}

TEST_CASE("starts, stops and jumps never click")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{400'000}, slowSine(), false))});
    PlayDeskTop desk{std::move(studio)};
    desk.player.play(SamplePos{50'110});
    desk.hear(5000);
    desk.player.stop();
    desk.hear(100); // in the middle of the fade
    desk.player.play(SamplePos{70'110});
    desk.hear(5000);
    desk.player.seek(SamplePos{130'000});
    desk.hear(5000);
    desk.player.stop();
    desk.hear(5000);
    CHECK(desk.state() == State::stopped);
    CHECK(isSilent(desk.hear(100)));
    desk.player.play(SamplePos{91'234});
    desk.hear(50, 50);
    desk.player.seek(SamplePos{200'000});
    desk.player.listen({Listening::Mode::normal, Decibels{-20}});
    desk.hear(5000);
    desk.player.listen({Listening::Mode::side, Decibels{}});
    desk.hear(5000);
    desk.player.stop();
    desk.hear(1000);
    // The sine's own step, a ramp's, and both sides of a crossfade.
    CHECK(largestStep(desk.out.recording()) < 0.5 / 220 + 2 * 0.5 * 0.0143 + 0.002);
}

TEST_CASE("an edit while playing is heard at once, at the same position, without a click")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{400'000}, slowSine(), false))});
    PlayDeskTop desk{std::move(studio)};
    desk.player.play(SamplePos{});
    desk.hear(30'000);
    Studio edited = desk.studio;
    edited.album.tracks[0].gain.hand = Decibels{-6};
    desk.player.setProgramme(programmeOf(edited));
    const auto got = desk.hear(10'000);
    const auto before = mixed(desk.studio, 30'000, 40'000), after = mixed(edited, 30'000, 40'000);
    const std::int64_t change = firstDifference(got, before);
    CHECK(change > 0);
    CHECK(change < 44'100 * 6 / 100);
    CHECK(firstDifference(got, after, change + ramp) == -1);
    CHECK(largestStep(desk.out.recording()) < 0.01);
    CHECK(desk.heardAt() == 40'000);
}

TEST_CASE("an edit that changes nothing that is heard changes no sample")
{
    PlayDeskTop desk{varied()};
    desk.player.play(SamplePos{});
    std::vector<FloatFrame> got;
    for (int i = 0; i < 40; ++i) {
        desk.player.setProgramme(programmeOf(desk.studio));
        const auto part = desk.hear(2500, 100 + 50 * i);
        got.insert(got.end(), part.begin(), part.end());
    }
    CHECK(firstDifference(got, mixed(desk.studio, 0, 100'000)) == -1);
}

TEST_CASE("an edit that moves what follows is played from there, and a shorter piece ends where it now ends")
{
    PlayDeskTop desk{varied()};
    desk.player.play(SamplePos{});
    desk.hear(10'000);
    Studio edited = desk.studio;
    edited.edition().entries.pop_back();
    edited.edition().entries[1].joint.gap = samples(20'000);
    desk.player.setProgramme(programmeOf(edited));
    const std::int64_t end = lengthOf(programmeOf(edited), cdRate).value();
    const auto got = desk.hear(end - 10'000);
    CHECK(firstDifference(got, mixed(edited, 10'000, end), 4000) == -1);
    CHECK(isSilent(desk.hear(1000)));
    CHECK(desk.state() == State::stopped);
    CHECK(desk.heardAt() == end);
}

TEST_CASE("a loop set, moved and lifted while playing keeps the sound whole")
{
    PlayDeskTop desk{varied()};
    desk.player.play(SamplePos{});
    desk.hear(5000);
    desk.player.setLoop(PlayRange{SamplePos{10'000}, SamplePos{20'000}});
    const auto round = desk.hear(30'000);
    const auto tail = mixed(desk.studio, 10'000, 20'000);
    auto expected = mixed(desk.studio, 5000, 20'000);
    expected.insert(expected.end(), tail.begin(), tail.end());
    expected.insert(expected.end(), tail.begin(), tail.end());
    CHECK(firstDifference(round, expected) == -1);
    CHECK(desk.heardAt() == 15'000);
    desk.player.setLoop({});
    const auto on = desk.hear(40'000);
    CHECK(firstDifference(on, mixed(desk.studio, 15'000, 55'000)) == -1);
}

TEST_CASE("as delivered is the samples of the export and nothing else, also when switched on meanwhile")
{
    for (const Dither dither : {Dither::tpdf, Dither::shapedStrong}) {
        const RenderSettings render{.dither = dither, .seed = 7};
        PlayDeskTop desk{varied(), {}, render};
        const auto exported = rendered(desk.studio, render);
        std::vector<FloatFrame> expected;
        for (const Pcm16Frame f : exported)
            expected.push_back({static_cast<float>(f.left) / 32'768, static_cast<float>(f.right) / 32'768});
        desk.player.play(SamplePos{});
        const auto plain = desk.hear(40'000);
        CHECK(firstDifference(plain, expected) > 0);
        CHECK_FALSE(desk.player.status().asDelivered);
        desk.player.setMonitoring(Monitoring::asDelivered);
        const auto got = desk.hear(60'000);
        CHECK(desk.player.status().asDelivered);
        CHECK(firstDifference({got.begin() + 4000, got.end()}, {expected.begin() + 44'000, expected.end()}) ==
              -1);
    }
}

TEST_CASE("mono and side are heard on both sides, dim is a gain, and the meters get what was there before")
{
    Studio studio;
    studio.track({studio.clip(studio.source(SampleCount{100'000}, constant(0.5, 0.25), false))});
    PlayDeskTop desk{std::move(studio)};
    desk.player.play(SamplePos{});
    desk.hear(1000);
    const auto last = [&] { return desk.hear(1000).back(); };
    desk.player.listen({Listening::Mode::mono, {}});
    CHECK(last() == FloatFrame{0.375F, 0.375F});
    desk.player.listen({Listening::Mode::side, {}});
    CHECK(last() == FloatFrame{0.125F, 0.125F});
    desk.player.listen({Listening::Mode::normal, Decibels{-20}});
    CHECK(std::abs(last().left - 0.05F) < 1e-6F);
    desk.player.listen({});
    CHECK(last() == FloatFrame{0.5F, 0.25F});

    std::vector<HeardFrame> heard(10'000);
    CHECK(desk.player.takeHeard(heard) == 5000);
    for (std::int64_t i = 0; i < 5000; ++i) {
        const HeardFrame& frame = heard[static_cast<std::size_t>(i)];
        if (frame.left != 0.5F || frame.right != 0.25F || frame.position.value() != i || !frame.playing)
            FAIL("frame " << i);
    }
    CHECK(desk.player.takeHeard(heard) == 0);
}
