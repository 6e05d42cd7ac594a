#include "deliver/proven_file.h"

#include "core/threaded_hasher.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <exception>
#include <new>
#include <utility>

namespace segue {

namespace {

std::string hashOf(std::span<const std::byte> bytes)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytes);
    return hasher->finish();
}

} // namespace

ProvenFile::ProvenFile(FileOps& files, std::unique_ptr<File> file, Path path, std::int64_t size,
                       PlaceName placeName, const Options& options)
    : files_{files}, file_{std::move(file)}, path_{std::move(path)}, size_{size},
      placeName_{std::move(placeName)}, options_{options},
      md5_{options.inBackground ? onThreadOfItsOwn(makeMd5()) : makeMd5()}
{
    if (options_.inBackground)
        worker_ = std::jthread{[this](const std::stop_token& stop) { proveInBackground(stop); }};
}

ProvenFile::~ProvenFile() = default;

Result<std::unique_ptr<ProvenFile>> ProvenFile::create(FileOps& files, std::unique_ptr<File> file, Path path,
                                                       std::int64_t size, PlaceName placeName,
                                                       const Options& options)
{
    const SystemStatus reserved = file->allocate(size);
    // Some file systems cannot reserve; there the disk may still fill up later, and write() says so.
    if (!reserved && reserved.error().code != EOPNOTSUPP)
        return failure(fileError("Could not reserve space for the image", path, reserved.error()));
    return std::unique_ptr<ProvenFile>{
        new ProvenFile{files, std::move(file), std::move(path), size, std::move(placeName), options}};
}

Error ProvenFile::error(std::string what) const
{
    return {std::move(what), path_.filename().string(), ErrorKind::io};
}

Status ProvenFile::write(std::int64_t offset, std::span<const std::byte> bytes)
{
    assert(offset >= 0 && offset + std::ssize(bytes) <= size_);
    Block block{std::ssize(bytes), hashOf(bytes)};
    if (const auto written = writeFully(*file_, offset, bytes); !written)
        return failure(fileError("Could not write the image", path_, written.error()));
    std::int64_t begin = 0, ready = 0;
    {
        const std::scoped_lock lock{mutex_};
        if (failed_) return failure(*failed_);
        begin = started_;
        ready = add(offset, std::move(block));
    }
    // The disk works on what is complete while the rest is rendered.
    if (ready > begin) file_->startWriteBack(begin, ready - begin);
    if (!options_.inBackground) return proveWhatIsComplete();
    if (ready > begin) changed_.notify_all();
    return {};
}

std::int64_t ProvenFile::add(std::int64_t offset, Block block)
{
    const bool fresh = blocks_.emplace(offset, std::move(block)).second;
    assert(fresh);
    static_cast<void>(fresh);
    for (auto next = blocks_.find(complete_); next != blocks_.end() && next->first == complete_; ++next)
        complete_ += next->second.length;
    started_ = complete_ - complete_ % options_.stretch;
    return started_;
}

void ProvenFile::proveInBackground(const std::stop_token& stop)
{
    while (true) {
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, stop, [&] { return started_ - settled_ >= 2 * options_.stretch; });
            if (stop.stop_requested()) return;
        }
        Status proven{};
        try {
            proven = proveWhatIsComplete();
        } catch (const std::bad_alloc&) {
            // Thrown out of a thread it would end the program.
            proven = failure(error("There is not enough memory to read the image back"));
        } catch (const std::exception& e) {
            proven = failure(error(fmt::format("The image could not be read back: {}", e.what())));
        }
        if (!proven) {
            const std::scoped_lock lock{mutex_};
            failed_ = std::move(proven.error());
            return;
        }
    }
}

// The last stretch waits until the next one is there: the disk is at work on it.
Status ProvenFile::proveWhatIsComplete()
{
    const std::unique_lock proving{proving_, std::try_to_lock};
    if (!proving) return {};
    while (true) {
        {
            const std::scoped_lock lock{mutex_};
            if (started_ - settled_ < 2 * options_.stretch) return {};
        }
        if (const auto s = file_->finishWriteBack(settled_, options_.stretch); !s)
            return failure(fileError("Could not bring the image to the disk", path_, s.error()));
        file_->dropCache(settled_, options_.stretch);
        if (auto s = proveUpTo(settled_ + options_.stretch); !s) return s;
        settled_ += options_.stretch;
    }
}

// Every block that ends there or before.
Status ProvenFile::proveUpTo(std::int64_t end)
{
    if (!reader_) {
        auto opened = files_.openForReading(path_);
        if (!opened) return failure(fileError("Could not read the image back", path_, opened.error()));
        reader_ = std::move(*opened);
    }
    reader_->expectReading(proven_, end - proven_);
    while (proven_ < end) {
        Block block;
        {
            const std::scoped_lock lock{mutex_};
            const auto first = blocks_.begin();
            if (proven_ + first->second.length > end) return {};
            block = std::move(first->second);
            blocks_.erase(first);
        }
        if (auto s = proveBlock(std::move(block)); !s) return s;
    }
    return {};
}

Status ProvenFile::proveBlock(Block block)
{
    bytes_.resize(static_cast<std::size_t>(block.length));
    const auto read = readFully(*reader_, proven_, bytes_);
    if (!read) return failure(fileError("Could not read the image back", path_, read.error()));
    if (*read < bytes_.size())
        return failure(error(fmt::format("The image on the disk ends early, at {}",
                                         placeName_(proven_ + static_cast<std::int64_t>(*read)))));
    if (hashOf(bytes_) != block.hash)
        return failure(error(fmt::format(
            "What the disk gives back differs from what was rendered, from {} on", placeName_(proven_))));
    md5_->update(bytes_);
    if (options_.crc32) crc_ = crc32Continue(crc_, bytes_);
    if (options_.keepBlocks) kept_.push_back({proven_, block.length, std::move(block.hash)});
    proven_ += block.length;
    return {};
}

Result<ProvenSums> ProvenFile::finish()
{
    if (worker_.joinable()) {
        worker_.request_stop();
        worker_.join();
    }
    if (failed_) return failure(*failed_);
    // Not an assertion: this is the proof that nothing is missing, so it also runs in a release.
    if (complete_ != size_)
        return failure(error(fmt::format("The image is incomplete at {}", placeName_(complete_))));
    if (const auto synced = file_->sync(); !synced)
        return failure(fileError("Could not bring the image to the disk", path_, synced.error()));
    file_->dropCache(settled_, size_ - settled_);
    if (const auto closed = file_->close(); !closed)
        return failure(fileError("Could not close the image", path_, closed.error()));
    if (auto s = proveUpTo(size_); !s) return failure(std::move(s.error()));
    const auto stat = reader_->stat();
    if (!stat) return failure(fileError("Could not read the image back", path_, stat.error()));
    if (stat->size != size_) return failure(error("The image on the disk is longer than what was rendered"));
    return ProvenSums{size_, md5_->finish(), options_.crc32 ? fmt::format("{:08x}", crc_) : std::string{},
                      std::move(kept_)};
}

} // namespace segue
