#include "deliver/ddp_export.h"

#include "album/check_album.h"
#include "core/hash.h"
#include "core/memory.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "ddp/red_book.h"
#include "ddp/verify.h"
#include "deliver/checked_render.h"
#include "deliver/earlier_renders.h"
#include "deliver/export_proof.h"
#include "deliver/pq_sheet.h"
#include "deliver/proven_file.h"
#include "deliver/readiness.h"
#include "deliver/report.h"
#include "deliver/report_files.h"
#include "deliver/staged_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <set>

namespace segue {

namespace {

constexpr std::int64_t smallFilesRoom = 4 << 20;

std::vector<std::byte> toBytes(std::string_view text)
{
    const auto bytes = bytesOf(text);
    return {bytes.begin(), bytes.end()};
}

/// One export on its way: the state that its steps share.
class DdpExport {
public:
    DdpExport(FileOps& files, const Album& album, const Edition& edition, const Path& out,
              const DdpExportOptions& options, EarlierRenders* earlier)
        : files_{files}, album_{album}, edition_{edition}, out_{out}, options_{options}, earlier_{earlier},
          watch_{files, album, edition, knownFiles(earlier)}
    {
    }

    Result<DdpExportOutcome> run()
    {
        auto ready = checkReadiness(files_, album_, edition_, options_.disc, watch_);
        if (!ready) return failure(ready.error());
        outcome_.folder = out_;
        outcome_.findings = options_.inputFindings;
        add(std::move(ready->findings));
        add(findingsOfSettings(album_, edition_, options_.render));
        if (const auto s = judge(); !s) return failure(s.error());
        if (outcome_.refused()) return std::move(outcome_);

        if (const auto s = stage(ready->discs); !s) return failure(s.error());
        for (PlannedDisc& disc : ready->discs) {
            if (const auto s = deliverDisc(std::move(disc)); !s) return failure(s.error());
            if (outcome_.refused()) {
                outcome_.discs.clear();
                return std::move(outcome_);
            }
        }
        if (const auto s = publish(); !s) return failure(s.error());
        for (const RenderedImage& image : images_) earlier_->remember(image);
        return std::move(outcome_);
    }

private:
    static std::optional<std::vector<KnownFile>> knownFiles(const EarlierRenders* earlier)
    {
        if (earlier == nullptr) return std::nullopt;
        return earlier->knownFiles();
    }

    void add(Findings findings) { std::ranges::move(findings, std::back_inserter(outcome_.findings)); }

    /// Sets allowed errors aside; a name that is no overridable rule is the user's mistake, said before any
    /// work.
    Status judge()
    {
        applySignOffs(album_, edition_, outcome_.findings);
        const auto refused = applyOverrides(outcome_.findings, options_.allow, allRules());
        if (refused.empty()) return {};
        const bool known =
            std::ranges::any_of(allRules(), [&](const Rule& r) { return r.id == refused.front(); });
        return failure(known ? "This rule cannot be set aside" : "There is no rule of this name",
                       refused.front());
    }

    Status stage(const std::vector<PlannedDisc>& discs)
    {
        nameLeftovers();
        if (options_.replace)
            if (const auto s = mayBeReplaced(files_, out_, knownMd5()); !s) return s;
        if (const auto s = reportsHavePlace(); !s) return s;
        std::int64_t needed = smallFilesRoom;
        for (const PlannedDisc& disc : discs) needed += disc.disc.leadOut.value() * bytesPerCdFrame;
        const Path parent = out_.has_parent_path() ? out_.parent_path() : Path{"."};
        if (const auto free = files_.freeSpace(parent); free && *free < needed)
            return failure(fmt::format("The disk is too full: the set needs {} MiB, {} MiB are free",
                                       (needed >> 20) + 1, *free >> 20),
                           parent.string(), ErrorKind::io);
        auto staged = StagedFolder::create(files_, out_, randomToken(), options_.replace);
        if (!staged) return failure(staged.error());
        staged_ = std::move(*staged);
        return {};
    }

    /// Known now and not when the set has its name already: a report's name that is too long, or a folder's.
    Status reportsHavePlace()
    {
        for (const std::string_view ending : {"json", "txt"}) {
            const Path report = reportPath(out_, ending);
            const auto stat = files_.stat(report);
            if (!stat && stat.error().code != ENOENT)
                return failure(fileError("Could not look at the place of the report", report, stat.error()));
            if (stat && stat->type == FileStat::Type::directory)
                return failure("A folder stands where the report should be; choose another name for the set",
                               report.string());
        }
        return {};
    }

    void nameLeftovers()
    {
        const auto name = [&](const Path& left, std::string_view what) {
            outcome_.findings.push_back(
                finding(deliverRule("DELIVER.LEFTOVER"),
                        fmt::format("An earlier export that did not finish left this {}", what),
                        {.file = left.string()}, "delete it when no other export to this place is running"));
        };
        for (const Path& left : leftovers(files_, out_)) name(left, "folder");
        // Names that are too long are cut, so both reports' may be found twice.
        std::set<Path> reports;
        for (const std::string_view ending : {"json", "txt"})
            for (Path& left : leftovers(files_, reportPath(out_, ending), FileStat::Type::regular))
                reports.insert(std::move(left));
        for (const Path& left : reports) name(left, "file");
    }

