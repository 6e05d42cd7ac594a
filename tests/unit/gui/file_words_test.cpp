#include "gui/model/file_words.h"

#include "album/timeline.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

AudioFileInfo file(int hertz, double seconds, SampleFormat format = {"WAV", "PCM", 24}, int channels = 2)
{
    const SampleRate rate = SampleRate{hertz};
    return {rate, nearestSamples(time(seconds), rate), channels, std::move(format)};
}

} // namespace

TEST_CASE("a file is described by format, rate, channels and length")
{
    CHECK(fileWords(file(44'100, 225.12)) ==
          "WAV \u00b7 24 bit \u00b7 44.1 kHz \u00b7 stereo \u00b7 3:45.120");
    CHECK(fileWords(file(96'000, 1, {"WAV", "float", 32}, 1)) ==
          "WAV \u00b7 32 bit float \u00b7 96 kHz \u00b7 mono \u00b7 0:01.000");
    CHECK(fileWords(file(48'000, 1, {"OGG", "Opus", 0})) ==
          "OGG \u00b7 Opus \u00b7 48 kHz \u00b7 stereo \u00b7 0:01.000");
    CHECK(fileWords(file(48'000, 1, {"MP3", "MP3", 0})) == "MP3 \u00b7 48 kHz \u00b7 stereo \u00b7 0:01.000");
}

TEST_CASE("several files are counted, with each rate once and their length together")
{
    const std::vector files{file(44'100, 60), file(96'000, 30), file(44'100, 10), file(48'000, 1)};
    CHECK(filesWords(files) == "4 files \u00b7 44.1, 48 and 96 kHz \u00b7 1:41.000 together");
    CHECK(filesWords(std::span{files}.first(1)) == fileWords(files[0]));
}

TEST_CASE("a file alone is an album that can be heard at its own rate")
{
    const Album a = get(albumOfFile("/masters/one.wav", file(96'000, 10)));
    CHECK(firstEdition(a).entries.size() == 1);
    CHECK(buildTimeline(a, firstEdition(a)).pieces[0].end == Instant{} + seconds(10));
    CHECK(std::get<DigitalSettings>(firstEdition(a).medium).rate->hertz() == 96'000);
    CHECK(refusal(albumOfFile("/masters/none.wav", file(96'000, 0))) == "The file has no audio in it");
}
