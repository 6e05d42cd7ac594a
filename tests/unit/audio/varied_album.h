/// \file
/// An album with a little of everything that the renderer does, and its rendering.
#pragma once

#include "support/fake_sound.h"

#include <doctest/doctest.h>

namespace segue::test {

inline std::vector<Pcm16Frame> rendered(const Studio& studio, const RenderSettings& settings = {},
                                        RenderWork work = {1, 4096})
{
    auto frames = studio.render(settings, std::move(work));
    REQUIRE_MESSAGE(frames.has_value(), (frames ? "" : sentence(frames.error())));
    return std::move(*frames);
}

// Four tracks of every kind: copied, 24 bit with fades and gain, stems, an overlap and a crossfade.
[[nodiscard]] inline Studio varied()
{
    Studio studio;
    const auto at = [](Clip clip, std::int64_t place) {
        clip.at = samples(place);
        return clip;
    };
    studio.track({studio.clip(studio.source(SampleCount{30'011}, noise16(1)))}, samples(777));
    Track& faded =
        studio.track({studio.clip(studio.source(SampleCount{40'003}, noise24(2), false))}, samples(1234));
    faded.clips[0].fadeIn = {samples(5000), Curve::exponential};
    faded.clips[0].fadeOut = {samples(9001), Curve::cosine};
    faded.gain = {Decibels{-1.5}, Decibels{0.3}};
    Track& stems =
        studio.track({studio.clip(studio.source(SampleCount{35'000}, noise24(3), false)),
                      at(studio.clip(studio.source(SampleCount{20'000}, noise16(4))), 4000),
                      at(studio.clip(studio.source(SampleCount{9'000}, noise24(5), false, 1)), -600)},
                     -samples(6007), Crossfade{Curve::squareRoot, {}});
    stems.clips[1].gain = Decibels{-12};
    stems.clips[1].inverted = true;
    stems.clips[2].map = ChannelMap::monoSum;
    studio.track({studio.clip(studio.source(SampleCount{25'000}, noise24(6), false))}, -samples(3001))
        .clips[0]
        .map = ChannelMap::swapped;
    studio.edition().entries[3].gain = Decibels{-0.7};
    return studio;
}

} // namespace segue::test
