#include "deliver/side_files.h"

#include "core/text.h"
#include "vinyl/vinyl_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace segue {

namespace {

// NAME_MAX is 255 bytes; ".NAME.partial-" and ".wav" must fit, too.
constexpr std::size_t longestName = 200;

/// One component of a path on any system: no separators, nothing that Windows refuses.
std::string asFileName(const std::string& text)
{
    std::string name;
    for (const char c : toNfc(isValidUtf8(text) ? text : latin1ToUtf8(text)))
        name += static_cast<unsigned char>(c) < 0x20 ||
                        std::string_view{"/\\:*?\"<>|\x7f"}.find(c) != std::string_view::npos
                    ? '-'
                    : c;
    while (!name.empty() && (name.back() == ' ' || name.back() == '.')) name.pop_back();
    while (!name.empty() && (name.front() == ' ' || name.front() == '.')) name.erase(0, 1);
    if (name.size() > longestName) {
        name.resize(longestName);
        while (!name.empty() && !isValidUtf8(name)) name.pop_back();
    }
    return name;
}

std::string firstOf(std::initializer_list<std::string> texts)
{
    for (const std::string& text : texts)
        if (!trimmed(text).empty()) return std::string{trimmed(text)};
    return {};
}

// How far before its time 0 the track already sounds.
Duration soundBefore(const Track& track)
{
    Duration before{};
    for (const Clip& c : track.clips)
        if (!c.muted) before = std::max(before, -c.at);
    return before;
}

PlannedSide planSide(const Album& album, const Edition& record, std::size_t first, std::size_t end,
                     std::size_t index, const SideFileSettings& settings)
{
    PlannedSide side{.name = vinyl::sideName(index), .first = first, .end = end, .rate = settings.rate};
    // The side alone, its lead-in as the pause before the first track.
    Edition alone{.medium = VinylSettings{.rate = settings.rate}};
    alone.entries.assign(record.entries.begin() + static_cast<std::ptrdiff_t>(first),
                         record.entries.begin() + static_cast<std::ptrdiff_t>(end));
    Entry& opener = alone.entries.front();
    opener.breakBefore = Break::none;
    opener.joint = {.gap = settings.leadIn + soundBefore(*find(album, opener.track))};
    side.piece = std::move(buildTimeline(album, alone).pieces.front());
    side.piece.number = static_cast<int>(index) + 1;
    const SampleTimeline places = samplePlaces(album, side.piece, settings.rate);
    side.leadIn = nearestSamples(settings.leadIn, settings.rate);
    side.length = places.length + nearestSamples(settings.tail, settings.rate);
    for (std::size_t i = 0; i < side.piece.entries.size(); ++i) {
        const PlacedEntry& entry = side.piece.entries[i];
        const Track& track = *find(album, entry.track);
        side.tracks.push_back({.name = fmt::format("{}{}", side.name, i + 1),
                               .id = entry.track,
                               .title = displayTitle(track),
                               .isrc = track.isrc ? track.isrc->dashed() : std::string{},
                               .start = places.entries[i].start,
                               .end = places.entries[i].end,
                               .band = i > 0 && entry.joint.gap > Duration{}});
    }
    return side;
}

} // namespace

SideWav PlannedSide::wav() const
{
    SideWav wav{.rate = rate, .frames = length};
    for (const SideTrack& t : tracks) wav.marks.push_back({t.start, fmt::format("{} {}", t.name, t.title)});
    return wav;
}

Edition asRecord(Edition edition, const std::vector<std::size_t>& breaks, SampleRate rate, Decibels gain)
{
    const auto* settings = std::get_if<VinylSettings>(&edition.medium);
    VinylSettings record = settings != nullptr ? *settings : VinylSettings{};
    record.rate = rate;
    edition.medium = std::move(record);
    for (std::size_t i = 0; i < edition.entries.size(); ++i) {
        Entry& entry = edition.entries[i];
        entry.breakBefore = i > 0 && std::ranges::find(breaks, i) != breaks.end() ? Break::side : Break::none;
        entry.gain = entry.gain + gain;
    }
    return edition;
}

