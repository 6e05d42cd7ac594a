#include "deliver/paint_pages.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::picture;

namespace {

std::vector<DrawList> twoPages()
{
    PageFlow flow{printedWidth(), "foot"};
    flow.title("Title", "below it");
    flow.table({.columns = {{.head = "A"}, {.head = "B", .align = Align::right, .digits = true}},
                .rows = {{"one", "1.0"}, {{"two", Ink::error}, "2.0"}}});
    flow.nextPage();
    flow.paragraph("The second page");
    return flow.finish();
}

std::string textOf(const std::vector<std::byte>& bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

TEST_CASE("the same pages are the same PDF, whenever they are painted")
{
    const auto one = paintPdf(twoPages(), "Title"), other = paintPdf(twoPages(), "Title");
    REQUIRE(one);
    REQUIRE(other);
    CHECK(one->pdf == other->pdf);
    CHECK(one->missingGlyphs == 0);
    const std::string pdf = textOf(one->pdf);
    CHECK(pdf.starts_with("%PDF-"));
    CHECK(pdf.find("/Count 2") != std::string::npos);
}

TEST_CASE("a character that no font has is counted")
{
    PageFlow flow{printedWidth(), "foot"};
    flow.paragraph("a character that was never assigned: \xCD\xB8");
    const auto printed = paintPdf(flow.finish(), "Title");
    REQUIRE(printed);
    CHECK(printed->missingGlyphs == 1);
}

TEST_CASE("an SVG is of the size asked for, the same each time")
{
    const DrawList list{Area{.box = {0, 0, 300, 200}, .ink = Ink::panel},
                        Text{.box = {10, 10, 200, 20}, .words = "words"}};
    const auto one = paintSvg(list, printStyle(), 300, 200), other = paintSvg(list, printStyle(), 300, 200);
    REQUIRE(one);
    REQUIRE(other);
    CHECK(*one == *other);
    CHECK(one->find("width=\"300px\" height=\"200px\"") != std::string::npos);
}
