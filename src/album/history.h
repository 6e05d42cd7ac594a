/// \file
/// Undo and redo: a list of albums. Steps of one gesture (a drag) merge into one.
#pragma once

#include "album/album.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace segue {

class History {
public:
    explicit History(Album album, std::size_t limit = 1000);

    [[nodiscard]] std::shared_ptr<const Album> now() const { return steps_[at_].album; }
    /// A new step named `label`. An equal album adds none. The same non-empty `gesture` as the step before
    /// replaces it until endGesture().
    void push(std::string label, Album album, std::string gesture = {});
    void endGesture();
    bool undo(); ///< false at the first album
    bool redo();
    /// What undo() took back is gone for good.
    void forgetUndone();
    [[nodiscard]] std::string_view undoLabel() const; ///< what undo() would take back; "" for nothing
    [[nodiscard]] std::string_view redoLabel() const;
    /// Remembers the present album, or one that now() gave earlier, as the one on disk.
    void markSaved() { saved_ = now(); }
    void markSaved(std::shared_ptr<const Album> album) { saved_ = std::move(album); }
    [[nodiscard]] bool modified() const { return saved_ != now(); }

private:
    struct Step {
        std::string label;
        std::string gesture;
        std::shared_ptr<const Album> album;
    };
    std::vector<Step> steps_;
    std::size_t at_ = 0, limit_;
    std::shared_ptr<const Album> saved_;
};

} // namespace segue
