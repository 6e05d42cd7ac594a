/// \file
/// The cut sheet as pages: one for the record, one or more for each side with its disc drawn to scale.
#pragma once

#include "deliver/cut_sheet.h"
#include "deliver/paint_pages.h"

namespace segue {

/// \param programme, plan what the sheet was made of
[[nodiscard]] std::vector<picture::DrawList> cutSheetPages(const CutSheet& sheet,
                                                           const vinyl::Programme& programme,
                                                           const vinyl::VinylPlan& plan,
                                                           const picture::TextWidth& widthOf);
[[nodiscard]] Result<PrintedPages> cutSheetPdf(const CutSheet& sheet, const vinyl::Programme& programme,
                                               const vinyl::VinylPlan& plan);

} // namespace segue
