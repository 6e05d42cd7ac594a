#include "audio/render_stretches.h"

#include "audio/delivered_sound.h"

#include <algorithm>

namespace segue {

namespace {

// A shaper runs through its span from the beginning; everything else can be cut anywhere.
bool isSequential(const RenderSpan& span, Dither dither)
{
    return span.kind == RenderSpan::Kind::dithered && isShaped(dither);
}

} // namespace

std::vector<RenderStretch> stretchesOf(const RenderPlan& plan, Dither dither, int threads,
                                       const std::vector<RenderPart>& given)
{
    SampleCount toRender = plan.length;
    for (const RenderPart& part : given) toRender -= part.end - part.begin;
    const SampleCount longestWhole{toRender.value() / (2 * std::int64_t{threads})};
    const SampleCount minute{std::int64_t{plan.places.rate.hertz()} * 60};
    const SampleCount part{
        std::clamp(plan.length.value() / (8 * std::int64_t{threads}), std::int64_t{2048}, minute.value())};
    const auto endOfEntry = [&](std::size_t i) {
        const std::size_t entry = plan.spans[i].entry;
        while (i + 1 < plan.spans.size() && plan.spans[i + 1].entry == entry) ++i;
        return plan.spans[i].end;
    };
    std::vector<RenderStretch> stretches;
    SampleCount room{};
    for (std::size_t i = 0; i < plan.spans.size(); ++i) {
        const RenderSpan& span = plan.spans[i];
        if (const auto whole = std::ranges::find(given, i, &RenderPart::firstSpan); whole != given.end()) {
            stretches.push_back({i, whole->begin, whole->end, &*whole});
            while (i + 1 < plan.spans.size() && plan.spans[i + 1].entry == span.entry) ++i;
            continue;
        }
        if (i == 0 || span.entry != plan.spans[i - 1].entry) {
            const SampleCount whole = endOfEntry(i) - span.begin;
            room = whole <= longestWhole ? whole : part;
            stretches.push_back({i, span.begin, span.begin});
        }
        const bool uncut = isSequential(span, dither);
        for (SamplePos at = span.begin; at < span.end;) {
            SampleCount left = room - (stretches.back().end - stretches.back().begin);
            if (left <= SampleCount{} || (uncut && left < span.end - at)) {
                if (stretches.back().begin < at) stretches.push_back({i, at, at});
                left = room;
            }
            at = uncut ? span.end : std::min(span.end, at + left);
            stretches.back().end = at;
        }
    }
    return stretches;
}

} // namespace segue
