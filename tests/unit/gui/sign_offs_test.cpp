#include "gui/model/sign_offs.h"

#include "support/gui_bench.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

TEST_CASE("a finding is accepted in one step of undo, and stands again when it is undone or withdrawn")
{
    EditorBench bench{album({10, 10})};
    const auto at =
        std::ranges::find_if(bench.editor.findings(), [](const Finding& f) { return f.mayBeSetAside(); });
    REQUIRE(at != bench.editor.findings().end());
    const Finding f = *at;
    const auto now = [&] {
        return *std::ranges::find_if(bench.editor.findings(), [&](const Finding& g) {
            return g.rule == f.rule && g.where == f.where && g.message == f.message;
        });
    };
    REQUIRE(now().stands());
    REQUIRE(bench.editor.take(accept(bench.album(), edition(bench.album()), f, "as the label wants it")));
    CHECK(now().accepted == "as the label wants it");
    CHECK(bench.session->undoLabel().starts_with("Accept " + f.rule));
    REQUIRE(bench.session->undo());
    CHECK(now().stands());
    REQUIRE(bench.session->redo());
    REQUIRE(bench.editor.take(withdraw(bench.album(), edition(bench.album()), f)));
    CHECK(now().stands());
    CHECK_FALSE(bench.editor.take(withdraw(bench.album(), edition(bench.album()), f)));
    CHECK(bench.editor.messageIsError());
}

TEST_CASE("what must be put right cannot be accepted, and the window is told why")
{
    EditorBench bench{album({10, 10})};
    const Finding f{.level = Finding::Level::error, .rule = "DISC.TRACK_LENGTH", .message = "Too short"};
    CHECK_FALSE(bench.editor.take(accept(bench.album(), edition(bench.album()), f, "")));
    CHECK(bench.editor.message().find("must be put right") != std::string::npos);
}
