#include "measure/edition_scan.h"

#include "audio/converted_source.h"
#include "audio/sounding.h"
#include "core/hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <mutex>
#include <set>

namespace segue {

namespace {

// Another number whenever a render changes a sample: what was left by an older Segue is then not found.
constexpr int renderVersion = 1;

struct Segment {
    std::size_t entry = 0; ///< on the piece
    SamplePos begin{}, end{};
    std::set<std::size_t> heard{}; ///< entries that sound in it
};

struct PlacedPiece {
    const Piece* piece = nullptr;
    SampleTimeline places{};
    Sounding sounding{};
    std::vector<Segment> segments{};
};

/// What all sounds of an edition read from.
struct Ground {
    const Album& album;
    SourceOpener open{};
    Timeline timeline{};
    std::vector<PlacedPiece> pieces{};
};

/// Minus infinity cannot be taken out.
Decibels gainOf(const Album& album, const PlacedEntry& entry)
{
    const Decibels gain = find(album, entry.track)->gain.sum() + entry.gain;
    return std::isfinite(gain.value()) ? gain : Decibels{};
}

PlacedPiece placePiece(const Album& album, const Piece& piece, SampleRate rate)
{
    PlacedPiece placed{.piece = &piece, .places = samplePlaces(album, piece, rate)};
    placed.sounding = soundingOn(album, piece, placed.places);
    const auto& entries = placed.places.entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        Segment s{.entry = i, .begin = entries[i].start, .end = entries[i].end};
        for (const SoundingClip& clip : placed.sounding.clips)
            if (clip.entry == i) {
                s.begin = std::min(s.begin, clip.begin);
                s.end = std::max(s.end, clip.end);
            }
        s.begin = std::max(s.begin, SamplePos{});
        if (i > 0) {
            Segment& before = placed.segments.back();
            s.begin = std::max(s.begin, before.begin);
            before.end = std::max(before.begin, std::min(before.end, s.begin));
        }
        s.end = std::max(s.end, s.begin);
        placed.segments.push_back(s);
    }
    for (Segment& s : placed.segments)
        for (const SoundingClip& clip : placed.sounding.clips)
            if (clip.begin < s.end && s.begin < clip.end) s.heard.insert(clip.entry);
    return placed;
}

/// The gain of another entry in a segment, as seen from the segment's own.
Decibels relativeGain(const Album& album, const PlacedPiece& placed, const Segment& segment,
                      std::size_t other)
{
    const PlacedEntry &own = placed.piece->entries[segment.entry], &heard = placed.piece->entries[other];
    const Decibels gain = find(album, heard.track)->gain.sum() + heard.gain;
    return gain - gainOf(album, own);
}

ScanKey keyOf(const Album& album, const PlacedPiece& placed, const Segment& segment,
              const SourceIdentity& identity)
{
    std::string text =
        fmt::format("edition {} rate {} resampler {} length {}\n", renderVersion, placed.places.rate.hertz(),
                    resamplerName(), (segment.end - segment.begin).value());
    const auto say = [&]<class... Values>(fmt::format_string<Values...> form, Values&&... values) {
        fmt::format_to(std::back_inserter(text), form, std::forward<Values>(values)...);
    };
    const auto from = [&](SamplePos at) { return (at - segment.begin).value(); };
    const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
    for (const SoundingClip& sound : placed.sounding.clips) {
        if (!segment.heard.contains(sound.entry)) continue;
        const Clip& clip = sound.clip;
        const Source& source = sound.source;
        const std::string file = identity ? identity(source) : "-";
        if (source.fingerprint.xxh3.empty() || file.empty()) return {};
        say("clip {} {} {} {} {} sounds {} {} of {} {} {}\n", source.fingerprint.xxh3, file,
            source.rate.hertz(), source.channels, source.length.value(), from(sound.begin), from(sound.end),
            from(sound.place.begin), from(sound.place.end), from(sound.place.anchor));
        say("fades {} {} {} {} map {} inverted {} gain {} {}\n", sound.fadeIn.value(),
            static_cast<int>(clip.fadeIn.curve), sound.fadeOut.value(), static_cast<int>(clip.fadeOut.curve),
            static_cast<int>(clip.map), clip.inverted, bits(clip.gain.value()),
            bits(relativeGain(album, placed, segment, sound.entry).value()));
        // Who is who in a crossfade.
        say("entry {}\n", static_cast<std::int64_t>(sound.entry) - static_cast<std::int64_t>(segment.entry));
    }
    for (const SoundingCrossfade& c : placed.sounding.crossfades)
        if (c.begin < segment.end && segment.begin < c.end)
            say("crossfade {} {} {} {} {}\n",
                static_cast<std::int64_t>(c.incoming) - static_cast<std::int64_t>(segment.entry),
                from(c.begin), from(c.end), static_cast<int>(c.out), static_cast<int>(c.in));
    const auto hasher = makeXxh3_128();
    hasher->update(bytesOf(text));
    return hasher->finish();
}

/// A piece with the gains of one segment taken out. Made when the first thread needs it.
class Stage {
public:
    struct Set {
        Album album{};
        Piece piece{};
        RenderPlan plan{};
    };
    Stage(std::shared_ptr<const Ground> ground, std::size_t piece, Segment segment)
        : ground_{std::move(ground)}, placed_{ground_->pieces[piece]}, segment_{std::move(segment)}
    {
    }
    [[nodiscard]] const Set& set()
    {
        std::call_once(once_, [this] { build(); });
        return set_;
    }

private:
    void build()
    {
        set_ = {.album = ground_->album, .piece = *placed_.piece};
        for (std::size_t i = 0; i < set_.piece.entries.size(); ++i) {
            PlacedEntry& entry = set_.piece.entries[i];
            const auto track = std::ranges::find(set_.album.tracks, entry.track, &Track::id);
            entry.gain = {};
            track->gain = {};
            if (segment_.heard.contains(i))
                track->gain.hand = relativeGain(ground_->album, placed_, segment_, i);
        }
        set_.plan = planRender(set_.album, set_.piece, placed_.places.length, {.rate = placed_.places.rate});
    }

