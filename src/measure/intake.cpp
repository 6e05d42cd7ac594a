#include "measure/intake.h"

#include "core/time_text.h"
#include "measure/fault_rules.h"
#include "measure/level_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace segue {

namespace {

constexpr std::size_t mostPlaces = 3;

std::string kilohertz(SampleRate rate)
{
    return rate.hertz() % 1000 == 0 ? fmt::format("{} kHz", rate.hertz() / 1000)
                                    : fmt::format("{} kHz", static_cast<double>(rate.hertz()) / 1000);
}
std::string channelWords(int channels)
{
    return channels == 1 ? "mono" : channels == 2 ? "stereo" : fmt::format("{} channels", channels);
}
std::string depthWords(const SampleFormat& f)
{
    if (f.encoding == "PCM" || f.encoding.empty()) return fmt::format("{} bit", f.bits);
    return f.bits > 0 ? fmt::format("{} bit {}", f.bits, f.encoding) : f.encoding;
}
/// Whole numbers or floating point: nothing was taken away.
bool isLossless(const SampleFormat& f)
{
    return f.encoding.empty() || f.encoding == "PCM" || f.encoding == "float";
}

IntakeRemark remarkOf(std::string_view rule, std::span<const Fault> faults, const AudioFileInfo& info)
{
    const FaultRule& known = faultRule(rule);
    const Fault& first = faults.front();
    std::int64_t count = 0;
    for (const Fault& f : faults) count += f.count;
    IntakeRemark remark{known.rule.level, std::string{rule}, describe(first), std::string{known.whatToDo}};
    const bool whole = first.begin == SamplePos{} && first.end - first.begin >= info.length;
    if (whole) return remark;
    std::string places;
    for (std::size_t i = 0; i < std::min(mostPlaces, faults.size()); ++i)
        places += fmt::format("{}{}", places.empty() ? "" : ", ",
                              clockTime(nearestDuration(faults[i].begin - SamplePos{}, info.rate)));
    const std::int64_t named = std::min<std::int64_t>(mostPlaces, std::ssize(faults));
    remark.sentence += fmt::format(", at {}", places);
    if (count > named) remark.sentence += fmt::format(" and {} more", count - named);
    return remark;
}

void addFormat(IntakeMix& mix)
{
    const auto note = [&mix](Finding::Level level, std::string sentence, std::string whatToDo) {
        mix.remarks.push_back({level, {}, std::move(sentence), std::move(whatToDo)});
    };
    if (!isLossless(mix.format))
        note(Finding::Level::warning,
             fmt::format("The file is {}: part of the sound is gone", mix.format.encoding),
             "send WAV, AIFF or FLAC as they came out of the mix");
    else if (mix.format.encoding != "float" && mix.format.bits > 0 && mix.format.bits <= 16)
        note(Finding::Level::note, fmt::format("The file has {} bits", mix.format.bits),
             "send 24 bits or floating point, if the mix has more");
    if (mix.channels > 2)
        note(Finding::Level::warning, fmt::format("The file has {} channels", mix.channels),
             "send a stereo file");
}

void addHeadroom(IntakeMix& mix)
{
    const SoundFigures& f = mix.figures;
    const auto room = mix.headroom();
    // What holds infinite samples has a remark already, and no level.
    if (f.isBeyondMeasure) return;
    if (!room) {
        mix.remarks.push_back({Finding::Level::warning, {}, "The file is silent", "send it again"});
        return;
    }
    if (*room >= 0 && *room < wantedHeadroom) {
        mix.remarks.push_back({Finding::Level::note,
                               {},
                               fmt::format("The loudest peak leaves {:.1f} dB of headroom", *room),
                               "nothing, when no limiter on the mix made it so; else send it without"});
    }
}

} // namespace

std::string IntakeMix::formatWords() const
{
    if (!read) return {};
    return fmt::format("{}{}{}, {}, {}", format.container, format.container.empty() ? "" : ", ",
                       depthWords(format), kilohertz(rate), channelWords(channels));
}

std::optional<double> IntakeMix::headroom() const
{
    if (!figures.truePeak) return {};
    return -figures.truePeak->value;
}

std::size_t IntakeMix::count(Finding::Level level) const
{
    return static_cast<std::size_t>(std::ranges::count(remarks, level, &IntakeRemark::level));
}

IntakeMix intakeOf(std::string name, const AudioFileInfo& info, const SoundFigures& figures,
                   const Faults& faults, const std::optional<HeldPeaks>& held)
{
    IntakeMix mix{.name = std::move(name),
                  .rate = info.rate,
                  .channels = info.channels,
                  .format = info.format,
                  .figures = figures};
    std::map<std::string_view, Faults> byRule;
    for (const Fault& f : faults) byRule[f.rule].push_back(f);
    if (const auto over = interSampleOver(figures, info.rate, SamplePos{}))
        byRule[over->rule].push_back(*over);
    for (const auto& [rule, all] : byRule) mix.remarks.push_back(remarkOf(rule, all, info));
    addFormat(mix);
    addHeadroom(mix);
    if (held)
        mix.remarks.push_back(
            {Finding::Level::warning,
             {},
             fmt::format(
                 "A limiter or clipper has left its traces: {:.0f} % of the time the sound peaks within "
                 "{:.1f} dB of {:.2f} dBFS, first at {}",
                 held->share * 100, heldWithin, held->ceiling, clockTime(held->first)),
             "send the mix without it, too, if it is on the whole mix"});
    std::ranges::stable_sort(mix.remarks, {}, &IntakeRemark::level);
    return mix;
}

IntakeMix unreadableMix(std::string name, const Error& why)
{
    return {.name = std::move(name),
            .remarks = {{Finding::Level::error, {}, "The file cannot be read: " + why.what, "send it again"}},
            .read = false};
}

std::vector<std::string> remarksOnAll(std::span<const IntakeMix> mixes)
{
    std::vector<std::string> remarks;
    const auto differ = [&](std::string_view what, const auto& wordsOf, std::string_view whatToDo) {
        std::map<std::string, std::size_t> kinds;
        for (const IntakeMix& mix : mixes)
            if (mix.read) ++kinds[wordsOf(mix)];
        if (kinds.size() < 2) return;
        std::string list;
        for (const auto& [words, count] : kinds)
            list += fmt::format("{}{} of {}", list.empty() ? "" : ", ", count, words);
        remarks.push_back(fmt::format("The mixes differ in {}: {}; {}", what, list, whatToDo));
    };
    differ(
        "sample rate", [](const IntakeMix& m) { return kilohertz(m.rate); },
        "send each at the rate it was mixed at, converted by nobody");
    differ(
        "word length", [](const IntakeMix& m) { return depthWords(m.format); }, "send the longest there is");
    differ(
        "channels", [](const IntakeMix& m) { return channelWords(m.channels); }, "ask whether that is meant");
    return remarks;
}

} // namespace segue
