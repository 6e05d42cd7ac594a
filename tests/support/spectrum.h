/// \file
/// A small Fourier transform for tests that look at noise: plain radix 2, nothing shared with the program.
#pragma once

#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <utility>
#include <vector>

namespace segue::test {

/// In place; the size is a power of two.
inline void fourier(std::vector<std::complex<double>>& x)
{
    const std::size_t n = x.size();
    for (std::size_t i = 1, j = 0; i < n; ++i) {
        std::size_t bit = n >> 1;
        for (; (j & bit) != 0; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(x[i], x[j]);
    }
    for (std::size_t length = 2; length <= n; length *= 2) {
        const double angle = -2 * std::numbers::pi / static_cast<double>(length);
        std::vector<std::complex<double>> turn(length / 2);
        for (std::size_t k = 0; k < turn.size(); ++k)
            turn[k] = std::polar(1.0, angle * static_cast<double>(k));
        for (std::size_t i = 0; i < n; i += length)
            for (std::size_t k = 0; k < length / 2; ++k) {
                const auto even = x[i + k], odd = x[i + k + length / 2] * turn[k];
                x[i + k] = even + odd;
                x[i + k + length / 2] = even - odd;
            }
    }
}

/// Power per bin (0 to size/2), averaged over Hann-windowed segments that overlap by half; white noise of
/// variance v gives v in every bin.
inline std::vector<double> powerSpectrum(const std::vector<double>& signal, std::size_t size)
{
    std::vector<double> window(size), power(size / 2 + 1);
    double energy = 0;
    for (std::size_t i = 0; i < size; ++i) {
        window[i] =
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size));
        energy += window[i] * window[i];
    }
    std::size_t segments = 0;
    for (std::size_t begin = 0; begin + size <= signal.size(); begin += size / 2, ++segments) {
        std::vector<std::complex<double>> x(size);
        for (std::size_t i = 0; i < size; ++i) x[i] = signal[begin + i] * window[i];
        fourier(x);
        for (std::size_t k = 0; k < power.size(); ++k) power[k] += std::norm(x[k]);
    }
    for (double& p : power) p /= energy * static_cast<double>(segments);
    return power;
}

} // namespace segue::test
