#include "deliver/export_proof.h"

#include "ddp/compare.h"
#include "deliver/second_opinion.h"
#include "deliver/source_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace segue {

namespace {

Error unlike(const std::string& what, const Path& where)
{
    return {what + "; nothing was published", where.filename().string(), ErrorKind::io};
}

} // namespace

Result<ddp::Verification> proveSet(FileOps& files, const ProofInput& input)
{
    ddp::VerifyOptions options;
    options.maxLength =
        lastAddressableFrame; // plants' limits were judged before; here it is damage that counts
    options.crc32 = !input.image.crc32.empty();
    options.progress = input.progress;
    options.imageSums = ddp::ImageSums{input.image.size, input.image.md5, input.image.crc32};
    auto verified = ddp::verifyFileset(files, input.folder, options);
    if (!verified) return verified;

    for (const ddp::NamedBytes& file : input.fileset.files)
        if (const auto s = readBackEquals(files, input.folder / file.name, file.bytes); !s)
            return failure(s.error());
    // What the user allowed (a wrong check digit, 4CH with DCP) is judged before; structure and damage are
    // not.
    for (const Finding& f : verified->findings)
        if (f.level == Finding::Level::error && !ddp::rule(f.rule).overridable)
            return failure(
                unlike(fmt::format("Our own reader objects: {} ({})", f.message, f.rule), input.folder));
    const auto differences =
        ddp::compareDiscs(input.planned.disc, verified->set.disc, "the album", "the set as read back");
    if (!differences.empty())
        return failure(unlike(fmt::format("The set does not say what the album says: {}{}",
                                          differences.front().track == 0
                                              ? std::string{}
                                              : fmt::format("track {}, ", differences.front().track),
                                          differences.front().message),
                              input.folder));
    if (verified->set.id.masterId != input.planned.write.masterId)
        return failure(unlike("The master id was not read back as it was meant", input.folder));
    return verified;
}

Findings secondOpinionOnFileset(const ddp::Fileset& fileset, const ddp::CdText& meant)
{
    const auto packs = std::ranges::find(fileset.files, "CDTEXT.BIN", &ddp::NamedBytes::name);
    return packs == fileset.files.end() ? Findings{} : secondOpinionOnCdText(packs->bytes, meant);
}

Status proveBySecondRender(FileOps& files, const Album& album, const PlannedDisc& planned,
                           const RenderPlan& plan, const RenderSettings& settings, const Path& image,
                           const Progress& progress)
{
    auto file = files.openForReading(image);
    if (!file) return failure(fileError("Could not read the image back", image, file.error()));
    // An odd block size and one thread: whatever depends on either would show.
    const RenderWork work{.threads = 1, .blockFrames = 9973, .progress = progress};
    std::vector<Pcm16Frame> onDisk;
    const auto rendered = renderPcm16(
        album, planned.piece, plan, settings, openerFor(files), work,
        [&](SamplePos at, std::span<const Pcm16Frame> frames) -> Status {
            onDisk.resize(frames.size());
            const auto read =
                readFully(**file, at.value() * 4, std::as_writable_bytes(std::span<Pcm16Frame>{onDisk}));
            if (!read) return failure(fileError("Could not read the image back", image, read.error()));
            if (!std::ranges::equal(onDisk, frames))
                return failure(
                    unlike(fmt::format("A second render differs between samples {} and {}", at.value(),
                                       at.value() + static_cast<std::int64_t>(frames.size())),
                           image));
            return {};
        });
    if (!rendered) return failure(rendered.error());
    return {};
}

Status readBackEquals(FileOps& files, const Path& path, std::span<const std::byte> bytes)
{
    const auto read = readWholeFile(files, path, static_cast<std::int64_t>(bytes.size()) + 1);
    if (!read) return failure(read.error());
    if (!std::ranges::equal(*read, bytes))
        return failure(unlike("The disk gives back other bytes than were written", path));
    return {};
}

} // namespace segue
