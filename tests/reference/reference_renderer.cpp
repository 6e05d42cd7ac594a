#include "reference/reference_renderer.h"

#include "reference/reference_formulas.h"
#include "reference/reference_places.h"
#include "reference/reference_resampler.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

namespace segue::reference {

namespace {

/// A clip as it sounds: its place, what the crossfades cut off, and the fades they bypass.
struct Sound {
    std::size_t entry = 0;
    ClipPlace place{};
    std::int64_t from = 0, to = 0; ///< cut
    bool fadesIn = false, fadesOut = false;

    [[nodiscard]] bool at(std::int64_t p) const { return from <= p && p < to; }
    [[nodiscard]] bool fadingIn(std::int64_t p) const { return fadesIn && p < place.begin + place.fadeIn; }
    [[nodiscard]] bool fadingOut(std::int64_t p) const { return fadesOut && p >= place.end - place.fadeOut; }
};
struct Cross {
    std::size_t k = 0; ///< the later entry
    std::int64_t begin = 0, end = 0;
    Curve in{}, out{};
    [[nodiscard]] bool at(std::int64_t p) const { return begin <= p && p < end; }
};

bool meet(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d)
{
    return std::max(a, c) < std::min(b, d);
}

std::int64_t overBy(double r)
{
    return static_cast<std::int64_t>(std::max(std::min(r, 1e9) - 32767, -32768 - std::max(r, -1e9)));
}

class PieceRenderer {
public:
    PieceRenderer(const PiecePlaces& piece, const RenderSettings& settings, const SourceFrame& frameOf)
        : piece_{piece}, settings_{settings}, frameOf_{frameOf}
    {
    }

    Rendering run()
    {
        findSounds();
        findSpans();
        result_.frames.resize(static_cast<std::size_t>(piece_.length));
        for (const RenderSpan& span : result_.spans) renderSpan(span);
        for (const auto& [entry, overs] : overs_)
            if (overs.slight + overs.beyond > 0) result_.overs.push_back(overs);
        return std::move(result_);
    }

private:
    void findSounds()
    {
        for (std::size_t k = 0; k < piece_.entries.size(); ++k)
            for (const ClipPlace& c : piece_.entries[k].clips)
                sounds_.push_back({k, c, c.begin, c.end, c.fadeIn > 0, c.fadeOut > 0});
        for (std::size_t k = 1; k < piece_.entries.size(); ++k) {
            const EntryPlace& e = piece_.entries[k];
            if (e.crossfade && e.overlapEnd > e.start) addCross(k, e);
        }
    }

    void addCross(std::size_t k, const EntryPlace& e)
    {
        const std::int64_t begin = e.start, end = e.overlapEnd;
        for (Sound& s : sounds_) {
            const ClipPlace& c = s.place;
            if (s.entry == k - 1) {
                s.to = std::min(s.to, end);
                if (meet(c.end - c.fadeOut, c.end, begin, end) && c.end + 1 >= end) s.fadesOut = false;
            }
            if (s.entry == k) {
                s.from = std::max(s.from, begin);
                if (meet(c.begin, c.begin + c.fadeIn, begin, end) && c.begin <= begin + 1) s.fadesIn = false;
            }
        }
        Curve usual = Curve::equalPower;
        for (const Sound& a : sounds_)
            for (const Sound& b : sounds_)
                if (a.entry == k - 1 && b.entry == k && a.place.source == b.place.source &&
                    std::abs(a.place.anchor - b.place.anchor) <= 1 && meet(a.from, a.to, begin, end) &&
                    meet(b.from, b.to, begin, end))
                    usual = Curve::linear;
        crosses_.push_back(
            {k, begin, end, e.crossfade->in.value_or(usual), e.crossfade->out.value_or(usual)});
    }

    [[nodiscard]] std::vector<const Sound*> soundsAt(std::int64_t p) const
    {
        std::vector<const Sound*> found;
        for (const Sound& s : sounds_)
            if (s.at(p)) found.push_back(&s);
        return found;
    }

    void findSpans()
    {
        std::set<std::int64_t> points{0, piece_.length};
        const auto add = [&](std::int64_t p) {
            if (0 < p && p < piece_.length) points.insert(p);
        };
        for (const Sound& s : sounds_) {
            if (s.from >= s.to) continue;
            add(s.from);
            add(s.to);
            const std::int64_t in = s.place.begin + s.place.fadeIn, out = s.place.end - s.place.fadeOut;
            if (s.fadesIn && s.at(in)) add(in);
            if (s.fadesOut && s.at(out)) add(out);
        }
        for (const Cross& x : crosses_) {
            add(x.begin);
            add(x.end);
        }
        for (const EntryPlace& e : piece_.entries) add(e.regionStart);
        for (auto at = points.begin(); std::next(at) != points.end(); ++at)
            result_.spans.push_back(spanFrom(*at, *std::next(at)));
        if (settings_.ditherWholeTracks) ditherWholeTracks();
    }

