#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/disc_table.h"
#include "cli/input_options.h"
#include "cli/json_of.h"
#include "core/text.h"
#include "core/time_text.h"
#include "ddp/fileset_reader.h"
#include "ddp/red_book.h"
#include "deliver/ddp_export.h"
#include "deliver/source_check.h"
#include "measure/check_sound.h"
#include "measure/fault_rules.h"
#include "project/project_rules.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace segue::cli {

namespace {

struct ShowOptions : InputOptions {
    bool rules = false, noAudio = false;
    std::string thresholds{};
};

void headLine(std::string& out, std::string_view label, std::string_view value)
{
    if (!value.empty()) out += fmt::format("{:<11}{}\n", label, escapedForDisplay(value));
}

std::string albumHead(const Album& album, const Edition& edition)
{
    std::string out;
    headLine(out, "Title", album.info.texts.title.value_or(""));
    headLine(out, "Performer", album.info.texts.performer.value_or(""));
    headLine(out, "UPC/EAN", album.info.upc ? album.info.upc->digits() : "");
    headLine(out, "Catalogue", album.info.catalog);
    headLine(out, "Edition", edition.name);
    if (album.editions.size() > 1) {
        std::string others;
        for (const Edition& e : album.editions)
            if (e.id != edition.id) others += (others.empty() ? "" : ", ") + e.name;
        headLine(out, "Also", others);
    }
    return out.empty() ? out : out + "\n";
}

/// A vinyl or digital edition: times in m:s.mmm, pieces are sides.
std::string pieceTable(const Album& album, const Edition& edition)
{
    std::string out;
    const Timeline timeline = buildTimeline(album, edition);
    for (const Piece& piece : timeline.pieces) {
        if (timeline.pieces.size() > 1) out += fmt::format("Side {}\n", piece.number);
        out += fmt::format("{:>3}  {:>10}  {:>10}  {}\n", "No", "Start", "Length", "Title");
        int number = 0;
        for (const PlacedEntry& e : piece.entries)
            out += fmt::format("{:>3}  {:>10}  {:>10}  {}\n", ++number, clockTime(e.start - Instant{}),
                               clockTime(e.end - e.start),
                               escapedForDisplay(displayTitle(*find(album, e.track))));
        out += fmt::format("total {}\n\n", clockTime(piece.end - Instant{}));
    }
    return out;
}

void showAlbum(Context& context, const OpenedInput& input, const ShowOptions& o)
{
    const Album& album = input.project.album;
    const auto id = chooseAnyEdition(album, context.edition);
    if (!id) return context.fail(id.error());
    const Edition& edition = *find(album, *id);
    const auto* cd = std::get_if<CdSettings>(&edition.medium);
    if (cd == nullptr) {
        if (context.json) return context.out(discsJson({}, true, input.findings, edition.name));
        return context.out(albumHead(album, edition) + pieceTable(album, edition));
    }
    const auto discs = planDiscs(album, edition, {.profile = profileOf(o)});
    std::vector<DiscFacts> facts;
    std::string out = albumHead(album, edition);
    for (const PlannedDisc& disc : discs) {
        facts.push_back({.findings = input.findings,
                         .disc = disc.disc,
                         .titles = titlesOf(album, disc),
                         .performers = performersOf(disc),
                         .number = disc.number,
                         .of = disc.of});
        if (discs.size() > 1) out += fmt::format("Disc {} of {}\n", disc.number, disc.of);
        out += discTable(disc.disc,
                         {facts.back().titles, facts.back().performers, CdFramePos{cd->maxLength.value()}});
        if (!disc.packCounts.empty()) {
            std::string packs;
            for (const std::size_t n : disc.packCounts)
                packs += fmt::format("{}{} of 255", packs.empty() ? "" : ", ", n);
            out += fmt::format("CD-Text packs: {}\n", packs);
        }
        if (disc.number != disc.of) out += "\n";
    }
    if (discs.empty()) out += "The edition has no tracks yet. 'segue add' adds some.\n";
    if (context.json) return context.out(discsJson(facts, true, input.findings, edition.name));
    context.out(out);
    context.print(input.findings);
}

void showFolder(Context& context, const std::string& folder)
{
    const auto set = ddp::readFileset(context.files, folder);
    if (!set) return context.fail(set.error());
    const DiscTableText text = textsOf(set->disc);
    if (context.json)
        return context.out(discsJson({{.findings = set->findings,
                                       .disc = set->disc,
                                       .titles = text.titles,
                                       .performers = text.performers}},
                                     true, set->findings, {}));
    std::string out;
    headLine(out, "DDP", set->id.level);
    headLine(out, "Written by", set->writer);
    headLine(out, "Master id", set->id.masterId);
    headLine(out, "UPC/EAN", set->disc.upc ? set->disc.upc->digits() : "");
    if (set->disc.cdText && !set->disc.cdText->blocks.empty()) {
        headLine(out, "Title", set->disc.cdText->blocks.front().disc.title.value_or(""));
        headLine(out, "Performer", set->disc.cdText->blocks.front().disc.performer.value_or(""));
    }
    context.out(out + "\n" + discTable(set->disc, text) + "\n'segue verify' checks it whole.\n");
}

void runShow(Context& context, const ShowOptions& o)
{
    const auto kind = inputKind(context.files, o.input);
    if (!kind) return context.fail(kind.error());
    if (*kind == InputKind::ddpFolder) return showFolder(context, o.input);
    auto input = openInput(context.files, o.input, cueOptions(o, context));
    if (!input) return context.fail(input.error());
    showAlbum(context, *input, o);
}

std::vector<Rule> everyRule()
{
    std::vector<Rule> all{allRules().begin(), allRules().end()};
    all.insert(all.end(), projectRules().begin(), projectRules().end());
    for (const FaultRule& r : faultRules()) all.push_back(r.rule);
    return all;
}

std::string rulesTable()
{
    std::string out;
    for (const Rule& r : everyRule())
        out += fmt::format("{:<30}{:<9}{:<9}{}\n", r.id, name(r.level), r.overridable ? "--allow" : "",
                           r.sentence);
    return out;
}

Result<FaultThresholds> thresholdsOf(FileOps& files, const std::string& path)
{
    if (path.empty()) return FaultThresholds{};
    const auto text = readTextFile(files, path, maxKeyValueBytes);
    if (!text) return failure(text.error());
    const auto values = parseKeyValues(*text, path);
    if (!values) return failure(values.error());
    return readFaultThresholds(*values);
}

/// The sound itself. What cannot be read was said already.
Result<Findings> audioFindings(Context& context, const Album& album, const Edition& edition,
                               const Findings& before, const ShowOptions& o)
{
    const auto thresholds = thresholdsOf(context.files, o.thresholds);
    if (!thresholds) return failure(thresholds.error());
    const bool readable = std::ranges::none_of(before, [](const Finding& f) {
        return f.rule == "AUDIO.MISSING" || f.rule == "AUDIO.CHANGED" ||
               f.rule.starts_with("ALBUM.MISSING") || f.rule == "ALBUM.CLIP_BEYOND_SOURCE";
    });
    if (o.noAudio || !readable) return Findings{};
    return checkSound(album, edition, openerFor(context.files), *thresholds, context.progress());
}

void runCheck(Context& context, const ShowOptions& o)
{
    if (o.rules) return context.out(context.json ? rulesJson(everyRule()) : rulesTable());
    if (o.input.empty()) return context.fail({"Say which album, cue sheet or DDP folder to check", "INPUT"});
    const auto kind = inputKind(context.files, o.input);
    if (!kind) return context.fail(kind.error());
    Findings findings;
    if (*kind == InputKind::ddpFolder) {
        auto set = ddp::readFileset(context.files, o.input);
        if (!set) return context.fail(set.error());
        findings = std::move(set->findings);
    } else {
        auto input = openInput(context.files, o.input, cueOptions(o, context));
        if (!input) return context.fail(input.error());
        if (const auto s = probeInput(context, *input); !s) return context.fail(s.error());
        const auto id = chooseAnyEdition(input->project.album, context.edition);
        if (!id) return context.fail(id.error());
        auto ready = checkWhole(context.files, input->project.album, *find(input->project.album, *id),
                                {.profile = profileOf(o)}, context.progress());
        if (!ready) return context.fail(ready.error());
        findings = std::move(input->findings);
        std::ranges::move(ready->findings, std::back_inserter(findings));
        auto sound =
            audioFindings(context, input->project.album, *find(input->project.album, *id), findings, o);
        if (!sound) return context.fail(sound.error());
        std::ranges::move(*sound, std::back_inserter(findings));
        nameFilesFrom(findings, context.folderOf(o.input));
    }
    if (blocks(findings)) context.exitCode = ruleBroken;
    if (context.json) return context.out(findingsJson(findings, !blocks(findings)));
    context.print(findings);
    context.out(fmt::format("{}: {}\n", o.input, countsOf(findings)));
}

} // namespace

