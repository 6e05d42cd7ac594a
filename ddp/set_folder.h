/// \file
/// The folder a DDP set lies in: which names are in it, which of them a name in DDPMS means, and opening one
/// without ever leaving the folder. Names come from strangers: nothing here trusts them.
#pragma once

#include "core/file_ops.h"
#include "core/finding.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue::ddp {

/// Why a name found in DDPMS is not opened ("it holds a slash"), or nothing when it may be.
[[nodiscard]] std::optional<std::string> objectionToMapName(std::string_view name);
/// The same for a name in a checksum file, which may be any UTF-8.
[[nodiscard]] std::optional<std::string> objectionToListName(std::string_view name);

class SetFolder {
public:
    /// Lists the folder; an Error when that fails.
    [[nodiscard]] static Result<SetFolder> open(FileOps& files, const Path& path);

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    /// The name on the disk: exactly `name`, else the first that differs only in ASCII case.
    [[nodiscard]] std::optional<std::string> find(std::string_view name) const;

    struct Member {
        std::unique_ptr<File> file{}; ///< empty when it is no file of this folder: `problem` says why
        std::int64_t size = 0;
        std::string problem{};
    };
    /// Opens a name of names(). A link out of the folder, a folder or a device is a problem of the set;
    /// a disk that fails or a permission that lacks is an Error of kind io.
    [[nodiscard]] Result<Member> openMember(const std::string& nameOnDisk) const;
    /// All of a small file. \pre size is what openMember() said
    [[nodiscard]] Result<std::vector<std::byte>> read(const std::string& nameOnDisk, Member& member) const;

    /// The Error for a member that could not be read.
    [[nodiscard]] Error readError(const std::string& nameOnDisk, SystemError error) const;

private:
    SetFolder(FileOps& files, Path path, std::vector<std::string> names)
        : files_{&files}, path_{std::move(path)}, names_{std::move(names)}
    {
    }
    FileOps* files_;
    Path path_;
    std::vector<std::string> names_;
};

/// Judges how the disk spells the set's names. All of them in the other case alike (a transfer that
/// lower-cased everything) is a warning; one that differs while others match is an error.
/// \param wantedAndFound names as DDPMS (or the format) has them, and as the disk has them
[[nodiscard]] Findings checkNameCase(const std::vector<std::pair<std::string, std::string>>& wantedAndFound);

/// Files that DDPMS does not name: one that looks like a part of a DDP set is an error, a known companion
/// (checksum file, PQ sheet, cue sheet, IDENT.TXT) is fine, anything else is noted.
/// \param used the names on the disk that belong to the set
[[nodiscard]] Result<Findings> checkUnlisted(const SetFolder& folder, const std::vector<std::string>& used);

} // namespace segue::ddp
