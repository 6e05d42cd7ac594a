#include "play/programme.h"

#include <algorithm>

namespace segue {

namespace {

RenderPlan planOf(const Programme& programme, const Piece& piece, SampleCount length, SampleRate rate)
{
    RenderSettings settings = programme.render;
    settings.rate = rate;
    return planRender(*programme.album, piece, length, settings);
}

// The other tracks stay where they are, with all their fades, at a gain of 0: so nothing of this one moves.
Album heardAlone(const Album& album, TrackId only)
{
    Album alone = album;
    for (Track& track : alone.tracks)
        if (track.id != only) track.gain = {Decibels::silence(), {}};
    return alone;
}

} // namespace

std::optional<Piece> pieceOf(const Programme& programme)
{
    if (!programme.album) return {};
    const Edition* edition = find(*programme.album, programme.edition);
    if (!edition) return {};
    Timeline timeline = buildTimeline(*programme.album, *edition);
    if (programme.piece >= timeline.pieces.size()) return {};
    return std::move(timeline.pieces[programme.piece]);
}

SampleCount lengthOf(const Programme& programme, SampleRate rate)
{
    const std::optional<Piece> piece = pieceOf(programme);
    if (!piece) return {};
    const SampleCount sound = samplePlaces(*programme.album, *piece, rate).length;
    const auto* cd = std::get_if<CdSettings>(&find(*programme.album, programme.edition)->medium);
    if (!cd) return sound;
    const SamplePos leadOut = firstSample(cdMarks(*programme.album, *cd, *piece).leadOut);
    return std::max(sound, nearestSamples(nearestDuration(leadOut - SamplePos{}, cdRate), rate));
}

SampleTimeline placesOf(const Programme& programme)
{
    const std::optional<Piece> piece = pieceOf(programme);
    SampleTimeline places{.rate = programme.render.rate};
    if (piece) places = samplePlaces(*programme.album, *piece, programme.render.rate);
    places.length = lengthOf(programme, programme.render.rate);
    return places;
}

struct ProgrammeSound::Graph {
    std::optional<TrackId> only;
    bool crossfades;
    std::unique_ptr<SoundSource> sound;
};

ProgrammeSound::ProgrammeSound(Programme programme, SampleRate rate, SourceOpener open)
    : programme_{std::move(programme)}, rate_{rate}, open_{std::move(open)}, piece_{pieceOf(programme_)},
      length_{lengthOf(programme_, rate)}
{
}
ProgrammeSound::~ProgrammeSound() = default;

bool ProgrammeSound::canDeliver() const
{
    const int hertz = rate_.hertz();
    return !programme_.behind && rate_ == programme_.render.rate &&
           (!isShaped(programme_.render.dither) || hertz == 44'100 || hertz == 48'000);
}

Result<SoundSource*> ProgrammeSound::soundFor(const PlaySegment& segment)
{
    if (graph_ && graph_->only == segment.only && graph_->crossfades == segment.crossfades)
        return graph_->sound.get();
    const Album album = segment.only ? heardAlone(*programme_.album, *segment.only) : *programme_.album;
    Piece piece = *piece_;
    if (!segment.crossfades)
        for (PlacedEntry& entry : piece.entries) entry.joint.crossfade.reset();
    const RenderPlan plan = planRender(album, piece, length_, {.rate = rate_});
    auto sound = mixOpener(album, piece, plan, open_)();
    if (!sound) return failure(std::move(sound.error()));
    if (programme_.behind) sound = programme_.behind(std::move(*sound));
    graph_.reset(new Graph{segment.only, segment.crossfades, std::move(*sound)});
    return graph_->sound.get();
}

Status ProgrammeSound::read(const PlaySegment& segment, Monitoring monitoring, SamplePos at, Block out)
{
    if (!piece_) {
        std::ranges::fill(out, Frame{});
        return {};
    }
    const bool delivers =
        monitoring == Monitoring::asDelivered && canDeliver() && !segment.only && segment.crossfades;
    if (!delivers) {
        const auto sound = soundFor(segment);
        Status done = sound ? (*sound)->read(at, out) : failure(sound.error());
        if (!done) std::ranges::fill(out, Frame{});
        return done;
    }
    if (!delivered_)
        delivered_ = std::make_unique<DeliveredSound>(*programme_.album, *piece_,
                                                      planOf(programme_, *piece_, length_, rate_),
                                                      programme_.render, open_);
    values_.resize(out.size());
    auto done = delivered_->read(at, values_);
    if (!done) std::ranges::fill(values_, Pcm16Frame{});
    std::ranges::transform(values_, out.begin(), [](Pcm16Frame value) {
        return Frame{value.left / 32'768.0, value.right / 32'768.0};
    });
    return done;
}

} // namespace segue
