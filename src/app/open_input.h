/// \file
/// INPUT of every command: an album, a cue sheet or a DDP folder, told apart by what it is.
#pragma once

#include "app/import_cue.h"
#include "project/project_file.h"

#include <optional>
#include <string>

namespace segue {

enum class InputKind { album, cueSheet, ddpFolder };
/// A folder is taken for a DDP; a file by its ending and first bytes.
[[nodiscard]] Result<InputKind> inputKind(FileOps& files, const Path& path);

struct OpenedInput {
    InputKind kind = InputKind::album;
    Project project{}; ///< what a cue sheet became, too
    Findings findings{};
};
/// Albums and cue sheets; a DDP folder is an Error here: it has no sources to render from (see
/// ddp/fileset_reader.h).
[[nodiscard]] Result<OpenedInput> openInput(FileOps& files, const Path& path,
                                            const CueImportOptions& options);

/// Names the files of findings as the project does: relative to its folder where they lie in it or beside it,
/// so that one album says the same wherever it lies.
/// \param folder absolute, of the project file; where there is none, absolute names stay
void nameFilesFrom(Findings& findings, const Path& folder);

/// The CD edition called `name`, or the only one when it is empty; an Error with the list otherwise.
[[nodiscard]] Result<EditionId> chooseCdEdition(const Album& album, const std::string& name);
/// Any edition: by name, else the only one, else the only CD edition.
[[nodiscard]] Result<EditionId> chooseAnyEdition(const Album& album, const std::string& name);

} // namespace segue