    Status deliverDisc(PlannedDisc planned)
    {
        const std::string folder = planned.of > 1 ? fmt::format("CD{}", planned.number) : std::string{};
        const std::string prefix = folder.empty() ? std::string{} : folder + "/";
        if (!folder.empty())
            if (const auto s = staged_->addFolder(folder); !s) return s;

        DeliveredDisc delivered;
        auto fileset = ddp::composeFileset(planned.disc, planned.write);
        if (!fileset) return failure(fileset.error());

        auto image = renderImage(planned, prefix + fileset->imageName, delivered);
        if (!image) return failure(image.error());
        if (outcome_.refused()) return {};
        for (const ddp::NamedBytes& file : fileset->files)
            if (const auto s = staged_->writeFile(prefix + file.name, file.bytes); !s) return s;
        if (const auto s = watch_.unchanged(); !s) return s;

        ProofInput proof{.folder = staged_->folder() / folder,
                         .planned = planned,
                         .fileset = *fileset,
                         .image = *image,
                         .progress = options_.work.progress};
        auto verified = proveSet(files_, proof);
        if (!verified) return failure(verified.error());
        add(secondOpinion(planned, *fileset));
        if (options_.secondRender)
            if (const auto s = proveBySecondRender(
                    files_, album_, planned, delivered.rendering, options_.render,
                    staged_->folder() / prefix / fileset->imageName, options_.work.progress);
                !s)
                return s;

        remember(planned, prefix + fileset->imageName, delivered, *image);
        delivered.plan = std::move(planned);
        if (const auto s = writeCompanions(prefix, *verified, delivered); !s) return s;
        outcome_.discs.push_back(std::move(delivered));
        return judge();
    }

    /// What the image's proof says; nothing when a finding stops the export.
    Result<ProvenSums> renderImage(const PlannedDisc& planned, const std::string& name,
                                   DeliveredDisc& delivered)
    {
        const SampleCount length{planned.disc.leadOut.value() * samplesPerCdFrame};
        auto file = staged_->createFile(name);
        if (!file) return failure(file.error());
        auto image = ProvenFile::create(files_, std::move(*file), staged_->folder() / name,
                                        length.value() * bytesPerPcm16Frame, sectorNames(0, CdFramePos{}),
                                        {.crc32 = options_.checksumTxt,
                                         .keepBlocks = !options_.cacheFolder.empty(),
                                         .inBackground = options_.work.threads != 1});
        if (!image) return failure(image.error());
        RenderWork work = options_.work;
        work.earlier = earlier_;
        auto rendered =
            renderChecked(album_, planned, length, options_.render, work, watch_,
                          [&](SamplePos at, std::span<const Pcm16Frame> frames) {
                              return (*image)->write(at.value() * bytesPerPcm16Frame, std::as_bytes(frames));
                          });
        if (!rendered) return failure(rendered.error());
        delivered.rendering = std::move(rendered->rendering);
        delivered.outcome = std::move(rendered->outcome);
        add(std::move(rendered->findings));
        if (const auto s = judge(); !s) return failure(s.error());
        if (outcome_.refused()) return ProvenSums{};
        return (*image)->finish();
    }

    Findings secondOpinion(const PlannedDisc& planned, const ddp::Fileset& fileset)
    {
        return planned.disc.cdText ? secondOpinionOnFileset(fileset, *planned.disc.cdText) : Findings{};
    }

    /// Checksum files, the image's cue sheet and the PQ sheet: made from what was read back, then read back
    /// too.
    Status writeCompanions(const std::string& prefix, const ddp::Verification& verified,
                           DeliveredDisc& delivered)
    {
        std::vector<std::pair<std::string, std::string>> md5s, crcs;
        for (const ddp::FileHash& hash : verified.hashes) {
            md5s.emplace_back(hash.name, hash.md5);
            crcs.emplace_back(hash.name, asciiUpper(hash.crc32));
            delivered.files.push_back({prefix + hash.name, hash.size, hash.md5});
            if (hash.name == verified.set.imageFile) delivered.imageMd5 = hash.md5;
        }
        std::vector<ddp::NamedBytes> companions;
        companions.push_back({"CHECKSUM.MD5", toBytes(ddp::checksumMd5(md5s))});
        if (options_.checksumTxt) companions.push_back({"CHECKSUM.TXT", toBytes(ddp::checksumTxt(crcs))});
        if (options_.imageCue) {
            auto cue = imageCueFor(delivered.plan, options_.disc.profile);
            if (!cue) return failure(cue.error());
            companions.push_back({"IMAGE.cue", toBytes(*cue)});
        }
        giveBackFreedMemory();
        const PqSheet sheet = makePqSheet(album_, edition_, delivered.plan, delivered.imageMd5);
        int missing = 0;
        auto pdf = pqSheetPdf(sheet, missing);
        if (!pdf) return failure(pdf.error());
        if (missing > 0)
            outcome_.findings.push_back(
                finding(deliverRule("DELIVER.NO_FONT"),
                        fmt::format("{} characters of the PQ sheet have no font on this machine", missing),
                        {.file = prefix + "PQ-SHEET.pdf"},
                        "install a font that has them, for example fonts-noto-cjk"));
        companions.push_back({"PQ-SHEET.pdf", std::move(*pdf)});
        companions.push_back({"PQ-SHEET.txt", toBytes(pqSheetText(sheet))});

        for (const ddp::NamedBytes& file : companions) {
            if (const auto s = staged_->writeFile(prefix + file.name, file.bytes); !s) return s;
            if (const auto s = readBackEquals(files_, staged_->folder() / (prefix + file.name), file.bytes);
                !s)
                return s;
            delivered.files.push_back(
                {prefix + file.name, static_cast<std::int64_t>(file.bytes.size()), md5(file.bytes)});
        }
        return {};
    }

