#include "app/cache_folder.h"
#include "app/open_input.h"
#include "cli/balance_tables.h"
#include "cli/commands.h"
#include "cli/number_options.h"
#include "core/text.h"
#include "core/time_text.h"
#include "deliver/source_check.h"
#include "measure/track_levels.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <optional>

namespace segue::cli {

namespace {

constexpr int mostTracks = 9'999; // an album takes no more

struct BalanceOptions {
    std::string file{}, mode = "integrated", window{};
    std::optional<int> reference{};
    std::optional<double> target{}, ceiling{};
    bool apply = false, offsetsAsHeard = false, noCache = false;
};

Status checkOptions(const BalanceOptions& o)
{
    if (o.mode == "reference" && !o.reference)
        return failure("This mode needs the number of the reference track: --reference N", "--mode");
    if (o.mode == "album" && !o.target) return failure("This mode needs a target: --target LUFS", "--mode");
    if (o.mode == "album" && o.reference)
        return failure("An album that moves as a whole has no reference track", "--reference");
    if (!o.window.empty() && o.mode != "loudest")
        return failure("Only the loudest section has a length: add --mode loudest", "--window " + o.window);
    if (o.offsetsAsHeard && (o.target || o.ceiling || o.reference))
        return failure("Offsets are taken from the present levels; leave target, reference and ceiling away",
                       "--offsets-as-heard");
    if (o.reference && o.target)
        return failure("The level comes from the reference track or from the target, not from both",
                       "--reference");
    return {};
}

Result<EditionScan> scanned(Context& context, const Album& album, const Edition& edition, bool noCache)
{
    const Path folder = cacheFolder();
    const ScanCache cache{context.files, folder.empty() ? Path{} : folder / "scans"};
    return scanEdition(editionSounds(album, edition, openerFor(context.files), identityOnDisk(context.files)),
                       noCache ? nullptr : &cache, {.progress = context.progress()});
}

Result<LoudnessKind> kindOf(const BalanceOptions& o)
{
    if (o.mode != "loudest") return LoudnessKind{};
    if (o.window.empty()) return LoudnessKind{.section = seconds(3)};
    const std::string option = "--window " + escapedForDisplay(o.window);
    const auto window = parseTime(o.window);
    if (!window) return failure(window.error().what, option);
    if (*window < milliseconds(400) || *window > seconds(600))
        return failure("A loudest section is between 0.4 s and 10 minutes", option);
    return LoudnessKind{.section = *window};
}

Result<BalanceWish> wishOf(const BalanceOptions& o, const Edition& edition, const EditionScan& scan)
{
    BalanceWish wish{.target = o.target.value_or(0), .ceiling = o.ceiling};
    if (o.mode == "album") {
        wish.to = BalanceWish::To::album;
        wish.albumLoudness = albumLoudness(scan);
    } else if (o.reference) {
        if (*o.reference < 1 || static_cast<std::size_t>(*o.reference) > edition.entries.size())
            return failure(
                fmt::format("There is no track {}; the edition has {}", *o.reference, edition.entries.size()),
                "--reference");
        wish.to = BalanceWish::To::reference;
        wish.reference = edition.entries[static_cast<std::size_t>(*o.reference - 1)].track;
    } else if (o.target) {
        wish.to = BalanceWish::To::level;
    }
    return wish;
}

Result<BalanceTable> balanceOf(Context& context, const Album& album, const BalanceOptions& o)
{
    const auto id = chooseAnyEdition(album, context.edition);
    if (!id) return failure(id.error());
    const Edition& edition = *find(album, *id);
    const auto kind = kindOf(o);
    if (!kind) return failure(kind.error());
    const auto scan = scanned(context, album, edition, o.noCache);
    if (!scan) return failure(scan.error());
    const auto wish = wishOf(o, edition, *scan);
    if (!wish) return failure(wish.error());
    BalanceTable table{.mode = o.mode, .levels = trackLevels(album, *scan, *kind)};
    auto proposal = proposeBalance(album, table.levels, *wish);
    if (!proposal) return failure(proposal.error());
    table.proposal = std::move(*proposal);
    auto after = withBalance(album, table.proposal);
    if (!after) return failure(after.error());
    table.losing = losingExactCopies(album, *after, *id);
    return table;
}

void apply(Context& context, const BalanceOptions& o)
{
    std::optional<BalanceTable> table;
    bool changed = false;
    auto project = loadProject(context.files, o.file);
    if (!project) return context.fail(project.error());
    auto made = balanceOf(context, project->album, o);
    if (!made) return context.fail(made.error());
    auto album = withBalance(project->album, made->proposal);
    if (!album) return context.fail(album.error());
    changed = *album != project->album;
    const Album before = std::exchange(project->album, std::move(*album));
    if (changed)
        if (const auto saved = saveProject(context.files, o.file, *project); !saved)
            return context.fail(saved.error());
    made->applied = changed;
    context.out(context.json ? balanceJson(before, *made) : balanceText(before, *made));
    if (!context.json) context.note(changed ? "Saved" : "Nothing changed");
}

void propose(Context& context, const BalanceOptions& o)
{
    const auto project = loadProject(context.files, o.file);
    if (!project) return context.fail(project.error());
    const auto made = balanceOf(context, project->album, o);
    if (!made) return context.fail(made.error());
    context.out(context.json ? balanceJson(project->album, *made) : balanceText(project->album, *made));
    if (!context.json && made->proposal.changesAnything())
        context.note("Nothing was changed; --apply stores the balance gains");
}

void takeOffsets(Context& context, const BalanceOptions& o)
{
    editAlbum(context, o.file, "Saved the wanted offsets", [&](Album album) -> Result<Album> {
        const auto id = chooseAnyEdition(album, context.edition);
        if (!id) return failure(id.error());
        const auto kind = kindOf(o);
        if (!kind) return failure(kind.error());
        const auto scan = scanned(context, album, *find(album, *id), o.noCache);
        if (!scan) return failure(scan.error());
        const auto levels = trackLevels(album, *scan, *kind);
        return withOffsetsAsHeard(std::move(album), levels);
    });
}

} // namespace

void addBalance(CLI::App& program, Context& context)
{
    auto o = std::make_shared<BalanceOptions>();
    CLI::App& command = *program.add_subcommand(
        "balance", "Propose a gain for each track, so that their levels fit together");
    command.footer(
        "Examples:\n"
        "  segue balance Night.segue --reference 3\n"
        "  segue balance Night.segue --mode loudest --window 10 --target -12 --ceiling -1 --apply\n"
        "  segue balance Night.segue --offsets-as-heard\n"
        "Modes: integrated: the loudness of whole tracks; loudest: of their loudest section; reference: as\n"
        "integrated, to the level of --reference N; album: every track by the same gain, the album to\n"
        "--target. Without reference and target the tracks come to the level of their middle. Wanted\n"
        "offsets (segue set -t N --offset LU) are kept. Nothing is changed without --apply.");
    command.add_option("ALBUM", o->file, "The album file")->required();
    command.add_option("--mode", o->mode, "integrated, loudest, reference or album")
        ->check(CLI::IsMember({"integrated", "loudest", "reference", "album"}));
    addCount(command, "--reference", o->reference, {1, mostTracks},
             "Number of the track whose level the others take");
    addNumber(command, "--target", o->target, {lowestBalanceTarget, highestBalanceTarget, "LUFS"},
              "The level the tracks, or the album, come to");
    addNumber(command, "--ceiling", o->ceiling, {lowestBalanceCeiling, highestBalanceCeiling, "dBTP"},
              "No true peak above this: the whole album moves down (default -1, or the present highest)");
    command.add_option("--window", o->window, "Length of the loudest section: seconds or m:s:f (default 3)");
    command.add_flag("--apply", o->apply, "Store the proposed gains in the balance column");
    command.add_flag("--offsets-as-heard", o->offsetsAsHeard,
                     "Take the wanted offsets from the present levels instead");
    command.add_flag("--no-cache", o->noCache, "Scan everything anew, and keep nothing");
    addCommonOptions(command, context, true);
    command.callback([&context, o] {
        if (const auto s = checkOptions(*o); !s) return context.fail(s.error());
        if (o->offsetsAsHeard && o->apply)
            return context.fail({"Taking offsets and applying a balance are two steps", "--apply"});
        if (o->offsetsAsHeard) return takeOffsets(context, *o);
        o->apply ? apply(context, *o) : propose(context, *o);
    });
}

} // namespace segue::cli
