#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/disc_table.h"
#include "cli/input_options.h"
#include "cli/json_of.h"
#include "core/text.h"
#include "core/time_text.h"
#include "ddp/fileset_reader.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace segue::cli {

namespace {

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
            out += fmt::format(
                "{:>3}  {:>10}  {:>10}  {}{}\n", ++number, clockTime(e.start - Instant{}),
                clockTime(e.end - e.start), escapedForDisplay(displayTitle(*find(album, e.track))),
                edition.entries[e.position].keepWithPrevious ? "  (kept together with the track before)"
                                                             : "");
        out += fmt::format("total {}\n\n", clockTime(piece.end - Instant{}));
    }
    return out;
}

void showAlbum(Context& context, const OpenedInput& input, const InputOptions& o)
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

void runShow(Context& context, const InputOptions& o)
{
    const auto kind = inputKind(context.files, o.input);
    if (!kind) return context.fail(kind.error());
    if (*kind == InputKind::ddpFolder) return showFolder(context, o.input);
    auto input = openInput(context.files, o.input, cueOptions(o, context));
    if (!input) return context.fail(input.error());
    showAlbum(context, *input, o);
}

} // namespace

void addShow(CLI::App& program, Context& context)
{
    auto o = std::make_shared<InputOptions>();
    CLI::App& command =
        *program.add_subcommand("show", "Show what an album, a cue sheet or a DDP folder holds");
    command.footer(
        "Examples:\n  segue show Night.segue\n  segue show master.cue\n  segue show Night-DDP --json");
    addInputOptions(command, *o, true);
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runShow(context, *o); });
}

} // namespace segue::cli
