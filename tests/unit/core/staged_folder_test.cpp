#include "core/hash.h"
#include "core/recording_file_ops.h"
#include "core/safe_write.h"
#include "core/testing_file_ops.h"

#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

using namespace segue;

namespace {

FileOps& files() { return realFileOps(); }

std::set<std::string> namesIn(const Path& folder)
{
    const auto names = files().list(folder).value();
    return {names.begin(), names.end()};
}

// A set of two files and a folder.
Status deliver(FileOps& ops, const Path& target, std::string_view content, bool replace)
{
    auto staged = StagedFolder::create(ops, target, "token", replace);
    if (!staged) return failure(staged.error());
    if (auto s = (*staged)->writeFile("one", bytesOf(content)); !s) return s;
    if (auto s = (*staged)->addFolder("CD1"); !s) return s;
    if (auto s = (*staged)->writeFile("CD1/two", bytesOf(content)); !s) return s;
    return (*staged)->publish();
}

bool isSet(const CrashState& state, std::string_view content)
{
    const std::string* one = state.file("set/one");
    const std::string* two = state.file("set/CD1/two");
    return one && two && *one == content && *two == content;
}

} // namespace

TEST_CASE("a folder appears under its name only when it is published")
{
    const TempFolder temp;
    auto staged = StagedFolder::create(files(), temp / "set", "token", false).value();
    CHECK(staged->folder() == temp / ".set.partial-token");
    REQUIRE(staged->writeFile("one", bytesOf("1")).has_value());
    REQUIRE(staged->addFolder("CD1").has_value());
    const auto file = staged->createFile("CD1/two");
    REQUIRE(file.has_value());
    REQUIRE(writeFully(**file, 0, bytesOf("2")).has_value());
    REQUIRE((*file)->close().has_value());
    CHECK(namesIn(temp.path()) == std::set<std::string>{".set.partial-token"});
    REQUIRE(staged->publish().has_value());
    CHECK(namesIn(temp.path()) == std::set<std::string>{"set"});
    staged.reset();
    CHECK(temp.read("set/one") == "1");
    CHECK(temp.read("set/CD1/two") == "2");
}

TEST_CASE("a folder that is not published goes with everything in it")
{
    const TempFolder temp;
    {
        auto staged = StagedFolder::create(files(), temp / "set", "token", false).value();
        REQUIRE(staged->addFolder("CD1").has_value());
        REQUIRE(staged->writeFile("CD1/two", bytesOf("2")).has_value());
    }
    CHECK(namesIn(temp.path()).empty());
}

TEST_CASE("an existing folder refuses unless it may be replaced")
{
    const TempFolder temp;
    temp.write("set/old", "old");
    const auto refused = StagedFolder::create(files(), temp / "set", "token", false);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().systemError == EEXIST);
    CHECK(refused.error().where == (temp / "set").string());
    CHECK(namesIn(temp.path()) == std::set<std::string>{"set"});

    REQUIRE(deliver(files(), temp / "set", "new", true).has_value());
    CHECK(namesIn(temp.path()) == std::set<std::string>{"set"});
    CHECK(namesIn(temp / "set") == std::set<std::string>{"CD1", "one"});
    REQUIRE(
        deliver(files(), temp / "other/", "new", true).has_value()); // nothing to replace; a slash is no name
    CHECK(temp.read("other/one") == "new");
}

TEST_CASE("a file system without exchange replaces by two renames")
{
    for (const int error : {EINVAL, ENOSYS}) {
        const TempFolder temp;
        temp.write("set/old", "old");
        FaultyFileOps ops{files(), {.calls = {FileCall::rename}, .failAt = 0, .error = error}};
        REQUIRE(deliver(ops, temp / "set", "new", true).has_value());
        CHECK(namesIn(temp.path()) == std::set<std::string>{"set"});
        CHECK(namesIn(temp / "set") == std::set<std::string>{"CD1", "one"});
    }
}

