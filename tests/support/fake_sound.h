/// \file
/// Sources that exist only as formulas: the same source gives the same frames in every run, on every thread,
/// from every position. And the few lines that make an album of them.
#pragma once

#include "album/timeline.h"
#include "audio/render.h"

#include <atomic>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace segue::test {

/// The frame at a position of a source.
using Formula = std::function<Frame(std::int64_t)>;

/// 64 well-mixed bits of a position.
[[nodiscard]] inline std::uint64_t bitsAt(std::uint64_t seed, std::int64_t position)
{
    std::uint64_t x =
        seed * 0x9e37'79b9'7f4a'7c15U + static_cast<std::uint64_t>(position) * 0xd134'2543'de82'ef95U;
    x = (x ^ (x >> 32)) * 0xd6e8'feb8'6659'fd93U;
    x = (x ^ (x >> 32)) * 0xd6e8'feb8'6659'fd93U;
    return x ^ (x >> 32);
}
/// Every 16-bit value, the extremes included.
[[nodiscard]] inline Formula noise16(std::uint64_t seed)
{
    return [seed](std::int64_t at) {
        const std::uint64_t bits = bitsAt(seed, at);
        return Frame{static_cast<double>(static_cast<std::int16_t>(bits)) / 32'768,
                     static_cast<double>(static_cast<std::int16_t>(bits >> 16)) / 32'768};
    };
}
/// 24-bit values up to `peak`.
[[nodiscard]] inline Formula noise24(std::uint64_t seed, double peak = 0.25)
{
    return [seed, peak](std::int64_t at) {
        const std::uint64_t bits = bitsAt(seed, at);
        const auto value = [peak](std::uint64_t word) {
            return std::floor(static_cast<double>(static_cast<std::int32_t>(word)) / 256 * peak) / 8'388'608;
        };
        return Frame{value(bits & 0xffff'ffffU), value(bits >> 32)};
    };
}
[[nodiscard]] inline Formula constant(double left, double right)
{
    return [=](std::int64_t) { return Frame{left, right}; };
}
/// The frame's own position in 16-bit steps, left up, right down: shows any shift by one sample.
[[nodiscard]] inline Formula ramp16()
{
    return [](std::int64_t at) {
        const auto step = static_cast<double>(at % 20'000);
        return Frame{step / 32'768, -step / 32'768};
    };
}

class FakeFile : public AudioFile {
public:
    FakeFile(const Source& source, Formula formula) : formula_{std::move(formula)}
    {
        info_ = {source.rate, source.length, source.channels, source.format};
    }
    [[nodiscard]] const AudioFileInfo& info() const override { return info_; }
    [[nodiscard]] const FileStat& stat() const override { return stat_; }
    [[nodiscard]] SampleRate rate() const override { return info_.rate; }
    [[nodiscard]] SampleCount length() const override { return info_.length; }
    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        for (Frame& frame : out) {
            const bool inside = at >= SamplePos{} && at < SamplePos{} + info_.length;
            frame = inside ? formula_(at.value()) : Frame{};
            if (info_.channels == 1) frame.right = frame.left;
            at += SampleCount{1};
        }
        return {};
    }

private:
    AudioFileInfo info_;
    FileStat stat_;
    Formula formula_;
};

/// An album under construction, with the formulas of its sources.
struct Studio {
    Album album{};
    std::map<SourceId, Formula> formulas{};

    Studio() { album.editions.push_back({.id = {album.nextId++}, .name = "CD"}); }

    [[nodiscard]] Edition& edition() { return album.editions.front(); }

    SourceId source(SampleCount length, Formula formula, bool sixteenBit = true, int channels = 2,
                    SampleRate rate = cdRate)
    {
        const SourceId id{album.nextId++};
        album.sources.push_back({.id = id,
                                 .path = "sound" + std::to_string(id.value) + ".wav",
                                 .rate = rate,
                                 .length = length,
                                 .channels = channels,
                                 .format = {"WAV", "PCM", sixteenBit ? 16 : 24},
                                 .fingerprint = {"measured", sixteenBit}});
        formulas[id] = std::move(formula);
        return id;
    }
    /// The whole source, at time 0.
    [[nodiscard]] Clip clip(SourceId id)
    {
        return {.id = {album.nextId++}, .source = id, .length = find(album, id)->length};
    }
    /// At the end of the edition, `gap` after the track before it.
    Track& track(std::vector<Clip> clips, Duration gap = {}, std::optional<Crossfade> crossfade = {})
    {
        const TrackId id{album.nextId++};
        Track& made =
            album.tracks.emplace_back(Track{.id = id, .clips = std::move(clips), .origin = {id, {}}});
        edition().entries.push_back({.track = id, .joint = {gap, crossfade}});
        return made;
    }

    [[nodiscard]] Piece piece() const { return buildTimeline(album, album.editions.front()).pieces.front(); }
    [[nodiscard]] RenderPlan plan(const RenderSettings& settings = {}, SampleCount more = {}) const
    {
        const Piece whole = piece();
        return planRender(album, whole, samplePlaces(album, whole, settings.rate).length + more, settings);
    }
    [[nodiscard]] SourceOpener opener() const
    {
        return [this](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
            return std::make_unique<FakeFile>(source, formulas.at(source.id));
        };
    }
    /// Every frame, each checked to have come exactly once.
    [[nodiscard]] Result<std::vector<Pcm16Frame>> render(const RenderSettings& settings = {},
                                                         RenderWork work = {1, 4096},
                                                         RenderOutcome* outcome = nullptr) const
    {
        const RenderPlan made = plan(settings);
        std::vector<Pcm16Frame> frames(static_cast<std::size_t>(made.length.value()));
        std::vector<std::atomic<int>> times(frames.size());
        auto done = renderPcm16(album, piece(), made, settings, opener(), work,
                                [&](SamplePos at, std::span<const Pcm16Frame> block) -> Status {
                                    for (std::size_t i = 0; i < block.size(); ++i) {
                                        const auto to = static_cast<std::size_t>(at.value()) + i;
                                        frames.at(to) = block[i];
                                        ++times[to];
                                    }
                                    return {};
                                });
        if (!done) return failure(done.error());
        for (const auto& count : times)
            if (count != 1) return failure("A frame came never or twice");
        if (outcome) *outcome = *done;
        return frames;
    }
};

/// A length that is a whole number of samples at 44.1 kHz.
[[nodiscard]] inline Duration samples(std::int64_t count)
{
    return nearestDuration(SampleCount{count}, cdRate);
}

} // namespace segue::test
