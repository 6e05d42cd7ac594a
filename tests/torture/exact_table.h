/// \file
/// A table of odd inputs, each with the exact sentence that must come of it.
#pragma once

#include "torture/tier.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace segue::torture {

/// Checks `says(row) == row.expected` for every row and writes the figure.
/// \param table rows with a `name` and what is `expected`
template <class Row, class Says>
void checkExactly(const std::vector<Row>& table, Says says, std::string_view id, std::string_view what,
                  std::string_view note = {})
{
    std::uint64_t wrong = 0;
    for (const Row& row : table) {
        INFO(row.name);
        const std::string said = says(row);
        CHECK(said == row.expected);
        wrong += said == row.expected ? 0U : 1U;
    }
    figure(id, what, table.size(), wrong, note);
}

} // namespace segue::torture
