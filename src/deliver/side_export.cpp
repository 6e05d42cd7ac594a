#include "deliver/side_export.h"

#include "album/check_album.h"
#include "audio/exact24.h"
#include "core/hash.h"
#include "core/safe_write.h"
#include "ddp/verify.h"
#include "deliver/cut_sheet_pages.h"
#include "deliver/export_proof.h"
#include "deliver/proven_file.h"
#include "deliver/report_files.h"
#include "deliver/side_checks.h"
#include "deliver/side_proof.h"
#include "deliver/side_report.h"
#include "deliver/source_check.h"
#include "deliver/staged_files.h"
#include "measure/scan_work.h"
#include "measure/sound_figures.h"
#include "vinyl/elliptical_sound.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <set>

namespace segue {

namespace {

constexpr std::int64_t smallFilesRoom = 4 << 20;

/// One delivery on its way: the state that its steps share.
class SideExport {
public:
    SideExport(FileOps& files, const Album& album, const Edition& edition, const Path& out,
               const SideExportOptions& options)
        : files_{files}, album_{album}, edition_{edition}, out_{out}, options_{options},
          rate_{options.rate.value_or(vinyl::programmeRate(album, edition))}, watch_{files, album, edition}
    {
    }

    Result<SideExportOutcome> run()
    {
        outcome_.folder = out_;
        outcome_.findings = options_.inputFindings;
        for (const auto step : {&SideExport::checkSources, &SideExport::plan, &SideExport::checkPeaks}) {
            if (const auto s = (this->*step)(); !s) return failure(s.error());
            if (const auto s = judge(); !s) return failure(s.error());
            if (outcome_.refused()) return std::move(outcome_);
        }
        if (const auto s = stage(); !s) return failure(s.error());
        for (DeliveredSide& side : outcome_.sides) {
            if (const auto s = deliver(side); !s) return failure(s.error());
            if (outcome_.refused()) return std::move(outcome_);
        }
        if (const auto s = checkWhatWasRead(); !s) return failure(s.error());
        if (outcome_.refused()) return std::move(outcome_);
        if (const auto s = writeCompanions(); !s) return failure(s.error());
        if (const auto s = publish(); !s) return failure(s.error());
        return std::move(outcome_);
    }

private:
    void add(Findings findings) { std::ranges::move(findings, std::back_inserter(outcome_.findings)); }

    Status judge()
    {
        const auto refused = applyOverrides(outcome_.findings, options_.allow, allRules());
        return refused.empty() ? Status{}
                               : failure("There is no such rule that may be set aside", refused.front());
    }

    // The files as they are described, and the edition as a record; the breaks may still change.
    Status checkSources()
    {
        std::vector<std::size_t> breaks;
        for (std::size_t i = 1; i < edition_.entries.size(); ++i)
            if (edition_.entries[i].breakBefore != Break::none) breaks.push_back(i);
        record_ = asRecord(edition_, breaks, rate_, options_.gain);
        auto sources = watch_.look();
        if (!sources) return failure(sources.error());
        add(std::move(*sources));
        add(convertedSources(album_, watch_.found(), rate_));
        add(findingsOfLeads(options_.leadIn, options_.tail));
        if (edition_.entries.empty()) add(checkEdition(album_, record_)); // nothing can be planned
        return {};
    }

    // What the cut asks for, which may also say where the sides end.
    Status plan()
    {
        auto programme = vinyl::programmeOf(album_, record_, openerFor(files_));
        if (!programme) return failure(programme.error());
        if (options_.elliptical)
            programme->open = vinyl::behindElliptical(std::move(programme->open), *options_.elliptical);
        const auto curves = vinyl::measureCuttingCurves(
            programme->open, options_.wish.format.speed,
            {.threads = options_.work.threads, .progress = options_.work.progress});
        if (!curves) return failure(curves.error());
        vinyl::PlanWish wish = options_.wish;
        wish.silence = vinyl::sideSilence(options_.leadIn, options_.tail);
        auto plan = vinyl::planVinyl(*programme, *curves, wish);
        if (!plan) return failure(plan.error());
        auto air = vinyl::airOfTracks(*programme);
        if (!air) return failure(air.error());
        air_ = std::move(*air);
        auto bands = vinyl::stereoOfTracks(*programme);
        if (!bands) return failure(bands.error());
        bands_ = std::move(*bands);
        outcome_.programme = std::move(*programme);
        outcome_.plan = std::move(*plan);

        std::vector<std::size_t> breaks;
        for (const vinyl::SidePlan& side : outcome_.plan.sides)
            if (side.first > 0) breaks.push_back(side.first);
        record_ = asRecord(edition_, breaks, rate_, options_.gain);
        add(checkEdition(album_, record_));
        add(findingsOfPlan(outcome_.plan));
        if (const auto s = judge(); !s) return s;
        if (outcome_.refused()) return {};
        auto sides = planSides(
            album_, record_,
            {.rate = rate_, .leadIn = options_.leadIn, .tail = options_.tail, .pattern = options_.pattern});
        if (!sides) return failure(sides.error());
        if (const auto s = findExactSources(); !s) return s;
        for (PlannedSide& side : *sides) {
            DeliveredSide delivered{.plan = std::move(side)};
            delivered.rendering = planRender(album_, delivered.plan.piece, delivered.plan.length, settings_);
            if (options_.elliptical) putEqualiserInto(delivered.rendering, vinyl::ellipticalRing(rate_));
            outcome_.sides.push_back(std::move(delivered));
        }
        return {};
    }

