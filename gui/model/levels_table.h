/// \file
/// The Levels tab: how loud each track is and how far its peaks go, every gain that acts on it, what
/// balancing would change, and whether its samples arrive bit for bit.
#pragma once

#include "gui/model/proposal.h"
#include "gui/model/track_table.h"
#include "measure/balance.h"
#include "measure/edition_measurer.h"

#include <optional>
#include <string>
#include <vector>

namespace segue::gui {

struct LevelsRow {
    TrackId track{};
    std::string number{}, title{};
    /// LUFS, LUFS, LU, dBTP; empty while they are being measured, "-" for silence.
    std::string integrated{}, shortTerm{}, range{}, truePeak{};
    std::string hand{}, offset{}, balance{}, edition{}, sum{};
    std::string proposed{}; ///< the balance gain of the proposal; empty when there is none
    std::string samples{};  ///< "copied bit for bit", or "dithered: the source is 24 bit"
};
/// In the edition's order; of a CD as it is delivered, elsewhere at 44.1 kHz 16 bit.
/// \param measured null until something was measured; may be of an earlier state
[[nodiscard]] std::vector<LevelsRow> levelsRows(const Layout& layout, const MeasuredEdition* measured,
                                                const BalanceProposal* proposal);
/// The album as a whole, for the line below: "Album -12.2 LUFS, range 4.1 LU, true peak -1.0 dBTP".
[[nodiscard]] std::string albumLevels(const MeasuredEdition& measured);

/// What a wanted offset says that somebody typed: "-4", "+1.5", "" for none.
[[nodiscard]] Proposal typedOffset(const Album& album, TrackId track, const std::string& typed);

/// How tracks are to be balanced, as the tab's fields say it.
struct BalanceChoice {
    enum class By { integrated, loudestSection };
    enum class To { middle, selectedTrack, level, album };
    By by = By::integrated;
    To to = To::middle;
    std::string section = "10"; ///< seconds, of loudestSection
    std::string target = "-14"; ///< LUFS, of level and album
    std::string ceiling{};      ///< dBTP; empty: -1, or the present highest
};
/// \param selected the reference of selectedTrack
[[nodiscard]] Result<BalanceProposal> balanceProposal(const MeasuredEdition& measured,
                                                      const BalanceChoice& choice,
                                                      std::optional<TrackId> selected);
/// What the proposal does, in a sentence: which level, what the ceiling did and because of which track, who
/// would no longer be copied.
[[nodiscard]] std::string balanceWords(const Layout& layout, const BalanceProposal& proposal);
/// The proposal accepted: one undo step.
[[nodiscard]] Proposal acceptedBalance(const Album& album, const BalanceProposal& proposal);
/// "Take from what I hear", one undo step.
[[nodiscard]] Proposal offsetsAsHeard(const Album& album, const MeasuredEdition& measured,
                                      const BalanceChoice& choice);

} // namespace segue::gui
