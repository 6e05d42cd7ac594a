/// \file
/// The one owner of an FFTW plan: power spectra of stereo blocks.
#pragma once

#include "audio/frame.h"

#include <cstddef>
#include <memory>
#include <span>

namespace segue {

/// Used by one thread at a time; several may be made and used at once.
class FourierTransform {
public:
    /// \param frames of a block; a power of two
    explicit FourierTransform(std::size_t frames);
    ~FourierTransform();
    FourierTransform(const FourierTransform&) = delete;
    FourierTransform& operator=(const FourierTransform&) = delete;
    [[nodiscard]] std::size_t frames() const;
    /// The mean power of both channels at each multiple of rate / frames below half the rate, through a
    /// Blackman-Harris window; a full-scale sine has about a half at its peak. Valid until the next call.
    [[nodiscard]] std::span<const double> power(std::span<const Frame> block);

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace segue