    [[nodiscard]] RenderSpan spanFrom(std::int64_t begin, std::int64_t end) const
    {
        RenderSpan span{.begin = SamplePos{begin}, .end = SamplePos{end}};
        for (std::size_t k = 0; k < piece_.entries.size(); ++k)
            if (piece_.entries[k].regionStart <= begin) span.entry = k;
        const auto sounds = soundsAt(begin);
        if (sounds.empty()) return span;
        span.reason = reasonAt(begin, sounds);
        span.kind = span.reason == SpanReason::none ? RenderSpan::Kind::copied : RenderSpan::Kind::dithered;
        return span;
    }

    [[nodiscard]] SpanReason reasonAt(std::int64_t p, const std::vector<const Sound*>& sounds) const
    {
        for (const Sound* s : sounds) {
            if (s->entry != sounds.front()->entry) return SpanReason::overlap;
            for (const Cross& x : crosses_)
                if (x.at(p) && (s->entry == x.k || s->entry + 1 == x.k)) return SpanReason::overlap;
        }
        if (sounds.size() > 1) return SpanReason::severalClips;
        const Sound& s = *sounds.front();
        const Clip& clip = *s.place.clip;
        const Source& source = *s.place.source;
        const EntryPlace& e = piece_.entries[s.entry];
        const double sum =
            ((clip.gain.value() + e.track->gain.hand.value()) + e.track->gain.balance.value()) + e.gain;
        if (sum != 0) return SpanReason::gain;
        if (s.fadingIn(p) || s.fadingOut(p)) return SpanReason::fade;
        if (clip.inverted) return SpanReason::inverted;
        if (clip.map == ChannelMap::monoSum && source.channels != 1) return SpanReason::channelMap;
        if (source.rate != settings_.rate) return SpanReason::rate;
        if (!source.fingerprint.sixteenBitExact) return SpanReason::notSixteenBit;
        return SpanReason::none;
    }

    void ditherWholeTracks()
    {
        std::set<std::size_t> mixed;
        for (const RenderSpan& span : result_.spans)
            if (span.kind == RenderSpan::Kind::dithered) mixed.insert(span.entry);
        for (RenderSpan& span : result_.spans)
            if (span.kind == RenderSpan::Kind::copied && mixed.contains(span.entry)) {
                span.kind = RenderSpan::Kind::dithered;
                span.reason = SpanReason::wholeTrack;
            }
    }

    [[nodiscard]] Frame mapped(const Sound& s, std::int64_t p)
    {
        const Source& source = *s.place.source;
        const std::int64_t index = p - s.place.anchor;
        Frame f;
        if (source.rate != settings_.rate) {
            auto [at, fresh] = converted_.try_emplace(source.id, source, settings_.rate, frameOf_);
            f = at->second.frame(index);
        } else {
            f = sourceFrame(source, index, frameOf_);
        }
        switch (s.place.clip->map) {
        case ChannelMap::normal: return f;
        case ChannelMap::swapped: return {f.right, f.left};
        case ChannelMap::leftToBoth: return {f.left, f.left};
        case ChannelMap::rightToBoth: return {f.right, f.right};
        case ChannelMap::monoSum: {
            const double m = (f.left + f.right) * 0.5;
            return {m, m};
        }
        }
        return f;
    }

    static Frame times(Frame f, double factor) { return {f.left * factor, f.right * factor}; }

    [[nodiscard]] Frame clipAt(const Sound& s, std::int64_t p)
    {
        const ClipPlace& c = s.place;
        Frame x = mapped(s, p);
        if (c.clip->inverted) x = {-x.left, -x.right};
        x = times(x, gain(c.clip->gain.value()));
        if (s.fadingIn(p)) {
            const double at = (static_cast<double>(p - c.begin) + 0.5) / static_cast<double>(c.fadeIn);
            x = times(x, curveAt(c.clip->fadeIn.curve, at));
        }
        if (s.fadingOut(p)) {
            const std::int64_t i = p - (c.end - c.fadeOut);
            const double at = (static_cast<double>(c.fadeOut - i) - 0.5) / static_cast<double>(c.fadeOut);
            x = times(x, curveAt(c.clip->fadeOut.curve, at));
        }
        return x;
    }

