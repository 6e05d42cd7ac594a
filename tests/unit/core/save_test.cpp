#include "core/safe_write.h"

#include "core/hash.h"
#include "core/recording_file_ops.h"
#include "core/testing_file_ops.h"

#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <set>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

using namespace segue;

namespace {

FileOps& files() { return realFileOps(); }
Status accept(std::span<const std::byte>) { return {}; }

Status save(FileOps& ops, const Path& target, std::string_view content)
{
    return saveAtomically(ops, target, bytesOf(content), accept, "token");
}

std::set<std::string> namesIn(const TempFolder& temp)
{
    const auto names = files().list(temp.path()).value();
    return {names.begin(), names.end()};
}

// Refuses links, as FAT does.
FaultyFileOps withoutLinks()
{
    return FaultyFileOps{files(), {.calls = {FileCall::link}, .failAt = 0, .error = EPERM, .forEver = true}};
}

} // namespace

TEST_CASE("a first save makes the file and no backup")
{
    const TempFolder temp;
    REQUIRE(save(files(), temp / "a.segue", "one").has_value());
    CHECK(temp.read("a.segue") == "one");
    CHECK(namesIn(temp) == std::set<std::string>{"a.segue"});
}

TEST_CASE("a save replaces the file and keeps the old one as bak")
{
    const TempFolder temp;
    temp.write("a", "one");
    REQUIRE(save(files(), temp / "a", "two").has_value());
    CHECK(temp.read("a") == "two");
    CHECK(temp.read("a.bak") == "one");
    REQUIRE(save(files(), temp / "a", "three").has_value());
    CHECK(temp.read("a") == "three");
    CHECK(temp.read("a.bak") == "two");
    CHECK(namesIn(temp) == std::set<std::string>{"a", "a.bak"});
}

TEST_CASE("a backup that is the old file already stays")
{
    const TempFolder temp; // as after a power loss between the two renames
    temp.write("a", "one");
    REQUIRE(files().hardLink(temp / "a", temp / "a.bak").has_value());
    REQUIRE(save(files(), temp / "a", "two").has_value());
    CHECK(temp.read("a") == "two");
    CHECK(temp.read("a.bak") == "one");
    CHECK(namesIn(temp) == std::set<std::string>{"a", "a.bak"});
}

TEST_CASE("where links are impossible the backup is a copy")
{
    const TempFolder temp;
    const std::string old(3 << 20, 'o');
    temp.write("a", old);
    temp.write("a.bak", "older");
    REQUIRE(chmod((temp / "a").c_str(), 0600) == 0);
    auto ops = withoutLinks();
    REQUIRE(save(ops, temp / "a", "two").has_value());
    CHECK(temp.read("a") == "two");
    CHECK((temp.read("a.bak") == old));
    CHECK(files().stat(temp / "a.bak").value().mode == 0600);
    CHECK(namesIn(temp) == std::set<std::string>{"a", "a.bak"});
}

TEST_CASE("a save goes through a link and leaves the link")
{
    const TempFolder temp;
    temp.write("real/a", "one");
    std::filesystem::create_symlink("real/a", temp / "link");
    std::filesystem::create_symlink("link", temp / "second");
    REQUIRE(save(files(), temp / "second", "two").has_value());
    CHECK(std::filesystem::is_symlink(temp / "second"));
    CHECK(std::filesystem::is_symlink(temp / "link"));
    CHECK_FALSE(std::filesystem::is_symlink(temp / "real/a"));
    CHECK(temp.read("real/a") == "two");
    CHECK(temp.read("real/a.bak") == "one");
    CHECK(namesIn(temp) == std::set<std::string>{"link", "real", "second"});
}

