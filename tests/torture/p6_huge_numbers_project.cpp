// Numbers in project files that no album has: refused by name, never wrapped round, never believed.

#include "deliver/ddp_export.h"
#include "support/memory_file_ops.h"
#include "support/small_project.h"
#include "support/sound_files.h"
#include "torture/exact_table.h"
#include "torture/hostile_project.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

using namespace segue;
using namespace segue::test;
using namespace segue::torture;

namespace {

/// What is read is judged, too: the rules that stop its export, by name. The source is there and silent.
std::string saysAndChecks(const std::string& text)
{
    std::string said = saysProject(text);
    const auto project = parseProject(text, "/music", "a.segue");
    if (!project) return said;
    MemoryFileOps files;
    files.put("/music/a.wav", wav(std::string(4 * 441'000, '\0')));
    const Album& album = project->album;
    const auto ready = checkWhole(files, album, album.editions.front(), {}, {});
    if (!ready) return said + "; " + sentence(ready.error());
    std::set<std::string> rules;
    for (const Finding& f : ready->findings)
        if (f.level == Finding::Level::error) rules.insert(f.rule);
    said += ";";
    for (const std::string& rule : rules) said += " " + rule;
    return said;
}

} // namespace

TEST_CASE("P6: huge, negative and overflowing numbers in a project are refused by name and line")
{
    const std::vector<HostileProject> table{
        {"next-id=\"0\"", with(smallProject, R"(next-id="5")", R"(next-id="0")"),
         "a.segue, line 2, <segue>: The attribute \"next-id\" is \"0\"; a whole number from 1 to 4294967295 "
         "belongs there"},
        {"next-id=\"-1\"", with(smallProject, R"(next-id="5")", R"(next-id="-1")"),
         "a.segue, line 2, <segue>: The attribute \"next-id\" is \"-1\"; a whole number from 1 to 4294967295 "
         "belongs there"},
        {"next-id=\"4294967295\"", with(smallProject, R"(next-id="5")", R"(next-id="4294967295")"),
         "accepted;"},
        {"next-id=\"4294967296\"", with(smallProject, R"(next-id="5")", R"(next-id="4294967296")"),
         "a.segue, line 2, <segue>: The attribute \"next-id\" is \"4294967296\"; a whole number from 1 to "
         "4294967295 belongs there"},
        {"next-id=\"18446744073709551616\"",
         with(smallProject, R"(next-id="5")", R"(next-id="18446744073709551616")"),
         "a.segue, line 2, <segue>: The attribute \"next-id\" is \"18446744073709551616\"; a whole number "
         "from 1 to 4294967295 belongs there"},
        {"next-id=\"99999999999999999999999999\"",
         with(smallProject, R"(next-id="5")", R"(next-id="99999999999999999999999999")"),
         "a.segue, line 2, <segue>: The attribute \"next-id\" is \"99999999999999999999999999\"; a whole "
         "number from 1 to 4294967295 belongs there"},
        {"id=\"0\" (source)", with(smallProject, R"(source id="2")", R"(source id="0")"),
         "a.segue, line 7, <source id=\"0\">: The attribute \"id\" is \"0\"; a whole number from 1 to "
         "4294967294 belongs there"},
        {"id=\"-2\" (source)", with(smallProject, R"(source id="2")", R"(source id="-2")"),
         "a.segue, line 7, <source id=\"-2\">: The attribute \"id\" is \"-2\"; a whole number from 1 to "
         "4294967294 belongs there"},
        {"id=\"4294967295\" (source)", with(smallProject, R"(source id="2")", R"(source id="4294967295")"),
         "a.segue, line 7, <source id=\"4294967295\">: The attribute \"id\" is \"4294967295\"; a whole "
         "number from 1 to 4294967294 belongs there"},
        {"id=\"4294967296\" (source)", with(smallProject, R"(source id="2")", R"(source id="4294967296")"),
         "a.segue, line 7, <source id=\"4294967296\">: The attribute \"id\" is \"4294967296\"; a whole "
         "number from 1 to 4294967294 belongs there"},
        {"rate=\"0\"", with(smallProject, R"(rate="44100")", R"(rate="0")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"rate\" is \"0\"; a whole number from 1 to "
         "10000000 belongs there"},
        {"rate=\"-44100\"", with(smallProject, R"(rate="44100")", R"(rate="-44100")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"rate\" is \"-44100\"; a whole number from 1 to "
         "10000000 belongs there"},
        {"rate=\"1\"", with(smallProject, R"(rate="44100")", R"(rate="1")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"length\" is \"441000\"; a whole number from 0 "
         "to 360000 belongs there"},
        {"rate=\"10000000\"", with(smallProject, R"(rate="44100")", R"(rate="10000000")"),
         "accepted; AUDIO.CHANGED DISC.TRACK_LENGTH"},
        {"rate=\"10000001\"", with(smallProject, R"(rate="44100")", R"(rate="10000001")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"rate\" is \"10000001\"; a whole number from 1 "
         "to 10000000 belongs there"},
        {"rate=\"2147483648\"", with(smallProject, R"(rate="44100")", R"(rate="2147483648")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"rate\" is \"2147483648\"; a whole number from "
         "1 to 10000000 belongs there"},
        {"channels=\"0\"", with(smallProject, R"(channels="2")", R"(channels="0")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"channels\" is \"0\"; a whole number from 1 to "
         "1024 belongs there"},
        {"channels=\"-1\"", with(smallProject, R"(channels="2")", R"(channels="-1")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"channels\" is \"-1\"; a whole number from 1 to "
         "1024 belongs there"},
        {"channels=\"1024\"", with(smallProject, R"(channels="2")", R"(channels="1024")"),
         "accepted; AUDIO.CHANGED"},
        {"channels=\"1025\"", with(smallProject, R"(channels="2")", R"(channels="1025")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"channels\" is \"1025\"; a whole number from 1 "
         "to 1024 belongs there"},
        {"channels=\"65537\"", with(smallProject, R"(channels="2")", R"(channels="65537")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"channels\" is \"65537\"; a whole number from 1 "
         "to 1024 belongs there"},
        {"length=\"-1\"", with(smallProject, R"(length="441000")", R"(length="-1")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"length\" is \"-1\"; a whole number from 0 to "
         "15876000000 belongs there"},
        {"length=\"0\"", with(smallProject, R"(length="441000")", R"(length="0")"),
         "accepted PROJECT.CLIP_RANGE; ALBUM.CLIP_BEYOND_SOURCE AUDIO.CHANGED"},
        {"length=\"2147483648\"", with(smallProject, R"(length="441000")", R"(length="2147483648")"),
         "accepted; AUDIO.CHANGED"},
        {"length=\"9223372036854775807\"",
         with(smallProject, R"(length="441000")", R"(length="9223372036854775807")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"length\" is \"9223372036854775807\"; a whole "
         "number from 0 to 15876000000 belongs there"},
        {"length=\"9223372036854775808\"",
         with(smallProject, R"(length="441000")", R"(length="9223372036854775808")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"length\" is \"9223372036854775808\"; a whole "
         "number from 0 to 15876000000 belongs there"},
        {"length=\"1e9\"", with(smallProject, R"(length="441000")", R"(length="1e9")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"length\" is \"1e9\"; a whole number from 0 to "
         "15876000000 belongs there"},
        {"bits=\"-1\"", with(smallProject, R"(bits="16")", R"(bits="-1")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"bits\" is \"-1\"; a whole number from 0 to 64 "
         "belongs there"},
        {"bits=\"0\"", with(smallProject, R"(bits="16")", R"(bits="0")"), "accepted;"},
        {"bits=\"65536\"", with(smallProject, R"(bits="16")", R"(bits="65536")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"bits\" is \"65536\"; a whole number from 0 to "
         "64 belongs there"},
        {"bits=\"9223372036854775808\"", with(smallProject, R"(bits="16")", R"(bits="9223372036854775808")"),
         "a.segue, line 7, <source id=\"2\">: The attribute \"bits\" is \"9223372036854775808\"; a whole "
         "number from 0 to 64 belongs there"},
        {"length=\"-1\" (clip)", with(smallProject, R"(in="0" length="441000")", R"(in="0" length="-1")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"length\" is \"-1\"; a whole number from 0 to "
         "15876000000 belongs there"},
        {"length=\"0\" (clip)", with(smallProject, R"(in="0" length="441000")", R"(in="0" length="0")"),
         "accepted; DISC.INDEX_BEYOND_END"},
        {"length=\"441001\" (clip)",
         with(smallProject, R"(in="0" length="441000")", R"(in="0" length="441001")"),
         "accepted PROJECT.CLIP_RANGE; ALBUM.CLIP_BEYOND_SOURCE"},
        {"length=\"9223372036854775807\" (clip)",
         with(smallProject, R"(in="0" length="441000")", R"(in="0" length="9223372036854775807")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"length\" is \"9223372036854775807\"; a whole "
         "number from 0 to 15876000000 belongs there"},
        {"in=\"-1\" (clip)",
         with(smallProject, R"(clip id="4" source="2" in="0")", R"(clip id="4" source="2" in="-1")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"in\" is \"-1\"; a whole number from 0 to "
         "15876000000 belongs there"},
        {"in=\"441000\" (clip)",
         with(smallProject, R"(clip id="4" source="2" in="0")", R"(clip id="4" source="2" in="441000")"),
         "accepted PROJECT.CLIP_RANGE; ALBUM.CLIP_BEYOND_SOURCE"},
        {"in=\"9223372036854775807\" (clip)",
         with(smallProject, R"(clip id="4" source="2" in="0")",
              R"(clip id="4" source="2" in="9223372036854775807")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"in\" is \"9223372036854775807\"; a whole number "
         "from 0 to 15876000000 belongs there"},
        {"in=\"-9223372036854775808\" (clip)",
         with(smallProject, R"(clip id="4" source="2" in="0")",
              R"(clip id="4" source="2" in="-9223372036854775808")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"in\" is \"-9223372036854775808\"; a whole "
         "number from 0 to 15876000000 belongs there"},
        {"at=\"-360000s\"", with(smallProject, R"(at="0s")", R"(at="-360000s")"),
         "accepted; ALBUM.HIDDEN_AUDIO_EARLY DISC.INDEX_BEYOND_END"},
        {"at=\"360000s\"", with(smallProject, R"(at="0s")", R"(at="360000s")"),
         "accepted; DISC.ADDRESS_RANGE"},
        {"at=\"360001s\"", with(smallProject, R"(at="0s")", R"(at="360001s")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"360001s\"; a time within 100 hours, "
         "such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"1e300s\"", with(smallProject, R"(at="0s")", R"(at="1e300s")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"1e300s\"; a time within 100 hours, "
         "such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"9223372036854775807fl\"", with(smallProject, R"(at="0s")", R"(at="9223372036854775807fl")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"9223372036854775807fl\"; a time "
         "within 100 hours, such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"9223372036854775808fl\"", with(smallProject, R"(at="0s")", R"(at="9223372036854775808fl")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"9223372036854775808fl\"; a time "
         "within 100 hours, such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"2147483648f\"", with(smallProject, R"(at="0s")", R"(at="2147483648f")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"2147483648f\"; a time within 100 "
         "hours, such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"9223372036854775807@44100\"",
         with(smallProject, R"(at="0s")", R"(at="9223372036854775807@44100")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"9223372036854775807@44100\"; a time "
         "within 100 hours, such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"1@0\"", with(smallProject, R"(at="0s")", R"(at="1@0")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"1@0\"; a time within 100 hours, such "
         "as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"1@-1\"", with(smallProject, R"(at="0s")", R"(at="1@-1")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"1@-1\"; a time within 100 hours, such "
         "as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"nans\"", with(smallProject, R"(at="0s")", R"(at="nans")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"nans\"; a time within 100 hours, such "
         "as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"infs\"", with(smallProject, R"(at="0s")", R"(at="infs")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"infs\"; a time within 100 hours, such "
         "as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"at=\"s\"", with(smallProject, R"(at="0s")", R"(at="s")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"at\" is \"s\"; a time within 100 hours, such as "
         "\"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"gap=\"-9223372036854775807fl\"",
         with(smallProject, R"(gap="2s")", R"(gap="-9223372036854775807fl")"),
         "a.segue, line 18, <entry>: The attribute \"gap\" is \"-9223372036854775807fl\"; a time within 100 "
         "hours, such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"gap=\"360000s\"", with(smallProject, R"(gap="2s")", R"(gap="360000s")"),
         "accepted; DISC.ADDRESS_RANGE"},
        {"gap=\"-360000s\"", with(smallProject, R"(gap="2s")", R"(gap="-360000s")"),
         "accepted; DISC.FIRST_PAUSE"},
        {"gap=\"0.0000000001s\"", with(smallProject, R"(gap="2s")", R"(gap="0.0000000001s")"),
         "a.segue, line 18, <entry>: The attribute \"gap\" is \"0.0000000001s\"; a time within 100 hours, "
         "such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"first-pause=\"-1f\"", with(smallProject, R"(first-pause="2s")", R"(first-pause="-1f")"),
         "accepted;"},
        {"first-pause=\"0f\"", with(smallProject, R"(first-pause="2s")", R"(first-pause="0f")"), "accepted;"},
        {"first-pause=\"2147483648f\"",
         with(smallProject, R"(first-pause="2s")", R"(first-pause="2147483648f")"),
         "a.segue, line 17, <cd>: The attribute \"first-pause\" is \"2147483648f\"; a time within 100 hours, "
         "such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
        {"first-pause=\"149f\"", with(smallProject, R"(first-pause="2s")", R"(first-pause="149f")"),
         "accepted;"},
        {"max-length=\"-1f\"", with(smallProject, R"(max-length="359775f")", R"(max-length="-1f")"),
         "a.segue, line 17, <cd>: The attribute \"max-length\" is \"-1f\"; a whole number of CD frames "
         "belongs there"},
        {"max-length=\"0f\"", with(smallProject, R"(max-length="359775f")", R"(max-length="0f")"),
         "accepted; DISC.PLANT_LENGTH"},
        {"max-length=\"9223372036854775807f\"",
         with(smallProject, R"(max-length="359775f")", R"(max-length="9223372036854775807f")"),
         "a.segue, line 17, <cd>: The attribute \"max-length\" is \"9223372036854775807f\"; a time within "
         "100 hours, such as \"2s\", \"37f\", \"12345@44100\" or \"17fl\", belongs there"},
    };
    checkExactly(
        table, [](const HostileProject& h) { return saysAndChecks(h.text); }, "P6",
        "numbers in project files beyond sense");
}
