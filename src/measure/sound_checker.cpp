#include "measure/sound_checker.h"

#include "core/latest_wish.h"

namespace segue {

namespace {

struct Wish {
    std::shared_ptr<const Album> album{};
    EditionId edition{};
    std::shared_ptr<const EditionScan> scan{};
    [[nodiscard]] friend bool operator==(const Wish&, const Wish&) = default;
};

} // namespace

class SoundChecker::State {
public:
    State(SourceOpener open, std::function<void()> changed, int threads)
        : open_{std::move(open)}, threads_{threads},
          latest{[this](const Wish& wish, const std::stop_token& stop) { return check(wish, stop); },
                 std::move(changed), "The sound could not be checked"}
    {
    }

private:
    using Latest = LatestWish<Wish, CheckedSound>;

    Latest::Outcome check(const Wish& wish, const std::stop_token& stop)
    {
        const Edition* edition = find(*wish.album, wish.edition);
        if (edition == nullptr) return failure("There is no such edition");
        auto found = checkSound(
            *wish.album, *edition, open_,
            {.progress = {.stop = stop}, .threads = threads_, .scan = wish.scan.get(), .known = &known_});
        if (!found) return failure(found.error());
        return std::make_shared<const CheckedSound>(
            CheckedSound{wish.album, wish.edition, std::move(*found)});
    }

    SourceOpener open_;
    int threads_;
    KnownFaults known_{};

public:
    Latest latest; ///< last: its thread uses the others
};

SoundChecker::SoundChecker(SourceOpener open, std::function<void()> changed, int threads)
    : state_{std::make_unique<State>(std::move(open), std::move(changed), threads)}
{
}
SoundChecker::~SoundChecker() = default;

void SoundChecker::put(std::shared_ptr<const Album> album, EditionId edition,
                       std::shared_ptr<const EditionScan> scan)
{
    state_->latest.put({std::move(album), edition, std::move(scan)});
}
std::shared_ptr<const CheckedSound> SoundChecker::newest() const { return state_->latest.newest(); }
bool SoundChecker::upToDate() const { return state_->latest.upToDate(); }
std::optional<Error> SoundChecker::error() const { return state_->latest.error(); }

} // namespace segue