    std::shared_ptr<const Ground> ground_;
    const PlacedPiece& placed_;
    Segment segment_;
    std::once_flag once_{};
    Set set_{};
};

/// A segment as a sound of its own.
class SegmentSound final : public SoundSource {
public:
    SegmentSound(std::shared_ptr<Stage> stage, const SourceOpener& open, SamplePos begin, SamplePos end)
        : stage_{std::move(stage)},
          mixer_{stage_->set().album, stage_->set().piece, stage_->set().plan, open}, begin_{begin},
          length_{end - begin}
    {
    }
    [[nodiscard]] SampleRate rate() const override { return stage_->set().plan.places.rate; }
    [[nodiscard]] SampleCount length() const override { return length_; }
    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        return mixer_.read(begin_ + (at - SamplePos{}), out);
    }

private:
    std::shared_ptr<Stage> stage_;
    Mixer mixer_;
    SamplePos begin_;
    SampleCount length_;
};

/// A part of it can begin anywhere: no decoder and no converter has to come to it first.
bool divisible(const PlacedPiece& placed, const Segment& segment)
{
    return std::ranges::all_of(placed.sounding.clips, [&](const SoundingClip& clip) {
        return !segment.heard.contains(clip.entry) ||
               (readsFromAnywhere(clip.source.format) && clip.source.rate == placed.places.rate);
    });
}

} // namespace

std::vector<Passage> EditionScan::passages() const
{
    std::vector<Passage> all;
    for (const EntryScan& entry : entries) all.push_back(entry.passage());
    return all;
}

