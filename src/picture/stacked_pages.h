/// \file
/// Pages one below another as a single picture, for files that have no pages.
#pragma once

#include "picture/draw_list.h"

#include <vector>

namespace segue::picture {

/// Everything in the list at another place.
[[nodiscard]] DrawList moved(DrawList list, double dx, double dy);

/// Pages of page_flow.h on a ground of their own, pageWidth wide and pageHeight high each.
[[nodiscard]] DrawList stackedPages(std::vector<DrawList> pages);

} // namespace segue::picture