TEST_CASE("a save keeps the permissions")
{
    const TempFolder temp;
    for (const unsigned mode : {0600u, 0644u, 0664u, 0660u}) {
        temp.write("a", "one");
        REQUIRE(chmod((temp / "a").c_str(), mode) == 0);
        REQUIRE(save(files(), temp / "a", "two").has_value());
        CHECK(files().stat(temp / "a").value().mode == mode);
    }
    if (geteuid() != 0) {
        MESSAGE("the group is checked only by the system administrator");
        return;
    }
    REQUIRE(chown((temp / "a").c_str(), static_cast<uid_t>(-1), 12345) == 0);
    REQUIRE(save(files(), temp / "a", "three").has_value());
    CHECK(files().stat(temp / "a").value().group == 12345);
}

TEST_CASE("what cannot be saved to is refused and left alone")
{
    const TempFolder temp;
    REQUIRE(files().makeDirectory(temp / "folder").has_value());
    std::filesystem::create_symlink("nowhere", temp / "dangling");
    std::filesystem::create_symlink("loop", temp / "loop");
    std::filesystem::create_symlink("folder", temp / "tofolder");
    REQUIRE(mkfifo((temp / "fifo").c_str(), 0600) == 0);
    temp.write("protected", "one");
    REQUIRE(chmod((temp / "protected").c_str(), 0444) == 0);
    temp.write("file", "one");
    const auto before = namesIn(temp);
    for (const char* name : {"folder", "dangling", "loop", "tofolder", "fifo", "protected", "missing/a",
                             "file/a", "", ".", "..", "folder/"}) {
        CAPTURE(name);
        const auto saved = save(files(), temp.path() / name, "two");
        REQUIRE_FALSE(saved.has_value());
        CHECK_FALSE(saved.error().what.empty());
    }
    CHECK_FALSE(save(files(), temp / std::string(256, 'n'), "two").has_value());
    CHECK(temp.read("protected") == "one");
    CHECK(namesIn(temp) == before);
}

TEST_CASE("a name of the greatest length can be saved once and refuses a backup that does not fit")
{
    const TempFolder temp;
    const std::string longest(255, 'n');
    REQUIRE(save(files(), temp / longest, "one").has_value());
    const auto again = save(files(), temp / longest, "two");
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().systemError == ENAMETOOLONG);
    CHECK(temp.read(longest) == "one");
    CHECK(namesIn(temp) == std::set<std::string>{longest});
}

TEST_CASE("bytes that the check refuses are not saved")
{
    const TempFolder temp;
    temp.write("a", "one");
    std::string seen;
    const auto saved = saveAtomically(
        files(), temp / "a", bytesOf("two"),
        [&seen](std::span<const std::byte> back) -> Status {
            seen.assign(reinterpret_cast<const char*>(back.data()), back.size());
            return failure("not a project");
        },
        "token");
    REQUIRE_FALSE(saved.has_value());
    CHECK(saved.error().what == "not a project");
    CHECK(seen == "two");
    CHECK(temp.read("a") == "one");
    CHECK(namesIn(temp) == std::set<std::string>{"a"});
}

TEST_CASE("any failing call of a save leaves the old file and no temporary one")
{
    constexpr std::array errors{EIO, ENOSPC, EDQUOT, EACCES};
    for (const bool links : {true, false})
        for (const std::size_t shortWrites : {std::size_t{0}, std::size_t{1}})
            for (const int error : errors) {
                const TempFolder temp;
                temp.write("a", "old");
                std::int64_t refusedCalls = 0;
                bool finished = false;
                for (std::int64_t n = 0; !finished; ++n) {
                    REQUIRE(n < 100);
                    temp.write("a", "old");
                    temp.write("a.bak", "older");
                    auto linkless = withoutLinks();
                    FileOps& under = links ? files() : linkless;
                    FaultyFileOps ops{
                        under,
                        {.failAt = n, .error = error, .shortWrites = shortWrites, .pretendSync = true}};
                    const auto saved = save(ops, temp / "a", "new");
                    CAPTURE(n);
                    CAPTURE(error);
                    finished = ops.counted() <= n;
                    const auto names = namesIn(temp);
                    if (finished) {
                        CHECK(saved.has_value());
                        CHECK(temp.read("a") == "new");
                        continue;
                    }
                    ++refusedCalls;
                    // A look at the .bak that fails costs nothing, and a clean-up call comes only after a
                    // failure.
                    if (saved) {
                        CHECK(temp.read("a") == "new");
                    } else {
                        CHECK(saved.error().systemError == error);
                        CHECK(saved.error().kind == ErrorKind::io);
                        const bool unconfirmed =
                            saved.error().what.starts_with("The new version is in place");
                        CHECK(temp.read("a") == (unconfirmed ? "new" : "old"));
                    }
                    const std::string kept = temp.read("a.bak");
                    CHECK((kept == "old" || kept == "older"));
                    CHECK(names == std::set<std::string>{"a", "a.bak"});
                }
                CHECK(refusedCalls >= 10);
            }
}

