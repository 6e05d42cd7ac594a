// `segue check --accept` and `--withdraw` as a script calls them.

#include "support/fault_seeds.h"
#include "support/run_segue.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

using namespace segue;
using namespace segue::test;
using nlohmann::json;

namespace {

/// Music of 6 s with holes of 5 ms of digital zero at these frames.
std::string withHoles(std::uint64_t seed, const std::vector<std::size_t>& holes)
{
    auto sound = musicLike(cdRate, 6, seed);
    for (const std::size_t at : holes)
        std::fill_n(sound.begin() + static_cast<std::ptrdiff_t>(at), 220, Frame{});
    std::vector<std::int16_t> samples;
    for (const Frame& f : sound)
        for (const double v : {f.left, f.right})
            samples.push_back(static_cast<std::int16_t>(std::lround(v * 32'000)));
    return wav(bytesOf16(samples));
}

struct Desk {
    TempFolder folder{};
    std::string one = folder.write("01 One.wav", withHoles(1, {})).string();
    std::string two = folder.write("02 Two.wav", withHoles(2, {88'200, 176'400})).string();
    std::string album = (folder.path() / "Night.segue").string();
    Desk() { REQUIRE(runSegue({"new", album, one, two}).exitCode == 0); }

    [[nodiscard]] Ran check(std::vector<std::string> more = {}) const
    {
        more.insert(more.begin(), {"check", album});
        return runSegue(more);
    }
    /// Of the rule: how many stand, how many are accepted.
    [[nodiscard]] std::pair<int, int> dropouts() const
    {
        std::pair<int, int> n;
        const json said = json::parse(check({"--json"}).out);
        for (const json& f : said["findings"])
            if (f["rule"] == "FAULT.DROPOUT") ++(f.contains("accepted") ? n.second : n.first);
        return n;
    }
    [[nodiscard]] std::string text() const
    {
        std::ifstream in{album};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
};

} // namespace

TEST_CASE("accepted findings keep their note, stand apart and no longer set the exit code")
{
    const Desk desk;
    CHECK(desk.check().exitCode == 1);
    REQUIRE(desk.dropouts() == std::pair{2, 0});

    const Ran one = desk.check({"--accept", "FAULT.DROPOUT@2@2.0", "--note", "the singer's own cut"});
    CHECK(one.exitCode == 1);
    CHECK(desk.dropouts() == std::pair{1, 1});
    CHECK(one.err.find("Heard and accepted:") != std::string::npos);
    CHECK(one.err.find("note: the singer's own cut") != std::string::npos);
    CHECK(one.out.find("1 accepted") != std::string::npos);

    const Ran both = desk.check({"--accept", "FAULT.DROPOUT", "--note", "all meant", "--json"});
    CHECK(both.exitCode == 0);
    CHECK(json::parse(both.out)["ok"] == true);
    CHECK(desk.check().exitCode == 0);
    CHECK(desk.text().find("note=\"all meant\"") != std::string::npos);

    CHECK(desk.check({"--withdraw", "FAULT.DROPOUT@2"}).exitCode == 1);
    CHECK(desk.dropouts() == std::pair{2, 0});
    CHECK(desk.text().find("sign-off") == std::string::npos);
}

TEST_CASE("an acceptance of a moved and renamed track holds; of another file in its place it does not")
{
    const Desk desk;
    REQUIRE(desk.check({"--accept", "FAULT.DROPOUT"}).exitCode == 0);
    REQUIRE(runSegue({"move", desk.album, "-t", "2", "--to", "1"}).exitCode == 0);
    REQUIRE(runSegue({"set", desk.album, "-t", "1", "--title", "Another"}).exitCode == 0);
    CHECK(desk.dropouts() == std::pair{0, 2});
    CHECK(desk.check().exitCode == 0);
}

TEST_CASE("words that name nothing, and errors that must be put right, change nothing")
{
    const Desk desk;
    const std::string before = desk.text();
    const std::vector<std::vector<std::string>> useless{
        {"--accept", "FAULT.DROPOUT@1"},
        {"--accept", "FAULT.DROPOUT@2@0:03"},
        {"--accept", "NO.SUCH"},
        {"--accept", "FAULT.DROPOUT@x"},
        {"--accept", "@2"},
        {"--accept", "FAULT.DROPOUT", "--accept", "FAULT.CLIPPED@7"},
        {"--withdraw", "FAULT.DROPOUT"},
        {"--note", "alone"}};
    for (const std::vector<std::string>& words : useless) {
        const Ran ran = desk.check(words);
        CAPTURE(words.back());
        CHECK(ran.exitCode == 2);
        CHECK(ran.err.find("segue: ") == 0);
        CHECK(desk.text() == before);
    }
    // A track of one second breaks a rule that is no matter of taste.
    const auto tiny = desk.folder.write("03 Tiny.wav", wav(std::string(176'400, '\1'))).string();
    REQUIRE(runSegue({"add", desk.album, tiny}).exitCode == 0);
    const Ran ran = desk.check({"--accept", "DISC.TRACK_LENGTH"});
    CHECK(ran.exitCode == 2);
    CHECK(ran.err.find("must be put right") != std::string::npos);
}

TEST_CASE("the delivery's report names what was accepted and why")
{
    const Desk desk;
    // A warning of the disc itself: there is no UPC/EAN, no ISRC ...
    const json findings = json::parse(desk.check({"--json", "--no-audio"}).out)["findings"];
    REQUIRE_FALSE(findings.empty());
    const std::string rule = findings[0]["rule"];
    REQUIRE(desk.check({"--no-audio", "--accept", rule, "--note", "a promo, not for sale"}).exitCode == 0);
    const std::string out = (desk.folder.path() / "DDP").string();
    REQUIRE(runSegue({"export", "ddp", desk.album, out}).exitCode == 0);
    std::ifstream in{out + ".report.json"};
    const json report = json::parse(in);
    CHECK(std::ranges::any_of(report["findings"], [&](const json& f) {
        return f["rule"] == rule && f["accepted"] == "a promo, not for sale";
    }));
    std::ifstream text{out + ".report.txt"};
    const std::string words{std::istreambuf_iterator<char>{text}, {}};
    CHECK(words.find("note: a promo, not for sale") != std::string::npos);
    CHECK(words.find(", accepted") != std::string::npos);
}
