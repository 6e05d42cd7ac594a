// segue: the command line. Every command is a file of its own; what they do is in the rooms below.

#include "app/audio_probe.h"
#include "audio/library_probe.h"
#include "cli/commands.h"
#include "cli/manual.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>
#include <vector>

namespace segue::cli {

void addCommonOptions(CLI::App& command, Context& context, bool withEdition)
{
    if (withEdition)
        command.add_option("--edition", context.edition, "The edition (default: the only one that fits)");
    command.add_flag("--json", context.json, "One JSON object on standard output (docs/formats/json.md)");
    command.add_flag("--quiet", context.quiet, "Errors only, no progress");
}

namespace {

/// Words that are no command. \return the exit code
int refuse(Context& context, const std::vector<std::string_view>& words, const std::string& why)
{
    // It may stand behind the word at which the reading ended.
    context.json = context.json || std::ranges::find(words, "--json") != words.end();
    context.fail({.what = why});
    if (!context.json) fmt::print(stderr, "'segue --help' and 'segue COMMAND --help' tell more\n");
    return context.exitCode;
}

int run(int argc, char** argv)
{
    catchInterrupts();
    Context context{realFileOps()};
    CLI::App program{"Assemble albums and author verified DDP images", "segue"};
    program.set_version_flag("--version", "segue " SEGUE_VERSION);
    program.require_subcommand(0, 1);
    bool manual = false, completion = false;
    program.add_flag("--man", manual, "Print the manual page")->group("");
    program.add_flag("--bash-completion", completion, "Print the completion script for bash")->group("");
    program.footer("'segue COMMAND --help' explains a command and shows an example.\n"
                   "Exit codes: 0 done, 1 a rule is broken, 2 wrong usage or unreadable input, 3 disk or "
                   "permission, 130 interrupted.");
    addNew(program, context);
    addAdd(program, context);
    addShow(program, context);
    addSet(program, context);
    addMove(program, context);
    addSplit(program, context);
    addEdition(program, context);
    addCheck(program, context);
    addExport(program, context);
    addImport(program, context);
    addVerify(program, context);
    addMeasure(program, context);
    addBalance(program, context);
    addVinyl(program, context);

    try {
        program.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return program.exit(success);
    } catch (const CLI::ExtrasError& error) {
        const std::vector<std::string> unknown = program.remaining(true);
        return refuse(context, {argv, argv + argc},
                      fmt::format("There is no such command or option here: {}",
                                  unknown.empty() ? error.what() : unknown.front()));
    } catch (const CLI::ParseError& error) {
        return refuse(context, {argv, argv + argc}, error.what());
    }
    if (manual)
        fmt::print("{}", manualPage(program, SEGUE_VERSION));
    else if (completion)
        fmt::print("{}", bashCompletion(program));
    else if (program.get_subcommands().empty())
        fmt::print("{}", program.help());
    return context.exitCode;
}

} // namespace

} // namespace segue::cli

int main(int argc, char** argv)
{
    // One of two places that catch what libraries throw; the other is the job runner.
    try {
        // The hidden word of app/audio_probe.h: this process is the child that may die of a file.
        if (argc == 2 && std::string_view{argv[1]} == segue::probeArgument)
            return segue::serveAudioProbes(
                [](const segue::Path& path) { return segue::libraryTakes(segue::realFileOps(), path); });
        return segue::cli::run(argc, argv);
    } catch (const std::bad_alloc&) {
        std::fputs("segue: There is not enough memory\n", stderr);
        return segue::cli::diskFailed;
    } catch (const std::system_error& error) {
        std::fputs("segue: The system gives no more threads or memory: ", stderr);
        std::fputs(error.code().message().c_str(), stderr);
        std::fputs("\n", stderr);
        return segue::cli::diskFailed;
    } catch (const std::exception& error) {
        std::fputs("segue: an unexpected error, please report it: ", stderr);
        std::fputs(error.what(), stderr);
        std::fputs("\n", stderr);
        return segue::cli::diskFailed;
    }
}
