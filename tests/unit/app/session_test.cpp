#include "app/session.h"

#include "album/compare_albums.h"
#include "core/testing_file_ops.h"
#include "support/journal_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

/// A saved project and windows on it, all of which run as long as `running` says.
struct Desk {
    Desk()
    {
        REQUIRE(
            saveProject(quickFileOps(), project, Project{.album = album({10.0, 20.0, 30.0})}).has_value());
    }
    [[nodiscard]] SessionSetup setup(int number, FileOps& files = quickFileOps())
    {
        return {.files = &files,
                .state = state,
                .self = window(number),
                .stillRuns = [this](const LockOwner&) { return running; },
                .now = [this] { return ++clock; },
                .journalWait = onlyWhenFlushed};
    }
    [[nodiscard]] std::unique_ptr<Session> open(int number)
    {
        return get(Session::open(setup(number), project));
    }
    [[nodiscard]] int onDisk() const { return numberOf(get(loadProject(quickFileOps(), project)).album); }
    [[nodiscard]] std::vector<Recovery> left(const Path& of) const
    {
        return findRecovery(quickFileOps(), state, of, nobodyRuns());
    }
    TempFolder folder{};
    Path project = folder / "Night.segue", state = folder / "state";
    WallTime clock = 0;
    bool running = true;
};

Status number(Session& session, int n, std::string gesture = {})
{
    return session.apply("Number " + std::to_string(n), numbered(*session.album(), n), std::move(gesture));
}

} // namespace

TEST_CASE("an edit is applied, told, undone and redone; a refused one changes nothing")
{
    Desk desk;
    const auto session = desk.open(1);
    std::vector<std::pair<int, int>> told;
    const int listener = session->addListener([&](const Album& before, const Album& after) {
        told.emplace_back(numberOf(before), numberOf(after));
    });
    CHECK_FALSE(session->modified());
    REQUIRE(number(*session, 1).has_value());
    CHECK(session->modified());
    CHECK(session->undoLabel() == "Number 1");
    const auto refused = session->apply("Bad", failure("No", "here"));
    CHECK(refused.error().what == "No");
    REQUIRE(session->apply("Nothing", *session->album()).has_value());
    CHECK(session->undo());
    CHECK_FALSE(session->modified());
    CHECK(session->redoLabel() == "Number 1");
    CHECK_FALSE(session->undo());
    CHECK(session->redo());
    CHECK(told == std::vector<std::pair<int, int>>{{0, 1}, {1, 0}, {0, 1}});
    session->removeListener(listener);
    REQUIRE(number(*session, 2).has_value());
    CHECK(told.size() == 3);
}

TEST_CASE("a drag is one step to undo and one edit in the journal")
{
    Desk desk;
    const auto session = desk.open(1);
    for (int i = 1; i <= 30; ++i) {
        REQUIRE(number(*session, i, "drag").has_value());
        if (i % 10 == 0) REQUIRE(session->flushJournal().has_value());
    }
    session->endGesture();
    REQUIRE(number(*session, 40, "drag").has_value());
    REQUIRE(session->flushJournal().has_value());
    CHECK(desk.left(desk.project).at(0).edits == 2);
    CHECK(session->undo());
    CHECK(numberOf(*session->album()) == 30);
    CHECK(session->undo());
    CHECK(numberOf(*session->album()) == 0);
}

TEST_CASE(
    "saving clears the modified mark and the journal; undoing to the saved state clears the journal too")
{
    Desk desk;
    const auto session = desk.open(1);
    REQUIRE(number(*session, 1).has_value());
    REQUIRE(session->flushJournal().has_value());
    REQUIRE(desk.left(desk.project).size() == 1);
    REQUIRE(session->save().has_value());
    CHECK_FALSE(session->modified());
    CHECK(desk.onDisk() == 1);
    REQUIRE(session->flushJournal().has_value());
    CHECK(desk.left(desk.project).empty());
    REQUIRE(number(*session, 2).has_value());
    REQUIRE(session->flushJournal().has_value());
    CHECK(desk.left(desk.project).size() == 1);
    CHECK_FALSE(desk.left(desk.project)[0].projectChanged);
    CHECK(compare(get(session->savedAlbum()), *session->album()).size() == 1);
    CHECK(session->undo());
    REQUIRE(session->flushJournal().has_value());
    CHECK(desk.left(desk.project).empty());
}

