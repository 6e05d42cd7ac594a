#include "gui/model/source_news.h"

#include "support/album_builder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

using State = SourceState::State;

/// A track of 10 s at 44.1 kHz whose file is what its header says here.
struct OneFile {
    OneFile()
    {
        Source& source = a.sources.front();
        source.format = {"WAV", "PCM", 16};
        header = {source.rate, source.length, source.channels, source.format};
        state = {.source = source.id, .path = source.path, .now = FileStat{}};
    }
    [[nodiscard]] std::vector<SourceNews> news(bool seen = true) const
    {
        SeenSources before;
        if (seen) before[state.path] = FileStat{};
        return newsOf({state}, a, before, [this](const Path&) -> Result<AudioFileInfo> { return header; });
    }
    [[nodiscard]] std::string said(bool seen = true) const { return findingsOf(news(seen)).at(0).message; }
    Album a = album({10});
    AudioFileInfo header{};
    SourceState state{};
};

} // namespace

TEST_CASE("what a file's header says otherwise than the album is named part by part")
{
    OneFile f;
    const Source& before = f.a.sources.front();
    CHECK(changeWords(before, f.header).empty());
    AudioFileInfo now = f.header;
    now.length += SampleCount{22'050};
    now.format.bits = 24;
    CHECK(changeWords(before, now) == "16 \u2192 24 bit, 0:10.000 \u2192 0:10.500");
    now = f.header;
    now.length += SampleCount{1};
    CHECK(changeWords(before, now) == "441000 \u2192 441001 samples");
    now = {SampleRate{48'000}, SampleCount{480'000}, 1, {"FLAC", "FLAC", 16}};
    CHECK(changeWords(before, now) == "WAV \u2192 FLAC, 44100 \u2192 48000 Hz, stereo \u2192 mono");
}

TEST_CASE("a file that is what it was is no news, and one that was seen before is not read again")
{
    OneFile f;
    CHECK(f.news(true).empty());
    CHECK(f.news(false).empty());
    f.header.length = SampleCount{5};
    CHECK(f.news(true).empty());
}

TEST_CASE("a file written to in use is a warning while its sound may be the same, and else an error")
{
    OneFile f;
    f.state.state = State::changed;
    CHECK(findingsOf(f.news()).at(0).level == Finding::Level::warning);
    CHECK(f.said() == "The audio file was written to while it was in use here: its format and length stayed, "
                      "its sound may be another");
    f.header.length += SampleCount{44'100};
    CHECK(findingsOf(f.news()).at(0).level == Finding::Level::error);
    CHECK(f.said() == "The audio file was written to while it was in use here: 0:10.000 \u2192 0:11.000");
}

TEST_CASE("a file of another length than the album's is noticed when the album is opened")
{
    OneFile f;
    f.header.length += SampleCount{44'100};
    const auto news = f.news(false);
    REQUIRE(news.size() == 1);
    CHECK(news[0].state.state == State::changed);
    CHECK(f.said(false) ==
          "The audio file is not the one that the album was made with: 0:10.000 \u2192 0:11.000");
    CHECK(findingsOf(news).at(0).rule == "AUDIO.CHANGED");
}

TEST_CASE("a missing file is told as such and not read")
{
    OneFile f;
    f.state.state = State::missing;
    f.state.now.reset();
    CHECK(findingsOf(f.news()).at(0).rule == "AUDIO.MISSING");
}

TEST_CASE("a clip over the whole of a file follows the length of the file that takes its place")
{
    OneFile f;
    const Source& source = f.a.sources.front();
    edit::NewSource longer{"new.wav", source.rate, source.length + SampleCount{44'100}, 2, source.format, {}};
    const Album whole = get(withOtherFile(f.a, source.id, longer));
    CHECK(whole.tracks.front().clips.front().length == longer.length);
    CHECK(whole.sources.front().path == "new.wav");
    Album cut = f.a;
    cut.tracks.front().clips.front().length = SampleCount{100'000};
    CHECK(get(withOtherFile(cut, source.id, longer)).tracks.front().clips.front().length ==
          SampleCount{100'000});
}
