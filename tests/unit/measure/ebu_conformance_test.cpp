// EBU Tech 3341 (version 4, November 2023) and 3342 (2023), table 1 of each: every case that is a described
// signal, in its own tolerance. The recorded programmes are measured where SEGUE_EBU_FILES names the folder
// of the EBU's test set (version 5).

#include "ebu_signals.h"

#include "audio/audio_file.h"
#include "measure/scan_files.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

using namespace segue;
using namespace segue::test;

namespace {

void checkWithin(std::optional<double> value, double expected, double below, double above)
{
    REQUIRE(value.has_value());
    CHECK(*value >= expected - below);
    CHECK(*value <= expected + above);
}
void checkLoudness(std::optional<double> value, double expected) { checkWithin(value, expected, 0.1, 0.1); }

std::vector<Tone> repeated(const std::vector<Tone>& tones, int times)
{
    std::vector<Tone> all;
    for (int i = 0; i < times; ++i) all.insert(all.end(), tones.begin(), tones.end());
    return all;
}

/// The integrated loudness, or range, of a recorded programme.
void checkRecorded(const char* fileName, double integrated, std::optional<double> range)
{
    const char* folder = std::getenv("SEGUE_EBU_FILES");
    const std::filesystem::path path = folder == nullptr ? "" : std::filesystem::path{folder} / fileName;
    if (folder == nullptr || !std::filesystem::exists(path)) {
        MESSAGE("skipped, SEGUE_EBU_FILES does not name a folder with ", std::string{fileName});
        return;
    }
    const std::vector<Path> paths{path};
    const auto files = scanFiles(realFileOps(), paths, {});
    REQUIRE(files.front().has_value());
    const SoundFigures figures = figuresOf(files.front()->sound);
    checkLoudness(figures.integrated, integrated);
    if (range) checkWithin(figures.range, *range, 1, 1);
}

} // namespace

TEST_CASE("Tech 3341 cases 1 and 2: a steady tone has its level on all three scales")
{
    for (const double level : {-23.0, -33.0}) {
        const SoundFigures f = figuresOf(scanOf(tones({{20, level}})));
        checkLoudness(f.integrated, level);
        checkLoudness(f.momentary->value, level);
        checkLoudness(f.shortTerm->value, level);
    }
}

TEST_CASE("Tech 3341 cases 3 to 5: the gates leave out what is quiet")
{
    checkLoudness(integratedLoudness(stepsOf(tones({{10, -36}, {60, -23}, {10, -36}}))), -23);
    checkLoudness(integratedLoudness(stepsOf(tones({{10, -72}, {10, -36}, {60, -23}, {10, -36}, {10, -72}}))),
                  -23);
    checkLoudness(integratedLoudness(stepsOf(tones({{20, -26}, {20.1, -20}, {20, -26}}))), -23);
}

TEST_CASE("Tech 3341 case 6: five channels with their weights")
{
    // Each scan sums two channels: left and right together, the centre, and both surrounds together.
    auto centre = tones({{20, -24}});
    for (Frame& f : centre) f.right = 0;
    const std::vector<LoudnessSteps> channels{stepsOf(tones({{20, -28}})), stepsOf(centre),
                                              stepsOf(tones({{20, -30}}))};
    const std::vector<double> weights{1, 1, 1.41};
    checkLoudness(integratedLoudness(weightedSum(channels, weights)), -23);
}

TEST_CASE("Tech 3341 cases 7 and 8, Tech 3342 cases 5 and 6: the recorded programmes")
{
    checkRecorded("seq-3341-7_seq-3342-5-24bit.wav", -23, 5);
    checkRecorded("seq-3341-2011-8_seq-3342-6-24bit-v02.wav", -23, 15);
}

TEST_CASE("Tech 3341 case 9: short-term loudness does not waver with what is shorter")
{
    const auto curve = shortTermCurve(stepsOf(tones(repeated({{1.34, -20}, {1.66, -30}}, 5))));
    CHECK(curve.size() == 121);
    for (const double value : curve) checkLoudness(value, -23);
}

