// How true the checks of the audio are on recordings: faults are put into the files given, in memory, and
// counted when they are found again. Prints a table; see run.sh.
//   fault_truth faults FILE...   clicks and dropouts put in
//   fault_truth filtered FILE... clicks put in, then everything through a converter's filter at 20.5 kHz
//   fault_truth lossy FILE...    what the spectrum says of each file
//   fault_truth list FILE...     every fault of each file
#include "audio/audio_file.h"
#include "core/time_text.h"
#include "measure/fault_finder.h"
#include "measure/fault_rules.h"
#include "support/fault_seeds.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

using namespace segue;
using namespace segue::test;

namespace {

struct Sound {
    std::string name;
    SoundShape shape;
    std::vector<Frame> frames;
};

Result<Sound> load(const std::string& path)
{
    auto file = openAudioFile(realFileOps(), path);
    if (!file) return failure(file.error());
    const AudioFileInfo& info = (*file)->info();
    const int bits = info.format.encoding == "PCM" ? info.format.bits : 0;
    Sound sound{
        std::filesystem::path{path}.filename().string(), {info.rate, info.channels, info.length, bits}, {}};
    sound.frames.resize(static_cast<std::size_t>(info.length.value()));
    if (const auto s = (*file)->read(SamplePos{}, sound.frames); !s) return failure(s.error());
    return sound;
}

Faults faultsOf(const Sound& sound, FaultKinds wanted = {})
{
    FaultFinder finder{sound.shape, {}, wanted};
    finder.take(sound.frames);
    return finder.finish();
}

std::string timeOf(SamplePos at, SampleRate rate)
{
    return clockTime(nearestDuration(at - SamplePos{}, rate));
}

constexpr double floorOfClicks = 1e-4, floorOfDropouts = 1e-3;

/// Whether the wave itself jumps there: its fourth difference is four times what it is anywhere in the 5 ms
/// beside the place. Nothing that was played through air does that: such a click is the recording's own.
bool waveJumps(const Sound& sound, const Fault& f)
{
    const std::int64_t beside = sound.shape.rate.hertz() / 200;
    for (int c = 0; c < 2; ++c) {
        if (f.channel >= 0 && f.channel != c) continue;
        const auto at = [&](std::int64_t i) {
            const Frame& frame = sound.frames[static_cast<std::size_t>(i)];
            return c == 0 ? frame.left : frame.right;
        };
        double here = 0, around = 0;
        const std::int64_t begin = f.begin.value() - 4, end = f.end.value() + 4;
        for (std::int64_t i = std::max<std::int64_t>(2, begin - beside);
             i < std::min(std::ssize(sound.frames) - 2, end + beside); ++i) {
            const double d = std::fabs(at(i - 2) - 4 * at(i - 1) + 6 * at(i) - 4 * at(i + 1) + at(i + 2));
            double& most = i >= begin && i < end ? here : around;
            most = std::max(most, d);
        }
        if (here >= 4 * around) return true;
    }
    return false;
}

struct Totals {
    std::int64_t clicks = 0, clicksFound = 0, falseClicks = 0, jumps = 0, dropouts = 0, dropoutsFound = 0,
                 falseDropouts = 0;
    double minutes = 0;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> shapes{};
};

void seededRun(Sound sound, std::uint64_t seed, Totals& all)
{
    const SampleRate rate = sound.shape.rate;
    const double minutes = static_cast<double>(sound.shape.length.value()) / rate.hertz() / 60;
    const Faults clean = faultsOf(sound);
    std::int64_t falseClicks = 0, jumps = 0, falseDropouts = 0;
    for (const Fault& f : clean) {
        if (f.rule != fault::click && f.rule != fault::dropout) continue;
        const bool jump = f.rule == fault::click && waveJumps(sound, f);
        (f.rule == fault::dropout ? falseDropouts : jump ? jumps : falseClicks) += f.count;
        fmt::print("    untouched: {}{} at {}, {:.1f}, confidence {:.2f}\n", f.rule,
                   jump ? ", the wave jumps" : "", timeOf(f.begin, rate), f.value, f.confidence);
    }
    const std::vector<Frame> music = sound.frames;
    const auto clicks = seedClicks(sound.frames, rate, seed, rate.hertz(), 12, floorOfClicks);
    const auto clickHits = compareWith(faultsOf(sound), fault::click, clicks, rate);
    for (const auto& s : clicks) ++all.shapes[s.shape].second;
    for (const auto& s : clicks) ++all.shapes[s.shape].first;
    for (const auto& s : clickHits.missed) {
        --all.shapes[s.shape].first;
        fmt::print("    missed: {} of {} samples at {}\n", s.shape, (s.end - s.begin).value(),
                   timeOf(s.begin, rate));
    }
    sound.frames = music;
    const auto gaps = seedDropouts(sound.frames, rate, seed, rate.hertz(), floorOfDropouts);
    const auto gapHits = compareWith(faultsOf(sound), fault::dropout, gaps, rate);
    for (const auto& s : gapHits.missed)
        fmt::print("    missed: {} for {} samples at {}, channel {}\n", s.shape, (s.end - s.begin).value(),
                   timeOf(s.begin, rate), s.channel);
    fmt::print("{:<28} {:>6.1f}  {:>5} of {:>5}  {:>5}  {:>5}  {:>5} of {:>5}  {:>5}\n", sound.name, minutes,
               clickHits.found, clicks.size(), jumps, falseClicks, gapHits.found, gaps.size(), falseDropouts);
    all.clicks += std::ssize(clicks);
    all.clicksFound += clickHits.found;
    all.falseClicks += falseClicks;
    all.jumps += jumps;
    all.dropouts += std::ssize(gaps);
    all.dropoutsFound += gapHits.found;
    all.falseDropouts += falseDropouts;
    all.minutes += minutes;
}

void filteredRun(Sound sound, std::uint64_t seed, Totals& all)
{
    const SampleRate rate = sound.shape.rate;
    const auto clicks = seedClicks(sound.frames, rate, seed, rate.hertz(), 12, floorOfClicks);
    sound.frames = asConverted(sound.frames, rate, 20'500);
    const auto hits =
        compareWith(faultsOf(sound, FaultKinds::only(FaultKind::clicks)), fault::click, clicks, rate);
    all.clicks += std::ssize(clicks);
    all.clicksFound += hits.found;
    fmt::print("{:<28} {:>5} of {:>5}\n", sound.name, hits.found, clicks.size());
}

void report(const Totals& all)
{
    const auto percent = [](std::int64_t a, std::int64_t b) {
        return b == 0 ? 0.0 : 100.0 * static_cast<double>(a) / static_cast<double>(b);
    };
    fmt::print(
        "\nclicks found {} of {} ({:.1f} %), false candidates {} in {:.1f} minutes ({:.2f} per 10 minutes)\n",
        all.clicksFound, all.clicks, percent(all.clicksFound, all.clicks), all.falseClicks, all.minutes,
        static_cast<double>(all.falseClicks) / all.minutes * 10);
    fmt::print("  and {} candidates at which the recording's own wave jumps\n", all.jumps);
    for (const auto& [shape, n] : all.shapes)
        fmt::print("  {:<8} {} of {} ({:.1f} %)\n", shape, n.first, n.second, percent(n.first, n.second));
    fmt::print("dropouts found {} of {} ({:.1f} %), false ones {}\n", all.dropoutsFound, all.dropouts,
               percent(all.dropoutsFound, all.dropouts), all.falseDropouts);
}

void verdict(const Sound& sound)
{
    const Faults found = faultsOf(sound, FaultKinds::only(FaultKind::spectrum));
    std::string words = "nothing";
    for (const Fault& f : found)
        if (f.rule == fault::lossy)
            words = fmt::format("lossy, {:.2f} kHz, confidence {:.2f}", f.value, f.confidence);
        else if (f.rule == fault::lossyUnknown)
            words = fmt::format("cannot tell, {:.2f} kHz", f.value);
    fmt::print("{:<28} {}\n", sound.name, words);
}

} // namespace

int main(int count, char** arguments)
{
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() < 2) {
        fmt::print(stderr, "usage: fault_truth faults|filtered|lossy|list FILE...\n");
        return 2;
    }
    Totals all;
    if (words[0] == "faults")
        fmt::print("{:<28} {:>6}  {:>14}  {:>5}  {:>5}  {:>14}  {:>5}\n", "file", "min", "clicks", "jumps",
                   "false", "dropouts", "false");
    std::uint64_t seed = 1;
    for (const std::string& path : std::span{words}.subspan(1)) {
        auto sound = load(path);
        if (!sound) {
            fmt::print(stderr, "{}\n", sentence(sound.error()));
            return 2;
        }
        if (words[0] == "faults")
            seededRun(std::move(*sound), seed++, all);
        else if (words[0] == "filtered")
            filteredRun(std::move(*sound), seed++, all);
        else if (words[0] == "lossy")
            verdict(*sound);
        else
            for (const Fault& f : faultsOf(*sound))
                fmt::print("{}: {} {}\n", sound->name, f.rule,
                           findingOf(f, sound->shape.rate, sound->name).message);
    }
    if (words[0] == "faults") report(all);
    if (words[0] == "filtered") fmt::print("filtered clicks found: {} of {}\n", all.clicksFound, all.clicks);
    return 0;
}
