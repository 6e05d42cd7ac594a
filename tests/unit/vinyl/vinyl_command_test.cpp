// `segue vinyl` as a script calls it.

#include "support/run_segue.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <numbers>

using namespace segue;
using namespace segue::test;
using nlohmann::json;

namespace {

std::string toneFile(double hertz, double dbfs, double right, int seconds)
{
    std::vector<std::int16_t> samples;
    for (int i = 0; i < seconds * 44'100; ++i) {
        const double v =
            std::pow(10, dbfs / 20) * std::sin(2 * std::numbers::pi * hertz * i / 44'100) * 32'768;
        samples.push_back(static_cast<std::int16_t>(std::lround(v)));
        samples.push_back(static_cast<std::int16_t>(std::lround(v * right)));
    }
    return wav(bytesOf16(samples));
}
bool near(const json& value, double wanted, double part)
{
    return std::fabs(value.get<double>() - wanted) <= part;
}

} // namespace

TEST_CASE("segue vinyl measures a tone, and says in JSON what it assumed")
{
    const TempFolder folder;
    const std::string file = folder.write("tone.wav", toneFile(1000, -14, 1, 5)).string();
    const Ran ran = runSegue({"vinyl", file, "--json"});
    CHECK(ran.exitCode == 0);
    const json plan = json::parse(ran.out);
    CHECK(plan["ok"] == true);
    CHECK(plan["lathe"] == "standard");
    CHECK(plan["reference_dbfs"] == -14);
    CHECK(plan["cutting_gain_db"] == 0);
    REQUIRE(plan["sides"].size() == 1);
    const json& side = plan["sides"][0];
    CHECK(near(side["duration_s"], 5, 1e-6));
    CHECK(near(side["channel_velocity_peak_cm_s"], 5, 0.05));
    CHECK(near(side["lateral_velocity_peak_cm_s"], 7.071, 0.07));
    CHECK(near(side["lateral_peak_um"], 11.25, 0.11));
    CHECK(near(side["vertical_peak_um"], 0, 0.05));
    CHECK(near(side["end_radius_mm"], 146.3 - side["radius_used_mm"].get<double>(), 1e-9));
    CHECK(side["max_gain_db"].is_number());
    CHECK(side["binding_limit"] != "none");
    const json louder = json::parse(runSegue({"vinyl", file, "--json", "--cutting-gain", "6.0206"}).out);
    CHECK(near(louder["sides"][0]["lateral_peak_um"], 22.5, 0.22));
    CHECK(near(louder["sides"][0]["max_gain_db"], side["max_gain_db"].get<double>(), 1e-9));
}

TEST_CASE("an event that is an error makes exit code 1 with complete JSON; a text says it too")
{
    const TempFolder folder;
    const std::string file = folder.write("bass.wav", toneFile(100, -6, -1, 3)).string();
    const Ran ran = runSegue({"vinyl", file, "--json"});
    CHECK(ran.exitCode == 1);
    const json plan = json::parse(ran.out);
    CHECK(plan["ok"] == false);
    bool depth = false;
    for (const json& e : plan["sides"][0]["events"]) {
        CHECK(e["side"] == "A");
        CHECK(e["track"] == 1);
        depth = depth || (e["kind"] == "depth" && e["severity"] == "error");
    }
    CHECK(depth);
    const Ran text = runSegue({"vinyl", file});
    CHECK(text.exitCode == 1);
    CHECK(text.out.find("predicted") != std::string::npos);
    CHECK(text.out.find("cutting engineer decides") != std::string::npos);
}

TEST_CASE("what the model does not know stands in text and JSON, and a silent side says that it is one")
{
    const TempFolder folder;
    const std::string file = folder.write("silence.wav", toneFile(1000, -200, 1, 2)).string();
    const Ran text = runSegue({"vinyl", file});
    CHECK(text.exitCode == 0);
    CHECK(text.out.find("any level: the side is silent") != std::string::npos);
    const json plan = json::parse(runSegue({"vinyl", file, "--json"}).out);
    REQUIRE(plan["not_known"].size() >= 6);
    for (const json& sentence : plan["not_known"])
        CHECK(text.out.find("- " + sentence.get<std::string>() + "\n") != std::string::npos);
    CHECK(plan["lead_in_s"] == 0);
    CHECK(plan["sides"][0]["tracks"][0]["max_gain_db"].is_null());
}

TEST_CASE("what segue vinyl cannot do is a sentence and exit code 2")
{
    const TempFolder folder;
    const std::string file = folder.write("tone.wav", toneFile(1000, -14, 1, 1)).string();
    const std::string nonsense = folder.write("mine.lathe", "land = wide\n").string();
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"vinyl", file, "--lathe", "nobody"},
          {"vinyl", file, "--lathe", nonsense},
          {"vinyl", file, "--plant", "nobody"},
          {"vinyl", file, "--sides", "2"},
          {"vinyl", file, "--rpm", "78"},
          {"vinyl", file, "--format", "16"},
          {"vinyl", (folder.path() / "nothing.wav").string()},
          {"vinyl", file, "--minutes", "19:30"},
          {"vinyl", "--minutes", "19.5"},
          {"vinyl", "--minutes", "0:00"},
          {"vinyl", "--minutes", "1:19:30"},
          {"vinyl", "--minutes", "-3:00"},
          {"vinyl", "--minutes", "19:30", "--sides", "2"},
          {"vinyl", "--minutes", "9:30", "8:00", "--sides", "2", "--together", "1,2"},
          {"vinyl", "--minutes", "9:30", "8:00", "--together", "2,3"},
          {"vinyl", "--show-profile", "nobody"},
          {"vinyl", file, "--lead-in", "90"},
          {"vinyl", file, "--report", (folder.path() / "no folder" / "sheet.pdf").string()},
          {"vinyl"}}) {
        const Ran ran = runSegue(words);
        CAPTURE(ran.err);
        CHECK(ran.exitCode == 2);
        CHECK(ran.out.empty());
    }
    CHECK(runSegue({"vinyl", file, "--lathe", nonsense}).err.find("line 1") != std::string::npos);
}

