#include "project/project_rules.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace segue {

namespace {

using Level = Finding::Level;
constexpr std::string_view projectPage = "docs/formats/project.md";
constexpr std::string_view cuePage = "docs/formats/cue.md";

constexpr std::array rules{
    Rule{"PROJECT.NEWER", Level::warning, false, "A project of a newer version opens, but is not saved over",
         projectPage},
    Rule{"PROJECT.UNKNOWN", Level::note, false, "What a newer version wrote is kept where it stands",
         projectPage},
    Rule{"PROJECT.NEXT_ID", Level::warning, false, "The next id is higher than every id in use", projectPage},
    Rule{"PROJECT.CLIP_RANGE", Level::warning, false, "A clip uses samples that its source has", projectPage},
    Rule{"PROJECT.SOURCE_ELSEWHERE", Level::note, false,
         "Sources that do not lie with the project are named, because they do not move with it", projectPage},
    Rule{"PROJECT.SIGN_OFF", Level::note, false,
         "An acceptance is about a track that there is, and there once; others are left out", projectPage},
    Rule{"CUE.ENCODING", Level::note, false, "Text beyond ASCII is read as the encoding named", cuePage},
    Rule{"CUE.UNKNOWN_COMMAND", Level::warning, false, "A line with an unknown command is left out", cuePage},
    Rule{"CUE.UNKNOWN_FLAG", Level::warning, false, "A flag other than PRE, DCP, 4CH and SCMS is left out",
         cuePage},
    Rule{"CUE.MISPLACED", Level::warning, false, "A command stands where it says nothing and is left out",
         cuePage},
    Rule{"CUE.CATALOG_IN_TRACK", Level::note, false, "CATALOG inside a TRACK counts for the whole disc",
         cuePage},
    Rule{"CUE.UNQUOTED", Level::warning, false, "Of a text without quotes only the first word counts",
         cuePage},
    Rule{"CUE.QUOTE", Level::warning, false, "A text in quotes ends at the last quote of its line", cuePage},
    Rule{"CUE.REPEATED", Level::warning, false, "Of a command given twice the last one counts", cuePage},
    Rule{"CUE.FILE_TYPE", Level::warning, false, "A file of unknown type is read by its content", cuePage},
    Rule{"CUE.SAME_FILE", Level::note, false, "The same file named twice in a row is one file", cuePage},
    Rule{"CUE.EMPTY_PAUSE", Level::note, false, "INDEX 00 at the time of INDEX 01 is no pause", cuePage},
    Rule{"CUE.ORIGIN", Level::note, false,
         "A sheet whose track 1 has a pause in two silent seconds of its file starts at 00:00:00 of the disc",
         cuePage},
    Rule{"CUE.MORE", Level::warning, false, "After 200 findings the rest is counted only", cuePage},
};

} // namespace

std::span<const Rule> projectRules() { return rules; }

const Rule& projectRule(std::string_view id)
{
    const auto found = std::ranges::find(rules, id, &Rule::id);
    assert(found != rules.end());
    return *found;
}

} // namespace segue
