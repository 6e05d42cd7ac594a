#include "core/time_text.h"

#include "core/text.h"

#include <fmt/format.h>

namespace segue {

namespace {

constexpr std::int64_t flicksPerMillisecond = flicksPerSecond / 1000;

std::uint64_t magnitude(std::int64_t value)
{
    return value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                     : static_cast<std::uint64_t>(value);
}

std::string framesText(std::int64_t frames)
{
    const std::uint64_t n = magnitude(frames);
    return fmt::format("{}{:02}:{:02}:{:02}", frames < 0 ? "-" : "", n / 4500, n / 75 % 60, n % 75);
}

std::unexpected<Error> notATime(std::string_view text, std::string why)
{
    return failure(std::move(why), escapedForDisplay(text));
}

// Digits only, at most `most` of them: nothing here can overflow.
std::optional<std::int64_t> digits(std::string_view text, std::size_t most)
{
    if (text.empty() || text.size() > most) return std::nullopt;
    for (const char c : text)
        if (!isDigit(c)) return std::nullopt;
    return parseInteger(text);
}

// "12" or "12.5" times `unit` flicks, to the nearest flick.
std::optional<std::int64_t> decimal(std::string_view text, std::size_t most, std::int64_t unit)
{
    const std::size_t point = text.find('.');
    const auto whole = digits(text.substr(0, point), most);
    if (!whole) return std::nullopt;
    if (point == std::string_view::npos) return *whole * unit;
    const std::string_view decimals = text.substr(point + 1);
    const auto fraction = digits(decimals, 18);
    if (!fraction) return std::nullopt;
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < decimals.size(); ++i) scale *= 10;
    return *whole * unit + detail::scaleNearest(*fraction, unit, scale);
}

constexpr std::string_view allowedForms = "This is not a time; write seconds (2.5), minutes and seconds "
                                          "(1:02.5), minutes, seconds and frames (1:02:37), "
                                          "or a number with its unit (0.25s, 500ms, 12f)";

Result<std::int64_t> parseWithColons(std::string_view all, std::string_view body)
{
    const std::size_t first = body.find(':');
    const std::size_t second = body.find(':', first + 1);
    const auto minutes = digits(body.substr(0, first), 6);
    if (!minutes) return notATime(all, std::string{allowedForms});
    const std::string_view secondsText =
        body.substr(first + 1, second == std::string_view::npos ? second : second - first - 1);
    const bool whole = second != std::string_view::npos;
    const auto inMinute = whole ? digits(secondsText, 2) : decimal(secondsText, 2, flicksPerSecond);
    if (!inMinute) return notATime(all, std::string{allowedForms});
    // Decimals that round up to the next minute are still below 60 s as written, so the whole part is what
    // counts.
    const auto wholeSeconds = digits(secondsText.substr(0, secondsText.find('.')), 2);
    if (!wholeSeconds || *wholeSeconds >= 60)
        return notATime(all, "The seconds must be below 60 when minutes are given");
    if (!whole) return *minutes * 60 * flicksPerSecond + *inMinute;
    const auto frames = digits(body.substr(second + 1), 2);
    if (!frames) return notATime(all, std::string{allowedForms});
    if (*frames >= cdFramesPerSecond) return notATime(all, "The frames must be below 75");
    return (*minutes * 60 + *inMinute) * flicksPerSecond + *frames * flicksPerCdFrame;
}

} // namespace

std::string cdTime(CdFrameCount length) { return framesText(length.value()); }
std::string cdTime(CdFramePos at) { return framesText(at.value()); }

std::string clockTime(Duration length)
{
    const std::int64_t rounded = detail::scaleNearest(length.value(), 1, flicksPerMillisecond);
    const std::uint64_t n = magnitude(rounded);
    return fmt::format("{}{}:{:02}.{:03}", rounded < 0 ? "-" : "", n / 60'000, n / 1000 % 60, n % 1000);
}

Result<Duration> parseTime(std::string_view text)
{
    std::string_view body = trimmed(text);
    if (body.empty()) return notATime(text, "A time is missing here");
    const bool negative = body.front() == '-';
    if (negative) body.remove_prefix(1);
    const auto signedDuration = [negative](std::int64_t flicks) {
        return Duration{negative ? -flicks : flicks};
    };

    if (body.find(':') != std::string_view::npos) {
        const auto flicks = parseWithColons(text, body);
        if (!flicks) return std::unexpected{flicks.error()};
        return signedDuration(*flicks);
    }
    std::optional<std::int64_t> flicks;
    if (body.ends_with("ms")) {
        flicks = decimal(trimmed(body.substr(0, body.size() - 2)), 12, flicksPerMillisecond);
    } else if (body.ends_with('s')) {
        flicks = decimal(trimmed(body.substr(0, body.size() - 1)), 9, flicksPerSecond);
    } else if (body.ends_with('f')) {
        const auto frames = digits(trimmed(body.substr(0, body.size() - 1)), 9);
        if (frames) flicks = *frames * flicksPerCdFrame;
    } else {
        flicks = decimal(body, 9, flicksPerSecond);
    }
    if (!flicks) return notATime(text, std::string{allowedForms});
    return signedDuration(*flicks);
}

Result<Msf> parseMsf(std::string_view text)
{
    const std::size_t first = text.find(':');
    const std::size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
    if (second == std::string_view::npos)
        return notATime(text, "A time of the form MM:SS:FF (minutes, seconds, frames) is needed here");
    const auto minute = digits(text.substr(0, first), 3);
    const auto inMinute = digits(text.substr(first + 1, second - first - 1), 3);
    const auto frame = digits(text.substr(second + 1), 3);
    if (!minute || !inMinute || !frame)
        return notATime(text, "A time of the form MM:SS:FF (minutes, seconds, frames) is needed here");
    if (*minute > 99) return notATime(text, "The minutes must be 99 or less");
    if (*inMinute >= 60) return notATime(text, "The seconds must be below 60");
    if (*frame >= cdFramesPerSecond) return notATime(text, "The frames must be below 75");
    return Msf{static_cast<int>(*minute), static_cast<int>(*inMinute), static_cast<int>(*frame)};
}

} // namespace segue
