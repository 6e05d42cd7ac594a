#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

/// Somebody who does anything anywhere: keys, clicks, drags with all modifiers, Esc, typing, undo.
class Monkey {
public:
    explicit Monkey(std::uint64_t seed) : dice_{seed}, t_{randomAlbum(seed)}, first_{t_.album()} {}

    void act()
    {
        const std::int64_t what = dice_.between(1, 100);
        if (what <= 55)
            runAction();
        else if (what <= 80)
            drag();
        else if (what <= 92)
            typeIntoTable();
        else
            changeView();
        t_.editor.endGesture();
        REQUIRE(t_.viewIsValid());
    }

    void undoAll()
    {
        while (t_.session->undo()) REQUIRE(t_.viewIsValid());
        REQUIRE(t_.album() == first_);
    }

private:
    void runAction()
    {
        const Action action =
            gui::actions()[static_cast<std::size_t>(dice_.between(0, std::ssize(gui::actions()) - 1))].action;
        const bool enabled = t_.editor.enabled(action, {});
        const auto before = t_.session->album();
        CAPTURE(infoOf(action).id);
        t_.editor.run(action);
        if (!enabled) REQUIRE(*t_.session->album() == *before);
        REQUIRE(t_.viewIsValid());
    }

    void drag()
    {
        if (t_.editor.edition() == nullptr) return;
        const auto before = t_.session->album();
        const picture::Point at{static_cast<double>(dice_.between(0, 1020)),
                                static_cast<double>(dice_.between(10, 330))};
        t_.pressAt(at, {.shift = dice_.chance(30), .control = dice_.chance(25), .alt = dice_.chance(25)});
        for (auto n = dice_.between(0, 4); n > 0; --n) {
            t_.dragBy(static_cast<double>(dice_.between(-120, 120)),
                      static_cast<double>(dice_.between(-40, 40)));
            REQUIRE(t_.viewIsValid());
        }
        if (dice_.chance(30)) {
            t_.escape();
            REQUIRE(*t_.session->album() == *before);
        } else {
            t_.letGo();
        }
    }

    void typeIntoTable()
    {
        if (t_.editor.empty()) return;
        const TableSource& table = t_.editor.table();
        const auto row =
            static_cast<std::size_t>(dice_.between(0, std::ssize(t_.editor.edition()->entries) - 1));
        const auto column = static_cast<Column>(dice_.between(0, static_cast<int>(Column::note)));
        static const std::vector<std::string> words{
            "",       "2",       "-1.5",         "0",   "00:30:10", "\u00d7 3", "x",  "DESGE2600007",
            "99999",  "-99999",  "\u22120.6 dB", "dcp", "pre scms", "1, 2, 3",  "\t", "1e308",
            "\u65e5", "00:00:00"};
        if (dice_.chance(20))
            t_.editor.take(pasted(table, row, tracksColumns(), dice_.pick(words) + "\t" + dice_.pick(words)));
        else if (dice_.chance(20))
            t_.editor.take(filledDown(table, t_.editor.selectedRows(), column));
        else
            t_.editor.take(typed(table, row, column, dice_.pick(words)));
    }

    void changeView()
    {
        View& view = t_.editor.view;
        view.cursor = Instant{} + time(static_cast<double>(dice_.between(0, 700)) / 10);
        t_.editor.zoom(static_cast<double>(dice_.between(20, 500)) / 100,
                       static_cast<double>(dice_.between(0, 1000)));
        if (dice_.chance(30)) t_.editor.showAlbum();
        if (dice_.chance(30) && !t_.album().editions.empty())
            t_.editor.chooseEdition(dice_.pick(t_.album().editions).id);
        if (dice_.chance(60) && !t_.editor.empty())
            t_.editor.selectRow(
                static_cast<std::size_t>(dice_.between(0, std::ssize(t_.editor.edition()->entries) - 1)));
    }

    Dice dice_;
    TimelineBench t_;
    Album first_;
};

} // namespace

TEST_CASE(
    "10,000 random actions neither crash nor leave an invalid view, and undo leads back to the first album")
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Monkey monkey{seed};
        for (int i = 0; i < 500; ++i) {
            CAPTURE(i);
            monkey.act();
        }
        monkey.undoAll();
    }
}
