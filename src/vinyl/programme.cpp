#include "vinyl/programme.h"

#include <algorithm>
#include <map>

namespace segue::vinyl {

namespace {

/// The render graph as a source of sound.
class MixedSound final : public SoundSource {
public:
    struct Shared {
        Album album;
        Piece piece;
        RenderPlan plan;
        SourceOpener open;
    };
    explicit MixedSound(std::shared_ptr<const Shared> shared)
        : shared_{std::move(shared)}, mixer_{shared_->album, shared_->piece, shared_->plan, shared_->open}
    {
    }
    [[nodiscard]] SampleRate rate() const override { return shared_->plan.places.rate; }
    [[nodiscard]] SampleCount length() const override { return shared_->plan.length; }
    [[nodiscard]] Status read(SamplePos at, Block out) override { return mixer_.read(at, out); }

private:
    std::shared_ptr<const Shared> shared_;
    Mixer mixer_;
};

double secondsOf(Instant at)
{
    return static_cast<double>(at.value()) / static_cast<double>(flicksPerSecond);
}

// Whether a side may begin or end here: the outermost clip fades.
bool fades(const Track& track, Fade Clip::* fade, bool atEnd)
{
    const Clip* outermost = nullptr;
    for (const Clip& c : track.clips)
        if (!c.muted && (outermost == nullptr || (atEnd ? c.at >= outermost->at : c.at < outermost->at)))
            outermost = &c;
    return outermost != nullptr && (outermost->*fade).length > Duration{};
}

Edition withoutBreaks(Edition edition)
{
    for (Entry& e : edition.entries) {
        e.breakBefore = Break::none;
        e.keepWithPrevious = false;
    }
    std::optional<SampleRate> rate;
    if (const auto* vinyl = std::get_if<VinylSettings>(&edition.medium)) rate = vinyl->rate;
    edition.medium = VinylSettings{.rate = rate};
    return edition;
}

} // namespace

SampleRate programmeRate(const Album& album, const Edition& edition)
{
    if (const auto* vinyl = std::get_if<VinylSettings>(&edition.medium); vinyl != nullptr && vinyl->rate)
        return *vinyl->rate;
    std::map<int, std::int64_t> playing; // flicks by rate
    for (const Entry& e : edition.entries) {
        const Track* track = find(album, e.track);
        if (track == nullptr) continue;
        for (const Clip& c : track->clips)
            if (const Source* source = find(album, c.source); source != nullptr && !c.muted)
                playing[source->rate.hertz()] += lengthOf(album, c).value();
    }
    const auto most = std::ranges::max_element(playing, {}, [](const auto& p) { return p.second; });
    return most == playing.end() ? cdRate : SampleRate{most->first};
}

Result<Programme> programmeOf(const Album& album, const Edition& edition, SourceOpener open)
{
    auto shared = std::make_shared<MixedSound::Shared>();
    shared->album = album;
    const Edition whole = withoutBreaks(edition);
    Timeline timeline = buildTimeline(album, whole);
    if (timeline.pieces.empty() || timeline.pieces.front().entries.empty())
        return failure("There are no tracks to put on a record");
    shared->piece = std::move(timeline.pieces.front());
    Programme programme{.rate = programmeRate(album, edition)};
    const SampleTimeline places = samplePlaces(album, shared->piece, programme.rate);
    shared->plan = planRender(album, shared->piece, places.length, {.rate = programme.rate});
    shared->open = std::move(open);

    double before = 0; // where the sound of the tracks so far ends
    for (const PlacedEntry& e : shared->piece.entries) {
        const Track& track = *find(album, e.track);
        ProgrammeTrack t{.id = e.track, .title = displayTitle(track), .start = secondsOf(e.start)};
        t.begin = std::max(0.0, std::min(t.start, secondsOf(e.soundStart)));
        t.end = std::max(secondsOf(e.end), secondsOf(e.soundEnd));
        const bool first = programme.tracks.empty();
        t.pauseBefore = !first && e.joint.gap > Duration{};
        t.overlapsBefore = !first && (e.joint.gap < Duration{} || t.begin < before - 1e-9);
        t.gaplessBefore = !first && e.joint.gap == Duration{};
        const Entry& entry = edition.entries[e.position];
        t.breakBefore = !first && entry.breakBefore != Break::none;
        t.keptWithPrevious = !first && !t.breakBefore && entry.keepWithPrevious;
        t.fadesIn = fades(track, &Clip::fadeIn, false);
        t.fadesOut = fades(track, &Clip::fadeOut, true);
        before = std::max(before, t.end);
        programme.tracks.push_back(std::move(t));
        for (const Clip& c : track.clips)
            if (const Source* source = find(album, c.source);
                source != nullptr && source->rate != programme.rate)
                programme.ratesDiffer = true;
    }
    programme.open = [shared = std::shared_ptr<const MixedSound::Shared>{shared}]()
        -> Result<std::unique_ptr<SoundSource>> { return std::make_unique<MixedSound>(shared); };
    return programme;
}

Album soundOf(const Album& album, const Edition& edition)
{
    Album sound;
    Edition whole = withoutBreaks(edition);
    whole.id = {};
    whole.name.clear();
    std::get<VinylSettings>(whole.medium).rate = programmeRate(album, edition);
    for (const Entry& entry : edition.entries) {
        const Track* track = find(album, entry.track);
        if (track == nullptr) continue;
        sound.tracks.push_back({.id = track->id,
                                .gain = {.hand = track->gain.sum(), .balance = {}},
                                .clips = track->clips,
                                .end = track->end,
                                .origin = track->origin});
        for (const Clip& clip : track->clips)
            if (const Source* source = find(album, clip.source);
                source != nullptr && find(sound, source->id) == nullptr)
                sound.sources.push_back(*source);
    }
    sound.editions.push_back(std::move(whole));
    return sound;
}

SideSilence sideSilence(Duration leadIn, Duration tail)
{
    return {.leadIn = secondsOf(Instant{} + leadIn), .tail = secondsOf(Instant{} + tail)};
}

SideStretch sideOf(const Programme& programme, std::size_t first, std::size_t end, SideSilence silence)
{
    SideStretch side{
        .begin = programme.tracks[first].begin, .end = programme.tracks[end - 1].end, .silence = silence};
    for (std::size_t i = first + 1; i < end; ++i)
        if (programme.tracks[i].pauseBefore) side.bands.push_back(programme.tracks[i].start);
    return side;
}

} // namespace segue::vinyl
