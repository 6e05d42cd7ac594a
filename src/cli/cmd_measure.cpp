#include "app/add_files.h"
#include "app/cache_folder.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/input_options.h"
#include "cli/measure_reports.h"
#include "cli/measured_tables.h"
#include "core/parallel.h"
#include "core/text.h"
#include "deliver/source_check.h"
#include "measure/edition_scan.h"
#include "measure/file_faults.h"
#include "measure/reference_scan.h"
#include "measure/scan_files.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <span>

namespace segue::cli {

namespace {

struct MeasureOptions : InputOptions {
    std::vector<std::string> inputs{};
    bool noCache = false, reference = false, streaming = false, replace = false;
    std::vector<std::string> reports{};
};

/// Puts the other opinion in the place of ours. libebur128 has none of what is no number.
void replace(SoundFigures& figures, ReferenceFigures by)
{
    if (figures.notFinite > 0 || figures.isBeyondMeasure) by = {};
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
    std::vector<MeasuredRow*> rows; // of the jobs
    for (MeasuredRow& row : measured.tracks) {
        if (row.error) continue;
        rows.push_back(&row);
        gains.push_back(row.gain);
    }
    auto scans = referenceScans(jobs, gains, progress);
    std::vector<ReferenceScan> done;
    for (std::size_t i = 0; i < scans.size(); ++i) {
        if (!scans[i]) return failure(std::move(scans[i].error()));
        replace(rows[i]->figures, scans[i]->figures());
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

/// \return whether they are written; otherwise it was said why not
bool write(Context& context, const MeasureOptions& o, const PrintedReport& report)
{
    const auto missing = writeReports(context.files, o.reports, report);
    if (!missing) {
        context.fail(missing.error());
        return false;
    }
    if (*missing > 0)
        context.note(fmt::format("For {} characters no font was found; they are boxes in the PDF", *missing));
    return true;
}

/// What is kept of a file when its scan is gone again: of a long one no more than of a short one.
struct HeardFile {
    Result<AudioFileInfo> info{};
    SoundFigures figures{};
    std::vector<ClippedRun> clipped{};
    std::optional<HeldPeaks> held{}; ///< when a report is wanted
};

/// \param album hears all of them
std::vector<HeardFile> hearFiles(Context& context, const MeasureOptions& o, std::span<const Path> paths,
                                 const LibraryGuard& guard, FiguresCollector& album)
{
    std::vector<HeardFile> heard(paths.size());
    const ScanCache cache = scanCache(context);
    const auto hear = [&](std::size_t i, Result<ScannedFile>& file) {
        if (!file) return;
        const ScannedFile scanned = std::move(*file);
        const ScannedSound& sound = scanned.sound;
        heard[i] = {.info = scanned.info, .figures = figuresOf(sound), .clipped = sound.clipped};
        if (!o.reports.empty()) heard[i].held = heldPeaks(sound);
        album.add({.sound = &sound});
    };
    auto files = scanFiles(context.files, paths,
                           {.cache = o.noCache ? nullptr : &cache,
                            .guard = guard,
                            .work = {.progress = context.progress()},
                            .inOrder = hear});
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!files[i]) heard[i].info = failure(std::move(files[i].error()));
    return heard;
}

Result<Faults> faultsOf(FileOps& files, const Path& path, const LibraryGuard& guard, const Progress& progress)
{
    auto file = openAudioFile(files, path, {}, guard);
    if (!file) return failure(file.error());
    return findFaults(**file, {}, [&](SampleCount) -> Status {
        if (progress.cancelled()) return failure("Cancelled", path.string(), ErrorKind::cancelled);
        return {};
    });
}

/// What a mix engineer should know of the files.
Result<std::vector<IntakeMix>> intakeOfFiles(Context& context, std::span<const Path> paths,
                                             std::span<const HeardFile> files, const LibraryGuard& guard)
{
    const Progress progress = context.progress();
    std::vector<Result<IntakeMix>> results(files.size());
    std::atomic<std::size_t> done = 0;
    parallelFor(files.size(), 0, [&](std::size_t i) {
        const std::string name = paths[i].filename().string();
        Result<Faults> faults = failure(Error{});
        if (files[i].info)
            faults = faultsOf(context.files, paths[i], guard, progress);
        else
            faults = failure(files[i].info.error());
        if (faults)
            results[i] = intakeOf(name, *files[i].info, files[i].figures, *faults, files[i].held);
        else if (faults.error().kind == ErrorKind::cancelled)
            results[i] = failure(faults.error());
        else
            results[i] = unreadableMix(name, faults.error());
        progress("Looking for faults", static_cast<double>(++done) / static_cast<double>(files.size()));
    });
    std::vector<IntakeMix> mixes;
    for (auto& result : results) {
        if (!result) return failure(std::move(result.error()));
        mixes.push_back(std::move(*result));
    }
    return mixes;
}

/// The last name of the folder that all of them lie in; empty when there are several.
std::string commonFolder(FileOps& files, std::span<const Path> paths)
{
    std::optional<Path> folder;
    for (const Path& path : paths) {
        const auto real = files.realPath(path);
        if (!real || (folder && *folder != real->parent_path())) return {};
        folder = real->parent_path();
    }
    return folder ? folder->filename().string() : "";
}

void measureFiles(Context& context, const MeasureOptions& o)
{
    const std::vector<Path> paths{o.inputs.begin(), o.inputs.end()};
    const Progress progress = context.progress();
    const LibraryGuard guard = [&](const Path& file) {
        return context.prober.libraryTakes(file, progress.stop);
    };
    FiguresCollector album;
    const std::vector<HeardFile> files = hearFiles(context, o, paths, guard, album);
    Measured measured;
    std::vector<ScanJob> jobs;
    std::optional<Error> firstError;
    for (std::size_t i = 0; i < files.size(); ++i) {
        measured.tracks.push_back({.name = titleFromFileName(paths[i]), .source = paths[i].string()});
        MeasuredRow& row = measured.tracks.back();
        if (!files[i].info) {
            // One file that cannot be read does not keep the others from being measured.
            row.error = files[i].info.error();
            if (row.error->kind == ErrorKind::cancelled) return context.fail(*row.error);
            if (!firstError) firstError = row.error;
            continue;
        }
        const AudioFileInfo& info = *files[i].info;
        row.figures = files[i].figures;
        row.clipped = files[i].clipped;
        row.rate = info.rate;
        row.channels = info.channels;
        jobs.push_back(fileJob(context.files, paths[i], info, guard));
    }
    if (jobs.empty()) return context.fail(*firstError);
    measured.album = album.finish();
    if (o.reference)
        if (auto s = addReference(measured, jobs, progress); !s) return context.fail(s.error());
    if (!o.reports.empty()) {
        auto mixes = intakeOfFiles(context, paths, files, guard);
        if (!mixes) return context.fail(mixes.error());
        if (!write(context, o, intakeReportOf(std::move(*mixes), commonFolder(context.files, paths)))) return;
    }
    show(context, std::move(measured), o.streaming);
    if (!firstError) return;
    context.note(sentence(*firstError));
    context.exitCode = exitCodeOf(firstError->kind);
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
    if (!o.reports.empty() && !write(context, o, loudnessReportOf(album, edition, *scan, measured))) return;
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
    if (auto s = checkReportNames(context.files, o.reports, o.replace); !s) return context.fail(s.error());
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
        "  segue measure Night.segue --edition \"CD Japan\" --report Night.pdf\n  segue measure mixes/*.wav "
        "--report "
        "mixes.pdf\n"
        "LUFS and LU after EBU R 128 (BS.1770-4); max M over 400 ms, max S over 3 s; PLR: true peak over "
        "LUFS;\nPSR: the smallest distance of true peak and loudness of any 3 s; '-': silence, or too "
        "short.");
    command.add_option("INPUT", o->inputs, "Audio files, or one album (*.segue) or cue sheet")->required();
    command.add_flag("--reference", o->reference,
                     "Loudness and peaks by libebur128, slower: a second opinion");
    command.add_flag("--streaming", o->streaming,
                     "What streaming services do to these levels, by ~/.config/segue/services.conf or the "
                     "rules built in");
    command
        .add_option("--report", o->reports,
                    "A report as .pdf, .svg, .png or .txt (repeat): an album's loudness from beginning to "
                    "end; of audio files what to put right before mastering")
        ->type_name("OUT");
    command.add_flag("--replace", o->replace, "Replace reports that are there already");
    command.add_flag("--no-cache", o->noCache, "Scan everything anew, and keep nothing");
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runMeasure(context, *o); });
}

} // namespace segue::cli
