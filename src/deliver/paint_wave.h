/// \file
/// A waveform into pixels: a column at a time, straight into an image, because a path of thousands of points
/// costs a hundred times as much.
#pragma once

#include "picture/draw_list.h"
#include "picture/palette.h"

struct _cairo;

namespace segue {

void paintWave(_cairo* context, const picture::Wave& wave, picture::Look look, double scale);

} // namespace segue
