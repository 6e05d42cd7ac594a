/// \file
/// A waveform into pixels: a column at a time, straight into an image, so that no path of thousands of edges
/// has to be rasterised for every picture.
#pragma once

#include "picture/draw_list.h"
#include "picture/palette.h"

struct _cairo;

namespace segue {

void paintWave(_cairo* context, const picture::Wave& wave, picture::Look look, double scale);

} // namespace segue
