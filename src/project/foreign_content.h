/// \file
/// What a project file holds that this version does not know: attributes and elements of newer versions,
/// comments. It is lifted out when the file is read and put back in its places when the album is written.
#pragma once

#include "core/finding.h"
#include "project/xml_document.h"
#include "project/xml_item.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace segue {

class ForeignContent {
public:
    /// A known attribute (no value), or a foreign one.
    struct AttributeSlot {
        std::string name;
        std::optional<std::string> value{};
    };
    /// A known child by its identity, or a foreign piece of markup.
    struct ChildSlot {
        std::string known;
        std::string markup{};
    };
    /// The order of things in one element that holds foreign ones.
    struct Slots {
        std::vector<AttributeSlot> attributes{};
        std::vector<ChildSlot> children{};
    };
    std::map<std::string, Slots, std::less<>> elements{}; ///< by the element's path of identities
    std::vector<std::string> beforeRoot{}, afterRoot{};   ///< comments and instructions around the root
};

/// Never null. Adds one PROJECT.UNKNOWN note for every kind of unknown element or attribute, with its first
/// line.
[[nodiscard]] std::shared_ptr<const ForeignContent>
collectForeign(const XmlDocument& document, const std::string& fileName, Findings& findings);
/// Puts attributes and children behind the known ones they followed. What belonged to an element that is gone
/// goes with it.
void mergeForeign(XmlItem& root, const ForeignContent& foreign);

} // namespace segue