void addShow(CLI::App& program, Context& context)
{
    auto o = std::make_shared<ShowOptions>();
    CLI::App& command =
        *program.add_subcommand("show", "Show what an album, a cue sheet or a DDP folder holds");
    command.footer(
        "Examples:\n  segue show Night.segue\n  segue show master.cue\n  segue show Night-DDP --json");
    addInputOptions(command, *o, true);
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runShow(context, *o); });
}

void addCheck(CLI::App& program, Context& context)
{
    auto o = std::make_shared<ShowOptions>();
    CLI::App& command = *program.add_subcommand(
        "check", "Check an album against every rule, its sound included; nothing is written");
    command.footer("Examples:\n  segue check Night.segue\n  segue check Night.segue --no-audio\n  segue "
                   "check --rules\nExit code 1 when a finding "
                   "is an error.");
    addInputOptions(command, *o, true);
    command.get_option("INPUT")->required(false);
    command.add_flag("--no-audio", o->noAudio,
                     "Leave out the checks of the sound (clicks, dropouts, clipping ...)");
    command
        .add_option("--thresholds", o->thresholds,
                    "A file of lines key = value with other figures for them (docs/checks.md)")
        ->type_name("FILE");
    command.add_flag("--rules", o->rules,
                     "List every rule with its level and whether --allow may set it aside");
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runCheck(context, *o); });
}

} // namespace segue::cli
