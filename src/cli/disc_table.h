/// \file
/// A disc as an aligned table for the terminal: times in m:s:f, totals, minutes left.
#pragma once

#include "core/finding.h"
#include "ddp/disc.h"

#include <string>
#include <vector>

namespace segue::cli {

struct DiscTableText {
    std::vector<std::string> titles{}, performers{};
    CdFramePos maxLength{359'775};
};
/// At most `columns` wide; titles and performers give way.
[[nodiscard]] std::string discTable(const ddp::Disc& disc, const DiscTableText& text, int columns = 100);
/// "3 errors, 1 warning, 2 notes", or "no findings".
[[nodiscard]] std::string countsOf(const Findings& findings);
/// Texts of the first CD-Text block per track; empty where there is none.
[[nodiscard]] DiscTableText textsOf(const ddp::Disc& disc);

} // namespace segue::cli
