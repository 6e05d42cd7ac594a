#include "album/edit.h"
#include "app/add_files.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "core/time_text.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <filesystem>

namespace segue::cli {

namespace {

struct NewOptions {
    std::string file, title, performer, upc, gap = "2";
    std::vector<std::string> audio;
};
struct AddOptions {
    std::string file, gap = "2";
    std::vector<std::string> audio;
    int at = 0;
};

/// Opens and measures the files in order and puts each as a track into the edition, from `position` on.
Result<Album> addTracks(Context& context, Album album, EditionId edition,
                        const std::vector<std::string>& audio, std::size_t position, Duration gap,
                        Findings& findings)
{
    for (std::size_t i = 0; i < audio.size(); ++i) {
        const Progress all = context.progress();
        const Progress one{.report =
                               [&](std::string_view, double part) {
                                   all("Reading the audio",
                                       (static_cast<double>(i) + part) / static_cast<double>(audio.size()));
                               },
                           .stop = all.stop};
        auto added = addSourceFile(context.files, std::move(album), audio[i], {}, one, &context.prober);
        if (!added) return failure(added.error());
        std::ranges::move(added->findings, std::back_inserter(findings));
        Texts texts;
        texts.title = titleFromFileName(audio[i]);
        auto track = edit::addTrack(std::move(added->album), added->source, texts);
        if (!track) return failure(track.error());
        const Joint joint{.gap = position == 0 ? seconds(2) : gap, .crossfade = {}};
        auto placed = edit::insertEntry(std::move(track->first), edition, track->second, position, joint);
        if (!placed) return placed;
        album = std::move(*placed);
        ++position;
    }
    return album;
}

Result<Album> newAlbum(Context& context, const NewOptions& options, Findings& findings)
{
    if (const auto there = context.files.stat(options.file); there)
        return failure("There is a file of this name already; choose another, or use 'segue add'",
                       options.file);
    const auto gap = parseTime(options.gap);
    if (!gap) return failure(gap.error().what, "--gap");
    Album album;
    if (!options.title.empty()) album.info.texts.title = options.title;
    if (!options.performer.empty()) album.info.texts.performer = options.performer;
    if (!options.upc.empty()) {
        auto upc = UpcEan::parse(options.upc);
        if (!upc) return failure(upc.error().what, "--upc");
        album.info.upc = *upc;
    }
    auto edition = edit::addEdition(std::move(album), "CD", CdSettings{});
    if (!edition) return failure(edition.error());
    return addTracks(context, std::move(edition->first), edition->second, options.audio, 0, *gap, findings);
}

void runNew(Context& context, const NewOptions& options)
{
    Findings findings;
    auto album = newAlbum(context, options, findings);
    if (!album) return context.fail(album.error());
    Project project;
    project.album = std::move(*album);
    if (const auto s = saveProject(context.files, options.file, project); !s) return context.fail(s.error());
    context.print(findings);
    if (context.json)
        return context.out(
            nlohmann::ordered_json{{"ok", true}, {"album", options.file}, {"tracks", options.audio.size()}}
                .dump(2) +
            "\n");
    context.note(fmt::format("{}: {} tracks. 'segue show {}' shows them", options.file, options.audio.size(),
                             options.file));
}

void runAdd(Context& context, const AddOptions& options)
{
    Findings findings;
    editAlbum(
        context, options.file, fmt::format("Added {} tracks", options.audio.size()),
        [&](Album album) -> Result<Album> {
            const auto edition = chooseAnyEdition(album, context.edition);
            if (!edition) return failure(edition.error());
            const auto gap = parseTime(options.gap);
            if (!gap) return failure(gap.error().what, "--gap");
            const std::size_t count = find(album, *edition)->entries.size();
            if (options.at < 0 || static_cast<std::size_t>(options.at) > count + 1)
                return failure(
                    fmt::format("There is no place {}; tracks can go to 1 to {}", options.at, count + 1),
                    "--at");
            const std::size_t position = options.at == 0 ? count : static_cast<std::size_t>(options.at - 1);
            return addTracks(context, std::move(album), *edition, options.audio, position, *gap, findings);
        });
    context.print(findings);
}

} // namespace

void addNew(CLI::App& program, Context& context)
{
    auto options = std::make_shared<NewOptions>();
    CLI::App& command = *program.add_subcommand(
        "new", "Make an album with a CD edition from audio files, in the order given");
    command.footer("Example:\n  segue new Night.segue --title \"Night\" --performer \"The Band\" --gap 2.0 "
                   "masters/*.wav");
    command.add_option("ALBUM", options->file, "The album file to make (*.segue)")->required();
    command.add_option("AUDIO", options->audio, "Audio files, one per track");
    command.add_option("--title", options->title, "The album's title");
    command.add_option("--performer", options->performer, "The album's performer");
    command.add_option("--upc", options->upc, "UPC or EAN, 12 or 13 digits");
    command
        .add_option("--gap", options->gap, "Pause between tracks: seconds or m:s:f (the first pause is 2 s)")
        ->capture_default_str();
    addCommonOptions(command, context, false);
    command.callback([&context, options] { runNew(context, *options); });
}

void addAdd(CLI::App& program, Context& context)
{
    auto options = std::make_shared<AddOptions>();
    CLI::App& command = *program.add_subcommand("add", "Add audio files to an album as tracks");
    command.footer("Example:\n  segue add Night.segue bonus.wav --at 3 --gap 1:00:00");
    command.add_option("ALBUM", options->file, "The album file")->required();
    command.add_option("AUDIO", options->audio, "Audio files, one per track")->required();
    command.add_option("--at", options->at, "Place of the first one (1 = before all; default: at the end)");
    command.add_option("--gap", options->gap, "Pause before each: seconds or m:s:f")->capture_default_str();
    addCommonOptions(command, context, true);
    command.callback([&context, options] { runAdd(context, *options); });
}

} // namespace segue::cli
