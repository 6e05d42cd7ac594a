/// \file
/// How a project file names its sources: relative when they lie in its folder, below it, or in a folder
/// beside it, so that a project can be moved with its audio; absolute otherwise. Byte by byte: no
/// normalisation, no links resolved.
#pragma once

#include <string>
#include <string_view>

namespace segue {

/// What is written for `path`. It stays as it is unless absolutePath() gives exactly `path` again.
/// \param folder absolute, of the project file
[[nodiscard]] std::string storedPath(std::string_view path, std::string_view folder);
/// What a stored path means: absolute ones themselves, others from `folder`; leading "../" go up, further
/// ones stay.
[[nodiscard]] std::string absolutePath(std::string_view stored, std::string_view folder);
/// True for a stored path that leaves the project's folder and the folders beside it.
[[nodiscard]] bool leavesReach(std::string_view stored);

} // namespace segue
