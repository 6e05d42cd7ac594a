/// \file
/// What a gesture, a key or a typed cell would do to the album: one undo step with its name. Nothing is done
/// until the session takes it.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <string>

namespace segue::gui {

struct Proposal {
    std::string label;     ///< "Set the pause before track 4": what undo will say
    Result<Album> album;   ///< or why not
    std::string gesture{}; ///< steps of one drag have the same, and become one
};

} // namespace segue::gui
