/// \file
/// "Heard and accepted": what an engineer decided about a finding, kept in the album. It covers the finding
/// it was made for and no other: the same sound at the same place, or the same sentence about the same track.
/// An acceptance knows no clock and no name; the note says what there is to say.
#pragma once

#include "album/ids.h"
#include "core/finding.h"
#include "core/result.h"
#include "core/units.h"

#include <optional>
#include <string>

namespace segue {

struct Album;
struct Edition;

/// A place that moved by no more is the same place: the search for a fault may begin a little elsewhere, and
/// CD times are whole frames of 13 ms. Two faults so close together are one to the ear.
inline constexpr Duration samePlaceWithin = milliseconds(50);

struct SignOff {
    std::string rule{};             ///< "FAULT.CLICK"
    std::optional<TrackId> track{}; ///< absent: about the album, or about a source's sound, in whatever track
    /// What was heard: the fingerprint of the source, or a hash over what sounds in the track or at the
    /// joint. Empty: the finding is not about sound.
    std::string heard{};
    /// Where: from the source's first sample on, or on the track's time line when there is a track.
    std::optional<Duration> at{};
    std::string said{}; ///< the finding's sentence
    std::string note{}; ///< the engineer's
    [[nodiscard]] friend bool operator==(const SignOff&, const SignOff&) = default;
};

/// Whether both are about the same thing: all equal but the note, the place within samePlaceWithin. At a
/// place in a source the sentence does not count: the same sound has the same fault there.
[[nodiscard]] bool sameMatter(const SignOff& a, const SignOff& b);

/// What a sign-off of this finding is. An Error says why it cannot be signed off: its rule does not let an
/// error be set aside, or the source it lies in was never measured.
/// \param finding of a check of this edition
[[nodiscard]] Result<SignOff> signOffFor(const Album& album, const Edition& edition, const Finding& finding,
                                         std::string note = {});

/// Sets `accepted` of every finding that the album's sign-offs cover, and takes it off all others. What may
/// not be set aside stays as it is, whatever the album says.
/// \param findings of a check of this edition
void applySignOffs(const Album& album, const Edition& edition, Findings& findings);

/// The sign-offs that cover none of these findings: their fault was put right, or what they heard is gone.
[[nodiscard]] std::vector<SignOff> idleSignOffs(const Album& album, const Edition& edition,
                                                const Findings& findings);

/// The track that a finding's place names in this edition; nothing when it is about the whole album or disc.
[[nodiscard]] std::optional<TrackId> trackAt(const Album& album, const Edition& edition, const Place& place);

} // namespace segue
