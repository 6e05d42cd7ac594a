#include "app/source_states.h"

namespace segue {

namespace {

std::optional<FileStat> statOf(FileOps& files, const Path& path)
{
    auto stat = files.stat(path);
    if (stat && stat->type == FileStat::Type::link)
        if (const auto real = files.realPath(path)) stat = files.stat(*real);
    if (!stat || stat->type != FileStat::Type::regular) return std::nullopt;
    return *stat;
}

bool same(const FileStat& a, const FileStat& b)
{
    return a.size == b.size && a.modifiedNanoseconds == b.modifiedNanoseconds && a.device == b.device &&
           a.inode == b.inode;
}

} // namespace

std::vector<SourceState> sourceStates(FileOps& files, const Album& album, const SeenSources& seen)
{
    using State = SourceState::State;
    std::vector<SourceState> all;
    for (const Source& source : album.sources) {
        SourceState state{.source = source.id, .path = source.path, .now = statOf(files, source.path)};
        const auto before = seen.find(source.path);
        if (!state.now)
            state.state = State::missing;
        else if (before != seen.end() && !same(before->second, *state.now))
            state.state = State::changed;
        all.push_back(std::move(state));
    }
    return all;
}

} // namespace segue
