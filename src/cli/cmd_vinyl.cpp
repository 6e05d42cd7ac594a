#include "album/edit.h"
#include "app/add_files.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/input_options.h"
#include "cli/vinyl_estimate.h"
#include "cli/vinyl_options.h"
#include "cli/vinyl_report.h"
#include "core/hash.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "deliver/cut_sheet_pages.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace segue::cli {

namespace {

struct VinylOptions : RecordOptions {
    std::vector<std::string> inputs, minutes;
    std::string report, showProfile;
    bool replace = false, suggest = false;
};

/// What is to be cut: an album's edition, or audio files one after the other.
struct VinylInput {
    Album album{};
    EditionId edition{};
    bool isAlbum = false;
    Findings findings{};
};

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

/// The cut sheet alone, without side files: times count from each side's first sound.
Status writeSheet(Context& context, const VinylOptions& o, const VinylInput& input,
                  const vinyl::Programme& programme, const vinyl::VinylPlan& plan,
                  const SampledSound& sampled)
{
    const Path path{o.report};
    const bool pdf = equalsIgnoringAsciiCase(path.extension().string(), ".pdf");
    if (!pdf && !equalsIgnoringAsciiCase(path.extension().string(), ".txt"))
        return failure("The sheet is a PDF or a text; end its name with .pdf or .txt", o.report);
    const Path folder = path.has_parent_path() ? path.parent_path() : Path{"."};
    if (const auto stat = context.files.stat(folder); !stat || stat->type != FileStat::Type::directory)
        return failure("There is no such folder to write the sheet into", folder.string());
    if (!o.replace && context.files.stat(path))
        return failure("There is a file of this name already; --replace replaces it", o.report);
    std::vector<std::size_t> breaks;
    for (const vinyl::SidePlan& side : plan.sides)
        if (side.first > 0) breaks.push_back(side.first);
    const Edition record = asRecord(*find(input.album, input.edition), breaks, programme.rate, {});
    const auto sides = planSides(input.album, record,
                                 {.rate = programme.rate, .leadIn = {}, .tail = {}, .pattern = "{side}"});
    if (!sides) return failure(sides.error());
    const std::string name = Path{o.inputs.front()}.filename().string();
    const CutSheet sheet = makeCutSheet({.album = input.album,
                                         .albumName = name,
                                         .programme = programme,
                                         .plan = plan,
                                         .sides = *sides,
                                         .air = sampled.air,
                                         .bands = sampled.bands});
    const std::string text = cutSheetText(sheet);
    std::vector<std::byte> bytes{bytesOf(text).begin(), bytesOf(text).end()};
    if (pdf) {
        auto printed = cutSheetPdf(sheet, programme, plan);
        if (!printed) return failure(printed.error());
        if (printed->missingGlyphs > 0)
            context.note(fmt::format("{} characters of the sheet have no font on this machine",
                                     printed->missingGlyphs));
        bytes = std::move(printed->pdf);
    }
    return saveAtomically(context.files, path, bytes, [](auto) { return Status{}; }, randomToken());
}

/// The text of a built-in profile, to be saved and changed.
void showProfile(Context& context, const std::string& name)
{
    std::string all;
    for (const auto& profiles : {vinyl::builtInLathes(), vinyl::builtInPlants()})
        for (const vinyl::BuiltInProfile& p : profiles) {
            if (p.name == name) return context.out(p.text);
            all += fmt::format("{}{}", all.empty() ? "" : ", ", p.name);
        }
    context.fail({.what = "There is no built-in profile of this name; there are " + all,
                  .where = escapedForDisplay(name)});
}

void runEstimate(Context& context, const VinylOptions& o)
{
    const auto wish = planWishOf(context, Edition{.medium = VinylSettings{}}, o);
    if (!wish) return context.fail(wish.error());
    const auto estimate = estimateVinyl(o.minutes, *wish);
    if (!estimate) return context.fail(estimate.error());
    if (!estimate->level) context.exitCode = ruleBroken;
    context.out(context.json ? estimateJson(*estimate) : estimateText(*estimate));
}

void runVinyl(Context& context, const VinylOptions& o)
{
    const int ways =
        (o.inputs.empty() ? 0 : 1) + (o.minutes.empty() ? 0 : 1) + (o.showProfile.empty() ? 0 : 1);
    if (ways != 1)
        return context.fail(
            {.what = "Give an album or audio files; or lengths with --minutes, without any sound; or "
                     "the name of a profile with --show-profile",
             .where = "vinyl"});
    if (!o.showProfile.empty()) return showProfile(context, o.showProfile);
    if (!o.minutes.empty()) return runEstimate(context, o);
    auto input = readInput(context, o);
    if (!input) return context.fail(input.error());
    const Edition& edition = *find(input->album, input->edition);
    auto wish = planWishOf(context, edition, o);
    if (!wish) return context.fail(wish.error());
    wish->albumLevel = input->isAlbum;
    // Audio files are what is cut; an album's sides become files with silence at both ends.
    if (!input->isAlbum && !o.leadIn) wish->silence.leadIn = 0;
    if (!input->isAlbum && !o.tail) wish->silence.tail = 0;
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
    auto air = vinyl::airOfTracks(*programme);
    if (!air) return context.fail(air.error());
    auto bands = vinyl::stereoOfTracks(*programme);
    if (!bands) return context.fail(bands.error());
    const SampledSound sampled{.air = std::move(*air), .bands = std::move(*bands)};
    if (!o.report.empty())
        if (const auto written = writeSheet(context, o, *input, *programme, *plan, sampled); !written)
            return context.fail(written.error());
    if (plan->hasErrors()) context.exitCode = ruleBroken;
    OrderSuggestions orders;
    if (o.suggest) orders = vinyl::suggestOrders(*programme, *curves, *plan);
    if (context.json) return context.out(vinylJson(*programme, *plan, sampled, orders));
    Findings loud;
    for (const Finding& f : input->findings)
        if (f.level != Finding::Level::note) loud.push_back(f);
    context.print(loud);
    context.out(vinylText(*programme, *plan, sampled, orders));
}

} // namespace

void addVinyl(CLI::App& program, Context& context)
{
    auto o = std::make_shared<VinylOptions>();
    CLI::App& command = *program.add_subcommand(
        "vinyl", "Predict how an album or audio files cut to a record: sides, level, bass and treble");
    command.footer(
        "Examples:\n  segue vinyl Night.segue --sides 2\n  segue vinyl \"Side A.wav\" --format 7 --rpm 45 "
        "--cutting-gain 2\n  segue vinyl --minutes 21:40 19:55\n  segue vinyl --show-profile standard > "
        "ours.lathe\nAudio files alone make one side. Peaks and events are predicted at the cutting "
        "gain, which is 0 dB for\naudio files and the highest that fits, at most +4 dB (7\": +3 dB), for an "
        "album. Exit code 1 when an event is an error.");
    command.add_option("INPUT", o->inputs, "An album, a cue sheet, or audio files");
    command.add_option(
        "--minutes", o->minutes,
        "Without audio: the level that lengths allow, each of one side, or with --sides of one "
        "track, for example 19:30 21:10");
    command.add_option("--show-profile", o->showProfile,
                       "Print a built-in lathe or plant profile, to be saved and changed");
    addRecordOptions(command, *o, {});
    command.add_option("--report", o->report, "Also write the cut sheet: a .pdf or .txt file");
    command.add_flag("--suggest", o->suggest, "Look for other orders of the tracks that would cut better");
    command.add_flag("--replace", o->replace, "Replace the sheet that is there");
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runVinyl(context, *o); });
}

} // namespace segue::cli
