/// \file
/// Project files of any content: read or refused with the file's name; what is read can be written, and
/// writing it is final: the second time gives the same bytes and the same album.
#include "project/project_file.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace segue;

namespace {

void check(bool right)
{
    if (!right) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Path folder{"/music/album"};
    const auto project = parseProject({reinterpret_cast<const char*>(data), size}, folder, "fuzz.segue");
    if (!project) {
        check(!project.error().what.empty() && project.error().where.starts_with("fuzz.segue"));
        return 0;
    }
    const auto once = formatProject(project->album, folder, project->foreign.get());
    check(once.has_value());
    const auto again = parseProject(*once, folder, "fuzz.segue");
    check(again.has_value() && again->album == project->album);
    const auto twice = formatProject(again->album, folder, again->foreign.get());
    check(twice.has_value() && *twice == *once);
    return 0;
}
