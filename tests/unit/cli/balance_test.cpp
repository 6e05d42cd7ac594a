// segue balance: proposes, and stores only when told to.

#include "support/run_segue.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>

using namespace segue;
using namespace segue::test;
using nlohmann::json;

namespace {

/// Five seconds of a tone at 1 kHz, both sides alike.
std::string toneWav(double peak)
{
    std::string samples;
    for (int i = 0; i < 5 * 44'100; ++i) {
        const double v = peak * std::sin(2 * 3.14159265358979 * 1000 * i / 44'100);
        const auto k = static_cast<std::uint64_t>(std::llround(v * 32'767));
        samples += le(k & 0xFFFF, 2) + le(k & 0xFFFF, 2);
    }
    return wav(samples, {.bits = 16});
}

/// Three tones: -20, -26 and -14 dBFS, which is as many LUFS and a little.
struct Tones {
    TempFolder folder{};
    std::string file = (folder.path() / "A.segue").string();
    Tones()
    {
        std::vector<std::string> words{"new", file, "--title", "T"};
        int number = 1;
        for (const double peak : {0.1, 0.05, 0.2}) {
            const std::string name = std::to_string(number++) + ".wav";
            words.push_back(folder.write(name, toneWav(peak)).string());
        }
        const Ran made = run(words);
        REQUIRE_MESSAGE(made.exitCode == 0, made.err);
    }
    [[nodiscard]] static Ran run(const std::vector<std::string>& words) { return runSegue(words); }
    [[nodiscard]] json balance(std::vector<std::string> more) const
    {
        std::vector<std::string> words{"balance", file, "--json", "--no-cache"};
        words.insert(words.end(), more.begin(), more.end());
        const Ran ran = run(words);
        REQUIRE_MESSAGE(ran.exitCode == 0, ran.err);
        return json::parse(ran.out);
    }
    [[nodiscard]] std::string refusal(std::vector<std::string> more) const
    {
        std::vector<std::string> words{"balance", file, "--no-cache"};
        words.insert(words.end(), more.begin(), more.end());
        const Ran ran = run(words);
        CHECK(ran.exitCode != 0);
        return ran.err;
    }
};

bool near(const json& value, double wanted) { return std::fabs(value.get<double>() - wanted) < 0.03; }

} // namespace

TEST_CASE("segue balance proposes and changes nothing")
{
    const Tones a;
    const std::string before = a.folder.read("A.segue");
    const json p = a.balance({"--reference", "1"});
    CHECK(near(p["tracks"][0]["balance_db"], 0));
    CHECK(near(p["tracks"][1]["balance_db"], 6.02));
    CHECK(near(p["tracks"][2]["balance_db"], -6.02));
    CHECK(p["tracks"][1]["loses_exact_copy"] == true);
    CHECK(p["tracks"][0]["loses_exact_copy"] == false);
    CHECK(p["applied"] == false);
    CHECK(a.folder.read("A.segue") == before);
}

TEST_CASE("an applied balance is in its own column, and the next one finds nothing to do")
{
    const Tones a;
    CHECK(a.balance({"--target", "-20", "--apply"})["applied"] == true);
    CHECK(a.folder.read("A.segue").find("balance=") != std::string::npos);
    CHECK(a.folder.read("A.segue").find(" gain=") == std::string::npos);
    const json again = a.balance({"--target", "-20", "--apply"});
    CHECK(again["applied"] == false);
    for (const json& track : again["tracks"]) CHECK(near(track["loudness_after_lufs"], -20));
}

TEST_CASE("a wanted offset is kept, and can be taken from what is heard")
{
    const Tones a;
    REQUIRE(a.run({"set", a.file, "-t", "2", "--offset", "-4"}).exitCode == 0);
    const json p = a.balance({"--reference", "1"});
    CHECK(near(p["tracks"][1]["balance_db"], 2.02));
    REQUIRE(a.run({"balance", a.file, "--offsets-as-heard", "--no-cache"}).exitCode == 0);
    const json balanced = a.balance({});
    for (const json& track : balanced["tracks"]) CHECK(std::fabs(track["balance_db"].get<double>()) < 0.06);
}

TEST_CASE("the ceiling moves all tracks, and the one that binds it is named")
{
    const Tones a;
    const json p = a.balance({"--target", "-8", "--ceiling", "-10"});
    CHECK(p["album_moved_db"].get<double>() < -1);
    CHECK(p["binding_track"].is_number());
    for (const json& track : p["tracks"]) CHECK(track["true_peak_after_dbtp"].get<double>() <= -10);
    const json album = a.balance({"--mode", "album", "--target", "-30"});
    CHECK(near(album["tracks"][0]["balance_db"], album["tracks"][2]["balance_db"].get<double>()));
}

TEST_CASE("a balance that cannot be is refused in a sentence")
{
    const Tones a;
    CHECK(a.refusal({"--mode", "reference"}).find("--reference N") != std::string::npos);
    CHECK(a.refusal({"--mode", "album"}).find("--target") != std::string::npos);
    CHECK(a.refusal({"--reference", "9"}).find("There is no track 9; the edition has 3") !=
          std::string::npos);
    CHECK(a.refusal({"--reference", "1", "--target", "-14"}).find("not from both") != std::string::npos);
    CHECK(a.refusal({"--mode", "loudest", "--window", "0.1"}).find("between 0.4 s") != std::string::npos);
    CHECK(a.refusal({"--window", "10"}).find("--window 10: Only the loudest section has a length") !=
          std::string::npos);
    CHECK(a.refusal({"--offsets-as-heard", "--ceiling", "-1"}).find("leave target, reference and ceiling") !=
          std::string::npos);
}

TEST_CASE("a number that will not do is refused with the option, the number and what would be right")
{
    const Tones a;
    const auto says = [&](const std::string& option, const std::string& typed, const std::string& why) {
        const std::string said = a.refusal({option, typed});
        CAPTURE(said);
        CHECK(said.find("segue: " + option + " " + typed + ": " + why) == 0);
    };
    says("--ceiling", "5", "this is out of range; give -60 to 0 dBTP");
    says("--ceiling", "-60.5", "this is out of range; give -60 to 0 dBTP");
    says("--ceiling", "-1,5", "this is no number; give -60 to 0 dBTP");
    says("--target", "14", "this is out of range; give -70 to 0 LUFS");
    says("--target", "loud", "this is no number; give -70 to 0 LUFS");
    says("--reference", "1.5", "this is no whole number; give 1 to 9999");
    CHECK(a.balance({"--ceiling", "-0"})["ceiling_dbtp"] == 0);
    CHECK(a.balance({"--ceiling=-60"})["ceiling_dbtp"] == -60);

    const Ran refused = a.run({"balance", a.file, "--ceiling", "5", "--json"});
    CHECK(refused.exitCode == 2);
    CHECK(json::parse(refused.out)["error"]["message"] ==
          "--ceiling 5: this is out of range; give -60 to 0 dBTP");
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"vinyl", "--minutes", "20", "--cutting-gain", "41"},
             {"vinyl", "--minutes", "20", "--reference-dbfs", "-61"},
             {"vinyl", "--minutes", "20", "--sides", "27"},
             {"set", a.file, "-t", "1", "--offset", "25"},
             {"set", a.file, "-t", "1", "--gain", "201"},
             {"export", "sides", a.file, a.file + "-sides", "--gain", "25"}}) {
        const Ran ran = a.run(words);
        const std::string option = words[words.size() - 2] + " " + words.back();
        CAPTURE(ran.err);
        CHECK(ran.exitCode == 2);
        CHECK(ran.err.find("segue: " + option + ": this is out of range; give ") == 0);
    }
}
