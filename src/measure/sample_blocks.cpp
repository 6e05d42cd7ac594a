#include "measure/sample_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace segue {

namespace {

constexpr std::size_t mostOpenFiles = 4;
constexpr std::int64_t farthest = std::int64_t{1} << 60;

/// A source as it was made known; another object when it is made known again.
struct Known {
    Source source{};
    std::optional<Error> error{};
};

struct Wish {
    std::shared_ptr<Known> known{};
    std::int64_t index = 0;
    [[nodiscard]] friend bool operator==(const Wish&, const Wish&) = default;
};

struct HeldBlock {
    std::shared_ptr<const std::vector<Frame>> frames{};
    std::uint64_t used = 0;
};

} // namespace

class SampleBlocks::State {
public:
    State(SourceOpener open, std::function<void(SourceId)> changed)
        : open_{std::move(open)}, changed_{std::move(changed)}
    {
        thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    }

    void put(const Source& source)
    {
        const std::scoped_lock lock{mutex_};
        drop(source.id);
        known_[source.id] = std::make_shared<Known>(source);
    }

    void forget(SourceId id)
    {
        const std::scoped_lock lock{mutex_};
        drop(id);
        known_.erase(id);
    }

    SampleView samples(SourceId id, SamplePos begin, SampleCount count)
    {
        const std::scoped_lock lock{mutex_};
        const auto found = known_.find(id);
        if (found == known_.end()) return {};
        const std::shared_ptr<Known>& known = found->second;
        const std::int64_t length = std::max<std::int64_t>(known->source.length.value(), 0);
        // Anything may be asked for; sums of these do not overflow.
        const std::int64_t first = std::clamp(begin.value(), -farthest, farthest);
        const std::int64_t beyond = first + std::clamp<std::int64_t>(count.value(), 0, farthest);
        const std::int64_t from = std::clamp<std::int64_t>(first, 0, length);
        std::int64_t to = std::clamp(beyond, from, length);
        SampleView view{.complete = true};
        const std::int64_t limit =
            (from / blockFrames + static_cast<std::int64_t>(mostBlocksAsked)) * blockFrames;
        if (to > limit) {
            to = limit;
            view.complete = false;
        }
        std::vector<Wish> missing;
        for (std::int64_t at = from; at < to;) {
            const std::int64_t index = at / blockFrames, start = index * blockFrames;
            const std::int64_t end = std::min(to, start + blockFrames);
            if (const auto block = blocks_.find({id, index}); block != blocks_.end()) {
                block->second.used = ++clock_;
                const auto& frames = block->second.frames;
                view.pieces.push_back({SamplePos{at},
                                       std::span{*frames}.subspan(static_cast<std::size_t>(at - start),
                                                                  static_cast<std::size_t>(end - at)),
                                       frames});
            } else {
                missing.push_back({known, index});
            }
            at = end;
        }
        if (missing.empty()) return view;
        view.complete = false;
        if (!known->error) wish(missing);
        return view;
    }

    void stop()
    {
        thread_.request_stop();
        if (thread_.joinable()) thread_.join();
    }

    std::optional<Error> error(SourceId id) const
    {
        const std::scoped_lock lock{mutex_};
        const auto found = known_.find(id);
        return found == known_.end() ? std::nullopt : found->second->error;
    }

private:
    // Which block of which source.
    using Key = std::pair<SourceId, std::int64_t>;

    void drop(SourceId id)
    {
        std::erase_if(blocks_, [&](const auto& block) { return block.first.first == id; });
        std::erase_if(wishes_, [&](const Wish& wish) { return wish.known->source.id == id; });
    }

    // First what was asked for last: that is what the user looks at now.
    void wish(const std::vector<Wish>& missing)
    {
        std::erase_if(wishes_, [&](const Wish& w) { return std::ranges::find(missing, w) != missing.end(); });
        for (auto w = missing.rbegin(); w != missing.rend(); ++w)
            if (*w != reading_) wishes_.push_front(*w);
        if (wishes_.size() > mostBlocks) wishes_.resize(mostBlocks);
        wake_.notify_one();
    }

