// The program itself, as a script calls it: exit codes, JSON, messages.

#include "core/file_ops.h"
#include "support/run_segue.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>
#include <fstream>

using namespace segue;
using nlohmann::json;
using test::Ran;
using test::runSegue;

namespace {

/// A 16-bit stereo WAV with a ramp in it.
void writeWav(const Path& path, int frames, std::uint32_t rate = 44100)
{
    std::string bytes;
    const auto put = [&](std::uint32_t value, int count) {
        for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
    };
    bytes = "RIFF";
    put(static_cast<std::uint32_t>(frames * 4 + 36), 4);
    bytes += "WAVEfmt ";
    for (const auto& [value, count] :
         {std::pair{16U, 4}, {1U, 2}, {2U, 2}, {rate, 4}, {rate * 4, 4}, {4U, 2}, {16U, 2}})
        put(value, count);
    bytes += "data";
    put(static_cast<std::uint32_t>(frames * 4), 4);
    for (int i = 0; i < frames; ++i) put(static_cast<std::uint32_t>(i % 2000 * 0x10001), 4);
    std::ofstream{path, std::ios::binary} << bytes;
}

struct Album {
    TempFolder folder{};
    std::string file = (folder.path() / "A.segue").string();
    Album()
    {
        for (const char* name : {"01 One.wav", "02 Two.wav"}) writeWav(folder.path() / name, 5 * 44100 + 7);
        const Ran made = runSegue({"new", file, "--title", "T", "--performer", "P", "--gap", "2.0",
                                   path("01 One.wav"), path("02 Two.wav")});
        REQUIRE_MESSAGE(made.exitCode == 0, made.err);
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / name).string(); }
};

} // namespace

TEST_CASE("new, show, export and verify go through, and say so in JSON")
{
    const Album a;
    const json shown = json::parse(runSegue({"show", a.file, "--json"}).out);
    CHECK(shown["ok"] == true);
    CHECK(shown["tracks"].size() == 2);
    CHECK(shown["tracks"][0]["start_frame"] == 150);
    CHECK(shown["tracks"][0]["title"] == "One");
    CHECK(shown["tracks"][1]["pause_frames"] == 150);
    CHECK(shown["tracks"][1]["performer"] == "P");

    const Ran exported = runSegue({"export", "ddp", a.file, a.path("DDP"), "--json"});
    CHECK(exported.exitCode == 0);
    CHECK(json::parse(exported.out)["written"] == true);
    const json verified = json::parse(runSegue({"verify", a.path("DDP"), "--audio", "--json"}).out);
    CHECK(verified["ok"] == true);
    CHECK(verified["tracks"].size() == 2);
    CHECK(verified["tracks"][0]["audio"]["accuraterip_v1"].get<std::string>().size() == 8);
    CHECK(verified["leadout_frame"] == shown["leadout_frame"]);
    CHECK(verified["writer"] == "Segue");
}

TEST_CASE("exit code 1 is for broken rules, and nothing was written")
{
    const Album a;
    writeWav(a.path("short.wav"), 44100);
    REQUIRE(runSegue({"add", a.file, a.path("short.wav")}).exitCode == 0);
    const Ran checked = runSegue({"check", a.file});
    CHECK(checked.exitCode == 1);
    CHECK(checked.err.find("DISC.TRACK_LENGTH") != std::string::npos);
    CHECK(runSegue({"export", "ddp", a.file, a.path("DDP")}).exitCode == 1);
    CHECK(runSegue({"export", "ddp", a.file, a.path("DDP"), "--allow", "any"}).exitCode == 1);
    CHECK_FALSE(std::filesystem::exists(a.path("DDP")));
    CHECK_FALSE(std::filesystem::exists(a.path("DDP.report.json")));
}

TEST_CASE("check looks at the sound, unless told not to, with the figures it is given")
{
    const Album a;
    const auto has = [](const Ran& ran, const char* rule) { return ran.err.find(rule) != std::string::npos; };
    // The ramp is the same on both sides and stands 3 % above zero.
    const Ran checked = runSegue({"check", a.file});
    CHECK(checked.exitCode == 0);
    CHECK(has(checked, "FAULT.DC"));
    CHECK(has(checked, "FAULT.MONO"));
    CHECK_FALSE(has(runSegue({"check", a.file, "--no-audio"}), "FAULT."));
    std::ofstream{a.path("ours.conf")} << "dc.offset = 20\n";
    const Ran ours = runSegue({"check", a.file, "--thresholds", a.path("ours.conf")});
    CHECK_FALSE(has(ours, "FAULT.DC"));
    CHECK(has(ours, "FAULT.MONO"));
    std::ofstream{a.path("ours.conf")} << "dc = 20\n";
    const Ran refused = runSegue({"check", a.file, "--thresholds", a.path("ours.conf")});
    CHECK(refused.exitCode == 2);
    CHECK(has(refused, "ours.conf, line 1: There is no threshold dc"));
}

TEST_CASE("two copies of an album are checked and exported with the same words")
{
    std::array<std::string, 2> checked, exported, reports;
    for (std::size_t i = 0; i < 2; ++i) {
        const Album a;
        std::filesystem::create_directory(a.path("Audio"));
        writeWav(a.path("Audio/03 Three.wav"), 5 * 48000, 48000);
        REQUIRE(runSegue({"add", a.file, a.path("Audio/03 Three.wav"), "--quiet"}).exitCode == 0);
        checked[i] = runSegue({"check", a.file, "--json"}).out;
        const json said = json::parse(runSegue({"export", "ddp", a.file, a.path("OUT"), "--json"}).out);
        exported[i] = said["findings"].dump();
        for (const char* ending : {".report.json", ".report.txt"}) {
            std::ifstream file{a.path("OUT") + ending, std::ios::binary};
            reports[i].append(std::istreambuf_iterator<char>{file}, {});
        }
    }
    CHECK(checked[0] == checked[1]);
    CHECK(exported[0] == exported[1]);
    CHECK(reports[0] == reports[1]);
    CHECK(checked[0].find("\"where\": \"Audio/03 Three.wav\"") != std::string::npos);
    CHECK(reports[0].find("note  03 Three.wav: The file has 48000 Hz") != std::string::npos);
}

