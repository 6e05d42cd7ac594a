/// \file
/// A damaged project file, and what its reader says of it.
#pragma once

#include "project/project_file.h"

#include <string>

namespace segue::torture {

struct HostileProject {
    std::string name, text, expected;
};

/// "accepted" with the rules that were found, or the refusal.
[[nodiscard]] inline std::string saysProject(const std::string& text)
{
    const auto project = parseProject(text, "/music", "a.segue");
    if (!project) return sentence(project.error());
    std::string said = "accepted";
    for (const Finding& f : project->findings) said += " " + f.rule;
    return said;
}

} // namespace segue::torture
