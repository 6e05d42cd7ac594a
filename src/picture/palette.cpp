#include "picture/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace segue::picture {

namespace {

struct Pair {
    std::uint32_t dark, light;
};

/// In the order of Ink.
constexpr std::array<Pair, 28> colours{{
    {0x1b1d20, 0xf4f5f6}, // background
    {0x222529, 0xffffff}, // panel
    {0x2a2e33, 0xeceef0}, // raised
    {0x363b42, 0xd3d8dd}, // line
    {0xe8eaed, 0x1d2126}, // text
    {0xa0a9b3, 0x59636e}, // dim
    {0x5d6670, 0x98a2ac}, // faint
    {0x24384a, 0xdcebf7}, // laneAClip
    {0x38587a, 0xb9d6ee}, // laneAHead
    {0x5f9fcb, 0x6aa6d8}, // laneAWave
    {0x8cc4ee, 0x1f6fb0}, // laneABody
    {0x23402f, 0xdcf1e4}, // laneBClip
    {0x3b6a4e, 0xb8e0c8}, // laneBHead
    {0x68b48b, 0x68b891}, // laneBWave
    {0x9adbb8, 0x1f7d4f}, // laneBBody
    {0xf0b040, 0x9c5d00}, // accent
    {0x1b1d20, 0xffffff}, // onAccent
    {0xff6f61, 0xc62f22}, // error
    {0x82a8ff, 0x2f5fd0}, // note
    {0x74c98a, 0x1c784b}, // good
    {0x2d3f54, 0xd6e6f6}, // selection
    {0x101215, 0x15181c}, // vinyl
    {0x3a4047, 0x2c3238}, // vinylEdge
    {0x20242a, 0x23282e}, // vinylRing
    {0x292e35, 0x2c3239}, // vinylOtherRing
    {0x3a414a, 0x3e464f}, // vinylGroove
    {0x8d98a5, 0x97a2ae}, // vinylBand
    {0xf2f4f6, 0xf7f8fa}, // onVinyl
}};

double linear(std::uint8_t value)
{
    const double v = value / 255.0;
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(Colour c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

} // namespace

Colour colourOf(Ink ink, Look look)
{
    const Pair pair = colours[static_cast<std::size_t>(std::to_underlying(ink))];
    const std::uint32_t rgb = look == Look::dark ? pair.dark : pair.light;
    return {static_cast<std::uint8_t>(rgb >> 16U), static_cast<std::uint8_t>(rgb >> 8U & 0xffU),
            static_cast<std::uint8_t>(rgb & 0xffU)};
}

double contrast(Colour a, Colour b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace segue::picture
