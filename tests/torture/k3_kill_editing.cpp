// A window that edits, saves and is killed at any file call: the saved project opens, and every edit that the
// journal said to be kept is offered. Then recovery itself is killed, again and again.

#include "app/session.h"
#include "support/child.h"
#include "support/journal_bench.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <atomic>
#include <new>

using namespace segue;
using namespace segue::test;

namespace {

/// What the child told before it was killed, in memory both see.
struct Told {
    std::atomic<int> saved{0}, flushed{0}, done{0};
};
class SharedTold {
public:
    SharedTold()
    {
        void* memory = mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        REQUIRE(memory != MAP_FAILED);
        told_ = new (memory) Told;
    }
    ~SharedTold() { munmap(told_, sizeof(Told)); }
    Told* operator->() const { return told_; }

private:
    Told* told_;
};

SessionSetup setup(const Path& state, FileOps& files, int number)
{
    return {.files = &files,
            .state = state,
            .self = window(number),
            .stillRuns = nobodyRuns(),
            .now = [] { return WallTime{1}; },
            .journalWait = std::chrono::milliseconds{0}};
}

/// Thirty edits, saved after every twelfth.
int editUntilKilled(FileOps& files, const Path& project, const Path& state, Told& told)
{
    auto session = Session::open(setup(state, files, 1), project);
    if (!session) return 1;
    for (int i = 1; i <= 30; ++i) {
        if (!(*session)->apply("Edit", numbered(*(*session)->album(), i))) return 2;
        if (!(*session)->flushJournal()) return 3;
        told.flushed = i;
        if (i % 12 != 0) continue;
        if (!(*session)->save()) return 4;
        told.saved = i;
    }
    told.done = 1;
    return 0;
}

} // namespace

TEST_CASE("K3: a window killed at any file call loses no saved project and no edit that was kept")
{
    std::uint64_t points = 0, lost = 0, offered = 0;
    const std::string start = get(formatProject(album({10.0, 20.0}), "/music"));
    bool finished = false;
    for (std::int64_t at = 0; !finished; at += torture::perTier(2, 1, 1)) {
        CAPTURE(at);
        REQUIRE(at < 5000);
        const TempFolder folder;
        const Path project = folder / "Night.segue", state = folder / "state";
        folder.write("Night.segue", start);
        const SharedTold told;
        const ChildEnd end = inChild([&] {
            auto fault = killedAt(at);
            fault.shortWrites = 1000; // so that one can be in the middle of a record
            FaultyFileOps killing{realFileOps(), fault};
            return editUntilKilled(killing, project, state, *told.operator->());
        });
        finished = !end.killed();
        if (finished) {
            CHECK(end.exitCode == 0);
            CHECK(told->done == 1);
            continue;
        }
        ++points;
        std::string fault;
        const auto saved = loadProject(quickFileOps(), project);
        const int onDisk = saved ? numberOf(saved->album) : -1;
        if (onDisk < told->saved) fault = "the saved project is not the last one that was saved";
        const auto found = findRecovery(quickFileOps(), state, project, nobodyRuns());
        int reached = onDisk;
        for (const Recovery& recovery : found) {
            if (recovery.alreadySaved) continue;
            ++offered;
            if (recovery.projectChanged && onDisk >= told->flushed)
                continue; // saved, and killed before it was told
            const auto back = recover(quickFileOps(), recovery, window(2), nobodyRuns());
            if (!back) fault = sentence(back.error());
            if (back) reached = std::max(reached, numberOf(back->project.album));
        }
        if (reached < told->flushed)
            fault = fmt::format("edit {} was kept, {} came back", told->flushed.load(), reached);
        CHECK(fault == "");
        if (!fault.empty()) ++lost;
    }
    CHECK(points >= 100);
    CHECK(offered > points / 2);
    torture::figure("K3", "windows killed at file calls while they edit, keep and save", points, lost,
                    fmt::format("{} offered a recovery", offered));
}

TEST_CASE("K3: a recovery killed at any file call is offered again or left aside, and the project opens")
{
    std::uint64_t points = 0, lost = 0, aside = 0;
    const std::string start = get(formatProject(album({10.0, 20.0}), "/music"));
    bool finished = false;
    for (std::int64_t at = 0; !finished; ++at) {
        CAPTURE(at);
        REQUIRE(at < 500);
        const TempFolder folder;
        const Path project = folder / "Night.segue", state = folder / "state";
        folder.write("Night.segue", start);
        {
            const auto session = get(Session::open(setup(state, quickFileOps(), 1), project));
            REQUIRE(session->apply("Edit", numbered(*session->album(), 1)).has_value());
        }
        for (int attempt = 0; attempt < 3 && !finished; ++attempt) {
            const auto found = findRecovery(quickFileOps(), state, project, nobodyRuns());
            if (found.empty()) break;
            const ChildEnd end = inChild([&] {
                FaultyFileOps killing{realFileOps(), killedAt(at)};
                const auto session = Session::openRecovered(setup(state, killing, 2 + attempt), found[0]);
                return session ? 0 : found[0].setAside() ? 7 : 1;
            });
            if (!end.killed()) {
                if (end.exitCode == 0) finished = attempt == 0;
                if (end.exitCode == 1) ++lost;
                CHECK(end.exitCode != 1);
                break;
            }
            ++points;
        }
        std::string fault;
        if (!loadProject(quickFileOps(), project)) fault = "the saved project does not open";
        const auto found = findRecovery(quickFileOps(), state, project, nobodyRuns());
        if (found.empty()) fault = "the edits are gone";
        bool kept = false;
        for (const Recovery& recovery : found) {
            if (recovery.setAside()) {
                ++aside;
                kept = std::filesystem::exists(recovery.folder / journalName);
                continue;
            }
            const auto back = recover(quickFileOps(), recovery, window(9), nobodyRuns());
            if (back && numberOf(back->project.album) == 1) kept = true;
        }
        if (!kept) fault = "the edits do not come back";
        CHECK(fault == "");
        if (!fault.empty()) ++lost;
    }
    CHECK(points >= 60);
    CHECK(aside > 0);
    torture::figure("K3", "recoveries killed at every file call, three times each", points, lost,
                    fmt::format("{} left aside after two", aside));
}
