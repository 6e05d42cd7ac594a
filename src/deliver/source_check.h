/// \file
/// Whether an album's files are still what they were. Their headers are looked at before any work; their
/// samples are measured while the render reads them, so that what was rendered is what was checked; what the
/// render did not need is read afterwards. Their stat is remembered, so that a change meanwhile is seen.
#pragma once

#include "audio/measure_source.h"
#include "audio/render.h"
#include "core/file_ops.h"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace segue {

struct CheckedSource {
    SourceId id{};
    MeasuredSource measured{};
    FileStat stat{};
    std::string fileHash{}; ///< XXH3-128 of all the file's bytes; empty when they were not followed
};
/// A file that was measured before: as long as its bytes are these, so are its samples, and all are numbers.
struct KnownFile {
    Fingerprint fingerprint{};
    double peak = 0;
    std::int64_t size = 0;
    std::string hash{}; ///< XXH3-128 of all its bytes
    [[nodiscard]] friend bool operator==(const KnownFile&, const KnownFile&) = default;
};
/// The sources that were found to be what the album says.
using CheckedSources = std::map<SourceId, CheckedSource>;

/// The sources that the edition's unmuted clips use, each once.
[[nodiscard]] std::vector<SourceId> usedSources(const Album& album, const Edition& edition);
[[nodiscard]] std::vector<SourceId> usedSources(const Album& album, const Piece& piece);
/// Opens a source's file as the album describes it; an Error when rate, length or channels differ.
[[nodiscard]] SourceOpener openerFor(FileOps& files);

/// Watches over the sources of one edition during an export.
class SourceWatch {
public:
    /// \param known given: the bytes of what is read are hashed too, and a source that nobody reads is held
    ///              against these before it is measured
    SourceWatch(FileOps& files, const Album& album, const Edition& edition,
                std::optional<std::vector<KnownFile>> known = {});
    ~SourceWatch();
    SourceWatch(const SourceWatch&) = delete;
    SourceWatch& operator=(const SourceWatch&) = delete;

    /// Opens every file and remembers its stat: AUDIO.MISSING, AUDIO.CHANGED by what the header says. An
    /// unreadable disk is an Error. Call it first.
    [[nodiscard]] Result<Findings> look();
    /// As openerFor(); what is read in order through the files it opens is measured. Any thread.
    [[nodiscard]] SourceOpener opener();
    /// Reads, on all cores, what of these sources nobody read, and judges what was not judged yet:
    /// AUDIO.CHANGED, AUDIO.NOT_FINITE. \pre look() found all of them
    [[nodiscard]] Result<Findings> check(const std::vector<SourceId>& sources, const Progress& progress);
    /// For threads that have time before check() is called: they measure these sources, which nobody reads
    /// meanwhile. Call it once, then checkAhead() from any number of threads, each until it returns.
    void planAhead(std::vector<SourceId> sources);
    void checkAhead(const Progress& progress);
    /// By stat alone: an Error naming the first file that changed since look().
    [[nodiscard]] Status unchanged();
    /// What check() found in order.
    [[nodiscard]] const CheckedSources& checked() const { return checked_; }
    /// Whether this is one of the files that look() found as the album describes them.
    [[nodiscard]] bool watches(const FileStat& file) const;
    /// What look() found as the album describes it.
    [[nodiscard]] std::vector<SourceId> found() const;

private:
    class Follower;
    struct Answer {
        std::optional<CheckedSource> checked{};
        std::optional<Error> error{};
    };
    [[nodiscard]] Result<std::unique_ptr<AudioFile>> open(const Source& source);
    [[nodiscard]] Answer measure(SourceId id, const Progress& progress);
    [[nodiscard]] const KnownFile* knownFile(const Source& source, const Progress& progress) const;

    FileOps& files_;
    const Album& album_;
    std::vector<SourceId> used_;
    std::map<SourceId, std::shared_ptr<Follower>> followers_{};
    std::map<SourceId, FileStat> stats_{}; ///< of what look() found as described
    CheckedSources checked_{};
    std::optional<std::vector<KnownFile>> known_;
    std::vector<SourceId> ahead_{};
    std::vector<Answer> answers_{}; ///< to ahead_; empty where nobody came to it
    std::atomic<std::size_t> nextAhead_ = 0;
};

/// AUDIO.CONVERTED for each of these files that has another rate than what is delivered.
[[nodiscard]] Findings convertedSources(const Album& album, const std::vector<SourceId>& sources,
                                        SampleRate rate);

} // namespace segue
