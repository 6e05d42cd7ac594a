/// \file
/// What only the rendered edition shows: how one track follows another. The mixer's frames around every joint
/// are looked at, before quantising; no source is read whole.
#pragma once

#include "audio/render.h"
#include "measure/fault_thresholds.h"
#include "measure/faults.h"

#include <optional>
#include <span>
#include <vector>

namespace segue {

/// How loud the entry before is near the joint, and this one behind it: the loudest 3 s, in LUFS
/// (level_faults.h); absent: silence, or not measured.
struct JointLoudness {
    std::optional<double> before{}, after{};
};

/// A fault at the joint in front of an entry, or at the piece's ends; positions are samples of the piece at
/// the settings' rate.
struct JointFault {
    std::size_t entry = 0; ///< in the piece's entries; their number: the end of the piece
    Fault fault{};
    [[nodiscard]] friend bool operator==(const JointFault&, const JointFault&) = default;
};

/// In the order of the joints. An Error is a source that could not be read.
/// \param loudness of each entry's joint, as far as known; may be shorter than the entries
/// \pre the piece was built from this album
[[nodiscard]] Result<std::vector<JointFault>> findJointFaults(const Album& album, const Piece& piece,
                                                              const RenderSettings& settings,
                                                              const SourceOpener& open,
                                                              const FaultThresholds& thresholds,
                                                              std::span<const JointLoudness> loudness);

} // namespace segue
