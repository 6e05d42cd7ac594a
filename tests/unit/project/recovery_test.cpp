#include "project/recovery.h"

#include "core/hash.h"
#include "core/testing_file_ops.h"
#include "project/open_project_file.h"
#include "project/state_folder.h"
#include "support/journal_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

/// A saved project and a window that edited it and is gone.
struct Left {
    explicit Left(int edits = 3)
    {
        REQUIRE(saveProject(quickFileOps(), project, Project{.album = album({10.0, 20.0})}).has_value());
        const auto opened = get(OpenProjectFile::open(quickFileOps(), project));
        start = opened.project.album;
        base = {.origin = {.project = opened.file.path(),
                           .folder = opened.file.path().parent_path(),
                           .savedHash = opened.file.hash(),
                           .began = 1},
                .id = projectId(quickFileOps(), project)};
        JournalWriter writer{quickFileOps(), journalSetup(state), base};
        for (int i = 1; i <= edits; ++i) {
            writer.post(numberedEdit(start, i));
            REQUIRE(writer.flush().has_value());
        }
        at = writer.folder();
    }
    [[nodiscard]] std::vector<Recovery> found(const StillRuns& runs = nobodyRuns()) const
    {
        return findRecovery(quickFileOps(), state, project, runs);
    }
    [[nodiscard]] Result<Recovered> replayed() const
    {
        return recover(quickFileOps(), found().at(0), window(2), nobodyRuns());
    }

    TempFolder folder{};
    Path project = folder / "Night.segue", state = folder / "state", at{};
    Album start{};
    JournalBase base{};
};

} // namespace

TEST_CASE("what a crash left is found with its edits, and replayed to the last one")
{
    const Left left{12};
    const auto found = left.found();
    REQUIRE(found.size() == 1);
    CHECK(found[0].edits == 12);
    REQUIRE(found[0].last.size() == 10);
    CHECK(found[0].last.back() == RecordedEdit{"Edit 12", 1012});
    CHECK(found[0].last.front().label == "Edit 3");
    CHECK_FALSE(found[0].projectChanged);
    CHECK_FALSE(found[0].alreadySaved);
    CHECK_FALSE(found[0].stoppedEarly);
    const auto back = get(left.replayed());
    CHECK(back.edits == 12);
    CHECK(back.project.album == numbered(left.start, 12));
    CHECK(left.found().size() == 1); // stays until it is discarded or removed
    CHECK(left.found()[0].failedReplays == 0);
    CHECK(findRecovery(quickFileOps(), left.state, left.folder / "Other.segue", nobodyRuns()).empty());
}

TEST_CASE("a window that still runs keeps its journal to itself")
{
    const Left left;
    const auto taken = LockFile::take(quickFileOps(), left.at / journalOwnerName, window(3), everybodyRuns());
    REQUIRE(taken.lock);
    CHECK(left.found(everybodyRuns()).empty());
    CHECK(left.found(nobodyRuns()).size() == 1);
}

TEST_CASE("two windows cannot recover the same edits at once")
{
    const Left left;
    const auto found = left.found().at(0);
    const auto taken = LockFile::take(quickFileOps(), left.at / journalOwnerName, window(3), everybodyRuns());
    const auto second = recover(quickFileOps(), found, window(2), everybodyRuns());
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().kind == ErrorKind::refused);
    CHECK(second.error().what.find("process 3 on here") != std::string::npos);
}

TEST_CASE("a saved file that changed since is said, and one that is what the edits led to needs nothing")
{
    const Left left;
    REQUIRE(
        saveProject(quickFileOps(), left.project, Project{.album = numbered(left.start, 99)}).has_value());
    CHECK(left.found().at(0).projectChanged);
    CHECK_FALSE(left.found().at(0).alreadySaved);
    REQUIRE(saveProject(quickFileOps(), left.project, Project{.album = numbered(left.start, 3)}).has_value());
    CHECK(left.found().at(0).alreadySaved);
}

TEST_CASE("a torn end costs the edits behind it and is said")
{
    const Left left;
    const auto file = left.at / journalName;
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 5);
    CHECK(left.found().at(0).edits == 2);
    CHECK(left.found().at(0).stoppedEarly);
    const auto back = get(left.replayed());
    CHECK(back.edits == 2);
    CHECK(back.stoppedEarly);
    CHECK(numberOf(back.project.album) == 2);
}