    void run(const std::stop_token& stop)
    {
        for (;;) {
            Wish wish;
            {
                std::unique_lock lock{mutex_};
                reading_ = {};
                if (!wake_.wait(lock, stop, [&] { return !wishes_.empty(); })) return;
                wish = reading_ = wishes_.front();
                wishes_.pop_front();
            }
            auto frames = readSafely(wish);
            {
                const std::scoped_lock lock{mutex_};
                const SourceId id = wish.known->source.id;
                const auto now = known_.find(id);
                if (now == known_.end() || now->second != wish.known) continue;
                if (frames) {
                    keep({id, wish.index}, std::move(*frames));
                } else {
                    wish.known->error = std::move(frames.error());
                    std::erase_if(wishes_, [&](const Wish& w) { return w.known == wish.known; });
                }
                reading_ = {};
            }
            if (stop.stop_requested()) return;
            if (changed_) changed_(wish.known->source.id);
        }
    }

    void keep(const Key& key, std::vector<Frame> frames)
    {
        if (blocks_.size() >= mostBlocks)
            blocks_.erase(
                std::ranges::min_element(blocks_, {}, [](const auto& block) { return block.second.used; }));
        try {
            blocks_[key] = {std::make_shared<const std::vector<Frame>>(std::move(frames)), ++clock_};
        } catch (const std::bad_alloc&) {
            // Thrown out of a thread it would end the program; who needs the block asks for it again.
        }
    }

    // Only the thread is here.
    Result<std::vector<Frame>> readSafely(const Wish& wish)
    {
        try {
            return read(wish);
        } catch (const std::exception& e) {
            return failure(fmt::format("The samples could not be read for the waveform ({})", e.what()),
                           wish.known->source.path, ErrorKind::io);
        }
    }

    Result<std::vector<Frame>> read(const Wish& wish)
    {
        const Source& source = wish.known->source;
        auto opened = std::ranges::find(files_, wish.known, &Opened::first);
        if (opened == files_.end()) {
            auto file = open_(source);
            if (!file) return failure(std::move(file.error()));
            if (files_.size() >= mostOpenFiles) files_.pop_front();
            files_.emplace_back(wish.known, std::move(*file));
            opened = files_.end() - 1;
        }
        const SamplePos begin{wish.index * blockFrames};
        const std::int64_t count = std::min(blockFrames, source.length.value() - begin.value());
        std::vector<Frame> frames(static_cast<std::size_t>(count));
        if (auto s = opened->second->read(begin, frames); !s) return failure(std::move(s.error()));
        return frames;
    }

    SourceOpener open_;
    std::function<void(SourceId)> changed_;

    mutable std::mutex mutex_{}; // never held while a file is read
    std::condition_variable_any wake_{};
    std::map<SourceId, std::shared_ptr<Known>> known_{};
    std::map<Key, HeldBlock> blocks_{};
    std::deque<Wish> wishes_{}; ///< the next one first
    Wish reading_{};
    std::uint64_t clock_ = 0;

    using Opened = std::pair<std::shared_ptr<Known>, std::unique_ptr<AudioFile>>;
    std::deque<Opened> files_{}; ///< the thread's own
    std::jthread thread_{};      ///< last: it ends before what it uses goes
};

SampleBlocks::SampleBlocks(SourceOpener open, std::function<void(SourceId)> changed)
    : state_{std::make_unique<State>(std::move(open), std::move(changed))}
{
}
SampleBlocks::~SampleBlocks() = default;

void SampleBlocks::put(const Source& source) { state_->put(source); }
void SampleBlocks::forget(SourceId id) { state_->forget(id); }
SampleView SampleBlocks::samples(SourceId id, SamplePos begin, SampleCount count)
{
    return state_->samples(id, begin, count);
}
std::optional<Error> SampleBlocks::error(SourceId id) const { return state_->error(id); }
void SampleBlocks::stop() { state_->stop(); }

} // namespace segue
