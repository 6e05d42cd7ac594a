#include "audio/delivered_sound.h"

#include "audio/sounding.h"

#include <algorithm>
#include <array>

namespace segue {

namespace {

constexpr std::size_t chunkFrames = 4096;

SampleCount countOf(std::size_t frames) { return SampleCount{static_cast<std::int64_t>(frames)}; }

} // namespace

Quantiser quantiserAt(const Album& album, const RenderPlan& plan, const RenderSettings& settings,
                      const RenderSpan& span, SamplePos at)
{
    if (span.kind != RenderSpan::Kind::dithered) return {Dither::none, {}, 0};
    const PlacedTrackSamples& placed = plan.places.entries[span.entry];
    return {settings.dither, noiseKeyOf(*find(album, placed.track), settings.seed),
            (at - placed.base).value()};
}

DeliveredSound::DeliveredSound(const Album& album, const Piece& piece, RenderPlan plan,
                               const RenderSettings& settings, SourceOpener open)
    : album_{album}, plan_{std::move(plan)}, settings_{settings},
      mixer_{album, piece, plan_, std::move(open)}, frames_(chunkFrames)
{
}

Status DeliveredSound::read(SamplePos at, std::span<Pcm16Frame> out)
{
    while (!out.empty()) {
        const auto next =
            std::ranges::upper_bound(plan_.spans, at, {}, [](const RenderSpan& span) { return span.begin; });
        const bool inside = next != plan_.spans.begin() && at < std::prev(next)->end;
        SampleCount part = countOf(std::min(out.size(), chunkFrames));
        if (inside)
            part = std::min(part, std::prev(next)->end - at);
        else if (next != plan_.spans.end())
            part = std::min(part, next->begin - at);
        const auto here = out.first(static_cast<std::size_t>(part.value()));
        if (!inside || std::prev(next)->kind == RenderSpan::Kind::silence) {
            std::ranges::fill(here, Pcm16Frame{});
        } else {
            const RenderSpan& span = *std::prev(next);
            if (next_ != at || at == span.begin || !quantiser_)
                if (auto done = startAt(span, at); !done) return done;
            if (auto done = quantise(span, at, here); !done) return done;
        }
        at += part;
        out = out.subspan(here.size());
    }
    return {};
}

Status DeliveredSound::startAt(const RenderSpan& span, SamplePos at)
{
    const bool runsIn = span.kind == RenderSpan::Kind::dithered && isShaped(settings_.dither);
    const SamplePos start = runsIn ? std::max(span.begin, at - shaperRunIn) : at;
    quantiser_.reset();
    next_ = start;
    std::array<Pcm16Frame, chunkFrames> thrownAway{};
    while (next_ < at) {
        const auto part = static_cast<std::size_t>(std::min(at - next_, countOf(chunkFrames)).value());
        if (auto done = quantise(span, next_, std::span{thrownAway}.first(part)); !done) return done;
    }
    return {};
}

Status DeliveredSound::quantise(const RenderSpan& span, SamplePos at, std::span<Pcm16Frame> out)
{
    if (!quantiser_) quantiser_ = quantiserAt(album_, plan_, settings_, span, at);
    const std::span<Frame> frames = std::span{frames_}.first(out.size());
    if (auto done = mixer_.read(at, frames); !done) {
        quantiser_.reset();
        return done;
    }
    if (const QuantiseTally tally = quantiser_->run(frames, out); tally.firstNonFinite) {
        std::ranges::fill(out.subspan(*tally.firstNonFinite), Pcm16Frame{});
        quantiser_.reset();
    }
    next_ = at + countOf(out.size());
    return {};
}

} // namespace segue
