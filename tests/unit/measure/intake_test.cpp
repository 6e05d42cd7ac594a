#include "measure/intake.h"

#include "measure/fault_rules.h"

#include <doctest/doctest.h>

using namespace segue;

namespace {

AudioFileInfo info(SampleFormat format = {"WAV", "PCM", 24}, int channels = 2)
{
    return {SampleRate{48'000}, SampleCount{480'000}, channels, std::move(format)};
}
SoundFigures withPeak(double truePeak)
{
    SoundFigures f;
    f.truePeak = Highest{truePeak, seconds(2)};
    f.samplePeak = Highest{std::min(truePeak, 0.0), seconds(2)};
    return f;
}
Fault click(std::int64_t at, std::int64_t count = 1)
{
    return {
        .rule = fault::click, .begin = SamplePos{at}, .end = SamplePos{at + 10}, .value = 14, .count = count};
}

} // namespace

TEST_CASE("a mix without faults and with headroom has nothing to say")
{
    const IntakeMix mix = intakeOf("a.wav", info(), withPeak(-3.5), {});
    CHECK(mix.remarks.empty());
    CHECK(mix.headroom() == doctest::Approx(3.5));
    CHECK(mix.formatWords() == "WAV, 24 bit, 48 kHz, stereo");
}

TEST_CASE("each rule makes one remark with its first places, the others counted, the worst first")
{
    const Fault gone{
        .rule = fault::dropout, .begin = SamplePos{48'000}, .end = SamplePos{48'240}, .value = 5};
    const IntakeMix mix =
        intakeOf("a.wav", info(), withPeak(-3),
                 {click(24'000), gone, click(72'000), click(96'000), click(120'000), click(144'000, 7)});
    REQUIRE(mix.remarks.size() == 2);
    CHECK(mix.remarks[0].rule == "FAULT.DROPOUT");
    CHECK(mix.remarks[0].sentence.ends_with(", at 0:01.000"));
    CHECK(mix.remarks[1].rule == "FAULT.CLICK");
    CHECK(mix.remarks[1].sentence.ends_with(", at 0:00.500, 0:01.500, 0:02.000 and 8 more"));
    CHECK(mix.remarks[1].whatToDo == faultRule(fault::click).whatToDo);
    CHECK(mix.count(Finding::Level::error) == 1);
    CHECK(mix.count(Finding::Level::warning) == 1);
}

TEST_CASE("what is about the whole file has no place")
{
    const Fault dc{.rule = fault::dc, .begin = SamplePos{}, .end = SamplePos{480'000}, .value = 1};
    const IntakeMix mix = intakeOf("a.wav", info(), withPeak(-3), {dc});
    REQUIRE(mix.remarks.size() == 1);
    CHECK(mix.remarks[0].sentence == describe(dc));
}

TEST_CASE("peaks beyond and close to full scale, lossy, short and silent files are told")
{
    const auto first = [](const IntakeMix& mix) {
        REQUIRE(mix.remarks.size() == 1);
        return mix.remarks[0];
    };
    CHECK(first(intakeOf("a", info(), withPeak(0.6), {})).rule == "FAULT.INTER_SAMPLE");
    CHECK(first(intakeOf("a", info(), withPeak(0.6), {})).sentence ==
          "The wave reaches +0.6 dBTP between the samples, at 0:02.000");
    CHECK(first(intakeOf("a", info(), withPeak(-0.3), {})).sentence ==
          "The loudest peak leaves 0.3 dB of headroom");
    CHECK(first(intakeOf("a", info({"MP3", "MP3", 0}), withPeak(-3), {})).level == Finding::Level::warning);
    CHECK(first(intakeOf("a", info({"WAV", "PCM", 16}), withPeak(-3), {})).sentence ==
          "The file has 16 bits");
    CHECK(intakeOf("a", info({"WAV", "float", 32}), withPeak(-3), {}).remarks.empty());
    CHECK(first(intakeOf("a", info({"WAV", "PCM", 24}, 6), withPeak(-3), {})).sentence ==
          "The file has 6 channels");
    CHECK(first(intakeOf("a", info(), SoundFigures{}, {})).sentence == "The file is silent");
}

TEST_CASE("a file that cannot be read is to be sent again, and is not compared with the others")
{
    const IntakeMix mix = unreadableMix("b.wav", {"It has no data chunk", "b.wav"});
    CHECK(mix.formatWords().empty());
    REQUIRE(mix.remarks.size() == 1);
    CHECK(mix.remarks[0].sentence == "The file cannot be read: It has no data chunk");
    CHECK(mix.count(Finding::Level::error) == 1);
    const std::vector<IntakeMix> both{intakeOf("a.wav", info(), withPeak(-3), {}), mix};
    CHECK(remarksOnAll(both).empty());
}

TEST_CASE("mixes that differ among themselves are told together")
{
    std::vector<IntakeMix> mixes(2, intakeOf("a", info(), withPeak(-3), {}));
    CHECK(remarksOnAll(mixes).empty());
    mixes[1].rate = SampleRate{44'100};
    mixes[1].format.bits = 16;
    const auto remarks = remarksOnAll(mixes);
    REQUIRE(remarks.size() == 2);
    CHECK(remarks[0].starts_with("The mixes differ in sample rate: 1 of 44.1 kHz, 1 of 48 kHz; "));
    CHECK(remarks[1].starts_with("The mixes differ in word length: 1 of 16 bit, 1 of 24 bit; "));
    CHECK(remarksOnAll({}).empty());
}
