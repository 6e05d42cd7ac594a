/// \file
/// The Q-channel control bits of an audio track, as the Red Book names them.
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace segue {

struct ControlFlags {
    bool preEmphasis = false;   ///< PRE: 50/15 us
    bool copyPermitted = false; ///< DCP: digital copying is free
    bool fourChannel = false;   ///< 4CH
    bool scms = false;          ///< SCMS: one generation of copies; excludes DCP
    [[nodiscard]] friend constexpr bool operator==(ControlFlags, ControlFlags) = default;
};

/// "dcp, pre", or "" for none.
[[nodiscard]] std::string flagsText(ControlFlags flags);
/// Any of pre, dcp, 4ch and scms, separated by commas or blanks, in any case; "none" or nothing for none.
[[nodiscard]] Result<ControlFlags> parseFlags(std::string_view text);

} // namespace segue
