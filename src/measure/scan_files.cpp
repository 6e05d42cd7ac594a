#include "measure/scan_files.h"

#include <mutex>

namespace segue {

namespace {

struct Wanted {
    std::size_t place = 0; ///< in the results
    FileStat stat{};
};

/// Hands results over in their order, whichever comes first.
class Queue {
public:
    Queue(std::vector<Result<ScannedFile>>& results, const ScanFilesOptions& options)
        : results_{results}, known_(results.size()), options_{options}
    {
    }
    /// The result at this place is there. Any thread.
    void known(std::size_t place)
    {
        if (!options_.inOrder) return;
        const std::scoped_lock lock{mutex_};
        known_[place] = true;
        for (; next_ < known_.size() && known_[next_]; ++next_) options_.inOrder(next_, results_[next_]);
    }

private:
    std::vector<Result<ScannedFile>>& results_;
    std::vector<bool> known_;
    const ScanFilesOptions& options_;
    std::mutex mutex_{};
    std::size_t next_ = 0;
};

/// An Error when it is not the file that was opened.
Status unchanged(FileOps& files, const Path& path, const FileStat& before)
{
    // By another name for the same file it would be the same; what matters is that it did not change.
    const auto real = files.realPath(path);
    const auto now = real ? files.stat(*real) : files.stat(path);
    if (now && *now == before) return {};
    return failure("The file changed while it was measured; measure it again", path.string());
}

} // namespace

ScanJob fileJob(FileOps& files, const Path& path, const AudioFileInfo& info, const LibraryGuard& guard)
{
    return {.rate = info.rate,
            .channels = info.channels,
            .length = info.length,
            .open = [&files, guard, path]() -> Result<std::unique_ptr<SoundSource>> {
                auto opened = openAudioFile(files, path, {}, guard);
                if (!opened) return failure(std::move(opened.error()));
                return std::move(*opened);
            },
            .divisible = readsFromAnywhere(info.format)};
}

std::vector<Result<ScannedFile>> scanFiles(FileOps& files, std::span<const Path> paths,
                                           const ScanFilesOptions& options)
{
    std::vector<Result<ScannedFile>> results(paths.size());
    Queue queue{results, options};
    std::vector<ScanJob> jobs;
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const Path& path = paths[i];
        auto file = openAudioFile(files, path, {}, options.guard);
        if (!file) {
            results[i] = failure(std::move(file.error()));
            queue.known(i);
            continue;
        }
        results[i]->info = (*file)->info();
        const AudioFileInfo& info = results[i]->info;
        if (options.cache != nullptr)
            if (auto known = options.cache->find(keyOf((*file)->stat()))) {
                if (known->rate == info.rate && known->length == info.length &&
                    known->channels == info.channels) {
                    results[i]->sound = std::move(*known);
                    results[i]->cached = true;
                    queue.known(i);
                    continue;
                }
            }
        wanted.push_back({i, (*file)->stat()});
        jobs.push_back(fileJob(files, path, info, options.guard));
    }

    ScanWork work = options.work;
    if (work.overview)
        work.overview = [&](std::size_t job, const Overview& overview) {
            options.work.overview(wanted[job].place, overview);
        };
    work.scanned = [&](std::size_t job, ScannedSound& sound) -> Status {
        const auto& [place, stat] = wanted[job];
        if (auto s = unchanged(files, paths[place], stat); !s) return s;
        if (options.cache != nullptr) options.cache->keep(keyOf(stat), sound);
        results[place]->sound = std::move(sound);
        queue.known(place);
        return {};
    };
    auto scanned = scanSounds(jobs, work);
    for (std::size_t job = 0; job < jobs.size(); ++job) {
        if (scanned[job]) continue;
        const std::size_t place = wanted[job].place;
        results[place] = failure(std::move(scanned[job].error()));
        if (results[place].error().where.empty()) results[place].error().where = paths[place].string();
        queue.known(place);
    }
    return results;
}

} // namespace segue
