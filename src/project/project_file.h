/// \file
/// The *.segue file: an album as XML. Stable order and one item a line, so that it diffs well; every number
/// through to_chars, so that no locale matters; what a newer version wrote and this one does not know is kept
/// and written back. Every element and attribute: docs/formats/project.md.
#pragma once

#include "album/album.h"
#include "core/file_ops.h"
#include "core/finding.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

inline constexpr int projectVersion = 1;

/// A state of the album that somebody gave a name to and may go back to.
struct Version {
    std::string name{}; ///< not empty, and no other version's
    std::string date{}; ///< as the caller puts it; Segue never reads a clock for it
    std::string note{};
    Album album{};
    [[nodiscard]] friend bool operator==(const Version&, const Version&) = default;
};

/// What a file held beyond the album: kept so that saving destroys nothing.
class ForeignContent; // opaque: the parsed tree of the file
struct Project {
    Album album{};
    std::vector<Version> versions{}; ///< in the order they were made
    int version = projectVersion;    ///< of the file; above projectVersion: opens, but must not be saved over
    std::shared_ptr<const ForeignContent> foreign{};
    Findings findings{}; ///< unknown content kept, references mended: PROJECT.* rules
};

/// Source paths come back absolute, resolved against `folder`.
[[nodiscard]] Result<Project> parseProject(std::string_view xml, const Path& folder,
                                           const std::string& fileName);
/// Source paths inside or beside `folder` become relative. Unknown content of `foreign` stays where it was.
[[nodiscard]] Result<std::string> formatProject(const Album& album, const Path& folder,
                                                const ForeignContent* foreign = nullptr,
                                                std::span<const Version> versions = {});

[[nodiscard]] Result<Project> loadProject(FileOps& files, const Path& file);
/// Atomic, with .bak (core/safe_write.h); the bytes are parsed back and compared with the album before they
/// replace anything. Refuses when the project came from a newer version.
/// \param lastLook  asked when the new bytes are on the disk and nothing is replaced yet; may refuse
[[nodiscard]] Status saveProject(FileOps& files, const Path& file, const Project& project,
                                 const std::function<Status()>& lastLook = {});

} // namespace segue
