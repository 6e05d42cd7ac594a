/// \file
/// What a cutting room's lathe and a pressing plant ask for: documented `key = value` files that anybody can
/// copy and change. The built-in ones are compiled in from the files in src/vinyl/profiles.
#pragma once

#include "core/file_ops.h"
#include "vinyl/record_format.h"

#include <optional>
#include <string>
#include <vector>

namespace segue::vinyl {

/// Keys and their meaning are in profiles/standard.lathe; lengths in micrometres.
struct LatheProfile {
    std::string name = "standard", description{};
    double land = 15, baseDepth = 25.4, minDepth = 12.7;
    bool depthControl = true, holdNeighbours = false;
    double openingWarning = 6, openingError = 25, maxDepth = 127, fixedDepthWarning = 19;
    double lateralWarning = 50, lateralError = 80;
    double band = 1.0; ///< mm
    double tipSpherical = 18, tipElliptical = 7.6;
    double coilWarning = 400, coilError = 800; ///< g
    /// Turn to turn in silence.
    [[nodiscard]] double silentPitch() const { return land + 2 * baseDepth; }
    [[nodiscard]] friend bool operator==(const LatheProfile&, const LatheProfile&) = default;
};

/// Minutes of one side.
struct SideLengths {
    double good = 0, most = 0, refuse = 0;
    [[nodiscard]] friend bool operator==(const SideLengths&, const SideLengths&) = default;
};
struct PlantProfile {
    std::string name{}, description{}, source{};
    /// Absent: the plant says nothing about this size and speed.
    [[nodiscard]] std::optional<SideLengths> lengths(const RecordFormat& format) const;
    std::array<std::optional<SideLengths>, 6> table{}; ///< 12, 10, 7 inches; of each 33 and 45
};

/// An Error names file, line, key and what would be right: an unknown key, a number out of range, lengths
/// that contradict each other.
[[nodiscard]] Result<LatheProfile> parseLathe(std::string_view text, const std::string& file);
[[nodiscard]] Result<PlantProfile> parsePlant(std::string_view text, const std::string& file);
/// A built-in profile by its name, else a file.
[[nodiscard]] Result<LatheProfile> findLathe(FileOps& files, const std::string& nameOrFile);
[[nodiscard]] Result<PlantProfile> findPlant(FileOps& files, const std::string& nameOrFile);

struct BuiltInProfile {
    std::string_view name, text;
};
[[nodiscard]] std::span<const BuiltInProfile> builtInLathes();
[[nodiscard]] std::span<const BuiltInProfile> builtInPlants();

} // namespace segue::vinyl
