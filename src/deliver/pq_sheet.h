/// \file
/// The PQ sheet: what a plant's clerk compares with the disc. A value with everything on it as text in its
/// final form, and two writers: plain text and PDF. All times are absolute disc time m:s:f.
#pragma once

#include "deliver/disc_of.h"

#include <string>
#include <vector>

namespace segue {

struct PqSheetRow {
    std::string track{}; ///< "01"; empty on an index row after the first
    std::string index{}; ///< "00", "01", "02"
    std::string time{};  ///< A-time m:s:f
    std::string pause{}, length{}, title{}, performer{}, isrc{},
        flags{}; ///< on the track's INDEX 01 row only
};
struct PqSheet {
    std::vector<std::pair<std::string, std::string>>
        head{}; ///< label, value; in order; empty values are left out
    std::vector<PqSheetRow> rows{};
    std::vector<std::pair<std::string, std::string>> foot{}; ///< music time, total, lead-out
    std::string title{};                                     ///< "Artist - Album, disc 1 of 2"
    std::string remark{}; ///< "all times are absolute disc time m:s:f (75 frames a second)"
};
/// \param imageMd5 of IMAGE.DAT; empty when the sheet is made without an export
[[nodiscard]] PqSheet makePqSheet(const Album& album, const Edition& edition, const PlannedDisc& planned,
                                  const std::string& imageMd5);
/// UTF-8, LF, at most 120 columns, aligned.
[[nodiscard]] std::string pqSheetText(const PqSheet& sheet);
/// A4 portrait PDF, fonts embedded, no clock in it: the same sheet gives the same bytes on one machine.
/// Characters without a font are counted in `missingGlyphs`.
[[nodiscard]] Result<std::vector<std::byte>> pqSheetPdf(const PqSheet& sheet, int& missingGlyphs);

} // namespace segue