TEST_CASE("the old folder comes back when the second of two renames fails")
{
    // The first counted rename that the fault lets pass is the one that moves the old set away.
    const TempFolder temp;
    temp.write("set/old", "old");
    FaultyFileOps noExchange{files(), {.calls = {FileCall::rename}, .failAt = 0, .error = EINVAL}};
    FaultyFileOps ops{noExchange, {.calls = {FileCall::rename}, .failAt = 2, .error = EIO}};
    CHECK_FALSE(deliver(ops, temp / "set", "new", true).has_value());
    CHECK(namesIn(temp.path()) == std::set<std::string>{"set"});
    CHECK(temp.read("set/old") == "old");
}

TEST_CASE("a link or a file in the place of the folder always refuses")
{
    const TempFolder temp;
    temp.write("file", "f");
    temp.write("real/old", "old");
    std::filesystem::create_symlink("real", temp / "link");
    std::filesystem::create_symlink("none", temp / "dangling");
    for (const bool replace : {false, true})
        for (const char* name : {"file", "link", "dangling"}) {
            CAPTURE(name);
            const auto staged = StagedFolder::create(files(), temp / name, "token", replace);
            REQUIRE_FALSE(staged.has_value());
            CHECK(staged.error().where == (temp / name).string());
        }
    for (const char* name : {"", ".", "..", "/"})
        CHECK_FALSE(StagedFolder::create(files(), name, "t", true).has_value());
    CHECK(namesIn(temp.path()) == std::set<std::string>{"dangling", "file", "link", "real"});
    CHECK(temp.read("real/old") == "old");
}

TEST_CASE("a missing or read-only parent refuses")
{
    const TempFolder temp;
    const auto missing = StagedFolder::create(files(), temp / "none/set", "token", false);
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().systemError == ENOENT);
    CHECK(missing.error().where == (temp / "none").string());

    FaultyFileOps readOnly{files(), {.calls = {FileCall::makeDirectory}, .failAt = 0, .error = EROFS}};
    CHECK(StagedFolder::create(readOnly, temp / "set", "token", false).error().kind == ErrorKind::io);
    CHECK(namesIn(temp.path()).empty());

    if (geteuid() == 0) {
        MESSAGE("real permissions skipped: the system administrator may write everywhere");
        return;
    }
    REQUIRE(chmod(temp.path().c_str(), 0500) == 0);
    CHECK(StagedFolder::create(files(), temp / "set", "token", false).error().systemError == EACCES);
    REQUIRE(chmod(temp.path().c_str(), 0700) == 0);
}

TEST_CASE("something that takes the name meanwhile is not overwritten")
{
    for (const bool replace : {false, true}) {
        const TempFolder temp;
        {
            auto staged = StagedFolder::create(files(), temp / "set", "token", replace).value();
            temp.write("set", "somebody's file");
            CHECK_FALSE(staged->publish().has_value());
        }
        CHECK(temp.read("set") == "somebody's file");
        CHECK(namesIn(temp.path()) == std::set<std::string>{"set"});
    }
    const TempFolder temp;
    auto staged = StagedFolder::create(files(), temp / "set", "token", false).value();
    temp.write("set/theirs", "x");
    CHECK(staged->publish().error().systemError == EEXIST);
    CHECK(namesIn(temp / "set") == std::set<std::string>{"theirs"});
}

TEST_CASE("names that lead out of the staged folder are refused")
{
    const TempFolder temp;
    const auto staged = StagedFolder::create(files(), temp / "set", "token", false).value();
    for (const char* name : {"", ".", "..", "../x", "a/../../x", "/tmp/x", "a/", "./x"}) {
        CAPTURE(name);
        CHECK_FALSE(staged->createFile(name).has_value());
        CHECK_FALSE(staged->writeFile(name, bytesOf("x")).has_value());
        CHECK_FALSE(staged->addFolder(name).has_value());
    }
    CHECK_FALSE(staged->addFolder("a/b").has_value());
    CHECK_FALSE(staged->createFile("no/folder").has_value());
    REQUIRE(staged->writeFile("a", bytesOf("x")).has_value());
    CHECK_FALSE(staged->createFile("a").has_value());
}

