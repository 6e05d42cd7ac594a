/// \file
/// The slow renderer: docs/formats/rendering.md and rendering-places.md, read as literally as possible,
/// sample by sample. It shares nothing with the real one but the document's value types and libsoxr, so that
/// the two can only agree where both follow the pages.
#pragma once

#include "audio/render.h"

#include <functional>
#include <vector>

namespace segue::reference {

/// The frame of a source at a position inside it. Mono may give anything on the right.
using SourceFrame = std::function<Frame(const Source& source, std::int64_t at)>;

/// One piece, rendered.
struct Rendering {
    std::vector<RenderSpan> spans{};
    std::vector<Pcm16Frame> frames{};
    std::vector<Overs> overs{}; ///< of the entries that had any, in order
};

/// Every piece of the edition in 16 bit. A CD's pieces last until their lead-out, others as long as they are.
/// \pre shaped dither only at 44.1 and 48 kHz; a CD at 44.1 kHz
/// Throws std::runtime_error where the page says that the render stops.
[[nodiscard]] std::vector<Rendering> render(const Album& album, const Edition& edition,
                                            const RenderSettings& settings, const SourceFrame& frameOf);

} // namespace segue::reference
