#include "audio/audio_file.h"

#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <cmath>
#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

/// Deterministic and well spread over [-1, 1).
std::vector<double> values(std::size_t count)
{
    std::vector<double> made;
    std::uint64_t state = 1;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        made.push_back(static_cast<double>(static_cast<std::int64_t>(state)) * 0x1p-63);
    }
    return made;
}

void checkSameFrames(const std::vector<Frame>& actual, const std::vector<double>& expected, int channels)
{
    const auto n = static_cast<std::size_t>(channels);
    REQUIRE(actual.size() * n == expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        INFO("frame ", i);
        REQUIRE(actual[i].left == expected[i * n]);
        REQUIRE(actual[i].right == expected[i * n + n - 1]);
    }
}

struct Kind {
    const char* name;
    int format;
    SampleFormat expected;
};
const std::vector<Kind> exactKinds{
    {"WAV 8", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, {"WAV", "PCM", 8}},
    {"WAV 16", SF_FORMAT_WAV | SF_FORMAT_PCM_16, {"WAV", "PCM", 16}},
    {"WAV 24", SF_FORMAT_WAV | SF_FORMAT_PCM_24, {"WAV", "PCM", 24}},
    {"WAV 32", SF_FORMAT_WAV | SF_FORMAT_PCM_32, {"WAV", "PCM", 32}},
    {"WAV float", SF_FORMAT_WAV | SF_FORMAT_FLOAT, {"WAV", "float", 32}},
    {"WAV double", SF_FORMAT_WAV | SF_FORMAT_DOUBLE, {"WAV", "float", 64}},
    {"WAV A-law", SF_FORMAT_WAV | SF_FORMAT_ALAW, {"WAV", "A-law", 8}},
    {"WAV mu-law", SF_FORMAT_WAV | SF_FORMAT_ULAW, {"WAV", "mu-law", 8}},
    {"extensible 24", SF_FORMAT_WAVEX | SF_FORMAT_PCM_24, {"WAV", "PCM", 24}},
    {"extensible float", SF_FORMAT_WAVEX | SF_FORMAT_FLOAT, {"WAV", "float", 32}},
    {"RIFX 16", SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG, {"RIFX", "PCM", 16}},
    {"RIFX float", SF_FORMAT_WAV | SF_FORMAT_FLOAT | SF_ENDIAN_BIG, {"RIFX", "float", 32}},
    {"RF64 16", SF_FORMAT_RF64 | SF_FORMAT_PCM_16, {"RF64", "PCM", 16}},
    {"RF64 24", SF_FORMAT_RF64 | SF_FORMAT_PCM_24, {"RF64", "PCM", 24}},
    {"RF64 float", SF_FORMAT_RF64 | SF_FORMAT_FLOAT, {"RF64", "float", 32}},
    {"W64 16", SF_FORMAT_W64 | SF_FORMAT_PCM_16, {"W64", "PCM", 16}},
    {"W64 24", SF_FORMAT_W64 | SF_FORMAT_PCM_24, {"W64", "PCM", 24}},
    {"W64 double", SF_FORMAT_W64 | SF_FORMAT_DOUBLE, {"W64", "float", 64}},
    {"AIFF 8", SF_FORMAT_AIFF | SF_FORMAT_PCM_S8, {"AIFF", "PCM", 8}},
    {"AIFF 16", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, {"AIFF", "PCM", 16}},
    {"AIFF 24", SF_FORMAT_AIFF | SF_FORMAT_PCM_24, {"AIFF", "PCM", 24}},
    {"AIFF 32", SF_FORMAT_AIFF | SF_FORMAT_PCM_32, {"AIFF", "PCM", 32}},
    {"AIFC sowt", SF_FORMAT_AIFF | SF_FORMAT_PCM_16 | SF_ENDIAN_LITTLE, {"AIFF", "PCM", 16}},
    {"AIFC float", SF_FORMAT_AIFF | SF_FORMAT_FLOAT, {"AIFF", "float", 32}},
    {"AIFC double", SF_FORMAT_AIFF | SF_FORMAT_DOUBLE, {"AIFF", "float", 64}},
    {"AIFC mu-law", SF_FORMAT_AIFF | SF_FORMAT_ULAW, {"AIFF", "mu-law", 8}},
    {"CAF 8", SF_FORMAT_CAF | SF_FORMAT_PCM_S8, {"CAF", "PCM", 8}},
    {"CAF 16", SF_FORMAT_CAF | SF_FORMAT_PCM_16, {"CAF", "PCM", 16}},
    {"CAF 24 little", SF_FORMAT_CAF | SF_FORMAT_PCM_24 | SF_ENDIAN_LITTLE, {"CAF", "PCM", 24}},
    {"CAF 32", SF_FORMAT_CAF | SF_FORMAT_PCM_32, {"CAF", "PCM", 32}},
    {"CAF float", SF_FORMAT_CAF | SF_FORMAT_FLOAT, {"CAF", "float", 32}},
    {"CAF A-law", SF_FORMAT_CAF | SF_FORMAT_ALAW, {"CAF", "A-law", 8}},
    {"FLAC 8", SF_FORMAT_FLAC | SF_FORMAT_PCM_S8, {"FLAC", "PCM", 8}},
    {"FLAC 16", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, {"FLAC", "PCM", 16}},
    {"FLAC 24", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, {"FLAC", "PCM", 24}},
};
const std::vector<Kind> lossyKinds{
    {"Vorbis", SF_FORMAT_OGG | SF_FORMAT_VORBIS, {"Ogg", "Vorbis", 0}},
    {"Opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, {"Ogg", "Opus", 0}},
    {"MP3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, {"MP3", "MPEG audio", 0}},
};
std::vector<Kind> allKinds()
{
    std::vector<Kind> all = exactKinds;
    all.insert(all.end(), lossyKinds.begin(), lossyKinds.end());
    return all;
}

} // namespace

TEST_CASE("every container and sample width is read with the values the library gives, mono and stereo")
{
    for (const Kind& kind : exactKinds)
        for (const int channels : {1, 2}) {
            INFO(kind.name, ", ", channels, " channels");
            const std::string bytes =
                encoded(kind.format, 48'000, channels, values(2'500 * static_cast<std::size_t>(channels)));
            const auto file = openBytes(bytes);
            REQUIRE_MESSAGE(file.has_value(), (file ? "" : sentence(file.error())));
            CHECK((*file)->info() ==
                  AudioFileInfo{SampleRate{48'000}, SampleCount{2'500}, channels, kind.expected});
            CHECK((*file)->stat().size == std::ssize(bytes));
            checkSameFrames(framesOf(**file), decodedByLibrary(bytes), channels);
        }
}

