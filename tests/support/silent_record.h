/// \file
/// Records planned as if their tracks were silent: how long everything is, and nothing else.
#pragma once

#include "support/album_builder.h"
#include "vinyl/record_planner.h"

#include <cmath>
#include <memory>

namespace segue::test {

/// \pre the album's first edition is for vinyl and has tracks
[[nodiscard]] inline vinyl::PlannedRecord plannedInSilence(const Album& album)
{
    vinyl::PlannedRecord record{.album = std::make_shared<const Album>(album), .edition = edition(album)};
    record.programme = get(vinyl::programmeOf(album, album.editions.front(),
                                              [](const Source&) -> Result<std::unique_ptr<AudioFile>> {
                                                  return failure("silence needs no file");
                                              }));
    vinyl::CuttingCurves curves{.rate = cdRate};
    const double seconds = record.programme.tracks.back().end;
    curves.length = SampleCount{std::llround(seconds * cdRate.hertz())};
    curves.segments.resize(static_cast<std::size_t>(seconds / curves.segmentSeconds()) + 1);
    curves.blocks.resize(static_cast<std::size_t>(seconds / vinyl::blockSeconds) + 1);
    curves.windows.resize(static_cast<std::size_t>(seconds * 10) + 1);
    record.plan = get(vinyl::planVinyl(record.programme, curves, {.closer = false}));
    return record;
}

} // namespace segue::test
