#include "vinyl/profiles.h"

#include "core/key_values.h"
#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::vinyl {

namespace {

constexpr std::array<std::string_view, 6> tableKeys{"12_33", "12_45", "10_33", "10_45", "7_33", "7_45"};

std::string stemOf(const std::string& file) { return Path{file}.stem().string(); }

// The one nameless section; profiles have no others.
Result<KeyValueSection> onlySection(const KeyValues& values)
{
    if (values.sections.size() > 1)
        return failure(keyValueError(
            values, values.sections[1].line,
            fmt::format("A profile has no sections; [{}] is not expected here", values.sections[1].name)));
    return values.sections.front();
}

struct NumberKey {
    std::string_view key;
    double LatheProfile::* member;
    double low, high;
};
constexpr std::array numberKeys{
    NumberKey{"land", &LatheProfile::land, 1, 100},
    NumberKey{"base_depth", &LatheProfile::baseDepth, 10, 100},
    NumberKey{"min_depth", &LatheProfile::minDepth, 1, 100},
    NumberKey{"opening_warning", &LatheProfile::openingWarning, 0, 200},
    NumberKey{"opening_error", &LatheProfile::openingError, 0, 200},
    NumberKey{"max_depth", &LatheProfile::maxDepth, 20, 300},
    NumberKey{"fixed_depth_warning", &LatheProfile::fixedDepthWarning, 1, 100},
    NumberKey{"lateral_warning", &LatheProfile::lateralWarning, 1, 500},
    NumberKey{"lateral_error", &LatheProfile::lateralError, 1, 500},
    NumberKey{"band", &LatheProfile::band, 0, 10},
    NumberKey{"tip_spherical", &LatheProfile::tipSpherical, 1, 100},
    NumberKey{"tip_elliptical", &LatheProfile::tipElliptical, 1, 100},
    NumberKey{"coil_warning", &LatheProfile::coilWarning, 1, 100'000},
    NumberKey{"coil_error", &LatheProfile::coilError, 1, 100'000},
};

std::string knownKeys()
{
    std::string list = "description, depth_control, hold_neighbours";
    for (const NumberKey& k : numberKeys) list += fmt::format(", {}", k.key);
    return list;
}

struct Order {
    std::string_view lower, higher;
    double LatheProfile::* low;
    double LatheProfile::* high;
};
constexpr std::array orders{
    Order{"min_depth", "base_depth", &LatheProfile::minDepth, &LatheProfile::baseDepth},
    Order{"base_depth", "max_depth", &LatheProfile::baseDepth, &LatheProfile::maxDepth},
    Order{"opening_warning", "opening_error", &LatheProfile::openingWarning, &LatheProfile::openingError},
    Order{"lateral_warning", "lateral_error", &LatheProfile::lateralWarning, &LatheProfile::lateralError},
    Order{"tip_elliptical", "tip_spherical", &LatheProfile::tipElliptical, &LatheProfile::tipSpherical},
    Order{"coil_warning", "coil_error", &LatheProfile::coilWarning, &LatheProfile::coilError},
};

int lineOf(const KeyValueSection& section, std::string_view a, std::string_view b)
{
    int line = 1;
    for (const std::string_view key : {a, b})
        if (const KeyValue* value = find(section, key)) line = std::max(line, value->line);
    return line;
}

std::string namesOf(std::span<const BuiltInProfile> profiles)
{
    std::string list;
    for (const BuiltInProfile& p : profiles) list += fmt::format("{}{}", list.empty() ? "" : ", ", p.name);
    return list;
}

constexpr std::int64_t mostProfileBytes = 1 << 20;

template <class Profile>
Result<Profile> findProfile(FileOps& files, const std::string& name, std::span<const BuiltInProfile> builtIn,
                            std::string_view kind,
                            Result<Profile> (*parse)(std::string_view, const std::string&))
{
    for (const BuiltInProfile& p : builtIn)
        if (p.name == name) return parse(p.text, name);
    if (!files.stat(name))
        return failure(fmt::format("There is no {} profile and no file of this name; built in are {}", kind,
                                   namesOf(builtIn)),
                       name);
    auto text = readTextFile(files, name, mostProfileBytes);
    if (!text) return failure(std::move(text.error()));
    return parse(*text, name);
}

} // namespace

Result<LatheProfile> parseLathe(std::string_view text, const std::string& file)
{
    auto values = parseKeyValues(text, file);
    if (!values) return failure(std::move(values.error()));
    auto section = onlySection(*values);
    if (!section) return failure(std::move(section.error()));
    LatheProfile profile;
    profile.name = stemOf(file);
    for (const KeyValue& v : section->values) {
        if (v.key == "description") {
            profile.description = v.value;
        } else if (v.key == "depth_control" || v.key == "hold_neighbours") {
            auto yes = yesOrNo(*values, v);
            if (!yes) return failure(std::move(yes.error()));
            (v.key == "depth_control" ? profile.depthControl : profile.holdNeighbours) = *yes;
        } else {
            const auto known = std::ranges::find(numberKeys, v.key, &NumberKey::key);
            if (known == numberKeys.end())
                return failure(keyValueError(
                    *values, v.line,
                    fmt::format("\"{}\" is no key of a lathe profile; there are {}", v.key, knownKeys())));
            auto number = numberOf(*values, v, known->low, known->high);
            if (!number) return failure(std::move(number.error()));
            profile.*known->member = *number;
        }
    }
    for (const Order& o : orders)
        if (profile.*o.low > profile.*o.high)
            return failure(keyValueError(*values, lineOf(*section, o.lower, o.higher),
                                         fmt::format("{} ({:g}) must not be above {} ({:g})", o.lower,
                                                     profile.*o.low, o.higher, profile.*o.high)));
    return profile;
}

Result<PlantProfile> parsePlant(std::string_view text, const std::string& file)
{
    auto values = parseKeyValues(text, file);
    if (!values) return failure(std::move(values.error()));
    auto section = onlySection(*values);
    if (!section) return failure(std::move(section.error()));
    PlantProfile profile;
    profile.name = stemOf(file);
    for (const KeyValue& v : section->values) {
        if (v.key == "description" || v.key == "source") {
            (v.key == "source" ? profile.source : profile.description) = v.value;
            continue;
        }
        bool known = false;
        for (std::size_t i = 0; i < tableKeys.size() && !known; ++i) {
            for (const auto& [ending, member] :
                 {std::pair{"_good", &SideLengths::good}, std::pair{"_most", &SideLengths::most},
                  std::pair{"_refuse", &SideLengths::refuse}}) {
                if (v.key != std::string{tableKeys[i]} + ending) continue;
                auto minutes = numberOf(*values, v, 0.5, 120);
                if (!minutes) return failure(std::move(minutes.error()));
                if (!profile.table[i]) profile.table[i].emplace();
                (*profile.table[i]).*member = *minutes;
                known = true;
            }
        }
        if (!known)
            return failure(keyValueError(
                *values, v.line,
                fmt::format(
                    "\"{}\" is no key of a plant profile; there are description, source and SIZE_SPEED_good, "
                    "_most, _refuse, as in 12_33_good",
                    v.key)));
    }
    for (std::size_t i = 0; i < tableKeys.size(); ++i) {
        if (!profile.table[i]) continue;
        const SideLengths& t = *profile.table[i];
        const std::string key{tableKeys[i]};
        if (t.good == 0 || t.most == 0 || t.refuse == 0)
            return failure(
                keyValueError(*values, lineOf(*section, key + "_good", key + "_refuse"),
                              fmt::format("{0} needs all of {0}_good, {0}_most and {0}_refuse", key)));
        if (t.good > t.most || t.most > t.refuse)
            return failure(keyValueError(
                *values, lineOf(*section, key + "_good", key + "_refuse"),
                fmt::format("{0}_good ({1:g}), {0}_most ({2:g}) and {0}_refuse ({3:g}) must not go down", key,
                            t.good, t.most, t.refuse)));
    }
    return profile;
}

std::optional<SideLengths> PlantProfile::lengths(const RecordFormat& format) const
{
    const std::size_t size = format.size == DiscSize::inch12 ? 0 : format.size == DiscSize::inch10 ? 1 : 2;
    return table[2 * size + (format.speed == Speed::rpm45 ? 1 : 0)];
}

Result<LatheProfile> findLathe(FileOps& files, const std::string& nameOrFile)
{
    return findProfile<LatheProfile>(files, nameOrFile, builtInLathes(), "lathe", parseLathe);
}
Result<PlantProfile> findPlant(FileOps& files, const std::string& nameOrFile)
{
    return findProfile<PlantProfile>(files, nameOrFile, builtInPlants(), "plant", parsePlant);
}

} // namespace segue::vinyl
