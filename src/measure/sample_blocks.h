/// \file
/// Single samples of sources, for the zoom at which an overview is too coarse. Asked for from the thread that
/// draws: what is in memory is there at once, the rest is read by a thread of its own, which then says so.
#pragma once

#include "audio/render.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace segue {

/// Neighbouring frames of a source.
struct SamplePiece {
    SamplePos begin{};
    std::span<const Frame> frames{};
    std::shared_ptr<const std::vector<Frame>> block{}; ///< keeps them alive
};

struct SampleView {
    std::vector<SamplePiece> pieces{}; ///< ascending
    bool complete = false;             ///< nothing is missing of what was asked for
};

class SampleBlocks {
public:
    static constexpr std::int64_t blockFrames = 65'536;
    static constexpr std::size_t mostBlocks = 32;     ///< in memory: 32 MiB; the one used longest ago goes
    static constexpr std::size_t mostBlocksAsked = 8; ///< by one call

    /// \param open gives an Error when the file is not what the album says; called from the thread
    /// \param changed called from the thread when frames or an Error of this source have come
    SampleBlocks(SourceOpener open, std::function<void(SourceId)> changed);
    ~SampleBlocks();
    SampleBlocks(const SampleBlocks&) = delete;
    SampleBlocks& operator=(const SampleBlocks&) = delete;

    /// Makes the source known, or again what it is: blocks and the Error of one that had this id are gone.
    void put(const Source& source);
    void forget(SourceId id);
    /// What is in memory of these frames; the rest is read next, before what other calls asked for. Frames
    /// outside the source are never there and not missed; of a long range only the first blocks are looked
    /// for. After an Error nothing more is read of the source. Never waits.
    [[nodiscard]] SampleView samples(SourceId id, SamplePos begin, SampleCount count);
    [[nodiscard]] std::optional<Error> error(SourceId id) const;
    /// Ends the thread, as the destructor does: waits for the one read that is under way. Nothing is read any
    /// more.
    void stop();

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace segue
