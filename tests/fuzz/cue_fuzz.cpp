/// \file
/// Cue sheets of any content: read or refused with the file's name, and what is read keeps the parser's
/// promises.
#include "project/cue_sheet.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace segue;

namespace {

void check(bool right)
{
    if (!right) std::abort();
}

void checkTrack(const CueSheet& sheet, std::size_t at)
{
    const CueTrack& track = sheet.tracks[at];
    check(track.number == static_cast<int>(at) + 1);
    check(!track.indexes.empty() && track.indexes.front().number <= 1 && track.indexes.back().number >= 1);
    for (std::size_t i = 0; i < track.indexes.size(); ++i) {
        const CueIndex& index = track.indexes[i];
        check(index.number == track.indexes.front().number + static_cast<int>(i) && index.number <= 99);
        check(index.file < sheet.files.size());
        check(index.at >= CdFrameCount{} && index.at < CdFrameCount{450'000});
        if (i == 0) continue;
        const CueIndex& before = track.indexes[i - 1];
        check(before.file < index.file || (before.file == index.file && before.at < index.at));
    }
    check(track.pregap >= CdFrameCount{} && track.postgap >= CdFrameCount{});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto cue = parseCueSheet(text, "fuzz.cue");
    if (!cue) {
        check(!cue.error().what.empty() && cue.error().where.starts_with("fuzz.cue"));
        return 0;
    }
    check(!cue->sheet.tracks.empty() && cue->sheet.tracks.size() <= 99);
    for (std::size_t i = 0; i < cue->sheet.tracks.size(); ++i) checkTrack(cue->sheet, i);
    check(cue->findings.size() <= 202);
    return 0;
}
