// Limits of the system: the longest file, the number of open files, the memory. An error and an exit code, no
// signal.

#include "project/project_file.h"
#include "support/child.h"
#include "support/run_segue.h"
#include "support/small_delivery.h"
#include "support/test_paths.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/resource.h>

using namespace segue;
using namespace segue::test;

namespace {

struct Ended {
    ChildEnd end{};
    std::string said{};
};

/// One track of sixty clips, each from a file of its own, that begin a tenth of a second apart.
Album sixtySources(const TempFolder& folder)
{
    constexpr std::size_t frames = 22'050;
    auto [album, cd] = get(edit::addEdition({}, "CD", CdSettings{}));
    std::vector<Clip> clips;
    for (int i = 0; i < 60; ++i) {
        const Path path = folder.write(fmt::format("audio/{}.wav", i + 1),
                                       noiseWav(static_cast<std::uint64_t>(i + 1), frames, 24));
        AddedSource added = get(addSourceFile(realFileOps(), std::move(album), path, {}, {}));
        album = std::move(added.album);
        clips.push_back({.source = added.source,
                         .length = SampleCount{frames},
                         .at = time(0.1 * i),
                         .gain = Decibels{-20}});
    }
    auto [withTrack, track] = get(edit::addTrack(std::move(album), std::move(clips), Texts{}));
    return get(edit::insertEntry(std::move(withTrack), cd, track, 0, {.gap = seconds(2), .crossfade = {}}));
}

/// The program itself under one limit; what it says goes into a file, whose first 4 KiB pass any limit here.
Ended runLimited(const TempFolder& folder, int resource, std::uint64_t limit, std::vector<std::string> words)
{
    words.insert(words.begin(), segueProgram());
    const std::string said = (folder / "said").string();
    const ChildEnd end = inChild([&] {
        const int err = ::open(said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const int null = ::open("/dev/null", O_WRONLY);
        if (dup2(err, 2) < 0 || dup2(null, 1) < 0) return 98;
        ::close(err);
        ::close(null);
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
    REQUIRE(saveProject(realFileOps(), project, Project{.album = sixtySources(folder)}).has_value());
    const std::string old = folder.read("Night.segue");

    struct Limit {
        std::string name;
        int resource;
        std::vector<std::uint64_t> values;
        std::vector<std::string> words; ///< one of which the message has
    };
    const std::vector<Limit> limits{
        {"RLIMIT_FSIZE",
         RLIMIT_FSIZE,
         {4'096, 16'384, 65'536, 262'144, 1'048'576, 4'194'304},
         {"larger than allowed"}},
        {"RLIMIT_NOFILE",
         RLIMIT_NOFILE,
         {6, 8, 16, 32, 64},
         {"too many files are open", "Too many open files"}},
        {"RLIMIT_AS",
         RLIMIT_AS,
         {24U << 20, 32U << 20, 40U << 20, 48U << 20, 56U << 20, 64U << 20, 96U << 20, 256U << 20, 384U << 20,
          512U << 20},
         {"memory"}},
    };
    const std::vector<std::vector<std::string>> orders{
        {"set", project, "--title", "Another title", "--quiet"},
        {"export", "ddp", project, out, "--quiet"},
        {"export", "wav", project, wav, "--quiet"},
    };
    std::uint64_t tried = 0, bad = 0, done = 0;
    for (const Limit& limit : limits)
        for (const std::uint64_t value : limit.values)
            for (const auto& order : orders) {
                // Pango and GLib, which make the PQ sheet, end the program when memory is short: that
                // is known, and a set is promised only from 256 MiB of address space on.
                if (limit.resource == RLIMIT_AS && value < (256U << 20) && order[1] == "ddp") continue;
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
                    right = right && (ran.end.exitCode == 2 || ran.end.exitCode == 3) &&
                            std::ranges::any_of(limit.words, [&](const std::string& word) {
                                return ran.said.find(word) != std::string::npos;
                            });
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
    CHECK(done > 10); // the orders themselves are right
    CHECK(done < tried / 2 + tried / 4);
    torture::figure("D4", "orders under RLIMIT_FSIZE, RLIMIT_NOFILE and RLIMIT_AS, of 60 sources", tried, bad,
                    fmt::format("{} were done, the others ended with an error", done));
}
