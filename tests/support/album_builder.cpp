#include "support/album_builder.h"

#include <fmt/format.h>

#include <cmath>

namespace segue::test {

namespace {

std::string editionName(const Medium& medium)
{
    if (std::holds_alternative<CdSettings>(medium)) return "CD";
    return std::holds_alternative<VinylSettings>(medium) ? "Vinyl" : "Digital";
}

Texts titled(std::string title)
{
    Texts texts;
    texts.title = std::move(title);
    return texts;
}

} // namespace

Duration time(double seconds) { return Duration{std::llround(seconds * double{flicksPerSecond})}; }

edit::NewSource source(int number, double seconds, SourceShape shape)
{
    return {.path = fmt::format("audio/{}.wav", number),
            .rate = SampleRate{shape.hertz},
            .length = SampleCount{std::llround(seconds * shape.hertz)},
            .channels = shape.channels,
            .format = {.container = "WAV", .encoding = "PCM", .bits = shape.bits},
            .fingerprint = {.xxh3 = fmt::format("{:032x}", number),
                            .sixteenBitExact = shape.bits <= 16 || shape.sixteenBitExact}};
}

Album album(const std::vector<double>& lengths, Duration gap, Medium medium, SourceShape shape)
{
    const bool cd = std::holds_alternative<CdSettings>(medium);
    const std::string name = editionName(medium);
    auto [all, id] = get(edit::addEdition({}, name, std::move(medium)));
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        auto [withSource, sourceId] = get(edit::addSource(std::move(all), source(number, lengths[i], shape)));
        auto [withTrack, trackId] =
            get(edit::addTrack(std::move(withSource), sourceId, titled(fmt::format("Track {}", number))));
        const Duration pause = i > 0 ? gap : cd ? seconds(2) : Duration{};
        all = get(edit::insertEntry(std::move(withTrack), id, trackId, i, {.gap = pause, .crossfade = {}}));
    }
    return all;
}

Album twelveTracks()
{
    std::vector<double> lengths;
    for (int i = 0; i < 12; ++i) lengths.push_back(180 + 5 * i);
    return album(lengths);
}

Album liveAlbum(double length, const std::vector<double>& splits, SourceShape shape)
{
    Album all = album({length}, {}, CdSettings{}, shape);
    double before = 0;
    for (std::size_t i = 0; i < splits.size(); ++i) {
        const TrackId last = track(all, static_cast<int>(i) + 1);
        all = get(edit::splitTrack(std::move(all), last, time(splits[i] - before))).first;
        before = splits[i];
    }
    return all;
}

const Edition& firstEdition(const Album& album) { return album.editions.at(0); }
EditionId edition(const Album& album, std::size_t index) { return album.editions.at(index).id; }
TrackId track(const Album& album, int number)
{
    return firstEdition(album).entries.at(static_cast<std::size_t>(number) - 1).track;
}
const Track& trackAt(const Album& album, int number) { return *find(album, track(album, number)); }
const Clip& clipAt(const Album& album, int trackNumber, std::size_t index)
{
    return trackAt(album, trackNumber).clips.at(index);
}
ClipId clip(const Album& album, int trackNumber, std::size_t index)
{
    return clipAt(album, trackNumber, index).id;
}

std::uint64_t Dice::next()
{
    // SplitMix64 (Steele, Lea, Flood 2014).
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

std::int64_t Dice::between(std::int64_t first, std::int64_t last)
{
    const auto count = static_cast<std::uint64_t>(last - first) + 1;
    return first + static_cast<std::int64_t>(count == 0 ? next() : next() % count);
}

} // namespace segue::test
