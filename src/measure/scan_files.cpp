#include "measure/scan_files.h"

#include <algorithm>

namespace segue {

namespace {

struct Wanted {
    std::size_t place = 0; ///< in the results
    FileStat stat{};
};

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
    std::vector<ScanJob> jobs;
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const Path& path = paths[i];
        auto file = openAudioFile(files, path, {}, options.guard);
        if (!file) {
            results[i] = failure(std::move(file.error()));
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
    work.scanned = [&](std::size_t job, const ScannedSound& sound) {
        if (options.work.scanned) options.work.scanned(wanted[job].place, sound);
    };
    auto scanned = scanSounds(jobs, work);
    for (std::size_t job = 0; job < jobs.size(); ++job) {
        auto& result = results[wanted[job].place];
        if (!scanned[job]) {
            result = failure(std::move(scanned[job].error()));
            if (result.error().where.empty()) result.error().where = paths[wanted[job].place].string();
            continue;
        }
        // By another name for the same file it would be the same; what matters is that it did not change.
        const Path& path = paths[wanted[job].place];
        const auto real = files.realPath(path);
        const auto now = real ? files.stat(*real) : files.stat(path);
        if (!now || *now != wanted[job].stat) {
            result = failure("The file changed while it was measured; measure it again", path.string());
            continue;
        }
        if (options.cache != nullptr) options.cache->keep(keyOf(*now), *scanned[job]);
        result->sound = std::move(*scanned[job]);
    }
    return results;
}

} // namespace segue
