/// \file
/// Options of the commands that read an INPUT: how a cue sheet is understood.
#pragma once

#include "app/open_input.h"
#include "deliver/disc_of.h"

#include <string>

namespace CLI {
class App;
}

namespace segue::cli {

class Context;

struct InputOptions {
    std::string input{}, profile = "standard", cueOrigin{};
};
void addInputOptions(CLI::App& command, InputOptions& options, bool withProfile);
[[nodiscard]] CueImportOptions cueOptions(const InputOptions& options, Context& context);
/// Before the audio of somebody else's album is decoded: probeSources(). A cue sheet's files have been tried
/// already.
[[nodiscard]] Status probeInput(Context& context, const OpenedInput& input);
[[nodiscard]] ddp::Profile profileOf(const InputOptions& options);

/// Titles and performers as they will stand on the disc.
[[nodiscard]] std::vector<std::string> titlesOf(const Album& album, const PlannedDisc& disc);
[[nodiscard]] std::vector<std::string> performersOf(const PlannedDisc& disc);

} // namespace segue::cli
