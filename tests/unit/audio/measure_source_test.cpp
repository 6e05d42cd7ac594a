#include "audio/measure_source.h"

#include "support/sound_files.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

MeasuredSource measured(const std::string& bytes)
{
    const auto file = openBytes(bytes);
    REQUIRE_MESSAGE(file.has_value(), (file ? "" : sentence(file.error())));
    return measureSource(**file).value();
}

std::string floats(const std::vector<float>& samples, int channels = 2)
{
    std::string bytes;
    for (const float v : samples) bytes += le(std::bit_cast<std::uint32_t>(v), 4);
    return wav(bytes, {.tag = 3, .channels = channels, .bits = 32});
}

constexpr float nan = std::numeric_limits<float>::quiet_NaN(),
                infinite = std::numeric_limits<float>::infinity();

} // namespace

TEST_CASE("the same audio has the same fingerprint in every lossless container")
{
    const std::vector<double> samples = doublesOf(ramp16(40'000));
    const MeasuredSource expected = measured(wav(bytesOf16(ramp16(40'000))));
    CHECK(expected.fingerprint.xxh3.size() == 32);
    CHECK(expected.fingerprint.sixteenBitExact);
    CHECK(expected.peak == 1.0);
    for (const int format :
         {SF_FORMAT_WAV | SF_FORMAT_PCM_24, SF_FORMAT_WAV | SF_FORMAT_PCM_32, SF_FORMAT_WAV | SF_FORMAT_FLOAT,
          SF_FORMAT_WAV | SF_FORMAT_DOUBLE, SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
          SF_FORMAT_W64 | SF_FORMAT_PCM_24, SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
          SF_FORMAT_AIFF | SF_FORMAT_FLOAT, SF_FORMAT_CAF | SF_FORMAT_PCM_16,
          SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_FLAC | SF_FORMAT_PCM_24}) {
        INFO("format ", format);
        CHECK(measured(encoded(format, 44'100, 2, samples)).fingerprint == expected.fingerprint);
    }
}

TEST_CASE("the fingerprint is the XXH3-128 of the samples as 64-bit floats, as documented")
{
    // xxhsum -H2 of the 32 bytes of 0.5, -1, 0, 0.25 as float64.
    CHECK(measured(wav(bytesOf16({16'384, -32'768, 0, 8'192}))).fingerprint.xxh3 ==
          "e914395535bc8bba6484b34325660d8f");
}

TEST_CASE("one changed sample, another order and one more frame change the fingerprint")
{
    const std::vector<std::int16_t> samples = ramp16(1'000);
    const std::string whole = measured(wav(bytesOf16(samples))).fingerprint.xxh3;
    std::vector<std::int16_t> changed = samples;
    ++changed[1'234];
    CHECK(measured(wav(bytesOf16(changed))).fingerprint.xxh3 != whole);
    changed = samples;
    std::swap(changed[100], changed[101]);
    CHECK(measured(wav(bytesOf16(changed))).fingerprint.xxh3 != whole);
    changed = samples;
    changed.insert(changed.end(), {0, 0});
    CHECK(measured(wav(bytesOf16(changed))).fingerprint.xxh3 != whole);
}

TEST_CASE("negative zero is zero")
{
    CHECK(measured(floats({-0.0F, 0.5F, 0.0F, -0.0F})).fingerprint ==
          measured(floats({0.0F, 0.5F, 0.0F, 0.0F})).fingerprint);
}

TEST_CASE("exactly 16 bit means that every sample is a 16-bit value, whatever it is stored in")
{
    const auto exact = [](const std::string& bytes) { return measured(bytes).fingerprint.sixteenBitExact; };
    const std::vector<std::int16_t> extremes{-32'768, 32'767, 0, 1};
    CHECK(exact(wav(bytesOf16(extremes))));
    CHECK(exact(encoded(SF_FORMAT_WAV | SF_FORMAT_PCM_24, 44'100, 2, doublesOf(extremes))));
    CHECK(exact(wav(std::string{"\x00\x80\xFF\x01", 4}, {.bits = 8})));
    CHECK(exact(floats({0.5F, -1.0F})));
    CHECK_FALSE(exact(floats({0.5F, 1.0F}))); // 32768: one more than there is
    CHECK_FALSE(exact(floats({0.5F, -1.0F - 1.0F / 32'768})));
    CHECK_FALSE(exact(floats({0.1F, 0.0F})));
    CHECK_FALSE(exact(floats({0.0F, nan})));
    CHECK_FALSE(exact(wav(le(0x000100, 3) + le(0x000101, 3), {.bits = 24})));
    CHECK_FALSE(exact(encoded(SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 44'100, 2, {0.5, 1.0 / 65'536, 0, 0})));
    // The one odd sample may be the last of many.
    std::vector<double> last = doublesOf(ramp16(50'000));
    last.back() = 1.0 / 65'536;
    CHECK_FALSE(exact(encoded(SF_FORMAT_WAV | SF_FORMAT_FLOAT, 44'100, 2, last)));
}

TEST_CASE("NaN and infinity are counted, and the first one's place is exact")
{
    std::vector<float> samples(2 * 40'000, 0.25F);
    samples[2 * 17'000 + 1] = nan;
    samples[2 * 17'000] = -infinite;
    samples[2 * 39'999 + 1] = infinite;
    const MeasuredSource found = measured(floats(samples));
    CHECK(found.nonFinite == 3);
    CHECK(found.firstNonFinite == SamplePos{17'000});
    CHECK(found.peak == 0.25);
    CHECK_FALSE(found.fingerprint.sixteenBitExact);

    std::vector<float> mono(20'000, 0.25F);
    mono[16'384] = nan;
    const MeasuredSource inMono = measured(floats(mono, 1));
    CHECK(inMono.nonFinite == 1);
    CHECK(inMono.firstNonFinite == SamplePos{16'384});

    const MeasuredSource none = measured(floats({0.5F, 1e-40F}));
    CHECK(none.nonFinite == 0);
    CHECK_FALSE(none.firstNonFinite.has_value());
}

TEST_CASE("the peak is the largest absolute sample, above full scale too")
{
    CHECK(measured(floats({0.5F, -3.5F, 1.0F, 0.0F})).peak == 3.5);
    CHECK(measured(floats({0.0F, 0.0F})).peak == 0.0);
    CHECK(measured(wav(bytesOf16({-32'768, 0}))).peak == 1.0);
}

TEST_CASE("measuring says how far it is, seldom, and stops when told")
{
    const auto file = openBytes(wav(bytesOf16(ramp16(2'000'000)))).value();
    std::stop_source stop;
    int reports = 0;
    double last = -1;
    const auto report = [&](std::string_view stage, double fraction) {
        CHECK(stage == "Measuring");
        CHECK(fraction > last);
        CHECK(fraction <= 1.0);
        last = fraction;
        ++reports;
    };
    REQUIRE(measureSource(*file, {.report = report, .stop = stop.get_token()}).has_value());
    CHECK(reports > 10);
    CHECK(reports < 300);
    stop.request_stop();
    const auto stopped = measureSource(*file, {.stop = stop.get_token()});
    REQUIRE_FALSE(stopped.has_value());
    CHECK(stopped.error().kind == ErrorKind::cancelled);
}
