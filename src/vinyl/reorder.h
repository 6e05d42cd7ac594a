/// \file
/// Other orders of the tracks that would cut better: loud and bright further out, where the groove runs fast,
/// quiet and dull further in. Suggestions, at most three; what each would gain is computed with the same
/// model as the plan itself.
#pragma once

#include "vinyl/vinyl_plan.h"

#include <string>
#include <vector>

namespace segue::vinyl {

/// What a side suffers beyond its level, lower is better (docs/vinyl.md): treble that lands too far in, an
/// end inside the quality radius, a loud end. dB-like.
struct OrderScore {
    double level = 0; ///< dB, what all sides allow, at most the promised most
    double treble = 0, inner = 0, loudEnd = 0;
    /// One number: a dB of level counts twice.
    [[nodiscard]] double cost() const { return treble + inner + loudEnd - 2 * level; }
};
struct OrderSuggestion {
    std::vector<std::size_t> order{};  ///< tracks of the programme
    std::vector<std::size_t> breaks{}; ///< places in `order` at which a side begins, after the first
    OrderScore score{};
    double gains = 0;    ///< dB of level above the plan's order
    double improves = 0; ///< of cost(), positive
    std::string words{}; ///< what changes: "swap 3 and 7"
};

/// The curves as if the tracks followed each other in this order, with their pauses. What stood on a finer
/// grid moves by less than a second; nothing is measured again.
struct ReorderedRecord {
    Programme programme{}; ///< without a sound to open
    CuttingCurves curves{};
};
[[nodiscard]] ReorderedRecord reordered(const Programme& programme, const CuttingCurves& curves,
                                        const std::vector<std::size_t>& order);

/// The plan's own order by the same measure. \param breaks first tracks of the sides after the first
[[nodiscard]] OrderScore scoreOf(const Programme& programme, const CuttingCurves& curves,
                                 const PlanWish& wish, const std::vector<std::size_t>& breaks);

/// Best first; none when nothing gains a tenth of a dB or half a point. Gapless pairs, crossfades, what the
/// edition keeps together and wish.together stay as they are.
[[nodiscard]] std::vector<OrderSuggestion> suggestOrders(const Programme& programme,
                                                         const CuttingCurves& curves, const VinylPlan& plan);

} // namespace segue::vinyl
