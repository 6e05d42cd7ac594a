/// \file
/// What every command shares: the file system, the options that all have, exit codes, messages, progress and
/// cancel.
#pragma once

#include "album/album.h"
#include "app/audio_probe.h"
#include "core/file_ops.h"
#include "core/finding.h"
#include "core/progress.h"
#include "project/project_file.h"

#include <functional>
#include <string>
#include <string_view>

namespace segue::cli {

enum ExitCode : int { done = 0, ruleBroken = 1, wrongUsage = 2, diskFailed = 3, interrupted = 130 };

class Context {
public:
    explicit Context(FileOps& fileOps) : files{fileOps} {}

    FileOps& files;
    AudioProber prober{"/proc/self/exe"}; ///< tries out unknown audio in another process of this program
    bool json = false;
    bool quiet = false;
    std::string edition{}; ///< --edition NAME
    int exitCode = done;   ///< what the program will answer

    /// Where an input lies, absolute; empty when it cannot be found.
    [[nodiscard]] Path folderOf(const Path& input) const;

    /// A bar on a terminal, nothing in a pipe or with --quiet or --json; stops on Ctrl-C.
    [[nodiscard]] Progress progress() const;
    /// Erases the bar, so that other output does not stand beside it.
    void endProgress() const;

    /// "segue: where: what" on stderr, or `{"ok": false, "error": ...}` with --json; sets the exit code.
    void fail(const Error& error);
    /// One line a finding on stderr: "error  track 3: ... (RULE)", with its fix below.
    void print(const Findings& findings) const;
    /// Text on stdout.
    void out(std::string_view text) const;
    /// A remark on stderr, unless --quiet.
    void note(std::string_view text) const;
};

[[nodiscard]] int exitCodeOf(ErrorKind kind);

/// Loads an album, changes it, saves it and says `said`. Nothing is written when `change` fails or changes
/// nothing.
void editAlbum(Context& context, const std::string& file, std::string_view said,
               const std::function<Result<Album>(Album)>& change);

/// The entry's track at place `number` (from 1) of the chosen edition.
struct TrackChoice {
    EditionId edition{};
    TrackId track{};
    std::size_t position = 0;
};
[[nodiscard]] Result<TrackChoice> chooseTrack(const Album& album, const std::string& edition, int number);

/// Blocks SIGINT and SIGTERM and turns them into a stop request; call once, before any thread is made.
void catchInterrupts();
[[nodiscard]] std::stop_token interruptToken();

} // namespace segue::cli
