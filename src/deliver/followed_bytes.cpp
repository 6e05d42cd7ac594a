#include "deliver/followed_bytes.h"

#include <algorithm>
#include <vector>

namespace segue {

namespace {

constexpr std::int64_t blockBytes = 256 << 10;
// A reader that leaves out less than this is followed: a header, tags before or behind the sound.
constexpr std::int64_t longestGap = 1 << 20;

class FollowedFile final : public ForwardingFile {
public:
    FollowedFile(std::unique_ptr<File> file, std::shared_ptr<FollowedBytes> bytes)
        : ForwardingFile{std::move(file)}, bytes_{std::move(bytes)}
    {
    }
    [[nodiscard]] SystemResult<std::size_t> readSome(std::int64_t offset, std::span<std::byte> into) override
    {
        auto read = ForwardingFile::readSome(offset, into);
        if (read) bytes_->follow(offset, into.first(*read), under());
        return read;
    }

private:
    std::shared_ptr<FollowedBytes> bytes_;
};

} // namespace

void FollowedBytes::follow(std::int64_t offset, std::span<const std::byte> bytes, File& file)
{
    const std::unique_lock lock{mutex_, std::try_to_lock};
    // Somebody else is reading it too: who comes in order is followed, the other one not.
    if (!lock) return;
    const std::int64_t end = offset + std::ssize(bytes);
    if (end <= position_ || offset - position_ > longestGap) return;
    if (offset > position_ && !readTo(offset, file)) return;
    hasher_->update(bytes.subspan(static_cast<std::size_t>(position_ - offset)));
    position_ = end;
}

std::string FollowedBytes::finish(File& file)
{
    const auto stat = file.stat();
    if (!stat || stat->size - position_ > longestGap || !readTo(stat->size, file)) return {};
    return position_ == stat->size ? hasher_->finish() : std::string{};
}

bool FollowedBytes::readTo(std::int64_t end, File& file)
{
    std::vector<std::byte> block(static_cast<std::size_t>(blockBytes));
    while (position_ < end) {
        const auto part =
            std::span{block}.first(static_cast<std::size_t>(std::min(blockBytes, end - position_)));
        const auto read = readFully(file, position_, part);
        if (!read || *read < part.size()) return false;
        hasher_->update(part);
        position_ += std::ssize(part);
    }
    return true;
}

SystemResult<std::unique_ptr<File>> FollowingFileOps::openForReading(const Path& path)
{
    auto file = ForwardingFileOps::openForReading(path);
    if (!file) return file;
    return std::make_unique<FollowedFile>(std::move(*file), bytes_);
}

std::string hashOfFile(FileOps& files, const Path& path, const Progress& progress)
{
    const auto file = files.openForReading(path);
    if (!file) return {};
    const auto hasher = makeXxh3_128();
    std::vector<std::byte> block(static_cast<std::size_t>(blockBytes));
    for (std::int64_t at = 0; !progress.cancelled(); at += blockBytes) {
        const auto read = readFully(**file, at, block);
        if (!read) return {};
        hasher->update(std::span{block}.first(*read));
        if (*read < block.size()) return hasher->finish();
    }
    return {};
}

} // namespace segue
