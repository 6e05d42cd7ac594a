/// \file
/// How long a torture test goes on, and where it writes down what it did.
#pragma once

#include <cstdint>
#include <string_view>

namespace segue::torture {

/// quick runs with the suite, nightly within the hour, release as long as it takes (SEGUE_TIER).
enum class Tier { quick, nightly, release };
[[nodiscard]] Tier tier();

/// The one of three numbers that belongs to today's tier.
template <class T>
[[nodiscard]] T perTier(T quick, T nightly, T release)
{
    switch (tier()) {
    case Tier::quick: return quick;
    case Tier::nightly: return nightly;
    default: return release;
    }
}

/// Appends one line to the figures that tests/torture/publish.sh turns into the table of docs/reliability.md
/// (SEGUE_FIGURES names the file; without it nothing is written). Tab-separated: id, what, tried, bad, note.
/// \param id   the row of the torture table, as "K1"
/// \param what what was tried, as "system calls of a save killed, 5 project sizes"
/// \param bad  how many of them did not end as promised: 0
void figure(std::string_view id, std::string_view what, std::uint64_t tried, std::uint64_t bad,
            std::string_view note = {});

} // namespace segue::torture
