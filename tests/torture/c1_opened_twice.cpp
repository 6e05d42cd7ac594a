// Two windows on one project that save at the same time: one's whole save at every file call of the other's,
// and random orders of opening, editing and saving. What one of them saved is never gone unseen.

#include "app/session.h"
#include "core/testing_file_ops.h"
#include "support/journal_bench.h"
#include "support/scale.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <thread>

using namespace segue;
using namespace segue::test;

namespace {

struct Desk {
    Desk() { REQUIRE(saveProject(quickFileOps(), project, Project{.album = album({10.0})}).has_value()); }
    /// A window that edits whether another one has the project or not.
    [[nodiscard]] std::unique_ptr<Session> open(int number, FileOps& files = quickFileOps()) const
    {
        auto session = get(Session::open({.files = &files,
                                          .state = folder / "state",
                                          .self = window(number),
                                          .stillRuns = everybodyRuns(),
                                          .now = [] { return WallTime{1}; },
                                          .journalWait = onlyWhenFlushed},
                                         project));
        session->editAnyway();
        return session;
    }
    [[nodiscard]] int onDisk() const { return numberOf(get(loadProject(quickFileOps(), project)).album); }
    TempFolder folder{};
    Path project = folder / "Night.segue";
};

Status number(Session& session, int n) { return session.apply("Edit", numbered(*session.album(), n)); }

} // namespace

TEST_CASE("C1: a save within another window's save, at every file call, loses neither unseen")
{
    std::uint64_t tried = 0, bad = 0, first = 0, second = 0;
    bool finished = false;
    for (std::int64_t at = 0; !finished; ++at) {
        CAPTURE(at);
        REQUIRE(at < 300);
        const Desk desk;
        const auto other = desk.open(2);
        REQUIRE(number(*other, 2).has_value());
        bool armed = false, otherSaved = false, ran = false;
        std::int64_t calls = 0;
        const auto here = std::this_thread::get_id(); // the journal's thread has its own calls
        FaultyFileOps hooked{quickFileOps(), {.before = [&](std::int64_t, FileCall, const Path&) {
                                 if (std::this_thread::get_id() != here || !armed || calls++ != at) return;
                                 armed = false;
                                 ran = true;
                                 otherSaved = other->save().has_value();
                             }}};
        const auto session = desk.open(1, hooked);
        REQUIRE(number(*session, 1).has_value());
        REQUIRE(session->flushJournal().has_value()); // its thread does nothing meanwhile
        armed = true;
        const bool saved = session->save().has_value();
        finished = !ran;
        armed = false;
        if (finished) {
            CHECK(saved);
            continue;
        }
        ++tried;
        const int now = desk.onDisk();
        // Both may say saved only if one saw the other's: it opened before, so it cannot have.
        const bool right = saved != otherSaved && now == (saved ? 1 : 2);
        CHECK(right);
        if (!right) ++bad;
        ++(saved ? first : second);
    }
    CHECK(tried >= 20);
    CHECK(first > 0);
    CHECK(second > 0);
    torture::figure("C1", "saves within another window's save, at every file call", tried, bad,
                    fmt::format("{} kept the first, {} the second", first, second));
}

TEST_CASE("C1: two windows that open, edit and save in any order lose no update")
{
    std::uint64_t tried = 0, bad = 0, refusals = 0;
    for (int seed = 1; seed <= scaled(torture::perTier(170, 200, 2'000)); ++seed) {
        Dice dice{static_cast<std::uint64_t>(seed)};
        const Desk desk;
        std::array<std::unique_ptr<Session>, 2> windows{desk.open(1), desk.open(2)};
        std::array<int, 2> seen{0, 0}; // the number on the disk that a window's album grew from
        int onDisk = 0, next = 1;
        std::string fault;
        for (int step = 0; step < 20; ++step) {
            const auto who = static_cast<std::size_t>(dice.between(0, 1));
            auto& session = windows.at(who);
            switch (dice.between(0, 3)) {
            case 0:
            case 1: REQUIRE(number(*session, next++).has_value()); break;
            case 2: {
                const int wanted = numberOf(*session->album());
                const bool saved = session->save().has_value();
                if (saved && seen.at(who) != onDisk) fault = "saved over what was not seen";
                if (!saved && seen.at(who) == onDisk) fault = "refused without a reason";
                if (saved) seen.at(who) = onDisk = wanted;
                if (!saved) ++refusals;
                break;
            }
            default:
                session.reset();
                session = desk.open(static_cast<int>(who) + 1);
                seen.at(who) = onDisk;
                if (numberOf(*session->album()) != onDisk) fault = "opened something else";
            }
            if (desk.onDisk() != onDisk) fault = "the disk holds something else";
        }
        CHECK(fault == "");
        ++tried;
        if (!fault.empty()) ++bad;
    }
    CHECK(refusals > tried / 2);
    torture::figure("C1", "random orders of two windows, 20 steps each", tried, bad,
                    fmt::format("{} saves refused", refusals));
}
