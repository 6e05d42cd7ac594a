/// \file
/// A source at another rate, by libsoxr VHQ in double precision, linear phase. Converted sample k stands
/// exactly at k/rate from source sample 0. Computed in fixed chunks on that grid, each a fresh soxr run with
/// discarded pre- and post-roll of the real neighbouring samples, so that no seek, thread or split changes a
/// bit.
#pragma once

#include "audio/sound_source.h"

#include <memory>
#include <string>

namespace segue {

/// `source` itself when the rates are equal.
[[nodiscard]] Result<std::unique_ptr<SoundSource>> convertRate(std::unique_ptr<SoundSource> source,
                                                               SampleRate rate);
/// ceil(length * to / from): the converted length.
[[nodiscard]] SampleCount convertedLength(SampleCount length, SampleRate from, SampleRate to);
/// The soxr version and engine in use, e.g. "libsoxr-0.1.3 cr64s"; engines differ in a double's last bits.
[[nodiscard]] std::string resamplerName();

} // namespace segue
