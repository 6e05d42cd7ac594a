#include "audio/render.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace segue {

namespace {

using enum Finding::Level;

constexpr std::array rules{
    Rule{"AUDIO.MISSING", error, false, "Every source file is there and can be read as audio",
         "an album cannot be rendered without its sound"},
    Rule{"AUDIO.CHANGED", error, false, "Every source file holds the audio the album was made with",
         "promise: no silent change"},
    Rule{"AUDIO.NOT_FINITE", error, false, "A source holds no NaN and no infinity",
         "such samples have no value that could be written"},
    Rule{"AUDIO.OVER", error, true, "No sample is more than 2 LSB beyond full scale", "clipping is audible"},
    Rule{"AUDIO.CLAMPED", note, false,
         "Samples that dither or rounding carried past full scale, by 2 LSB at most, are counted",
         "promise: no silent change"},
    Rule{"AUDIO.NO_DITHER", warning, false, "What is not a bit-exact copy is dithered",
         "Lipshitz, Wannamaker, Vanderkooy, Quantization and Dither: A Theoretical Survey, J. Audio Eng. "
         "Soc. 40 "
         "(1992)"},
    Rule{"AUDIO.HARD_END", warning, false,
         "The last 10 ms before the padding at a disc's end are not louder than -60 dBFS",
         "a sudden end clicks"},
    Rule{"AUDIO.CONVERTED", note, false, "Sources at another sample rate than the edition's are named",
         "promise: no silent change"},
};

} // namespace

std::span<const Rule> audioRules() { return rules; }

const Rule& audioRule(std::string_view id)
{
    const auto rule = std::ranges::find(rules, id, &Rule::id);
    assert(rule != rules.end());
    return *rule;
}

} // namespace segue
