/// \file
/// What an edition's medium has to be set: the fields of the edition settings dialog, their texts, and what
/// typing into them does. A new edition takes the preferences; this is where one that exists is changed.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <span>
#include <string>
#include <string_view>

namespace segue::gui {

enum class EditionField : std::uint8_t {
    startOffset,
    endOffset,
    endSilence,
    firstPause,
    longest,
    isrcOnIndex1,
    cdTextCodes,
    masterId,
    rate,
    inches,
    speed,
    lathe,
    plant,
    reference,
};
struct EditionFieldInfo {
    EditionField field;
    const char* label;
    const char* help;
    bool tick = false;          ///< on or off: "1" or ""
    std::string_view choices{}; ///< what is offered, by "|"
    bool othersToo = false;     ///< what is not offered can be typed
};
/// Those that a medium of this kind has, in order.
[[nodiscard]] std::span<const EditionFieldInfo> editionFields(const Medium& medium);
[[nodiscard]] std::string textOf(const Medium& medium, EditionField field);
/// The medium with this field as it was typed; the error says what belongs there.
/// \pre the field is one of editionFields(medium)
[[nodiscard]] Result<Medium> withTyped(Medium medium, EditionField field, const std::string& text);

} // namespace segue::gui
