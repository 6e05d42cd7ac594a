#include "picture/page_flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace segue::picture {

namespace {

constexpr double bodySize = 12, lineHeight = 17, footHeight = 34, cellPadding = 8;
constexpr std::size_t mostLinesOfCell = 3;
const Text body{.size = bodySize};
const Text label{.ink = Ink::dim, .size = bodySize};

std::size_t characterEnd(std::string_view words, std::size_t at)
{
    ++at;
    while (at < words.size() && (static_cast<unsigned char>(words[at]) & 0xC0U) == 0x80U) ++at;
    return at;
}

/// How much of the text fits: at least one character.
std::size_t fitting(const Text& style, std::string_view words, double width, const TextWidth& widthOf)
{
    std::size_t end = 0, blank = 0;
    Text part = style;
    while (end < words.size()) {
        const std::size_t next = characterEnd(words, end);
        if (words[end] == ' ') blank = end;
        part.words = words.substr(0, next);
        if (end > 0 && words[end] != ' ' && widthOf(part) > width) return blank > 0 ? blank : end;
        end = next;
    }
    return end;
}

} // namespace

std::vector<std::string> brokenLines(const Text& style, std::string_view words, double width,
                                     const TextWidth& widthOf)
{
    std::vector<std::string> lines;
    while (!words.empty()) {
        const std::size_t newLine = words.find('\n');
        std::string_view rest = words.substr(0, newLine);
        words = newLine == std::string_view::npos ? std::string_view{} : words.substr(newLine + 1);
        if (rest.empty()) lines.emplace_back();
        while (!rest.empty()) {
            Text whole = style;
            whole.words = rest;
            const std::size_t end =
                widthOf(whole) <= width ? rest.size() : fitting(style, rest, width, widthOf);
            lines.emplace_back(rest.substr(0, end));
            rest.remove_prefix(end);
            while (rest.starts_with(' ')) rest.remove_prefix(1);
        }
    }
    return lines;
}

PageFlow::PageFlow(TextWidth widthOf, std::string foot)
    : widthOf_{std::move(widthOf)}, foot_{std::move(foot)}, pages_{1}
{
}

double PageFlow::left() const { return pageHeight - pageMargin - footHeight - y_; }

void PageFlow::reserve(double height)
{
    if (height > left() && y_ > pageMargin) nextPage();
}

void PageFlow::nextPage()
{
    pages_.emplace_back();
    y_ = pageMargin;
}

void PageFlow::space(double height)
{
    if (y_ > pageMargin) y_ += std::round(height);
}

void PageFlow::line(double x, double y, double width, const Text& style, std::string words)
{
    Text text = style;
    text.box = {x, y, width, std::max(lineHeight, std::round(style.size * 1.4))};
    text.words = std::move(words);
    pages_.back().emplace_back(std::move(text));
}

void PageFlow::title(std::string_view words, std::string_view below)
{
    const Text big{.size = 25, .weight = Weight::bold};
    for (std::string& one : brokenLines(big, words, pageInner, widthOf_)) {
        reserve(35);
        line(pageMargin, y_, pageInner, big, std::move(one));
        y_ += 35;
    }
    if (!below.empty()) {
        const Text small{.ink = Ink::dim, .size = 14};
        for (std::string& one : brokenLines(small, below, pageInner, widthOf_)) {
            reserve(21);
            line(pageMargin, y_, pageInner, small, std::move(one));
            y_ += 21;
        }
    }
    y_ += 12;
}

void PageFlow::heading(std::string_view words)
{
    space(14);
    reserve(96);
    line(pageMargin, y_, pageInner, {.size = 15, .weight = Weight::bold}, std::string{words});
    y_ += 22;
    pages_.back().emplace_back(
        Line{.from = {pageMargin, y_}, .to = {pageWidth - pageMargin, y_}, .ink = Ink::line});
    y_ += 9;
}

void PageFlow::paragraph(std::string_view words, Ink ink)
{
    Text style = body;
    style.ink = ink;
    for (std::string& one : brokenLines(style, words, pageInner, widthOf_)) {
        reserve(lineHeight);
        line(pageMargin, y_, pageInner, style, std::move(one));
        y_ += lineHeight;
    }
    y_ += 6;
}

void PageFlow::list(const std::vector<std::string>& sentences, Ink ink)
{
    Text style = body;
    style.ink = ink;
    constexpr double indent = 16;
    for (const std::string& sentence : sentences) {
        bool first = true;
        for (std::string& one : brokenLines(style, sentence, pageInner - indent, widthOf_)) {
            reserve(lineHeight);
            if (first)
                pages_.back().emplace_back(
                    Disc{.centre = {pageMargin + 5, y_ + lineHeight / 2}, .radius = 2, .ink = Ink::dim});
            first = false;
            line(pageMargin + indent, y_, pageInner - indent, style, std::move(one));
            y_ += lineHeight;
        }
        y_ += 3;
    }
    y_ += 4;
}

