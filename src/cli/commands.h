/// \file
/// One function per command: it adds the command with its options and help to the program.
#pragma once

#include "cli/context.h"

namespace CLI {
class App;
}

namespace segue::cli {

void addNew(CLI::App& program, Context& context);
void addAdd(CLI::App& program, Context& context);
void addSet(CLI::App& program, Context& context);
void addMove(CLI::App& program, Context& context);
void addSplit(CLI::App& program, Context& context);
void addEdition(CLI::App& program, Context& context);
void addShow(CLI::App& program, Context& context);
void addCheck(CLI::App& program, Context& context);
void addExport(CLI::App& program, Context& context);
void addImport(CLI::App& program, Context& context);
void addMeasure(CLI::App& program, Context& context);
void addBalance(CLI::App& program, Context& context);
void addVerify(CLI::App& program, Context& context);
void addVinyl(CLI::App& program, Context& context);

/// --edition, --json and --quiet, which every command takes.
void addCommonOptions(CLI::App& command, Context& context, bool withEdition);

} // namespace segue::cli
