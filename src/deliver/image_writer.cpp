#include "deliver/image_writer.h"

#include "core/hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <vector>

namespace segue {

namespace {

constexpr std::int64_t bytesPerFrame = 4;

static_assert(std::endian::native == std::endian::little,
              "IMAGE.DAT is little-endian; frames are written as they lie");

std::string hashOf(std::span<const std::byte> bytes)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytes);
    return hasher->finish();
}

std::string sectorOf(std::int64_t offset)
{
    const CdFramePos sector{offset / bytesPerCdFrame};
    if (sector > lastAddressableFrame) return fmt::format("sector {}", sector.value());
    const Msf msf = toMsf(sector);
    return fmt::format("sector {} ({:02}:{:02}:{:02})", sector.value(), msf.minute, msf.second, msf.frame);
}

} // namespace

ImageWriter::ImageWriter(std::unique_ptr<File> file, Path path, SampleCount length)
    : file_{std::move(file)}, path_{std::move(path)}, length_{length}
{
}

Result<std::unique_ptr<ImageWriter>> ImageWriter::create(std::unique_ptr<File> file, Path path,
                                                         SampleCount length)
{
    const SystemStatus reserved = file->allocate(length.value() * bytesPerFrame);
    // Some file systems cannot reserve; there the disk may still fill up later, and write() says so.
    if (!reserved && reserved.error().code != EOPNOTSUPP)
        return failure(fileError("Could not reserve space for the image", path, reserved.error()));
    return std::unique_ptr<ImageWriter>{new ImageWriter{std::move(file), std::move(path), length}};
}

Status ImageWriter::write(SamplePos at, std::span<const Pcm16Frame> frames)
{
    assert(at.value() >= 0 && at.value() + static_cast<std::int64_t>(frames.size()) <= length_.value());
    const std::span<const std::byte> bytes = std::as_bytes(frames);
    const std::int64_t offset = at.value() * bytesPerFrame;
    std::string hash = hashOf(bytes);
    if (const auto written = writeFully(*file_, offset, bytes); !written)
        return failure(fileError("Could not write the image", path_, written.error()));
    const std::scoped_lock lock{mutex_};
    const bool fresh =
        blocks_.emplace(offset, Block{static_cast<std::int64_t>(bytes.size()), std::move(hash)}).second;
    assert(fresh);
    static_cast<void>(fresh);
    return {};
}

Status ImageWriter::finish()
{
    std::int64_t at = 0;
    for (const auto& [offset, block] : blocks_) {
        if (offset != at) break;
        at += block.length;
    }
    // Not an assertion: this is the proof that nothing is missing, so it also runs in a release.
    if (at != length_.value() * bytesPerFrame)
        return failure(fmt::format("The image is incomplete at {}", sectorOf(at)), path_.filename().string(),
                       ErrorKind::io);
    if (const auto synced = file_->sync(); !synced)
        return failure(fileError("Could not bring the image to the disk", path_, synced.error()));
    file_->dropCache(0, at);
    if (const auto closed = file_->close(); !closed)
        return failure(fileError("Could not close the image", path_, closed.error()));
    return {};
}

struct ImageWriter::Comparison::State {
    const ImageWriter& writer;
    std::map<std::int64_t, Block>::const_iterator next;
    std::vector<std::byte> pending{}; ///< read bytes of the block that began at `at`
    std::int64_t at = 0;
};

ImageWriter::Comparison::Comparison(const ImageWriter& writer)
    : state_{new State{.writer = writer, .next = writer.blocks_.begin()}}
{
}
ImageWriter::Comparison::~Comparison() = default;

Status ImageWriter::Comparison::take(std::int64_t offset, std::span<const std::byte> bytes)
{
    State& s = *state_;
    if (offset != s.at + static_cast<std::int64_t>(s.pending.size()))
        return failure("The image was not read in order", s.writer.path_.filename().string(), ErrorKind::io);
    while (!bytes.empty()) {
        if (s.next == s.writer.blocks_.end())
            return failure("The image on the disk is longer than what was rendered",
                           s.writer.path_.filename().string(), ErrorKind::io);
        const auto wanted = static_cast<std::size_t>(s.next->second.length);
        std::span<const std::byte> block;
        if (s.pending.empty() && bytes.size() >= wanted) {
            block = bytes.first(wanted);
            bytes = bytes.subspan(wanted);
        } else {
            const std::size_t part = std::min(wanted - s.pending.size(), bytes.size());
            s.pending.insert(s.pending.end(), bytes.begin(),
                             bytes.begin() + static_cast<std::ptrdiff_t>(part));
            bytes = bytes.subspan(part);
            if (s.pending.size() < wanted) return {};
            block = s.pending;
        }
        if (hashOf(block) != s.next->second.hash)
            return failure(fmt::format("What the disk gives back differs from what was rendered, from {} on",
                                       sectorOf(s.at)),
                           s.writer.path_.filename().string(), ErrorKind::io);
        s.at += static_cast<std::int64_t>(wanted);
        s.pending.clear();
        ++s.next;
    }
    return {};
}

Status ImageWriter::Comparison::end()
{
    if (state_->next != state_->writer.blocks_.end() || !state_->pending.empty())
        return failure(fmt::format("The image on the disk ends early, at {}", sectorOf(state_->at)),
                       state_->writer.path_.filename().string(), ErrorKind::io);
    return {};
}

} // namespace segue
