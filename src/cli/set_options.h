/// \file
/// What `segue set` was asked for, and how it becomes edits. Apart from the command, so that it is tested
/// without one.
#pragma once

#include "album/album.h"
#include "core/result.h"

#include <optional>
#include <string>
#include <vector>

namespace segue::cli {

/// Every option as typed; absent options change nothing.
struct SetOptions {
    std::string file{};
    std::optional<int> track{};
    Texts texts{};
    std::vector<std::string> clear{};
    std::optional<std::string> inLanguage{}, isrc{}, gap{}, crossfade{}, fadeIn{}, fadeOut{}, end{}, flags{},
        note{}, genre{}, language{}, discId{}, catalog{}, label{}, date{}, studio{}, engineer{}, contact{},
        masterVersion{}, upc{}, masterId{}, startOffset{}, endOffset{}, firstPause{}, endSilence{},
        maxLength{}, isrcPlacement{}, cdTextCodes{};
    std::optional<double> gain{}, entryGain{}, offset{};
    std::vector<std::string> indexes{};
};

/// All or nothing. Options that need -t, or must not have it, are an Error that says so.
[[nodiscard]] Result<Album> applySet(Album album, const SetOptions& options, const std::string& edition);

/// "3.5:cosine", "2" (curve equal-power).
[[nodiscard]] Result<Fade> parseFade(const std::string& text);

} // namespace segue::cli
