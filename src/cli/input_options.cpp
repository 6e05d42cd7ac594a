#include "cli/input_options.h"

#include "cli/context.h"

#include <CLI/CLI.hpp>

namespace segue::cli {

void addInputOptions(CLI::App& command, InputOptions& options, bool withProfile)
{
    command.add_option("INPUT", options.input, "An album (*.segue), a cue sheet or a DDP folder")->required();
    if (withProfile)
        command
            .add_option("--profile", options.profile, "standard (as the commercial tools write) or cue2ddp")
            ->check(CLI::IsMember({"standard", "cue2ddp"}))
            ->capture_default_str();
    command
        .add_option("--cue-origin", options.cueOrigin,
                    "A cue sheet's file starts at 00:00:00 (0) or 00:02:00 (2s) of the disc")
        ->check(CLI::IsMember({"0", "2s"}));
}

CueImportOptions cueOptions(const InputOptions& options, Context& context)
{
    CueImportOptions cue{
        .profile = profileOf(options), .progress = context.progress(), .prober = &context.prober};
    if (!options.cueOrigin.empty()) cue.origin = CdFramePos{options.cueOrigin == "0" ? 0 : 150};
    return cue;
}

Status probeInput(Context& context, const OpenedInput& input)
{
    if (input.kind != InputKind::album) return {};
    return probeSources(context.files, input.project.album, context.prober, context.progress().stop);
}

ddp::Profile profileOf(const InputOptions& options)
{
    return options.profile == "cue2ddp" ? ddp::Profile::cue2ddp : ddp::Profile::standard;
}

std::vector<std::string> titlesOf(const Album& album, const PlannedDisc& disc)
{
    std::vector<std::string> titles;
    titles.reserve(disc.piece.entries.size());
    for (const PlacedEntry& entry : disc.piece.entries)
        titles.push_back(find(album, entry.track)->texts.title.value_or(""));
    return titles;
}

std::vector<std::string> performersOf(const PlannedDisc& disc)
{
    std::vector<std::string> performers;
    performers.reserve(disc.shownTexts.size());
    for (const Texts& texts : disc.shownTexts) performers.push_back(texts.performer.value_or(""));
    return performers;
}

} // namespace segue::cli
