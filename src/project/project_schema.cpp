#include "project/project_schema.h"

#include <algorithm>
#include <array>

namespace segue {

namespace {

using Names = std::string_view;

constexpr std::array rootAttributes{Names{"version"}, Names{"next-id"}};
constexpr std::array rootChildren{Names{"info"},     Names{"sources"},   Names{"tracks"},
                                  Names{"editions"}, Names{"sign-offs"}, Names{"versions"}};

constexpr std::array infoAttributes{Names{"language"}, Names{"upc"},     Names{"genre-code"},
                                    Names{"genre"},    Names{"disc-id"}, Names{"catalog"},
                                    Names{"label"},    Names{"date"},    Names{"studio"},
                                    Names{"engineer"}, Names{"contact"}, Names{"master-version"},
                                    Names{"note"}};
constexpr std::array infoChildren{Names{"texts"}, Names{"translation"}};

constexpr std::array textAttributes{Names{"title"},    Names{"performer"}, Names{"songwriter"},
                                    Names{"composer"}, Names{"arranger"},  Names{"message"}};
constexpr std::array translationAttributes{Names{"language"},   Names{"title"},    Names{"performer"},
                                           Names{"songwriter"}, Names{"composer"}, Names{"arranger"},
                                           Names{"message"}};

constexpr std::array sourcesChildren{Names{"source"}};
constexpr std::array sourceAttributes{
    Names{"id"},        Names{"path"},     Names{"rate"}, Names{"channels"}, Names{"length"},
    Names{"container"}, Names{"encoding"}, Names{"bits"}, Names{"hash"},     Names{"sixteen-bit"}};

constexpr std::array tracksChildren{Names{"track"}};
constexpr std::array trackAttributes{Names{"id"},      Names{"isrc"},  Names{"flags"}, Names{"gain"},
                                     Names{"balance"}, Names{"end"},   Names{"noise"}, Names{"shift"},
                                     Names{"note"},    Names{"offset"}};
constexpr std::array trackChildren{Names{"texts"}, Names{"translation"}, Names{"clip"}, Names{"index"}};
constexpr std::array clipAttributes{
    Names{"id"},       Names{"source"},         Names{"in"},       Names{"length"},
    Names{"at"},       Names{"gain"},           Names{"fade-in"},  Names{"fade-in-curve"},
    Names{"fade-out"}, Names{"fade-out-curve"}, Names{"inverted"}, Names{"muted"},
    Names{"map"}};
constexpr std::array indexAttributes{Names{"at"}};

constexpr std::array editionsChildren{Names{"edition"}};
constexpr std::array editionAttributes{Names{"id"}, Names{"name"}};
constexpr std::array editionChildren{Names{"cd"}, Names{"vinyl"}, Names{"digital"}, Names{"entry"}};
constexpr std::array cdAttributes{Names{"start-offset"},  Names{"end-offset"}, Names{"first-pause"},
                                  Names{"end-silence"},   Names{"max-length"}, Names{"isrc-placement"},
                                  Names{"cd-text-codes"}, Names{"master-id"}};
constexpr std::array cdChildren{Names{"cd-text-packs"}};
constexpr std::array packsChildren{Names{"pack"}};
constexpr std::array packAttributes{Names{"bytes"}};
constexpr std::array rateAttributes{Names{"rate"}};
constexpr std::array vinylAttributes{Names{"rate"},  Names{"inches"}, Names{"speed"},
                                     Names{"lathe"}, Names{"plant"},  Names{"reference"}};
constexpr std::array entryAttributes{Names{"track"}, Names{"gap"}, Names{"gain"}, Names{"break"},
                                     Names{"keep"}};
constexpr std::array entryChildren{Names{"crossfade"}};
constexpr std::array crossfadeAttributes{Names{"out"}, Names{"in"}};
constexpr std::array signOffsChildren{Names{"sign-off"}};
constexpr std::array signOffAttributes{Names{"rule"}, Names{"track"}, Names{"heard"},
                                       Names{"at"},   Names{"said"},  Names{"note"}};
constexpr std::array versionsChildren{Names{"version"}};
constexpr std::array versionAttributes{Names{"name"}, Names{"date"}, Names{"note"}, Names{"next-id"}};
constexpr std::array versionChildren{Names{"info"}, Names{"sources"}, Names{"tracks"}, Names{"editions"},
                                     Names{"sign-offs"}};

constexpr std::array kinds{
    ElementKind{"segue", rootAttributes, rootChildren},
    ElementKind{"info", infoAttributes, infoChildren},
    ElementKind{"texts", textAttributes, {}},
    ElementKind{"translation", translationAttributes, {}, "language"},
    ElementKind{"sources", {}, sourcesChildren},
    ElementKind{"source", sourceAttributes, {}, "id", true},
    ElementKind{"tracks", {}, tracksChildren},
    ElementKind{"track", trackAttributes, trackChildren, "id", true},
    ElementKind{"clip", clipAttributes, {}, "id", true},
    ElementKind{"index", indexAttributes, {}, "", false, true},
    ElementKind{"editions", {}, editionsChildren},
    ElementKind{"edition", editionAttributes, editionChildren, "id", true},
    ElementKind{"cd", cdAttributes, cdChildren},
    ElementKind{"cd-text-packs", {}, packsChildren},
    ElementKind{"pack", packAttributes, {}, "", false, true},
    ElementKind{"vinyl", vinylAttributes, {}},
    ElementKind{"digital", rateAttributes, {}},
    ElementKind{"entry", entryAttributes, entryChildren, "track"},
    ElementKind{"crossfade", crossfadeAttributes, {}},
    ElementKind{"sign-offs", {}, signOffsChildren},
    ElementKind{"sign-off", signOffAttributes, {}, "", false, true},
    ElementKind{"versions", {}, versionsChildren},
    ElementKind{"version", versionAttributes, versionChildren, "name"},
};

} // namespace

const ElementKind* elementKind(std::string_view name)
{
    const auto found = std::ranges::find(kinds, name, &ElementKind::name);
    return found == kinds.end() ? nullptr : &*found;
}

bool knowsAttribute(const ElementKind& kind, std::string_view name)
{
    const auto known = [&](std::string_view n) {
        return std::ranges::find(kind.attributes, n) != kind.attributes.end();
    };
    return known(name) ||
           (name.ends_with(hexSuffix) && known(name.substr(0, name.size() - hexSuffix.size())));
}

bool knowsChild(const ElementKind& kind, std::string_view name)
{
    return std::ranges::find(kind.children, name) != kind.children.end();
}

} // namespace segue
