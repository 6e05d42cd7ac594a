#include "audio/converted_source.h"
#include "audio/denormals.h"
#include "audio/fade_curve.h"
#include "audio/kernels.h"
#include "audio/render.h"
#include "audio/sounding.h"

#include <algorithm>
#include <map>

namespace segue {

namespace {

// Of several clips at once: long enough to be worth a read, short enough to stay in the processor's cache.
constexpr std::size_t chunkFrames = 4096;
// Files kept open when nothing needs them now: enough for the tracks around a joint, and no album's worth of
// converters in memory.
constexpr std::size_t idleSources = 1;

void applyMap(ChannelMap map, Block block)
{
    switch (map) {
    case ChannelMap::normal: return;
    case ChannelMap::swapped:
        for (Frame& f : block) std::swap(f.left, f.right);
        return;
    case ChannelMap::leftToBoth:
        for (Frame& f : block) f.right = f.left;
        return;
    case ChannelMap::rightToBoth:
        for (Frame& f : block) f.left = f.right;
        return;
    case ChannelMap::monoSum:
        for (Frame& f : block) f.left = f.right = (f.left + f.right) * 0.5;
        return;
    }
}

void invert(Block block)
{
    for (Frame& f : block) f = {-f.left, -f.right};
}

void applyGain(double gain, Block block)
{
    if (gain == 1.0) return;
    kernels().applyGain(gain, block);
}

void add(Block from, Block to)
{
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i] = {to[i].left + from[i].left, to[i].right + from[i].right};
}

// `first`: how many samples of the fade lie before the block.
void applyFade(double (*gainAt)(Curve, std::int64_t, SampleCount), Curve curve, SampleCount first,
               SampleCount length, Block block)
{
    std::int64_t i = first.value();
    for (Frame& f : block) {
        const double gain = gainAt(curve, i++, length);
        f = {f.left * gain, f.right * gain};
    }
}

} // namespace

class Mixer::Graph {
public:
    Graph(const Album& album, const Piece& piece, const RenderPlan& plan, SourceOpener open)
        : sounding_{soundingOn(album, piece, plan.places)}, rate_{plan.places.rate}, open_{std::move(open)}
    {
        for (const PlacedEntry& entry : piece.entries)
            gains_.push_back({find(album, entry.track)->gain.sum().gain(), entry.gain.gain()});
        for (const RenderSpan& span : plan.spans) spans_.push_back({span, sounding_.at(span.begin)});
    }

    [[nodiscard]] Status read(SamplePos at, Block out)
    {
        const DenormalsOff guard;
        while (!out.empty()) {
            auto done = readChunk(at, out);
            if (!done) return failure(std::move(done.error()));
            at += SampleCount{static_cast<std::int64_t>(*done)};
            out = out.subspan(*done);
        }
        return {};
    }

private:
    struct EntryGains {
        double track, entry;
    };
    struct SpanClips {
        RenderSpan span;
        std::vector<std::size_t> clips;
    };
    struct OpenSource {
        std::unique_ptr<SoundSource> sound;
        std::int64_t lastUse = 0;
    };

    // Fills the beginning of `out`, up to the next change, and says how much.
    [[nodiscard]] Result<std::size_t> readChunk(SamplePos at, Block out)
    {
        const auto next =
            std::ranges::upper_bound(spans_, at, {}, [](const SpanClips& s) { return s.span.begin; });
        const auto upTo = [&](SamplePos end) {
            return static_cast<std::size_t>(
                std::min(static_cast<std::int64_t>(out.size()), (end - at).value()));
        };
        const bool before = next == spans_.begin();
        const bool outside = before || std::prev(next)->span.end <= at;
        Block part = out;
        if (!outside)
            part = out.first(upTo(std::prev(next)->span.end));
        else if (next != spans_.end())
            part = out.first(upTo(next->span.begin));
        if (outside || std::prev(next)->clips.empty()) {
            std::ranges::fill(part, Frame{});
            return part.size();
        }
        // Several clips are mixed beside each other in what stays in the cache; one is read in place.
        if (std::prev(next)->clips.size() > 1) part = part.first(std::min(part.size(), chunkFrames));
        ++use_;
        if (auto done = readSpan(*std::prev(next), at, part); !done) return failure(std::move(done.error()));
        return part.size();
    }

