#include "deliver/source_check.h"

#include "core/parallel.h"
#include "deliver/disc_of.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>

namespace segue {

namespace {

std::string clockAt(SamplePos at, SampleRate rate)
{
    const std::int64_t ms = at.value() * 1000 / rate.hertz();
    return fmt::format("{}:{:02}.{:03}", ms / 60'000, ms / 1000 % 60, ms % 1000);
}

Findings judge(const Source& source, const AudioFileInfo& info, const MeasuredSource& measured)
{
    Findings found;
    const Place here{.file = source.path};
    if (info.rate != source.rate || info.length != source.length || info.channels != source.channels)
        found.push_back(finding(
            audioRule("AUDIO.CHANGED"),
            fmt::format(
                "The file is no longer the one the album was made with: it has {} Hz, {} channels and {} "
                "samples, the album has {} Hz, {} channels and {} samples",
                info.rate.hertz(), info.channels, info.length.value(), source.rate.hertz(), source.channels,
                source.length.value()),
            here, "put the right file back, or relink the source and listen to it again"));
    else if (!source.fingerprint.xxh3.empty() && measured.fingerprint != source.fingerprint)
        found.push_back(finding(audioRule("AUDIO.CHANGED"),
                                "The file's audio is no longer what the album was made with", here,
                                "put the right file back, or relink the source and listen to it again"));
    if (measured.firstNonFinite) {
        Place place = here;
        place.sample = measured.firstNonFinite;
        found.push_back(
            finding(audioRule("AUDIO.NOT_FINITE"),
                    fmt::format("{} samples are not numbers (NaN or infinity), the first at {}",
                                measured.nonFinite, clockAt(*measured.firstNonFinite, source.rate)),
                    place, "export the file again from the program it came from"));
    }
    return found;
}

} // namespace

std::vector<SourceId> usedSources(const Album& album, const Edition& edition)
{
    std::set<SourceId> used;
    for (const Entry& entry : edition.entries)
        if (const Track* track = find(album, entry.track))
            for (const Clip& clip : track->clips)
                if (!clip.muted) used.insert(clip.source);
    return {used.begin(), used.end()};
}

Result<SourceCheck> checkSources(FileOps& files, const Album& album, const Edition& edition,
                                 const Progress& progress)
{
    const std::vector<SourceId> used = usedSources(album, edition);
    struct Answer {
        std::optional<CheckedSource> checked;
        Findings findings;
        std::optional<Error> error;
    };
    std::vector<Answer> answers(used.size());
    std::atomic<std::size_t> done = 0;

    parallelFor(used.size(), 0, [&](std::size_t i) {
        Answer& answer = answers[i];
        const Source& source = *find(album, used[i]);
        if (progress.cancelled()) {
            answer.error = Error{"Cancelled", {}, ErrorKind::cancelled};
            return;
        }
        auto file = openAudioFile(files, source.path, source.format.container);
        if (!file) {
            if (file.error().kind == ErrorKind::io) {
                answer.error = file.error();
                return;
            }
            answer.findings.push_back(finding(audioRule("AUDIO.MISSING"), file.error().what,
                                              {.file = source.path},
                                              "put the file back or relink the source"));
            return;
        }
        auto measured = measureSource(**file, {.stop = progress.stop});
        if (!measured) {
            answer.error = measured.error();
            return;
        }
        answer.findings = judge(source, (*file)->info(), *measured);
        answer.checked = CheckedSource{source.id, *measured, (*file)->stat()};
        progress("Checking the sources", static_cast<double>(++done) / static_cast<double>(used.size()));
    });

    SourceCheck check;
    for (Answer& answer : answers) {
        if (answer.error) return failure(*answer.error);
        std::ranges::move(answer.findings, std::back_inserter(check.findings));
        if (answer.checked) check.sources.emplace(answer.checked->id, std::move(*answer.checked));
    }
    return check;
}

Status sourcesUnchanged(FileOps& files, const Album& album, const SourceCheck& before)
{
    for (const auto& [id, checked] : before.sources) {
        const Source& source = *find(album, id);
        const auto real = files.realPath(source.path);
        const auto stat = real ? files.stat(*real) : SystemResult<FileStat>{std::unexpected{real.error()}};
        if (!stat)
            return failure(
                fileError("A source could not be found again after the render", source.path, stat.error()));
        if (stat->size != checked.stat.size ||
            stat->modifiedNanoseconds != checked.stat.modifiedNanoseconds ||
            stat->inode != checked.stat.inode || stat->device != checked.stat.device)
            return failure(
                "The file changed while it was rendered; nothing was published. Export again when it is "
                "complete",
                source.path, ErrorKind::refused);
    }
    return {};
}

SourceOpener openerFor(FileOps& files)
{
    return [&files](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        auto file = openAudioFile(files, source.path, source.format.container);
        if (!file) return file;
        const AudioFileInfo& info = (*file)->info();
        if (info.rate != source.rate || info.length != source.length || info.channels != source.channels)
            return failure("The file is no longer the one the album was made with", source.path,
                           ErrorKind::refused);
        return file;
    };
}

} // namespace segue
