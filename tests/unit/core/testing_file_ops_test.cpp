#include "core/testing_file_ops.h"

#include "core/hash.h"
#include "core/recording_file_ops.h"

#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <set>
#include <string>

using namespace segue;

namespace {

FileOps& files() { return realFileOps(); }

} // namespace

TEST_CASE("a fault hits the chosen call once or for ever")
{
    const TempFolder temp;
    FaultyFileOps once{files(), {.calls = {FileCall::stat}, .failAt = 1, .error = EIO}};
    CHECK(once.stat(temp.path()).has_value());
    CHECK(once.list(temp.path()).has_value()); // does not count
    CHECK(once.stat(temp.path()).error().code == EIO);
    CHECK(once.stat(temp.path()).has_value());
    CHECK(once.counted() == 3);
    FaultyFileOps ever{files(), {.failAt = 1, .error = ENOSPC, .forEver = true}};
    CHECK(ever.stat(temp.path()).has_value());
    CHECK(ever.list(temp.path()).error().code == ENOSPC);
    CHECK(ever.makeDirectory(temp / "a").error().code == ENOSPC);
    CHECK_FALSE(temp.has("a"));
}

TEST_CASE("a fault in closing still closes")
{
    const TempFolder temp;
    FaultyFileOps ops{files(), {.calls = {FileCall::close}, .failAt = 0, .error = EIO}};
    const auto file = ops.createNew(temp / "a");
    REQUIRE(file.has_value());
    CHECK((*file)->close().error().code == EIO);
    CHECK((*file)->close().error().code == EBADF);
}

TEST_CASE("a power loss can lose what was written and not synced in every way")
{
    const TempFolder temp;
    RecordingFileOps ops{files(), temp.path()};
    const auto file = ops.createNew(temp / "a");
    REQUIRE(file.has_value());
    REQUIRE(ops.syncDirectory(temp.path()).has_value());
    REQUIRE(writeFully(**file, 0, bytesOf(std::string(512, '1'))).has_value());
    REQUIRE(writeFully(**file, 512, bytesOf("2222")).has_value());
    std::set<std::string> contents;
    std::set<bool> named;
    ops.visitCrashStates(1000, 1, [&](const CrashState& state) {
        const std::string* a = state.file("a");
        named.insert(a != nullptr);
        if (a && state.afterTheEnd) contents.insert(*a);
    });
    CHECK(named == std::set<bool>{false, true}); // false only before the folder's sync
    const std::string ones(512, '1'), zeros(512, '\0'), torn = std::string(256, '1') + std::string(256, '\0');
    const std::string nothing(4, '\0');
    std::set<std::string> expected{""};
    for (const std::string& first : {ones, zeros, torn}) expected.insert(first);
    for (const std::string& first : {ones, zeros, torn})
        for (const std::string& second :
             {std::string{"2222"}, std::string{"22"} + std::string(2, '\0'), nothing})
            expected.insert(first + second);
    CHECK((contents == expected));
}

TEST_CASE("a synced file without a synced name can be gone")
{
    const TempFolder temp;
    RecordingFileOps ops{files(), temp.path()};
    const auto file = ops.createNew(temp / "a");
    REQUIRE(writeFully(**file, 0, bytesOf("x")).has_value());
    REQUIRE((*file)->sync().has_value());
    std::set<std::string> ends;
    ops.visitCrashStates(1000, 1, [&](const CrashState& state) {
        if (state.afterTheEnd) ends.insert(state.file("a") ? *state.file("a") : "none");
    });
    CHECK(ends == std::set<std::string>{"none", "x"});
}

TEST_CASE("names in one folder come in their order and those in two folders in any")
{
    const TempFolder temp;
    temp.write("x/keep", "");
    temp.write("y/keep", "");
    RecordingFileOps ops{files(), temp.path()};
    for (const char* name : {"x/1", "x/2", "y/3"}) REQUIRE(ops.makeDirectory(temp / name).has_value());
    std::set<std::string> ends;
    ops.visitCrashStates(1000, 1, [&](const CrashState& state) {
        std::string present;
        for (const char* name : {"x/1", "x/2", "y/3"})
            if (state.entries.contains(name)) present += name + 2;
        ends.insert(present);
    });
    CHECK(ends == std::set<std::string>{"", "1", "12", "3", "13", "123"});
}

