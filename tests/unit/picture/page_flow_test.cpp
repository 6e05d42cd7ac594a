#include "picture/page_flow.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace segue::picture;

namespace {

/// Each character of a UTF-8 text is half as wide as it is high.
double widthOf(const Text& text)
{
    const auto characters = std::ranges::count_if(
        text.words, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return static_cast<double>(characters) * text.size / 2;
}

std::vector<Text> textsOf(const DrawList& page)
{
    std::vector<Text> texts;
    for (const Item& item : page)
        if (const auto* text = std::get_if<Text>(&item)) texts.push_back(*text);
    return texts;
}

std::string wordsOf(const std::vector<DrawList>& pages, std::string_view prefix)
{
    std::string all;
    for (const DrawList& page : pages)
        for (const Text& text : textsOf(page))
            if (text.words.starts_with(prefix)) all += text.words + "\n";
    return all;
}

PageTable rows(int count)
{
    PageTable table{.columns = {{.head = "Number", .share = 1}, {.head = "Title", .share = 3}}, .rows = {}};
    for (int i = 0; i < count; ++i)
        table.rows.push_back(
            {"row " + std::to_string(i), std::string(static_cast<std::size_t>(i % 90), 'x')});
    return table;
}

} // namespace

TEST_CASE("lines break at blanks, a word that is too long within it, and a text's own lines stay")
{
    const Text style{.size = 10}; // 5 for each character
    using Lines = std::vector<std::string>;
    CHECK(brokenLines(style, "one two three", 40, widthOf) == Lines{"one two", "three"});
    CHECK(brokenLines(style, "one two three", 65, widthOf) == Lines{"one two three"});
    CHECK(brokenLines(style, "abcdefghij", 20, widthOf) == Lines{"abcd", "efgh", "ij"});
    CHECK(brokenLines(style, "first\n\nthird", 100, widthOf) == Lines{"first", "", "third"});
    CHECK(brokenLines(style, "", 100, widthOf).empty());
    CHECK(brokenLines(style, "narrow", 1, widthOf).size() == 6);
}

TEST_CASE("lines never break within a character")
{
    const std::string japanese = "航海日誌と灯台の光";
    std::string joined;
    for (const std::string& line : brokenLines({.size = 10}, japanese, 17, widthOf)) {
        CHECK(line.size() <= 9); // three characters of three bytes
        CHECK((static_cast<unsigned char>(line.front()) & 0xC0U) != 0x80U);
        joined += line;
    }
    CHECK(joined == japanese);
}

TEST_CASE("a long table goes on over pages, each with its head, and loses no row")
{
    PageFlow flow{widthOf, "foot"};
    flow.title("A long table");
    flow.table(rows(150));
    const auto pages = flow.finish();
    REQUIRE(pages.size() > 2);
    std::string expected;
    for (int i = 0; i < 150; ++i) expected += "row " + std::to_string(i) + "\n";
    CHECK(wordsOf(pages, "row ") == expected);
    for (const DrawList& page : pages) CHECK(wordsOf({page}, "Number") == "Number\n");
}

TEST_CASE("nothing stands outside a page's margins, and no text on another")
{
    PageFlow flow{widthOf, "foot"};
    flow.title("A title that is so long that it cannot be set in one line of this size on this paper at all",
               "below");
    for (int i = 0; i < 12; ++i) {
        flow.heading("Heading " + std::to_string(i));
        flow.paragraph(std::string(static_cast<std::size_t>(200 + 137 * i), 'p'));
        flow.list({"a short one", std::string(300, 'l')});
        flow.facts({{"Label", "value"}, {"Empty", ""}, {"Long", std::string(150, 'v')}, {"Last", "one"}});
        flow.table(rows(5 * i));
        flow.picture(120, [](DrawList& list, const Rect& box) { list.emplace_back(Area{.box = box}); });
    }
    for (const DrawList& page : flow.finish()) {
        std::vector<Rect> boxes;
        for (const Text& text : textsOf(page)) boxes.push_back(text.box);
        for (const Rect& box : boxes) {
            CHECK(box.x >= pageMargin);
            CHECK(box.right() <= pageWidth - pageMargin + 0.01);
            CHECK(box.y >= pageMargin);
            CHECK(box.bottom() <= pageHeight - pageMargin + 10);
        }
        for (std::size_t i = 0; i < boxes.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                CAPTURE(i);
                CAPTURE(j);
                CHECK(!boxes[i].inset(0.5).overlaps(boxes[j].inset(0.5)));
            }
    }
}

TEST_CASE("a heading stays with what follows it, and pages are numbered")
{
    for (int lines = 30; lines < 70; ++lines) {
        PageFlow flow{widthOf, "foot"};
        for (int i = 0; i < lines; ++i) flow.paragraph("line");
        flow.heading("Heading");
        flow.paragraph("after");
        const auto pages = flow.finish();
        for (const DrawList& page : pages)
            CHECK(wordsOf({page}, "Heading").empty() == wordsOf({page}, "after").empty());
        CHECK(wordsOf(pages, "page 1 of ") == "page 1 of " + std::to_string(pages.size()) + "\n");
    }
}
