// What measuring costs inside a program that is open already.
//   scan files FILE...        scans them anew, overviews included; nothing is printed but an error
//   scan reopen ALBUM.segue   milliseconds to open a scanned album from the cache and to have all figures,
//   and then
//                             to have them again with other gains; medians of 21

#include "app/cache_folder.h"
#include "app/open_input.h"
#include "deliver/source_check.h"
#include "measure/edition_scan.h"
#include "measure/scan_files.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string_view>

using namespace segue;

namespace {

int stop(const Error& error)
{
    std::fprintf(stderr, "%s: %s\n", error.where.c_str(), error.what.c_str());
    return 1;
}

int scanAll(std::span<char*> words)
{
    const std::vector<Path> paths{words.begin(), words.end()};
    std::atomic<std::int64_t> bins = 0;
    const auto files =
        scanFiles(realFileOps(), paths, {.work = {.overview = [&](std::size_t, const Overview& overview) {
                                             bins += std::ssize(overview.bins());
                                         }}});
    for (const auto& file : files)
        if (!file) return stop(file.error());
    return bins > 0 ? 0 : 1;
}

/// Of every track and of the album.
double figuresOfAll(const EditionScan& scan)
{
    double sum = figuresOf(scan.passages()).integrated.value_or(0);
    for (const EntryScan& entry : scan.entries) {
        const Passage own = entry.passage();
        sum += figuresOf({&own, 1}).integrated.value_or(0);
    }
    return sum;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

int reopen(const char* path)
{
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point begin) {
        return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    };
    const Path folder = cacheFolder();
    const ScanCache cache{realFileOps(), folder / "scans"};
    std::vector<double> opened, changed;
    double sum = 0;
    for (int round = 0; round < 22; ++round) {
        const auto begin = Clock::now();
        auto input = openInput(realFileOps(), path, {});
        if (!input) return stop(input.error());
        Album& album = input->project.album;
        const auto scan = [&] {
            return scanEdition(editionSounds(album, album.editions.front(), openerFor(realFileOps()),
                                             identityOnDisk(realFileOps())),
                               &cache, {});
        };
        auto found = scan();
        if (!found) return stop(found.error());
        sum += figuresOfAll(*found);
        const double openedIn = since(begin);
        const bool cached = std::ranges::all_of(found->entries, &EntryScan::cached);

        const auto change = Clock::now();
        for (EntryScan& entry : found->entries) entry.gain = Decibels{-0.1 * round};
        sum += figuresOfAll(*found);
        const double changedIn = since(change);
        if (round == 0) continue; // fills the cache
        if (!cached) return stop({"The cache did not have every track", path});
        opened.push_back(openedIn);
        changed.push_back(changedIn);
    }
    std::printf("%.1f %.1f\n", median(opened), median(changed));
    return sum < 0 ? 0 : 1;
}

} // namespace

int main(int count, char** words)
{
    if (count < 3) return 2;
    if (std::string_view{words[1]} == "files")
        return scanAll(std::span{words, static_cast<std::size_t>(count)}.subspan(2));
    return reopen(words[2]);
}
