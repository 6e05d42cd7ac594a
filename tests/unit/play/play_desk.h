/// \file
/// A player worked by hand over a fake output, with an album of formulas; and what should have come out of
/// it.
#pragma once

#include "play/fake_out.h"
#include "play/player.h"
#include "unit/audio/varied_album.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace segue::test {

inline constexpr std::int64_t ramp = 221; ///< 5 ms at 44.1 kHz, to the nearest sample
inline constexpr std::int64_t latency200 = 8820;

[[nodiscard]] inline Programme programmeOf(const Studio& studio, RenderSettings render = {})
{
    return {std::make_shared<const Album>(studio.album), studio.album.editions.front().id, 0, render};
}

/// What the mixer gives, as floats.
[[nodiscard]] inline std::vector<FloatFrame> mixed(const Studio& studio, std::int64_t begin, std::int64_t end)
{
    const Programme programme = programmeOf(studio);
    const RenderPlan plan =
        planRender(studio.album, studio.piece(), lengthOf(programme, cdRate), RenderSettings{});
    Mixer mixer{studio.album, studio.piece(), plan, studio.opener()};
    std::vector<Frame> frames(static_cast<std::size_t>(end - begin));
    REQUIRE(mixer.read(SamplePos{begin}, frames));
    std::vector<FloatFrame> floats;
    for (const Frame& f : frames) floats.push_back({static_cast<float>(f.left), static_cast<float>(f.right)});
    return floats;
}

/// The first index of `got` from `from` on that is not as expected; -1: none.
[[nodiscard]] inline std::int64_t firstDifference(const std::vector<FloatFrame>& got,
                                                  const std::vector<FloatFrame>& expected,
                                                  std::int64_t from = 0)
{
    REQUIRE(got.size() <= expected.size());
    for (std::int64_t i = from; i < std::ssize(got); ++i)
        if (got[static_cast<std::size_t>(i)] != expected[static_cast<std::size_t>(i)]) return i;
    return -1;
}

/// The largest step from a sample to the next.
[[nodiscard]] inline float largestStep(const std::vector<FloatFrame>& frames)
{
    float largest = 0;
    for (std::size_t i = 1; i < frames.size(); ++i)
        largest = std::max({largest, std::abs(frames[i].left - frames[i - 1].left),
                            std::abs(frames[i].right - frames[i - 1].right)});
    return largest;
}

[[nodiscard]] inline bool isSilent(const std::vector<FloatFrame>& frames)
{
    return std::ranges::all_of(frames, [](FloatFrame f) { return f == FloatFrame{}; });
}

struct PlayDeskTop {
    Studio studio;
    FakeOut out;
    Player player;

    explicit PlayDeskTop(Studio made, FakeOut::Behaviour behaviour = {}, RenderSettings render = {})
        : studio{std::move(made)}, out{std::move(behaviour)},
          player{out, studio.opener(), Player::Work::byHand}
    {
        player.setProgramme(programmeOf(studio, render));
    }
    /// Lets the player work between every buffer, as in life.
    std::vector<FloatFrame> hear(std::int64_t frames, std::int64_t buffer = 500)
    {
        std::vector<FloatFrame> all;
        while (frames > 0) {
            player.work();
            const auto part = std::min(frames, buffer);
            const auto got = out.pull(static_cast<std::size_t>(part), static_cast<std::size_t>(part));
            REQUIRE(std::ssize(got) == part);
            all.insert(all.end(), got.begin(), got.end());
            frames -= part;
        }
        return all;
    }
    [[nodiscard]] std::int64_t length() const { return lengthOf(programmeOf(studio), cdRate).value(); }
    [[nodiscard]] std::int64_t heardAt() const { return player.positionHeard().value(); }
    [[nodiscard]] PlayerStatus::State state() const { return player.status().state; }
};

/// A slow sine: whatever steps more than 1 % of full scale from sample to sample is a click.
[[nodiscard]] inline Formula slowSine(double hertz = 100, double peak = 0.5)
{
    return [=](std::int64_t at) {
        const double value = peak * std::sin(6.283185307179586 * hertz * static_cast<double>(at) / 44'100);
        return Frame{value, -value};
    };
}

} // namespace segue::test