    /// The reports are written aside first, so that a full disk is known before the set gets its name.
    Status publish()
    {
        outcome_.written = true;
        outcome_.reportJson = reportPath(out_, "json");
        outcome_.reportText = reportPath(out_, "txt");
        if (options_.work.progress.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
        const std::vector<std::pair<Path, std::string>> texts{
            {outcome_.reportJson, reportJson(album_, edition_, options_, outcome_, watch_.checked())},
            {outcome_.reportText, reportText(album_, edition_, options_, outcome_, watch_.checked())}};
        StagedFiles reports{files_};
        for (const auto& [path, text] : texts)
            if (const auto s = reports.writeFile(path, bytesOf(text)); !s) return s;
        const auto published = staged_->publish();
        if (!published && !staged_->published()) return published;
        // The set has its name: its report belongs beside it, whatever the folder's sync said.
        if (const auto s = reports.publish(true); !s) {
            removeOtherReports(texts);
            return failure(
                Error{"The set is complete, but its report could not be written: " + s.error().what,
                      s.error().where, ErrorKind::io});
        }
        return published;
    }

    /// The report of a set that was replaced would speak of files that are no longer there.
    void removeOtherReports(const std::vector<std::pair<Path, std::string>>& texts)
    {
        for (const auto& [path, text] : texts) {
            const auto there = readTextFile(files_, path, static_cast<std::int64_t>(text.size()));
            if (!there || *there != text) static_cast<void>(files_.unlink(path));
        }
    }

    /// An image of the set that would be replaced need not be hashed again when it is the one delivered
    /// there, untouched.
    [[nodiscard]] KnownMd5 knownMd5() const
    {
        return
            [this](const Path& path) { return earlier_ != nullptr ? earlier_->md5Of(path) : std::nullopt; };
    }

    /// What the next export may take from this one.
    void remember(const PlannedDisc& planned, const std::string& name, const DeliveredDisc& delivered,
                  ProvenSums& sums)
    {
        if (earlier_ == nullptr) return;
        RenderedImage image{.path = out_ / name, .md5 = sums.md5, .blocks = std::move(sums.blocks)};
        for (RenderPart& part : renderParts(album_, planned.piece, delivered.rendering, options_.render)) {
            Overs overs;
            for (const Overs& o : delivered.outcome.overs)
                if (o.entry == part.entry) overs = o;
            if (overs.beyond > 0) overs.firstBeyond = SamplePos{} + (overs.firstBeyond - part.begin);
            image.parts.push_back({std::move(part.key), part.begin, part.end, overs});
        }
        for (const SourceId id : usedSources(album_, planned.piece)) {
            const CheckedSource& source = watch_.checked().at(id);
            if (!source.fileHash.empty() && source.measured.nonFinite == 0)
                image.sources.push_back(
                    {source.measured.fingerprint, source.measured.peak, source.stat.size, source.fileHash});
        }
        images_.push_back(std::move(image));
    }

    FileOps& files_;
    const Album& album_;
    const Edition& edition_;
    const Path& out_;
    const DdpExportOptions& options_;
    EarlierRenders* earlier_;
    std::vector<RenderedImage> images_{};
    SourceWatch watch_;
    DdpExportOutcome outcome_{};
    std::unique_ptr<StagedFolder> staged_{};
};

} // namespace

Result<DdpExportOutcome> exportDdp(FileOps& files, const Album& album, const Edition& edition,
                                   const Path& out, const DdpExportOptions& options)
{
    if (options.cacheFolder.empty()) return DdpExport{files, album, edition, out, options, nullptr}.run();
    EarlierRenders earlier{files, options.cacheFolder / "renders"};
    auto outcome = DdpExport{files, album, edition, out, options, &earlier}.run();
    if (outcome || !earlier.disappointed()) return outcome;
    // Somebody changed the delivered image that this one would have taken parts from: all is rendered.
    DdpExportOptions anew = options;
    anew.cacheFolder.clear();
    anew.inputFindings.push_back(finding(deliverRule("DELIVER.EARLIER_IMAGE"),
                                         "The image of an earlier export is no longer what was delivered",
                                         {.file = earlier.disappointed()->string()},
                                         "check that set with segue verify and export it again"));
    return DdpExport{files, album, edition, out, anew, nullptr}.run();
}

} // namespace segue
