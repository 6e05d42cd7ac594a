// Every state a power loss can leave on the disk during a save, an export and a re-export, in the weak model
// of RecordingFileOps: the old content or the new one, never anything between.

#include "core/recording_file_ops.h"
#include "core/testing_file_ops.h"
#include "deliver/report_files.h"
#include "project/project_file.h"
#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <cerrno>

using namespace segue;
using namespace segue::test;

namespace {

using Contents = std::map<std::string, std::string>;

bool holds(const CrashState& state, const Contents& meant)
{
    for (const auto& [name, bytes] : meant) {
        const std::string* there = state.file(name);
        if (there == nullptr || *there != bytes) return false;
    }
    return true;
}

/// The entries below `folder`, without the folder itself.
std::size_t filesBelow(const CrashState& state, const std::string& folder)
{
    std::size_t count = 0;
    for (const auto& [name, content] : state.entries)
        if (content && name.starts_with(folder + "/")) ++count;
    return count;
}

/// An album whose sets are delivered into DISK, a folder beside its sources, so that the log holds no
/// sources.
class RecordedExport {
public:
    RecordedExport()
    {
        std::filesystem::create_directory(disk());
        old_ = deliver(realFileOps(), 1);
        std::filesystem::remove_all(disk());
        std::filesystem::create_directory(disk());
        fresh_ = deliver(realFileOps(), 2);
        std::filesystem::remove_all(disk());
        std::filesystem::create_directory(disk());
    }
    [[nodiscard]] Path disk() const { return small.folder / "DISK"; }
    /// What lies on the disk afterwards, by name there. \pre DISK is a folder
    Contents deliver(FileOps& files, std::uint64_t seed)
    {
        small.options.render.seed = seed;
        const auto outcome = small.exportTo(files, disk() / "OUT");
        REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
        REQUIRE(outcome->written);
        Contents found;
        for (const auto& [name, bytes] : small.everything("DISK")) found[name.substr(5)] = bytes;
        return found;
    }
    static Contents setOf(const Contents& all)
    {
        Contents set;
        for (const auto& [name, bytes] : all)
            if (name.starts_with("OUT/")) set.emplace(name, bytes);
        return set;
    }
    /// Every so many states are put on a real disk: the set there verifies, and the next export works.
    [[nodiscard]] std::string faultOnDisk(const CrashState& state)
    {
        const TempFolder again;
        if (const auto s = materialise(realFileOps(), state, again.path()); !s) return sentence(s.error());
        const Path set = again / "OUT";
        if (std::filesystem::exists(set)) {
            if (const std::string fault = firstFault(set); !fault.empty()) return fault;
            if (!mayBeReplaced(realFileOps(), set)) std::filesystem::remove_all(set);
        }
        small.options.replace = true;
        const auto next = small.exportTo(realFileOps(), set);
        if (!next) return sentence(next.error());
        return next->written ? firstFault(set) : "the next export refused";
    }

    const Contents& old() const { return old_; }
    const Contents& fresh() const { return fresh_; }
    SmallDelivery small{std::vector<TrackShape>{{.bits = 24}}};

private:
    Contents old_{}, fresh_{};
};

void losePowerDuringExport(bool overAnOldSet, const std::string& what)
{
    RecordedExport test;
    if (overAnOldSet) {
        test.deliver(realFileOps(), 1);
        test.small.options.replace = true;
    }
    RecordingFileOps recording{realFileOps(), test.disk()};
    // Many writes, so that each can be lost alone; also the small files have several.
    FaultyFileOps parts{recording, {.shortWrites = 200}};
    REQUIRE((test.deliver(parts, 2) == test.fresh()));
    const Contents oldSet = RecordedExport::setOf(test.old());
    const Contents newSet = RecordedExport::setOf(test.fresh());
    std::uint64_t bad = 0, seen = 0, none = 0, old = 0, fresh = 0;
    const std::uint64_t onDisk = torture::perTier(200U, 200U, 1'000U);
    const auto states = recording.visitCrashStates(
        static_cast<std::size_t>(scaled(torture::perTier(4'000, 100'000, 1'000'000))), 20'261'121,
        [&](const CrashState& state) {
            const bool exists = state.entries.contains("OUT");
            const std::size_t count = filesBelow(state, "OUT");
            const bool isNew = exists && count == newSet.size() && holds(state, newSet);
            const bool isOld = exists && count == oldSet.size() && holds(state, oldSet);
            ++(isNew ? fresh : isOld ? old : none);
            bool right = isNew || (overAnOldSet ? isOld : !exists);
            // Told to be done, it is done, with its reports.
            if (state.afterTheEnd && !(isNew && holds(state, test.fresh()))) right = false;
            if (right && ++seen % onDisk == 0) {
                const std::string fault = test.faultOnDisk(state);
                CHECK(fault == "");
                right = fault.empty();
            }
            if (!right) ++bad;
        });
    CHECK(bad == 0);
    CHECK(fresh > 0);
    CHECK((overAnOldSet ? old : none) > 0);
    torture::figure(
        "K4", what, states, bad,
        fmt::format("{} without a set, {} with the old one, {} with the new one", none, old, fresh));
}

} // namespace

TEST_CASE("K4: after a power loss at any moment of a save the project is the old one or the new one")
{
    std::uint64_t states = 0, bad = 0;
    for (const bool links : {true, false})
        for (const std::size_t tracks : {1U, 12U, 99U}) {
            const TempFolder folder;
            const Path place = folder / "Night.segue";
            Project project{.album = album(std::vector<double>(tracks, 200.0))};
            REQUIRE(saveProject(realFileOps(), place, project).has_value());
            project.album = get(edit::setAlbumText(std::move(project.album), TextField::title,
                                                   project.album.info.language, "Once"));
            REQUIRE(saveProject(realFileOps(), place, project).has_value());
            const std::string old = folder.read("Night.segue"), older = folder.read("Night.segue.bak");
            project.album = get(edit::setAlbumText(std::move(project.album), TextField::title,
                                                   project.album.info.language, "Twice"));
            FaultyFileOps linkless{realFileOps(),
                                   {.calls = {FileCall::link}, .failAt = 0, .error = EPERM, .forEver = true}};
            RecordingFileOps recording{links ? realFileOps() : static_cast<FileOps&>(linkless),
                                       folder.path()};
            FaultyFileOps parts{recording, {.shortWrites = old.size() / 12 + 1}};
            REQUIRE(saveProject(parts, place, project).has_value());
            const std::string fresh = folder.read("Night.segue");
            REQUIRE(fresh != old);
            states += recording.visitCrashStates(
                static_cast<std::size_t>(scaled(torture::perTier(1'000, 20'000, 100'000))), tracks,
                [&](const CrashState& state) {
                    const std::string* now = state.file("Night.segue");
                    const std::string* backup = state.file("Night.segue.bak");
                    const bool right = now != nullptr &&
                                       (*now == fresh || (*now == old && !state.afterTheEnd)) &&
                                       backup != nullptr && (*backup == old || *backup == older);
                    if (!right) ++bad;
                });
        }
    CHECK(bad == 0);
    CHECK(states > 100);
    torture::figure("K4",
                    "states after a power loss during a save, 3 project sizes, with and without hard links",
                    states, bad);
}

TEST_CASE("K4: after a power loss at any moment of an export there is no set or the whole one")
{
    losePowerDuringExport(false, "states after a power loss during an export");
}

TEST_CASE("K4: after a power loss at any moment of a re-export there is the old set or the new one")
{
    losePowerDuringExport(true, "states after a power loss during a re-export over a set");
}
