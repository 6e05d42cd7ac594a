#include "measure/joint_faults.h"

#include "core/decibels.h"
#include "measure/fault_rules.h"

#include <algorithm>
#include <cmath>

namespace segue {

namespace {

double decibelsOf(double gain) { return Decibels::fromGain(gain).value(); }
double gainOf(double decibels) { return Decibels{decibels}.gain(); }
double sizeOf(const Frame& f) { return std::max(std::fabs(f.left), std::fabs(f.right)); }
double energyOf(const Frame& f) { return f.left * f.left + f.right * f.right; }
double peakOf(std::span<const Frame> frames)
{
    double peak = 0;
    for (const Frame& f : frames) peak = std::max(peak, sizeOf(f));
    return peak;
}
Frame meanOf(std::span<const Frame> frames)
{
    Frame sum;
    for (const Frame& f : frames) sum = {sum.left + f.left, sum.right + f.right};
    const auto n = static_cast<double>(frames.size());
    return {sum.left / n, sum.right / n};
}

/// What is looked at around one joint.
class JointLook {
public:
    JointLook(const Album& album, const Piece& piece, const RenderSettings& settings,
              const SourceOpener& open, const FaultThresholds& t)
        : album_{album}, piece_{piece}, settings_{settings}, open_{open}, t_{t},
          places_{samplePlaces(album, piece, settings.rate)},
          plan_{planRender(album, piece, places_.length, settings)}, mixer_{album, piece, plan_, open}
    {
    }

    Result<std::vector<JointFault>> all(std::span<const JointLoudness> loudness)
    {
        for (std::size_t i = 0; i < places_.entries.size(); ++i) {
            if (auto s = joint(i); !s) return failure(s.error());
            if (i > 0 && i < loudness.size()) jump(i, loudness[i]);
        }
        if (!places_.entries.empty())
            if (auto s = edges(places_.entries.size(), true, false, lastSound(places_.entries.size() - 1));
                !s)
                return failure(s.error());
        return std::move(found_);
    }

private:
    [[nodiscard]] std::int64_t frames(double milliseconds) const
    {
        return std::max<std::int64_t>(1, std::llround(milliseconds * settings_.rate.hertz() / 1000));
    }
    Result<std::vector<Frame>> read(Mixer& mixer, SamplePos from, std::int64_t count) const
    {
        std::vector<Frame> sound(static_cast<std::size_t>(count));
        if (auto s = mixer.read(from, sound); !s) return failure(s.error());
        return sound;
    }
    void add(std::size_t entry, Fault fault) { found_.push_back({entry, fault}); }

    [[nodiscard]] SamplePos firstSound(std::size_t entry) const
    {
        SamplePos first = places_.entries[entry].end;
        for (const PlacedClip& clip : places_.entries[entry].clips)
            if (isHeard(entry, clip)) first = std::min(first, clip.begin);
        return first;
    }
    [[nodiscard]] SamplePos lastSound(std::size_t entry) const
    {
        SamplePos last = places_.entries[entry].start;
        for (const PlacedClip& clip : places_.entries[entry].clips)
            if (isHeard(entry, clip)) last = std::max(last, clip.end);
        return last;
    }
    [[nodiscard]] bool isHeard(std::size_t entry, const PlacedClip& placed) const
    {
        const Track& track = *find(album_, places_.entries[entry].track);
        const auto clip = std::ranges::find(track.clips, placed.clip, &Clip::id);
        return clip != track.clips.end() && !clip->muted && placed.begin < placed.end;
    }

    Status joint(std::size_t i)
    {
        const PlacedTrackSamples& entry = places_.entries[i];
        if (i == 0) return edges(0, false, true, firstSound(0));
        if (entry.overlapEnd > entry.start) return crossfade(i);
        const SamplePos before = lastSound(i - 1), after = firstSound(i);
        // With silence between, each side has an edge of its own.
        if (after > before) {
            if (auto s = edges(i, true, false, before); !s) return s;
            return edges(i, false, true, after);
        }
        return gapless(i);
    }

    /// A sound that stops or starts against the silence of a gap.
    Status edges(std::size_t entry, bool stops, bool starts, SamplePos at)
    {
        const std::int64_t edge = frames(0.5), tail = frames(10);
        if (stops) {
            const auto sound = read(mixer_, at - SampleCount{tail}, tail);
            if (!sound) return failure(sound.error());
            const double end = peakOf(std::span{*sound}.last(static_cast<std::size_t>(edge))),
                         last = peakOf(*sound);
            if (end >= gainOf(t_.edgeLevel))
                add(entry, {fault::jointEdge, at - SampleCount{edge}, at, -1, decibelsOf(end)});
            else if (last >= gainOf(t_.tailLevel))
                add(entry, {fault::jointTail, at - SampleCount{tail}, at, -1, decibelsOf(last)});
        }
        if (starts) {
            const auto sound = read(mixer_, at, edge);
            if (!sound) return failure(sound.error());
            if (const double head = peakOf(*sound); head >= gainOf(t_.edgeLevel))
                add(entry, {fault::jointEdge, at, at + SampleCount{edge}, -1, decibelsOf(head)});
        }
        return {};
    }

