/// \file
/// The two halves of the project file: the tree read as an album, the album written as a tree.
#pragma once

#include "album/album.h"
#include "core/finding.h"
#include "core/result.h"
#include "project/xml_document.h"
#include "project/xml_item.h"

#include <string>
#include <string_view>

namespace segue {

struct ReadAlbum {
    Album album{};
    int version = 1;
};
/// \param folder absolute, of the project file; source paths are resolved against it
[[nodiscard]] Result<ReadAlbum> readAlbum(const XmlDocument& document, std::string_view folder,
                                          const std::string& fileName, Findings& findings);
/// Without any check: whoever writes it reads it back first.
[[nodiscard]] XmlItem writeAlbum(const Album& album, std::string_view folder);

} // namespace segue
