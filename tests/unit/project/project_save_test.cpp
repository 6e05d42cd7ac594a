#include "core/recording_file_ops.h"
#include "core/testing_file_ops.h"
#include "project/project_file.h"

#include "support/temp_folder.h"
#include "unit/project/ugly_albums.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>
#include <string>

using namespace segue;

namespace {

Project titled(const std::string& title)
{
    Project project;
    project.album = test::uglyAlbum(7);
    project.album.sources.clear();
    project.album.tracks.clear();
    project.album.editions.clear();
    project.album.info.note = title;
    return project;
}

std::set<std::string> namesIn(const std::filesystem::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        names.insert(entry.path().filename());
    return names;
}

// A folder with a saved project whose note is "old".
struct Saved {
    Saved() { REQUIRE(saveProject(realFileOps(), file, titled("old")).has_value()); }
    [[nodiscard]] std::string note() const
    {
        const auto project = loadProject(realFileOps(), file);
        return project ? project->album.info.note : "unreadable: " + sentence(project.error());
    }
    TempFolder folder{};
    std::filesystem::path file = folder / "a.segue";
};

} // namespace

TEST_CASE("a saved project loads as it was, and the version before stays as .bak")
{
    const TempFolder folder;
    const auto file = folder / "caf\u00e9 1.segue";
    Project project;
    for (const std::uint64_t seed : {1U, 2U}) {
        project.album = test::uglyAlbum(seed);
        REQUIRE(saveProject(realFileOps(), file, project).has_value());
        const auto back = loadProject(realFileOps(), file);
        REQUIRE_MESSAGE(back.has_value(), sentence(back.error()));
        CHECK(back->album == project.album);
    }
    CHECK(namesIn(folder.path()) == std::set<std::string>{"caf\u00e9 1.segue", "caf\u00e9 1.segue.bak"});
    CHECK(parseProject(folder.read("caf\u00e9 1.segue.bak"), folder.path(), "b")->album ==
          test::uglyAlbum(1));
}

TEST_CASE("a project moves with the audio beside it")
{
    const TempFolder folder;
    std::filesystem::create_directories(folder / "one/segue");
    Project project;
    const std::string base = (folder / "one").string();
    project.album.sources = {{.id = {1}, .path = base + "/segue/a.wav"},
                             {.id = {2}, .path = base + "/masters/b.wav"},
                             {.id = {3}, .path = "/elsewhere/c.wav"}};
    project.album.nextId = 4;
    REQUIRE(saveProject(realFileOps(), folder / "one/segue/a.segue", project).has_value());
    CHECK(folder.read("one/segue/a.segue").find(base) == std::string::npos);
    std::filesystem::rename(folder / "one", folder / "two");
    const auto moved = loadProject(realFileOps(), folder / "two/segue/a.segue");
    REQUIRE(moved.has_value());
    CHECK(moved->album.sources[0].path == (folder / "two/segue/a.wav").string());
    CHECK(moved->album.sources[1].path == (folder / "two/masters/b.wav").string());
    CHECK(moved->album.sources[2].path == "/elsewhere/c.wav");
}

TEST_CASE("through a link a project is the one behind it")
{
    const TempFolder folder;
    std::filesystem::create_directories(folder / "real");
    std::filesystem::create_directories(folder / "other");
    std::filesystem::create_symlink(folder / "real/a.segue", folder / "other/link.segue");
    Project project;
    project.album.sources = {{.id = {1}, .path = (folder / "real/a.wav").string()}};
    project.album.nextId = 2;
    REQUIRE(saveProject(realFileOps(), folder / "real/a.segue", project).has_value());
    const auto through = loadProject(realFileOps(), folder / "other/link.segue");
    REQUIRE(through.has_value());
    CHECK(through->album == project.album);
    project.album.info.note = "through the link";
    REQUIRE(saveProject(realFileOps(), folder / "other/link.segue", project).has_value());
    CHECK(std::filesystem::is_symlink(folder / "other/link.segue"));
    CHECK(loadProject(realFileOps(), folder / "real/a.segue")->album == project.album);
}

TEST_CASE("a project of a newer version is not saved over")
{
    const Saved saved;
    Project newer = titled("new");
    newer.version = projectVersion + 1;
    const auto status = saveProject(realFileOps(), saved.file, newer);
    REQUIRE(!status.has_value());
    CHECK(sentence(status.error()).find("newer version of Segue") != std::string::npos);
    CHECK(saved.note() == "old");
}

