/// \file
/// The verified export: a folder with the final name exists only if everything in it was written, synced,
/// read back, parsed by the reader and matched with what was meant. Order and reasons: docs/architecture.md.
#pragma once

#include "deliver/disc_of.h"
#include "deliver/source_check.h"

#include <string>
#include <vector>

namespace segue {

struct DdpExportOptions {
    DiscOptions disc{};
    RenderSettings render{};
    RenderWork work{};
    bool imageCue = false;
    bool checksumTxt = false;
    bool replace = false;
    bool secondRender = false;
    /// Where descriptions of delivered images are kept, so that a re-export takes from the last one what did
    /// not change (earlier_renders.h); empty: nowhere.
    Path cacheFolder{};
    std::vector<std::string> allow{};
    std::string albumName{};  ///< for the report: the input's file name
    Findings inputFindings{}; ///< what reading the input found; judged with the rest
};

struct DeliveredFile {
    std::string name; ///< "IMAGE.DAT", "CD2/PQDESCR"
    std::int64_t size = 0;
    std::string md5;
};
struct TrackRendering {
    std::string track; ///< "03 Title"
    std::vector<RenderSpan> spans{};
};
struct DeliveredDisc {
    PlannedDisc plan{};
    RenderPlan rendering{};
    RenderOutcome outcome{};
    std::string imageMd5{};
    std::vector<DeliveredFile> files{};
};
struct DdpExportOutcome {
    std::vector<DeliveredDisc> discs{};
    Findings findings{}; ///< all, overridden ones included; when one still blocks, nothing was written
    bool written = false;
    Path folder{}, reportJson{}, reportText{};
    [[nodiscard]] bool refused() const { return blocks(findings); }
};

/// An Error is a disk, a cancel or unusable input; broken rules are findings in the outcome with written ==
/// false.
[[nodiscard]] Result<DdpExportOutcome> exportDdp(FileOps& files, const Album& album, const Edition& edition,
                                                 const Path& out, const DdpExportOptions& options);

/// What every export begins with: all findings that need neither rendering nor reading the sources whole.
struct Readiness {
    std::vector<PlannedDisc> discs{};
    Findings findings{};
};
/// The part of it that opens no file: what an editor shows after every edit.
[[nodiscard]] Readiness checkAlbum(const Album& album, const Edition& edition, const DiscOptions& options);
/// \param watch over this edition's sources; it has looked at them afterwards
[[nodiscard]] Result<Readiness> checkReadiness(FileOps& files, const Album& album, const Edition& edition,
                                               const DiscOptions& options, SourceWatch& watch);
/// What `check` shows: the same, and the sources read whole.
[[nodiscard]] Result<Readiness> checkWhole(FileOps& files, const Album& album, const Edition& edition,
                                           const DiscOptions& options, const Progress& progress);

} // namespace segue
