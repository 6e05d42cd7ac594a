/// \file
/// The intake report on pages for print: a table of the mixes that came in, then for the mix engineer what to
/// put right before mastering, mix by mix.
#pragma once

#include "measure/intake.h"
#include "picture/page_flow.h"

#include <string>
#include <vector>

namespace segue::picture {

struct IntakeReport {
    std::string title{}, below{};
    std::vector<IntakeMix> mixes{};
    std::string foot{};
};

/// "put right", "listen", "ready": what the worst of its remarks asks for.
[[nodiscard]] std::string verdict(const IntakeMix& mix);

/// A4 pages.
[[nodiscard]] std::vector<DrawList> intakePages(const IntakeReport& report, const TextWidth& widthOf);

} // namespace segue::picture
