#include "deliver/wav_image.h"

#include "core/hash.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "deliver/checked_render.h"
#include "deliver/cue_toc.h"
#include "deliver/proven_file.h"
#include "deliver/readiness.h"
#include "deliver/staged_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>

namespace segue {

namespace {

constexpr std::int64_t headerSize = 44;
// The image starts at LBA 0; the first two seconds of A-time are the burner's to make, and silent.
constexpr std::int64_t firstSampleOfImage = firstSample(CdFramePos{150}).value();

/// RIFF WAVE, PCM, 44.1 kHz, 16 bit, stereo (Multimedia Programming Interface 1.0, 1991). \pre under 4 GiB
std::array<std::byte, headerSize> wavHeader(std::int64_t frames)
{
    std::array<std::byte, headerSize> header{};
    std::size_t at = 0;
    const auto put = [&](std::string_view text) {
        for (const char c : text) header[at++] = static_cast<std::byte>(c);
    };
    const auto number = [&](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) header[at++] = static_cast<std::byte>(value >> (8 * i) & 0xFFU);
    };
    const auto dataBytes = static_cast<std::uint32_t>(frames * 4);
    put("RIFF");
    number(dataBytes + 36, 4);
    put("WAVEfmt ");
    number(16, 4);
    number(1, 2);
    number(2, 2);
    number(44100, 4);
    number(44100 * 4, 4);
    number(4, 2);
    number(16, 2);
    put("data");
    number(dataBytes, 4);
    return header;
}

class ImageExport {
public:
    ImageExport(FileOps& files, const Album& album, const Edition& edition, const Path& out, ImageSheet sheet,
                const DdpExportOptions& options)
        : files_{files}, album_{album}, edition_{edition}, out_{out}, sheet_{sheet}, options_{options},
          staged_{files}, watch_{files, album, edition}
    {
    }

