// Limits of the system: the longest file, the number of open files, the memory. An error and an exit code, no
// signal.

#include "support/child.h"
#include "support/run_segue.h"
#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <sys/resource.h>

using namespace segue;
using namespace segue::test;

namespace {

struct Ended {
    ChildEnd end{};
    std::string said{};
};

/// The program itself under one limit; what it says goes into a file, whose first 4 KiB pass any limit here.
Ended runLimited(const TempFolder& folder, int resource, std::uint64_t limit, std::vector<std::string> words)
{
    words.insert(words.begin(), SEGUE_BINARY);
    const std::string said = (folder / "said").string();
    const ChildEnd end = inChild([&] {
        if (std::freopen(said.c_str(), "w", stderr) == nullptr) return 98;
        if (std::freopen("/dev/null", "w", stdout) == nullptr) return 98;
        const rlimit both{limit, limit};
        if (setrlimit(static_cast<__rlimit_resource>(resource), &both) != 0) return 97;
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        return 96;
    });
    return {end, folder.read("said")};
}

} // namespace

TEST_CASE("D4: under a limit of the system an order ends with an error or done, never by a signal, and "
          "leaves nothing")
{
    const TempFolder folder;
    const std::string project = (folder / "Night.segue").string(), out = (folder / "OUT").string(),
                      wav = (folder / "OUT.wav").string();
    std::vector<std::string> add{"add", project, "--quiet"};
    for (int i = 1; i <= 60; ++i)
        add.push_back(folder
                          .write(fmt::format("audio/{}.wav", i),
                                 noiseWav(static_cast<std::uint64_t>(i), TrackShape{}.frames / 8, 24))
                          .string());
    REQUIRE(runSegue({"new", project, "--quiet"}).exitCode == 0);
    REQUIRE(runSegue(add).exitCode == 0);
    const std::string old = folder.read("Night.segue");

    struct Limit {
        std::string name;
        int resource;
        std::vector<std::uint64_t> values;
    };
    const std::vector<Limit> limits{
        {"RLIMIT_FSIZE", RLIMIT_FSIZE, {4'096, 16'384, 65'536, 262'144, 1'048'576, 4'194'304}},
        {"RLIMIT_NOFILE", RLIMIT_NOFILE, {8, 16, 32, 64}},
        {"RLIMIT_AS", RLIMIT_AS, {64U << 20, 128U << 20, 256U << 20, 512U << 20}},
    };
    // Tracks under 4 s are allowed, so that sixty of them stay small.
    const std::vector<std::vector<std::string>> orders{
        {"set", project, "--title", "Another title", "--quiet"},
        {"export", "ddp", project, out, "--allow", "DISC.TRACK_LENGTH", "--quiet"},
        {"export", "wav", project, wav, "--allow", "DISC.TRACK_LENGTH", "--quiet"},
    };
    std::uint64_t tried = 0, bad = 0, done = 0;
    for (const Limit& limit : limits)
        for (const std::uint64_t value : limit.values)
            for (const auto& order : orders) {
                CAPTURE(limit.name);
                CAPTURE(value);
                CAPTURE(order[1]);
                const Ended ran = runLimited(folder, limit.resource, value, order);
                INFO(ran.said);
                ++tried;
                CHECK(ran.end.signal == 0);
                bool right = ran.end.signal == 0;
                // 127: the loader had no memory or no descriptor to begin with.
                const bool began = ran.end.exitCode != 127;
                if (ran.end.exitCode == 0) {
                    ++done;
                    if (std::filesystem::exists(out)) right = right && firstFault(out).empty();
                } else if (began) {
                    CHECK((ran.end.exitCode == 2 || ran.end.exitCode == 3));
                    right = right && (ran.end.exitCode == 2 || ran.end.exitCode == 3) && ran.said.size() > 10;
                }
                if (ran.end.exitCode != 0) {
                    right = right && !std::filesystem::exists(out) && !std::filesystem::exists(wav) &&
                            folder.read("Night.segue") == old;
                    for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
                        if (entry.path().filename().string().starts_with(".")) right = false;
                }
                CHECK(right);
                if (!right) ++bad;
                folder.write("Night.segue", old);
                for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
                    if (const std::string name = entry.path().filename().string();
                        name != "audio" && name != "Night.segue" && name != "said")
                        std::filesystem::remove_all(entry.path());
            }
    CHECK(tried >= 30);
    CHECK(done > 0);
    torture::figure("D4", "orders under RLIMIT_FSIZE, RLIMIT_NOFILE and RLIMIT_AS, of 60 sources", tried, bad,
                    fmt::format("{} were done, the others ended with an error", done));
}