SampleRate measuredRate(const Album& album, const Edition& edition)
{
    if (std::holds_alternative<CdSettings>(edition.medium)) return cdRate;
    std::optional<SampleRate> stated;
    if (const auto* vinyl = std::get_if<VinylSettings>(&edition.medium)) stated = vinyl->rate;
    if (const auto* digital = std::get_if<DigitalSettings>(&edition.medium)) stated = digital->rate;
    if (stated) return *stated;
    SampleRate highest = cdRate;
    for (const Entry& entry : edition.entries)
        if (const Track* track = find(album, entry.track))
            for (const Clip& clip : track->clips)
                if (const Source* source = find(album, clip.source))
                    highest = std::max(highest, std::min(source->rate, SampleRate{352'800}));
    return highest;
}

SourceIdentity identityOnDisk(FileOps& files)
{
    return [&files](const Source& source) -> std::string {
        const auto real = files.realPath(source.path);
        if (!real) return {};
        const auto stat = files.stat(*real);
        if (!stat) return {};
        return keyOf(*stat);
    };
}

EditionSounds editionSounds(const Album& album, const Edition& edition, SourceOpener open,
                            const SourceIdentity& identity)
{
    EditionSounds sounds{.rate = measuredRate(album, edition)};
    const auto ground =
        std::make_shared<Ground>(Ground{album, std::move(open), buildTimeline(album, edition), {}});
    for (const Piece& piece : ground->timeline.pieces)
        ground->pieces.push_back(placePiece(album, piece, sounds.rate));
    for (std::size_t p = 0; p < ground->pieces.size(); ++p) {
        const PlacedPiece& placed = ground->pieces[p];
        // Of all segments in which nothing else is heard.
        const auto plain = std::make_shared<Stage>(ground, p, Segment{});
        for (std::size_t i = 0; i < placed.segments.size(); ++i) {
            const Segment& segment = placed.segments[i];
            const PlacedEntry& own = placed.piece->entries[segment.entry];
            EntryScan entry{.track = own.track,
                            .piece = placed.piece->number,
                            .begin = segment.begin,
                            .end = segment.end,
                            .gain = gainOf(album, own)};
            if (i + 1 < placed.segments.size())
                entry.silence = nearestDuration(placed.segments[i + 1].begin - segment.end, sounds.rate);
            sounds.entries.push_back(std::move(entry));
            sounds.keys.push_back(keyOf(album, placed, segment, identity));
            const bool alone = segment.heard.empty() || segment.heard == std::set{segment.entry};
            const bool muted = !std::isfinite((find(album, own.track)->gain.sum() + own.gain).value());
            const auto stage = alone && !muted ? plain : std::make_shared<Stage>(ground, p, segment);
            sounds.jobs.push_back({.rate = sounds.rate,
                                   .channels = 2,
                                   .length = segment.end - segment.begin,
                                   .open = [stage, ground, begin = segment.begin,
                                            end = segment.end]() -> Result<std::unique_ptr<SoundSource>> {
                                       return std::make_unique<SegmentSound>(stage, ground->open, begin, end);
                                   },
                                   .divisible = divisible(placed, segment)});
        }
    }
    return sounds;
}

Result<EditionScan> scanEdition(EditionSounds sounds, const ScanCache* cache, const ScanWork& work)
{
    EditionScan result{.rate = sounds.rate, .entries = std::move(sounds.entries)};
    std::vector<ScanJob> jobs;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < result.entries.size(); ++i) {
        EntryScan& entry = result.entries[i];
        if (cache != nullptr)
            if (auto known = cache->find(sounds.keys[i]);
                known && known->rate == result.rate && known->length == entry.end - entry.begin) {
                entry.sound = std::move(*known);
                entry.cached = true;
                continue;
            }
        jobs.push_back(std::move(sounds.jobs[i]));
        places.push_back(i);
    }
    ScanWork keeping = work;
    keeping.scanned = [&](std::size_t job, ScannedSound& sound) -> Status {
        if (cache != nullptr) cache->keep(sounds.keys[places[job]], sound);
        return work.scanned ? work.scanned(places[job], sound) : Status{};
    };
    auto scanned = scanSounds(jobs, keeping);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (!scanned[i]) return failure(std::move(scanned[i].error()));
        result.entries[places[i]].sound = std::move(*scanned[i]);
    }
    return result;
}

} // namespace segue
