// A disk that fails is neither the end of a file nor damage to it.
#include "audio/audio_file.h"
#include "audio/measure_source.h"
#include "core/testing_file_ops.h"

#include "support/sound_files.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <cerrno>

using namespace segue;
using namespace segue::test;

namespace {

const std::vector<int> formats{SF_FORMAT_WAV | SF_FORMAT_PCM_16,  SF_FORMAT_RF64 | SF_FORMAT_PCM_24,
                               SF_FORMAT_W64 | SF_FORMAT_PCM_16,  SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
                               SF_FORMAT_CAF | SF_FORMAT_FLOAT,   SF_FORMAT_WAV | SF_FORMAT_ALAW,
                               SF_FORMAT_FLAC | SF_FORMAT_PCM_24, SF_FORMAT_OGG | SF_FORMAT_VORBIS,
                               SF_FORMAT_OGG | SF_FORMAT_OPUS,    SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III};

constexpr const char* path = "/music/song.wav";

void putSong(MemoryFileOps& files, int format)
{
    std::vector<double> samples;
    for (const std::int16_t v : ramp16(40'000)) samples.push_back(v / 40'000.0);
    files.put(path, encoded(format, 48'000, 2, samples));
}

struct Pass {
    bool opened = false;
    Result<MeasuredSource> measured;
};
Pass measure(FileOps& files)
{
    auto file = openAudioFile(files, path);
    if (!file) return {false, failure(file.error())};
    return {true, measureSource(**file)};
}

} // namespace

TEST_CASE("each read that fails, once or for ever, is a disk error with the file's name and, in the audio, "
          "the time")
{
    for (const int format : formats) {
        MemoryFileOps disk;
        putSong(disk, format);
        FaultyFileOps counting{disk, {.calls = {FileCall::read}}};
        REQUIRE(measure(counting).measured.has_value());
        const std::int64_t reads = counting.counted();
        REQUIRE(reads > 2);
        int inAudio = 0;
        const std::int64_t step = std::max<std::int64_t>(1, reads / 60);
        for (std::int64_t failAt = 0; failAt < reads; failAt += step)
            for (const bool forEver : {false, true}) {
                INFO("format ", format, ", read ", failAt, " of ", reads);
                FaultyFileOps faulty{
                    disk, {.calls = {FileCall::read}, .failAt = failAt, .error = EIO, .forEver = forEver}};
                const Pass pass = measure(faulty);
                REQUIRE_FALSE(pass.measured.has_value());
                const Error& error = pass.measured.error();
                CHECK(error.kind == ErrorKind::io);
                CHECK(error.systemError == EIO);
                CHECK(error.where == path);
                CHECK(error.what.ends_with("the disk reported an error"));
                if (pass.opened) {
                    CHECK(error.what.starts_with("The audio could not be read at 0:00."));
                    ++inAudio;
                }
            }
        CHECK(inAudio > 0);
    }
}

TEST_CASE("after a disk error the same file object reads the right frames again")
{
    for (const int format : formats) {
        MemoryFileOps disk;
        putSong(disk, format);
        const std::vector<Frame> expected = framesOf(*openAudioFile(disk, path).value());
        FaultyFileOps opening{disk, {.calls = {FileCall::read}}};
        const auto probe = openAudioFile(opening, path).value();
        FaultyFileOps faulty{disk, {.calls = {FileCall::read}, .failAt = opening.counted(), .error = EIO}};
        const auto file = openAudioFile(faulty, path).value();
        std::vector<Frame> frames(expected.size());
        auto first = file->read(SamplePos{}, frames);
        // What the decoder had read ahead may carry it over the first call.
        if (first)
            CHECK(frames == expected);
        else
            CHECK(first.error().kind == ErrorKind::io);
        REQUIRE(file->read(SamplePos{}, frames).has_value());
        CHECK(frames == expected);
    }
}

TEST_CASE("interrupted and short reads change nothing")
{
    for (const int format : formats) {
        MemoryFileOps disk;
        putSong(disk, format);
        FaultyFileOps interrupted{disk, {.interruptEvery = true}};
        CHECK(measure(interrupted).measured.value().fingerprint ==
              measure(disk).measured.value().fingerprint);
    }
}

TEST_CASE("a file that cannot be opened or asked for its size says why")
{
    MemoryFileOps disk;
    putSong(disk, formats.front());
    for (const FileCall call : {FileCall::open, FileCall::stat}) {
        FaultyFileOps faulty{disk, {.calls = {call}, .failAt = 0, .error = EACCES}};
        const auto refused = openAudioFile(faulty, path);
        REQUIRE_FALSE(refused.has_value());
        CHECK(sentence(refused.error()) ==
              "/music/song.wav: The audio file could not be opened: permission denied");
        CHECK(refused.error().kind == ErrorKind::io);
    }
}

TEST_CASE("a file that becomes shorter while it is used is noticed, with the time")
{
    for (const int format : formats) {
        MemoryFileOps disk;
        putSong(disk, format);
        const auto file = openAudioFile(disk, path).value();
        disk.bytes(path).resize(disk.bytes(path).size() / 2);
        std::vector<Frame> all(static_cast<std::size_t>(file->length().value()));
        const auto read = file->read(SamplePos{}, all);
        INFO("format ", format);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().kind == ErrorKind::input);
        CHECK(read.error().what.find(" at 0:00.") != std::string::npos);
        CHECK(read.error().what.find("its header promises 0:00.833") != std::string::npos);
    }
}
