#include "audio/pcm_renderer.h"

#include "audio/converted_source.h"
#include "audio/sounding.h"
#include "core/time_text.h"

#include <fmt/format.h>

namespace segue {

std::string placeInRender(const RenderTask& task, std::size_t entry, SamplePos at)
{
    std::string time = clockTime(nearestDuration(at - SamplePos{}, task.plan.places.rate));
    if (entry >= task.piece.entries.size()) return time;
    return fmt::format("Track {} \"{}\", {}", entry + 1,
                       displayTitle(*find(task.album, task.piece.entries[entry].track)), time);
}

Error noCopyAnyMore(int bits, std::string place)
{
    return {fmt::format("The source was exactly {} bit when it was measured and is not any more; it has "
                        "changed. Relink it and listen to it again",
                        bits),
            std::move(place), ErrorKind::refused};
}

void mergeOvers(std::map<std::size_t, Overs>& all, const Overs& some)
{
    const auto [at, isNew] = all.try_emplace(some.entry, some);
    if (isNew) return;
    Overs& sum = at->second;
    if (some.beyond > 0)
        sum.firstBeyond = sum.beyond > 0 ? std::min(sum.firstBeyond, some.firstBeyond) : some.firstBeyond;
    sum.slight += some.slight;
    sum.beyond += some.beyond;
    sum.peak = std::max(sum.peak, some.peak);
}

RenderOutcome outcomeOf(const RenderTask& task, const std::map<std::size_t, Overs>& overs)
{
    RenderOutcome outcome;
    for (const auto& [entry, some] : overs) outcome.overs.push_back(some);
    const Sounding sounding = soundingOn(task.album, task.piece, task.plan.places);
    if (std::ranges::any_of(sounding.clips, [&](const SoundingClip& sound) {
            return sound.source.rate != task.plan.places.rate;
        }))
        outcome.resampler = resamplerName();
    return outcome;
}

Status RenderProgress::advance(SampleCount frames)
{
    if (progress_.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
    const std::int64_t before = done_.fetch_add(frames.value()), after = before + frames.value();
    if (before * 100 / length_.value() != after * 100 / length_.value())
        progress_("Rendering", static_cast<double>(after) / static_cast<double>(length_.value()));
    return {};
}

} // namespace segue
