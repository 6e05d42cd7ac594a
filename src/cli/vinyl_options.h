/// \file
/// Options about the record that `vinyl` and `export sides` share, and which edition is cut.
#pragma once

#include "audio/audio_file.h"
#include "core/units.h"
#include "vinyl/vinyl_plan.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace segue::cli {

class Context;

/// What is absent is the edition's own, or that of VinylSettings{}.
struct RecordOptions {
    std::optional<int> format{}, rpm{}, sides{};
    std::optional<std::string> lathe{}, plant{};
    std::optional<double> reference{}, gain{};
    std::vector<std::string> together{};         ///< "3,4": these tracks stay on one side
    std::optional<std::string> leadIn{}, tail{}; ///< seconds of silence in every side's file
};
/// \param group of the options in the help; empty text: the first one
void addRecordOptions(CLI::App& command, RecordOptions& options, const std::string& group);
/// An Error names an unknown profile or a wrong key in one, or tracks that are no neighbours. Silences that
/// are absent are the usual ones.
[[nodiscard]] Result<vinyl::PlanWish> planWishOf(Context& context, const Edition& edition,
                                                 const RecordOptions& options);

/// 0 to 60 s; an Error names the option. \param usual when nothing is given
[[nodiscard]] Result<Duration> silenceOf(const std::optional<std::string>& text, Duration usual,
                                         std::string_view option);

/// A vinyl edition by name or the only one; an album without one is taken in the order of its only edition.
[[nodiscard]] Result<EditionId> chooseVinylEdition(const Album& album, const std::string& name);

/// What may be decoded: new coded files are tried in a child process first.
[[nodiscard]] LibraryGuard guardOf(Context& context);

} // namespace segue::cli
