#include "app/cache_folder.h"
#include "app/open_input.h"
#include "cli/accept_options.h"
#include "cli/commands.h"
#include "cli/disc_table.h"
#include "cli/input_options.h"
#include "cli/json_of.h"
#include "core/text.h"
#include "ddp/fileset_reader.h"
#include "deliver/source_check.h"
#include "deliver/whole_check.h"
#include "measure/check_sound.h"
#include "measure/edition_scan.h"
#include "measure/fault_rules.h"
#include "project/project_rules.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace segue::cli {

namespace {

struct CheckOptions : InputOptions {
    bool rules = false, noAudio = false;
    std::string thresholds{};
    AcceptOptions accept{};
};

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

bool canBeHeard(const Findings& before)
{
    return std::ranges::none_of(before, [](const Finding& f) {
        return f.rule == "AUDIO.MISSING" || f.rule == "AUDIO.CHANGED" ||
               f.rule.starts_with("ALBUM.MISSING") || f.rule == "ALBUM.CLIP_BEYOND_SOURCE";
    });
}

/// The sound itself. What cannot be read was said already.
Result<Findings> audioFindings(Context& context, const Album& album, const Edition& edition,
                               const SourceOpener& open, const Findings& before,
                               const FaultThresholds& thresholds)
{
    if (!canBeHeard(before)) return Findings{};
    // A scan that an earlier command made costs nothing here, and one made here nothing later.
    const Path folder = cacheFolder();
    const ScanCache cache{context.files, folder.empty() ? Path{} : folder / "scans"};
    // The files are read once: for the levels of the edition, for their faults, and for their fingerprints.
    FaultWatch watch{open, thresholds};
    const auto scan =
        scanEdition(editionSounds(album, edition, watch.opener(), identityOnDisk(context.files)), &cache,
                    {.inOrder = true, .progress = context.progress()});
    if (!scan) return failure(scan.error());
    return checkSound(
        album, edition, open,
        {.thresholds = thresholds, .progress = context.progress(), .scan = &*scan, .watch = &watch});
}

/// Writes the acceptances into the project, unless somebody else wrote into it while it was checked.
Status saveAcceptances(Context& context, const std::string& file, const Album& checked, Album accepted)
{
    if (accepted == checked) return {};
    auto project = loadProject(context.files, file);
    if (!project) return failure(project.error());
    if (project->album != checked)
        return failure("The project changed while it was checked; check it again", file);
    project->album = std::move(accepted);
    return saveProject(context.files, file, *project);
}

void show(Context& context, const std::string& input, const Findings& findings)
{
    if (blocks(findings)) context.exitCode = ruleBroken;
    if (context.json) return context.out(findingsJson(findings, !blocks(findings)));
    Findings standing, accepted;
    for (const Finding& f : findings) (f.accepted ? accepted : standing).push_back(f);
    context.print(standing);
    if (!accepted.empty()) {
        context.note("Heard and accepted:");
        context.print(accepted);
    }
    context.out(fmt::format("{}: {}\n", input, countsOf(findings)));
}

/// What covers nothing any more is named: the fault was put right, or the sound is another.
void nameIdle(Context& context, const std::vector<SignOff>& idle)
{
    for (const SignOff& s : idle)
        context.note(fmt::format("The acceptance of {} (\"{}\") covers no finding of this edition; "
                                 "'--withdraw {}' takes it back",
                                 s.rule, escapedForDisplay(s.said), s.rule));
}

void checkAlbumInput(Context& context, InputKind kind, const CheckOptions& o)
{
    auto input = openInput(context.files, o.input, cueOptions(o, context));
    if (!input) return context.fail(input.error());
    if (o.accept.asked() && kind != InputKind::album)
        return context.fail({"Acceptances are kept in an album; 'segue import' makes one of this", o.input});
    if (const auto s = probeInput(context, *input); !s) return context.fail(s.error());
    Album& album = input->project.album;
    const auto id = chooseAnyEdition(album, context.edition);
    if (!id) return context.fail(id.error());
    const auto thresholds = thresholdsOf(context.files, o.thresholds);
    if (!thresholds) return context.fail(thresholds.error());
    SourceListener listener;
    if (!o.noAudio && canBeHeard(input->findings))
        listener = [&](const SourceOpener& open, const Findings& soFar) {
            return audioFindings(context, album, *find(album, *id), open, soFar, *thresholds);
        };
    auto ready = checkWhole(context.files, album, *find(album, *id), {.profile = profileOf(o)},
                            context.progress(), listener);
    if (!ready) return context.fail(ready.error());
    Findings findings = std::move(input->findings);
    std::ranges::move(ready->findings, std::back_inserter(findings));
    if (o.accept.asked()) {
        auto done = acceptFindings(album, *find(album, *id), findings, o.accept);
        if (!done) return context.fail(done.error());
        if (const auto s = saveAcceptances(context, o.input, album, done->album); !s)
            return context.fail(s.error());
        album = std::move(done->album);
    }
    const Edition& edition = *find(album, *id);
    applySignOffs(album, edition, findings);
    // An acceptance knows a source by its path; what is shown is named as the project does.
    const std::vector<SignOff> idle =
        o.noAudio ? std::vector<SignOff>{} : idleSignOffs(album, edition, findings);
    nameFilesFrom(findings, context.folderOf(o.input));
    show(context, o.input, findings);
    nameIdle(context, idle);
}

void runCheck(Context& context, const CheckOptions& o)
{
    if (o.rules) return context.out(context.json ? rulesJson(everyRule()) : rulesTable());
    if (o.input.empty()) return context.fail({"Say which album, cue sheet or DDP folder to check", "INPUT"});
    if (!o.accept.note.empty() && o.accept.accept.empty())
        return context.fail({"A note belongs to an acceptance: add --accept RULE", "--note"});
    const auto kind = inputKind(context.files, o.input);
    if (!kind) return context.fail(kind.error());
    if (*kind != InputKind::ddpFolder) return checkAlbumInput(context, *kind, o);
    if (o.accept.asked())
        return context.fail({"Acceptances are kept in an album, and this is a delivered set", o.input});
    const auto set = ddp::readFileset(context.files, o.input);
    if (!set) return context.fail(set.error());
    show(context, o.input, set->findings);
}

} // namespace

void addCheck(CLI::App& program, Context& context)
{
    auto o = std::make_shared<CheckOptions>();
    CLI::App& command = *program.add_subcommand(
        "check", "Check an album against every rule, its sound included; nothing is written");
    command.footer("Examples:\n  segue check Night.segue\n  segue check Night.segue --no-audio\n  segue "
                   "check Night.segue --accept FAULT.CLICK@3 --note \"the drummer's sticks\"\n  segue "
                   "check --rules\nExit code 1 when a finding "
                   "is an error and is not accepted.");
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
    addAcceptOptions(command, o->accept);
    addCommonOptions(command, context, true);
    command.callback([&context, o] { runCheck(context, *o); });
}

} // namespace segue::cli