    Status findExactSources()
    {
        settings_ = {.rate = rate_, .dither = options_.dither, .seed = options_.seed, .bits = 24};
        const SourceOpener open = openerFor(files_);
        for (const SourceId id : usedSources(album_, record_)) {
            const Source& source = *find(album_, id);
            const auto file = open(source);
            if (!file) return failure(file.error());
            const auto exact = isTwentyFourBitExact(source, **file, options_.work.progress);
            if (!exact) return failure(exact.error());
            if (*exact) settings_.exact24.push_back(id);
        }
        return {};
    }

    [[nodiscard]] SoundOpener soundOf(const DeliveredSide& side, SourceOpener open) const
    {
        SoundOpener mix = mixOpener(album_, side.plan.piece, side.rendering, std::move(open));
        return options_.elliptical ? vinyl::behindElliptical(std::move(mix), *options_.elliptical)
                                   : std::move(mix);
    }

    Status checkPeaks()
    {
        std::vector<ScanJob> jobs;
        for (const DeliveredSide& side : outcome_.sides)
            jobs.push_back({.rate = rate_,
                            .length = side.plan.length,
                            .open = soundOf(side, openerFor(files_)),
                            .divisible = true});
        const auto scans =
            scanSounds(jobs, {.threads = options_.work.threads, .progress = options_.work.progress});
        std::vector<std::optional<double>> peaks;
        for (std::size_t i = 0; i < scans.size(); ++i) {
            if (!scans[i]) return failure(scans[i].error());
            if (const auto peak = figuresOf(*scans[i]).truePeak) outcome_.sides[i].truePeak = peak->value;
            peaks.push_back(outcome_.sides[i].truePeak);
        }
        add(findingsOfPeaks(peaks, options_.gain));
        return {};
    }

    Status stage()
    {
        for (const Path& left : leftovers(files_, out_))
            add({finding(deliverRule("DELIVER.LEFTOVER"),
                         "An earlier export that did not finish left this folder", {.file = left.string()},
                         "delete it when no other export to this place is running")});
        if (options_.replace)
            if (const auto s = mayBeReplaced(files_, out_); !s) return s;
        for (const std::string_view ending : {"json", "txt"}) {
            const auto stat = files_.stat(reportPath(out_, ending));
            if (stat && stat->type == FileStat::Type::directory)
                return failure("A folder stands where the report should be; choose another name for the set",
                               reportPath(out_, ending).string());
        }
        std::int64_t needed = smallFilesRoom;
        for (const DeliveredSide& side : outcome_.sides)
            needed += side.plan.length.value() * bytesPerPcm24Frame;
        const Path parent = out_.has_parent_path() ? out_.parent_path() : Path{"."};
        if (const auto free = files_.freeSpace(parent); free && *free < needed)
            return failure(fmt::format("The disk is too full: the sides need {} MiB, {} MiB are free",
                                       (needed >> 20) + 1, *free >> 20),
                           parent.string(), ErrorKind::io);
        auto staged = StagedFolder::create(files_, out_, randomToken(), options_.replace);
        if (!staged) return failure(staged.error());
        staged_ = std::move(*staged);
        return {};
    }

    Status deliver(DeliveredSide& side)
    {
        const SideWavBytes around = composeSideWav(side.plan.wav());
        const auto head = std::ssize(around.head);
        const std::int64_t size = around.size(side.plan.length);
        auto file = staged_->createFile(side.plan.file);
        if (!file) return failure(file.error());
        const Path path = staged_->folder() / side.plan.file;
        const auto place = [head, rate = rate_](std::int64_t offset) {
            return sideTime(SamplePos{std::max<std::int64_t>(0, offset - head) / bytesPerPcm24Frame}, rate);
        };
        auto wav = ProvenFile::create(files_, std::move(*file), path, size, place,
                                      {.inBackground = options_.work.threads != 1});
        if (!wav) return failure(wav.error());
        if (auto s = (*wav)->write(0, around.head); !s) return s;
        SampleSum sum;
        auto rendered = renderPcm24(
            album_, side.plan.piece, side.rendering, settings_, soundOf(side, watch_.opener()), options_.work,
            [&](SamplePos at, std::span<const Pcm24Frame> frames) {
                sum.add(at, frames);
                return (*wav)->write(head + at.value() * bytesPerPcm24Frame, std::as_bytes(frames));
            });
        if (!rendered) return sayWhatChanged(side, std::move(rendered.error()));
        side.outcome = std::move(*rendered);
        add(findingsOfSide(side));
        if (const auto s = judge(); !s) return s;
        if (outcome_.refused()) return {};
        if (!around.tail.empty())
            if (auto s = (*wav)->write(size - std::ssize(around.tail), around.tail); !s) return s;
        auto proof = (*wav)->finish();
        if (!proof) return failure(proof.error());
        if (const auto s = proveSide(files_, path, side.plan, sum.value(), options_.work.threads,
                                     options_.work.progress);
            !s)
            return s;
        side.file = {side.plan.file, size, std::move(proof->md5)};
        outcome_.files.push_back(side.file);
        return {};
    }

