#include "deliver/source_check.h"

#include "audio/followed_file.h"
#include "core/parallel.h"
#include "deliver/disc_of.h"
#include "deliver/followed_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace segue {

namespace {

std::string clockAt(SamplePos at, SampleRate rate)
{
    const std::int64_t ms = at.value() * 1000 / rate.hertz();
    return fmt::format("{}:{:02}.{:03}", ms / 60'000, ms / 1000 % 60, ms % 1000);
}

Finding changed(const Source& source, std::string how)
{
    return finding(audioRule("AUDIO.CHANGED"), std::move(how), {.file = source.path},
                   "put the right file back, or relink the source and listen to it again");
}

bool isAsDescribed(const Source& source, const AudioFileInfo& info)
{
    return info.rate == source.rate && info.length == source.length && info.channels == source.channels;
}

Findings judge(const Source& source, const MeasuredSource& measured)
{
    Findings found;
    if (!source.fingerprint.xxh3.empty() && measured.fingerprint != source.fingerprint)
        found.push_back(changed(source, "The file's audio is no longer what the album was made with"));
    if (measured.firstNonFinite) {
        const Place place{.file = source.path, .sample = measured.firstNonFinite};
        found.push_back(
            finding(audioRule("AUDIO.NOT_FINITE"),
                    fmt::format("{} samples are not numbers (NaN or infinity), the first at {}",
                                measured.nonFinite, clockAt(*measured.firstNonFinite, source.rate)),
                    place, "export the file again from the program it came from"));
    }
    return found;
}

/// \param entries each names its track
template <class Entries>
std::vector<SourceId> sourcesOf(const Album& album, const Entries& entries)
{
    std::set<SourceId> used;
    for (const auto& entry : entries)
        if (const Track* track = find(album, entry.track))
            for (const Clip& clip : track->clips)
                if (!clip.muted) used.insert(clip.source);
    return {used.begin(), used.end()};
}

} // namespace

/// Measures a source from its first sample on, as far as somebody reads it in order.
class SourceWatch::Follower final : public FrameFollower {
public:
    explicit Follower(const Source& source) : FrameFollower{source.length}, meter_{source.channels} {}

    /// The rest, and the result. \pre nobody else reads any more
    Result<MeasuredSource> finish(AudioFile& file, const Progress& progress)
    {
        auto rest = readRest(file, [&](SampleCount) -> Status {
            if (progress.cancelled()) return failure("Cancelled", file.name(), ErrorKind::cancelled);
            return {};
        });
        if (!rest) return failure(std::move(rest.error()));
        return meter_.finish();
    }

    /// Whether nobody read any of it. \pre nobody reads it now
    [[nodiscard]] bool untouched() const { return position() == SamplePos{}; }
    /// The file's own bytes, as far as they were read.
    [[nodiscard]] const std::shared_ptr<FollowedBytes>& bytes() const { return bytes_; }
    /// After finish().
    [[nodiscard]] std::string bytesHash(FileOps& files, const Path& path)
    {
        const auto file = files.openForReading(path);
        return file ? bytes_->finish(**file) : std::string{};
    }

private:
    void take(std::span<const Frame> frames) override { meter_.take(frames); }

