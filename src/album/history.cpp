#include "album/history.h"

#include <utility>

namespace segue {

History::History(Album album, std::size_t limit) : limit_{limit}
{
    steps_.push_back({{}, {}, std::make_shared<const Album>(std::move(album))});
    saved_ = now();
}

void History::push(std::string label, Album album, std::string gesture)
{
    if (album == *now()) return;
    steps_.resize(at_ + 1);
    const bool sameGesture = at_ > 0 && !gesture.empty() && steps_[at_].gesture == gesture;
    if (sameGesture) {
        // Dragged back to where it began: nothing happened.
        if (album == *steps_[at_ - 1].album) {
            steps_.pop_back();
            --at_;
            return;
        }
        steps_[at_] = {std::move(label), std::move(gesture), std::make_shared<const Album>(std::move(album))};
        return;
    }
    endGesture();
    steps_.push_back({std::move(label), std::move(gesture), std::make_shared<const Album>(std::move(album))});
    ++at_;
    if (at_ > limit_) {
        const auto tooMany = at_ - limit_;
        steps_.erase(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(tooMany));
        at_ -= tooMany;
    }
}

void History::endGesture() { steps_[at_].gesture.clear(); }

bool History::undo()
{
    if (at_ == 0) return false;
    endGesture();
    --at_;
    return true;
}

bool History::redo()
{
    if (at_ + 1 == steps_.size()) return false;
    endGesture();
    ++at_;
    return true;
}

void History::forgetUndone() { steps_.resize(at_ + 1); }

std::string_view History::undoLabel() const { return at_ == 0 ? std::string_view{} : steps_[at_].label; }

std::string_view History::redoLabel() const
{
    return at_ + 1 == steps_.size() ? std::string_view{} : steps_[at_ + 1].label;
}

} // namespace segue
