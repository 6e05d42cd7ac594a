#include "gui/model/snapping.h"

namespace segue::gui {

Instant snapped(const Layout& layout, const View& view, Instant wanted, const Dragged& dragged, double reach)
{
    Instant best = wanted;
    double nearest = reach;
    bool atEdge = false;
    const auto offer = [&](Instant at) {
        if (at == dragged.from) return;
        const double distance = std::abs(view.axis.x(at) - view.axis.x(wanted));
        if (distance < nearest) {
            nearest = distance;
            best = at;
            atEdge = true;
        }
    };
    if (view.snapping.edges) {
        if (const Piece* piece = layout.piece(view.piece))
            for (const PlacedEntry& entry : piece->entries) {
                if (entry.track == dragged.track) continue;
                for (const Instant at : {entry.start, entry.end, entry.soundStart, entry.soundEnd}) offer(at);
            }
        offer(view.cursor);
        if (atEdge) return best;
    }
    if (view.snapping.zeroCrossings && dragged.zeroCrossing) return *dragged.zeroCrossing;
    if (view.snapping.cdFrames && layout.isCd())
        return Instant{detail::scaleNearest(wanted.value(), 1, flicksPerCdFrame) * flicksPerCdFrame};
    return best;
}

std::optional<Instant> nearestZero(const Layout& layout, const View& view, Waves& waves, TrackId track,
                                   ClipId id, Instant wanted, double reach)
{
    // Further than this nobody would call it the same place, and crossings are never that rare.
    constexpr SampleCount farthest{2048};
    const auto place = placeOf(layout, track);
    const Track* found = find(*layout.album, track);
    if (!place || found == nullptr) return {};
    const auto clip = std::ranges::find(found->clips, id, &Clip::id);
    const Source* source = clip == found->clips.end() ? nullptr : find(*layout.album, clip->source);
    if (source == nullptr) return {};
    const Instant begin = layout.timeline.pieces[place->piece].entries[place->entry].start + clip->at;
    const SamplePos near = SamplePos{clip->in.value()} + nearestSamples(wanted - begin, source->rate);
    const SampleCount within = std::min(farthest, nearestSamples(view.axis.length(reach), source->rate));
    const auto crossing = waves.zeroCrossing(clip->source, near, within);
    if (!crossing) return {};
    return begin + nearestDuration(*crossing - SamplePos{clip->in.value()}, source->rate);
}

std::optional<Instant> nearestZero(const Layout& layout, const View& view, Waves& waves, TrackId track,
                                   Instant wanted, double reach)
{
    const auto place = placeOf(layout, track);
    const Track* found = find(*layout.album, track);
    if (!place || found == nullptr) return {};
    const Instant start = layout.timeline.pieces[place->piece].entries[place->entry].start;
    for (auto clip = found->clips.rbegin(); clip != found->clips.rend(); ++clip) {
        const Instant begin = start + clip->at;
        if (!clip->muted && wanted >= begin && wanted <= begin + lengthOf(*layout.album, *clip))
            return nearestZero(layout, view, waves, track, clip->id, wanted, reach);
    }
    return {};
}

} // namespace segue::gui
