/// \file
/// Lengths and positions on the three time scales of an album: flicks (the album timeline), sample
/// frames at a known rate, and CD frames. The unit is in the type, the rounding in the function's name.
/// Everything is a signed integer, because pauses, offsets and sound before a start mark are real.
#pragma once

#include <cassert>
#include <compare>
#include <cstdint>

namespace segue {

/// A length in some unit. Differences may be negative.
template <class Unit>
class Count {
public:
    constexpr Count() = default;
    constexpr explicit Count(std::int64_t value) : value_{value} {}
    [[nodiscard]] constexpr std::int64_t value() const { return value_; }

    constexpr Count& operator+=(Count other) { return value_ += other.value_, *this; }
    constexpr Count& operator-=(Count other) { return value_ -= other.value_, *this; }
    [[nodiscard]] friend constexpr Count operator+(Count a, Count b) { return Count{a.value_ + b.value_}; }
    [[nodiscard]] friend constexpr Count operator-(Count a, Count b) { return Count{a.value_ - b.value_}; }
    [[nodiscard]] friend constexpr Count operator-(Count a) { return Count{-a.value_}; }
    [[nodiscard]] friend constexpr auto operator<=>(Count, Count) = default;

private:
    std::int64_t value_ = 0;
};

/// A point on the same scale. Points subtract to a Count; points do not add.
template <class Unit>
class Pos {
public:
    constexpr Pos() = default;
    constexpr explicit Pos(std::int64_t value) : value_{value} {}
    [[nodiscard]] constexpr std::int64_t value() const { return value_; }

