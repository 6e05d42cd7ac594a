/// \file
/// From the packets of a PQ descriptor to the Disc they describe. Judges what only the packets can show:
/// their order, numbering and repetitions. What the Disc itself may break is checkDisc()'s business.
#pragma once

#include "core/finding.h"
#include "ddp/disc.h"
#include "ddp/records.h"

#include <span>
#include <string>

namespace segue::ddp {

/// What the packets say, as far as they can be understood; a track that has no packet has no indexes.
struct PqDisc {
    Disc disc{};
    bool upcOnEveryPacket = false;
    bool isrcRepeated = false; ///< on a second packet of some track
    int leadOutPackets = 0;
    Findings findings{};
};
/// \param offsets where each packet begins in `file`, for the findings
[[nodiscard]] PqDisc discFromPq(std::span<const PqPacket> packets, std::span<const std::int64_t> offsets,
                                const std::string& file);

/// A UPC as a DDP field holds it: 13 digits, or 12 (UPC-A); nothing for blank, zeros, or what is no UPC. What
/// deviates is a finding at `where`.
[[nodiscard]] std::optional<UpcEan> readUpc(const std::string& stored, const Place& where,
                                            Findings& findings);

} // namespace segue::ddp
