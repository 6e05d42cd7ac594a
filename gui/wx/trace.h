/// \file
/// How fast the window is, for tests/bench/editor.sh: with SEGUE_EDITOR_TRACE=FILE in the environment the
/// editor writes there "first-paint MS" since the process began, and when it ends, "longest-block MS": the
/// longest time between two turns of the event loop after that paint, and of those beyond 10 ms "block MS OWN
/// AT": its length, how much of it this thread was not kept waiting by others, and when it began, in seconds
/// as CLOCK_MONOTONIC counts. Without it nothing is measured.
#pragma once

namespace segue::gui::trace {

/// Once, before the first window.
void begin();
/// A picture was painted.
void painted();
/// Writes the figures that are known only now.
void end();

} // namespace segue::gui::trace
