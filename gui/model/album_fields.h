/// \file
/// The album's own fields on the Metadata tab: what each shows and what typing into it does.
#pragma once

#include "gui/model/proposal.h"

#include <span>

namespace segue::gui {

enum class AlbumField : std::uint8_t {
    title,
    performer,
    songwriter,
    composer,
    arranger,
    message,
    upc,
    catalog,
    label,
    date,
    genre,
    language,
    discId,
    studio,
    engineer,
    contact,
    masterVersion,
};
struct AlbumFieldInfo {
    AlbumField field;
    const char* label;
    const char* help;
};
[[nodiscard]] std::span<const AlbumFieldInfo> albumFields();
[[nodiscard]] std::string textOf(const Album& album, AlbumField field);
/// The error is the rule's own sentence.
[[nodiscard]] Proposal typed(const Album& album, AlbumField field, const std::string& text);

} // namespace segue::gui
