#include "app/cache_folder.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/disc_table.h"
#include "cli/export_sides.h"
#include "cli/input_options.h"
#include "cli/json_of.h"
#include "core/hash.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "core/time_text.h"
#include "deliver/ddp_export.h"
#include "deliver/pq_sheet.h"
#include "deliver/wav_image.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace segue::cli {

namespace {

struct ExportOptions : InputOptions {
    std::string format, out, dither = "tpdf", masterId;
    bool noCdText = false, imageCue = false, replace = false, secondRender = false, ditherWholeTracks = false,
         substitute = false, checksumTxt = false, noCache = false;
    bool masterIdGiven = false;
    std::uint64_t seed = 1;
    int threads = 0;
    int blockFrames = 16'384;
    std::vector<std::string> allow;
    SideOptions sides{};
};

Result<DdpExportOptions> deliverOptions(const ExportOptions& o, const Context& context)
{
    const auto dither = parseDither(o.dither);
    if (!dither) return failure(dither.error().what, "--dither " + o.dither);
    DdpExportOptions options;
    options.disc = {.profile = profileOf(o), .cdText = !o.noCdText, .substitute = o.substitute};
    options.render = {
        .rate = cdRate, .dither = *dither, .seed = o.seed, .ditherWholeTracks = o.ditherWholeTracks};
    options.work = {.threads = o.threads, .blockFrames = o.blockFrames, .progress = context.progress()};
    options.imageCue = o.imageCue;
    options.checksumTxt = o.checksumTxt;
    options.replace = o.replace;
    options.secondRender = o.secondRender;
    if (!o.noCache) options.cacheFolder = cacheFolder();
    options.allow = o.allow;
    options.albumName = Path{o.input}.filename().string();
    return options;
}

void printOutcome(Context& context, const Album& album, const Edition& edition,
                  const DdpExportOutcome& outcome)
{
    if (!outcome.written) context.exitCode = ruleBroken;
    if (context.json) {
        nlohmann::ordered_json files = nlohmann::ordered_json::array();
        for (const DeliveredDisc& disc : outcome.discs)
            for (const DeliveredFile& f : disc.files)
                files.push_back({{"name", f.name}, {"size", f.size}, {"md5", f.md5}});
        nlohmann::ordered_json object =
            nlohmann::ordered_json::parse(findingsJson(outcome.findings, outcome.written));
        object["written"] = outcome.written;
        object["edition"] = edition.name;
        object["out"] = outcome.written ? outcome.folder.string() : "";
        object["files"] = std::move(files);
        return context.out(object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
                           "\n");
    }
    context.print(outcome.findings);
    if (!outcome.written) {
        context.note(fmt::format("Nothing was written: {}", countsOf(outcome.findings)));
        return;
    }
    if (context.quiet) return;
    for (const DeliveredDisc& disc : outcome.discs) {
        if (disc.plan.of > 1) context.out(fmt::format("Disc {} of {}\n", disc.plan.number, disc.plan.of));
        context.out(
            discTable(disc.plan.disc, {titlesOf(album, disc.plan), performersOf(disc.plan),
                                       CdFramePos{std::get<CdSettings>(edition.medium).maxLength.value()}}));
        context.out(fmt::format("IMAGE.DAT MD5 {}\n", disc.imageMd5));
    }
    context.out(fmt::format("\n{}: written, read back and proven", outcome.folder.string()));
    if (!outcome.reportText.empty()) context.out(fmt::format("; report in {}", outcome.reportText.string()));
    context.out("\n");
}

Status writePq(Context& context, const Album& album, const Edition& edition, const ExportOptions& o,
               DdpExportOutcome& outcome)
{
    const auto discs = planDiscs(
        album, edition, {.profile = profileOf(o), .cdText = !o.noCdText, .substitute = o.substitute});
    const Path out{o.out};
    for (const PlannedDisc& disc : discs) {
        Path path = out;
        if (discs.size() > 1)
            path.replace_filename(
                fmt::format("{}-CD{}{}", out.stem().string(), disc.number, out.extension().string()));
        if (!o.replace && context.files.stat(path))
            return failure("There is a file of this name already; --replace replaces it", path.string());
        const PqSheet sheet = makePqSheet(album, edition, disc, {});
        std::vector<std::byte> bytes;
        if (asciiLower(path.extension().string()) == ".pdf") {
            int missing = 0;
            auto pdf = pqSheetPdf(sheet, missing);
            if (!pdf) return failure(pdf.error());
            bytes = std::move(*pdf);
        } else {
            const std::string text = pqSheetText(sheet);
            bytes.assign(bytesOf(text).begin(), bytesOf(text).end());
        }
        if (const auto s = saveAtomically(
                context.files, path, bytes, [](auto) { return Status{}; }, randomToken());
            !s)
            return s;
    }
    outcome.written = true;
    outcome.folder = out;
    return {};
}

Result<DdpExportOutcome> runFormat(Context& context, const Album& album, const Edition& edition,
                                   const ExportOptions& o, const DdpExportOptions& options)
{
    if (o.format == "ddp") return exportDdp(context.files, album, edition, o.out, options);
    if (o.format == "wav")
        return exportImage(context.files, album, edition, o.out, ImageSheet::none, options);
    if (o.format == "cue") return exportImage(context.files, album, edition, o.out, ImageSheet::cue, options);
    if (o.format == "toc") return exportImage(context.files, album, edition, o.out, ImageSheet::toc, options);
    DdpExportOutcome outcome;
    outcome.findings = options.inputFindings;
    if (const auto s = writePq(context, album, edition, o, outcome); !s) return failure(s.error());
    return outcome;
}

void runExport(Context& context, const ExportOptions& o)
{
    // --replace is meant for what an earlier export wrote.
    const auto in = context.files.realPath(o.input), out = context.files.realPath(o.out);
    if (in && out && *in == *out)
        return context.fail({"This is the input itself; choose another name for the output", o.out});
    if (o.format == "sides")
        return exportSidesOf(
            context,
            {.input = o,
             .out = o.out,
             .dither = o.dither,
             .seed = o.seed,
             .replace = o.replace,
             .work = {.threads = o.threads, .blockFrames = o.blockFrames, .progress = context.progress()},
             .allow = o.allow},
            o.sides);
    auto options = deliverOptions(o, context);
    if (!options) return context.fail(options.error());
    auto input = openInput(context.files, o.input, cueOptions(o, context));
    if (!input) return context.fail(input.error());
    if (const auto s = probeInput(context, *input); !s) return context.fail(s.error());
    Album& album = input->project.album;
    const auto id = chooseCdEdition(album, context.edition);
    if (!id) return context.fail(id.error());
    if (o.masterIdGiven)
        for (Edition& e : album.editions)
            if (e.id == *id) std::get<CdSettings>(e.medium).masterId = o.masterId;
    options->inputFindings = std::move(input->findings);
    const Edition& edition = *find(album, *id);
    auto outcome = runFormat(context, album, edition, o, *options);
    if (!outcome) return context.fail(outcome.error());
    nameFilesFrom(outcome->findings, context.folderOf(o.input));
    printOutcome(context, album, edition, *outcome);
}

} // namespace

