#include "app/import_cue.h"

#include "album/edit.h"
#include "app/add_files.h"
#include "audio/audio_file.h"
#include "core/text.h"
#include "core/time_text.h"
#include "project/project_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue {

namespace {

constexpr std::int64_t cueLimit = 1 << 20;
constexpr std::int64_t packFileLimit = 36'720 + 5;

struct OpenedFile {
    SourceId source{};
    Duration start{}; ///< on the joined time line of all files
    Duration length{};
};

/// The steps of one import; a function each, sharing the sheet and the files.
class CueImport {
public:
    CueImport(FileOps& files, Path cueFile, const CueSheet& sheet, const CueImportOptions& options)
        : files_{files}, cueFile_{std::move(cueFile)}, sheet_{sheet}, options_{options}
    {
    }

    Result<ImportedAlbum> run()
    {
        if (const auto s = openFiles(); !s) return failure(s.error());
        if (const auto s = checkPlaces(); !s) return failure(s.error());
        if (const auto s = findOrigin(); !s) return failure(s.error());
        fillInfo();
        CdSettings settings;
        if (const auto s = readPacks(settings); !s) return failure(s.error());
        auto withEdition = edit::addEdition(std::move(result_.album), "CD", settings);
        if (!withEdition) return failure(withEdition.error());
        result_.album = std::move(withEdition->first);
        for (std::size_t i = 0; i < sheet_.tracks.size(); ++i)
            if (const auto s = addTrack(i, withEdition->second); !s) return failure(s.error());
        return std::move(result_);
    }

private:
    [[nodiscard]] std::string at(int line) const
    {
        return fmt::format("{}, line {}", cueFile_.filename().string(), line);
    }

    Status openFiles()
    {
        Duration start{};
        const Path folder = cueFile_.has_parent_path() ? cueFile_.parent_path() : Path{"."};
        for (const CueFile& file : sheet_.files) {
            const Path name{file.name};
            // Nothing outside the sheet's folder is opened on a sheet's word; FileOps refuses links that lead
            // out, too.
            auto beneath = files_.openBeneath(folder, name);
            if (!beneath) {
                Error error = fileError("The audio file of the cue sheet could not be opened", folder / name,
                                        beneath.error());
                if (beneath.error().code == crossDevice)
                    error = {"The cue sheet names a file outside its own folder, which is not opened. Put "
                             "the file beside "
                             "the sheet and name it without folders",
                             escapedForDisplay(file.name), ErrorKind::input, beneath.error().code};
                error.where = fmt::format("{}: {}", at(file.line), error.where);
                return failure(error);
            }
            const std::string container = file.type == CueFile::Type::littleEndian ? rawLittleEndian
                                          : file.type == CueFile::Type::bigEndian  ? rawBigEndian
                                                                                   : "";
            auto added = addSourceFile(files_, std::move(result_.album), folder / name, container,
                                       options_.progress, options_.prober);
            if (!added) {
                Error error = added.error();
                error.where = fmt::format("{}: {}", at(file.line), error.where);
                return failure(error);
            }
            result_.album = std::move(added->album);
            std::ranges::move(added->findings, std::back_inserter(result_.findings));
            const Source& source = *find(result_.album, added->source);
            const Duration length = nearestDuration(source.length, source.rate);
            opened_.push_back({added->source, start, length});
            start += length;
        }
        end_ = start;
        return {};
    }

    [[nodiscard]] Duration placeOf(const CueIndex& index) const
    {
        return opened_.at(index.file).start + durationOf(index.at);
    }

    /// An index lies inside its own file, and after the one before on the joined files.
    Status checkPlaces()
    {
        std::optional<Duration> before;
        for (const CueTrack& track : sheet_.tracks) {
            for (const CueIndex& index : track.indexes) {
                const OpenedFile& file = opened_.at(index.file);
                if (durationOf(index.at) >= file.length)
                    return failure(fmt::format("Track {} INDEX {:02} at {} lies at or after the end of its "
                                               "file, which is {} long",
                                               track.number, index.number, cdTime(index.at),
                                               cdTime(wholeFramesIn(file.length))),
                                   at(index.line));
                if (before && placeOf(index) <= *before)
                    return failure(fmt::format("Track {} INDEX {:02} does not lie after the index before it",
                                               track.number, index.number),
                                   at(index.line));
                before = placeOf(index);
            }
        }
        return {};
    }

