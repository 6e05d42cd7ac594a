/// \file
/// The two halves of the project file: the tree read as an album and its versions, and these written as a
/// tree.
#pragma once

#include "album/album.h"
#include "core/finding.h"
#include "core/result.h"
#include "project/project_file.h"
#include "project/xml_document.h"
#include "project/xml_item.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

/// \param element  the root, or a <version>
/// \param folder   absolute, of the project file; source paths are resolved against it
[[nodiscard]] Result<Album> readAlbum(const XmlDocument& document, const XmlNode& element,
                                      std::string_view folder, const std::string& fileName,
                                      Findings& findings);
/// A <segue> without a version number; without any check: whoever writes it reads it back first.
[[nodiscard]] XmlItem writeAlbum(const Album& album, std::string_view folder);

struct ReadRoot {
    Album album{};
    std::vector<Version> versions{};
    int version = 1; ///< of the file's format
};
/// The whole document. Findings are about the album, not about its versions.
[[nodiscard]] Result<ReadRoot> readRoot(const XmlDocument& document, std::string_view folder,
                                        const std::string& fileName, Findings& findings);
[[nodiscard]] XmlItem writeRoot(const Album& album, std::span<const Version> versions,
                                std::string_view folder);

} // namespace segue