    /// Sound runs from one track into the next.
    Status gapless(std::size_t i)
    {
        const SamplePos at = places_.entries[i].start;
        const std::int64_t half = frames(100);
        const auto sound = read(mixer_, at - SampleCount{half}, 2 * half);
        if (!sound) return failure(sound.error());
        const std::span all{*sound};
        const std::span before = all.first(static_cast<std::size_t>(half)),
                        after = all.last(static_cast<std::size_t>(half));

        // Digital black across or beside the joint, in the midst of sound.
        std::size_t first = before.size(), end = before.size();
        while (first > 0 && sizeOf(all[first - 1]) == 0) --first;
        while (end < all.size() && sizeOf(all[end]) == 0) ++end;
        const auto black = static_cast<std::int64_t>(end - first);
        if (black >= frames(t_.dropoutShortest) && first > 0 && end < all.size()) {
            const auto near = static_cast<std::size_t>(frames(10));
            const std::size_t left = std::min(first, near), right = std::min(all.size() - end, near);
            const double beside =
                std::max(peakOf(all.subspan(first - left, left)), peakOf(all.subspan(end, right)));
            if (beside > gainOf(t_.blackFloor)) {
                add(i, {fault::jointBlack, at + SampleCount{static_cast<std::int64_t>(first) - half},
                        at + SampleCount{static_cast<std::int64_t>(end) - half}, -1,
                        static_cast<double>(black) * 1000 / settings_.rate.hertz()});
                return {};
            }
        }
        step(i, before, after);
        return {};
    }

    /// A step from the last sample to the next, and one of the mean.
    void step(std::size_t i, std::span<const Frame> before, std::span<const Frame> after)
    {
        const SamplePos at = places_.entries[i].start;
        for (int c = 0; c < 2; ++c) {
            const auto side = [c](const Frame& f) { return c == 0 ? f.left : f.right; };
            double largest = 0;
            for (const auto& part : {before, after})
                for (std::size_t k = 1; k < part.size(); ++k)
                    largest = std::max(largest, std::fabs(side(part[k]) - side(part[k - 1])));
            const double jump = std::fabs(side(after.front()) - side(before.back()));
            if (jump > largest * gainOf(t_.jointStep) && jump >= gainOf(t_.edgeLevel))
                add(i, {fault::jointStep, at - SampleCount{1}, at + SampleCount{1}, c, decibelsOf(jump)});
            const double dc = 100 * std::fabs(side(meanOf(after)) - side(meanOf(before)));
            // Of the music itself the mean over 100 ms moves as well: it must have stood still on both sides.
            const auto wander = [&](std::span<const Frame> part) {
                const std::size_t n = part.size() / 2;
                return 100 * std::fabs(side(meanOf(part.first(n))) - side(meanOf(part.last(n))));
            };
            if (dc >= t_.jointDc && dc > 3 * std::max(wander(before), wander(after)))
                add(i, {fault::jointDc, at, at + SampleCount{1}, c, dc});
        }
    }

    /// Whether the two sides of a crossfade cancel: their sum against the sum of their energies.
    Status crossfade(std::size_t i)
    {
        const PlacedTrackSamples& entry = places_.entries[i];
        Album alone = album_;
        for (Track& track : alone.tracks)
            if (track.id == entry.track)
                for (Clip& clip : track.clips) clip.muted = true;
        const RenderPlan plan = planRender(alone, piece_, places_.length, settings_);
        Mixer outgoing{alone, piece_, plan, open_};
        const std::int64_t window = frames(100);
        std::optional<Fault> worst;
        for (SamplePos at = entry.start; at < entry.overlapEnd; at += SampleCount{window}) {
            const std::int64_t count = std::min(window, (entry.overlapEnd - at).value());
            const auto sum = read(mixer_, at, count), out = read(outgoing, at, count);
            if (!sum) return failure(sum.error());
            if (!out) return failure(out.error());
            double both = 0, apart = 0, lesser = 0, greater = 0;
            for (std::size_t k = 0; k < sum->size(); ++k) {
                const Frame o = (*out)[k], s = (*sum)[k], in{s.left - o.left, s.right - o.right};
                both += energyOf(s);
                apart += energyOf(o) + energyOf(in);
                lesser += energyOf(o);
                greater += energyOf(in);
            }
            const auto n = static_cast<double>(sum->size());
            // Where only one side really sounds nothing can cancel.
            if (apart < 1e-6 * n || std::min(lesser, greater) < 0.02 * std::max(lesser, greater)) continue;
            const double loss = 10 * std::log10(std::max(both / apart, 1e-10));
            if (loss > -t_.jointCancel) continue;
            const Fault here{fault::jointCancel, at, at + SampleCount{count}, -1, loss};
            if (!worst) worst = here;
            worst->end = here.end;
            worst->value = std::min(worst->value, loss);
        }
        if (worst) add(i, *worst);
        return {};
    }

    void jump(std::size_t i, const JointLoudness& loudness)
    {
        if (!loudness.before || !loudness.after) return;
        const double change = *loudness.after - *loudness.before;
        if (std::fabs(change) < t_.jointLoudness) return;
        const SamplePos at = places_.entries[i].start;
        add(i, {fault::jointLoudness, at, at + SampleCount{1}, -1, change});
    }

    const Album& album_;
    const Piece& piece_;
    RenderSettings settings_;
    const SourceOpener& open_;
    const FaultThresholds& t_;
    SampleTimeline places_;
    RenderPlan plan_;
    Mixer mixer_;
    std::vector<JointFault> found_{};
};

} // namespace

Result<std::vector<JointFault>> findJointFaults(const Album& album, const Piece& piece,
                                                const RenderSettings& settings, const SourceOpener& open,
                                                const FaultThresholds& thresholds,
                                                std::span<const JointLoudness> loudness)
{
    return JointLook{album, piece, settings, open, thresholds}.all(loudness);
}

} // namespace segue
