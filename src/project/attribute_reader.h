/// \file
/// Attributes of a project file as values. The first thing that is wrong is remembered with its file, line
/// and element, and everything after it reads as a harmless default, so that the reader's code can say what
/// is read and nothing else.
#pragma once

#include "core/decibels.h"
#include "core/units.h"
#include "project/xml_document.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace segue {

class AttributeReader {
public:
    AttributeReader(const XmlDocument& document, std::string fileName)
        : document_{document}, fileName_{std::move(fileName)}
    {
    }

    /// Remembers the first; `what` is a complete sentence.
    void fail(const XmlNode& node, std::string what);
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] int lineOf(const XmlNode& node) const { return document_.lineOf(node); }
    [[nodiscard]] const std::string& fileName() const { return fileName_; }

    /// As written, or from the attribute NAME-hex.
    [[nodiscard]] std::optional<std::string> optionalText(const XmlNode& node, std::string_view name);
    [[nodiscard]] std::string text(const XmlNode& node, std::string_view name); ///< "" when absent
    [[nodiscard]] std::string requiredText(const XmlNode& node, std::string_view name);

    [[nodiscard]] std::optional<std::int64_t> optionalInteger(const XmlNode& node, std::string_view name,
                                                              std::int64_t least, std::int64_t most);
    [[nodiscard]] std::int64_t integer(const XmlNode& node, std::string_view name, std::int64_t least,
                                       std::int64_t most);
    [[nodiscard]] std::optional<Duration> optionalTime(const XmlNode& node, std::string_view name);
    [[nodiscard]] Duration time(const XmlNode& node, std::string_view name); ///< required
    /// 0 dB when absent; "-inf" is silence.
    [[nodiscard]] Decibels decibels(const XmlNode& node, std::string_view name);
    /// "yes" or "no"; absent is no.
    [[nodiscard]] bool yes(const XmlNode& node, std::string_view name);
    /// The position of the attribute's value in `choices`; 0 when absent.
    [[nodiscard]] std::size_t choice(const XmlNode& node, std::string_view name,
                                     std::initializer_list<std::string_view> choices);
    [[nodiscard]] std::vector<std::byte> bytes(const XmlNode& node, std::string_view name);

    /// "The attribute "x" is "abc"; `expected` belongs there".
    void wrong(const XmlNode& node, std::string_view name, std::string_view value, std::string_view expected);

private:
    const XmlDocument& document_;
    std::string fileName_;
    std::optional<Error> error_{};
};

/// Bytes as lower-case hexadecimal, and back; nothing for anything else.
[[nodiscard]] std::string toHex(std::string_view bytes);
[[nodiscard]] std::optional<std::string> fromHex(std::string_view text);

} // namespace segue