TEST_CASE("a second window is told who has the project and shows it only, until told to edit anyway")
{
    Desk desk;
    const auto first = desk.open(1);
    CHECK_FALSE(first->readOnly());
    const auto second = desk.open(2);
    CHECK(second->readOnly());
    CHECK(second->otherWindow() == window(1));
    CHECK(number(*second, 5).error().kind == ErrorKind::refused);
    CHECK_FALSE(second->save().has_value());
    REQUIRE(second->saveAs(desk.folder / "Copy.segue").has_value());
    CHECK_FALSE(second->readOnly());
    const auto third = desk.open(3);
    third->editAnyway();
    REQUIRE(number(*third, 6).has_value());
    REQUIRE(third->save().has_value());
    REQUIRE(number(*first, 7).has_value());
    const auto refused = first->save();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::refused);
    CHECK(desk.onDisk() == 6);
    CHECK(first->modified());
    REQUIRE(first->save(SaveOver::anyway).has_value());
    CHECK(desk.onDisk() == 7);
    CHECK_FALSE(third->saveAs(desk.folder / "Copy.segue").has_value()); // the second window has it
}

TEST_CASE("a closed window leaves no lock; a window that died leaves one that nobody minds")
{
    Desk desk;
    desk.open(1).reset();
    CHECK_FALSE(desk.folder.has(".Night.segue.lock"));
    CHECK_FALSE(desk.open(2)->readOnly());
    desk.folder.write(".Night.segue.lock", "segue-lock 1\nhere\n9\ntoday\nwindow9\n");
    CHECK(desk.open(3)->readOnly());
    desk.running = false;
    CHECK_FALSE(desk.open(4)->readOnly());
}

TEST_CASE(
    "what a dead window left is recovered as one step, kept safe again, and then gone from where it was")
{
    Desk desk;
    Path old;
    {
        auto session = desk.open(1);
        REQUIRE(number(*session, 1).has_value());
        REQUIRE(number(*session, 2).has_value());
        REQUIRE(session->addVersion("take", "2026-11-21", "a note").has_value());
    }
    const auto found = desk.left(desk.project);
    REQUIRE(found.size() == 1);
    CHECK(found[0].edits == 3);
    const auto session = get(Session::openRecovered(desk.setup(2), found[0]));
    CHECK(session->path() == std::filesystem::canonical(desk.project));
    CHECK(numberOf(*session->album()) == 2);
    CHECK(session->versions().size() == 1);
    CHECK(session->modified());
    CHECK(session->undoLabel() == "Recover 3 edits");
    CHECK_FALSE(std::filesystem::exists(found[0].folder));
    REQUIRE(desk.left(desk.project).size() == 1); // its own
    REQUIRE(session->save().has_value());
    CHECK(desk.onDisk() == 2);
    REQUIRE(session->flushJournal().has_value());
    CHECK(desk.left(desk.project).empty());
    CHECK(session->undo());
    CHECK(numberOf(*session->album()) == 0);
}

TEST_CASE("recovered edits are not saved over what was saved since, and survive a project that is gone")
{
    Desk desk;
    {
        auto session = desk.open(1);
        REQUIRE(number(*session, 1).has_value());
    }
    SUBCASE("changed")
    {
        auto other = get(loadProject(quickFileOps(), desk.project));
        other.album = numbered(other.album, 50);
        REQUIRE(saveProject(quickFileOps(), desk.project, other).has_value());
        const auto session = get(Session::openRecovered(desk.setup(2), desk.left(desk.project).at(0)));
        CHECK(numberOf(*session->album()) == 1);
        CHECK_FALSE(session->save().has_value());
        CHECK(desk.onDisk() == 50);
    }
    SUBCASE("gone")
    {
        const auto found = desk.left(desk.project).at(0);
        std::filesystem::remove(desk.project);
        const auto session = get(Session::openRecovered(desk.setup(2), found));
        CHECK(session->save().has_value());
        CHECK(desk.onDisk() == 1);
    }
}

TEST_CASE("an album that was never saved has a journal, too; it moves when the album is saved")
{
    Desk desk;
    {
        const auto session = Session::newAlbum(desk.setup(1));
        REQUIRE(session->apply("New", placed(album({5.0}), desk.folder.path())).has_value());
        CHECK(session->path().empty());
        desk.running = false;
    }
    const auto found = desk.left({});
    REQUIRE(found.size() == 1);
    CHECK(found[0].origin.project.empty());
    const auto session = get(Session::openRecovered(desk.setup(2), found[0]));
    CHECK(session->album()->tracks.size() == 1);
    REQUIRE(session->saveAs(desk.folder / "New.segue").has_value());
    REQUIRE(number(*session, 3).has_value());
    REQUIRE(session->flushJournal().has_value());
    CHECK(desk.left({}).empty());
    CHECK(desk.left(desk.folder / "New.segue").size() == 1);
    session->abandon();
    REQUIRE(session->flushJournal().has_value());
    CHECK(desk.left(desk.folder / "New.segue").empty());
}

