#include "audio/library_probe.h"

#include "audio/container.h"
#include "audio/sndfile_decoder.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace segue {

namespace {

constexpr std::int64_t blockFrames = 4096;
/// 0.37 s at 44.1 kHz: some pages, packets or frames of every format, in 1 to 3 ms.
constexpr std::int64_t blocksFromTheStart = 4;

/// Whether LibraryFile will seek in it.
bool seeksExactly(const SampleFormat& format)
{
    return format.container != "Ogg" && format.container != "MP3";
}

} // namespace

bool libraryTakes(FileOps& files, const Path& path)
{
    auto file = files.openForReading(path);
    if (!file) return true;
    const auto stat = (*file)->stat();
    if (!stat) return true;
    HeaderBytes in{**file, stat->size, path};
    const auto facts = examineContainer(in);
    if (!facts || facts->pcm) return true;

    SndfileDecoder decoder{std::move(*file), stat->size};
    const auto library = decoder.open();
    if (!library) return decoder.takeDiskError().has_value();
    // What acceptable() refuses is not decoded; the library allows 1024 channels.
    const auto channels = static_cast<std::size_t>(std::clamp(library->channels, 1, 1024));
    std::vector<double> block(static_cast<std::size_t>(blockFrames) * channels);
    for (std::int64_t i = 0; i < blocksFromTheStart; ++i)
        if (decoder.read(block.data(), blockFrames) < blockFrames) break;
    if (library->frames && seeksExactly(facts->format) &&
        decoder.seek(std::max<std::int64_t>(0, *library->frames - blockFrames)))
        std::ignore = decoder.read(block.data(), blockFrames);
    return true;
}

} // namespace segue