    // What the whole file says is worth more than where the render met it.
    Status sayWhatChanged(const DeliveredSide& side, Error error)
    {
        if (error.kind != ErrorKind::refused) return failure(std::move(error));
        auto sources = watch_.check(usedSources(album_, side.plan.piece), options_.work.progress);
        if (!sources || !blocks(*sources)) return failure(std::move(error));
        add(std::move(*sources));
        return {};
    }

    Status checkWhatWasRead()
    {
        auto sources = watch_.check(usedSources(album_, record_), options_.work.progress);
        if (!sources) return failure(sources.error());
        add(std::move(*sources));
        if (const auto s = judge(); !s) return s;
        return outcome_.refused() ? Status{} : watch_.unchanged();
    }

    Status writeCompanions()
    {
        std::vector<std::pair<std::string, std::string>> md5s;
        for (const DeliveredFile& file : outcome_.files) md5s.emplace_back(file.name, file.md5);
        std::vector<PlannedSide> sides;
        std::vector<std::string> wavs;
        for (const DeliveredSide& side : outcome_.sides) {
            sides.push_back(side.plan);
            wavs.push_back(side.file.md5);
        }
        const CutSheet sheet = makeCutSheet({.album = album_,
                                             .albumName = options_.albumName,
                                             .programme = outcome_.programme,
                                             .plan = outcome_.plan,
                                             .sides = sides,
                                             .md5s = std::move(wavs),
                                             .treatment = treatmentOf(options_, rate_),
                                             .air = air_,
                                             .bands = bands_});
        auto pdf = cutSheetPdf(sheet, outcome_.programme, outcome_.plan);
        if (!pdf) return failure(pdf.error());
        if (pdf->missingGlyphs > 0)
            add({finding(deliverRule("DELIVER.NO_FONT"),
                         fmt::format("{} characters of the cut sheet have no font on this machine",
                                     pdf->missingGlyphs),
                         {.file = "CUT-SHEET.pdf"},
                         "install a font that has them, for example fonts-noto-cjk")});
        const std::string text = cutSheetText(sheet);
        md5s.emplace_back("CUT-SHEET.pdf", md5(pdf->pdf));
        md5s.emplace_back("CUT-SHEET.txt", md5(bytesOf(text)));
        const std::string sums = ddp::checksumMd5(md5s);
        const std::pair<std::string, std::span<const std::byte>> companions[]{
            {"CUT-SHEET.pdf", pdf->pdf}, {"CUT-SHEET.txt", bytesOf(text)}, {"CHECKSUM.MD5", bytesOf(sums)}};
        for (const auto& [name, bytes] : companions) {
            if (const auto s = staged_->writeFile(name, bytes); !s) return s;
            if (const auto s = readBackEquals(files_, staged_->folder() / name, bytes); !s) return s;
            outcome_.files.push_back({name, std::ssize(bytes), md5(bytes)});
        }
        return {};
    }

    /// The reports are written aside first, so that a full disk is known before the set gets its name.
    Status publish()
    {
        if (options_.work.progress.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
        outcome_.written = true;
        outcome_.reportJson = reportPath(out_, "json");
        outcome_.reportText = reportPath(out_, "txt");
        StagedFiles reports{files_};
        const SideReport report{album_, record_, options_, outcome_, watch_.checked()};
        for (const auto& [path, text] : {std::pair{outcome_.reportJson, sideReportJson(report)},
                                         {outcome_.reportText, sideReportText(report)}})
            if (const auto s = reports.writeFile(path, bytesOf(text)); !s) return s;
        const auto published = staged_->publish();
        if (!published && !staged_->published()) return published;
        if (const auto s = reports.publish(true); !s) {
            // The report of a set that was replaced would speak of files that are no longer there.
            for (const Path& path : {outcome_.reportJson, outcome_.reportText})
                static_cast<void>(files_.unlink(path));
            return failure(
                Error{"The set is complete, but its report could not be written: " + s.error().what,
                      s.error().where, ErrorKind::io});
        }
        return published;
    }

    FileOps& files_;
    const Album& album_;
    const Edition& edition_;
    const Path& out_;
    const SideExportOptions& options_;
    SampleRate rate_;
    SourceWatch watch_;
    Edition record_{};
    vinyl::Air air_{};
    std::vector<vinyl::TrackBands> bands_{};
    RenderSettings settings_{};
    std::unique_ptr<StagedFolder> staged_{};
    SideExportOutcome outcome_{};
};

} // namespace

Result<SideExportOutcome> exportSides(FileOps& files, const Album& album, const Edition& edition,
                                      const Path& out, const SideExportOptions& options)
{
    return SideExport{files, album, edition, out, options}.run();
}

} // namespace segue
