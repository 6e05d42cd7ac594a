/// \file
/// What streaming services will do to an album: turn it up or down, as an album or track by track in shuffle.
/// The rules are a dated file that names its sources and that users can change (rules/services.conf); what it
/// does not say is not claimed.
#pragma once

#include "core/result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

struct ServiceRule {
    enum class Album { oneGain, perTrack, unknown };
    enum class Known { no, yes, unknown };
    std::string id{}, name{};
    std::string seen{}; ///< YYYY-MM-DD
    std::string source{};
    bool official = false; ///< the service says so itself
    double target = 0;     ///< LUFS
    Album album = Album::unknown;
    Known raises = Known::unknown;
    std::optional<double> raiseLimit{}; ///< dBTP
    bool limiter = false;
    [[nodiscard]] friend bool operator==(const ServiceRule&, const ServiceRule&) = default;
};

/// In the file's order. An Error names file, line, key and what would be right.
[[nodiscard]] Result<std::vector<ServiceRule>> parseServiceRules(std::string_view text, std::string file);
/// Those that Segue brings along.
[[nodiscard]] const std::vector<ServiceRule>& builtInServiceRules();

/// As measured, balance and all gains included; absent: silence.
struct StreamedLevel {
    std::optional<double> loudness{}; ///< LUFS, integrated
    std::optional<double> truePeak{}; ///< dBTP
};

/// What a service does to a track or an album.
struct StreamedGain {
    double gain = 0;         ///< dB; below 0: turned down
    double loudness = 0;     ///< LUFS afterwards
    bool heldByPeak = false; ///< it would be turned up further, but for its peaks
    bool limited = false;    ///< its peaks go into a limiter
    bool mayBeRaised =
        false; ///< softer than the target, and nobody says whether it is turned up: the gain is 0
    [[nodiscard]] friend bool operator==(const StreamedGain&, const StreamedGain&) = default;
};

/// A track by itself, as in shuffle; nothing for silence.
[[nodiscard]] std::optional<StreamedGain> streamedAlone(const ServiceRule& rule, const StreamedLevel& level);

/// Played as an album.
struct StreamedAlbum {
    /// The gain of all tracks, where the service has one; `loudness` is the album's.
    std::optional<StreamedGain> whole{};
    std::vector<std::optional<StreamedGain>> tracks{}; ///< empty when it is not known what happens
};
/// \param album its integrated loudness and highest peak
[[nodiscard]] StreamedAlbum streamedAsAlbum(const ServiceRule& rule, std::span<const StreamedLevel> tracks,
                                            const StreamedLevel& album);

} // namespace segue
