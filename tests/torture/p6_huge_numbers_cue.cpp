// Counts and times in cue sheets that no disc has: refused by line, never wrapped round.

#include "project/cue_sheet.h"
#include "support/memory_file_ops.h"
#include "support/small_project.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace segue;
using namespace segue::test;

namespace {

struct Hostile {
    std::string name, text, expected;
};

const std::string oneTrack = "FILE \"a.wav\" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n";

std::string tracks(int count)
{
    std::string sheet = "FILE \"a.wav\" WAVE\n";
    for (int i = 1; i <= count; ++i)
        sheet += fmt::format("TRACK {:02} AUDIO\nINDEX 01 {:02}:00:00\n", i, i - 1);
    return sheet;
}
std::string indexes(int last)
{
    std::string lines;
    for (int i = 2; i <= last; ++i) lines += fmt::format("INDEX {:02} {:02}:{:02}:00\n", i, i / 60, i % 60);
    return lines;
}

/// "N tracks, N indexes", with the rules that were found, or the refusal.
std::string saysCue(const std::string& text)
{
    const auto cue = parseCueSheet(text, "a.cue");
    if (!cue) return sentence(cue.error());
    std::size_t marks = 0;
    for (const CueTrack& track : cue->sheet.tracks) marks += track.indexes.size();
    std::string said = fmt::format("{} tracks, {} indexes", cue->sheet.tracks.size(), marks);
    if (cue->findings.size() > 3) return said + fmt::format(", {} findings", cue->findings.size());
    for (const Finding& f : cue->findings) said += " " + f.rule;
    return said;
}

} // namespace

