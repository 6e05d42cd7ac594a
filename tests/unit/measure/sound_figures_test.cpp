// The figures that come out of hops: what a gain does to them, what silence leaves out, what each one means.

#include "measure/sound_figures.h"

#include "ebu_signals.h"
#include "support/generated_music.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

bool near(std::optional<double> value, double expected, double within = 0.01)
{
    return value && std::abs(*value - expected) <= within;
}
bool near(const std::optional<Highest>& value, double expected, double within = 0.01)
{
    return value && std::abs(value->value - expected) <= within;
}

std::vector<Frame> sine(double hertz, double seconds, double left, double right)
{
    std::vector<Frame> frames(static_cast<std::size_t>(seconds * ebuRate.hertz()));
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const double v = std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / ebuRate.hertz());
        frames[i] = {left * v, right * v};
    }
    return frames;
}

/// Of all levels and their ratios; a balance and a correlation are ratios, too.
void checkNoLevels(const SoundFigures& f)
{
    CHECK_FALSE(f.integrated.has_value());
    CHECK_FALSE(f.range.has_value());
    CHECK_FALSE(f.momentary.has_value());
    CHECK_FALSE(f.shortTerm.has_value());
    CHECK_FALSE(f.truePeak.has_value());
    CHECK_FALSE(f.samplePeak.has_value());
    CHECK_FALSE(f.plr.has_value());
    CHECK_FALSE(f.psr.has_value());
    CHECK_FALSE(f.rms.has_value());
    CHECK_FALSE(f.crest.has_value());
    CHECK_FALSE(f.correlation.has_value());
    CHECK_FALSE(f.balance.has_value());
}

} // namespace

TEST_CASE("a gain moves every level by itself and leaves the rest alone")
{
    const auto music = generatedMusic(2, ebuRate.hertz(), 12, 0.4);
    for (const double gain : {-6.0, -0.3, 3.7}) {
        CAPTURE(gain);
        auto louder = music;
        const double factor = Decibels{gain}.gain();
        for (Frame& f : louder) f = {f.left * factor, f.right * factor};
        const SoundFigures scanned = figuresOf(scanOf(louder)),
                           moved = figuresOf(scanOf(music), Decibels{gain});
        CHECK(near(moved.integrated, *scanned.integrated, 1e-4));
        CHECK(near(moved.range, *scanned.range, 1e-4));
        CHECK(near(moved.momentary, scanned.momentary->value, 1e-4));
        CHECK(near(moved.shortTerm, scanned.shortTerm->value, 1e-4));
        CHECK(moved.shortTerm->at == scanned.shortTerm->at);
        CHECK(near(moved.truePeak, scanned.truePeak->value, 1e-4));
        CHECK(moved.truePeak->at == scanned.truePeak->at);
        CHECK(near(moved.samplePeak, scanned.samplePeak->value, 1e-4));
        CHECK(near(moved.rms, *scanned.rms, 1e-4));
        CHECK(near(moved.crest, *scanned.crest, 1e-4));
        CHECK(near(moved.plr, *scanned.plr, 1e-4));
        CHECK(near(moved.psr, *scanned.psr, 1e-4));
        CHECK(near(moved.noiseFloor, *scanned.noiseFloor, 1e-4));
        CHECK(std::abs(moved.dc[0].value() - scanned.dc[0].value()) < 1e-6);
        CHECK(near(moved.correlation, *scanned.correlation, 1e-5));
        CHECK(near(moved.balance, *scanned.balance, 1e-4));
    }
}

TEST_CASE("silence has no levels, no ratio and no place")
{
    for (const std::size_t frames : {1UL, 100'000UL, 480'000UL}) {
        const SoundFigures f = figuresOf(scanOf(std::vector<Frame>(frames)));
        checkNoLevels(f);
        CHECK_FALSE(f.noiseFloor.has_value());
        CHECK(f.dc == std::array<std::optional<double>, 2>{0.0, 0.0});
        CHECK(f.headSilence == f.length);
        CHECK(f.tailSilence == f.length);
    }
}