TEST_CASE("an album that cannot be stored leaves the file as it was")
{
    const Saved saved;
    Project project = titled(std::string(70'000, 'x'));
    const auto status = saveProject(realFileOps(), saved.file, project);
    REQUIRE(!status.has_value());
    CHECK(sentence(status.error()).starts_with("a.segue"));
    CHECK(saved.note() == "old");
    CHECK(namesIn(saved.folder.path()) == std::set<std::string>{"a.segue"});
}

TEST_CASE(
    "whichever call of a save fails, the old project is whole or the new one is, and nothing is left over")
{
    for (const int error : {EIO, ENOSPC, EDQUOT, EACCES}) {
        std::int64_t calls = 0;
        {
            const Saved saved;
            FaultyFileOps files{realFileOps(), {}};
            REQUIRE(saveProject(files, saved.file, titled("new")).has_value());
            calls = files.counted();
        }
        REQUIRE(calls > 8);
        for (const bool forEver : {false, true}) {
            int failed = 0;
            for (std::int64_t at = 0; at < calls; ++at) {
                INFO("error " << error << ", call " << at << (forEver ? " and all later ones" : ""));
                const Saved saved;
                FaultyFileOps files{realFileOps(), {.failAt = at, .error = error, .forEver = forEver}};
                const auto status = saveProject(files, saved.file, titled("new"));
                if (status) {
                    CHECK(saved.note() == "new");
                } else {
                    ++failed;
                    CHECK(status.error().kind == ErrorKind::io);
                    CHECK(status.error().systemError == error);
                    CHECK(sentence(status.error()).find(systemWords(error)) != std::string::npos);
                    const bool confirmedOnly =
                        status.error().what.find("did not confirm") != std::string::npos;
                    CHECK(saved.note() == (confirmedOnly ? "new" : "old"));
                }
                // When every later call fails, the temporary file cannot be taken away either.
                if (!forEver)
                    for (const std::string& name : namesIn(saved.folder.path()))
                        CHECK((name == "a.segue" || name == "a.segue.bak"));
            }
            CHECK(failed >= 8); // else the faults hit nothing
        }
    }
}

TEST_CASE("after a power loss at any moment of a save the old project or the new one is there")
{
    const Saved saved;
    RecordingFileOps files{realFileOps(), saved.folder.path()};
    FaultyFileOps inPieces{files, {.shortWrites = 50}}; // so that a part of the writes can be there
    REQUIRE(saveProject(inPieces, saved.file, titled("new")).has_value());
    int oldOnes = 0, newOnes = 0;
    const auto visited = files.visitCrashStates(2000, 1, [&](const CrashState& state) {
        const std::string* content = state.file("a.segue");
        REQUIRE(content != nullptr);
        const auto project = parseProject(*content, saved.folder.path(), "a.segue");
        REQUIRE_MESSAGE(project.has_value(), sentence(project.error()));
        const std::string& note = project->album.info.note;
        REQUIRE((note == "new" || (note == "old" && !state.afterTheEnd)));
        ++(note == "new" ? newOnes : oldOnes);
    });
    CHECK(visited > 20);
    CHECK(oldOnes > 0);
    CHECK(newOnes > 0);
}

TEST_CASE("short and interrupted writes and reads make the same project")
{
    for (const std::size_t shortest : {1U, 7U, 100U}) {
        const Saved saved;
        FaultyFileOps files{realFileOps(), {.shortWrites = shortest, .interruptEvery = true}};
        REQUIRE(saveProject(files, saved.file, titled("new")).has_value());
        const auto back = loadProject(files, saved.file);
        REQUIRE(back.has_value());
        CHECK(back->album == titled("new").album);
    }
}

TEST_CASE("a project that cannot be read says which and why")
{
    const TempFolder folder;
    const auto reason = [](const std::filesystem::path& file) {
        const auto project = loadProject(realFileOps(), file);
        return project ? "opened" : sentence(project.error());
    };
    CHECK(reason(folder / "missing.segue").find("missing.segue") != std::string::npos);
    CHECK(reason(folder.path()) != "opened");
    CHECK(reason(folder.write("empty.segue", "")).starts_with("empty.segue, line 1: "));
    CHECK(reason(folder.write("text.segue", "hello")).starts_with("text.segue, line 1: "));
    CHECK(reason(folder.write("big.segue", std::string((64U << 20U) + 1, ' '))) != "opened");

    const auto good = folder.write("good.segue", *formatProject(Album{}, folder.path()));
    CHECK(reason(good) == "opened");
    FaultyFileOps counting{realFileOps(), {}};
    REQUIRE(loadProject(counting, good).has_value());
    for (std::int64_t at = 0; at < counting.counted(); ++at) {
        FaultyFileOps files{realFileOps(), {.failAt = at, .error = EIO}};
        const auto project = loadProject(files, good);
        INFO("call " << at);
        if (!project)
            CHECK(project.error().systemError == EIO);
        else
            CHECK(project->album == Album{});
    }
}
