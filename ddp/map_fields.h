/// \file
/// Where the fields of a map packet lie that readers report about or look at byte for byte.
#pragma once

#include "ddp/field.h"

namespace segue::ddp::map_field {

inline constexpr Field streamType{"DST", 4, 2}, length{"DSL", 14, 8}, start{"DSS", 22, 8}, subcode{"SUB", 30, 8},
    mode{"CDM", 38, 2}, storageMode{"SSM", 40, 1}, scrambled{"SCR", 41, 1}, pregap{"PRE2", 46, 4},
    nameSize{"SIZ", 71, 3}, file{"DSI", 74, 17};

} // namespace segue::ddp::map_field
