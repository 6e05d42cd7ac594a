// A save that is killed at any file call leaves the old project or the new one. Every system call of the
// program itself: K1_kill_save.sh.

#include "project/project_file.h"
#include "support/album_builder.h"
#include "support/child.h"
#include "support/temp_folder.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cerrno>

using namespace segue;
using namespace segue::test;

namespace {

const std::string file = "Night.segue";

/// What docs/formats/project.md says may lie beside a project.
bool documented(const std::string& name)
{
    return name == file || name == file + ".bak" || name.starts_with("." + file + ".tmp-") ||
           name.starts_with("." + file + ".bak-");
}

struct SavedTwice {
    explicit SavedTwice(std::size_t tracks)
    {
        old.album = album(std::vector<double>(tracks, 200.0));
        const Path place = folder / file;
        REQUIRE(saveProject(realFileOps(), place, old).has_value());
        old = get(loadProject(realFileOps(), place)); // with the sources' places as a project has them
        fresh = old;
        fresh.album =
            get(edit::setAlbumText(old.album, TextField::title, old.album.info.language, "Another title"));
        oldText = get(formatProject(old.album, folder.path()));
        freshText = get(formatProject(fresh.album, folder.path()));
        REQUIRE(oldText != freshText);
    }
    /// The old project and, when it is not the first save, what it replaced.
    void putBack(bool backup) const
    {
        for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
            std::filesystem::remove(entry.path());
        folder.write(file, oldText);
        if (backup) folder.write(file + ".bak", "the one before");
    }
    /// Empty when the folder holds what it may after a kill; else what is wrong.
    [[nodiscard]] std::string fault(bool backup) const
    {
        if (!folder.has(file)) return "there is no project";
        const std::string now = folder.read(file);
        if (now != oldText && now != freshText) return "the project is neither the old nor the new one";
        const auto loaded = loadProject(realFileOps(), folder / file);
        if (!loaded) return sentence(loaded.error());
        if (loaded->album != (now == oldText ? old : fresh).album) return "another album was read";
        if (now == freshText && folder.read(file + ".bak") != oldText) return "the old one was not kept";
        if (backup && !folder.has(file + ".bak")) return "there is no backup";
        for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
            if (!documented(entry.path().filename().string()))
                return "a stray file: " + entry.path().filename().string();
        if (const auto s = saveProject(realFileOps(), folder / file, fresh); !s)
            return "the next save: " + sentence(s.error());
        return folder.read(file) == freshText ? "" : "the next save wrote something else";
    }

    TempFolder folder{};
    Project old, fresh;
    std::string oldText{}, freshText{};
};

} // namespace

TEST_CASE("K1: a save killed at any file call leaves the old project or the new one, and the next one works")
{
    std::uint64_t points = 0, lost = 0, old = 0, fresh = 0;
    for (const std::size_t tracks : {1U, 5U, 20U, 60U, 99U})
        for (const bool backup : {false, true})
            for (const bool links : {true, false}) {
                const SavedTwice test{tracks};
                // Without links the old file is copied, as on FAT.
                FaultyFileOps linkless{
                    realFileOps(), {.calls = {FileCall::link}, .failAt = 0, .error = EPERM, .forEver = true}};
                bool finished = false;
                for (std::int64_t at = 0; !finished; ++at) {
                    CAPTURE(tracks);
                    CAPTURE(at);
                    REQUIRE(at < 200);
                    test.putBack(backup);
                    const ChildEnd end = inChild([&] {
                        auto fault = killedAt(at);
                        fault.shortWrites = test.freshText.size() / 4 + 1; // so that one can be in the middle
                        FaultyFileOps killing{links ? realFileOps() : static_cast<FileOps&>(linkless), fault};
                        return saveProject(killing, test.folder / file, test.fresh) ? 0 : 1;
                    });
                    finished = !end.killed();
                    if (finished) {
                        CHECK(end.exitCode == 0);
                        CHECK(test.folder.read(file) == test.freshText);
                        continue;
                    }
                    ++points;
                    ++(test.folder.read(file) == test.oldText ? old : fresh);
                    const std::string fault = test.fault(backup);
                    CHECK(fault == "");
                    if (!fault.empty()) ++lost;
                }
            }
    CHECK(points >= 150);
    CHECK(old > 0);
    CHECK(fresh > 0);
    torture::figure("K1", "saves killed at every file call, 5 project sizes", points, lost,
                    fmt::format("{} left the old project, {} the new one", old, fresh));
}
