// `segue measure` as a script calls it.

#include "support/run_segue.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

using namespace segue;
using namespace segue::test;
using nlohmann::json;

namespace {

/// 5 s of 1 kHz at `level` dBFS, 16 bit.
std::string toneFile(double level, double seconds = 5)
{
    std::vector<std::int16_t> samples;
    const double peak = std::pow(10.0, level / 20) * 32'768;
    for (int i = 0; i < static_cast<int>(seconds * 44'100); ++i) {
        const auto v = static_cast<std::int16_t>(peak * std::sin(2 * std::numbers::pi * 1000 * i / 44'100.0));
        samples.insert(samples.end(), {v, v});
    }
    return wav(bytesOf16(samples));
}

struct Tones {
    TempFolder folder{};
    std::string loud = folder.write("01 Loud.wav", toneFile(-20)).string();
    std::string quiet = folder.write("02 Quiet.wav", toneFile(-30)).string();
    std::string silent = folder.write("03 Silent.wav", wav(std::string(400'000, '\0'))).string();
};

bool near(const json& value, double expected, double within = 0.1)
{
    return value.is_number() && std::abs(value.get<double>() - expected) <= within;
}

} // namespace

TEST_CASE("segue measure prints a line for each file and one for all")
{
    const Tones tones;
    const Ran ran = runSegue({"measure", tones.loud, tones.quiet});
    CHECK(ran.exitCode == 0);
    CHECK(ran.out.find("Loud") != std::string::npos);
    CHECK(ran.out.find("-20.0") != std::string::npos);
    CHECK(ran.out.find("Quiet") != std::string::npos);
    CHECK(ran.out.find("all of them") != std::string::npos);
}

TEST_CASE("segue measure says why a file that sounds has no loudness")
{
    const Tones tones;
    const std::string brief = tones.folder.write("Brief.wav", toneFile(-20, 0.3)).string();
    const std::string soft = tones.folder.write("Soft.wav", toneFile(-85)).string();
    const Ran ran = runSegue({"measure", brief, soft});
    CHECK(ran.exitCode == 0);
    CHECK(ran.out.find("Brief: shorter than the 400 ms that a loudness takes") != std::string::npos);
    CHECK(ran.out.find("Soft: below the gate of -70 LUFS, so it has no loudness") != std::string::npos);
}

TEST_CASE("segue measure --json has the documented fields, and null for silence")
{
    const Tones tones;
    const Ran ran = runSegue({"measure", tones.loud, tones.silent, "--json"});
    REQUIRE(ran.exitCode == 0);
    const json object = json::parse(ran.out);
    CHECK(object["ok"] == true);
    REQUIRE(object["tracks"].size() == 2);
    const json &loud = object["tracks"][0], &silent = object["tracks"][1];
    CHECK(near(loud["integrated_lufs"], -20));
    CHECK(near(loud["max_momentary_lufs"], -20));
    CHECK(near(loud["max_short_term_lufs"], -20));
    CHECK(near(loud["loudness_range_lu"], 0));
    CHECK(near(loud["true_peak_dbtp"], -20));
    CHECK(near(loud["sample_peak_dbfs"], -20));
    CHECK(near(loud["plr_db"], 0));
    CHECK(near(loud["correlation"], 1, 0));
    CHECK(near(loud["dc_left"], 0, 1e-4));
    CHECK(near(loud["duration_s"], 5, 0));
    CHECK(loud["clipped_runs"] == 0);
    for (const char* name : {"integrated_lufs", "loudness_range_lu", "max_momentary_lufs",
                             "max_short_term_lufs", "true_peak_dbtp", "sample_peak_dbfs", "plr_db", "psr_db",
                             "crest_db", "correlation", "balance_db", "noise_floor_dbfs"}) {
        CAPTURE(name);
        CHECK(silent[name].is_null());
    }
    CHECK(silent["dc_right"] == 0.0);
    // Three blocks reach over the end into silence and pass the gate all the same: 46 + 1.5 of 49.
    CHECK(near(object["album"]["integrated_lufs"], -20.13));
}

TEST_CASE("segue measure names clipped runs with their time")
{
    const TempFolder folder;
    std::vector<std::int16_t> samples(2 * 44'100);
    for (std::size_t i = 20'000; i < 20'010; ++i) samples[2 * i] = 32'767;
    const std::string file = folder.write("mix.wav", wav(bytesOf16(samples))).string();
    const Ran ran = runSegue({"measure", file});
    CHECK(ran.exitCode == 0);
    CHECK(ran.out.find("one run at full scale") != std::string::npos);
    CHECK(ran.out.find("0:00.454 (10 samples left)") != std::string::npos);
    const json object = json::parse(runSegue({"measure", file, "--json"}).out);
    CHECK(object["tracks"][0]["clipped_runs"] == 1);
    CHECK(object["tracks"][0]["clipped"][0]["samples"] == 10);
}

TEST_CASE("of a file with an infinite sample there is no level, neither beside others nor in an album")
{
    const Tones tones;
    const auto bits = [](float v) { return le(std::bit_cast<std::uint32_t>(v), 4); };
    std::string samples;
    for (int i = 0; i < 5 * 44'100; ++i) {
        const float v = i == 60'000 ? std::numeric_limits<float>::infinity()
                                    : 0.1F * std::sin(0.14F * static_cast<float>(i));
        samples += bits(v) + bits(v);
    }
    const std::string bad =
        tones.folder.write("04 Bad.wav", wav(samples, {.tag = 3, .channels = 2, .bits = 32})).string();
    const auto levelsOf = [](const json& of) {
        std::vector<json> levels;
        for (const char* name :
             {"integrated_lufs", "loudness_range_lu", "max_momentary_lufs", "max_short_term_lufs",
              "true_peak_dbtp", "sample_peak_dbfs", "plr_db", "psr_db", "rms_dbfs", "crest_db", "dc_left",
              "dc_right", "correlation", "balance_db", "true_peak_at_s", "max_momentary_at_s"})
            levels.push_back(of.at(name));
        return levels;
    };
    const auto isNull = [](const json& value) { return value.is_null(); };
    for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{{}, {"--reference"}}) {
        std::vector<std::string> words{"measure", tones.loud, bad, "--json"};
        words.insert(words.end(), more.begin(), more.end());
        const json object = json::parse(runSegue(words).out);
        CHECK(near(object["tracks"][0]["integrated_lufs"], -20));
        CHECK(std::ranges::all_of(levelsOf(object["tracks"][1]), isNull));
        CHECK(object["tracks"][1]["not_finite_samples"] == 2);
        CHECK(std::ranges::all_of(levelsOf(object["album"]), isNull));
    }
    const Ran ran = runSegue({"measure", tones.loud, bad});
    CHECK(ran.out.find("Bad: no level, because it holds samples that are infinite") != std::string::npos);
    CHECK(ran.out.find("The whole has no level either") != std::string::npos);
    CHECK(ran.out.find("Bad: silence") == std::string::npos);
    CHECK(ran.out.find("inf ") == std::string::npos);

    const std::string album = (tones.folder / "A.segue").string();
    static_cast<void>(runSegue({"new", album, tones.loud, bad}));
    const json object = json::parse(runSegue({"measure", album, "--json", "--no-cache"}).out);
    CHECK(near(object["tracks"][0]["integrated_lufs"], -20));
    CHECK(std::ranges::all_of(levelsOf(object["tracks"][1]), isNull));
    CHECK(std::ranges::all_of(levelsOf(object["album"]), isNull));
    const Ran refused = runSegue({"balance", album, "--no-cache"});
    CHECK(refused.exitCode == 1);
    CHECK(refused.err.find("Bad: This track holds samples that are infinite, so it has no level") !=
          std::string::npos);
    const std::string report = (tones.folder / "report.txt").string();
    CHECK(runSegue({"measure", album, "--report", report, "--no-cache"}).exitCode == 0);
    CHECK(tones.folder.read("report.txt").find("no level, because it holds samples") != std::string::npos);
}

TEST_CASE("segue measure of an album follows its gains, and libebur128 agrees")
{
    const Tones tones;
    const std::string album = (tones.folder / "A.segue").string();
    REQUIRE(runSegue({"new", album, tones.loud, tones.quiet, "--gap", "2"}).exitCode == 0);
    REQUIRE(runSegue({"set", album, "-t", "2", "--gain", "4"}).exitCode == 0);
    const json ours = json::parse(runSegue({"measure", album, "--json"}).out);
    CHECK(near(ours["tracks"][0]["integrated_lufs"], -20));
    CHECK(near(ours["tracks"][1]["integrated_lufs"], -26));
    CHECK(near(ours["tracks"][1]["gain_db"], 4, 0));
    CHECK(near(ours["album"]["duration_s"], 12, 0));
    const json theirs = json::parse(runSegue({"measure", album, "--json", "--reference"}).out);
    CHECK(theirs["method"] == "libebur128");
    for (const char* name : {"integrated_lufs", "true_peak_dbtp", "sample_peak_dbfs"})
        for (std::size_t i = 0; i < 2; ++i)
            CHECK(near(theirs["tracks"][i][name], ours["tracks"][i][name].get<double>(), 0.01));
}

TEST_CASE("segue measure refuses what it cannot measure")
{
    const Tones tones;
    CHECK(runSegue({"measure"}).exitCode == 2);
    CHECK(runSegue({"measure", (tones.folder / "nothere.wav").string()}).exitCode == 2);
    CHECK(runSegue({"measure", tones.folder.write("text.txt", "hello").string()}).exitCode == 2);
    const std::string album = (tones.folder / "A.segue").string();
    REQUIRE(runSegue({"new", album, tones.loud}).exitCode == 0);
    CHECK(runSegue({"measure", album, tones.loud}).exitCode == 2);
    const Ran folder = runSegue({"measure", tones.folder.path().string(), "--json"});
    CHECK(folder.exitCode == 2);
    CHECK(json::parse(folder.out)["ok"] == false);
}

TEST_CASE("segue measure --streaming says what each service does, and where that was read")
{
    const Tones tones;
    const json object =
        json::parse(runSegue({"measure", tones.loud, tones.silent, "--json", "--streaming"}).out);
    const auto& services = object["streaming"];
    REQUIRE(services.size() >= 5);
    CHECK(services[0]["id"] == "spotify");
    // -20 LUFS with peaks at -20 dBTP: there is room to -14.
    CHECK(near(services[0]["tracks"][0]["in_shuffle"]["gain_db"], 6));
    CHECK(services[0]["tracks"][1]["in_shuffle"].is_null());
    const Ran text = runSegue({"measure", tones.loud, "--streaming"});
    CHECK(text.out.find("+6.0") != std::string::npos);
    CHECK(text.out.find("https://support.spotify.com") != std::string::npos);
    CHECK(json::parse(runSegue({"measure", tones.loud, "--json"}).out).contains("streaming") == false);
}
