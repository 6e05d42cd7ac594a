/// \file
/// Identities that survive edits and undo. They are never list positions.
#pragma once

#include <compare>
#include <cstdint>

namespace segue {

template <class Tag>
struct Id {
    std::uint32_t value = 0; ///< 0: none
    [[nodiscard]] friend constexpr auto operator<=>(Id, Id) = default;
};
using SourceId = Id<struct SourceTag>;
using TrackId = Id<struct TrackTag>;
using ClipId = Id<struct ClipTag>;
using EditionId = Id<struct EditionTag>;

} // namespace segue
