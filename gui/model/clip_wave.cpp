#include "gui/model/clip_wave.h"

#include "audio/fade_curve.h"

#include <array>

namespace segue::gui {

using namespace picture;

namespace {

double ratio(Duration part, Duration whole)
{
    return std::clamp(static_cast<double>(part.value()) / static_cast<double>(whole.value()), 0.0, 1.0);
}

/// What multiplies a clip's samples from place to place.
class Envelope {
public:
    Envelope(const Layout& layout, const PlacedEntry& entry, const PlacedEntry* before,
             const PlacedEntry* after, const Clip& clip)
        : clip_{clip}, begin_{entry.start + clip.at}, end_{begin_ + lengthOf(*layout.album, clip)}
    {
        const Track& track = *find(*layout.album, entry.track);
        gain_ = clip.muted ? 0.0 : (clip.gain + track.gain.sum() + entry.gain).gain();
        if (before != nullptr && entry.overlap() > Duration{} && entry.joint.crossfade)
            in_ = {entry.start, before->end, entry.joint.crossfade->in.value_or(Curve::equalPower)};
        if (after != nullptr && after->overlap() > Duration{} && after->joint.crossfade)
            out_ = {after->start, entry.end, after->joint.crossfade->out.value_or(Curve::equalPower)};
    }
    [[nodiscard]] double at(Instant place) const
    {
        double gain = gain_;
        // Clip fades are bypassed where a crossfade acts (docs/formats/rendering.md).
        if (clip_.fadeIn.length > Duration{} && !in_.holds(begin_))
            gain *= fadeGain(clip_.fadeIn.curve, ratio(place - begin_, clip_.fadeIn.length));
        if (clip_.fadeOut.length > Duration{} && !out_.holds(end_))
            gain *= fadeGain(clip_.fadeOut.curve, ratio(end_ - place, clip_.fadeOut.length));
        if (in_.length() > Duration{}) gain *= fadeGain(in_.curve, ratio(place - in_.begin, in_.length()));
        if (out_.length() > Duration{}) gain *= fadeGain(out_.curve, ratio(out_.end - place, out_.length()));
        return gain;
    }

private:
    struct Cross {
        Instant begin{}, end{};
        Curve curve = Curve::equalPower;
        [[nodiscard]] Duration length() const { return end - begin; }
        [[nodiscard]] bool holds(Instant at) const
        {
            return length() > Duration{} && at >= begin && at <= end;
        }
    };
    const Clip& clip_;
    Instant begin_, end_;
    double gain_ = 1;
    Cross in_{}, out_{};
};

/// The source channels that reach left and right.
std::array<int, 2> channelsOf(const Source& source, ChannelMap map)
{
    if (source.channels < 2) return {0, 0};
    switch (map) {
    case ChannelMap::swapped: return {1, 0};
    case ChannelMap::leftToBoth: return {0, 0};
    case ChannelMap::rightToBoth: return {1, 1};
    case ChannelMap::normal:
    case ChannelMap::monoSum: break;
    }
    return {0, 1};
}

} // namespace

void drawClipWave(DrawList& list, const Layout& layout, const View& view, const PlacedEntry& entry,
                  const PlacedEntry* before, const PlacedEntry* after, const Clip& clip, Rect box,
                  Rect visible, Waves& waves)
{
    const Source* source = find(*layout.album, clip.source);
    const double left = std::floor(std::max(box.x, visible.x)),
                 right = std::ceil(std::min(box.right(), visible.right()));
    if (source == nullptr || right - left < 1) return;
    const Instant begin = entry.start + clip.at;
    const double samplesPerFlick =
        static_cast<double>(source->rate.hertz()) / static_cast<double>(flicksPerSecond);
    const double perColumn = view.axis.flicksPerPixel * samplesPerFlick;
    const Instant first = view.axis.at(left - visible.x);
    const double from =
        static_cast<double>(clip.in.value()) + static_cast<double>((first - begin).value()) * samplesPerFlick;
    const Envelope envelope{layout, entry, before, after, clip};
    const std::array<int, 2> channels = channelsOf(*source, clip.map);
    const bool lone = source->channels < 2;
    const double height = lone ? box.height : box.height / 2;
    const bool laneA = entry.position % 2 == 0;
    const auto count = static_cast<std::size_t>(right - left);
    const double clipBegin = static_cast<double>(clip.in.value());
    const double clipEnd = static_cast<double>((clip.in + clip.length).value());
    for (std::size_t c = 0; c < (lone ? 1U : 2U); ++c) {
        Wave wave{.box = {left, box.y + static_cast<double>(c) * height + 1, right - left, height - 2},
                  .columns = std::vector<Wave::Column>(count),
                  .peak = laneA ? Ink::laneAWave : Ink::laneBWave,
                  .body = laneA ? Ink::laneABody : Ink::laneBBody,
                  .opacity = clip.muted ? 0.3 : 1};
        waves.columns(clip.source, channels[c], from, perColumn, wave.columns);
        for (std::size_t i = 0; i < count; ++i) {
            const double sample = from + (static_cast<double>(i) + 0.5) * perColumn;
            Wave::Column& column = wave.columns[i];
            if (sample < clipBegin || sample >= clipEnd) {
                column = {1, -1, 0};
                continue;
            }
            if (column.low > column.high) continue;
            const Instant place = view.axis.at(left - visible.x + static_cast<double>(i) + 0.5);
            // A muted clip shows what it would be.
            const double gain =
                (clip.muted ? 1.0 : envelope.at(place)) * view.amplitude * (clip.inverted ? -1 : 1);
            const auto scaled = [&](float v) {
                return static_cast<float>(std::clamp(static_cast<double>(v) * gain, -1.0, 1.0));
            };
            const float low = scaled(column.low), high = scaled(column.high);
            column = {std::min(low, high), std::max(low, high), std::abs(scaled(column.rms))};
        }
        list.emplace_back(std::move(wave));
    }
}

void drawGhost(DrawList& list, const Layout& layout, const View& view, const PlacedEntry& entry,
               const Clip& clip, bool before, Rect box, Rect visible, Waves& waves)
{
    const Source* source = find(*layout.album, clip.source);
    if (source == nullptr) return;
    const Instant begin = entry.start + clip.at, end = begin + lengthOf(*layout.album, clip);
    const Instant from = before ? begin - nearestDuration(clip.in, source->rate) : end;
    const Instant to =
        before ? begin : end + nearestDuration(source->length - clip.in - clip.length, source->rate);
    const double left = std::floor(std::max(visible.x + view.axis.x(from), visible.x));
    const double right = std::ceil(std::min(visible.x + view.axis.x(to), visible.right()));
    if (right - left < 1) return;
    const bool laneA = entry.position % 2 == 0;
    list.emplace_back(
        Area{{left, box.y, right - left, box.height}, laneA ? Ink::laneAClip : Ink::laneBClip, 0, 0.35});
    const double samplesPerFlick =
        static_cast<double>(source->rate.hertz()) / static_cast<double>(flicksPerSecond);
    const double first =
        static_cast<double>(clip.in.value()) +
        static_cast<double>((view.axis.at(left - visible.x) - begin).value()) * samplesPerFlick;
    const std::array<int, 2> channels = channelsOf(*source, clip.map);
    const bool lone = source->channels < 2;
    const double height = lone ? box.height : box.height / 2;
    const double gain =
        (clip.gain + find(*layout.album, entry.track)->gain.sum() + entry.gain).gain() * view.amplitude;
    for (std::size_t c = 0; c < (lone ? 1U : 2U); ++c) {
        Wave wave{.box = {left, box.y + static_cast<double>(c) * height + 1, right - left, height - 2},
                  .columns = std::vector<Wave::Column>(static_cast<std::size_t>(right - left)),
                  .peak = laneA ? Ink::laneAWave : Ink::laneBWave,
                  .body = laneA ? Ink::laneAWave : Ink::laneBWave,
                  .opacity = 0.35};
        waves.columns(clip.source, channels[c], first, view.axis.flicksPerPixel * samplesPerFlick,
                      wave.columns);
        for (Wave::Column& column : wave.columns) {
            if (column.low > column.high) continue;
            const auto scaled = [&](float v) {
                return static_cast<float>(std::clamp(static_cast<double>(v) * gain, -1.0, 1.0));
            };
            column = {scaled(column.low), scaled(column.high), 0};
        }
        list.emplace_back(std::move(wave));
    }
}

} // namespace segue::gui
