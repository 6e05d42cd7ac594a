/// \file
/// Sheets for print: headings, sentences, facts, tables and pictures flow onto A4 pages, each of them a
/// DrawList. A value in, values out: what paints them (deliver/paint_pages.h) is also asked how wide a text
/// is.
#pragma once

#include "picture/draw_list.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace segue::picture {

/// Width in logical pixels of one line of text, of its size, weight and digits; its box says nothing.
using TextWidth = std::function<double(const Text&)>;

/// A4 upright in logical pixels of 1/96 inch.
inline constexpr double pageWidth = 794, pageHeight = 1123, pageMargin = 53;
inline constexpr double pageInner = pageWidth - 2 * pageMargin;

/// One column of a table: `share` of the table's width, in any unit; the head stands as its cells do.
struct PageColumn {
    std::string head{};
    double share = 1;
    Align align = Align::left;
    bool digits = false; ///< numbers and times: monospaced
    bool bold = false;
};
/// A cell with an ink of its own says so; the others are text.
struct PageCell {
    std::string words{};
    Ink ink = Ink::text;
    PageCell() = default;
    PageCell(std::string text, Ink colour = Ink::text) : words{std::move(text)}, ink{colour} {}
    PageCell(const char* text) : words{text} {}
};
struct PageTable {
    std::vector<PageColumn> columns{};
    std::vector<std::vector<PageCell>> rows{}; ///< as many cells as columns; long ones take up to three lines
};

/// The lines a text takes within a width: broken at blanks, a longer word within it, never within a UTF-8
/// character.
[[nodiscard]] std::vector<std::string> brokenLines(const Text& style, std::string_view words, double width,
                                                   const TextWidth& widthOf);

class PageFlow {
public:
    /// \param foot stands at the foot of each page, before its number
    PageFlow(TextWidth widthOf, std::string foot);

    void title(std::string_view words, std::string_view below = {});
    /// Never the last thing on a page.
    void heading(std::string_view words);
    void paragraph(std::string_view words, Ink ink = Ink::text);
    /// Sentences behind a bullet each.
    void list(const std::vector<std::string>& sentences, Ink ink = Ink::text);
    /// Labels with their values, in `columns` columns read downwards; pairs without a value are left out.
    void facts(const std::vector<std::pair<std::string, std::string>>& pairs, std::size_t columns = 2);
    /// Its head again on each page.
    void table(const PageTable& table);
    /// A picture as wide as the text, on one page. `draw` adds it to the page, inside the box.
    void picture(double height, const std::function<void(DrawList&, const Rect&)>& draw);
    void space(double height);
    void nextPage();

    /// The pages, numbered. The flow is empty then.
    [[nodiscard]] std::vector<DrawList> finish();

private:
    [[nodiscard]] double left() const; ///< height
    void reserve(double height);
    void line(double x, double y, double width, const Text& style, std::string words);

    TextWidth widthOf_;
    std::string foot_;
    std::vector<DrawList> pages_;
    double y_ = pageMargin;
};

} // namespace segue::picture
