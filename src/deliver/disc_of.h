/// \file
/// From an edition to what will stand on the discs: places, marks, codes and CD-Text of each CD, with
/// everything that was inherited, left out or substituted on the way as findings.
#pragma once

#include "album/timeline.h"
#include "core/rule.h"
#include "ddp/fileset_writer.h"

#include <span>
#include <vector>

namespace segue {

struct DiscOptions {
    ddp::Profile profile = ddp::Profile::standard;
    bool cdText = true;
    bool substitute = false; ///< replace characters that the character set lacks, by the documented table
};

/// One CD of an edition.
struct PlannedDisc {
    int number = 1, of = 1;
    Piece piece{};
    ddp::Disc disc{};
    ddp::WriteOptions write{};
    /// Texts as they will be read on the disc, inherited ones included, one per entry (first language).
    std::vector<Texts> shownTexts{};
    std::vector<std::size_t> packCounts{}; ///< CD-Text packs per language block; the budget is 255 each
    Findings findings{};                   ///< DELIVER.*, CDTEXT.* and ALBUM.* notes of the projection
};

/// \pre the edition's medium is a CD
[[nodiscard]] std::vector<PlannedDisc> planDiscs(const Album& album, const Edition& edition,
                                                 const DiscOptions& options);

/// DELIVER.* rules.
[[nodiscard]] std::span<const Rule> deliverRules();
[[nodiscard]] const Rule& deliverRule(std::string_view id);
/// Every rule of every room: the catalogue for `--allow` and the documentation.
[[nodiscard]] std::span<const Rule> allRules();

} // namespace segue
