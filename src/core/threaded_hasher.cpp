#include "core/threaded_hasher.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace segue {

namespace {

constexpr std::size_t chunkBytes = 128 << 10;
constexpr std::size_t chunks = 4;

// The chunks are a ring: the caller fills one while the thread hashes those before it.
class ThreadedHasher final : public Hasher {
public:
    explicit ThreadedHasher(std::unique_ptr<Hasher> hasher) : hasher_{std::move(hasher)}
    {
        try {
            thread_ = std::jthread{[this](const std::stop_token& stop) { hashWhatComes(stop); }};
        } catch (const std::system_error&) {
            // update() then hashes itself.
        }
    }

    void update(std::span<const std::byte> bytes) override
    {
        if (!thread_.joinable()) {
            hasher_->update(bytes);
            return;
        }
        while (!bytes.empty()) {
            std::vector<std::byte>& chunk = ring_[filled_ % chunks];
            if (chunk.capacity() == 0) chunk.reserve(chunkBytes);
            const std::size_t fits = std::min(bytes.size(), chunkBytes - chunk.size());
            chunk.insert(chunk.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(fits));
            bytes = bytes.subspan(fits);
            if (chunk.size() == chunkBytes) handOver();
        }
    }

    [[nodiscard]] std::string finish() override
    {
        if (thread_.joinable()) {
            handOver();
            thread_.request_stop();
            thread_.join();
        }
        return hasher_->finish();
    }

private:
    // After it the next chunk is the caller's.
    void handOver()
    {
        std::unique_lock lock{mutex_};
        ++filled_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return filled_ - hashed_ < chunks; });
    }

    void hashWhatComes(const std::stop_token& stop)
    {
        std::unique_lock lock{mutex_};
        // A stop ends it when all that was handed over is done.
        while (changed_.wait(lock, stop, [&] { return hashed_ < filled_; })) {
            std::vector<std::byte>& chunk = ring_[hashed_ % chunks];
            lock.unlock();
            hasher_->update(chunk);
            chunk.clear();
            lock.lock();
            ++hashed_;
            changed_.notify_all();
        }
    }

    std::unique_ptr<Hasher> hasher_;
    std::mutex mutex_{};
    std::condition_variable_any changed_{};
    std::array<std::vector<std::byte>, chunks> ring_{};
    std::size_t filled_ = 0, hashed_ = 0;
    std::jthread thread_{};
};

} // namespace

std::unique_ptr<Hasher> onThreadOfItsOwn(std::unique_ptr<Hasher> hasher)
{
    return std::make_unique<ThreadedHasher>(std::move(hasher));
}

} // namespace segue
