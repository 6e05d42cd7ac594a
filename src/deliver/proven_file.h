/// \file
/// A large file that proves itself while it grows. Several threads write blocks at known offsets; every block
/// is hashed as it was rendered, before it is written. As soon as a stretch is complete it is brought to the
/// disk, dropped from the cache, read back and compared, while later stretches are still being rendered: when
/// the last block is written, only the tail remains to be proven. What was read back is also summed up (MD5,
/// on a thread of its own, and CRC-32), so that the checksums are of what the disk gives.
#pragma once

#include "core/file_ops.h"
#include "core/hash.h"
#include "core/units.h"

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace segue {

/// Bytes as they were handed to write().
struct ProvenBlock {
    std::int64_t offset = 0, length = 0;
    std::string hash; ///< XXH3-128
};
struct ProvenSums {
    std::int64_t size = 0;
    std::string md5;
    std::string crc32{};               ///< empty unless asked for
    std::vector<ProvenBlock> blocks{}; ///< likewise; in order
};

class ProvenFile {
public:
    struct Options {
        bool crc32 = false;
        bool keepBlocks = false;
        /// Prove on a thread of its own; else in the thread whose write completed a stretch.
        bool inBackground = true;
        std::int64_t stretch = 32 << 20; ///< bytes that are proven together
    };
    /// Names a place in messages: a byte offset in words.
    using PlaceName = std::function<std::string(std::int64_t offset)>;

    /// \param file new, empty, at `path`; `size` bytes will be written. Reserves the space: a full disk is
    ///             known now.
    [[nodiscard]] static Result<std::unique_ptr<ProvenFile>> create(FileOps& files,
                                                                    std::unique_ptr<File> file, Path path,
                                                                    std::int64_t size, PlaceName placeName,
                                                                    const Options& options);
    /// Gives up where finish() was not called.
    ~ProvenFile();
    ProvenFile(const ProvenFile&) = delete;
    ProvenFile& operator=(const ProvenFile&) = delete;

    /// Any thread, any order, every byte exactly once. An Error may be about an earlier stretch.
    [[nodiscard]] Status write(std::int64_t offset, std::span<const std::byte> bytes);
    /// After the last write: nothing missing, nothing twice; synced, closed, and proven to its end.
    [[nodiscard]] Result<ProvenSums> finish();

private:
    struct Block {
        std::int64_t length = 0;
        std::string hash;
    };
    ProvenFile(FileOps& files, std::unique_ptr<File> file, Path path, std::int64_t size, PlaceName placeName,
               const Options& options);
    /// \return what is complete since the last call, in whole stretches
    [[nodiscard]] std::int64_t add(std::int64_t offset, Block block);
    [[nodiscard]] Status proveWhatIsComplete();
    void proveInBackground(const std::stop_token& stop);
    [[nodiscard]] Status proveUpTo(std::int64_t end);
    [[nodiscard]] Status proveBlock(Block block);
    [[nodiscard]] Error error(std::string what) const;

    FileOps& files_;
    std::unique_ptr<File> file_;
    Path path_;
    std::int64_t size_;
    PlaceName placeName_;
    Options options_;

    std::mutex mutex_{};
    std::condition_variable_any changed_{};
    std::map<std::int64_t, Block> blocks_{}; ///< written and not yet proven, by offset
    std::int64_t complete_ = 0;              ///< everything before it is written
    std::int64_t started_ = 0;               ///< whole stretches that the disk was told to write
    std::optional<Error> failed_{};

    std::mutex proving_{}; ///< guards what follows; one thread proves at a time
    std::unique_ptr<File> reader_{};
    std::int64_t settled_ = 0; ///< whole stretches that were proven, but for a block that reaches out of them
    std::int64_t proven_ = 0;  ///< every block before it
    std::unique_ptr<Hasher> md5_;
    std::uint32_t crc_ = 0;
    std::vector<ProvenBlock> kept_{};
    std::vector<std::byte> bytes_{};
    std::jthread worker_{};
};

} // namespace segue
