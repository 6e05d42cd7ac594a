/// \file
/// The manual page and the shell completion, made from the same options as the help, so that neither can lie.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace segue::cli {

/// roff for man(1).
[[nodiscard]] std::string manualPage(const CLI::App& program, const std::string& version);
/// A bash completion script.
[[nodiscard]] std::string bashCompletion(const CLI::App& program);

} // namespace segue::cli