TEST_CASE("Tech 3341 case 10: three seconds are found wherever they lie")
{
    for (int i = 0; i < 20; ++i) {
        CAPTURE(i);
        const auto steps = stepsOf(tones({{i * 0.15, silentLevel}, {3, -23}, {1, silentLevel}}));
        checkLoudness(highestShortTerm(steps)->value, -23);
    }
}

TEST_CASE("Tech 3341 case 11: rising bursts of three seconds")
{
    std::vector<Tone> all;
    for (int i = 0; i < 20; ++i)
        all.insert(all.end(), {{i * 0.15, silentLevel}, {3, -38.0 + i}, {3 - i * 0.15, silentLevel}});
    const LoudnessSteps steps = stepsOf(tones(all));
    for (std::size_t i = 0; i < 20; ++i) // what has been heard after 6 s more
        checkLoudness(highestShortTerm(std::span{steps}.first((i + 1) * 6 * 50))->value,
                      -38 + static_cast<double>(i));
}

TEST_CASE("Tech 3341 case 12: momentary loudness does not waver with what is shorter")
{
    const auto curve = momentaryCurve(stepsOf(tones(repeated({{0.18, -20}, {0.22, -30}}, 25))));
    CHECK(curve.size() == 97);
    for (std::size_t i = 6; i < curve.size(); ++i) checkLoudness(curve[i], -23); // "constant after 1 s"
}

TEST_CASE("Tech 3341 case 13: 400 ms are found wherever they lie")
{
    for (int i = 0; i < 20; ++i) {
        CAPTURE(i);
        const auto steps = stepsOf(tones({{i * 0.02, silentLevel}, {0.4, -23}, {1, silentLevel}}));
        checkLoudness(highestMomentary(steps)->value, -23);
    }
}

TEST_CASE("Tech 3341 case 14: rising bursts of 400 ms")
{
    std::vector<Tone> all;
    for (int i = 0; i < 20; ++i)
        all.insert(all.end(), {{i * 0.02, silentLevel}, {0.4, -38.0 + i}, {0.4 - i * 0.02, silentLevel}});
    const LoudnessSteps steps = stepsOf(tones(all));
    for (std::size_t i = 0; i < 20; ++i)
        checkLoudness(highestMomentary(std::span{steps}.first((i + 1) * 40))->value,
                      -38 + static_cast<double>(i));
}

TEST_CASE("Tech 3341 cases 15 to 19: peaks between the samples of a sine")
{
    for (const int hertz : {44'100, 48'000, 96'000, 192'000}) {
        CAPTURE(hertz);
        const SampleRate rate{hertz};
        const auto peak = [&](double part, double degrees, double amplitude) {
            return figuresOf(scanOf(peakTone(part, degrees, amplitude, rate), rate)).truePeak->value;
        };
        checkWithin(peak(4, 0, 0.5), -6, 0.4, 0.2);
        checkWithin(peak(4, 45, 0.5), -6, 0.4, 0.2);
        checkWithin(peak(6, 60, 0.5), -6, 0.4, 0.2);
        checkWithin(peak(8, 67.5, 0.5), -6, 0.4, 0.2);
        checkWithin(peak(4, 45, 1.41), 3, 0.4, 0.2);
    }
}

TEST_CASE("Tech 3341 cases 20 to 23: a single period between the samples")
{
    for (int offset = 0; offset < 4; ++offset) {
        CAPTURE(offset);
        checkWithin(figuresOf(scanOf(peakBurst(offset, ebuRate))).truePeak->value, 0, 0.4, 0.2);
    }
}

TEST_CASE("Tech 3342 cases 1 to 4: loudness range of tones")
{
    const auto check = [](const std::vector<Tone>& signal, double expected) {
        const LoudnessSteps steps = stepsOf(tones(signal));
        for (const int every : {1, 10}) checkWithin(loudnessRange(steps, every), expected, 1, 1);
    };
    check({{20, -20}, {20, -30}}, 10);
    check({{20, -20}, {20, -15}}, 5);
    check({{20, -40}, {20, -20}}, 20);
    check({{20, -50}, {20, -35}, {20, -20}, {20, -35}, {20, -50}}, 15);
}