TEST_CASE("leftovers of a killed export are found and can be removed")
{
    const TempFolder temp;
    temp.write(".set.partial-abc/one", "1");
    temp.write(".set.partial-abc/CD1/two", "2");
    temp.write(".set.partial-xyz/one", "1");
    temp.write(".other.partial-abc/one", "1");
    temp.write(".set.partial-file", "a file");
    temp.write("set/one", "1");
    const auto found = leftovers(files(), temp / "set");
    CHECK(found == std::vector<Path>{temp / ".set.partial-abc", temp / ".set.partial-xyz"});
    CHECK(leftovers(files(), temp / "set/") == found);
    CHECK(leftovers(files(), temp / "none/set").empty());
    for (const Path& path : found) CHECK(removeTree(files(), path).has_value());
    CHECK(leftovers(files(), temp / "set").empty());
    CHECK(temp.has("set/one"));
}

TEST_CASE("removing a folder does not follow links")
{
    const TempFolder temp;
    temp.write("keep/a", "a");
    temp.write("gone/b", "b");
    std::filesystem::create_directory_symlink(temp / "keep", temp / "gone/link");
    std::filesystem::create_directory_symlink(temp / "keep", temp / "folderlink");
    CHECK(removeTree(files(), temp / "gone").has_value());
    CHECK_FALSE(removeTree(files(), temp / "folderlink").has_value());
    CHECK_FALSE(removeTree(files(), temp / "none").has_value());
    CHECK(temp.read("keep/a") == "a");
    CHECK(namesIn(temp.path()) == std::set<std::string>{"folderlink", "keep"});
}

TEST_CASE("any failing call of an export leaves a whole set under the name")
{
    for (const int error : {EIO, ENOSPC, EDQUOT}) {
        bool finished = false;
        std::int64_t failures = 0;
        for (std::int64_t n = 0; !finished; ++n) {
            REQUIRE(n < 200);
            const TempFolder temp;
            temp.write("set/one", "old");
            temp.write("set/CD1/two", "old");
            FaultyFileOps ops{files(), {.failAt = n, .error = error, .pretendSync = true}};
            const auto done = deliver(ops, temp / "set", "new", true);
            finished = ops.counted() <= n;
            CAPTURE(n);
            const std::string one = temp.read("set/one");
            CHECK(one == temp.read("set/CD1/two"));
            if (!done) {
                ++failures;
                const bool unconfirmed = done.error().what.starts_with("The folder is in place");
                CHECK(one == (unconfirmed ? "new" : "old"));
                CHECK(done.error().systemError == error);
            } else {
                CHECK(one == "new");
            }
            // What stays beside it is found again, and nothing else stays.
            CHECK(namesIn(temp.path()).size() == 1 + leftovers(files(), temp / "set").size());
        }
        CHECK(failures >= 10);
    }
}

TEST_CASE("after a power loss at any moment of an export there is a whole set or none")
{
    for (const bool replace : {false, true}) {
        const TempFolder temp;
        if (replace) {
            temp.write("set/one", "old");
            temp.write("set/CD1/two", "old");
        }
        RecordingFileOps ops{files(), temp.path()};
        FaultyFileOps small{ops, {.shortWrites = 300}}; // several writes, so that they can be lost one by one
        const std::string content(1400, 'n');
        REQUIRE(deliver(small, temp / "set", content, replace).has_value());
        std::size_t before = 0, after = 0, broken = 0;
        const std::size_t states = ops.visitCrashStates(20'000, 1, [&](const CrashState& state) {
            const bool untouched = replace ? isSet(state, "old") : !state.entries.contains("set");
            if (isSet(state, content))
                ++after;
            else if (untouched && !state.afterTheEnd)
                ++before;
            else
                ++broken;
        });
        MESSAGE("states after a power loss: " << states << " (before " << before << ", after " << after
                                              << ")");
        CHECK(states >= 500);
        CHECK(before > 0);
        CHECK(after > 0);
        CHECK(broken == 0);
    }
}