    /// Where the joined files begin in A-time.
    Status findOrigin()
    {
        const CueTrack& first = sheet_.tracks.front();
        const bool hasPause = first.indexes.front().number == 0;
        const Duration firstIndex = placeOf(first.indexes.front());
        if (options_.profile == ddp::Profile::cue2ddp && !options_.origin && firstIndex != Duration{})
            return failure("The first index of track 1 must be at 00:00:00 of the audio file in profile "
                           "cue2ddp; profile "
                           "standard takes what lies before it as hidden audio",
                           at(first.indexes.front().line));
        origin_ = CdFramePos{150};
        if (options_.origin) {
            origin_ = *options_.origin;
        } else if (hasPause && options_.profile == ddp::Profile::cue2ddp) {
            origin_ = CdFramePos{0};
        } else if (hasPause && first.indexes.size() > 1) {
            const Duration start = placeOf(first.indexes.at(1));
            const auto silent = firstFramesAreSilent();
            if (!silent) return failure(silent.error());
            if (start >= durationOf(CdFrameCount{150}) && *silent) {
                origin_ = CdFramePos{0};
                // Nothing may sound there, and an album cannot see that a file's first two seconds are
                // silent.
                leftOut_ = durationOf(CdFrameCount{150});
                result_.findings.push_back(finding(
                    projectRule("CUE.ORIGIN"),
                    "The file's first two seconds are silent and track 1 has an INDEX 00, so the file is "
                    "taken to start at "
                    "00:00:00 of the disc",
                    {.file = cueFile_.filename().string(), .line = first.indexes.front().line, .track = 1},
                    "import it with the origin 2 s when the file starts at 00:02:00 instead"));
            }
        }
        return {};
    }

    Result<bool> firstFramesAreSilent()
    {
        const Source& source = *find(result_.album, opened_.front().source);
        auto file = openAudioFile(files_, source.path, source.format.container);
        if (!file) return failure(file.error());
        std::array<Frame, 4096> block{};
        const std::int64_t wanted = samplesCovering(durationOf(CdFrameCount{150}), source.rate).value();
        for (std::int64_t at = 0; at < wanted; at += std::ssize(block)) {
            const auto count =
                static_cast<std::size_t>(std::min<std::int64_t>(std::ssize(block), wanted - at));
            if (const auto s = (*file)->read(SamplePos{at}, Block{block}.first(count)); !s)
                return failure(s.error());
            if (std::any_of(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count),
                            [](Frame f) { return f.left != 0 || f.right != 0; }))
                return false;
        }
        return true;
    }

    void fillInfo()
    {
        AlbumInfo& info = result_.album.info;
        info.texts = sheet_.texts;
        info.upc = sheet_.upc;
        info.date = sheet_.date;
        info.discId = sheet_.discId;
        if (!sheet_.genre.empty()) {
            info.genreCode = parseGenre(sheet_.genre);
            if (!info.genreCode) info.genreText = sheet_.genre;
        }
    }

    Status readPacks(CdSettings& settings)
    {
        if (sheet_.cdTextFile.empty()) return {};
        const Path folder = cueFile_.has_parent_path() ? cueFile_.parent_path() : Path{"."};
        auto file = files_.openBeneath(folder, sheet_.cdTextFile);
        if (!file)
            return failure(fileError("The CD-Text file of the cue sheet could not be opened",
                                     folder / sheet_.cdTextFile, file.error()));
        std::vector<std::byte> bytes(static_cast<std::size_t>(packFileLimit) + 1);
        const auto read = readFully(**file, 0, bytes);
        if (!read)
            return failure(fileError("The CD-Text file of the cue sheet could not be read",
                                     folder / sheet_.cdTextFile, read.error()));
        if (static_cast<std::int64_t>(*read) > packFileLimit)
            return failure("The CD-Text file is larger than eight blocks of packs can be", sheet_.cdTextFile);
        bytes.resize(*read);
        if (options_.profile == ddp::Profile::cue2ddp && bytes.size() % 18 != 0)
            return failure("Profile cue2ddp takes bare CD-Text packs of 18 bytes only, this file has a "
                           "header or a trailing "
                           "byte",
                           sheet_.cdTextFile);
        settings.cdTextPacks = std::move(bytes);
        return {};
    }

