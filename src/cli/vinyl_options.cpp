#include "cli/vinyl_options.h"

#include "app/open_input.h"
#include "cli/context.h"
#include "cli/number_options.h"
#include "core/text.h"
#include "core/time_text.h"
#include "vinyl/record_planner.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace segue::cli {

namespace {

constexpr int mostTracks = 999;

/// "3,4" and "3-5": numbers of neighbouring tracks, first and last.
Result<std::pair<int, int>> neighbours(const std::string& text)
{
    const auto wrong = [&](std::string_view why) {
        return failure(fmt::format("{}; give neighbouring tracks, for example 3,4 or 3-5", why),
                       "--together " + escapedForDisplay(text));
    };
    std::vector<std::int64_t> numbers;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(",-", at), text.size());
        const auto number = parseInteger(trimmed(std::string_view{text}.substr(at, end - at)));
        if (!number || *number < 1 || *number > mostTracks) return wrong("These are no track numbers");
        if (at > 0 && text[at - 1] == '-')
            for (std::int64_t n = numbers.back() + 1; n < *number; ++n) numbers.push_back(n);
        numbers.push_back(*number);
        at = end + 1;
    }
    for (std::size_t i = 1; i < numbers.size(); ++i)
        if (numbers[i] != numbers[i - 1] + 1) return wrong("These tracks do not follow each other");
    if (numbers.size() < 2) return wrong("One track is always together");
    return std::pair{static_cast<int>(numbers.front()), static_cast<int>(numbers.back())};
}

} // namespace

LibraryGuard guardOf(Context& context)
{
    return [&context](const Path& path) { return context.prober.libraryTakes(path, interruptToken()); };
}

Result<Duration> silenceOf(const std::optional<std::string>& text, Duration usual, std::string_view option)
{
    if (!text) return usual;
    const auto time = parseTime(*text);
    if (!time) return failure(time.error().what, fmt::format("{} {}", option, escapedForDisplay(*text)));
    if (*time < Duration{} || *time > seconds(60))
        return failure("The silence is at most a minute long",
                       fmt::format("{} {}", option, escapedForDisplay(*text)));
    return *time;
}

Result<EditionId> chooseVinylEdition(const Album& album, const std::string& name)
{
    std::vector<const Edition*> records;
    for (const Edition& e : album.editions)
        if (std::holds_alternative<VinylSettings>(e.medium)) records.push_back(&e);
    if (name.empty() && records.size() == 1) return records.front()->id;
    if (name.empty() && records.size() > 1) {
        std::string list;
        for (const Edition* e : records) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", e->name);
        return failure(
            fmt::format("The album has several vinyl editions: {}. Choose one with --edition NAME", list),
            "--edition");
    }
    return chooseAnyEdition(album, name);
}

Result<vinyl::PlanWish> planWishOf(Context& context, const Edition& edition, const RecordOptions& o)
{
    const auto* own = std::get_if<VinylSettings>(&edition.medium);
    VinylSettings settings = own != nullptr ? *own : VinylSettings{};
    settings.inches = o.format.value_or(settings.inches);
    settings.speed = o.rpm.value_or(settings.speed);
    settings.lathe = o.lathe.value_or(settings.lathe);
    settings.plant = o.plant.value_or(settings.plant);
    if (o.reference) settings.reference = Decibels{*o.reference};
    auto found = vinyl::wishOf(context.files, settings);
    if (!found) return found;
    vinyl::PlanWish wish = std::move(*found);
    wish.gain = o.gain;
    if (o.sides) wish.sides = static_cast<std::size_t>(*o.sides);
    const auto leadIn = silenceOf(o.leadIn, seconds(1), "--lead-in"),
               tail = silenceOf(o.tail, seconds(2), "--tail");
    if (!leadIn) return failure(leadIn.error());
    if (!tail) return failure(tail.error());
    wish.silence = vinyl::sideSilence(*leadIn, *tail);
    for (const std::string& text : o.together) {
        const auto pair = neighbours(text);
        if (!pair) return failure(pair.error());
        const auto last = static_cast<std::size_t>(pair->second);
        if (wish.together.size() < last - 1) wish.together.resize(last - 1);
        for (auto i = static_cast<std::size_t>(pair->first) - 1; i + 1 < last; ++i) wish.together[i] = true;
    }
    return wish;
}

void addRecordOptions(CLI::App& command, RecordOptions& o, const std::string& group)
{
    std::vector<CLI::Option*> all{
        command.add_option("--format", o.format, "Inches: 12, 10 or 7 (default: the edition's)")
            ->check(CLI::IsMember({12, 10, 7})),
        command
            .add_option("--rpm", o.rpm, "Revolutions per minute: 33 is 33 1/3, 45 (default: the edition's)")
            ->check(CLI::IsMember({33, 45})),
        command.add_option(
            "--lathe", o.lathe,
            "Lathe profile (standard, conservative, tight, dmm) or file (default: the edition's)"),
        command.add_option("--plant", o.plant,
                           "Plant profile (recommended, furnace ...) or file (default: the edition's)"),
        &addCount(command, "--sides", o.sides, {1, 26},
                  "Split the tracks anew, in order, over this many sides"),
        command
            .add_option("--together", o.together,
                        "Tracks that stay on one side when they are split: 3,4 or 3-5 (repeat)")
            ->allow_extra_args(false),
        &addNumber(command, "--reference-dbfs", o.reference,
                   {lowestVinylReference.value(), highestVinylReference.value(), "dBFS"},
                   "A 1 kHz sine that is cut at 5 cm/s peak per channel (default: the edition's)"),
        &addNumber(command, "--cutting-gain", o.gain, {-60, 40, "dB"},
                   "Between file and cut (default: see below)"),
        command.add_option("--lead-in", o.leadIn,
                           "Silence before the first track of a side, in seconds (default: 1; none before "
                           "audio files)"),
        command.add_option("--tail", o.tail,
                           "Silence behind the last track of a side, in seconds (default: 2; none behind "
                           "audio files)")};
    if (!group.empty())
        for (CLI::Option* option : all) option->group(group);
}

} // namespace segue::cli
