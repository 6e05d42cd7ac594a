#include "app/add_files.h"
#include "app/cache_folder.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/input_options.h"
#include "cli/measured_tables.h"
#include "core/text.h"
#include "deliver/source_check.h"
#include "measure/edition_scan.h"
#include "measure/reference_scan.h"
#include "measure/scan_files.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace segue::cli {

namespace {

struct MeasureOptions : InputOptions {
    std::vector<std::string> inputs{};
    bool noCache = false, reference = false, streaming = false;
};

/// Puts the other opinion in the place of ours.
void replace(SoundFigures& figures, const ReferenceFigures& by)
{
    const auto put = [](std::optional<Highest>& figure, std::optional<double> value) {
        const Duration at = figure ? figure->at : Duration{};
        figure.reset();
        if (value) figure = Highest{*value, at};
    };
    figures.integrated = by.integrated;
    figures.range = by.range;
    put(figures.momentary, by.momentary);
    put(figures.shortTerm, by.shortTerm);
    put(figures.truePeak, by.truePeak);
    put(figures.samplePeak, by.samplePeak);
    figures.plr.reset();
    if (by.truePeak && by.integrated) figures.plr = *by.truePeak - *by.integrated;
}

[[nodiscard]] Status addReference(Measured& measured, std::span<const ScanJob> jobs, const Progress& progress)
{
    std::vector<Decibels> gains;
    for (const MeasuredRow& row : measured.tracks) gains.push_back(row.gain);
    auto scans = referenceScans(jobs, gains, progress);
    std::vector<ReferenceScan> done;
    for (std::size_t i = 0; i < scans.size(); ++i) {
        if (!scans[i]) return failure(std::move(scans[i].error()));
        replace(measured.tracks[i].figures, scans[i]->figures());
        done.push_back(std::move(*scans[i]));
    }
    replace(measured.album, ReferenceScan::together(done));
    measured.reference = true;
    return {};
}

/// With the rules of the services added, when they are asked for.
void show(Context& context, Measured measured, bool streaming)
{
    if (streaming) {
        auto table = streamingRules(context.files);
        if (!table) return context.fail(table.error());
        const auto level = [](const SoundFigures& f) {
            return StreamedLevel{f.integrated, f.truePeak ? std::optional{f.truePeak->value} : std::nullopt};
        };
        for (const MeasuredRow& row : measured.tracks) {
            table->names.push_back(row.name);
            table->tracks.push_back(level(row.figures));
        }
        table->album = level(measured.album);
        measured.streaming = std::move(*table);
    }
    context.out(context.json ? measuredJson(measured) : measuredText(measured));
}

ScanCache scanCache(Context& context)
{
    const Path folder = cacheFolder();
    return {context.files, folder.empty() ? Path{} : folder / "scans"};
}

void measureFiles(Context& context, const MeasureOptions& o)
{
    const std::vector<Path> paths{o.inputs.begin(), o.inputs.end()};
    const Progress progress = context.progress();
    const LibraryGuard guard = [&](const Path& file) {
        return context.prober.libraryTakes(file, progress.stop);
    };
    const ScanCache cache = scanCache(context);
    const auto files =
        scanFiles(context.files, paths,
                  {.cache = o.noCache ? nullptr : &cache, .guard = guard, .work = {.progress = progress}});
    Measured measured;
    std::vector<Passage> passages;
    std::vector<ScanJob> jobs;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!files[i]) return context.fail(files[i].error());
        const ScannedSound& sound = files[i]->sound;
        measured.tracks.push_back({.name = titleFromFileName(paths[i]),
                                   .source = paths[i].string(),
                                   .figures = figuresOf(sound),
                                   .clipped = sound.clipped,
                                   .rate = sound.rate,
                                   .channels = sound.channels});
        passages.push_back({.sound = &sound});
        jobs.push_back(fileJob(context.files, paths[i], files[i]->info, guard));
    }
    measured.album = figuresOf(passages);
    if (o.reference)
        if (auto s = addReference(measured, jobs, progress); !s) return context.fail(s.error());
    show(context, std::move(measured), o.streaming);
}

void measureAlbum(Context& context, const MeasureOptions& o)
{
    auto input = openInput(context.files, o.inputs.front(), cueOptions(o, context));
    if (!input) return context.fail(input.error());
    const Album& album = input->project.album;
    const auto id = chooseAnyEdition(album, context.edition);
    if (!id) return context.fail(id.error());
    const Edition& edition = *find(album, *id);
    const Progress progress = context.progress();
    const ScanCache cache = scanCache(context);
    EditionSounds sounds =
        editionSounds(album, edition, openerFor(context.files), identityOnDisk(context.files));
    const std::vector<ScanJob> jobs = sounds.jobs;
    const auto scan = scanEdition(std::move(sounds), o.noCache ? nullptr : &cache, {.progress = progress});
    if (!scan) return context.fail(scan.error());
    Measured measured{.edition = edition.name};
    for (const EntryScan& entry : scan->entries) {
        const Passage own{.sound = &entry.sound, .gain = entry.gain};
        measured.tracks.push_back({.name = displayTitle(*find(album, entry.track)),
                                   .figures = figuresOf({&own, 1}),
                                   .clipped = entry.sound.clipped,
                                   .rate = scan->rate,
                                   .gain = entry.gain});
    }
    measured.album = figuresOf(scan->passages());
    if (o.reference)
        if (auto s = addReference(measured, jobs, progress); !s) return context.fail(s.error());
    show(context, std::move(measured), o.streaming);
    context.print(input->findings);
}

bool isAlbum(const std::string& input)
{
    const std::string ending = asciiLower(Path{input}.extension().string());
    return ending == ".segue" || ending == ".cue";
}

void runMeasure(Context& context, const MeasureOptions& o)
{
    const auto albums = std::ranges::count_if(o.inputs, isAlbum);
    if (albums == 0) return measureFiles(context, o);
    if (o.inputs.size() > 1)
        return context.fail(
            {"An album is measured alone: name one album, or audio files only", o.inputs.front()});
    measureAlbum(context, o);
}

} // namespace

void addMeasure(CLI::App& program, Context& context)
{
    auto o = std::make_shared<MeasureOptions>();
    CLI::App& command = *program.add_subcommand(
        "measure", "Measure loudness, peaks, phase and silence of audio files or of an album as rendered");
    command.footer(
        "Examples:\n  segue measure mixes/*.wav\n  segue measure Night.segue --json\n"
        "  segue measure Night.segue --edition \"CD Japan\"\n"
        "LUFS and LU after EBU R 128 (BS.1770-4); max M over 400 ms, max S over 3 s; PLR: true peak over "
        "LUFS;\nPSR: the smallest distance of true peak and loudness of any 3 s; '-': silence, or too "
        "short.");
    command.add_option("INPUT", o->inputs, "Audio files, or one album (*.segue) or cue sheet")->required();
    command.add_flag("--reference", o->reference,
                     "Loudness and peaks by libebur128, slower: a second opinion");
    command.add_flag("--streaming", o->streaming,
                     "What streaming services do to these levels, by ~/.config/segue/services.conf or the "
                     "rules built in");
    command.add_flag("--no-cache", o->noCache, "Scan everything anew, and keep nothing");
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runMeasure(context, *o); });
}

} // namespace segue::cli
