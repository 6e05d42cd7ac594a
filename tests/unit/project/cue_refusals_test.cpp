#include "project/cue_sheet.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace segue;
using namespace std::string_literals;

namespace {

std::string refusal(std::string_view text)
{
    const auto cue = parseCueSheet(text, "a.cue");
    return cue ? "accepted" : sentence(cue.error());
}

const std::string head = "FILE \"audio.wav\" WAVE\nTRACK 01 AUDIO\n";
const std::string oneTrack = head + "INDEX 01 00:00:00\n";

void checkRefused(const std::string& text, const std::string& where, const std::string& what)
{
    const std::string got = refusal(text);
    INFO(text << "\n" << got);
    CHECK(got.starts_with(where + ": "));
    CHECK(got.find(what) != std::string::npos);
}

} // namespace

TEST_CASE("index numbers and times that make no disc are refused with their line")
{
    checkRefused(oneTrack + "INDEX 03 00:05:00\n", "a.cue, line 4",
                 "INDEX 03 of track 1 follows INDEX 01; 02 is due");
    checkRefused(oneTrack + "INDEX 01 00:05:00\n", "a.cue, line 4", "02 is due");
    checkRefused(oneTrack + "INDEX 00 00:05:00\n", "a.cue, line 4", "02 is due");
    checkRefused(head + "INDEX 02 00:00:00\n", "a.cue, line 3", "00 or 01 belongs there");
    checkRefused(head + "INDEX 100 00:00:00\n", "a.cue, line 3", "from 00 to 99");
    checkRefused(head + "INDEX -1 00:00:00\n", "a.cue, line 3", "from 00 to 99");
    checkRefused(head + "INDEX 4294967297 00:00:00\n", "a.cue, line 3", "from 00 to 99");
    checkRefused(head + "INDEX 99999999999999999999 00:00:00\n", "a.cue, line 3", "from 00 to 99");
    checkRefused(head + "INDEX 1x 00:00:00\n", "a.cue, line 3", "from 00 to 99");
    checkRefused(head + "INDEX\n", "a.cue, line 3", "a time MM:SS:FF");
    checkRefused(head + "INDEX 01\n", "a.cue, line 3", "a time MM:SS:FF");
    for (const char* time : {"100:00:00", "00:60:00", "00:00:75", "00:00", "0:0:0:0", "-1:00:00", "00:-1:00",
                             "aa:bb:cc", "00:00:0.5", "4294967296:00:00"})
        checkRefused(head + "INDEX 01 " + time + "\n", "a.cue, line 3", "INDEX 01 of track");
}

TEST_CASE("times go forward within a file")
{
    checkRefused(oneTrack + "INDEX 02 00:00:00\n", "a.cue, line 4",
                 "INDEX 02 of track 1 is at 00:00:00, not after");
    checkRefused(oneTrack + "TRACK 02 AUDIO\nINDEX 01 00:00:00\n", "a.cue, line 5",
                 "not after the index before it");
    checkRefused(head + "INDEX 00 00:05:00\nINDEX 01 00:04:00\n", "a.cue, line 4",
                 "not after the index before it at 00:05:00");
    checkRefused(head + "INDEX 01 00:05:00\nTRACK 02 AUDIO\nINDEX 00 00:05:00\nINDEX 01 00:06:00\n",
                 "a.cue, line 5", "not after");
}

TEST_CASE("track numbers go from 1 to 99 in order, and only audio is taken")
{
    checkRefused("FILE a WAVE\nTRACK 02 AUDIO\nINDEX 01 00:00:00\n", "a.cue, line 2",
                 "The first track has number 2; a CD's tracks count from 1");
    checkRefused(oneTrack + "TRACK 03 AUDIO\nINDEX 01 00:05:00\n", "a.cue, line 4", "2 is due");
    checkRefused(oneTrack + "TRACK 01 AUDIO\nINDEX 01 00:05:00\n", "a.cue, line 4", "2 is due");
    checkRefused("FILE a WAVE\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n", "a.cue, line 2",
                 "only AUDIO tracks");
    checkRefused("FILE a WAVE\nTRACK 01\nINDEX 01 00:00:00\n", "a.cue, line 2", "TRACK 01 AUDIO is right");
    checkRefused("FILE a WAVE\nTRACK x AUDIO\n", "a.cue, line 2", "a number from 1 to 99");
    checkRefused("FILE a WAVE\nTRACK\n", "a.cue, line 2", "a number from 1 to 99");
    checkRefused("FILE a WAVE\nTRACK 4294967297 AUDIO\n", "a.cue, line 2", "count from 1");
    std::string hundred = "FILE a WAVE\n";
    for (int t = 0; t < 100; ++t)
        hundred += "TRACK " + std::to_string(t + 1) + " AUDIO\nINDEX 01 00:" + std::to_string(t / 75) + ":" +
                   std::to_string(t % 75) + "\n";
    checkRefused(hundred, "a.cue, line 200", "more than 99 tracks");
}

