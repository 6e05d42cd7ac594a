#include "project/exact_time.h"

#include "core/text.h"

#include <fmt/format.h>

#include <array>

namespace segue {

namespace {

constexpr std::int64_t flicksPerMillisecond = flicksPerSecond / 1000;
// In the order of preference; every one of them has a whole number of flicks per sample.
constexpr std::array usualRates{44100, 48000, 88200, 96000, 176400, 192000, 352800};

std::string decimalSeconds(std::int64_t milliseconds)
{
    const std::int64_t size = milliseconds < 0 ? -milliseconds : milliseconds;
    std::string text = fmt::format("{}{}", milliseconds < 0 ? "-" : "", size / 1000);
    if (size % 1000 != 0) {
        text += fmt::format(".{:03}", size % 1000);
        while (text.back() == '0') text.pop_back();
    }
    return text + "s";
}

// `count` units, when that stays within the limit.
std::optional<Duration> units(std::optional<std::int64_t> count, std::int64_t flicksPerUnit)
{
    const std::int64_t most = longestStoredTime.value() / flicksPerUnit;
    if (!count || *count > most || *count < -most) return std::nullopt;
    return Duration{*count * flicksPerUnit};
}

std::optional<Duration> parseSeconds(std::string_view text)
{
    const auto point = text.find('.');
    if (point == std::string_view::npos) return units(parseInteger(text), flicksPerSecond);
    auto fraction = std::string{text.substr(point + 1)};
    if (point == 0 || fraction.empty() || fraction.size() > 3 || !isDigit(fraction.front()) ||
        !isDigit(text[point - 1]))
        return std::nullopt;
    fraction.resize(3, '0');
    const auto whole = units(parseInteger(text.substr(0, point)), flicksPerSecond);
    const auto part = units(parseInteger(fraction), flicksPerMillisecond);
    if (!whole || !part) return std::nullopt;
    const Duration sum = text.front() == '-' ? *whole - *part : *whole + *part;
    if (sum > longestStoredTime || sum < -longestStoredTime) return std::nullopt;
    return sum;
}

} // namespace

std::string exactTime(Duration time)
{
    const std::int64_t flicks = time.value();
    if (flicks % flicksPerMillisecond == 0) return decimalSeconds(flicks / flicksPerMillisecond);
    if (flicks % flicksPerCdFrame == 0) return fmt::format("{}f", flicks / flicksPerCdFrame);
    for (const int rate : usualRates)
        if (flicks % (flicksPerSecond / rate) == 0)
            return fmt::format("{}@{}", flicks / (flicksPerSecond / rate), rate);
    return fmt::format("{}fl", flicks);
}

std::optional<Duration> parseExactTime(std::string_view text)
{
    const auto without = [&text](std::size_t suffix) { return text.substr(0, text.size() - suffix); };
    if (const auto at = text.find('@'); at != std::string_view::npos) {
        const auto rate = parseInteger(text.substr(at + 1));
        if (!rate || *rate < 1 || *rate > flicksPerSecond || flicksPerSecond % *rate != 0)
            return std::nullopt;
        return units(parseInteger(text.substr(0, at)), flicksPerSecond / *rate);
    }
    if (text.ends_with("fl")) return units(parseInteger(without(2)), 1);
    if (text.ends_with("f")) return units(parseInteger(without(1)), flicksPerCdFrame);
    if (text.ends_with("s")) return parseSeconds(without(1));
    return std::nullopt;
}

} // namespace segue
