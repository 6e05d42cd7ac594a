/// \file
/// What `segue balance` prints: a table for people, one object for programs (docs/formats/json.md).
#pragma once

#include "measure/balance.h"

#include <string>
#include <vector>

namespace segue::cli {

struct BalanceTable {
    std::string mode{};
    std::vector<TrackLevel> levels{};
    BalanceProposal proposal{};
    std::vector<TrackId> losing{}; ///< no exact copies any more
    bool applied = false;
};

/// \param album before the balance
[[nodiscard]] std::string balanceText(const Album& album, const BalanceTable& table);
[[nodiscard]] std::string balanceJson(const Album& album, const BalanceTable& table);

} // namespace segue::cli
