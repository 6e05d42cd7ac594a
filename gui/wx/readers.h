/// \file
/// Who reads the audio files for a window: their waveforms, their levels, faults in their sound, the record
/// they are planned for. The window gives all of them up at once when it closes, and does not wait for the
/// disk (endBeside()).
#pragma once

#include "app/cache_folder.h"
#include "gui/wx/give_way.h"
#include "gui/wx/hand_over.h"
#include "measure/edition_measurer.h"
#include "measure/overview_cache.h"
#include "measure/overview_service.h"
#include "measure/scan_cache.h"
#include "measure/sound_checker.h"
#include "vinyl/record_planner.h"

#include <functional>
#include <memory>

namespace segue::gui {

struct Readers {
    /// \param open gives an Error when a file is not what the album says; any thread
    /// \param waves,levels called on the window's thread when there is more to show
    Readers(const SourceOpener& open, const std::shared_ptr<Line>& line, std::function<void()> waves,
            const std::function<void()>& levels)
        : cache{realFileOps(), cacheFolder().empty() ? Path{} : cacheFolder() / "overviews"},
          scans{cacheFolder().empty() ? nullptr
                                      : std::make_shared<ScanCache>(realFileOps(), cacheFolder() / "scans")},
          overviews{openerBeside(open),
                    [line, waves = std::move(waves)](SourceId) { line->tell(waves); },
                    {.cache = &cache}},
          measurer{realFileOps(),
                   openerBeside(open),
                   [line, levels] { line->tell(levels); },
                   // One thread: what plays meanwhile must not wait.
                   {.cache = scans, .threads = 1}},
          versionMeasurer{realFileOps(),
                          openerBeside(open),
                          [line, levels] { line->tell(levels); },
                          {.cache = scans, .threads = 1}},
          planner{realFileOps(), openerBeside(open), [line, levels] { line->tell(levels); }, 1},
          checker{openerBeside(open), [line, levels] { line->tell(levels); }, 1}
    {
    }

    OverviewCache cache;
    std::shared_ptr<const ScanCache> scans; ///< null where there is no folder for it
    OverviewService overviews;
    EditionMeasurer measurer;
    EditionMeasurer versionMeasurer; ///< of a kept version that is listened to
    vinyl::RecordPlanner planner;
    SoundChecker checker;
};

} // namespace segue::gui
