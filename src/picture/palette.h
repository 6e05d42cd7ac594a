/// \file
/// The colours behind the inks, for dark and light. Two hues tell neighbouring tracks apart; amber means now;
/// red, blue and green are findings. Text has at least 4.5:1 on the surfaces it stands on (a test measures
/// it).
#pragma once

#include "picture/draw_list.h"

#include <cstdint>

namespace segue::picture {

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
    [[nodiscard]] friend bool operator==(Colour, Colour) = default;
};

enum class Look : std::uint8_t { dark, light };

[[nodiscard]] Colour colourOf(Ink ink, Look look);
/// Of two colours, 1 to 21 (WCAG 2.1, relative luminance).
[[nodiscard]] double contrast(Colour a, Colour b);

} // namespace segue::picture