TEST_CASE("a rename between two folders is there in both or in neither")
{
    const TempFolder temp;
    temp.write("x/a", "A");
    temp.write("y/b", "B");
    RecordingFileOps ops{files(), temp.path()};
    REQUIRE(ops.rename(temp / "x/a", temp / "y/b").has_value());
    REQUIRE(ops.makeDirectory(temp / "x/later").has_value());
    std::set<std::string> ends;
    const auto look = [&ends](const CrashState& state) {
        std::string seen;
        for (const auto& [name, content] : state.entries)
            seen += name + (content ? "=" + *content : "") + " ";
        ends.insert(seen);
    };
    ops.visitCrashStates(1000, 1, look);
    CHECK(ends == std::set<std::string>{"x x/a=A y y/b=B ", "x y y/b=A ", "x x/later y y/b=A "});
    ends.clear();
    REQUIRE(ops.syncDirectory(temp / "y").has_value());
    ops.visitCrashStates(1, 1, [&](const CrashState& state) {
        if (state.afterTheEnd) look(state);
    });
    CHECK(ends.contains("x y y/b=A "));
    CHECK_FALSE(ends.contains("x x/a=A y y/b=B "));
}

TEST_CASE("exchange links and removals are recorded")
{
    const TempFolder temp;
    temp.write("a/1", "A");
    temp.write("b/2", "B");
    temp.write("gone", "x");
    RecordingFileOps ops{files(), temp.path()};
    REQUIRE(ops.exchange(temp / "a", temp / "b").has_value());
    REQUIRE(ops.hardLink(temp / "gone", temp / "link").has_value());
    REQUIRE(ops.unlink(temp / "gone").has_value());
    REQUIRE(ops.unlink(temp / "b/1").has_value());
    REQUIRE(ops.removeDirectory(temp / "b").has_value());
    REQUIRE(ops.syncDirectory(temp.path()).has_value());
    std::size_t ends = 0;
    ops.visitCrashStates(1000, 1, [&](const CrashState& state) {
        if (!state.afterTheEnd) return;
        ++ends;
        CHECK(state.entries.size() == 3);
        CHECK(*state.file("a/2") == "B");
        CHECK(*state.file("link") == "x");
    });
    CHECK(ends == 1);
    CHECK(ops.recorded() == 6);
}

TEST_CASE("sampling keeps to its size and repeats with its seed")
{
    const TempFolder temp;
    RecordingFileOps ops{files(), temp.path()};
    const auto file = ops.createNew(temp / "a");
    for (int i = 0; i < 50; ++i)
        REQUIRE(writeFully(**file, i * 600, bytesOf(std::string(600, static_cast<char>('a' + i % 26))))
                    .has_value());
    REQUIRE((*file)->sync().has_value());
    REQUIRE(ops.syncDirectory(temp.path()).has_value());
    const auto run = [&ops](std::uint64_t seed) {
        std::string all;
        std::size_t whole = 0;
        const std::size_t n = ops.visitCrashStates(200, seed, [&](const CrashState& state) {
            all += state.file("a") ? md5(bytesOf(*state.file("a"))) : "none";
            if (state.file("a") && state.file("a")->size() == 30'000) ++whole;
        });
        CHECK(n <= 206);
        CHECK(n > 50);
        CHECK(whole > 0);
        return md5(bytesOf(all));
    };
    CHECK(run(1) == run(1));
    CHECK(run(1) != run(2));
}

TEST_CASE("a crash state can be put into a folder")
{
    const TempFolder temp;
    temp.write("work/sub/a", "A");
    temp.write("work/b", "B");
    const RecordingFileOps ops{files(), temp / "work"};
    REQUIRE(files().makeDirectory(temp / "copy").has_value());
    std::size_t states = ops.visitCrashStates(10, 1, [&](const CrashState& state) {
        REQUIRE(materialise(files(), state, temp / "copy").has_value());
    });
    CHECK(states == 1);
    CHECK(temp.read("copy/sub/a") == "A");
    CHECK(temp.read("copy/b") == "B");
}

TEST_CASE("changes elsewhere are not recorded")
{
    const TempFolder temp;
    temp.write("work/a", "A");
    RecordingFileOps ops{files(), temp / "work"};
    REQUIRE(ops.makeDirectory(temp / "elsewhere").has_value());
    const auto file = ops.createNew(temp / "elsewhere/a");
    REQUIRE(writeFully(**file, 0, bytesOf("x")).has_value());
    CHECK(ops.unlink(temp / "work/none").error().code == ENOENT);
    CHECK(ops.recorded() == 0);
}