TEST_CASE("P6: huge counts and times in a cue sheet are refused by line")
{
    const std::vector<Hostile> table{
        {"100 tracks", tracks(100), "a.cue, line 200: There are more than 99 tracks; a CD holds 99"},
        {"99 tracks", tracks(99), "99 tracks, 99 indexes"},
        {"no tracks", std::string{"FILE \"a.wav\" WAVE\n"},
         "a.cue, line 1: No INDEX points into \"a.wav\"; every FILE needs one"},
        {"track 0", with(oneTrack, "TRACK 01", "TRACK 00"),
         "a.cue, line 2: The first track has number 0; a CD's tracks count from 1"},
        {"track 100", with(oneTrack, "TRACK 01", "TRACK 100"),
         "a.cue, line 2: The first track has number 100; a CD's tracks count from 1"},
        {"track -1", with(oneTrack, "TRACK 01", "TRACK -1"),
         "a.cue, line 2: TRACK -1 AUDIO: a number from 1 to 99 and AUDIO belong here"},
        {"track 4294967297", with(oneTrack, "TRACK 01", "TRACK 4294967297"),
         "a.cue, line 2: The first track has number 4294967297; a CD's tracks count from 1"},
        {"track 2 first", with(oneTrack, "TRACK 01", "TRACK 02"),
         "a.cue, line 2: The first track has number 2; a CD's tracks count from 1"},
        {"track 1 twice", oneTrack + "TRACK 01 AUDIO\nINDEX 01 01:00:00\n",
         "a.cue, line 4: Track 1 follows track 1; 2 is due, track numbers go up by one"},
        {"index 100", oneTrack + indexes(100),
         "a.cue, line 102: INDEX 100 01:40:00: a number from 00 to 99 and a time MM:SS:FF belong here"},
        {"99 indexes", oneTrack + indexes(99), "1 tracks, 99 indexes"},
        {"1,000 indexes", oneTrack + indexes(1000),
         "a.cue, line 102: INDEX 100 01:40:00: a number from 00 to 99 and a time MM:SS:FF belong here"},
        {"index -1", with(oneTrack, "INDEX 01", "INDEX -1"),
         "a.cue, line 3: INDEX -1 00:00:00: a number from 00 to 99 and a time MM:SS:FF belong here"},
        {"index 4294967297", with(oneTrack, "INDEX 01", "INDEX 4294967297"),
         "a.cue, line 3: INDEX 4294967297 00:00:00: a number from 00 to 99 and a time MM:SS:FF belong here"},
        {"99:59:74", with(oneTrack, "00:00:00", "99:59:74"), "1 tracks, 1 indexes"},
        {"100:00:00", with(oneTrack, "00:00:00", "100:00:00"),
         "a.cue, line 3: INDEX 01 of track 1 is \"100:00:00\": The minutes must be 99 or less"},
        {"4294967296:00:00", with(oneTrack, "00:00:00", "4294967296:00:00"),
         "a.cue, line 3: INDEX 01 of track 1 is \"4294967296:00:00\": A time of the form MM:SS:FF (minutes, "
         "seconds, frames) is needed here"},
        {"18446744073709551616:00:00", with(oneTrack, "00:00:00", "18446744073709551616:00:00"),
         "a.cue, line 3: INDEX 01 of track 1 is \"18446744073709551616:00:00\": A time of the form MM:SS:FF "
         "(minutes, seconds, frames) is needed here"},
        {"-1:00:00", with(oneTrack, "00:00:00", "-1:00:00"),
         "a.cue, line 3: INDEX 01 of track 1 is \"-1:00:00\": A time of the form MM:SS:FF (minutes, seconds, "
         "frames) is needed here"},
        {"00:60:00", with(oneTrack, "00:00:00", "00:60:00"),
         "a.cue, line 3: INDEX 01 of track 1 is \"00:60:00\": The seconds must be below 60"},
        {"00:00:75", with(oneTrack, "00:00:00", "00:00:75"),
         "a.cue, line 3: INDEX 01 of track 1 is \"00:00:75\": The frames must be below 75"},
        {"00:00", with(oneTrack, "00:00:00", "00:00"),
         "a.cue, line 3: INDEX 01 of track 1 is \"00:00\": A time of the form MM:SS:FF (minutes, seconds, "
         "frames) is needed here"},
        {"a time of one digit each", with(oneTrack, "00:00:00", "0:0:0"), "1 tracks, 1 indexes"},
        {"PREGAP 99:59:74", with(oneTrack, "INDEX 01", "PREGAP 99:59:74\nINDEX 01"), "1 tracks, 1 indexes"},
        {"PREGAP 99999:00:00", with(oneTrack, "INDEX 01", "PREGAP 99999:00:00\nINDEX 01"),
         "a.cue, line 3: PREGAP of track 1 is \"99999:00:00\": A time of the form MM:SS:FF (minutes, "
         "seconds, frames) is needed here"},
        {"an index at the time of the one before", oneTrack + "INDEX 02 00:00:00\n",
         "a.cue, line 4: INDEX 02 of track 1 is at 00:00:00, not after the index before it at 00:00:00"},
        {"an index before the one before", with(oneTrack, "00:00:00", "00:10:00") + "INDEX 02 00:05:00\n",
         "a.cue, line 4: INDEX 02 of track 1 is at 00:05:00, not after the index before it at 00:10:00"},
        {"a track of no length", oneTrack + "TRACK 02 AUDIO\nINDEX 01 00:00:00\n",
         "a.cue, line 5: INDEX 01 of track 2 is at 00:00:00, not after the index before it at 00:00:00"},
        {"a line of 4,097 bytes", "REM " + std::string(4093, 'x') + "\n" + oneTrack,
         "a.cue, line 1: The line has 4097 bytes; a line of a cue sheet has at most 4096"},
        {"a line of 1 MiB", "REM " + std::string(1U << 20U, 'x') + "\n" + oneTrack,
         "a.cue: The file is larger than 1 MiB; cue sheets are small"},
        {"2 MiB of empty lines", std::string(2U << 20U, '\n') + oneTrack,
         "a.cue: The file is larger than 1 MiB; cue sheets are small"},
        {"10,000 unknown commands", repeated("QUUX\n", 10'000) + oneTrack,
         "1 tracks, 1 indexes, 201 findings"},
        {"10,000 files", repeated("FILE \"a.wav\" WAVE\n", 10'000) + oneTrack,
         "1 tracks, 1 indexes, 201 findings"},
        {"a zip archive", std::string("PK\3\4\x14\0\0\0\x08\0", 10) + std::string(200, '\xaa'),
         "a.cue, line 1: There is a control character (0x03); a cue sheet is plain text"},
        {"a NUL in a title", std::string("TITLE \"a\0b\"\n", 12) + oneTrack,
         "a.cue, line 1: There is a NUL byte; a cue sheet is plain text"},
    };
    std::uint64_t wrong = 0;
    for (const Hostile& h : table) {
        INFO(h.name);
        const std::string said = saysCue(h.text);
        CHECK(said == h.expected);
        wrong += said == h.expected ? 0U : 1U;
    }
    torture::figure("P6", "counts and times in cue sheets beyond sense", table.size(), wrong);
}