    constexpr Pos& operator+=(Count<Unit> length) { return value_ += length.value(), *this; }
    constexpr Pos& operator-=(Count<Unit> length) { return value_ -= length.value(), *this; }
    [[nodiscard]] friend constexpr Pos operator+(Pos at, Count<Unit> length)
    {
        return Pos{at.value_ + length.value()};
    }
    [[nodiscard]] friend constexpr Pos operator-(Pos at, Count<Unit> length)
    {
        return Pos{at.value_ - length.value()};
    }
    [[nodiscard]] friend constexpr Count<Unit> operator-(Pos a, Pos b)
    {
        return Count<Unit>{a.value_ - b.value_};
    }
    [[nodiscard]] friend constexpr auto operator<=>(Pos, Pos) = default;

private:
    std::int64_t value_ = 0;
};

struct FlickUnit;
struct SampleUnit;
struct CdFrameUnit;

using Duration = Count<FlickUnit>;       ///< 1/705,600,000 s: the album timeline
using Instant = Pos<FlickUnit>;          ///< a point on it
using SampleCount = Count<SampleUnit>;   ///< sample frames (one value per channel) at a known rate
using SamplePos = Pos<SampleUnit>;       ///< a point at a known rate
using CdFrameCount = Count<CdFrameUnit>; ///< sectors of 1/75 s
using CdFramePos = Pos<CdFrameUnit>;     ///< 0 is the image's first sector, A-time 00:00:00

/// Sample frames per second.
class SampleRate {
public:
    constexpr SampleRate() = default;
    constexpr explicit SampleRate(int hertz) : hertz_{hertz} {}
    [[nodiscard]] constexpr int hertz() const { return hertz_; }
    [[nodiscard]] friend constexpr auto operator<=>(SampleRate, SampleRate) = default;

private:
    int hertz_ = 44100;
};

inline constexpr std::int64_t flicksPerSecond = 705'600'000;
inline constexpr std::int64_t flicksPerCdFrame = 9'408'000;
inline constexpr int cdFramesPerSecond = 75;
inline constexpr int samplesPerCdFrame = 588;
inline constexpr int bytesPerCdFrame = 2352;
inline constexpr SampleRate cdRate{44100};

namespace detail {
__extension__ using Wide = __int128;

// value * multiplier / divisor, exact in between; divisor > 0.
[[nodiscard]] constexpr std::int64_t scaleFloor(std::int64_t value, std::int64_t multiplier,
                                                std::int64_t divisor)
{
    const Wide product = Wide{value} * multiplier;
    const Wide quotient = product / divisor;
    return static_cast<std::int64_t>(quotient - (product % divisor < 0 ? 1 : 0));
}
[[nodiscard]] constexpr std::int64_t scaleCeil(std::int64_t value, std::int64_t multiplier,
                                               std::int64_t divisor)
{
    return -scaleFloor(-value, multiplier, divisor);
}
// Halves go up, towards later.
[[nodiscard]] constexpr std::int64_t scaleNearest(std::int64_t value, std::int64_t multiplier,
                                                  std::int64_t divisor)
{
    const Wide product = Wide{value} * multiplier * 2 + divisor;
    const Wide quotient = product / (Wide{divisor} * 2);
    return static_cast<std::int64_t>(quotient - (product % (Wide{divisor} * 2) < 0 ? 1 : 0));
}
} // namespace detail

[[nodiscard]] constexpr Duration seconds(std::int64_t whole) { return Duration{whole * flicksPerSecond}; }
[[nodiscard]] constexpr Duration milliseconds(std::int64_t whole)
{
    return Duration{whole * (flicksPerSecond / 1000)};
}

/// Exact: a CD frame is a whole number of flicks.
[[nodiscard]] constexpr Duration durationOf(CdFrameCount frames)
{
    return Duration{frames.value() * flicksPerCdFrame};
}
/// A-time 00:00:00 is the album's Instant 0.
[[nodiscard]] constexpr Instant instantOf(CdFramePos frame)
{
    return Instant{frame.value() * flicksPerCdFrame};
}
[[nodiscard]] constexpr CdFramePos frameContaining(Instant at)
{
    return CdFramePos{detail::scaleFloor(at.value(), 1, flicksPerCdFrame)};
}
[[nodiscard]] constexpr CdFramePos frameAtOrAfter(Instant at)
{
    return CdFramePos{detail::scaleCeil(at.value(), 1, flicksPerCdFrame)};
}
[[nodiscard]] constexpr CdFrameCount wholeFramesIn(Duration length)
{
    return CdFrameCount{detail::scaleFloor(length.value(), 1, flicksPerCdFrame)};
}

/// At 44.1 kHz; rounds down.
[[nodiscard]] constexpr CdFramePos frameContaining(SamplePos at)
{
    return CdFramePos{detail::scaleFloor(at.value(), 1, samplesPerCdFrame)};
}
/// At 44.1 kHz; exact.
[[nodiscard]] constexpr SamplePos firstSample(CdFramePos frame)
{
    return SamplePos{frame.value() * samplesPerCdFrame};
}

/// Exact at every usual rate up to 352.8 kHz; elsewhere the nearest flick (at 384 kHz odd samples lie between
/// two).
[[nodiscard]] constexpr Duration nearestDuration(SampleCount samples, SampleRate rate)
{
    return Duration{detail::scaleNearest(samples.value(), flicksPerSecond, rate.hertz())};
}
[[nodiscard]] constexpr SampleCount nearestSamples(Duration length, SampleRate rate)
{
    return SampleCount{detail::scaleNearest(length.value(), rate.hertz(), flicksPerSecond)};
}
[[nodiscard]] constexpr SampleCount wholeSamplesIn(Duration length, SampleRate rate)
{
    return SampleCount{detail::scaleFloor(length.value(), rate.hertz(), flicksPerSecond)};
}
[[nodiscard]] constexpr SampleCount samplesCovering(Duration length, SampleRate rate)
{
    return SampleCount{detail::scaleCeil(length.value(), rate.hertz(), flicksPerSecond)};
}
[[nodiscard]] constexpr SamplePos nearestSample(Instant at, SampleRate rate)
{
    return SamplePos{detail::scaleNearest(at.value(), rate.hertz(), flicksPerSecond)};
}
[[nodiscard]] constexpr Instant nearestInstant(SamplePos at, SampleRate rate)
{
    return Instant{detail::scaleNearest(at.value(), flicksPerSecond, rate.hertz())};
}

/// Minute, second and frame: spelling only, no arithmetic.
struct Msf {
    int minute = 0, second = 0, frame = 0;
    [[nodiscard]] friend constexpr auto operator<=>(const Msf&, const Msf&) = default;
};
/// The largest address that two digits of minutes can hold: 99:59:74.
inline constexpr CdFramePos lastAddressableFrame{449'999};
/// \pre 0 <= at
[[nodiscard]] constexpr Msf toMsf(CdFramePos at)
{
    assert(at.value() >= 0);
    const auto n = at.value();
    return {static_cast<int>(n / 4500), static_cast<int>(n / 75 % 60), static_cast<int>(n % 75)};
}
[[nodiscard]] constexpr CdFramePos fromMsf(Msf msf)
{
    return CdFramePos{(std::int64_t{msf.minute} * 60 + msf.second) * 75 + msf.frame};
}
/// Logical block address: A-time 00:02:00 is LBA 0. Only foreign formats need it.
[[nodiscard]] constexpr std::int64_t lbaOf(CdFramePos at) { return at.value() - 150; }

} // namespace segue