    [[nodiscard]] Frame mixedAt(std::int64_t p)
    {
        Frame sum;
        bool firstEntry = true;
        for (std::size_t k = 0; k < piece_.entries.size(); ++k) {
            const EntryPlace& e = piece_.entries[k];
            Frame track;
            bool firstClip = true;
            for (const Sound& s : sounds_) {
                if (s.entry != k || !s.at(p)) continue;
                const Frame x = clipAt(s, p);
                track = firstClip ? x : Frame{track.left + x.left, track.right + x.right};
                firstClip = false;
            }
            if (firstClip) continue;
            track = times(track, gain(e.track->gain.hand.value() + e.track->gain.balance.value()));
            track = times(track, gain(e.gain));
            for (const Cross& c : crosses_) {
                if (!c.at(p)) continue;
                const auto n = static_cast<double>(c.end - c.begin);
                if (k == c.k)
                    track = times(track, curveAt(c.in, (static_cast<double>(p - c.begin) + 0.5) / n));
                if (k + 1 == c.k)
                    track = times(track, curveAt(c.out, (static_cast<double>(c.end - p) - 0.5) / n));
            }
            sum = firstEntry ? track : Frame{sum.left + track.left, sum.right + track.right};
            firstEntry = false;
        }
        return sum;
    }

    void renderSpan(const RenderSpan& span)
    {
        std::vector<double> errors[2];
        for (std::int64_t p = span.begin.value(); p < span.end.value(); ++p) {
            Pcm16Frame& out = result_.frames[static_cast<std::size_t>(p)];
            if (span.kind == RenderSpan::Kind::copied) {
                const Frame x = mapped(*soundsAt(p).front(), p);
                out = {copied(x.left), copied(x.right)};
            }
            if (span.kind == RenderSpan::Kind::dithered) {
                const Frame x = mixedAt(p);
                out = {dithered(x.left, span, p, 0, errors[0]), dithered(x.right, span, p, 1, errors[1])};
            }
        }
    }

    static std::int16_t copied(double x)
    {
        const double value = x * 32768;
        if (value != std::floor(value) || value < -32768 || value > 32767)
            throw std::runtime_error("a copied sample is not 16 bit");
        return static_cast<std::int16_t>(value);
    }

    static double rounded(double w) { return (w + 6755399441055744.0) - 6755399441055744.0; }

    [[nodiscard]] std::vector<double> filter() const
    {
        if (settings_.dither == Dither::shapedLight) return {1.623, -0.982, 0.109};
        if (settings_.dither == Dither::shapedStrong)
            return {2.412, -3.370, 3.937, -4.174, 3.353, -2.205, 1.281, -0.569, 0.0847};
        return {};
    }

    std::int16_t dithered(double x, const RenderSpan& span, std::int64_t p, int channel,
                          std::vector<double>& errors)
    {
        if (!std::isfinite(x)) throw std::runtime_error("a sample is no number");
        const EntryPlace& e = piece_.entries[span.entry];
        const TrackId own = e.track->origin.noise.value == 0 ? e.track->id : e.track->origin.noise;
        const double d =
            settings_.dither == Dither::none ? 0 : noise(settings_.seed, own.value, p - e.base, channel);
        double r = rounded(x * 32768 + d);
        const std::int64_t plain = overBy(r);
        const std::vector<double> c = filter();
        if (!c.empty()) {
            errors.resize(c.size());
            double s = c.back() * errors.back();
            for (std::size_t k = c.size() - 1; k-- > 0;) s = s + c[k] * errors[k];
            const double v = x * 32768 - s;
            r = rounded(v + d);
            errors.insert(errors.begin(), r - v);
            errors.pop_back();
        }
        countOver(span.entry, plain, overBy(r), x, p);
        return static_cast<std::int16_t>(std::clamp(r, -32768.0, 32767.0));
    }

    void countOver(std::size_t entry, std::int64_t plain, std::int64_t shaped, double x, std::int64_t p)
    {
        if (plain <= 2 && shaped <= 0) return;
        Overs& overs = overs_[entry];
        overs.entry = entry;
        overs.peak = std::max(overs.peak, std::abs(x));
        if (plain <= 2)
            ++overs.slight;
        else if (overs.beyond++ == 0)
            overs.firstBeyond = SamplePos{p};
    }

    const PiecePlaces& piece_;
    const RenderSettings& settings_;
    const SourceFrame& frameOf_;
    std::vector<Sound> sounds_{};
    std::vector<Cross> crosses_{};
    std::map<SourceId, ConvertedWhole> converted_{};
    std::map<std::size_t, Overs> overs_{};
    Rendering result_{};
};

} // namespace

std::vector<Rendering> render(const Album& album, const Edition& edition, const RenderSettings& settings,
                              const SourceFrame& frameOf)
{
    std::vector<Rendering> renderings;
    for (const PiecePlaces& piece : places(album, edition, settings.rate))
        renderings.push_back(PieceRenderer{piece, settings, frameOf}.run());
    return renderings;
}

} // namespace segue::reference
