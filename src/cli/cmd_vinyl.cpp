#include "album/edit.h"
#include "app/add_files.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/input_options.h"
#include "cli/vinyl_report.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace segue::cli {

namespace {

struct VinylOptions {
    std::vector<std::string> inputs;
    int format = 12, rpm = 33;
    std::string lathe = "standard", plant = "recommended";
    std::size_t sides = 0;
    double reference = -14;
    std::optional<double> gain;
};

/// What is to be cut: an album's edition, or audio files one after the other.
struct VinylInput {
    Album album{};
    EditionId edition{};
    bool isAlbum = false;
    Findings findings{};
};

LibraryGuard guardOf(Context& context)
{
    return [&context](const Path& path) { return context.prober.libraryTakes(path, interruptToken()); };
}

Result<VinylInput> albumOfFiles(Context& context, const std::vector<std::string>& audio)
{
    auto edition = edit::addEdition(Album{}, "Vinyl", VinylSettings{});
    if (!edition) return failure(edition.error());
    VinylInput input{.album = std::move(edition->first), .edition = edition->second};
    for (std::size_t i = 0; i < audio.size(); ++i) {
        auto file = openAudioFile(context.files, audio[i], {}, guardOf(context));
        if (!file) return failure(file.error());
        const AudioFileInfo& info = (*file)->info();
        auto source = edit::addSource(std::move(input.album), {.path = audio[i],
                                                               .rate = info.rate,
                                                               .length = info.length,
                                                               .channels = info.channels,
                                                               .format = info.format});
        if (!source) return failure(source.error());
        Texts texts;
        texts.title = titleFromFileName(audio[i]);
        auto track = edit::addTrack(std::move(source->first), source->second, texts);
        if (!track) return failure(track.error());
        const Joint joint{.gap = i == 0 ? Duration{} : seconds(2), .crossfade = {}};
        auto placed = edit::insertEntry(std::move(track->first), input.edition, track->second, i, joint);
        if (!placed) return failure(placed.error());
        input.album = std::move(*placed);
    }
    return input;
}

// A vinyl edition by name or the only one; an album without one is taken in the order of its only edition.
Result<EditionId> chooseVinylEdition(const Album& album, const std::string& name)
{
    std::vector<const Edition*> records;
    for (const Edition& e : album.editions)
        if (std::holds_alternative<VinylSettings>(e.medium)) records.push_back(&e);
    if (name.empty() && records.size() == 1) return records.front()->id;
    if (name.empty() && records.size() > 1) {
        std::string list;
        for (const Edition* e : records) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", e->name);
        return failure(
            fmt::format("The album has several vinyl editions: {}. Choose one with --edition NAME", list),
            "--edition");
    }
    return chooseAnyEdition(album, name);
}

Result<VinylInput> readInput(Context& context, const VinylOptions& o)
{
    if (o.inputs.size() == 1 && inputKind(context.files, o.inputs.front())) {
        auto opened =
            openInput(context.files, o.inputs.front(), cueOptions({.input = o.inputs.front()}, context));
        if (!opened) return failure(opened.error());
        auto edition = chooseVinylEdition(opened->project.album, context.edition);
        if (!edition) return failure(edition.error());
        return VinylInput{std::move(opened->project.album), *edition, true, std::move(opened->findings)};
    }
    return albumOfFiles(context, o.inputs);
}

Result<vinyl::PlanWish> readWish(Context& context, const VinylOptions& o)
{
    vinyl::PlanWish wish;
    wish.format = {o.format == 12   ? vinyl::DiscSize::inch12
                   : o.format == 10 ? vinyl::DiscSize::inch10
                                    : vinyl::DiscSize::inch7,
                   o.rpm == 33 ? vinyl::Speed::rpm33 : vinyl::Speed::rpm45};
    auto lathe = vinyl::findLathe(context.files, o.lathe);
    if (!lathe) return failure(lathe.error());
    wish.lathe = *lathe;
    auto plant = vinyl::findPlant(context.files, o.plant);
    if (!plant) return failure(plant.error());
    wish.plant = *plant;
    wish.reference.dbfs = o.reference;
    wish.gain = o.gain;
    if (o.sides != 0) wish.sides = o.sides;
    return wish;
}

void runVinyl(Context& context, const VinylOptions& o)
{
    auto wish = readWish(context, o);
    if (!wish) return context.fail(wish.error());
    auto input = readInput(context, o);
    if (!input) return context.fail(input.error());
    wish->albumLevel = input->isAlbum;
    const Edition& edition = *find(input->album, input->edition);
    const SourceOpener open = [&context](const Source& source) {
        return openAudioFile(context.files, source.path, source.format.container, guardOf(context));
    };
    auto programme = vinyl::programmeOf(input->album, edition, open);
    if (!programme) return context.fail(programme.error());
    const auto curves =
        vinyl::measureCuttingCurves(programme->open, wish->format.speed, {.progress = context.progress()});
    if (!curves) return context.fail(curves.error());
    const auto plan = vinyl::planVinyl(*programme, *curves, *wish);
    if (!plan) return context.fail(plan.error());
    if (plan->hasErrors()) context.exitCode = ruleBroken;
    if (context.json) return context.out(vinylJson(*programme, *plan));
    Findings loud;
    for (const Finding& f : input->findings)
        if (f.level != Finding::Level::note) loud.push_back(f);
    context.print(loud);
    context.out(vinylText(*programme, *plan));
}

} // namespace

void addVinyl(CLI::App& program, Context& context)
{
    auto o = std::make_shared<VinylOptions>();
    CLI::App& command = *program.add_subcommand(
        "vinyl", "Predict how an album or audio files cut to a record: sides, level, bass and treble");
    command.footer(
        "Examples:\n  segue vinyl Night.segue --sides 2\n  segue vinyl \"Side A.wav\" --format 7 --rpm 45 "
        "--cutting-gain 2\nAudio files alone make one side. Peaks and events are predicted at the cutting "
        "gain, which is 0 dB for\naudio files and the highest that fits, at most +4 dB (7\": +3 dB), for an "
        "album. Exit code 1 when an event is an error.");
    command.add_option("INPUT", o->inputs, "An album, a cue sheet, or audio files")->required();
    command.add_option("--format", o->format, "Inches")
        ->check(CLI::IsMember({12, 10, 7}))
        ->capture_default_str();
    command.add_option("--rpm", o->rpm, "Revolutions per minute; 33 is 33 1/3")
        ->check(CLI::IsMember({33, 45}))
        ->capture_default_str();
    command.add_option("--lathe", o->lathe, "Lathe profile (standard, conservative, tight, dmm) or file")
        ->capture_default_str();
    command.add_option("--plant", o->plant, "Plant profile (recommended, furnace, gz-style ...) or file")
        ->capture_default_str();
    command.add_option("--sides", o->sides, "Split the tracks anew, in order, over this many sides")
        ->check(CLI::Range(1, 26));
    command
        .add_option("--reference-dbfs", o->reference,
                    "dBFS of a 1 kHz sine that is cut at 5 cm/s peak per channel")
        ->check(CLI::Range(-60.0, 20.0))
        ->capture_default_str();
    command.add_option("--cutting-gain", o->gain, "dB between file and cut (default: see below)")
        ->check(CLI::Range(-60.0, 40.0));
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runVinyl(context, *o); });
}

} // namespace segue::cli
