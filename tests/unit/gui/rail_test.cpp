#include "gui/model/rail.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

using namespace segue;
using namespace segue::gui;

namespace {

const MeterReading heard{.truePeak = {-3, -4},
                         .held = {-1.5, -2.5},
                         .momentary = -14.2,
                         .shortTerm = -15.3,
                         .integrated = -16.4,
                         .range = 5.5,
                         .correlation = 0.7};

std::vector<std::string> wordsOf(const picture::DrawList& list)
{
    std::vector<std::string> words;
    for (const auto& item : list)
        if (const auto* text = std::get_if<picture::Text>(&item)) words.push_back(text->words);
    return words;
}

bool says(const picture::DrawList& list, const std::string& wanted)
{
    return std::ranges::count(wordsOf(list), wanted) == 1;
}

} // namespace

TEST_CASE("A high rail has all meters")
{
    const auto list = drawMeters(heard, {0, 0, 252, 180});
    for (const char* label :
         {"True peak", "Momentary LUFS", "Short-term LUFS", "Integrated LUFS", "Range LU", "Correlation"})
        CHECK_MESSAGE(says(list, label), label);
}

TEST_CASE("In a low rail the meters that have no room are left out whole, the true peaks never")
{
    for (int height = 0; height <= 180; ++height) {
        const auto list = drawMeters(heard, {0, 10, 252, static_cast<double>(height)});
        CHECK(says(list, "True peak"));
        for (const auto& item : list)
            if (const auto* text = std::get_if<picture::Text>(&item); text != nullptr && height >= 70)
                CHECK(text->box.y + text->box.height <= 10 + height);
    }
    const auto low = drawMeters(heard, {0, 0, 252, 92});
    CHECK(says(low, "Momentary LUFS"));
    CHECK_FALSE(says(low, "Short-term LUFS"));
}