TEST_CASE("several files are one side with bands, or as many sides as asked")
{
    const TempFolder folder;
    const std::string a = folder.write("a.wav", toneFile(1000, -14, 1, 2)).string();
    const std::string b = folder.write("b.wav", toneFile(500, -14, 1, 3)).string();
    const json one = json::parse(runSegue({"vinyl", a, b, "--json"}).out);
    REQUIRE(one["sides"].size() == 1);
    CHECK(one["sides"][0]["tracks"].size() == 2);
    CHECK(one["sides"][0]["bands_at_s"].size() == 1);
    CHECK(near(one["sides"][0]["duration_s"], 7, 1e-6));
    const json two =
        json::parse(runSegue({"vinyl", a, b, "--sides", "2", "--json", "--format", "7", "--rpm", "45"}).out);
    REQUIRE(two["sides"].size() == 2);
    CHECK(two["rpm"] == 45);
    CHECK(near(two["sides"][1]["duration_s"], 3, 1e-6));
}

TEST_CASE("lengths alone give the level of a record, the plant's word, and what even sides would gain")
{
    const json chart = json::parse(runSegue({"vinyl", "--minutes", "20:00", "24:00", "28:00", "--json"}).out);
    REQUIRE(chart["sides"].size() == 3);
    CHECK(near(chart["sides"][0]["level_db"], 0, 0.1));
    CHECK(near(chart["sides"][1]["level_db"], -3, 0.1));
    CHECK(near(chart["sides"][2]["level_db"], -6, 0.1));
    CHECK(chart["level_db"] == chart["sides"][2]["level_db"]);
    CHECK(near(chart["imbalance_db"], 3, 0.1));
    CHECK(chart["sides"][0]["plant_says"] == "fair");
    CHECK(chart["sides"][2]["plant_says"] == "refused");
    // Tracks are shared out in their order.
    const json album =
        json::parse(runSegue({"vinyl", "--minutes", "4:12", "3:36", "5:06", "2:54", "6:18", "4:48", "3:18",
                              "4:00", "5:30", "3:54", "4:24", "2:42", "--sides", "3", "--json"})
                        .out);
    REQUIRE(album["sides"].size() == 3);
    CHECK(album["sides"][1]["lengths"] == json{5, 6, 7, 8});
    CHECK(near(album["sides"][1]["duration_s"], 18.4 * 60, 1e-6));
    // Nothing fits an hour: exit code 1, and the sentence says which side.
    const Ran never = runSegue({"vinyl", "--minutes", "20:00", "60:00"});
    CHECK(never.exitCode == 1);
    CHECK(never.out.find("side B fits at none") != std::string::npos);
    const json hopeless = json::parse(runSegue({"vinyl", "--minutes", "60:00", "--json"}).out);
    CHECK(hopeless["ok"] == false);
    CHECK(hopeless["level_db"].is_null());
}

TEST_CASE("a built-in profile is printed as the file to copy, and is that profile again")
{
    const TempFolder folder;
    const Ran text = runSegue({"vinyl", "--show-profile", "tight"});
    CHECK(text.exitCode == 0);
    const std::string copy = folder.write("ours.lathe", text.out).string();
    const std::string file = folder.write("tone.wav", toneFile(1000, -14, 1, 1)).string();
    json mine = json::parse(runSegue({"vinyl", file, "--lathe", copy, "--json"}).out),
         built = json::parse(runSegue({"vinyl", file, "--lathe", "tight", "--json"}).out);
    CHECK(mine["lathe"] == "ours");
    CHECK(mine["sides"] == built["sides"]);
    CHECK(runSegue({"vinyl", "--show-profile", "zenith"}).out.find("12_33_good") != std::string::npos);
    CHECK(runSegue({"vinyl", "--show-profile", "nobody"}).err.find("standard") != std::string::npos);
}
