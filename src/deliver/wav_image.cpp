#include "deliver/wav_image.h"

#include "core/hash.h"
#include "core/text.h"
#include "deliver/cue_toc.h"
#include "deliver/readiness.h"
#include "deliver/staged_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <mutex>

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

/// Hashes of what was rendered, by position in the file, and of what the file gives back.
struct RenderedBlocks {
    struct Block {
        std::size_t size;
        std::string hash;
    };
    std::mutex mutex{};
    std::map<std::int64_t, Block> blocks{};
};

std::string hashOf(std::span<const std::byte> bytes)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytes);
    return hasher->finish();
}

class ImageExport {
public:
    ImageExport(FileOps& files, const Album& album, const Edition& edition, const Path& out, ImageSheet sheet,
                const DdpExportOptions& options)
        : files_{files}, album_{album}, edition_{edition}, out_{out}, sheet_{sheet}, options_{options},
          staged_{files}
    {
    }

    Result<DdpExportOutcome> run()
    {
        auto ready = checkReadiness(files_, album_, edition_, options_.disc, options_.work.progress);
        if (!ready) return failure(ready.error());
        outcome_.folder = out_;
        outcome_.findings = options_.inputFindings;
        std::ranges::move(ready->findings, std::back_inserter(outcome_.findings));
        std::ranges::move(findingsOfSettings(album_, edition_, options_.render),
                          std::back_inserter(outcome_.findings));
        if (const auto s = judge(); !s) return failure(s.error());
        for (PlannedDisc& disc : ready->discs) {
            if (outcome_.refused()) return std::move(outcome_);
            if (const auto s = deliver(disc); !s) return failure(s.error());
        }
        if (outcome_.refused()) return std::move(outcome_);
        if (const auto s = sourcesUnchanged(files_, album_, ready->sources); !s) return failure(s.error());
        if (options_.work.progress.cancelled()) return failure("Cancelled", {}, ErrorKind::cancelled);
        if (const auto s = staged_.publish(options_.replace); !s) return failure(s.error());
        outcome_.written = true;
        return std::move(outcome_);
    }

private:
    Status judge()
    {
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
            const Path sheet = named(disc, sheet_ == ImageSheet::cue ? ".cue" : ".toc");
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
        const std::int64_t size = headerSize + frames * 4;
        if (!options_.replace && files_.stat(wav))
            return failure("There is a file of this name already; --replace replaces it", wav.string());
        auto file = staged_.createFile(wav);
        if (!file) return failure(file.error());
        if (const auto s = (*file)->allocate(size); !s && s.error().code != notSupported)
            return failure(fileError("Could not reserve space for the image", wav, s.error()));
        const auto header = wavHeader(frames);
        if (const auto s = writeFully(**file, 0, header); !s)
            return failure(fileError("Could not write the image", wav, s.error()));

        RenderedBlocks rendered;
        delivered.rendering = planRender(album_, disc.piece, whole, options_.render);
        auto outcome = renderPcm16(
            album_, disc.piece, delivered.rendering, options_.render, openerFor(files_), options_.work,
            [&](SamplePos at, std::span<const Pcm16Frame> block) -> Status {
                const std::int64_t skip =
                    std::clamp<std::int64_t>(firstSampleOfImage - at.value(), 0, std::ssize(block));
                const auto bytes = std::as_bytes(block.subspan(static_cast<std::size_t>(skip)));
                if (bytes.empty()) return {};
                const std::int64_t offset = headerSize + (at.value() + skip - firstSampleOfImage) * 4;
                RenderedBlocks::Block entry{bytes.size(), hashOf(bytes)};
                if (const auto s = writeFully(**file, offset, bytes); !s)
                    return failure(fileError("Could not write the image", wav, s.error()));
                const std::scoped_lock lock{rendered.mutex};
                rendered.blocks.emplace(offset, std::move(entry));
                return {};
            });
        if (!outcome) return failure(outcome.error());
        delivered.outcome = std::move(*outcome);
        std::ranges::move(findingsOfOvers(album_, disc, delivered.outcome.overs),
                          std::back_inserter(outcome_.findings));
        if (const auto s = judge(); !s) return s;
        if (outcome_.refused()) return {};
        if (const auto s = (*file)->sync(); !s)
            return failure(fileError("Could not bring the image to the disk", wav, s.error()));
        (*file)->dropCache(0, size);
        if (const auto s = (*file)->close(); !s)
            return failure(fileError("Could not close the image", wav, s.error()));
        return readBack(wav, size, header, rendered, delivered);
    }

    Status readBack(const Path& wav, std::int64_t size, std::span<const std::byte> header,
                    const RenderedBlocks& rendered, DeliveredDisc& delivered)
    {
        const auto differs = [&](std::int64_t at) {
            return failure(
                fmt::format(
                    "What the disk gives back differs from what was rendered, from byte {} on; nothing was "
                    "published",
                    at),
                wav.filename().string(), ErrorKind::io);
        };
        auto file = files_.openForReading(staged_.pendingPath(wav));
        if (!file) return failure(fileError("Could not read the image back", wav, file.error()));
        const auto stat = (*file)->stat();
        if (!stat) return failure(fileError("Could not read the image back", wav, stat.error()));
        if (stat->size != size) return differs(std::min(stat->size, size));
        const auto whole = makeMd5();
        std::vector<std::byte> buffer(header.size());
        const auto take = [&](std::int64_t at, std::size_t count) -> Status {
            buffer.resize(count);
            const auto read = readFully(**file, at, buffer);
            if (!read) return failure(fileError("Could not read the image back", wav, read.error()));
            if (*read != count) return differs(at);
            whole->update(buffer);
            return {};
        };
        if (const auto s = take(0, header.size()); !s) return s;
        if (!std::ranges::equal(buffer, header)) return differs(0);
        std::int64_t at = headerSize;
        for (const auto& [offset, block] : rendered.blocks) {
            if (offset != at) return differs(at);
            if (const auto s = take(at, block.size); !s) return s;
            if (hashOf(buffer) != block.hash) return differs(at);
            at += static_cast<std::int64_t>(block.size);
        }
        if (at != size) return differs(at);
        delivered.imageMd5 = whole->finish();
        delivered.files.push_back({wav.filename().string(), size, delivered.imageMd5});
        return {};
    }

    static constexpr int notSupported = 95; // EOPNOTSUPP

    FileOps& files_;
    const Album& album_;
    const Edition& edition_;
    const Path& out_;
    ImageSheet sheet_;
    const DdpExportOptions& options_;
    StagedFiles staged_;
    DdpExportOutcome outcome_{};
};

} // namespace

Result<DdpExportOutcome> exportImage(FileOps& files, const Album& album, const Edition& edition,
                                     const Path& out, ImageSheet sheet, const DdpExportOptions& options)
{
    return ImageExport{files, album, edition, out, sheet, options}.run();
}

} // namespace segue
