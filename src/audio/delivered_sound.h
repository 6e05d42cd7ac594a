/// \file
/// The delivered 16-bit samples from any position, for listening to them: the spans, the noise and the
/// quantiser of renderPcm16, read as a stream. It proves nothing: a source that changed is played as it is.
#pragma once

#include "audio/quantise.h"
#include "audio/render.h"

#include <optional>
#include <vector>

namespace segue {

/// The quantiser that renderPcm16 has at `at` inside `span`; one for shaped dither with its error cleared.
[[nodiscard]] Quantiser quantiserAt(const Album& album, const RenderPlan& plan,
                                    const RenderSettings& settings, const RenderSpan& span, SamplePos at);
/// Whether a sample depends on those before it: a span is then quantised from its beginning.
[[nodiscard]] constexpr bool isShaped(Dither dither)
{
    return dither == Dither::shapedLight || dither == Dither::shapedStrong;
}

/// One thread's reader. Copied spans and those with TPDF or no dither are the delivered bits from any
/// position. With shaped dither they are so when read on from the span's beginning or from a start within
/// shaperRunIn of it; after a jump further in, the shaper starts that much earlier than asked for instead of
/// at the span's beginning, which may be minutes away. Its errors then come to agree with the delivered ones
/// (the filters forget: 200 jumps of 200 agreed in the test), but that is likely, not certain.
class DeliveredSound {
public:
    /// Keeps what it needs of the album and the piece.
    DeliveredSound(const Album& album, const Piece& piece, RenderPlan plan, const RenderSettings& settings,
                   SourceOpener open);
    /// Silence outside [0, length). A NaN or infinity, at which an export stops, is silence too. An Error
    /// when a source fails.
    [[nodiscard]] Status read(SamplePos at, std::span<Pcm16Frame> out);

private:
    [[nodiscard]] Status quantise(const RenderSpan& span, SamplePos at, std::span<Pcm16Frame> out);
    [[nodiscard]] Status startAt(const RenderSpan& span, SamplePos at);

    Album album_;
    RenderPlan plan_;
    RenderSettings settings_;
    Mixer mixer_;
    std::vector<Frame> frames_;
    std::optional<Quantiser> quantiser_{};
    SamplePos next_{}; ///< what the quantiser would go on with
};
inline constexpr SampleCount shaperRunIn{44'100};

} // namespace segue
