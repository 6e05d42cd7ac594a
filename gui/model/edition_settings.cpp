#include "gui/model/edition_settings.h"

#include "core/text.h"
#include "core/time_text.h"
#include "gui/model/view.h"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <charconv>
#include <optional>

namespace segue::gui {

namespace {

constexpr std::array ofCd{
    EditionFieldInfo{EditionField::startOffset, "Start marks before the sound, CD frames",
                     "INDEX 01 of every track stands this much before its music; 75 frames are a second"},
    EditionFieldInfo{EditionField::endOffset, "Pauses behind the end, CD frames",
                     "INDEX 00 stands this much behind the end of the track before"},
    EditionFieldInfo{EditionField::endSilence, "Silence behind the last track, s", "Before the lead-out"},
    EditionFieldInfo{EditionField::firstPause, "Pause before a further disc\u2019s first track, s",
                     "The album\u2019s first track has its pause in the table; 2 s are the custom"},
    EditionFieldInfo{EditionField::longest, "Longest disc, m:s:f",
                     "What the plant takes; 79:57:00 unless it says otherwise"},
    EditionFieldInfo{EditionField::isrcOnIndex1, "Repeat each ISRC on INDEX 01",
                     "In the DDP\u2019s PQ descriptor, where it stands in each track\u2019s first packet",
                     true},
    EditionFieldInfo{EditionField::cdTextCodes, "UPC and ISRC as CD-Text, too",
                     "As packs of type 8E, beside the subcode that always has them", true},
    EditionFieldInfo{EditionField::masterId, "Master ID", "In the DDPID record, up to 48 letters and digits"},
};
constexpr std::array ofVinyl{
    EditionFieldInfo{EditionField::inches, "Record, inches", "Of the disc", false, "12|10|7"},
    EditionFieldInfo{EditionField::speed, "Turns a minute", "33 is 33 1/3", false, "33|45"},
    EditionFieldInfo{EditionField::lathe, "Lathe", "How close it can cut: a profile, or the path of one",
                     false, "standard|conservative|tight|dmm", true},
    EditionFieldInfo{EditionField::plant, "Plant",
                     "Whose table of side lengths is meant: a profile, or the path of one", false,
                     "recommended|furnace|gz-style|zenith|fluid|gm-dmm|pressing-business", true},
    EditionFieldInfo{EditionField::reference, "Cutting reference, dBFS",
                     "Which level in the file is cut at 5 cm/s: -14 unless the cutting room says otherwise"},
    EditionFieldInfo{EditionField::rate, "Sample rate of the side files, Hz",
                     "When it is empty, the rate that most of the music has"},
};
constexpr std::array ofOthers{
    EditionFieldInfo{EditionField::rate, "Sample rate, Hz",
                     "Of what is delivered; when it is empty, the rate that the sources have in common"},
};

/// The whole number a text is, nothing else.
std::optional<int> wholeNumber(std::string_view text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

Result<Duration> offset(const std::string& text)
{
    const auto frames = wholeNumber(text);
    if (!frames || *frames < 0 || *frames > 75)
        return failure(fmt::format("\u201c{}\u201d is no number of CD frames; 0 to 75 belong here", text));
    return durationOf(CdFrameCount{*frames});
}

Result<Duration> pause(const std::string& text)
{
    constexpr Duration most = seconds(600);
    const auto time = parseTime(text);
    if (!time || *time < Duration{} || *time > most)
        return failure(fmt::format("\u201c{}\u201d is no pause; 0 to 600 s belong here, such as 2.5", text));
    return *time;
}

Result<CdFrameCount> longest(const std::string& text)
{
    const auto time = parseMsf(text);
    if (!time)
        return failure(fmt::format("\u201c{}\u201d is no length of a disc; it is written as 79:57:00", text));
    return CdFrameCount{(std::int64_t{time->minute} * 60 + time->second) * 75 + time->frame};
}

Result<int> oneOf(std::string_view choices, const std::string& text)
{
    for (std::string_view rest = choices; !rest.empty();) {
        const auto end = std::min(rest.find('|'), rest.size());
        if (rest.substr(0, end) == text) return *wholeNumber(text);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::string list{choices};
    for (std::size_t at = 0; (at = list.find('|', at)) != std::string::npos;) list.replace(at, 1, ", ");
    return failure(fmt::format("\u201c{}\u201d is not one of {}", text, list));
}

Result<std::string> profile(const std::string& text)
{
    if (text.empty()) return failure("A profile is a name, such as standard, or the path of a file");
    return text;
}

Result<Decibels> referenceOf(const std::string& text)
{
    const auto dbfs = parseNumber(text);
    if (!dbfs || *dbfs < lowestVinylReference.value() || *dbfs > highestVinylReference.value())
        return failure(fmt::format("\u201c{}\u201d is no reference; -60 to 20 dBFS belong here", text));
    return Decibels{*dbfs};
}

Result<std::optional<SampleRate>> rateOf(const std::string& text)
{
    if (text.empty()) return std::nullopt;
    const auto hertz = wholeNumber(text);
    if (!hertz || *hertz < 8000 || *hertz > 384'000)
        return failure(
            fmt::format("\u201c{}\u201d is no sample rate; 44100, 48000, 96000 and the like are", text));
    return SampleRate{*hertz};
}

/// Puts what was read in its place, or passes the error on.
template <class Value, class Target>
Status put(Result<Value> value, Target& target)
{
    if (!value) return failure(value.error());
    target = *value;
    return {};
}

Status type(CdSettings& cd, EditionField field, const std::string& text)
{
    switch (field) {
    case EditionField::startOffset: return put(offset(text), cd.startOffset);
    case EditionField::endOffset: return put(offset(text), cd.endOffset);
    case EditionField::endSilence: return put(pause(text), cd.endSilence);
    case EditionField::firstPause: return put(pause(text), cd.firstPause);
    case EditionField::longest: return put(longest(text), cd.maxLength);
    case EditionField::isrcOnIndex1:
        cd.isrcPlacement = text.empty() ? IsrcRepeat::firstPacket : IsrcRepeat::alsoOnIndex01;
        return {};
    case EditionField::cdTextCodes: cd.cdTextCodes = !text.empty(); return {};
    case EditionField::masterId: cd.masterId = text; return {};
    default: break;
    }
    assert(false);
    return {};
}

Status type(VinylSettings& vinyl, EditionField field, const std::string& text)
{
    switch (field) {
    case EditionField::inches: return put(oneOf(ofVinyl[0].choices, text), vinyl.inches);
    case EditionField::speed: return put(oneOf(ofVinyl[1].choices, text), vinyl.speed);
    case EditionField::lathe: return put(profile(text), vinyl.lathe);
    case EditionField::plant: return put(profile(text), vinyl.plant);
    case EditionField::reference: return put(referenceOf(text), vinyl.reference);
    default: return put(rateOf(text), vinyl.rate);
    }
}

std::string rateText(std::optional<SampleRate> rate) { return rate ? fmt::format("{}", rate->hertz()) : ""; }

std::string textIn(const VinylSettings& vinyl, EditionField field)
{
    switch (field) {
    case EditionField::inches: return fmt::format("{}", vinyl.inches);
    case EditionField::speed: return fmt::format("{}", vinyl.speed);
    case EditionField::lathe: return vinyl.lathe;
    case EditionField::plant: return vinyl.plant;
    case EditionField::reference: return shortest(vinyl.reference.value());
    default: return rateText(vinyl.rate);
    }
}

std::string textIn(const CdSettings& cd, EditionField field)
{
    const auto frames = [](Duration time) { return fmt::format("{}", wholeFramesIn(time).value()); };
    switch (field) {
    case EditionField::startOffset: return frames(cd.startOffset);
    case EditionField::endOffset: return frames(cd.endOffset);
    case EditionField::endSilence: return shownSeconds(cd.endSilence);
    case EditionField::firstPause: return shownSeconds(cd.firstPause);
    case EditionField::longest: return cdTime(cd.maxLength);
    case EditionField::isrcOnIndex1: return cd.isrcPlacement == IsrcRepeat::alsoOnIndex01 ? "1" : "";
    case EditionField::cdTextCodes: return cd.cdTextCodes ? "1" : "";
    case EditionField::masterId: return cd.masterId;
    default: return {};
    }
}

} // namespace

std::span<const EditionFieldInfo> editionFields(const Medium& medium)
{
    if (std::holds_alternative<CdSettings>(medium)) return ofCd;
    if (std::holds_alternative<VinylSettings>(medium)) return ofVinyl;
    return ofOthers;
}

std::string textOf(const Medium& medium, EditionField field)
{
    if (const auto* cd = std::get_if<CdSettings>(&medium)) return textIn(*cd, field);
    if (const auto* vinyl = std::get_if<VinylSettings>(&medium)) return textIn(*vinyl, field);
    return rateText(std::get<DigitalSettings>(medium).rate);
}

Result<Medium> withTyped(Medium medium, EditionField field, const std::string& typed)
{
    const std::string text{trimmed(typed)};
    // What a field shows changes nothing, be it rounded there.
    if (text == textOf(medium, field)) return medium;
    Status done;
    if (auto* cd = std::get_if<CdSettings>(&medium))
        done = type(*cd, field, text);
    else if (auto* vinyl = std::get_if<VinylSettings>(&medium))
        done = type(*vinyl, field, text);
    else
        done = put(rateOf(text), std::get<DigitalSettings>(medium).rate);
    if (!done) return failure(done.error());
    return medium;
}

} // namespace segue::gui
