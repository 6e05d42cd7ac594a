/// \file
/// Two discs held against each other, each difference a sentence. Texts compare as a player shows them: none
/// and empty are the same, and MS-JIS text compares in its full-width form.
#pragma once

#include "ddp/disc.h"

#include <string>
#include <vector>

namespace segue::ddp {

struct Difference {
    int track = 0; ///< 0: the disc
    std::string message;
    [[nodiscard]] friend bool operator==(const Difference&, const Difference&) = default;
};
/// \param nameA,nameB how the two are called in the sentences: "the album", "the set on the disk"
[[nodiscard]] std::vector<Difference> compareDiscs(const Disc& a, const Disc& b, const std::string& nameA,
                                                   const std::string& nameB);

} // namespace segue::ddp
