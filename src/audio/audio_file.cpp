#include "audio/audio_file.h"

#include "audio/container.h"
#include "audio/library_file.h"
#include "audio/pcm_file.h"

#include <fmt/format.h>

namespace segue {

namespace {

/// Headerless CD audio: 16 bit, stereo, 44.1 kHz.
Result<ContainerFacts> rawFacts(const HeaderBytes& in, const std::string& container)
{
    constexpr std::int64_t frameBytes = 4;
    if (in.size() == 0) return in.refuse("The file is empty");
    if (in.size() % frameBytes != 0)
        return in.refuse(fmt::format(
            "The file has {} bytes, which is not a whole number of 16-bit stereo samples", in.size()));
    return ContainerFacts{.format = {container, "PCM", 16},
                          .pcm = PcmLayout{.code = SampleCode::signed16,
                                           .bigEndian = container == rawBigEndian,
                                           .channels = 2,
                                           .rate = cdRate,
                                           .begin = 0,
                                           .frames = in.size() / frameBytes}};
}

} // namespace

Result<std::unique_ptr<AudioFile>> openAudioFile(FileOps& files, const Path& path,
                                                 const std::string& container, const LibraryGuard& guard)
{
    constexpr std::string_view what = "The audio file could not be opened";
    auto file = files.openForReading(path);
    if (!file) return failure(fileError(what, path, file.error()));
    const auto stat = (*file)->stat();
    if (!stat) return failure(fileError(what, path, stat.error()));

    HeaderBytes in{**file, stat->size, path};
    const bool raw = container == rawLittleEndian || container == rawBigEndian;
    auto facts = raw ? rawFacts(in, container) : examineContainer(in);
    if (!facts) return failure(std::move(facts.error()));
    if (facts->pcm) return makePcmFile(std::move(*file), *stat, path, std::move(facts->format), *facts->pcm);
    if (guard) {
        const auto taken = guard(path);
        if (!taken) return failure(taken.error());
        if (!*taken) return in.refuse(refusedByLibrary(facts->format));
    }
    return openLibraryFile(std::move(*file), *stat, path, std::move(*facts));
}

} // namespace segue