TEST_CASE("a track needs an INDEX 01, an INDEX a file, a FILE an index")
{
    checkRefused(head + "INDEX 00 00:00:00\n", "a.cue, line 2", "Track 1 has no INDEX 01");
    checkRefused(head, "a.cue, line 2", "Track 1 has no INDEX 01");
    checkRefused(head + "TRACK 02 AUDIO\nINDEX 01 00:00:00\n", "a.cue, line 2", "Track 1 has no INDEX 01");
    checkRefused("TRACK 01 AUDIO\nINDEX 01 00:00:00\n", "a.cue, line 2", "before the first FILE");
    checkRefused("FILE a WAVE\nINDEX 01 00:00:00\n", "a.cue, line 2", "before the first TRACK");
    checkRefused(oneTrack + "FILE b WAVE\n", "a.cue, line 4", "No INDEX points into \"b\"");
    checkRefused("FILE b WAVE\n" + oneTrack, "a.cue, line 1", "No INDEX points into \"b\"");
    checkRefused("FILE \"\" WAVE\n", "a.cue, line 1", "FILE without a name");
    checkRefused("FILE\n", "a.cue, line 1", "FILE without a name");
    checkRefused("FILE a WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nFILE b WAVE\nTRACK 02 AUDIO\nINDEX 01 "
                 "00:00:00\nFILE a WAVE\n",
                 "a.cue, line 7", "\"a\" was named in line 1");
    checkRefused("", "a.cue", "no TRACK");
    checkRefused("REM nothing\n\n", "a.cue", "no TRACK");
}

TEST_CASE("codes that are no codes are refused with their line")
{
    checkRefused(head + "ISRC USABC123456\nINDEX 01 00:00:00\n", "a.cue, line 3", "Track 1: ");
    checkRefused(head + "ISRC 1234567890AB\nINDEX 01 00:00:00\n", "a.cue, line 3", "Track 1: ");
    checkRefused(head + "ISRC\nINDEX 01 00:00:00\n", "a.cue, line 3", "Track 1: ");
    checkRefused("ISRC USABC1234567\n" + oneTrack, "a.cue, line 1", "belongs to a track");
    checkRefused("CATALOG 12345\n" + oneTrack, "a.cue, line 1", "CATALOG: ");
    checkRefused("CATALOG 12345678901234\n" + oneTrack, "a.cue, line 1", "CATALOG: ");
    checkRefused("CATALOG 40063813339x1\n" + oneTrack, "a.cue, line 1", "CATALOG: ");
    checkRefused("CATALOG 4006381333931\nCATALOG 0123456789012\n" + oneTrack, "a.cue, line 2",
                 "a disc has one");
}

TEST_CASE("pauses that no file holds are given once, with a time")
{
    checkRefused(head + "PREGAP 2\nINDEX 01 00:00:00\n", "a.cue, line 3", "PREGAP of track 1 is \"2\": ");
    checkRefused(head + "PREGAP 00:02:00\nPREGAP 00:02:00\nINDEX 01 00:00:00\n", "a.cue, line 4",
                 "PREGAP twice");
    checkRefused(head + "INDEX 01 00:00:00\nPOSTGAP 00:00:99\n", "a.cue, line 4",
                 "POSTGAP of track 1 is \"00:00:99\": ");
    checkRefused("PREGAP 00:02:00\n" + oneTrack, "a.cue, line 1", "belongs to a track");
}

TEST_CASE("what is no plain text of bearable size is refused by name")
{
    checkRefused("\377\376F\0I\0"s, "a.cue", "UTF-16");
    checkRefused("\376\377\0F\0I"s, "a.cue", "UTF-16");
    checkRefused(oneTrack + "TITLE \"a\0b\"\n"s, "a.cue, line 4", "NUL byte");
    checkRefused(oneTrack + "TITLE \"a\x1b[31m\"\n", "a.cue, line 4", "control character (0x1B)");
    checkRefused(oneTrack + "TITLE \"a\x7f\"\n", "a.cue, line 4", "control character (0x7F)");
    checkRefused("\xEF\xBB\xBF" + oneTrack + "TITLE \"\xE9\"\n", "a.cue, line 4", "says it is UTF-8");
    checkRefused(oneTrack + "TITLE \"\x81\"\n", "a.cue, line 4", "0x81");
    CHECK(refusal(oneTrack + "REM " + std::string(4092, 'x') + "\n") == "accepted");
    checkRefused(oneTrack + "REM " + std::string(4093, 'x') + "\n", "a.cue, line 4", "4097 bytes");
    checkRefused(oneTrack + std::string(1U << 20U, '\n'), "a.cue", "larger than 1 MiB");
}
