#include "picture/stacked_pages.h"

#include "picture/page_flow.h"

#include <algorithm>
#include <iterator>

namespace segue::picture {

namespace {

struct Mover {
    double dx, dy;

    void operator()(Point& p) const { p = {p.x + dx, p.y + dy}; }
    void operator()(Line& line) const
    {
        (*this)(line.from);
        (*this)(line.to);
    }
    void operator()(Shape& shape) const
    {
        for (Point& p : shape.points) (*this)(p);
    }
    void operator()(Disc& disc) const { (*this)(disc.centre); }
    void operator()(EndClip&) const {}
    /// Everything else has a box.
    void operator()(auto& item) const
    {
        item.box.x += dx;
        item.box.y += dy;
    }
};

} // namespace

DrawList moved(DrawList list, double dx, double dy)
{
    for (Item& item : list) std::visit(Mover{dx, dy}, item);
    return list;
}

DrawList stackedPages(std::vector<DrawList> pages)
{
    DrawList all;
    all.emplace_back(
        Area{.box = {0, 0, pageWidth, pageHeight * static_cast<double>(pages.size())}, .ink = Ink::panel});
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const double y = pageHeight * static_cast<double>(i);
        if (i > 0) all.emplace_back(Line{{0, y}, {pageWidth, y}, Ink::line});
        std::ranges::move(moved(std::move(pages[i]), 0, y), std::back_inserter(all));
    }
    return all;
}

} // namespace segue::picture