TEST_CASE("a document that cannot be read costs only itself")
{
    const Left left;
    std::string bytes =
        left.folder.read(std::filesystem::relative(left.at / journalName, left.folder.path()).string());
    bytes += journalBytes(JournalRecord{"Bad", 9, false, "<segue"}, 4);
    left.folder.write(std::filesystem::relative(left.at / journalName, left.folder.path()).string(), bytes);
    const auto back = get(left.replayed());
    CHECK(back.edits == 3);
    CHECK(back.lost == 1);
}

TEST_CASE("a replay that twice did not come to its end is not tried a third time")
{
    const Left left;
    const auto found = left.found().at(0);
    // The reader ends while it reads the journal: as a crash there would.
    for (int attempt = 1; attempt <= 2; ++attempt) {
        struct Crash {};
        FaultyFileOps crashing{
            quickFileOps(),
            {.calls = {FileCall::read}, .before = [&](std::int64_t, FileCall, const Path& path) {
                 if (path.filename() == journalName) throw Crash{};
             }}};
        bool ended = false;
        try {
            std::ignore = recover(crashing, found, window(2), nobodyRuns());
        } catch (const Crash&) {
            ended = true;
        }
        REQUIRE(ended);
        CHECK(left.found().at(0).failedReplays == attempt);
    }
    CHECK(left.found().at(0).setAside());
    const auto third = left.replayed();
    REQUIRE_FALSE(third.has_value());
    CHECK(third.error().what.find("ended badly twice") != std::string::npos);
    CHECK(loadProject(quickFileOps(), left.project).has_value());
    REQUIRE(
        discardRecovery(quickFileOps(), left.found().at(0), std::chrono::year{2026} / 11 / 21).has_value());
    CHECK(left.found().empty());
}

TEST_CASE("what is discarded is kept thirty days")
{
    using namespace std::chrono;
    const Left left;
    REQUIRE(discardRecovery(quickFileOps(), left.found().at(0), 2026y / 1 / 20).has_value());
    const Path place = left.at.parent_path() / "discarded-2026-01-20-window1";
    CHECK(std::filesystem::exists(place / journalName));
    CHECK(left.found().empty());
    removeOldDiscarded(quickFileOps(), left.state, 2026y / 2 / 19);
    CHECK(std::filesystem::exists(place));
    removeOldDiscarded(quickFileOps(), left.state, 2026y / 2 / 20);
    CHECK_FALSE(std::filesystem::exists(place));
    CHECK(std::filesystem::is_empty(left.state / "recovery"));
}

TEST_CASE("recovery works on a disk that takes no more files")
{
    const Left left;
    const auto found = left.found().at(0);
    FaultyFileOps full{quickFileOps(),
                       {.calls = {FileCall::open}, .failAt = 0, .error = 28, .forEver = true}};
    // Opening for reading counts as well, so only the first calls fail: the lock and the count.
    FaultyFileOps once{quickFileOps(), {.calls = {FileCall::open}, .failAt = 0, .error = 28}};
    CHECK(get(recover(once, found, window(2), nobodyRuns())).edits == 3);
    CHECK_FALSE(recover(full, found, window(2), nobodyRuns()).has_value());
    CHECK(left.found().at(0).failedReplays == 0);
}

TEST_CASE("the state folder follows the XDG standard, and a project's id its real path")
{
    CHECK(stateFolder("/s", "/h") == "/s/segue");
    CHECK(stateFolder("", "/h") == "/h/.local/state/segue");
    CHECK(stateFolder("relative", "/h") == "/h/.local/state/segue");
    CHECK(stateFolder("", "").empty());
    const TempFolder folder;
    folder.write("a/Night.segue", "");
    std::filesystem::create_symlink(folder / "a", folder / "b");
    const auto id = projectId(quickFileOps(), folder / "a/Night.segue");
    CHECK(id.size() == 32);
    CHECK(projectId(quickFileOps(), folder / "b/Night.segue") == id);
    CHECK(projectId(quickFileOps(), folder / "a/Day.segue") != id);
    CHECK(projectId(quickFileOps(), folder / "b/Day.segue") ==
          projectId(quickFileOps(), folder / "a/Day.segue"));
}
