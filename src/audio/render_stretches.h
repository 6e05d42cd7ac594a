/// \file
/// How a render is shared out over threads: runs of neighbouring spans, in order, so that every file is read
/// once and onwards.
#pragma once

#include "audio/render_parts.h"

#include <vector>

namespace segue {

/// One thread's work: neighbouring spans, so that a file or a converter is read onwards.
struct RenderStretch {
    std::size_t span = 0; ///< in which it begins
    SamplePos begin{}, end{};
    const RenderPart* given = nullptr; ///< it need not be rendered
};

/// An entry at a time: its files are then read once and from their beginning, which is what a watch over the
/// sources can follow. An entry that is a large part of the whole is cut, so that no thread waits long for
/// the last; by the minute, so that the image grows from its beginning. Not shorter than needed: where a
/// stretch begins inside a converted source, a chunk is converted twice.
/// \param given parts that exist already and are no work worth counting
[[nodiscard]] std::vector<RenderStretch> stretchesOf(const RenderPlan& plan, Dither dither, int threads,
                                                     const std::vector<RenderPart>& given);

} // namespace segue
