/// \file
/// The checks of an edition's sound while it is being edited: by a thread of its own whenever the album
/// changes. Sources that were looked at once are not read again; an edit costs a look at the joints.
#pragma once

#include "measure/check_sound.h"

#include <functional>
#include <memory>
#include <optional>

namespace segue {

/// What one check found, immutable.
struct CheckedSound {
    std::shared_ptr<const Album> album{}; ///< the state that was checked
    EditionId edition{};
    Findings findings{};
};

class SoundChecker {
public:
    /// \param open gives an Error when a file is not what the album says; called from the threads
    /// \param changed called from the thread, without any lock, when there is something new to ask for
    /// \param threads for reading; 0: as many as the machine has
    SoundChecker(SourceOpener open, std::function<void()> changed, int threads);
    /// Waits for the reads that are under way.
    ~SoundChecker();
    SoundChecker(const SoundChecker&) = delete;
    SoundChecker& operator=(const SoundChecker&) = delete;

    /// Checks this from now on; what was being checked is given up, but what was read stays known.
    /// \param scan of this state, when it is known: what only levels show is found, too
    void put(std::shared_ptr<const Album> album, EditionId edition, std::shared_ptr<const EditionScan> scan);
    /// The newest check that is complete: perhaps of an earlier state. Null at first.
    [[nodiscard]] std::shared_ptr<const CheckedSound> newest() const;
    /// Whether newest() is of what was put last, or an Error came in its place.
    [[nodiscard]] bool upToDate() const;
    [[nodiscard]] std::optional<Error> error() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace segue
