// `segue measure --report` as a script calls it.

#include "support/fault_seeds.h"
#include "support/run_segue.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace segue;
using namespace segue::test;
using nlohmann::json;

namespace {

std::string music(std::uint64_t seed, double gain = 1)
{
    std::vector<std::int16_t> samples;
    for (const Frame& f : musicLike(cdRate, 5, seed))
        for (const double v : {f.left, f.right})
            samples.push_back(
                static_cast<std::int16_t>(std::lround(std::clamp(v * gain, -1.0, 0.99996) * 32'768)));
    return wav(bytesOf16(samples));
}

struct Desk {
    TempFolder folder{};
    std::string one = folder.write("01 One.wav", music(1)).string();
    std::string two = folder.write("02 Two.wav", music(2, 30)).string();
    [[nodiscard]] std::string path(std::string_view name) const { return (folder / name).string(); }
};

} // namespace

TEST_CASE("an album's report is written as PDF, SVG, PNG and text, the same twice")
{
    const Desk desk;
    const std::string album = desk.path("Night.segue");
    REQUIRE(runSegue({"new", album, "--title", "夜", desk.one, desk.two}).exitCode == 0);
    for (const char* run : {"a", "b"})
        REQUIRE(
            runSegue({"measure", album, "--quiet", "--report", desk.path(std::string{run} + ".pdf"),
                      "--report", desk.path(std::string{run} + ".svg"), "--report",
                      desk.path(std::string{run} + ".png"), "--report", desk.path(std::string{run} + ".txt")})
                .exitCode == 0);
    CHECK(desk.folder.read("a.pdf").starts_with("%PDF-"));
    CHECK(desk.folder.read("a.svg").find("<svg") != std::string::npos);
    CHECK(desk.folder.read("a.png").starts_with("\x89PNG"));
    CHECK(desk.folder.read("a.txt").starts_with("夜\nCD\n"));
    CHECK(desk.folder.read("a.txt").find("Two") != std::string::npos);
    for (const char* ending : {".pdf", ".svg", ".png", ".txt"})
        CHECK(desk.folder.read(std::string{"a"} + ending) == desk.folder.read(std::string{"b"} + ending));
}

TEST_CASE("the report of mixes says what to put right before mastering")
{
    const Desk desk;
    REQUIRE(runSegue({"measure", desk.one, desk.two, "--report", desk.path("mixes.txt"), "--report",
                      desk.path("mixes.pdf")})
                .exitCode == 0);
    const std::string text = desk.folder.read("mixes.txt");
    CHECK(text.find("1. 01 One.wav: ready") != std::string::npos);
    CHECK(text.find("2. 02 Two.wav: listen") != std::string::npos);
    CHECK(text.find("(FAULT.CLIPPED)") != std::string::npos);
    CHECK(text.find("The file has 16 bits") != std::string::npos);
    CHECK(text.find(desk.folder.path().parent_path().string()) == std::string::npos);
    CHECK(desk.folder.read("mixes.pdf").starts_with("%PDF-"));
}

TEST_CASE("a report is never written over a file, nor in a form that is not known")
{
    const Desk desk;
    const std::string out = desk.folder.write("there.pdf", "mine").string();
    CHECK(runSegue({"measure", desk.one, "--report", out}).exitCode == 2);
    CHECK(desk.folder.read("there.pdf") == "mine");
    CHECK(runSegue({"measure", desk.one, "--report", out, "--replace"}).exitCode == 0);
    CHECK(desk.folder.read("there.pdf").starts_with("%PDF-"));
    CHECK(runSegue({"measure", desk.one, "--report", desk.path("x.doc")}).exitCode == 2);
    CHECK(runSegue({"measure", desk.one, "--report", desk.path("no/such/folder.pdf")}).exitCode != 0);
}

TEST_CASE("a file that cannot be read does not keep the others from being measured")
{
    const Desk desk;
    const std::string broken = desk.folder.write("03 Broken.wav", "RIFF....WAVEjunk").string();
    const Ran table = runSegue({"measure", desk.one, broken, desk.two});
    CHECK(table.exitCode == 2);
    CHECK(table.out.find("Broken") != std::string::npos);
    CHECK(table.out.find("not measured") != std::string::npos);
    CHECK(table.err.find("03 Broken.wav") != std::string::npos);
    const json object = json::parse(runSegue({"measure", desk.one, broken, desk.two, "--json"}).out);
    CHECK(object["ok"] == false);
    REQUIRE(object["tracks"].size() == 3);
    CHECK(object["tracks"][0]["integrated_lufs"].is_number());
    CHECK(object["tracks"][1]["error"]["message"].is_string());
    CHECK(object["tracks"][2]["number"] == 3);
    CHECK(object["album"]["duration_s"] == 10.0);
    CHECK(runSegue({"measure", desk.one, broken, "--report", desk.path("mixes.txt")}).exitCode == 2);
    CHECK(desk.folder.read("mixes.txt")
              .find("2. 03 Broken.wav: put right\n   error    The file cannot be read: ") !=
          std::string::npos);
    CHECK(runSegue({"measure", broken}).exitCode == 2);
    CHECK(runSegue({"measure", broken}).out.empty());
}
