/// \file
/// IMAGE.DAT while it is written by several threads at known offsets. Every block is hashed as it was
/// rendered, before it is written; reading the file back compares block by block, so the file on the disk is
/// proven to be the rendered stream, in whatever order it came.
#pragma once

#include "audio/frame.h"
#include "core/file_ops.h"
#include "core/units.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace segue {

class ImageWriter {
public:
    /// \param file new and empty; `length` sample frames will be written. Reserves the space: a full disk is
    /// known now.
    [[nodiscard]] static Result<std::unique_ptr<ImageWriter>> create(std::unique_ptr<File> file, Path path,
                                                                     SampleCount length);
    /// Any thread, any order, every frame exactly once.
    [[nodiscard]] Status write(SamplePos at, std::span<const Pcm16Frame> frames);
    /// After the last write: nothing missing, nothing twice; synced, dropped from the cache, closed.
    [[nodiscard]] Status finish();

    /// Compares bytes read back, in file order, with what was rendered. Call for consecutive stretches.
    class Comparison {
    public:
        explicit Comparison(const ImageWriter& writer);
        ~Comparison();
        /// An Error naming the first sector that differs.
        [[nodiscard]] Status take(std::int64_t offset, std::span<const std::byte> bytes);
        [[nodiscard]] Status end();

    private:
        struct State;
        std::unique_ptr<State> state_;
    };

private:
    struct Block {
        std::int64_t length = 0; ///< bytes
        std::string hash;
    };
    ImageWriter(std::unique_ptr<File> file, Path path, SampleCount length);
    std::unique_ptr<File> file_;
    Path path_;
    SampleCount length_;
    std::mutex mutex_;
    std::map<std::int64_t, Block> blocks_; ///< by byte offset
};

} // namespace segue
