/// \file
/// An album held against every rule, its sources read whole: once, also when somebody else wants to hear
/// them.
#pragma once

#include "deliver/ddp_export.h"

#include <functional>

namespace segue {

/// Hears the sources while they are read for the first time: what it reads through `open` from the first
/// sample on is not read again.
/// \param soFar what was found before
using SourceListener = std::function<Result<Findings>(const SourceOpener& open, const Findings& soFar)>;

/// As checkWhole() of ddp_export.h, with the listener's findings behind the others; of an edition for another
/// medium than CD the rules of the album and its files alone. What the listener found is left out when a
/// source turns out to be another one than the album knows; the listener is not even called when a file is
/// missing or its header says so already. An Error is a disk, a cancel, or the listener's.
[[nodiscard]] Result<Readiness> checkWhole(FileOps& files, const Album& album, const Edition& edition,
                                           const DiscOptions& options, const Progress& progress,
                                           const SourceListener& listener);

} // namespace segue
