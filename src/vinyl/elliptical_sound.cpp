#include "vinyl/elliptical_sound.h"

#include "audio/denormals.h"

#include <algorithm>

namespace segue::vinyl {

namespace {

constexpr std::int64_t gridSeconds = 20;
constexpr std::size_t chunkFrames = 4096;

} // namespace

EllipticalSound::EllipticalSound(std::unique_ptr<SoundSource> sound, const Elliptical& setting, Begins begins)
    : sound_{std::move(sound)}, setting_{setting}, grid_{gridSeconds * sound_->rate().hertz()},
      settle_{sound_->rate().hertz()}, begins_{begins}
{
}

Status EllipticalSound::read(SamplePos at, Block out)
{
    while (!out.empty()) {
        if (at < SamplePos{} || at >= SamplePos{} + length()) {
            // Outside there is silence, as everywhere.
            const std::int64_t silent = at < SamplePos{} ? -at.value() : std::ssize(out);
            const auto here = out.first(std::min(out.size(), static_cast<std::size_t>(silent)));
            std::ranges::fill(here, Frame{});
            at += SampleCount{std::ssize(here)};
            out = out.subspan(here.size());
            continue;
        }
        const SamplePos part{at.value() / grid_ * grid_};
        const SamplePos end = std::min(part + SampleCount{grid_}, SamplePos{} + length());
        const auto here = out.first(std::min(out.size(), static_cast<std::size_t>((end - at).value())));
        const bool onGrid = begins_ == Begins::onGrid;
        if (!filter_ || next_ != at || (onGrid && at == part)) {
            filter_.emplace(setting_, rate());
            next_ = (onGrid ? part : at) - SampleCount{settle_};
            if (auto done = runTo(at); !done) return done;
        }
        if (auto done = filter(at, here); !done) return done;
        at += SampleCount{std::ssize(here)};
        out = out.subspan(here.size());
    }
    return {};
}

Status EllipticalSound::runTo(SamplePos at)
{
    thrownAway_.resize(chunkFrames);
    while (next_ < at) {
        const auto count = std::min(chunkFrames, static_cast<std::size_t>((at - next_).value()));
        if (auto done = filter(next_, Block{thrownAway_}.first(count)); !done) return done;
    }
    return {};
}

Status EllipticalSound::filter(SamplePos at, Block block)
{
    if (auto done = sound_->read(at, block); !done) {
        filter_.reset();
        return done;
    }
    // What rings out must neither cost time nor depend on the thread.
    const DenormalsOff guard;
    for (Frame& f : block) f = filter_->step(f);
    next_ = at + SampleCount{std::ssize(block)};
    return {};
}

SoundOpener behindElliptical(SoundOpener open, const Elliptical& setting)
{
    return [open = std::move(open), setting]() -> Result<std::unique_ptr<SoundSource>> {
        auto sound = open();
        if (!sound) return sound;
        return std::make_unique<EllipticalSound>(std::move(*sound), setting);
    };
}

} // namespace segue::vinyl
