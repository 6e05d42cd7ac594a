/// \file
/// Sound files on disk that stand for sources, a FileOps that holds chosen files until it is told, and a
/// listener that waits for what the background threads of src/measure say. Nothing here sleeps.
#pragma once

#include "core/testing_file_ops.h"
#include "deliver/source_check.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <condition_variable>
#include <mutex>
#include <set>

namespace segue::test {

/// Frame k of every source made here.
[[nodiscard]] inline Frame frameAt(std::int64_t k, std::uint32_t id)
{
    const auto value = [&](std::int64_t factor) {
        return static_cast<double>((k * factor + id) % 65'536 - 32'768) / 32'768;
    };
    return {value(7919), value(104'729)};
}

/// A 16-bit stereo WAV in the folder and the source that it is.
[[nodiscard]] inline Source makeSource(const TempFolder& folder, std::uint32_t id, std::int64_t frames)
{
    std::string samples(static_cast<std::size_t>(4 * frames), '\0');
    const auto put = [&](std::int64_t at, double value) {
        const auto bits = static_cast<std::uint16_t>(static_cast<std::int16_t>(value * 32'768));
        samples[static_cast<std::size_t>(at)] = static_cast<char>(bits & 0xFF);
        samples[static_cast<std::size_t>(at) + 1] = static_cast<char>(bits >> 8);
    };
    for (std::int64_t k = 0; k < frames; ++k) {
        const Frame f = frameAt(k, id);
        put(4 * k, f.left);
        put(4 * k + 2, f.right);
    }
    const Path path = folder.write(std::to_string(id) + ".wav", wav(samples));
    auto file = openAudioFile(realFileOps(), path);
    if (!file) throw std::runtime_error{sentence(file.error())};
    const auto measured = measureSource(**file);
    if (!measured) throw std::runtime_error{sentence(measured.error())};
    const AudioFileInfo& info = (*file)->info();
    return {.id = SourceId{id},
            .path = path.string(),
            .rate = info.rate,
            .length = info.length,
            .channels = info.channels,
            .format = info.format,
            .fingerprint = measured->fingerprint};
}

/// Holds every read of chosen files until they are let go.
class Gate {
public:
    void hold(const Path& path)
    {
        const std::scoped_lock lock{mutex_};
        held_.insert(path);
    }
    void release(const Path& path)
    {
        const std::scoped_lock lock{mutex_};
        held_.erase(path);
        wake_.notify_all();
    }
    /// Returns once somebody stands before the file.
    void waitUntilReached(const Path& path)
    {
        std::unique_lock lock{mutex_};
        wake_.wait(lock, [&] { return reached_.contains(path); });
    }
    /// The files that were opened, in that order.
    [[nodiscard]] std::vector<Path> opened() const
    {
        const std::scoped_lock lock{mutex_};
        return opened_;
    }
    /// For FaultyFileOps::Fault::before.
    void pass(FileCall call, const Path& path)
    {
        std::unique_lock lock{mutex_};
        if (call == FileCall::open) opened_.push_back(path);
        if (!held_.contains(path)) return;
        reached_.insert(path);
        wake_.notify_all();
        wake_.wait(lock, [&] { return !held_.contains(path); });
        reached_.erase(path);
    }

private:
    mutable std::mutex mutex_{};
    std::condition_variable wake_{};
    std::set<Path> held_{}, reached_{};
    std::vector<Path> opened_{};
};

/// Hears changed() and waits for what comes of it.
class Listener {
public:
    std::function<void(SourceId)> changed()
    {
        return [this](SourceId id) {
            const std::scoped_lock lock{mutex_};
            heard_.push_back(id);
            wake_.notify_all();
        };
    }
    /// Returns once `condition` holds; it is tried after every change.
    void waitFor(const std::function<bool()>& condition)
    {
        std::unique_lock lock{mutex_};
        for (std::size_t heard = heard_.size();; heard = heard_.size()) {
            lock.unlock();
            if (condition()) return;
            lock.lock();
            wake_.wait(lock, [&] { return heard_.size() != heard; });
        }
    }
    [[nodiscard]] std::vector<SourceId> heard() const
    {
        const std::scoped_lock lock{mutex_};
        return heard_;
    }

private:
    mutable std::mutex mutex_{};
    std::condition_variable wake_{};
    std::vector<SourceId> heard_{};
};

/// Sources in a temporary folder, behind a gate.
struct WatchedSources {
    TempFolder folder{};
    Gate gate{};
    FaultyFileOps files{realFileOps(), {.before = [this](std::int64_t, FileCall call, const Path& path) {
                            gate.pass(call, path);
                        }}};
    Listener listener{};

    [[nodiscard]] Source make(std::uint32_t id, std::int64_t frames) const
    {
        return makeSource(folder, id, frames);
    }
    [[nodiscard]] SourceOpener opener() { return openerFor(files); }
};

} // namespace segue::test
