#include "album/edit.h"
#include "app/add_files.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/input_options.h"
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
    std::vector<std::string> inputs;
    std::string report;
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
                  const vinyl::Programme& programme, const vinyl::VinylPlan& plan, const vinyl::Air& air)
{
    const Path path{o.report};
    const bool pdf = equalsIgnoringAsciiCase(path.extension().string(), ".pdf");
    if (!pdf && !equalsIgnoringAsciiCase(path.extension().string(), ".txt"))
        return failure("The sheet is a PDF or a text; end its name with .pdf or .txt", o.report);
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
                                         .air = air});
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

void runVinyl(Context& context, const VinylOptions& o)
{
    auto input = readInput(context, o);
    if (!input) return context.fail(input.error());
    const Edition& edition = *find(input->album, input->edition);
    auto wish = planWishOf(context, edition, o);
    if (!wish) return context.fail(wish.error());
    wish->albumLevel = input->isAlbum;
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
    if (!o.report.empty())
        if (const auto written = writeSheet(context, o, *input, *programme, *plan, *air); !written)
            return context.fail(written.error());
    if (plan->hasErrors()) context.exitCode = ruleBroken;
    OrderSuggestions orders;
    if (o.suggest) orders = vinyl::suggestOrders(*programme, *curves, *plan);
    if (context.json) return context.out(vinylJson(*programme, *plan, *air, orders));
    Findings loud;
    for (const Finding& f : input->findings)
        if (f.level != Finding::Level::note) loud.push_back(f);
    context.print(loud);
    context.out(vinylText(*programme, *plan, *air, orders));
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
    addRecordOptions(command, *o, {});
    command.add_option("--report", o->report, "Also write the cut sheet: a .pdf or .txt file");
    command.add_flag("--suggest", o->suggest, "Look for other orders of the tracks that would cut better");
    command.add_flag("--replace", o->replace, "Replace the sheet that is there");
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runVinyl(context, *o); });
}

} // namespace segue::cli
