#include "app/import_cue.h"
#include "cli/commands.h"
#include "cli/input_options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace segue::cli {

namespace {

struct ImportOptions : InputOptions {
    std::string file;
};

void runImport(Context& context, const ImportOptions& o)
{
    if (context.files.stat(o.file))
        return context.fail({"There is a file of this name already; choose another", o.file});
    auto imported = importCue(context.files, o.input, cueOptions(o, context));
    if (!imported) return context.fail(imported.error());
    Project project;
    project.album = std::move(imported->album);
    if (const auto s = saveProject(context.files, o.file, project); !s) return context.fail(s.error());
    if (context.json)
        return context.out(
            nlohmann::ordered_json{{"ok", true}, {"album", o.file}, {"tracks", project.album.tracks.size()}}
                .dump(2) +
            "\n");
    context.print(imported->findings);
    context.note(fmt::format("{}: {} tracks. 'segue show {}' shows them", o.file, project.album.tracks.size(),
                             o.file));
}

} // namespace

void addImport(CLI::App& program, Context& context)
{
    auto o = std::make_shared<ImportOptions>();
    CLI::App& command =
        *program.add_subcommand("import", "Make an album from a cue sheet; its frames are kept exactly");
    command.footer("Example:\n  segue import master.cue Night.segue");
    addInputOptions(command, *o, true);
    command.add_option("ALBUM", o->file, "The album file to make")->required();
    addCommonOptions(command, context, false);
    command.callback([&context, o] { runImport(context, *o); });
}

} // namespace segue::cli
