/// \file
/// A place to keep recovery journals in for a test, edits to post there, and eyes of its own to look at what
/// came of them.
#pragma once

#include "core/testing_file_ops.h"
#include "project/journal.h"
#include "project/recovery.h"
#include "support/album_builder.h"
#include "support/temp_folder.h"

namespace segue::test {

/// A window, by number. Nobody but the windows in `running` runs.
[[nodiscard]] inline LockOwner window(int number)
{
    return {"here", number, "today", "window" + std::to_string(number)};
}
[[nodiscard]] inline StillRuns nobodyRuns()
{
    return [](const LockOwner&) { return false; };
}
[[nodiscard]] inline StillRuns everybodyRuns()
{
    return [](const LockOwner&) { return true; };
}

/// An album whose note is `number`, so that it is known again.
[[nodiscard]] inline Album numbered(Album album, int number)
{
    album.info.note = std::to_string(number);
    return album;
}
[[nodiscard]] inline int numberOf(const Album& album)
{
    return album.info.note.empty() ? 0 : std::stoi(album.info.note);
}
/// With the sources where a project in `folder` has them.
[[nodiscard]] inline Album placed(const Album& album, const Path& folder)
{
    return get(parseProject(get(formatProject(album, folder)), folder, "test")).album;
}

[[nodiscard]] inline JournalEdit numberedEdit(const Album& album, int number, bool continues = false)
{
    return {.label = "Edit " + std::to_string(number),
            .time = 1000 + number,
            .continues = continues,
            .album = std::make_shared<const Album>(numbered(album, number))};
}

/// The real files without waiting for the disk: for tests that make thousands.
[[nodiscard]] inline FileOps& quickFileOps()
{
    static FaultyFileOps files{realFileOps(), {.pretendSync = true}};
    return files;
}

/// Long enough that nothing is written before flush() or the end: what is in a write is the test's to say.
inline constexpr std::chrono::milliseconds onlyWhenFlushed{3'600'000};

[[nodiscard]] inline JournalSetup journalSetup(const Path& state, int number = 1)
{
    return {.state = state, .self = window(number), .stillRuns = nobodyRuns(), .wait = onlyWhenFlushed};
}

} // namespace segue::test
