/// \file
/// What differs between two states of an album, said so that a person can check it: for "changed since the
/// save" and for versions.
#pragma once

#include "album/album.h"

#include <string>
#include <utility>
#include <vector>

namespace segue {

/// One sentence for each difference, with both values, in the document's order: information, sources, tracks,
/// editions. Tracks and editions are known by their identity, so a new title is a new title and not another
/// track. Empty exactly when the albums differ in nothing but the next identity to give away.
[[nodiscard]] std::vector<std::string> compare(const Album& before, const Album& after);

/// Two values of a time that may differ by less than its usual spelling shows: "2.000 s", else all digits.
[[nodiscard]] std::pair<std::string, std::string> differingTimes(Duration before, Duration after);

} // namespace segue
