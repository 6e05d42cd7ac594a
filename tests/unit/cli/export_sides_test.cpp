// `segue export sides` and `segue vinyl --report` as a script calls them.

#include "support/run_segue.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <numbers>

using namespace segue;
using namespace segue::test;
using nlohmann::json;

namespace {

std::string tone(double hertz)
{
    std::vector<std::int16_t> samples;
    for (int i = 0; i < 3 * 44'100; ++i) {
        const double v = 6000 * std::sin(2 * std::numbers::pi * hertz * i / 44'100);
        samples.push_back(static_cast<std::int16_t>(std::lround(v)));
        samples.push_back(static_cast<std::int16_t>(std::lround(v * 0.8)));
    }
    return wav(bytesOf16(samples));
}

/// Four tracks of three seconds in a CD edition.
struct FourTracks {
    FourTracks()
    {
        std::vector<std::string> words{"new", album(), "--title", "Night", "--gap", "2"};
        for (const int i : {1, 2, 3, 4})
            words.push_back(folder.write("0" + std::to_string(i) + " Song.wav", tone(200.0 * i)).string());
        REQUIRE(runSegue(words).exitCode == 0);
    }
    [[nodiscard]] std::string album() const { return (folder / "Night.segue").string(); }
    [[nodiscard]] std::string out(const std::string& name = "LP") const { return (folder / name).string(); }
    TempFolder folder{};
};

} // namespace

TEST_CASE("export sides splits, writes and says what it wrote, in text and JSON")
{
    const FourTracks a;
    const Ran ran = runSegue({"export", "sides", "--sides", "2", "--together", "1-2", "--together", "3,4",
                              a.album(), a.out(), "--pattern", "{title} {side}", "--json"});
    CHECK(ran.exitCode == 0);
    const json said = json::parse(ran.out);
    CHECK(said["ok"] == true);
    CHECK(said["written"] == true);
    REQUIRE(said["sides"].size() == 2);
    CHECK(said["sides"][0]["file"] == "Night A.wav");
    CHECK(said["sides"][0]["tracks"].size() == 2);
    CHECK(said["sides"][0]["tracks"][1]["name"] == "A2");
    CHECK(said["sides"][0]["tracks"][1]["start_sample"] == 44'100 + 132'300 + 88'200);
    CHECK(said["sides"][0]["tracks"][1]["start"] == "00:06.000");
    CHECK(said["sides"][0]["tracks"][1]["band_before"] == true);
    for (const auto& file : said["files"])
        CHECK(std::filesystem::file_size(a.folder / ("LP/" + file["name"].get<std::string>())) ==
              file["size"]);
    CHECK(said["files"].size() == 5);
    const Ran text = runSegue({"export", "sides", a.album(), a.out("Other")});
    CHECK(text.exitCode == 0);
    CHECK(text.out.find("written, read back and proven") != std::string::npos);
}

TEST_CASE("an album's sides are planned with the silence of their files, audio files as they are")
{
    const FourTracks a;
    const auto plan = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "vinyl");
        words.emplace_back("--json");
        return nlohmann::json::parse(runSegue(words).out);
    };
    const auto usual = plan({a.album()}), none = plan({a.album(), "--lead-in", "0", "--tail", "0"}),
               file = plan({(a.folder / "02 Song.wav").string()});
    CHECK(usual["lead_in_s"] == 1);
    CHECK(usual["tail_s"] == 2);
    CHECK(none["tail_s"] == 0);
    CHECK(file["tail_s"] == 0);
    // The least that three seconds of groove can take: silence at 65.8 um a turn of 1.8 s.
    CHECK(usual["sides"][0]["radius_used_mm"].get<double>() -
              none["sides"][0]["radius_used_mm"].get<double>() >=
          3 / 1.8 * 0.0658 - 1e-6);
    CHECK(usual["sides"][0]["duration_s"] == none["sides"][0]["duration_s"]);
}

TEST_CASE("what to do about a finding names the option that does it")
{
    const FourTracks a;
    const Ran ran = runSegue({"export", "sides", a.album(), a.out(), "--lead-in", "5"});
    CHECK(ran.exitCode == 0);
    CHECK(ran.err.find("half a second to two seconds of lead-in are usual (--lead-in, --tail)") !=
          std::string::npos);
}

TEST_CASE("what cannot be meant is refused with exit code 2, and nothing is left behind")
{
    const FourTracks a;
    const std::vector<std::pair<std::vector<std::string>, std::string>> wrong{
        {{"--elliptical", "150"}, "HZ:ORDER"},
        {{"--elliptical", "150:3"}, "HZ:ORDER"},
        {{"--dither", "shaped-light"}, "24 bits"},
        {{"--lead-in", "soon"}, "--lead-in"},
        {{"--tail", "3600"}, "at most a minute"},
        {{"--pattern", "{what}"}, "{side}"},
        {{"--sides", "9"}, "9 sides need at least 9 tracks"},
        {{"--sides", "2", "--together", "2"}, "--together"},
        {{"--sides", "2", "--together", "2,4"}, "do not follow each other"},
        {{"--sides", "2", "--together", "4,5"}, "There are 4 tracks"},
        {{"--lathe", "nobody"}, "nobody"}};
    for (const auto& [options, sentence] : wrong) {
        std::vector<std::string> words{"export", "sides", a.album(), a.out()};
        words.insert(words.end(), options.begin(), options.end());
        const Ran ran = runSegue(words);
        CAPTURE(ran.err);
        CHECK(ran.exitCode == 2);
        CHECK(ran.err.find(sentence) != std::string::npos);
        CHECK_FALSE(a.folder.has("LP"));
        CHECK_FALSE(a.folder.has("LP.report.json"));
    }
}

