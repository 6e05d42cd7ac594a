/// \file
/// `segue export sides`: the options that only side files have, and the command.
#pragma once

#include "cli/input_options.h"
#include "cli/vinyl_options.h"
#include "deliver/side_export.h"

namespace segue::cli {

struct SideOptions : RecordOptions {
    int rate = 0;
    std::string pattern = defaultSidePattern, elliptical{};
    double fileGain = 0;
};
void addSideOptions(CLI::App& command, SideOptions& options);

/// What side files share with the other formats of `export`.
struct SideRequest {
    InputOptions input{};
    std::string out{}, dither{};
    std::uint64_t seed = 1;
    bool replace = false;
    RenderWork work{};
    std::vector<std::string> allow{};
};
/// Reads, delivers and says what came of it.
void exportSidesOf(Context& context, const SideRequest& request, const SideOptions& options);

} // namespace segue::cli
