/// \file
/// A change of level. Not a level: loudness (LUFS) and peaks (dBTP) have types of their own.
#pragma once

#include <compare>

namespace segue {

/// A change of level in dB. 0 dB is a gain of exactly 1.0; silence() is minus infinity, a gain of exactly 0.
class Decibels {
public:
    constexpr Decibels() = default;
    /// \pre not NaN
    constexpr explicit Decibels(double value) : value_{value} {}
    [[nodiscard]] static Decibels silence();
    /// \pre gain >= 0
    [[nodiscard]] static Decibels fromGain(double gain);

    [[nodiscard]] constexpr double value() const { return value_; }
    /// 10^(dB/20), by portableExp: the same bits everywhere.
    [[nodiscard]] double gain() const;
    [[nodiscard]] constexpr bool isUnity() const { return value_ == 0.0; }

    [[nodiscard]] friend constexpr Decibels operator+(Decibels a, Decibels b)
    {
        return Decibels{a.value_ + b.value_};
    }
    [[nodiscard]] friend constexpr Decibels operator-(Decibels a, Decibels b)
    {
        return Decibels{a.value_ - b.value_};
    }
    [[nodiscard]] friend constexpr auto operator<=>(Decibels, Decibels) = default;

private:
    double value_ = 0.0;
};

} // namespace segue