void addExport(CLI::App& program, Context& context)
{
    auto o = std::make_shared<ExportOptions>();
    CLI::App& command = *program.add_subcommand(
        "export",
        "Deliver: a verified DDP folder, a cue or TOC image, a WAV image, a PQ sheet, the sides of a record");
    command.footer("Examples:\n"
                   "  segue export ddp Night.segue Night-DDP\n"
                   "  segue export ddp master.cue DDP --profile cue2ddp --master-id NIGHT-01\n"
                   "  segue export cue Night.segue burn/Night.cue\n"
                   "  segue export pq Night.segue Night-PQ.pdf\n"
                   "  segue export sides Night.segue Night-LP --sides 2 --pattern {catalog}-{side}\n"
                   "Exit code 1: a rule forbids it and nothing was written; 3: a disk said no.");
    command.add_option("FORMAT", o->format, "ddp, cue, toc, wav, pq or sides")
        ->required()
        ->check(CLI::IsMember({"ddp", "cue", "toc", "wav", "pq", "sides"}));
    addInputOptions(command, *o, true);
    command.add_option("OUT", o->out, "The folder (ddp, sides) or file to write; it must not exist yet")
        ->required();
    command.add_flag("--no-cd-text", o->noCdText, "Leave CD-Text out");
    command.add_option_function<std::string>(
        "--master-id",
        [o](const std::string& text) {
            o->masterId = text;
            o->masterIdGiven = true;
        },
        "Master id in DDPID, at most 48 characters");
    command.add_flag("--image-cue", o->imageCue, "Also IMAGE.cue beside IMAGE.DAT");
    command.add_flag("--checksum-txt", o->checksumTxt, "Also CHECKSUM.TXT with CRC-32");
    command.add_option("--dither", o->dither, "none, tpdf, shaped-light or shaped-strong")
        ->capture_default_str();
    command.add_option("--seed", o->seed, "Seed of the dither")->capture_default_str();
    command.add_flag("--dither-whole-tracks", o->ditherWholeTracks,
                     "Dither all of a track that needs it anywhere");
    command.add_flag("--substitute", o->substitute,
                     "Replace characters that CD-Text lacks by the documented table");
    command.add_option("--allow", o->allow,
                       "Deliver although this rule is broken (repeat; any: all that may be)");
    command.add_flag("--replace", o->replace, "Replace OUT when its report describes it completely");
    command.add_flag("--no-cache", o->noCache,
                     "Render everything, also what an earlier export left unchanged");
    command.add_flag("--second-render", o->secondRender, "Render a second time and compare with the disk");
    command.add_option("--threads", o->threads, "Threads (0: as many as there are)");
    command.add_option("--block", o->blockFrames, "Sample frames rendered at a time")
        ->check(CLI::Range(1, 1 << 20))
        ->group("");
    addSideOptions(command, o->sides);
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runExport(context, *o); });
}

} // namespace segue::cli
