#include "ddp/stream_file.h"

#include "core/hash.h"

#include <fmt/format.h>

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace segue::ddp {

namespace {

constexpr std::size_t blockSize = 1 << 20;
constexpr std::size_t blockCount = 4;

/// A ring of blocks between the reading thread and the one that hashes them in order. The hashing thread only
/// reads a block, so the reading thread may use it at the same time; it is free again when both are done.
class HashingRing {
public:
    HashingRing() : blocks_{}
    {
        for (auto& block : blocks_) block.bytes.resize(blockSize);
        worker_ = std::jthread{[this] { run(); }};
    }
    HashingRing(const HashingRing&) = delete;
    HashingRing& operator=(const HashingRing&) = delete;
    ~HashingRing() { close(); }

    /// The next block to read into, once the hashing thread has let go of it.
    std::span<std::byte> acquire()
    {
        Block& block = blocks_[next_];
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return !block.filled; });
        return block.bytes;
    }
    /// Hands the block acquired last to the hashing thread. Its bytes stay valid until it is acquired again.
    std::span<const std::byte> submit(std::size_t size)
    {
        Block& block = blocks_[next_];
        next_ = (next_ + 1) % blockCount;
        {
            const std::lock_guard lock{mutex_};
            block.size = size;
            block.filled = true;
        }
        changed_.notify_all();
        return std::span{block.bytes}.first(size);
    }
    std::string finish()
    {
        close();
        return md5_->finish();
    }

private:
    struct Block {
        std::vector<std::byte> bytes{};
        std::size_t size = 0;
        bool filled = false;
    };

    void close()
    {
        {
            const std::lock_guard lock{mutex_};
            closed_ = true;
        }
        changed_.notify_all();
        if (worker_.joinable()) worker_.join();
    }
    void run()
    {
        for (std::size_t at = 0;; at = (at + 1) % blockCount) {
            Block& block = blocks_[at];
            {
                std::unique_lock lock{mutex_};
                changed_.wait(lock, [&] { return block.filled || closed_; });
                if (!block.filled) return;
            }
            md5_->update(std::span<const std::byte>{block.bytes}.first(block.size));
            {
                const std::lock_guard lock{mutex_};
                block.filled = false;
            }
            changed_.notify_all();
        }
    }

    std::unique_ptr<Hasher> md5_ = makeMd5();
    std::array<Block, blockCount> blocks_;
    std::size_t next_ = 0;
    bool closed_ = false;
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::jthread worker_{};
};

/// At most a hundred reports.
class Reporter {
public:
    Reporter(const StreamOptions& options, std::int64_t size) : options_{options}, size_{size} {}
    void at(std::int64_t position)
    {
        const std::int64_t percent = size_ > 0 ? position * 100 / size_ : 100;
        if (percent == last_) return;
        last_ = percent;
        options_.progress(options_.stage, static_cast<double>(percent) / 100.0);
    }

private:
    const StreamOptions& options_;
    std::int64_t size_, last_ = -1;
};

} // namespace

Result<StreamSums> streamFile(File& file, std::int64_t size, const StreamOptions& options)
{
    HashingRing ring;
    Reporter reporter{options, size};
    std::uint32_t crc = 0;
    std::int64_t offset = 0;
    for (;;) {
        if (options.progress.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
        const auto count = readFully(file, offset, ring.acquire());
        if (!count) return failure(options.readError(count.error()));
        if (*count == 0) break;
        const auto block = ring.submit(*count);
        if (options.crc32) crc = crc32Continue(crc, block);
        if (options.sink)
            if (const auto s = options.sink(offset, block); !s) return failure(s.error());
        offset += static_cast<std::int64_t>(*count);
        reporter.at(offset);
        if (*count < blockSize) break;
    }
    if (offset != size) {
        Error changed = options.readError(SystemError{});
        changed.what = "The file changed while it was read";
        return failure(std::move(changed));
    }
    StreamSums sums{.md5 = ring.finish()};
    if (options.crc32) sums.crc32 = fmt::format("{:08x}", crc);
    return sums;
}

} // namespace segue::ddp