void PageFlow::facts(const std::vector<std::pair<std::string, std::string>>& pairs, std::size_t columns)
{
    assert(columns > 0);
    std::vector<std::pair<std::string, std::string>> shown;
    std::ranges::copy_if(pairs, std::back_inserter(shown), [](const auto& p) { return !p.second.empty(); });
    if (shown.empty()) return;
    constexpr double gutter = 24;
    const auto count = static_cast<double>(columns);
    const double width = (pageInner - gutter * (count - 1)) / count;
    double labels = 0;
    for (const auto& [name, value] : shown) {
        Text text = label;
        text.words = name;
        labels = std::max(labels, widthOf_(text));
    }
    labels = std::min(std::ceil(labels) + 14, width * 0.6);
    const std::size_t perColumn = (shown.size() + columns - 1) / columns;
    // Row by row, so that a page's end divides no row.
    for (std::size_t row = 0; row < perColumn; ++row) {
        std::vector<std::vector<std::string>> values(columns);
        std::size_t lines = 1;
        for (std::size_t c = 0; c < columns; ++c)
            if (const std::size_t i = c * perColumn + row; i < shown.size()) {
                values[c] = brokenLines(body, shown[i].second, width - labels, widthOf_);
                lines = std::max(lines, values[c].size());
            }
        reserve(static_cast<double>(lines) * lineHeight);
        for (std::size_t c = 0; c < columns; ++c) {
            const double x = pageMargin + static_cast<double>(c) * (width + gutter);
            if (const std::size_t i = c * perColumn + row; i < shown.size())
                line(x, y_, labels - 6, label, shown[i].first);
            for (std::size_t l = 0; l < values[c].size(); ++l)
                line(x + labels, y_ + static_cast<double>(l) * lineHeight, width - labels, body,
                     values[c][l]);
        }
        y_ += static_cast<double>(lines) * lineHeight + 2;
    }
    y_ += 8;
}

void PageFlow::table(const PageTable& table)
{
    const double shares = std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                                          [](double sum, const PageColumn& c) { return sum + c.share; });
    const auto styleOf = [](const PageColumn& c) {
        return Text{.size = c.digits ? bodySize - 0.5 : bodySize,
                    .align = c.align,
                    .weight = c.bold ? Weight::bold : Weight::normal,
                    .digits = c.digits};
    };
    const auto widthAt = [&](std::size_t c) { return pageInner * table.columns[c].share / shares; };
    const auto head = [&] {
        double x = pageMargin;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            line(x + cellPadding / 2, y_, widthAt(c) - cellPadding,
                 {.ink = Ink::dim,
                  .size = bodySize - 1,
                  .align = table.columns[c].align,
                  .weight = Weight::medium},
                 table.columns[c].head);
            x += widthAt(c);
        }
        y_ += lineHeight + 3;
        pages_.back().emplace_back(
            Line{.from = {pageMargin, y_}, .to = {pageWidth - pageMargin, y_}, .ink = Ink::dim});
        y_ += 4;
    };
    reserve(3 * lineHeight + 12);
    head();
    bool ruled = false;
    for (const std::vector<PageCell>& row : table.rows) {
        assert(row.size() == table.columns.size());
        std::vector<std::vector<std::string>> cells;
        std::size_t lines = 1;
        for (std::size_t c = 0; c < row.size(); ++c) {
            const double width = widthAt(c) - cellPadding;
            cells.push_back(brokenLines(styleOf(table.columns[c]), row[c].words, width, widthOf_));
            std::vector<std::string>& cell = cells.back();
            if (cell.size() > mostLinesOfCell) {
                // The last line takes what is left, and is cut where it is painted.
                for (std::size_t l = mostLinesOfCell; l < cell.size(); ++l)
                    cell[mostLinesOfCell - 1] += ' ' + cell[l];
                cell.resize(mostLinesOfCell);
            }
            lines = std::max(lines, cell.size());
        }
        const double height = static_cast<double>(lines) * lineHeight + 3;
        if (height > left()) {
            nextPage();
            head();
            ruled = false;
        }
        if (ruled)
            pages_.back().emplace_back(Line{.from = {pageMargin, y_ - 2},
                                            .to = {pageWidth - pageMargin, y_ - 2},
                                            .ink = Ink::line,
                                            .opacity = 0.6});
        ruled = true;
        double x = pageMargin;
        for (std::size_t c = 0; c < row.size(); ++c) {
            Text style = styleOf(table.columns[c]);
            style.ink = row[c].ink;
            for (std::size_t l = 0; l < cells[c].size(); ++l)
                line(x + cellPadding / 2, y_ + static_cast<double>(l) * lineHeight, widthAt(c) - cellPadding,
                     style, cells[c][l]);
            x += widthAt(c);
        }
        y_ += height;
    }
    y_ += 10;
}

void PageFlow::picture(double height, const std::function<void(DrawList&, const Rect&)>& draw)
{
    assert(height <= pageHeight - 2 * pageMargin - footHeight);
    height = std::round(height);
    reserve(height);
    draw(pages_.back(), {pageMargin, y_, pageInner, height});
    y_ += height + 10;
}

std::vector<DrawList> PageFlow::finish()
{
    const double y = pageHeight - pageMargin - 6;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        pages_[i].emplace_back(
            Text{.box = {pageMargin, y, pageInner - 120, 14}, .words = foot_, .ink = Ink::dim, .size = 10});
        pages_[i].emplace_back(Text{.box = {pageWidth - pageMargin - 110, y, 110, 14},
                                    .words = fmt::format("page {} of {}", i + 1, pages_.size()),
                                    .ink = Ink::dim,
                                    .size = 10,
                                    .align = Align::right});
    }
    std::vector<DrawList> done = std::exchange(pages_, std::vector<DrawList>(1));
    y_ = pageMargin;
    return done;
}

} // namespace segue::picture