    Result<DdpExportOutcome> run()
    {
        auto ready = checkReadiness(files_, album_, edition_, options_.disc, watch_);
        if (!ready) return failure(ready.error());
        outcome_.folder = out_;
        outcome_.findings = options_.inputFindings;
        std::ranges::move(ready->findings, std::back_inserter(outcome_.findings));
        std::ranges::move(findingsOfSettings(album_, edition_, options_.render),
                          std::back_inserter(outcome_.findings));
        for (const PlannedDisc& disc : ready->discs)
            std::ranges::move(leftOut(disc), std::back_inserter(outcome_.findings));
        if (const auto s = judge(); !s) return failure(s.error());
        for (const PlannedDisc& disc : ready->discs) {
            nameLeftovers(disc);
            if (const auto s = sparesTheSources(disc); !s) return failure(s.error());
        }
        for (PlannedDisc& disc : ready->discs) {
            if (outcome_.refused()) return std::move(outcome_);
            if (const auto s = deliver(disc); !s) return failure(s.error());
        }
        if (outcome_.refused()) return std::move(outcome_);
        if (const auto s = watch_.unchanged(); !s) return failure(s.error());
        if (options_.work.progress.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
        if (const auto s = staged_.publish(options_.replace); !s) return failure(s.error());
        outcome_.written = true;
        return std::move(outcome_);
    }

private:
    Status judge()
    {
        applySignOffs(album_, edition_, outcome_.findings);
        const auto refused = applyOverrides(outcome_.findings, options_.allow, allRules());
        return refused.empty() ? Status{}
                               : failure("There is no such rule that may be set aside", refused.front());
    }

    [[nodiscard]] Path named(const PlannedDisc& disc, std::string_view extension) const
    {
        Path path = out_;
        path.replace_filename(disc.of > 1
                                  ? fmt::format("{}-CD{}{}", out_.stem().string(), disc.number, extension)
                                  : out_.stem().string() + std::string{extension});
        return path;
    }

    void nameLeftovers(const PlannedDisc& disc)
    {
        std::vector<Path> targets{named(disc, ".wav")};
        if (sheet_ != ImageSheet::none) targets.push_back(named(disc, sheetEnding()));
        // Names that are too long are cut, so that a file may be found for both.
        std::set<Path> found;
        for (const Path& target : targets)
            for (Path& left : leftovers(files_, target, FileStat::Type::regular))
                found.insert(std::move(left));
        for (const Path& left : found)
            outcome_.findings.push_back(finding(
                deliverRule("DELIVER.LEFTOVER"), "An earlier export that did not finish left this file",
                {.file = left.string()}, "delete it when no other export to this place is running"));
    }

    [[nodiscard]] Findings leftOut(const PlannedDisc& disc) const
    {
        switch (sheet_) {
        case ImageSheet::none: return {};
        case ImageSheet::cue: return leftOutOfCueSheet(disc);
        case ImageSheet::toc: break;
        }
        return leftOutOfToc(disc);
    }

    [[nodiscard]] std::string_view sheetEnding() const { return sheet_ == ImageSheet::cue ? ".cue" : ".toc"; }

    /// What may be replaced are older images, never the recordings that this one is made of.
    [[nodiscard]] Status sparesTheSources(const PlannedDisc& disc)
    {
        const Path wav = named(disc, ".wav");
        const auto stat = files_.stat(wav);
        if (!stat) return {}; // nothing there; anything else is said when the file is made
        if (watch_.watches(*stat))
            return failure("This file is a source of the album, which the image would replace; choose "
                           "another name for the image",
                           wav.string());
        return {};
    }

    Status deliver(const PlannedDisc& disc)
    {
        const Path wav = named(disc, ".wav");
        DeliveredDisc delivered{.plan = disc};
        if (const auto s = writeWav(disc, wav, delivered); !s) return s;
        if (outcome_.refused()) return {};
        if (sheet_ != ImageSheet::none) {
            const std::string audioName = wav.filename().string();
            auto text = sheet_ == ImageSheet::cue ? cueSheetFor(disc, audioName) : tocFor(disc, audioName);
            if (!text) return failure(text.error());
            const Path sheet = named(disc, sheetEnding());
            if (const auto s = staged_.writeFile(sheet, bytesOf(*text)); !s) return s;
            const auto back =
                readTextFile(files_, staged_.pendingPath(sheet), static_cast<std::int64_t>(text->size()) + 1);
            if (!back) return failure(back.error());
            if (*back != *text)
                return failure("The disk gives back other bytes than were written", sheet.string(),
                               ErrorKind::io);
            delivered.files.push_back(
                {sheet.filename().string(), static_cast<std::int64_t>(text->size()), md5(bytesOf(*text))});
        }
        outcome_.discs.push_back(std::move(delivered));
        return {};
    }

    Status writeWav(const PlannedDisc& disc, const Path& wav, DeliveredDisc& delivered)
    {
        const SampleCount whole{disc.disc.leadOut.value() * samplesPerCdFrame};
        const std::int64_t frames = whole.value() - firstSampleOfImage;
        const std::int64_t size = headerSize + frames * bytesPerPcm16Frame;
        if (!options_.replace && files_.stat(wav))
            return failure(Error{
                "There is a file of this name already; choose another name or ask for it to be replaced",
                wav.string(), ErrorKind::input, EEXIST});
        auto file = staged_.createFile(wav);
        if (!file) return failure(file.error());
        auto image = ProvenFile::create(files_, std::move(*file), staged_.pendingPath(wav), size,
                                        sectorNames(headerSize, CdFramePos{150}),
                                        {.inBackground = options_.work.threads != 1});
        if (!image) return failure(image.error());
        if (auto s = (*image)->write(0, wavHeader(frames)); !s) return s;
        auto rendered = renderChecked(
            album_, disc, whole, options_.render, options_.work, watch_,
            [&](SamplePos at, std::span<const Pcm16Frame> block) -> Status {
                const std::int64_t skip =
                    std::clamp<std::int64_t>(firstSampleOfImage - at.value(), 0, std::ssize(block));
                const auto bytes = std::as_bytes(block.subspan(static_cast<std::size_t>(skip)));
                if (bytes.empty()) return {};
                return (*image)->write(
                    headerSize + (at.value() + skip - firstSampleOfImage) * bytesPerPcm16Frame, bytes);
            });
        if (!rendered) return failure(rendered.error());
        delivered.rendering = std::move(rendered->rendering);
        delivered.outcome = std::move(rendered->outcome);
        std::ranges::move(rendered->findings, std::back_inserter(outcome_.findings));
        if (const auto s = judge(); !s) return s;
        if (outcome_.refused()) return {};
        auto proof = (*image)->finish();
        if (!proof) return failure(proof.error());
        delivered.imageMd5 = std::move(proof->md5);
        delivered.files.push_back({wav.filename().string(), size, delivered.imageMd5});
        return {};
    }

    FileOps& files_;
    const Album& album_;
    const Edition& edition_;
    const Path& out_;
    ImageSheet sheet_;
    const DdpExportOptions& options_;
    StagedFiles staged_;
    SourceWatch watch_;
    DdpExportOutcome outcome_{};
};

} // namespace

Result<DdpExportOutcome> exportImage(FileOps& files, const Album& album, const Edition& edition,
                                     const Path& out, ImageSheet sheet, const DdpExportOptions& options)
{
    return ImageExport{files, album, edition, out, sheet, options}.run();
}

} // namespace segue
