#include "app/session.h"

#include "support/journal_bench.h"

#include <doctest/doctest.h>

#include <thread>

using namespace segue;
using namespace segue::test;

namespace {

/// A saved project and a window on it.
struct Window {
    Window()
    {
        REQUIRE(saveProject(quickFileOps(), project, Project{.album = album({10.0, 20.0})}).has_value());
        session = get(Session::open(setup(1), project));
    }
    [[nodiscard]] SessionSetup setup(int number)
    {
        return {.files = &quickFileOps(),
                .state = state,
                .self = window(number),
                .stillRuns = [](const LockOwner&) { return true; },
                .now = [this] { return ++clock; },
                .journalWait = onlyWhenFlushed};
    }
    void edit(int n)
    {
        REQUIRE(session->apply("Number " + std::to_string(n), numbered(*session->album(), n)).has_value());
    }
    [[nodiscard]] int onDisk(const Path& path) const
    {
        return numberOf(get(loadProject(quickFileOps(), path)).album);
    }
    /// What a crash now would leave.
    [[nodiscard]] std::vector<Recovery> left(const Path& of)
    {
        REQUIRE(session->flushJournal().has_value());
        return findRecovery(quickFileOps(), state, of, nobodyRuns());
    }
    TempFolder folder{};
    Path project = folder / "Night.segue", state = folder / "state";
    WallTime clock = 0;
    std::unique_ptr<Session> session{};
};

} // namespace

TEST_CASE("what is edited while a save is being written stays unsaved, and in the journal")
{
    Window w;
    w.edit(1);
    SaveWork work = get(w.session->beginSave());
    w.edit(2);
    std::thread{[&work] { work.write(); }}.join();
    w.edit(3);
    CHECK(w.session->modified());
    REQUIRE(w.session->finishSave(std::move(work)).has_value());
    CHECK(w.onDisk(w.project) == 1);
    CHECK(w.session->modified());
    const auto left = w.left(w.project);
    REQUIRE(left.size() == 1);
    CHECK_FALSE(left[0].projectChanged);
    CHECK_FALSE(left[0].alreadySaved);
    // Undone to what was saved there is nothing to save, and nothing to recover.
    CHECK(w.session->undo());
    CHECK(w.session->modified());
    CHECK(w.session->undo());
    CHECK(numberOf(*w.session->album()) == 1);
    CHECK_FALSE(w.session->modified());
    CHECK(w.left(w.project).empty());
    CHECK(w.session->redo());
    CHECK(w.session->redo());
    REQUIRE(w.session->save().has_value());
    CHECK(w.onDisk(w.project) == 3);
    CHECK_FALSE(w.session->modified());
}

TEST_CASE("a drag goes on over a save")
{
    Window w;
    REQUIRE(w.session->apply("Drag", numbered(*w.session->album(), 1), "drag 1").has_value());
    SaveWork work = get(w.session->beginSave());
    REQUIRE(w.session->apply("Drag", numbered(*w.session->album(), 2), "drag 1").has_value());
    work.write();
    REQUIRE(w.session->finishSave(std::move(work)).has_value());
    REQUIRE(w.session->apply("Drag", numbered(*w.session->album(), 3), "drag 1").has_value());
    CHECK(w.session->modified());
    CHECK(w.session->undo());
    CHECK(numberOf(*w.session->album()) == 0);
    CHECK(w.session->undoLabel().empty());
}

TEST_CASE("a save that was refused changes nothing, says who was before, and can be insisted on")
{
    Window w;
    w.edit(1);
    REQUIRE(
        saveProject(quickFileOps(), w.project, Project{.album = numbered(get(w.session->savedAlbum()), 50)})
            .has_value());
    SaveWork work = get(w.session->beginSave());
    work.write();
    CHECK(work.someoneElseSaved());
    CHECK_FALSE(w.session->finishSave(std::move(work)).has_value());
    CHECK(w.session->modified());
    CHECK(w.onDisk(w.project) == 50);
    SaveWork again = get(w.session->beginSave(SaveOver::anyway));
    again.write();
    CHECK(w.session->finishSave(std::move(again)).has_value());
    CHECK(w.onDisk(w.project) == 1);
    CHECK_FALSE(w.session->modified());
}

TEST_CASE("saving elsewhere moves the window there when it is done, not before")
{
    Window w;
    w.edit(1);
    const Path there = w.folder / "Day.segue";
    SaveWork work = get(w.session->beginSave(SaveOver::refuse, there));
    CHECK(w.session->path().filename() == "Night.segue");
    work.write();
    REQUIRE(w.session->finishSave(std::move(work)).has_value());
    CHECK(w.session->path().filename() == "Day.segue");
    CHECK(w.onDisk(there) == 1);
    CHECK(w.onDisk(w.project) == 0);
    // The lock is the new place's.
    CHECK(get(Session::open(w.setup(2), there))->otherWindow().has_value());
    CHECK_FALSE(get(Session::open(w.setup(3), w.project))->otherWindow().has_value());
}

TEST_CASE("a window that only looks does not save over the album, by whatever name")
{
    Window w;
    const auto looker = get(Session::open(w.setup(2), w.project));
    REQUIRE(looker->readOnly());
    CHECK_FALSE(looker->beginSave().has_value());
    SaveWork same = get(looker->beginSave(SaveOver::refuse, w.project));
    same.write();
    CHECK_FALSE(looker->finishSave(std::move(same)).has_value());
    CHECK(looker->readOnly());
}