    /// The parts of the joined files between two places, as clips on a track whose time 0 is `zero`.
    [[nodiscard]] std::vector<Clip> clipsBetween(Duration from, Duration to, Duration zero) const
    {
        std::vector<Clip> clips;
        for (const OpenedFile& file : opened_) {
            const Duration begin = std::max(from, file.start), end = std::min(to, file.start + file.length);
            if (begin >= end) continue;
            const Source& source = *find(result_.album, file.source);
            Clip clip;
            clip.source = file.source;
            clip.in = nearestSamples(begin - file.start, source.rate);
            clip.length = (end == file.start + file.length ? source.length
                                                           : nearestSamples(end - file.start, source.rate)) -
                          clip.in;
            clip.at = file.start + nearestDuration(clip.in, source.rate) - zero;
            clips.push_back(clip);
        }
        return clips;
    }

    Status addTrack(std::size_t i, EditionId edition)
    {
        const CueTrack& cue = sheet_.tracks[i];
        const auto start = std::ranges::find(cue.indexes, 1, &CueIndex::number);
        const Duration zero = placeOf(*start);
        // Everything from the first index on is this track's; what the first track's file holds before it,
        // too.
        const Duration from = i == 0 ? leftOut_ : placeOf(cue.indexes.front());
        const bool last = i + 1 == sheet_.tracks.size();
        const Duration to = last ? end_ : placeOf(sheet_.tracks[i + 1].indexes.front());

        auto added = edit::addTrack(std::move(result_.album), clipsBetween(from, to, zero), cue.texts);
        if (!added) return failure(added.error());
        const TrackId id = added->second;
        auto album = edit::setIsrc(std::move(added->first), id, cue.isrc);
        if (album) album = edit::setEndMark(std::move(*album), id, to - zero + durationOf(cue.postgap));
        // FLAGS that exclude each other are a rule's business, with its place; so they are kept as written.
        if (album) {
            const auto track = std::ranges::find(album->tracks, id, &Track::id);
            track->flags = cue.flags;
            std::vector<Duration> further;
            for (auto index = start + 1; index != cue.indexes.end(); ++index)
                further.push_back(placeOf(*index) - zero);
            album = edit::setIndexes(std::move(*album), id, std::move(further));
        }
        const Duration fileGap = zero - (i == 0 ? Duration{} : from);
        const Duration gap =
            fileGap + durationOf(cue.pregap) + (i == 0 ? durationOf(origin_ - CdFramePos{0}) : Duration{});
        if (album)
            album = edit::insertEntry(std::move(*album), edition, id, i, {.gap = gap, .crossfade = {}});
        if (!album) return failure(fmt::format("Track {}: {}", cue.number, album.error().what), at(cue.line));
        result_.album = std::move(*album);
        return {};
    }

    static constexpr int crossDevice = 18; // EXDEV

    FileOps& files_;
    Path cueFile_;
    const CueSheet& sheet_;
    const CueImportOptions& options_;
    ImportedAlbum result_{};
    std::vector<OpenedFile> opened_{};
    Duration end_{};
    CdFramePos origin_{150};
    Duration leftOut_{}; ///< silence at the first file's start that no clip takes
};

} // namespace

Result<ImportedAlbum> importCue(FileOps& files, const Path& cueFile, const CueImportOptions& options)
{
    const auto text = readTextFile(files, cueFile, cueLimit);
    if (!text) return failure(text.error());
    auto parsed = parseCueSheet(*text, cueFile.filename().string());
    if (!parsed) return failure(parsed.error());
    auto imported = CueImport{files, cueFile, parsed->sheet, options}.run();
    if (!imported) return imported;
    std::ranges::move(parsed->findings, std::back_inserter(imported->findings));
    return imported;
}

} // namespace segue