TEST_CASE("exit code 2 is for wrong usage and unreadable input, with the thing named")
{
    const Album a;
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"show", a.path("nothing.segue")},
             {"frobnicate"},
             {"export", "xyz", a.file, "x"},
             {"set", a.file, "-t", "7", "--gain", "1"},
             {"set", a.file, "--upc", "4006381333932"},
             {"verify", a.folder.path().string()},
             {"new", a.file},
             {"export", "ddp", a.file, a.path("DDP"), "--allow", "NO.SUCH"},
             {"export", "ddp", a.file, a.path("DDP"), "--dither", "loud"}}) {
        CAPTURE(words.back());
        const Ran ran = runSegue(words);
        CHECK(ran.exitCode == 2);
        CHECK(ran.err.find("segue: ") == 0);
        CHECK(ran.out.empty());
    }
    const json failed = json::parse(runSegue({"show", a.path("nothing.segue"), "--json"}).out);
    CHECK(failed["ok"] == false);
    CHECK(failed["exit_code"] == 2);
}

TEST_CASE("a damaged set is exit code 1, and the file is named")
{
    const Album a;
    REQUIRE(runSegue({"export", "ddp", a.file, a.path("DDP"), "--quiet"}).exitCode == 0);
    std::fstream image{a.path("DDP/IMAGE.DAT"), std::ios::in | std::ios::out | std::ios::binary};
    image.seekp(500'000);
    image.put('\x55');
    image.close();
    const Ran verified = runSegue({"verify", a.path("DDP")});
    CHECK(verified.exitCode == 1);
    CHECK(verified.err.find("IMAGE.DAT") != std::string::npos);
}

TEST_CASE("every command has help with an example, and they are all in the manual page and the completion")
{
    const std::string manual = runSegue({"--man"}).out, completion = runSegue({"--bash-completion"}).out;
    for (const char* command : {"new", "add", "show", "set", "split", "move", "edition", "check", "export",
                                "import", "verify", "vinyl"}) {
        CAPTURE(command);
        const Ran help = runSegue({command, "--help"});
        CHECK(help.exitCode == 0);
        CHECK(help.out.find("Example") != std::string::npos);
        CHECK(manual.find(std::string{".SS segue "} + command) != std::string::npos);
        CHECK(completion.find(command) != std::string::npos);
    }
}

TEST_CASE("a cue sheet is shown, checked, imported and exported like an album")
{
    const Album a;
    std::ofstream{a.path("m.cue")} << "TITLE \"M\"\nFILE \"01 One.wav\" WAVE\n  TRACK 01 AUDIO\n    TITLE "
                                      "\"Uno\"\n    INDEX 01 00:00:00\n";
    CHECK(json::parse(runSegue({"show", a.path("m.cue"), "--json"}).out)["tracks"][0]["title"] == "Uno");
    CHECK(runSegue({"check", a.path("m.cue")}).exitCode == 0);
    CHECK(runSegue({"import", a.path("m.cue"), a.path("M.segue")}).exitCode == 0);
    CHECK(runSegue({"export", "ddp", a.path("M.segue"), a.path("M")}).exitCode == 0);
    CHECK(runSegue({"export", "cue", a.path("M.segue"), a.path("burn.cue")}).exitCode == 0);
    CHECK(std::filesystem::exists(a.path("burn.wav")));
    CHECK(runSegue({"export", "pq", a.path("M.segue"), a.path("pq.pdf")}).exitCode == 0);
    CHECK(runSegue({"export", "toc", a.path("m.cue"), a.path("burn.toc")}).exitCode ==
          2); // burn.wav is there already
}

TEST_CASE("editing commands change the album and nothing else")
{
    const Album a;
    CHECK(runSegue({"move", a.file, "-t", "2", "--to", "1"}).exitCode == 0);
    CHECK(json::parse(runSegue({"show", a.file, "--json"}).out)["tracks"][0]["title"] == "Two");
    CHECK(runSegue({"split", a.file, "-t", "1", "--at", "2.5"}).exitCode == 0);
    CHECK(json::parse(runSegue({"show", a.file, "--json"}).out)["tracks"].size() == 3);
    CHECK(runSegue({"edition", "copy", a.file, "CD", "--as", "CD 2"}).exitCode == 0);
    CHECK(runSegue({"show", a.file, "--edition", "CD 2"}).exitCode == 0);
    CHECK(runSegue({"export", "ddp", a.file, a.path("DDP")}).exitCode == 2); // which edition?
    CHECK(runSegue({"edition", "break", a.file, "CD 2", "-t", "3", "--kind", "disc"}).exitCode == 0);
    CHECK(json::parse(runSegue({"show", a.file, "--edition", "CD 2", "--json"}).out)["discs"].size() == 2);
    CHECK(json::parse(
              runSegue({"set", a.file, "--edition", "CD", "--label", "L", "--json"}).out)["changed"] == true);
    CHECK(
        json::parse(runSegue({"set", a.file, "--edition", "CD", "--label", "L", "--json"}).out)["changed"] ==
        false);
}
