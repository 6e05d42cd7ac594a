/// \file
/// Section 5 of docs/formats/rendering.md for the reference renderer: a source as a whole at another rate.
#pragma once

#include "reference/reference_renderer.h"

#include <map>

namespace segue::reference {

/// Silence outside the source; mono left and right.
[[nodiscard]] Frame sourceFrame(const Source& source, std::int64_t at, const SourceFrame& frameOf);

class ConvertedWhole {
public:
    ConvertedWhole(const Source& source, SampleRate rate, const SourceFrame& frameOf)
        : source_{source}, rate_{rate}, frameOf_{frameOf}
    {
    }
    /// Converted sample k; silence outside.
    [[nodiscard]] Frame frame(std::int64_t k);

private:
    [[nodiscard]] std::vector<Frame> chunk(std::int64_t m) const;

    const Source& source_;
    SampleRate rate_;
    const SourceFrame& frameOf_;
    std::map<std::int64_t, std::vector<Frame>> chunks_{};
};

} // namespace segue::reference
