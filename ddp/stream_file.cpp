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

/// What happens to each block beside its MD5.
class BlockWork {
public:
    BlockWork(std::int64_t size, const StreamOptions& options) : options_{options}, reporter_{options, size}
    {
    }

    Status take(std::span<const std::byte> block)
    {
        if (options_.crc32) crc_ = crc32Continue(crc_, block);
        if (options_.sink)
            if (auto s = options_.sink(offset_, block); !s) return s;
        offset_ += static_cast<std::int64_t>(block.size());
        reporter_.at(offset_);
        return {};
    }
    [[nodiscard]] std::int64_t offset() const { return offset_; }
    [[nodiscard]] std::string crc() const
    {
        return options_.crc32 ? fmt::format("{:08x}", crc_) : std::string{};
    }

private:
    const StreamOptions& options_;
    Reporter reporter_;
    std::int64_t offset_ = 0;
    std::uint32_t crc_ = 0;
};

Error changed(const StreamOptions& options)
{
    Error error = options.readError(SystemError{});
    error.what = "The file changed while it was read";
    return error;
}
Error cancelled() { return {"Cancelled", {}, ErrorKind::cancelled}; }

/// A file of hardly more than a block is not worth a second thread.
Result<StreamSums> readAtOnce(File& file, std::int64_t size, const StreamOptions& options)
{
    std::vector<std::byte> bytes(static_cast<std::size_t>(size) + 1); // one more, to see that it ends there
    const auto count = readFully(file, 0, bytes);
    if (!count) return failure(options.readError(count.error()));
    if (*count != static_cast<std::size_t>(size)) return failure(changed(options));
    bytes.resize(*count);
    BlockWork work{size, options};
    if (const auto s = work.take(bytes); !s) return failure(s.error());
    return StreamSums{.md5 = md5(bytes), .crc32 = work.crc()};
}

} // namespace

Result<StreamSums> streamFile(File& file, std::int64_t size, const StreamOptions& options)
{
    if (options.progress.cancelled()) return failure(cancelled());
    if (size < static_cast<std::int64_t>(blockSize + blockSize / 2)) return readAtOnce(file, size, options);
    HashingRing ring;
    BlockWork work{size, options};
    for (;;) {
        if (options.progress.cancelled()) return failure(cancelled());
        const auto count = readFully(file, work.offset(), ring.acquire());
        if (!count) return failure(options.readError(count.error()));
        if (*count == 0) break;
        if (const auto s = work.take(ring.submit(*count)); !s) return failure(s.error());
        if (*count < blockSize) break;
    }
    if (work.offset() != size) return failure(changed(options));
    return StreamSums{.md5 = ring.finish(), .crc32 = work.crc()};
}

} // namespace segue::ddp
