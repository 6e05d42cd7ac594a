#include "cli/commands.h"
#include "cli/disc_table.h"
#include "cli/json_of.h"
#include "core/text.h"
#include "core/time_text.h"
#include "ddp/verify.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace segue::cli {

namespace {

struct VerifyCommandOptions {
    std::string folder, maxLength;
    bool audio = false;
};

std::string headText(const ddp::Verification& v)
{
    std::string out;
    const auto line = [&](std::string_view label, std::string_view value) {
        if (!value.empty()) out += fmt::format("{:<11}{}\n", label, escapedForDisplay(value));
    };
    line("DDP", v.set.id.level);
    line("Written by", v.set.writer);
    line("Master id", v.set.id.masterId);
    line("UPC/EAN", v.set.disc.upc ? v.set.disc.upc->digits() : "");
    if (v.set.disc.cdText && !v.set.disc.cdText->blocks.empty()) {
        line("Title", v.set.disc.cdText->blocks.front().disc.title.value_or(""));
        line("Performer", v.set.disc.cdText->blocks.front().disc.performer.value_or(""));
    }
    return out + "\n";
}

std::string audioTable(const ddp::Verification& v)
{
    std::string out =
        "\n No  AccurateRip v1  AccurateRip v2  CRC-32    Peak   Clipped  Silence at start, end (samples)\n";
    for (std::size_t i = 0; i < v.audio.size(); ++i) {
        const ddp::TrackAudio& a = v.audio[i];
        out +=
            fmt::format("{:>3}  {:08x}        {:08x}        {:<8}  {:>5}  {:>7}  {}\n", i + 1, a.accurateRip1,
                        a.accurateRip2, a.crc32, a.peak, a.clippedRuns,
                        a.silent ? "all of it" : fmt::format("{}, {}", a.leadingSilence, a.trailingSilence));
    }
    return out;
}

std::string fileTable(const ddp::Verification& v)
{
    std::string out = "\n";
    for (const ddp::FileHash& f : v.hashes)
        out += fmt::format("{}  {:>10}  {}{}\n", f.md5, f.size, escapedForDisplay(f.name),
                           f.listed ? "" : "  (in no checksum list)");
    return out;
}

void runVerify(Context& context, const VerifyCommandOptions& o)
{
    ddp::VerifyOptions options{.audio = o.audio, .progress = context.progress()};
    if (!o.maxLength.empty()) {
        const auto longest = parseTime(o.maxLength);
        if (!longest) return context.fail({longest.error().what, "--max-length " + o.maxLength});
        options.maxLength = CdFramePos{wholeFramesIn(*longest).value()};
    }
    const auto v = ddp::verifyFileset(context.files, o.folder, options);
    if (!v) return context.fail(v.error());
    const bool ok = !blocks(v->findings);
    if (!ok) context.exitCode = ruleBroken;
    const DiscTableText text = textsOf(v->set.disc);
    if (context.json)
        return context.out(discsJson({{.findings = v->findings,
                                       .disc = v->set.disc,
                                       .titles = text.titles,
                                       .performers = text.performers,
                                       .verification = &*v}},
                                     ok, v->findings, {}));
    if (!context.quiet)
        context.out(headText(*v) + discTable(v->set.disc, {text.titles, text.performers, options.maxLength}) +
                    (o.audio ? audioTable(*v) : "") + fileTable(*v) + "\n");
    context.print(v->findings);
    context.out(ok ? fmt::format("{}: verified ({})\n", o.folder, countsOf(v->findings))
                   : fmt::format("{}: NOT in order ({})\n", o.folder, countsOf(v->findings)));
}

} // namespace

void addVerify(CLI::App& program, Context& context)
{
    auto o = std::make_shared<VerifyCommandOptions>();
    CLI::App& command =
        *program.add_subcommand("verify", "Verify a DDP folder, from Segue or from any other program");
    command.footer(
        "Examples:\n  segue verify Night-DDP\n  segue verify received/ --audio --json\n"
        "Exit code 0: in order; 1: damaged or against a rule; 2: no DDP folder; 3: it could not be read.");
    command.add_option("DIR", o->folder, "The folder with DDPID")->required();
    command.add_flag("--audio", o->audio,
                     "Also AccurateRip, CRC-32, silence and clipped runs of every track");
    command.add_option("--max-length", o->maxLength, "Longest disc that passes, m:s:f (79:57:00)");
    addCommonOptions(command, context, false);
    command.callback([&context, o] { runVerify(context, *o); });
}

} // namespace segue::cli