Result<std::vector<PlannedSide>> planSides(const Album& album, const Edition& record,
                                           const SideFileSettings& settings)
{
    std::vector<PlannedSide> sides;
    for (std::size_t first = 0; first < record.entries.size();) {
        std::size_t end = first + 1;
        while (end < record.entries.size() && record.entries[end].breakBefore == Break::none) ++end;
        PlannedSide side = planSide(album, record, first, end, sides.size(), settings);
        auto name = sideFileName(settings.pattern, album, side.name, sides.size() + 1, settings.rate);
        if (!name) return failure(std::move(name.error()));
        side.file = std::move(*name);
        for (const PlannedSide& other : sides)
            if (equalsIgnoringAsciiCase(other.file, side.file))
                return failure(
                    fmt::format("The pattern gives sides {} and {} the same name, {}; put {{side}} "
                                "into it",
                                other.name, side.name, side.file),
                    escapedForDisplay(settings.pattern));
        sides.push_back(std::move(side));
        first = end;
    }
    return sides;
}

Result<std::string> sideFileName(const std::string& pattern, const Album& album, const std::string& side,
                                 std::size_t number, SampleRate rate)
{
    const std::string title = album.info.texts.title.value_or("");
    const std::pair<std::string_view, std::string> words[]{
        {"catalog", firstOf({album.info.catalog, title, "Record"})},
        {"title", firstOf({title, "Record"})},
        {"artist", firstOf({album.info.texts.performer.value_or(""), "Various"})},
        {"side", side},
        {"number", fmt::format("{}", number)},
        {"rate", fmt::format("{}", rate.hertz())},
        {"khz", shortest(rate.hertz() / 1000.0)},
        {"bits", "24"}};
    std::string name;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '{') {
            name += pattern[at];
            continue;
        }
        const std::size_t close = pattern.find('}', at);
        const std::string word = pattern.substr(at + 1, close == std::string::npos ? close : close - at - 1);
        const auto known =
            std::ranges::find(words, std::string_view{word}, [](const auto& w) { return w.first; });
        if (close == std::string::npos || known == std::end(words))
            return failure(fmt::format("The pattern knows no {{{}}}; it knows {{catalog}}, {{title}}, "
                                       "{{artist}}, {{side}}, {{number}}, {{rate}}, {{khz}} and {{bits}}",
                                       escapedForDisplay(word)),
                           escapedForDisplay(pattern));
        name += known->second;
        at = close;
    }
    name = asFileName(name);
    if (name.empty()) return failure("The pattern gives an empty name", escapedForDisplay(pattern));
    return name + ".wav";
}

void putEqualiserInto(RenderPlan& plan, SampleCount ring)
{
    std::vector<RenderSpan> spans;
    for (RenderSpan span : plan.spans) {
        if (span.kind == RenderSpan::Kind::copied) {
            span.kind = RenderSpan::Kind::dithered;
            span.reason = SpanReason::equaliser;
        }
        const bool afterSound = !spans.empty() && spans.back().kind == RenderSpan::Kind::dithered;
        if (span.kind == RenderSpan::Kind::silence && afterSound) {
            RenderSpan rings = span;
            rings.kind = RenderSpan::Kind::dithered;
            rings.reason = SpanReason::equaliser;
            rings.end = std::min(span.end, span.begin + ring);
            span.begin = rings.end;
            spans.push_back(rings);
            if (span.begin == span.end) continue;
        }
        spans.push_back(span);
    }
    plan.spans = std::move(spans);
}

std::string sideTime(double seconds)
{
    const auto milliseconds = std::llround(std::max(0.0, seconds) * 1000);
    return fmt::format("{:02}:{:02}.{:03}", milliseconds / 60'000, milliseconds / 1000 % 60,
                       milliseconds % 1000);
}

std::string sideTime(SamplePos at, SampleRate rate)
{
    const std::int64_t milliseconds = detail::scaleNearest(at.value(), 1000, rate.hertz());
    return fmt::format("{:02}:{:02}.{:03}", milliseconds / 60'000, milliseconds / 1000 % 60,
                       milliseconds % 1000);
}

} // namespace segue