    [[nodiscard]] Status readSpan(const SpanClips& here, SamplePos at, Block out)
    {
        if (here.span.kind == RenderSpan::Kind::copied) {
            const SoundingClip& sound = sounding_.clips[here.clips.front()];
            if (auto done = readSource(sound, at, out); !done) return done;
            applyMap(sound.clip.map, out);
            return {};
        }
        // The first track is made in place, the others beside it.
        for (std::size_t i = 0; i < here.clips.size();) {
            const Block track = i == 0 ? out : Block{trackFrames_}.first(out.size());
            auto next = readTrack(here, i, at, track);
            if (!next) return failure(std::move(next.error()));
            if (i != 0) add(track, out);
            i = *next;
        }
        return {};
    }

    // All clips of the entry that clip `first` of the span belongs to; says where the next entry's begin.
    [[nodiscard]] Result<std::size_t> readTrack(const SpanClips& here, std::size_t first, SamplePos at,
                                                Block out)
    {
        const std::size_t entry = sounding_.clips[here.clips[first]].entry;
        std::size_t i = first;
        for (; i < here.clips.size() && sounding_.clips[here.clips[i]].entry == entry; ++i) {
            const Block clip = i == first ? out : Block{clipFrames_}.first(out.size());
            if (auto done = readClip(sounding_.clips[here.clips[i]], at, clip); !done)
                return failure(std::move(done.error()));
            if (i != first) add(clip, out);
        }
        applyGain(gains_[entry].track, out);
        applyGain(gains_[entry].entry, out);
        for (const SoundingCrossfade& crossfade : sounding_.crossfades) {
            if (!crossfade.actsAt(at)) continue;
            const SampleCount into = at - crossfade.begin, length = crossfade.end - crossfade.begin;
            if (entry == crossfade.incoming) applyFade(fadeInGain, crossfade.in, into, length, out);
            if (entry + 1 == crossfade.incoming) applyFade(fadeOutGain, crossfade.out, into, length, out);
        }
        return i;
    }

    [[nodiscard]] Status readClip(const SoundingClip& sound, SamplePos at, Block out)
    {
        if (auto done = readSource(sound, at, out); !done) return done;
        applyMap(sound.clip.map, out);
        if (sound.clip.inverted) invert(out);
        applyGain(sound.clip.gain.gain(), out);
        if (at < sound.fadeInEnd())
            applyFade(fadeInGain, sound.clip.fadeIn.curve, at - sound.place.begin, sound.fadeIn, out);
        if (at >= sound.fadeOutBegin())
            applyFade(fadeOutGain, sound.clip.fadeOut.curve, at - sound.fadeOutBegin(), sound.fadeOut, out);
        return {};
    }

    [[nodiscard]] Status readSource(const SoundingClip& sound, SamplePos at, Block out)
    {
        OpenSource& source = sources_[sound.source.id];
        source.lastUse = use_;
        if (!source.sound) {
            closeIdle();
            auto file = open_(sound.source);
            if (!file) return failure(std::move(file.error()));
            if ((*file)->info().rate != sound.source.rate || (*file)->info().length != sound.source.length)
                return failure("The file is no longer the one the album was made with", sound.source.path,
                               ErrorKind::refused);
            auto converted = convertRate(std::move(*file), rate_);
            if (!converted) return failure(std::move(converted.error()));
            source.sound = std::move(*converted);
        }
        return source.sound->read(SamplePos{} + (at - sound.place.anchor), out);
    }

    void closeIdle()
    {
        while (true) {
            auto oldest = sources_.end();
            std::size_t idle = 0;
            for (auto i = sources_.begin(); i != sources_.end(); ++i) {
                if (i->second.lastUse == use_) continue;
                ++idle;
                if (oldest == sources_.end() || i->second.lastUse < oldest->second.lastUse) oldest = i;
            }
            if (idle <= idleSources) return;
            sources_.erase(oldest);
        }
    }

    Sounding sounding_;
    std::vector<SpanClips> spans_;
    std::vector<EntryGains> gains_;
    SampleRate rate_;
    SourceOpener open_;
    std::map<SourceId, OpenSource> sources_;
    std::int64_t use_ = 0;
    std::vector<Frame> trackFrames_ = std::vector<Frame>(chunkFrames);
    std::vector<Frame> clipFrames_ = std::vector<Frame>(chunkFrames);
};

Mixer::Mixer(const Album& album, const Piece& piece, const RenderPlan& plan, SourceOpener open)
    : graph_{std::make_unique<Graph>(album, piece, plan, std::move(open))}
{
}
Mixer::~Mixer() = default;
Status Mixer::read(SamplePos at, Block out) { return graph_->read(at, out); }

} // namespace segue
