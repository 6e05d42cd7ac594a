#include "deliver/checked_render.h"

#include "audio/render_parts.h"
#include "core/parallel.h"
#include "deliver/readiness.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

Result<CheckedRender>
renderChecked(const Album& album, const PlannedDisc& disc, SampleCount length, const RenderSettings& settings,
              const RenderWork& work, SourceWatch& watch,
              const std::function<Status(SamplePos at, std::span<const Pcm16Frame> frames)>& sink)
{
    CheckedRender result{.rendering = planRender(album, disc.piece, length, settings)};
    RenderWork busy = work;
    if (work.earlier != nullptr && threadCount(work.threads) > 1) {
        // What need not be rendered is not read either: its sources can be looked at beside the render.
        watch.planAhead(
            sourcesNotRead(album, disc.piece, result.rendering,
                           partsGiven(album, disc.piece, result.rendering, settings, *work.earlier)));
        busy.meanwhile = [&] { watch.checkAhead({.stop = work.progress.stop}); };
    }
    auto outcome = renderPcm16(album, disc.piece, result.rendering, settings, watch.opener(), busy, sink);
    if (!outcome && outcome.error().kind != ErrorKind::refused) return failure(std::move(outcome.error()));
    auto sources = watch.check(usedSources(album, disc.piece), work.progress);
    if (outcome) {
        if (!sources) return failure(std::move(sources.error()));
        result.outcome = std::move(*outcome);
        result.findings = std::move(*sources);
        std::ranges::move(findingsOfOvers(album, disc, result.outcome.overs),
                          std::back_inserter(result.findings));
        return result;
    }
    // What the whole file says is worth more than where the render met it.
    if (!sources || !blocks(*sources)) return failure(std::move(outcome.error()));
    result.findings = std::move(*sources);
    return result;
}

std::function<std::string(std::int64_t)> sectorNames(std::int64_t begin, CdFramePos firstFrame)
{
    return [=](std::int64_t offset) -> std::string {
        if (offset < begin) return fmt::format("byte {}", offset);
        const CdFramePos sector = firstFrame + CdFrameCount{(offset - begin) / bytesPerCdFrame};
        if (sector > lastAddressableFrame) return fmt::format("sector {}", sector.value());
        const Msf msf = toMsf(sector);
        return fmt::format("sector {} ({:02}:{:02}:{:02})", sector.value(), msf.minute, msf.second,
                           msf.frame);
    };
}

} // namespace segue
