// The bytes of a side file, and what readers that others wrote make of them.

#include "deliver/side_wav.h"
#include "support/album_builder.h"
#include "support/cue_marks.h"
#include "support/run_program.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

std::string text(const std::vector<std::byte>& bytes)
{
    std::string out;
    for (const std::byte b : bytes) out += static_cast<char>(b);
    return out;
}
SideWav someSide()
{
    return {SampleRate{48'000},
            SampleCount{48'000},
            {{SamplePos{0}, "A1 One"}, {SamplePos{12'345}, "A2 Zw\u00f6lf"}, {SamplePos{47'999}, "A3"}}};
}
std::string fileOf(const SideWav& wav, std::int64_t limit = 0xFFFF'FFFF)
{
    const SideWavBytes around = composeSideWav(wav, limit);
    std::string audio;
    for (std::int64_t i = 0; i < wav.frames.value(); ++i)
        audio += le(static_cast<std::uint64_t>(i), 3) + le(static_cast<std::uint64_t>(-i) & 0xFF'FFFF, 3);
    return text(around.head) + audio + text(around.tail);
}
Result<ReadSideWav> readBytes(const std::string& bytes)
{
    MemoryFileOps files;
    files.put("/side.wav", bytes);
    return readSideWav(files, "/side.wav");
}

} // namespace

TEST_CASE("a side file is read back as it was composed")
{
    const auto read = readBytes(fileOf(someSide()));
    REQUIRE(read.has_value());
    CHECK(read->wav == someSide());
    CHECK(read->audioBegin == 44);
    CHECK_FALSE(read->rf64);
}

TEST_CASE("a side without marks has no chunks behind its audio")
{
    SideWav wav = someSide();
    wav.marks.clear();
    CHECK(composeSideWav(wav).tail.empty());
    const auto read = readBytes(fileOf(wav));
    REQUIRE(read.has_value());
    CHECK(read->wav == wav);
}

TEST_CASE("a side beyond 4 GiB is RF64, and the last frame that fits RIFF is still RIFF")
{
    SideWav wav = someSide();
    const auto size = static_cast<std::int64_t>(fileOf(wav).size());
    CHECK(text(composeSideWav(wav, size).head).starts_with("RIFF"));
    CHECK(text(composeSideWav(wav, size - 1).head).starts_with("RF64"));
    const auto read = readBytes(fileOf(wav, size - 1));
    REQUIRE(read.has_value());
    CHECK(read->rf64);
    CHECK(read->wav == wav);
    wav.frames = SampleCount{800'000'000};
    const std::string head = text(composeSideWav(wav).head);
    CHECK(head.starts_with("RF64\xff\xff\xff\xff"));
    CHECK(head.substr(28, 8) == le(4'800'000'000, 8));
}

TEST_CASE("libsndfile finds the marks with their labels, and every sample")
{
    for (const std::int64_t limit : {std::int64_t{0xFFFF'FFFF}, std::int64_t{1000}}) {
        const std::string bytes = fileOf(someSide(), limit);
        const std::vector<double> samples = decodedByLibrary(bytes);
        REQUIRE(samples.size() == 96'000);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double wanted = (i % 2 == 0 ? 1.0 : -1.0) * static_cast<double>(i / 2) / 8'388'608;
            if (samples[i] != wanted) FAIL("sample " << i << " differs");
        }
        if (limit > 1000) CHECK(marksByLibrary(bytes) == someSide().marks);
    }
}

TEST_CASE("sox and ffprobe read a side file, RIFF and RF64")
{
    const TempFolder folder;
    for (const std::int64_t limit : {std::int64_t{0xFFFF'FFFF}, std::int64_t{1000}}) {
        const std::string path = folder.write("side.wav", fileOf(someSide(), limit)).string();
        if (const auto probe =
                runProgram({"ffprobe", "-v", "error", "-show_entries",
                            "stream=codec_name,sample_rate,channels,duration_ts", "-of", "csv=p=0", path})) {
            CHECK(probe->exitCode == 0);
            CHECK(probe->out == "pcm_s24le,48000,2,48000\n");
        }
        if (limit == 1000) continue; // sox 14.4 knows no RF64
        if (const auto sox = runProgram({"soxi", "-s", path})) CHECK(sox->out == "48000\n");
        if (const auto sox = runProgram({"soxi", "-b", path})) CHECK(sox->out == "24\n");
    }
}

TEST_CASE("Segue reads its side files as sound")
{
    for (const std::int64_t limit : {std::int64_t{0xFFFF'FFFF}, std::int64_t{1000}}) {
        const auto file = openBytes(fileOf(someSide(), limit));
        REQUIRE(file.has_value());
        CHECK((*file)->info().format.bits == 24);
        CHECK(framesOf(**file)[100] == Frame{100.0 / 8'388'608, -100.0 / 8'388'608});
    }
}

TEST_CASE("whatever byte around the audio is wrong, the reader finds another file or none")
{
    const std::string bytes = fileOf(someSide());
    const std::size_t audio = 48'000 * 6;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < 44; ++i) places.push_back(i);
    for (std::size_t i = 44 + audio; i < bytes.size(); ++i) places.push_back(i);
    std::size_t unnoticed = 0;
    for (const std::size_t at : places)
        for (const int flip : {1, 0x40}) {
            std::string broken = bytes;
            broken[at] = static_cast<char>(broken[at] ^ flip);
            const auto read = readBytes(broken);
            if (read && read->wav == someSide() && read->audioBegin == 44) ++unnoticed;
        }
    // Chunk start and block start of the cue points mean nothing in a WAV file, nor do the padding bytes.
    CHECK(unnoticed == 3 * 8 * 2 + 2 * 2);
}

TEST_CASE("a side file cut short is refused with a sentence")
{
    const std::string bytes = fileOf(someSide());
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{11}, std::size_t{43}, std::size_t{5000}, bytes.size() - 1})
        CHECK(refusal(readBytes(bytes.substr(0, size))).starts_with("The side file as read back "));
}
