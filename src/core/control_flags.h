/// \file
/// The Q-channel control bits of an audio track, as the Red Book names them.
#pragma once

namespace segue {

struct ControlFlags {
    bool preEmphasis = false;   ///< PRE: 50/15 us
    bool copyPermitted = false; ///< DCP: digital copying is free
    bool fourChannel = false;   ///< 4CH
    bool scms = false;          ///< SCMS: one generation of copies; excludes DCP
    [[nodiscard]] friend constexpr bool operator==(ControlFlags, ControlFlags) = default;
};

} // namespace segue