TEST_CASE("a disk that fails for good during a save leaves the old file")
{
    for (const FileCall call : {FileCall::open, FileCall::write, FileCall::sync, FileCall::close,
                                FileCall::rename, FileCall::link, FileCall::read, FileCall::stat}) {
        const TempFolder temp;
        temp.write("a", "old");
        FaultyFileOps ops{files(), {.calls = {call}, .failAt = 0, .error = EIO, .forEver = true}};
        CHECK_FALSE(save(ops, temp / "a", "new").has_value());
        CHECK(temp.read("a") == "old");
        CHECK(namesIn(temp) == std::set<std::string>{"a"});
    }
}

TEST_CASE("after a power loss at any moment of a save there is the old file or the new one")
{
    const std::string old(1300, 'o');
    const std::string fresh(1700, 'n');
    for (const bool links : {true, false}) {
        const TempFolder temp;
        temp.write("a", old);
        temp.write("a.bak", "older");
        auto linkless = withoutLinks();
        RecordingFileOps ops{links ? files() : linkless, temp.path()};
        FaultyFileOps small{ops, {.shortWrites = 300}}; // several writes, so that they can be lost one by one
        REQUIRE(save(small, temp / "a", fresh).has_value());

        std::size_t seenOld = 0, seenNew = 0, broken = 0, backups = 0;
        const std::size_t states = ops.visitCrashStates(20'000, 1, [&](const CrashState& state) {
            const std::string* a = state.file("a");
            if (a && *a == old && !state.afterTheEnd)
                ++seenOld;
            else if (a && *a == fresh)
                ++seenNew;
            else
                ++broken;
            const std::string* bak = state.file("a.bak");
            if (bak && (*bak == "older" || *bak == old)) ++backups;
        });
        MESSAGE("states after a power loss: " << states << " (old " << seenOld << ", new " << seenNew << ")");
        CHECK(states >= 1'000);
        CHECK(seenOld > 0);
        CHECK(seenNew > 0);
        CHECK(broken == 0);
        CHECK(backups == states);
    }
}

TEST_CASE("the power loss test has teeth: saving without a sync loses the file")
{
    const TempFolder temp;
    temp.write("a", "old");
    RecordingFileOps ops{files(), temp.path()};
    const auto file = ops.createNew(temp / "tmp");
    REQUIRE(file.has_value());
    REQUIRE(writeFully(**file, 0, bytesOf("new")).has_value());
    REQUIRE(ops.rename(temp / "tmp", temp / "a").has_value());
    bool lost = false;
    ops.visitCrashStates(1000, 1, [&lost](const CrashState& state) {
        const std::string* a = state.file("a");
        lost = lost || !a || (*a != "old" && *a != "new");
    });
    CHECK(lost);
}

TEST_CASE("tokens are letters and differ")
{
    std::set<std::string> tokens;
    for (int i = 0; i < 20; ++i) {
        const std::string token = randomToken();
        CHECK(token.size() == 8);
        CHECK(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos);
        tokens.insert(token);
    }
    CHECK(tokens.size() == 20);
}
