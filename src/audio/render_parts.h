/// \file
/// The stream in parts, one for each entry, with a name for everything its samples depend on: two parts of
/// the same name are the same samples, wherever they stand and in whatever album. So a part that an earlier
/// render left need not be rendered again.
#pragma once

#include "audio/render.h"

#include <string>
#include <vector>

namespace segue {

struct RenderPart {
    std::size_t entry = 0;     ///< whose spans these are
    std::size_t firstSpan = 0; ///< of the plan
    SamplePos begin{}, end{};
    /// XXH3-128 over the settings, every span, clip, fade, gain and noise position, relative to `begin`, and
    /// the fingerprints of the sources; empty when a source has none.
    std::string key{};
};
/// In order; they cover the stream. \pre as planRender()
[[nodiscard]] std::vector<RenderPart> renderParts(const Album& album, const Piece& piece,
                                                  const RenderPlan& plan, const RenderSettings& settings);

/// What earlier renders left.
class EarlierParts {
public:
    EarlierParts() = default;
    EarlierParts(const EarlierParts&) = delete;
    EarlierParts& operator=(const EarlierParts&) = delete;
    virtual ~EarlierParts() = default;
    [[nodiscard]] virtual bool has(const RenderPart& part) const = 0;
    /// Hands its samples to `sink`, in order, each block compared with its hash first. Any thread.
    /// \return its overs
    [[nodiscard]] virtual Result<Overs>
    give(const RenderPart& part,
         const std::function<Status(SamplePos at, std::span<const Pcm16Frame> frames)>& sink) = 0;
};

/// The parts that need not be rendered.
[[nodiscard]] std::vector<RenderPart> partsGiven(const Album& album, const Piece& piece,
                                                 const RenderPlan& plan, const RenderSettings& settings,
                                                 const EarlierParts& earlier);
/// The sources that a render reads nothing of when these parts are given, each once.
[[nodiscard]] std::vector<SourceId> sourcesNotRead(const Album& album, const Piece& piece,
                                                   const RenderPlan& plan,
                                                   const std::vector<RenderPart>& given);

} // namespace segue
