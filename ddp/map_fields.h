/// \file
/// The layout of a map packet (DDPMS), stated once: written and parsed in records_map.cpp, and pointed at by
/// findings. Only the room ddp itself uses this header.
#pragma once

#include "ddp/field.h"
#include "ddp/records.h"

#include <array>

namespace segue::ddp::map_field {

// Map packet, DDP 2.00: docs/formats/ddp.md, section 2.
inline constexpr Field valid{"MPV", 0, 4}, streamType{"DST", 4, 2}, streamPointer{"DSP", 6, 8},
    length{"DSL", 14, 8}, start{"DSS", 22, 8}, subcode{"SUB", 30, 8}, mode{"CDM", 38, 2},
    storageMode{"SSM", 40, 1}, scrambled{"SCR", 41, 1}, pregap1{"PRE1", 42, 4}, pregap2{"PRE2", 46, 4},
    postgap{"PST", 50, 4}, medium{"MED", 54, 1}, track{"TRK", 55, 2}, index{"IDX", 57, 2},
    isrc{"ISRC", 59, 12}, nameSize{"SIZ", 71, 3}, fileName{"DSI", 74, 17}, session{"NEW", 91, 1},
    pregapNext{"PRE1NXT", 92, 4}, pauseAdd{"PAUSEADD", 96, 8}, offset{"OFS", 104, 9}, pad{"PAD", 113, 15};
inline constexpr std::array layout{valid,   streamType,  streamPointer, length,  start,    subcode,
                                   mode,    storageMode, scrambled,     pregap1, pregap2,  postgap,
                                   medium,  track,       index,         isrc,    nameSize, fileName,
                                   session, pregapNext,  pauseAdd,      offset,  pad};
static_assert(tiles<mapPacketSize>(layout));

} // namespace segue::ddp::map_field
