/// \file
/// Pages and pictures for others: PDF with its fonts inside, SVG, PNG. No clock in any of them: the same
/// lists give the same bytes on one machine.
#pragma once

#include "core/result.h"
#include "deliver/paint.h"
#include "picture/page_flow.h"

#include <cstddef>
#include <string>
#include <vector>

namespace segue {

/// For paper: dark on white.
[[nodiscard]] PaintStyle printStyle();
/// How wide printStyle() makes a text; for PageFlow. Keeps what it was asked.
[[nodiscard]] picture::TextWidth printedWidth();

struct PrintedPages {
    std::vector<std::byte> pdf{};
    int missingGlyphs = 0; ///< characters for which no font was found
};
/// A4 upright, a page for each list (picture/page_flow.h). \param title of the document, for its readers
[[nodiscard]] Result<PrintedPages> paintPdf(const std::vector<picture::DrawList>& pages,
                                            const std::string& title);
/// A picture of `width` x `height` logical pixels on a background of its own; texts as outlines, so that it
/// looks the same without the fonts.
[[nodiscard]] Result<std::string> paintSvg(const picture::DrawList& list, const PaintStyle& style, int width,
                                           int height);

} // namespace segue
