#include "cli/vinyl_estimate.h"

#include "core/text.h"
#include "core/time_text.h"
#include "vinyl/side_estimate.h"
#include "vinyl/side_split.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace segue::cli {

namespace {

using nlohmann::ordered_json;
using namespace vinyl;

constexpr double longestPart = 180, hopeless = -1000; // minutes, dB

Result<std::vector<double>> minutesOf(const std::vector<std::string>& lengths)
{
    std::vector<double> minutes;
    for (const std::string& text : lengths) {
        const auto time = std::ranges::count(text, ':') != 1
                              ? Result<Duration>{failure("not minutes and seconds")}
                              : parseTime(text);
        const double value =
            time ? static_cast<double>(time->value()) / static_cast<double>(flicksPerSecond) / 60 : 0;
        if (!time || value <= 0 || value > longestPart)
            return failure("A length is given in minutes and seconds, for example 19:30",
                           "--minutes " + escapedForDisplay(text));
        minutes.push_back(value);
    }
    return minutes;
}

std::string clock(double minutes)
{
    const auto seconds = std::llround(minutes * 60);
    return fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
}

std::optional<double> levelOf(const RecordFormat& format, double minutes)
{
    const double level = levelForMinutes(format, minutes);
    return std::isfinite(level) && level > -60 ? std::optional{level} : std::nullopt;
}

/// What the plant says about minutes: a word for text and JSON.
std::string_view plantWord(const PlanWish& wish, double minutes)
{
    const auto lengths = wish.plant ? wish.plant->lengths(wish.format) : std::nullopt;
    if (!lengths) return "unknown";
    return minutes <= lengths->good     ? "good"
           : minutes <= lengths->most   ? "fair"
           : minutes <= lengths->refuse ? "long"
                                        : "refused";
}

std::string partsWords(const EstimatedSide& side)
{
    return side.parts.size() == 1 ? fmt::format("{}", side.parts.front() + 1)
                                  : fmt::format("{}-{}", side.parts.front() + 1, side.parts.back() + 1);
}

} // namespace

Result<VinylEstimate> estimateVinyl(const std::vector<std::string>& lengths, const PlanWish& wish)
{
    const auto minutes = minutesOf(lengths);
    if (!minutes) return failure(minutes.error());
    const std::size_t n = minutes->size(), sides = wish.sides.value_or(n);
    if (sides > n)
        return failure(fmt::format("{} sides need at least {} lengths; there {} {}", sides, sides,
                                   n == 1 ? "is" : "are", n),
                       "--sides");
    const auto sum = [&](std::size_t first, std::size_t end) {
        double all = 0;
        for (std::size_t i = first; i < end; ++i) all += (*minutes)[i];
        return all;
    };
    SplitWish split{.tracks = n, .sides = sides, .together = wish.together};
    if (split.together.size() >= n)
        return failure(fmt::format("There are {} lengths, and number {} should stay with its neighbour", n,
                                   split.together.size() + 1),
                       "--together");
    split.together.resize(n - 1);
    auto breaks = bestSplit(split, [&](std::size_t first, std::size_t end) {
        const double all = sum(first, end), level = spaceLevelForMinutes(wish.format, all);
        return RunCost{.level = std::max(level, hopeless) - (level < hopeless ? all : 0), .radius = all};
    });
    if (!breaks)
        return failure(fmt::format("The lengths cannot be shared out over {} sides: too many of them must "
                                   "stay together",
                                   sides),
                       "--together");
    breaks->push_back(n);
    VinylEstimate estimate{.wish = wish};
    std::size_t first = 0;
    for (const std::size_t end : *breaks) {
        EstimatedSide side{.minutes = sum(first, end)};
        for (std::size_t i = first; i < end; ++i) side.parts.push_back(i);
        side.level = levelOf(wish.format, side.minutes);
        if (side.minutes > (estimate.sides.empty() ? 0 : estimate.sides[estimate.decisive].minutes))
            estimate.decisive = estimate.sides.size();
        estimate.sides.push_back(std::move(side));
        first = end;
    }
    estimate.level = estimate.sides[estimate.decisive].level;
    const auto even = levelOf(wish.format, sum(0, n) / static_cast<double>(sides));
    if (even && estimate.level) estimate.imbalance = *even - *estimate.level;
    return estimate;
}

std::string estimateText(const VinylEstimate& e)
{
    const RecordFormat& format = e.wish.format;
    std::string out = fmt::format("{:<12}{}\" at {}, {} side{}, by their lengths alone\n", "Record",
                                  inches(format.size), format.speed == Speed::rpm33 ? "33 1/3" : "45",
                                  e.sides.size(), e.sides.size() == 1 ? "" : "s");
    if (e.wish.plant)
        out += fmt::format(
            "{:<12}{}\n", "Plant",
            escapedForDisplay(fmt::format("{}, {}", e.wish.plant->name, e.wish.plant->description)));
    out += fmt::format(
        "{:<12}{}\n", "Level",
        e.level ? fmt::format("{:+.1f} dB for all sides, set by side {}", *e.level, sideName(e.decisive))
                : fmt::format("side {} fits at none", sideName(e.decisive)));
    if (e.sides.size() > 1)
        out +=
            fmt::format("{:<12}sides of equal length would allow {:.1f} dB more\n", "Balance", e.imbalance);
    out += fmt::format("{:<12}{:.1f} minutes a side at 0 dB, {:.1f} at -3 dB, {:.1f} at -6 dB\n", "Room",
                       minutesForLevel(format, 0), minutesForLevel(format, -3), minutesForLevel(format, -6));
    out += "\nSide  Lengths  Minutes  Level     The plant\n";
    for (std::size_t i = 0; i < e.sides.size(); ++i) {
        const EstimatedSide& s = e.sides[i];
        out +=
            fmt::format("{:<6}{:<9}{:<9}{:<10}{}\n", sideName(i), partsWords(s), clock(s.minutes),
                        s.level ? fmt::format("{:+.1f} dB", *s.level) : "none", plantWord(e.wish, s.minutes));
    }
    return out + "\n0 dB is the trade's reference level. The levels follow one room's chart; other published "
                 "tables lie within 2 dB,\nthose of short 7\" sides within 4.5 dB. Bass, width and treble "
                 "decide as much as minutes: measure the sound when\nthere is some.\n";
}

std::string estimateJson(const VinylEstimate& e)
{
    const auto orNull = [](const std::optional<double>& level) {
        return level ? ordered_json(*level) : ordered_json(nullptr);
    };
    ordered_json sides = ordered_json::array();
    for (std::size_t i = 0; i < e.sides.size(); ++i) {
        const EstimatedSide& s = e.sides[i];
        ordered_json parts = ordered_json::array();
        for (const std::size_t part : s.parts) parts.push_back(part + 1);
        sides.push_back({{"side", sideName(i)},
                         {"duration_s", s.minutes * 60},
                         {"lengths", parts},
                         {"level_db", orNull(s.level)},
                         {"plant_says", plantWord(e.wish, s.minutes)}});
    }
    const ordered_json object{
        {"ok", e.level.has_value()},
        {"estimate", true},
        {"format", inches(e.wish.format.size)},
        {"rpm", e.wish.format.speed == Speed::rpm33 ? 100.0 / 3 : 45.0},
        {"plant", e.wish.plant ? ordered_json(e.wish.plant->name) : ordered_json(nullptr)},
        {"level_db", orNull(e.level)},
        {"imbalance_db", e.imbalance},
        {"sides", sides}};
    return object.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace segue::cli