TEST_CASE("lossy files are read from end to end as the library decodes them")
{
    for (const Kind& kind : lossyKinds) {
        INFO(kind.name);
        const std::string bytes = encoded(kind.format, 48'000, 2, values(2 * 60'000));
        const auto file = openBytes(bytes);
        REQUIRE_MESSAGE(file.has_value(), (file ? "" : sentence(file.error())));
        CHECK((*file)->info() == AudioFileInfo{SampleRate{48'000}, SampleCount{60'000}, 2, kind.expected});
        checkSameFrames(framesOf(**file), decodedByLibrary(bytes), 2);
    }
}

TEST_CASE("a 16-bit value k is exactly k/32768, a 24-bit one k/8388608, and 8-bit zero is 128")
{
    const std::vector<std::int16_t> extremes{-32'768, 32'767, 0, -1, 1, 12'345};
    checkSameFrames(framesOf(*openBytes(wav(bytesOf16(extremes))).value()), doublesOf(extremes), 2);
    const std::string bytes24 = le(0x800000, 3) + le(0x7FFFFF, 3) + le(0xFFFFFF, 3) + le(1, 3);
    checkSameFrames(framesOf(*openBytes(wav(bytes24, {.bits = 24})).value()),
                    {-1.0, 8'388'607.0 / 8'388'608.0, -1.0 / 8'388'608.0, 1.0 / 8'388'608.0}, 2);
    const std::string bytes8{"\x00\xFF\x80\x7F", 4};
    checkSameFrames(framesOf(*openBytes(wav(bytes8, {.bits = 8})).value()),
                    {-1.0, 127.0 / 128.0, 0.0, -1.0 / 128.0}, 2);
    const std::string bytes32 = le(0x80000000, 4) + le(0x7FFFFFFF, 4) + le(1, 4) + le(0, 4);
    checkSameFrames(framesOf(*openBytes(wav(bytes32, {.bits = 32})).value()),
                    {-1.0, 2'147'483'647.0 / 2'147'483'648.0, 0x1p-31, 0.0}, 2);
}

TEST_CASE("float samples arrive as they are: beyond full scale, denormal, negative zero, NaN and infinity")
{
    const std::vector<float> samples{
        4.5F, -0.0F, 1e-40F, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN(),
        0.1F};
    std::string bytes;
    for (const float v : samples) bytes += le(std::bit_cast<std::uint32_t>(v), 4);
    const auto frames = framesOf(*openBytes(wav(bytes, {.tag = 3, .bits = 32})).value());
    CHECK(frames[0].left == 4.5);
    CHECK(std::signbit(frames[0].right));
    CHECK(frames[1].left == static_cast<double>(1e-40F));
    CHECK(std::isinf(frames[1].right));
    CHECK(std::isnan(frames[2].left));
    CHECK(frames[2].right == static_cast<double>(0.1F));
}

TEST_CASE("20 bits in three bytes are read as the 24 bits they stand in")
{
    const std::string bytes = le(0x800000, 3) + le(0x7FFFF0, 3);
    checkSameFrames(framesOf(*openBytes(wav(bytes, {.bits = 20})).value()), {-1.0, 0x7FFFF0 / 8'388'608.0},
                    2);
}

TEST_CASE("the same position gives the same frames, whatever was read before and however much is asked for")
{
    for (const Kind& kind : allKinds()) {
        INFO(kind.name);
        const auto file = openBytes(encoded(kind.format, 48'000, 2, values(2 * 30'000))).value();
        const std::vector<Frame> all = framesOf(*file);
        std::uint32_t state = 7;
        const auto below = [&](std::uint32_t limit) {
            state = state * 1'664'525 + 1'013'904'223;
            return (state >> 8) % limit;
        };
        for (int i = 0; i < 40; ++i) {
            const auto at = static_cast<std::int64_t>(below(31'000)) - 500;
            std::vector<Frame> out(1 + below(i % 4 == 0 ? 20'000 : 700), Frame{9, 9});
            REQUIRE(file->read(SamplePos{at}, out).has_value());
            for (std::size_t k = 0; k < out.size(); ++k) {
                const std::int64_t place = at + static_cast<std::int64_t>(k);
                const bool inside = place >= 0 && place < std::ssize(all);
                if (out[k] != (inside ? all[static_cast<std::size_t>(place)] : Frame{}))
                    FAIL("differs at ", place);
            }
        }
    }
}

TEST_CASE("outside the file there is silence, however far")
{
    const auto file = openBytes(wav(bytesOf16(ramp16(10)))).value();
    for (const std::int64_t at :
         {std::int64_t{-100}, std::int64_t{10}, std::int64_t{1} << 62, -(std::int64_t{1} << 62)}) {
        std::vector<Frame> out(20, Frame{9, 9});
        REQUIRE(file->read(SamplePos{at}, out).has_value());
        CHECK(out == std::vector<Frame>(20));
    }
    CHECK(file->read(SamplePos{3}, {}).has_value());
}

TEST_CASE("raw CD audio is read in both byte orders, but only whole frames of it")
{
    const std::vector<std::int16_t> samples = ramp16(600);
    std::string swapped;
    for (const std::int16_t v : samples) swapped += be(static_cast<std::uint16_t>(v), 2);
    for (const auto& [bytes, container] :
         {std::pair{bytesOf16(samples), rawLittleEndian}, {swapped, rawBigEndian}}) {
        const auto file = openBytes(bytes, container).value();
        CHECK(file->info() == AudioFileInfo{cdRate, SampleCount{600}, 2, {container, "PCM", 16}});
        checkSameFrames(framesOf(*file), doublesOf(samples), 2);
    }
    CHECK(refusalOf(bytesOf16(samples) + "xy", rawLittleEndian) ==
          "The file has 2402 bytes, which is not a whole number of 16-bit stereo samples");
    CHECK(refusalOf("", rawLittleEndian) == "The file is empty");
}

TEST_CASE(
    "chunks may come in any order, with unknown ones between, odd ones, and with their padding left out")
{
    const std::vector<std::int16_t> samples = ramp16(50);
    const std::string pcm = bytesOf16(samples),
                      list = chunk("LIST", "INFOISFT" + le(4, 4) + std::string{"abc\0", 4});
    const std::string odd = chunk("junk", "xyz"), unpadded = "junk" + le(3, 4) + "xyz";
    for (const std::string& chunks : {chunk("data", pcm) + fmtChunk(),
                                      list + fmtChunk() + odd + chunk("data", pcm) + chunk("id3 ", "odd"),
                                      unpadded + fmtChunk() + chunk("data", pcm) + unpadded,
                                      fmtChunk() + chunk("data", pcm) + std::string(3'000, '\0')})
        checkSameFrames(framesOf(*openBytes(riff(chunks)).value()), doublesOf(samples), 2);
}

TEST_CASE("a data length of 0xFFFFFFFF means: to the end of the file")
{
    const std::vector<std::int16_t> samples = ramp16(50);
    const std::string piped = riff(fmtChunk() + "data" + le(0xFFFFFFFF, 4) + bytesOf16(samples));
    checkSameFrames(framesOf(*openBytes(piped).value()), doublesOf(samples), 2);
    const std::string caf = encoded(SF_FORMAT_CAF | SF_FORMAT_PCM_16, 44'100, 2, doublesOf(samples));
    const auto at = caf.find("data") + 4;
    std::string openEnded = caf;
    openEnded.replace(at, 8, be(~std::uint64_t{0}, 8));
    checkSameFrames(framesOf(*openBytes(openEnded).value()), doublesOf(samples), 2);
}

TEST_CASE("a FLAC file that does not say how long it is is counted, also behind an ID3 tag")
{
    std::string bytes = encoded(SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44'100, 2, doublesOf(ramp16(20'000)));
    const std::vector<double> expected = decodedByLibrary(bytes);
    bytes[21] = static_cast<char>(bytes[21] & 0xF0);
    bytes.replace(22, 4, std::string(4, '\0'));
    const auto file = openBytes(bytes).value();
    CHECK(file->length() == SampleCount{20'000});
    checkSameFrames(framesOf(*file), expected, 2);
    for (const std::int64_t at : {15'000, 7, 12'345, 19'999}) {
        std::vector<Frame> one(1);
        REQUIRE(file->read(SamplePos{at}, one).has_value());
        CHECK(one[0].left == expected[static_cast<std::size_t>(2 * at)]);
    }
    const std::string tag = std::string{"ID3\x04\x00\x00\x00\x00\x00\x14", 10} + std::string(20, '\0');
    checkSameFrames(framesOf(*openBytes(tag + bytes).value()), expected, 2);
}

TEST_CASE("positions beyond 4 GiB are exact in RF64, W64, and in WAV files whose length lost its upper half")
{
    const TempFolder folder;
    const std::int64_t frames = (std::int64_t{5} << 30) / 4;
    const std::string pcm = bytesOf16(ramp16(8));
    const auto bytes = static_cast<std::uint64_t>(frames) * 4;
    const std::string ds64 = chunk("ds64", le(bytes + 100, 8) + le(bytes, 8) + le(bytes / 4, 8) + le(0, 4));
    const std::string rf64 =
        "RF64" + le(0xFFFFFFFF, 4) + "WAVE" + ds64 + fmtChunk() + "data" + le(0xFFFFFFFF, 4);
    const std::string wrapped =
        "RIFF" + le((bytes + 36) & 0xFFFFFFFF, 4) + "WAVE" + fmtChunk() + "data" + le(bytes & 0xFFFFFFFF, 4);
    std::string w64 = encoded(SF_FORMAT_W64 | SF_FORMAT_PCM_16, 44'100, 2, {});
    const auto data = w64.find("data\xF3");
    w64 = w64.substr(0, data + 16) + le(bytes + 24, 8);
    for (const auto& [name, head] : {std::pair{"a.rf64", rf64}, {"a.w64", w64}, {"a.wav", wrapped}}) {
        INFO(name);
        const auto path = folder.write(name, head);
        std::filesystem::resize_file(path, head.size() + bytes);
        {
            std::fstream stream{path, std::ios::binary | std::ios::in | std::ios::out};
            stream.seekp(static_cast<std::streamoff>(head.size() + bytes - pcm.size()));
            stream.write(pcm.data(), static_cast<std::streamsize>(pcm.size()));
        }
        const auto file = openAudioFile(realFileOps(), path);
        REQUIRE_MESSAGE(file.has_value(), (file ? "" : sentence(file.error())));
        CHECK((*file)->length() == SampleCount{frames});
        std::vector<Frame> end(9);
        REQUIRE((*file)->read(SamplePos{frames - 8}, end).has_value());
        CHECK(end.back() == Frame{});
        end.pop_back();
        checkSameFrames(end, doublesOf(ramp16(8)), 2);
    }
}
