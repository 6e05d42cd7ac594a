/// \file
/// The six texts that CD-Text knows, in UTF-8, for an album or a track in one language.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace segue {

enum class TextField { title, performer, songwriter, composer, arranger, message };
inline constexpr std::array allTextFields{TextField::title,    TextField::performer, TextField::songwriter,
                                          TextField::composer, TextField::arranger,  TextField::message};
/// "title", "performer" ...
[[nodiscard]] constexpr std::string_view name(TextField field)
{
    constexpr std::array<std::string_view, 6> names{"title",    "performer", "songwriter",
                                                    "composer", "arranger",  "message"};
    return names[static_cast<std::size_t>(field)];
}

/// Absent and empty differ: an explicitly empty text is a text.
struct Texts {
    std::optional<std::string> title{}, performer{}, songwriter{}, composer{}, arranger{}, message{};

    [[nodiscard]] const std::optional<std::string>& operator[](TextField field) const
    {
        switch (field) {
        case TextField::title: return title;
        case TextField::performer: return performer;
        case TextField::songwriter: return songwriter;
        case TextField::composer: return composer;
        case TextField::arranger: return arranger;
        case TextField::message: break;
        }
        return message;
    }
    [[nodiscard]] std::optional<std::string>& operator[](TextField field)
    {
        return const_cast<std::optional<std::string>&>(std::as_const(*this)[field]);
    }
    [[nodiscard]] bool empty() const
    {
        return !title && !performer && !songwriter && !composer && !arranger && !message;
    }
    [[nodiscard]] friend bool operator==(const Texts&, const Texts&) = default;
};

} // namespace segue