TEST_CASE("a missing master is exit code 1, and nothing is written")
{
    const FourTracks a;
    std::filesystem::remove(a.folder / "02 Song.wav");
    const Ran ran = runSegue({"export", "sides", a.album(), a.out()});
    CHECK(ran.exitCode != 0);
    CHECK_FALSE(a.folder.has("LP"));
}

TEST_CASE("vinyl --report writes the cut sheet alone, as text or PDF, and replaces only when told to")
{
    const FourTracks a;
    const std::string text = (a.folder / "sheet.txt").string(), pdf = (a.folder / "sheet.pdf").string();
    CHECK(runSegue({"vinyl", a.album(), "--sides", "2", "--report", text}).exitCode == 0);
    CHECK(a.folder.read("sheet.txt").find("SIDE B") != std::string::npos);
    CHECK(runSegue({"vinyl", a.album(), "--sides", "2", "--report", pdf}).exitCode == 0);
    CHECK(a.folder.read("sheet.pdf").starts_with("%PDF-"));
    CHECK(runSegue({"vinyl", a.album(), "--report", text}).exitCode == 2);
    CHECK(runSegue({"vinyl", a.album(), "--report", text, "--replace"}).exitCode == 0);
    CHECK(a.folder.read("sheet.txt").find("SIDE B") == std::string::npos);
    const Ran wrong = runSegue({"vinyl", a.album(), "--report", a.out("sheet.doc")});
    CHECK(wrong.exitCode == 2);
    CHECK(wrong.err.find(".pdf or .txt") != std::string::npos);
}

TEST_CASE("vinyl --suggest names orders by track numbers, or says that none is better")
{
    const FourTracks a;
    const json said = json::parse(runSegue({"vinyl", a.album(), "--sides", "2", "--suggest", "--json"}).out);
    REQUIRE(said.contains("suggestions"));
    CHECK(said["suggestions"].size() <= 3);
    const Ran text = runSegue({"vinyl", a.album(), "--sides", "2", "--suggest"});
    CHECK(text.out.find("cut") != std::string::npos);
}

TEST_CASE("edition keep keeps two tracks on one side, and lets them go again")
{
    const FourTracks a;
    REQUIRE(runSegue({"edition", "add", a.album(), "LP", "--medium", "vinyl"}).exitCode == 0);
    const auto tracksOnA = [&a] {
        const Ran ran = runSegue({"vinyl", a.album(), "--edition", "LP", "--sides", "2", "--json"});
        return json::parse(ran.out)["sides"][0]["tracks"].size();
    };
    CHECK(tracksOnA() == 3);
    const Ran keep = runSegue({"edition", "keep", a.album(), "LP", "-t", "4"});
    CHECK_MESSAGE(keep.exitCode == 0, keep.err);
    CHECK(keep.err.find("Tracks 3 and 4 stay on one side") != std::string::npos);
    CHECK(tracksOnA() < 3);
    CHECK(
        runSegue({"show", a.album(), "--edition", "LP"}).out.find("(kept together with the track before)") !=
        std::string::npos);
    const Ran parted = runSegue({"edition", "break", a.album(), "LP", "-t", "4", "--kind", "side"});
    CHECK(parted.exitCode == 2);
    CHECK(parted.err.find("release the two") != std::string::npos);
    CHECK(runSegue({"edition", "keep", a.album(), "LP", "-t", "1"}).err.find("nothing before track 1") !=
          std::string::npos);
    CHECK(runSegue({"edition", "keep", a.album(), "LP", "-t", "4", "--release"}).exitCode == 0);
    CHECK(tracksOnA() == 3);
}

TEST_CASE("edition record sets what a vinyl edition is planned for, and says at once what it cannot be")
{
    const FourTracks a;
    REQUIRE(runSegue({"edition", "add", a.album(), "LP", "--medium", "vinyl"}).exitCode == 0);
    const Ran set = runSegue({"edition", "record", a.album(), "LP", "--inches", "7", "--rpm", "45", "--lathe",
                              "dmm", "--reference-dbfs", "-12", "--rate", "48000"});
    CHECK_MESSAGE(set.exitCode == 0, set.err);
    const json planned = json::parse(runSegue({"vinyl", a.album(), "--edition", "LP", "--json"}).out);
    const json set7 = json::parse(runSegue({"vinyl", a.album(), "--edition", "LP", "--format", "7", "--rpm",
                                            "45", "--lathe", "dmm", "--reference-dbfs", "-12", "--json"})
                                      .out);
    CHECK(planned == set7);
    const std::string before = a.folder.read("Night.segue");
    const Ran unknown = runSegue({"edition", "record", a.album(), "LP", "--lathe", "nonsense"});
    CHECK(unknown.exitCode == 2);
    CHECK(unknown.err.find("nonsense") != std::string::npos);
    const Ran disc = runSegue({"edition", "record", a.album(), "CD", "--rpm", "45"});
    CHECK(disc.exitCode == 2);
    CHECK(disc.err.find("not for vinyl") != std::string::npos);
    CHECK(a.folder.read("Night.segue") == before);
}
