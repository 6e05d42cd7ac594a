/// \file
/// Work beside the window: on a machine with few cores its threads would keep the window waiting for its
/// turn.
#pragma once

#include "deliver/source_check.h"

#include <sys/resource.h>

#include <utility>

namespace segue::gui {

/// The thread that calls this, and those it starts from now on, let the window's thread go first. Linux keeps
/// a priority for each thread; where it cannot be lowered everything works as before.
inline void giveWay() { static_cast<void>(setpriority(PRIO_PROCESS, 0, 5)); }

/// For threads that open their files themselves: the overviews' and the measuring's.
/// \param open from any thread
[[nodiscard]] inline SourceOpener openerBeside(SourceOpener open)
{
    return [open = std::move(open)](const Source& source) {
        giveWay();
        return open(source);
    };
}

} // namespace segue::gui
