#include "app/add_files.h"

#include "album/edit.h"
#include "audio/measure_source.h"
#include "audio/render.h"
#include "core/text.h"

#include <fmt/format.h>

namespace segue {

Result<AddedSource> addSourceFile(FileOps& files, Album album, const Path& path, const std::string& container,
                                  const Progress& progress, AudioProber* prober)
{
    LibraryGuard guard;
    if (prober != nullptr)
        guard = [&](const Path& file) { return prober->libraryTakes(file, progress.stop); };
    auto file = openAudioFile(files, path, container, guard);
    if (!file) return failure(file.error());
    const auto measured = measureSource(**file, progress);
    if (!measured) return failure(measured.error());
    const AudioFileInfo info = (*file)->info();
    const auto absolute = files.realPath(path);
    if (!absolute) return failure(fileError("Could not find the audio file", path, absolute.error()));

    AddedSource added;
    if (measured->firstNonFinite)
        added.findings.push_back(
            finding(audioRule("AUDIO.NOT_FINITE"),
                    fmt::format("{} samples are not numbers (NaN or infinity), the first at sample {}",
                                measured->nonFinite, measured->firstNonFinite->value()),
                    {.file = path.string(), .sample = measured->firstNonFinite},
                    "export the file again from the program it came from"));
    auto result = edit::addSource(std::move(album), {.path = absolute->string(),
                                                     .rate = info.rate,
                                                     .length = info.length,
                                                     .channels = info.channels,
                                                     .format = info.format,
                                                     .fingerprint = measured->fingerprint});
    if (!result) return failure(result.error());
    added.album = std::move(result->first);
    added.source = result->second;
    return added;
}

std::string titleFromFileName(const Path& path)
{
    const std::string stem = path.stem().string();
    std::size_t at = 0;
    while (at < stem.size() && isDigit(stem[at])) ++at;
    if (at == 0 || at > 3) return stem;
    std::size_t rest = at;
    while (rest < stem.size() &&
           (stem[rest] == ' ' || stem[rest] == '-' || stem[rest] == '_' || stem[rest] == '.'))
        ++rest;
    return rest == at || rest == stem.size() ? stem : stem.substr(rest);
}

} // namespace segue
