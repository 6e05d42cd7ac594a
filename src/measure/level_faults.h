/// \file
/// What the levels of a measured edition show: peaks between the samples, tracks without a sound, and
/// neighbours of which one is much louder. Nothing is read: a scan (edition_scan.h) has it all.
#pragma once

#include "measure/edition_scan.h"
#include "measure/faults.h"
#include "measure/joint_faults.h"
#include "measure/sound_figures.h"

#include <optional>
#include <vector>

namespace segue {

/// How far from a joint its neighbours are compared: a tail that fades says nothing about how loud a track
/// is.
inline constexpr Duration jointNeighbourhood = seconds(30);

/// Of the joint in front of each entry, in the edition's order: the loudest 3 s of the last
/// `jointNeighbourhood` before it, and of the first behind it. Absent at a piece's first entry, and where
/// there is less than 3 s of sound.
[[nodiscard]] std::vector<JointLoudness> jointLoudness(const EditionScan& scan);

/// The highest peak between the samples of an entry, when it is over full scale and no sample is:
/// FAULT.INTER_SAMPLE with its place on the piece, the begin of its 100 ms.
[[nodiscard]] std::optional<Fault> interSampleOver(const EntryScan& entry);
/// The same of figures of a whole sound that begins at `begin`.
[[nodiscard]] std::optional<Fault> interSampleOver(const SoundFigures& figures, SampleRate rate,
                                                   SamplePos begin);

/// An entry without a sample that is not zero: FAULT.NO_SOUND, from its begin to its end on the piece.
[[nodiscard]] std::optional<Fault> noSound(const EntryScan& entry);

} // namespace segue
