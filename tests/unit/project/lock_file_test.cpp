#include "project/lock_file.h"

#include "core/testing_file_ops.h"
#include "project/open_project_file.h"
#include "support/child.h"
#include "support/journal_bench.h"

#include <doctest/doctest.h>

#include <cerrno>

using namespace segue;
using namespace segue::test;

TEST_CASE("a lock says who has it, and goes with who had it")
{
    const TempFolder folder;
    const Path path = folder / "lock";
    {
        const auto first = LockFile::take(quickFileOps(), path, window(1), everybodyRuns());
        REQUIRE(first.lock);
        CHECK(first.lock->held());
        const auto second = LockFile::take(quickFileOps(), path, window(2), everybodyRuns());
        CHECK_FALSE(second.lock);
        CHECK(second.other == window(1));
        CHECK(displayName(*second.other) == "process 1 on here");
        CHECK(lockHolder(quickFileOps(), path, everybodyRuns()) == window(1));
    }
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a lock of a window that is gone, and one that cannot be read, is taken over; one by force is lost")
{
    const TempFolder folder;
    const Path path = folder / "lock";
    auto first = LockFile::take(quickFileOps(), path, window(1), everybodyRuns());
    auto second = LockFile::take(quickFileOps(), path, window(2), nobodyRuns());
    REQUIRE(second.lock);
    CHECK_FALSE(first.lock->held());
    auto third = LockFile::take(quickFileOps(), path, window(3), everybodyRuns(), true);
    REQUIRE(third.lock);
    first.lock.reset(); // and removes nothing of the others
    second.lock.reset();
    CHECK(third.lock->held());
    folder.write("torn", "segue-lock 1\nhere\n");
    CHECK(LockFile::take(quickFileOps(), folder / "torn", window(1), everybodyRuns()).lock);
}

TEST_CASE("this process runs, another computer's may, and one with its number but another start does not")
{
    const LockOwner self = thisProcess(quickFileOps());
    CHECK(processStillRuns(quickFileOps(), self));
    CHECK_FALSE(self.started.empty());
    CHECK(thisProcess(quickFileOps()).token != self.token);
    LockOwner other = self;
    other.started = "another boot 17";
    CHECK_FALSE(processStillRuns(quickFileOps(), other));
    other.host += "-2";
    CHECK(processStillRuns(quickFileOps(), other));
    int pid = 0;
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    std::ignore = inChild([&] {
        const int own = getpid();
        return write(ends[1], &own, sizeof own) == sizeof own ? 0 : 1;
    });
    REQUIRE(read(ends[0], &pid, sizeof pid) == sizeof pid);
    LockOwner gone = self;
    gone.process = pid;
    CHECK_FALSE(processStillRuns(quickFileOps(), gone));
    close(ends[0]);
    close(ends[1]);
}

TEST_CASE("a project's lock lies beside it, or with the user when its folder cannot be written")
{
    const TempFolder folder;
    const Path project = folder.write("a/Night.segue", "");
    const auto beside = lockProject(quickFileOps(), project, folder / "state", window(1), everybodyRuns());
    REQUIRE(beside.lock);
    CHECK(beside.lock->path() == std::filesystem::canonical(folder / "a") / ".Night.segue.lock");
    FaultyFileOps readOnly{quickFileOps(), {.calls = {FileCall::open}, .failAt = 0, .error = EROFS}};
    const auto aside = lockProject(readOnly, project, folder / "state", window(2), everybodyRuns());
    REQUIRE(aside.lock);
    CHECK(aside.lock->path().parent_path() == folder / "state/locks");
}

TEST_CASE("with any file call failing a lock is held, someone else's, or a problem; and it leaves nothing")
{
    const TempFolder folder;
    for (const bool stale : {false, true}) {
        std::int64_t calls = 0;
        for (std::int64_t at = -1; at < calls; ++at) {
            folder.write("lock", "");
            std::filesystem::remove(folder / "lock");
            if (stale) folder.write("lock", "segue-lock 1\nhere\n1\ntoday\nwindow1\n");
            FaultyFileOps faulty{quickFileOps(), {.failAt = at, .error = EIO}};
            const auto answer = LockFile::take(faulty, folder / "lock", window(2), nobodyRuns());
            CHECK((answer.lock != nullptr) + answer.problem.has_value() == 1);
            if (at < 0) calls = faulty.counted();
        }
        CHECK(calls >= 4);
    }
}

TEST_CASE("a project that changed on the disk is not saved over unseen")
{
    const TempFolder folder;
    const Path path = folder / "Night.segue";
    REQUIRE(saveProject(quickFileOps(), path, Project{.album = album({10.0})}).has_value());
    auto [file, project] = get(OpenProjectFile::open(quickFileOps(), path));
    const auto save = [&](SaveOver over) {
        return file.save(quickFileOps(), project, over, window(1), everybodyRuns());
    };
    project.album = numbered(project.album, 1);
    REQUIRE(save(SaveOver::refuse).has_value());
    CHECK_FALSE(get(file.changedOnDisk(quickFileOps())));
    REQUIRE(save(SaveOver::refuse).has_value());

    REQUIRE(saveProject(quickFileOps(), path, Project{.album = numbered(project.album, 7)}).has_value());
    CHECK(get(file.changedOnDisk(quickFileOps())));
    const auto refused = save(SaveOver::refuse);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::refused);
    CHECK(numberOf(get(loadProject(quickFileOps(), path)).album) == 7);
    REQUIRE(save(SaveOver::anyway).has_value());
    CHECK(numberOf(get(loadProject(quickFileOps(), path)).album) == 1);
    CHECK_FALSE(get(file.changedOnDisk(quickFileOps())));

    std::filesystem::remove(path);
    CHECK(save(SaveOver::refuse).has_value()); // nothing of anybody's is lost
}

TEST_CASE(
    "whatever call of a save fails, the next one is neither refused for our own bytes nor blind to others'")
{
    const TempFolder folder;
    const Path path = folder / "Night.segue";
    std::int64_t calls = 0;
    for (std::int64_t at = -1; at < calls; ++at) {
        std::filesystem::remove(path);
        REQUIRE(saveProject(quickFileOps(), path, Project{.album = album({10.0})}).has_value());
        auto [file, project] = get(OpenProjectFile::open(quickFileOps(), path));
        project.album = numbered(project.album, 1);
        FaultyFileOps faulty{quickFileOps(), {.failAt = at, .error = EIO, .pretendSync = true}};
        std::ignore = file.save(faulty, project, SaveOver::refuse, window(1), nobodyRuns());
        if (at < 0) calls = faulty.counted();
        project.album = numbered(project.album, 2);
        CHECK(file.save(quickFileOps(), project, SaveOver::refuse, window(1), nobodyRuns()).has_value());
    }
    CHECK(calls > 20);
}
