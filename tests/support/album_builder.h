/// \file
/// Albums for tests in one to three lines, and a generator of albums that use every feature. Sources are
/// numbers here: a test that renders makes their samples itself, from Source::id, rate, length, channels and
/// sixteenBitExact.
#pragma once

#include "album/edit.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace segue::test {

/// The value, or a failed test that says why there is none.
template <class T>
T get(Result<T> result)
{
    if (!result) throw std::runtime_error(sentence(result.error()));
    return std::move(*result);
}

/// Why there is no value: what, without where.
template <class T>
std::string refusal(const Result<T>& result)
{
    if (result) throw std::runtime_error("this should have been refused");
    return result.error().what;
}

/// Seconds to the nearest flick.
[[nodiscard]] Duration time(double seconds);

struct SourceShape {
    int hertz = 44'100;
    int channels = 2;
    int bits = 16;
    /// Every sample is k/32768. Only meaningful with more than 16 bits.
    bool sixteenBitExact = true;
};
/// A measured source "audio/NUMBER.wav" of this length.
[[nodiscard]] edit::NewSource source(int number, double seconds, SourceShape shape = {});

/// Tracks "Track 1", "Track 2" ... of these lengths, each with a source of its own, in one edition: "CD"
/// (first pause 2 s), "Vinyl" or "Digital" (no first pause), with `gap` between them.
[[nodiscard]] Album album(const std::vector<double>& lengths, Duration gap = seconds(2),
                          Medium medium = CdSettings{}, SourceShape shape = {});
/// Twelve tracks of 180 to 235 s with pauses of 2 s.
[[nodiscard]] Album twelveTracks();
/// One source of this length, split into tracks at these places of it.
[[nodiscard]] Album liveAlbum(double length, const std::vector<double>& splits, SourceShape shape = {});

/// By number from 1: the order of the first edition.
[[nodiscard]] TrackId track(const Album& album, int number);
[[nodiscard]] const Track& trackAt(const Album& album, int number);
[[nodiscard]] ClipId clip(const Album& album, int trackNumber, std::size_t index = 0);
[[nodiscard]] const Clip& clipAt(const Album& album, int trackNumber, std::size_t index = 0);
[[nodiscard]] EditionId edition(const Album& album, std::size_t index = 0);
[[nodiscard]] const Edition& firstEdition(const Album& album);

/// The same numbers from the same seed everywhere; std's distributions promise no such thing.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}
    std::uint64_t next();
    /// First and last included.
    std::int64_t between(std::int64_t first, std::int64_t last);
    bool chance(int percent) { return between(1, 100) <= percent; }
    template <class T>
    const T& pick(const std::vector<T>& items)
    {
        return items.at(static_cast<std::size_t>(between(0, static_cast<std::int64_t>(items.size()) - 1)));
    }

private:
    std::uint64_t state_;
};

/// What a random album may use.
struct AlbumFeatures {
    int mostTracks = 7;
    bool rates = true;        ///< sources at 48, 88.2 and 96 kHz besides 44.1
    bool mono = true;         ///< sources with one channel
    bool wide = true;         ///< 24-bit sources
    bool severalClips = true; ///< stems, cuts inside a track
    bool earlyClips = true;   ///< sound before time 0; hidden audio before track 1
    bool tails = true;        ///< end marks with sound behind them, or silence before them
    bool overlaps = true;     ///< plain sums
    bool crossfades = true;
    bool fades = true;
    bool offsets = true; ///< start and end offset, end silence
    bool indexes = true;
    bool gains = true; ///< clip, hand, balance and entry gain
    bool polarity = true;
    bool maps = true;
    bool muted = true;
    bool breaks = true;
    bool splits = true;        ///< live pairs
    bool oddPlaces = true;     ///< pauses and places that are no whole frames or samples
    bool codes = true;         ///< UPC, ISRC, flags, texts
    bool otherEditions = true; ///< a vinyl and a digital edition beside the CD
    bool signOffs = true;      ///< accepted findings, one of a source and one of a track at least
};

/// An album whose first edition is a CD that breaks no rule of level error: tracks of 4 to 10 s, at least 4 s
/// from INDEX 01 to INDEX 01, nothing sounding before 00:02:00. The same album from the same seed and
/// features everywhere.
[[nodiscard]] Album randomAlbum(std::uint64_t seed, const AlbumFeatures& features = {});

} // namespace segue::test