    SourceMeter meter_;
    std::shared_ptr<FollowedBytes> bytes_ = std::make_shared<FollowedBytes>();
};

std::vector<SourceId> usedSources(const Album& album, const Edition& edition)
{
    return sourcesOf(album, edition.entries);
}
std::vector<SourceId> usedSources(const Album& album, const Piece& piece)
{
    return sourcesOf(album, piece.entries);
}

SourceOpener openerFor(FileOps& files)
{
    return [&files](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        auto file = openAudioFile(files, source.path, source.format.container);
        if (file && !isAsDescribed(source, (*file)->info()))
            return failure("The file is no longer the one the album was made with", source.path,
                           ErrorKind::refused);
        return file;
    };
}

SourceWatch::SourceWatch(FileOps& files, const Album& album, const Edition& edition,
                         std::optional<std::vector<KnownFile>> known)
    : files_{files}, album_{album}, used_{usedSources(album, edition)}, known_{std::move(known)}
{
    for (const SourceId id : used_) followers_.emplace(id, std::make_shared<Follower>(*find(album, id)));
}
SourceWatch::~SourceWatch() = default;

Result<Findings> SourceWatch::look()
{
    Findings found;
    for (const SourceId id : used_) {
        const Source& source = *find(album_, id);
        const auto file = openAudioFile(files_, source.path, source.format.container);
        if (!file) {
            if (file.error().kind == ErrorKind::io) return failure(file.error());
            found.push_back(finding(audioRule("AUDIO.MISSING"), file.error().what, {.file = source.path},
                                    "put the file back or relink the source"));
            continue;
        }
        const AudioFileInfo& info = (*file)->info();
        if (isAsDescribed(source, info)) {
            stats_[id] = (*file)->stat();
            continue;
        }
        found.push_back(changed(
            source,
            fmt::format(
                "The file is no longer the one the album was made with: it has {} Hz, {} channels and "
                "{} samples, the album has {} Hz, {} channels and {} samples",
                info.rate.hertz(), info.channels, info.length.value(), source.rate.hertz(), source.channels,
                source.length.value())));
    }
    return found;
}

std::vector<SourceId> SourceWatch::found() const
{
    std::vector<SourceId> ids;
    for (const auto& [id, stat] : stats_) ids.push_back(id);
    return ids;
}

bool SourceWatch::watches(const FileStat& file) const
{
    return std::ranges::any_of(stats_, [&](const auto& known) {
        return known.second.inode == file.inode && known.second.device == file.device;
    });
}

SourceOpener SourceWatch::opener()
{
    return [this](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        const auto follower = followers_.find(source.id);
        if (follower == followers_.end() || checked_.contains(source.id)) return openerFor(files_)(source);
        auto file = open(source);
        if (!file) return file;
        return followedFile(std::move(*file), follower->second);
    };
}

Result<std::unique_ptr<AudioFile>> SourceWatch::open(const Source& source)
{
    if (!known_) return openerFor(files_)(source);
    FollowingFileOps followed{files_, followers_.at(source.id)->bytes()};
    return openerFor(followed)(source);
}

const KnownFile* SourceWatch::knownFile(const Source& source, const Progress& progress) const
{
    if (!known_ || source.fingerprint.xxh3.empty()) return nullptr;
    const auto fits = [&](const KnownFile& known) {
        return known.fingerprint == source.fingerprint && known.size == stats_.at(source.id).size;
    };
    if (std::ranges::none_of(*known_, fits)) return nullptr;
    const std::string hash = hashOfFile(files_, source.path, {.stop = progress.stop});
    const auto same = std::ranges::find_if(
        *known_, [&](const KnownFile& known) { return fits(known) && known.hash == hash; });
    return same != known_->end() ? &*same : nullptr;
}

SourceWatch::Answer SourceWatch::measure(SourceId id, const Progress& progress)
{
    const Source& source = *find(album_, id);
    Follower& follower = *followers_.at(id);
    CheckedSource checked{.id = id, .stat = stats_.at(id)};
    auto file = open(source);
    if (!file) return {.error = std::move(file.error())};
    // What the header says is judged also where the bytes are known: the file may be another one since
    // look().
    if (const KnownFile* known = follower.untouched() ? knownFile(source, progress) : nullptr) {
        checked.measured = {.fingerprint = known->fingerprint, .peak = known->peak};
        checked.fileHash = known->hash;
        return {.checked = std::move(checked)};
    }
    auto measured = follower.finish(**file, {.stop = progress.stop});
    // Not what it was, or never measured: the whole file has to say whether it is damaged.
    if (measured && measured->fingerprint != source.fingerprint)
        measured = measureSource(**file, {.stop = progress.stop});
    if (!measured) return {.error = std::move(measured.error())};
    checked.measured = std::move(*measured);
    if (known_) checked.fileHash = follower.bytesHash(files_, source.path);
    return {.checked = std::move(checked)};
}

void SourceWatch::planAhead(std::vector<SourceId> sources)
{
    std::erase_if(sources, [&](SourceId id) { return checked_.contains(id); });
    ahead_ = std::move(sources);
    answers_.assign(ahead_.size(), {});
    nextAhead_ = 0;
}

void SourceWatch::checkAhead(const Progress& progress)
{
    for (std::size_t i = nextAhead_++; i < ahead_.size(); i = nextAhead_++) {
        if (progress.cancelled()) return;
        answers_[i] = measure(ahead_[i], progress);
    }
}

Result<Findings> SourceWatch::check(const std::vector<SourceId>& sources, const Progress& progress)
{
    std::vector<SourceId> open;
    std::ranges::copy_if(sources, std::back_inserter(open),
                         [&](SourceId id) { return !checked_.contains(id); });
    std::vector<Answer> answers(open.size());
    std::atomic<std::size_t> done = 0;
    parallelFor(open.size(), 0, [&](std::size_t i) {
        const auto ahead = std::ranges::find(ahead_, open[i]);
        if (ahead != ahead_.end())
            answers[i] = std::exchange(answers_[static_cast<std::size_t>(ahead - ahead_.begin())], {});
        if (!answers[i].checked && !answers[i].error) answers[i] = measure(open[i], progress);
        progress("Checking the sources", static_cast<double>(++done) / static_cast<double>(open.size()));
    });

    Findings found;
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (answers[i].error) return failure(std::move(*answers[i].error));
        CheckedSource& checked = *answers[i].checked;
        std::ranges::move(judge(*find(album_, open[i]), checked.measured), std::back_inserter(found));
        checked_.emplace(open[i], std::move(checked));
    }
    return found;
}

Status SourceWatch::unchanged()
{
    for (const auto& [id, before] : stats_) {
        const Source& source = *find(album_, id);
        const auto real = files_.realPath(source.path);
        const auto stat = real ? files_.stat(*real) : SystemResult<FileStat>{std::unexpected{real.error()}};
        if (!stat)
            return failure(
                fileError("A source could not be found again after the render", source.path, stat.error()));
        if (stat->size != before.size || stat->modifiedNanoseconds != before.modifiedNanoseconds ||
            // Programs that edit tags put the time of modification back; this one nobody can set.
            stat->changedNanoseconds != before.changedNanoseconds || stat->inode != before.inode ||
            stat->device != before.device)
            return failure(
                "The file changed while it was rendered; nothing was published. Export again when it is "
                "complete",
                source.path, ErrorKind::refused);
    }
    return {};
}

Findings convertedSources(const Album& album, const std::vector<SourceId>& sources, SampleRate rate)
{
    Findings found;
    for (const SourceId id : sources) {
        const Source& s = *find(album, id);
        if (s.rate != rate)
            found.push_back(finding(
                audioRule("AUDIO.CONVERTED"),
                fmt::format("The file has {} Hz and is converted to {} Hz", s.rate.hertz(), rate.hertz()),
                {.file = s.path}));
    }
    return found;
}

} // namespace segue
