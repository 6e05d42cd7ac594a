#include "gui/model/actions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace segue::gui;

TEST_CASE("every action stands in the table once, with an id of its own")
{
    std::set<Action> seen;
    std::set<std::string> ids;
    for (const ActionInfo& info : actions()) {
        CAPTURE(info.id);
        CHECK(seen.insert(info.action).second);
        CHECK(ids.insert(info.id).second);
        CHECK(&infoOf(info.action) == &info);
        CHECK(std::string{info.label} != "");
    }
    // The enumeration has no gap: every value up to the last one is in the table.
    for (int i = 0; i <= static_cast<int>(Action::about); ++i) CHECK(seen.contains(static_cast<Action>(i)));
    CHECK(seen.size() == actions().size());
}

TEST_CASE("no key means two actions, and every key leads to its action")
{
    std::map<std::string, std::string> keys;
    for (const ActionInfo& info : actions()) {
        if (info.shortcut[0] == '\0') continue;
        CAPTURE(info.shortcut);
        const auto [at, added] = keys.emplace(info.shortcut, info.id);
        CHECK(added);
        const auto action = actionFor(parseKeystroke(info.shortcut));
        REQUIRE(action);
        CHECK(*action == info.action);
    }
    CHECK_FALSE(actionFor({.key = "Y", .control = true, .alt = true}));
    CHECK_FALSE(actionFor({}));
}

TEST_CASE("every action's menu is one of the menu bar's")
{
    for (const ActionInfo& info : actions()) {
        const std::string_view menu{info.menu};
        CHECK(std::ranges::count(menus(), menu.substr(0, menu.find('/'))) == 1);
    }
}

TEST_CASE("keys are read with their modifiers in any order")
{
    CHECK(parseKeystroke("Ctrl+Shift+P") == Keystroke{.key = "P", .control = true, .shift = true});
    CHECK(parseKeystroke("Shift+Ctrl+P") == Keystroke{.key = "P", .control = true, .shift = true});
    CHECK(parseKeystroke("Ctrl+Alt+Left") == Keystroke{.key = "Left", .control = true, .alt = true});
    CHECK(parseKeystroke("Space") == Keystroke{.key = "Space"});
    CHECK(parseKeystroke("+") == Keystroke{.key = "+"});
    CHECK(parseKeystroke("Ctrl++") == Keystroke{.key = "+", .control = true});
    CHECK(parseKeystroke("Ctrl+,") == Keystroke{.key = ",", .control = true});
    CHECK(parseKeystroke("") == Keystroke{});
}

TEST_CASE("the palette finds actions by words of label, menu and help, the best first")
{
    CHECK(findActions("").size() == actions().size());
    CHECK(findActions("undo").front() == Action::undo);
    CHECK(findActions("UNDO").front() == Action::undo);
    CHECK(findActions("overlap remove").front() == Action::removeOverlap);
    CHECK(findActions("  fade   in ").front() == Action::fadeInHere);
    CHECK(findActions("dither").front() == Action::asDelivered); // only its help says so
    CHECK(findActions("no such thing at all").empty());
    for (const Action action : findActions("joint hear")) {
        const ActionInfo& info = infoOf(action);
        CHECK((std::string{info.menu} + info.label + info.help).find("oint") != std::string::npos);
    }
}
