/// \file
/// Albums made of a seed, for round trips: everything the document can hold, with ugly values among the usual
/// ones.
#pragma once

#include "album/album.h"

#include <cstdint>

namespace segue::test {

/// The same seed gives the same album. Source paths are absolute: below /music/album, beside it, and
/// elsewhere.
[[nodiscard]] Album uglyAlbum(std::uint64_t seed);
/// Nearly full ranges of every number, and texts of every kind.
[[nodiscard]] Album extremeAlbum();

} // namespace segue::test