TEST_CASE("a sound with an infinite sample has no level, and neither has what it is part of")
{
    auto sound = sine(1000, 12, 0.1, 0.1);
    const ScannedSound clean = scanOf(sound);
    for (const double value : {std::numeric_limits<double>::infinity(), -1e300}) {
        sound[3 * 44'100].left = value;
        const ScannedSound infinite = scanOf(sound);
        const std::array both{Passage{.sound = &clean}, Passage{.sound = &infinite}};
        for (const SoundFigures& f :
             {figuresOf(infinite), figuresOf(infinite, Decibels{-200}), figuresOf(both)}) {
            CHECK(f.isBeyondMeasure);
            checkNoLevels(f);
            CHECK_FALSE(f.sideTruePeak[1].has_value());
            CHECK_FALSE(f.dc[0].has_value());
            CHECK_FALSE(f.bandCorrelation[2].has_value());
            CHECK_FALSE(f.bandBalance[2].has_value());
            CHECK(f.length > seconds(11));
        }
        // Half a second without it is known all the same.
        CHECK(figuresOf(infinite).noiseFloor.value() == doctest::Approx(figuresOf(clean).noiseFloor.value()));
        // What is drawn has a hole there and rings nowhere.
        LoudnessSteps steps, cleanSteps;
        addSteps(steps, infinite);
        addSteps(cleanSteps, clean);
        const double loudest = highestMomentary(cleanSteps)->value;
        for (const double loudness : momentaryCurve(steps)) CHECK(loudness <= loudest + 0.01);
        CHECK(highestMomentary(steps)->value == doctest::Approx(loudest).epsilon(0.001));
    }
    CHECK_FALSE(figuresOf(clean).isBeyondMeasure);
}

TEST_CASE("a sound too short for a window has no figure of it")
{
    CHECK_FALSE(figuresOf(scanOf(sine(1000, 0.39, 1, 1))).momentary.has_value());
    CHECK(figuresOf(scanOf(sine(1000, 0.4, 1, 1))).momentary.has_value());
    CHECK_FALSE(figuresOf(scanOf(sine(1000, 2.9, 1, 1))).shortTerm.has_value());
    CHECK(figuresOf(scanOf(sine(1000, 3, 1, 1))).shortTerm.has_value());
}

TEST_CASE("a sine has the peak, RMS, crest and PLR of a sine")
{
    const SoundFigures f = figuresOf(scanOf(sine(1000, 5, 0.5, 0.5)));
    CHECK(near(f.samplePeak, -6.02));
    CHECK(near(f.truePeak, -6.02));
    CHECK(near(f.rms, -9.03));
    CHECK(near(f.crest, 3.01));
    // -0.691 dB and the 0.69 dB of the weighting at 1 kHz cancel, and two channels add 3 dB.
    CHECK(near(f.integrated, -6.02, 0.02));
    CHECK(near(f.plr, 0, 0.03));
    CHECK(near(f.psr, 0, 0.03));
    CHECK(near(f.noiseFloor, -9.03));
}

TEST_CASE("correlation and balance tell the sides apart, over all and in each band")
{
    const SoundFigures same = figuresOf(scanOf(sine(300, 4, 0.5, 0.5)));
    CHECK(same.correlation == 1.0);
    CHECK(near(same.balance, 0));
    const SoundFigures flipped = figuresOf(scanOf(sine(50, 4, 0.5, -0.25)));
    CHECK(near(flipped.correlation, -1, 1e-6));
    CHECK(near(flipped.balance, 6.02));
    CHECK(near(flipped.bandCorrelation[0], -1, 1e-6));
    CHECK(near(flipped.bandBalance[0], 6.02));
    CHECK_FALSE(figuresOf(scanOf(sine(300, 4, 0.5, 0))).correlation.has_value());

    // Bass in phase, the rest out of phase.
    auto mixed = sine(40, 6, 0.4, 0.4);
    const auto high = sine(3000, 6, 0.2, -0.2);
    for (std::size_t i = 0; i < mixed.size(); ++i)
        mixed[i] = {mixed[i].left + high[i].left, mixed[i].right + high[i].right};
    const SoundFigures f = figuresOf(scanOf(mixed));
    CHECK(near(f.bandCorrelation[0], 1, 0.01));
    CHECK(near(f.bandCorrelation[2], -1, 0.01));
}

TEST_CASE("DC is the mean of each side")
{
    auto sound = sine(100, 3, 0.3, 0.3);
    for (Frame& f : sound) f = {f.left + 0.01, f.right - 0.002};
    const SoundFigures f = figuresOf(scanOf(sound));
    CHECK(std::abs(f.dc[0].value() - 0.01) < 1e-6);
    CHECK(std::abs(f.dc[1].value() + 0.002) < 1e-6);
}

TEST_CASE("the noise floor is the quietest half second that is not digital silence")
{
    std::vector<Frame> sound = sine(1000, 2, 0.5, 0.5);
    const auto quiet = sine(1000, 1, 0.001, 0.001), loud = sine(500, 2, 0.4, 0.4);
    sound.insert(sound.end(), 48'000, Frame{});
    sound.insert(sound.end(), loud.begin(), loud.end());
    sound.insert(sound.end(), quiet.begin(), quiet.end());
    CHECK(near(figuresOf(scanOf(sound)).noiseFloor, -63.01, 0.02));
}

TEST_CASE("silence at the ends is counted to the sample")
{
    std::vector<Frame> sound(48'000 * 3);
    for (std::size_t i = 12'345; i < 100'000; ++i) sound[i] = {0.1, 0.1};
    const SoundFigures f = figuresOf(scanOf(sound));
    CHECK(f.headSilence == nearestDuration(SampleCount{12'345}, ebuRate));
    CHECK(f.tailSilence == nearestDuration(SampleCount{44'000}, ebuRate));
    CHECK(f.length == seconds(3));
}

TEST_CASE("the places of the highest values are where they sound")
{
    std::vector<Frame> sound = tones({{10, -40}, {3.5, -20}, {10, -40}});
    sound[48'000 * 17 + 100].left = 0.9;
    const SoundFigures f = figuresOf(scanOf(sound));
    CHECK(f.shortTerm->at >= milliseconds(9990));
    CHECK(f.shortTerm->at <= milliseconds(10'500));
    CHECK(f.samplePeak->at == seconds(17));
    CHECK(f.truePeak->at == seconds(17));
}

TEST_CASE("passages are one programme with their gains and the silence between them")
{
    const ScannedSound loud = scanOf(tones({{5, -20}})), quiet = scanOf(tones({{5, -30}}));
    const std::vector<Passage> passages{{.sound = &loud, .gain = Decibels{-3}, .silence = seconds(2)},
                                        {.sound = &quiet, .gain = Decibels{7}, .silence = {}}};
    const SoundFigures f = figuresOf(passages);
    CHECK(f.length == seconds(12));
    CHECK(near(f.integrated, -23.1, 0.15)); // some blocks reach into the silence
    CHECK(near(f.samplePeak, -23, 0.01));
    CHECK(f.headSilence <= milliseconds(1));
    CHECK(f.momentary->at <= seconds(12));
    const std::vector<Passage> turned{{.sound = &quiet}, {.sound = &loud}};
    CHECK(figuresOf(turned).samplePeak->at >= seconds(5));
    CHECK(figuresOf(std::span<const Passage>{}).length == Duration{});
}

TEST_CASE("a mono source is measured as dual mono")
{
    const auto sound = tones({{5, -23}});
    SoundScan scan{ebuRate, 1, SampleCount{std::ssize(sound)}, false};
    scan.take(sound);
    const SoundFigures f = figuresOf(scan.finish());
    CHECK(near(f.integrated, -23.1, 0.15)); // some blocks reach into the silence
    CHECK(f.correlation == 1.0);
}