TEST_CASE("versions are saved, gone back to as one step, removed and put back")
{
    Desk desk;
    const auto session = desk.open(1);
    REQUIRE(number(*session, 1).has_value());
    REQUIRE(session->addVersion("one", "2026-11-20", "first").has_value());
    CHECK_FALSE(session->addVersion("one", "", "").has_value());
    CHECK_FALSE(session->addVersion(" ", "", "").has_value());
    REQUIRE(session->apply("Track", get(edit::removeTrack(*session->album(), track(*session->album(), 3))))
                .has_value());
    REQUIRE(session->save().has_value());
    CHECK_FALSE(session->modified());
    const auto again = get(loadProject(quickFileOps(), desk.project));
    REQUIRE(again.versions.size() == 1);
    CHECK(again.versions[0].album == session->versions()[0].album);

    Album more = *session->album();
    more.nextId += 10;
    more.info.note = "4";
    REQUIRE(session->apply("More", more).has_value());
    REQUIRE(session->goBackTo(0).has_value());
    CHECK(numberOf(*session->album()) == 1);
    CHECK(session->album()->tracks.size() == 3);
    CHECK(session->album()->nextId == more.nextId);
    CHECK(session->undoLabel() == "Go back to version one");
    CHECK(session->undo());
    CHECK(numberOf(*session->album()) == 4);
    CHECK(session->undo());
    CHECK_FALSE(session->modified());

    const Version gone = get(session->removeVersion(0));
    CHECK(session->modified());
    CHECK(session->versions().empty());
    REQUIRE(session->insertVersion(0, gone).has_value());
    CHECK_FALSE(session->modified());
    CHECK_FALSE(session->goBackTo(7).has_value());
}

TEST_CASE("the chosen edition is always one that exists")
{
    Desk desk;
    const auto session = desk.open(1);
    const auto first = session->edition();
    auto [with, second] = get(edit::addEdition(*session->album(), "LP", VinylSettings{}));
    REQUIRE(session->apply("Edition", with).has_value());
    session->chooseEdition(second);
    CHECK(session->edition() == second);
    CHECK(session->undo());
    CHECK(session->edition() == first);
}

TEST_CASE("source files are present, missing or changed since they were seen")
{
    using State = SourceState::State;
    const TempFolder folder;
    Album a = album({10.0, 20.0});
    a.sources[0].path = folder.write("one.wav", "1").string();
    a.sources[1].path = (folder / "two.wav").string();
    Desk desk;
    const auto session = Session::newAlbum(desk.setup(1), a);
    auto states = sourceStates(quickFileOps(), *session->album(), session->seenSources());
    REQUIRE(states.size() == 2);
    CHECK(states[0].state == State::present);
    CHECK(states[1].state == State::missing);
    session->sourcesSeen(states);
    folder.write("one.wav", "22");
    folder.write("two.wav", "2");
    states = sourceStates(quickFileOps(), *session->album(), session->seenSources());
    CHECK(states[0].state == State::changed);
    CHECK(states[1].state == State::present);
    session->sourcesSeen(states); // what changed stays so until it is accepted
    CHECK(sourceStates(quickFileOps(), a, session->seenSources())[0].state == State::changed);
    session->sourceAccepted(states[0]);
    CHECK(sourceStates(quickFileOps(), a, session->seenSources())[0].state == State::present);
}

TEST_CASE("a full disk keeps nobody from editing, and is told")
{
    Desk desk;
    FaultyFileOps full{quickFileOps(),
                       {.calls = {FileCall::write}, .failAt = 1, .error = 28, .forEver = true}};
    const auto session = get(Session::open(desk.setup(1, full), desk.project));
    for (int i = 1; i <= 5; ++i) REQUIRE(number(*session, i).has_value());
    CHECK_FALSE(session->flushJournal().has_value());
    REQUIRE(session->journalProblem());
    CHECK_FALSE(session->save().has_value());
    CHECK(session->modified());
    CHECK(numberOf(*session->album()) == 5);
    CHECK(desk.onDisk() == 0);
}
