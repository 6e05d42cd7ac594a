#include "deliver/side_proof.h"

#include "audio/audio_file.h"
#include "audio/quantise24.h"
#include "core/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

namespace segue {

namespace {

constexpr std::int64_t partFrames = 1 << 20, blockFrames = 4096;

/// Every bit of place and values reaches the sum.
std::uint64_t word(std::int64_t at, std::int32_t left, std::int32_t right)
{
    std::uint64_t x = static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32U |
                      static_cast<std::uint32_t>(right);
    x ^= static_cast<std::uint64_t>(at) * 0x9e37'79b9'7f4a'7c15U;
    x = (x ^ x >> 30U) * 0xbf58'476d'1ce4'e5b9U;
    x = (x ^ x >> 27U) * 0x94d0'49bb'1331'11ebU;
    return x ^ x >> 31U;
}

// What is no whole number of 24 bits becomes one that no such sample has.
std::int32_t exact(double sample)
{
    const double scaled = sample * fullScale24;
    if (!(scaled >= lowest24 && scaled <= highest24)) return 0x7fff'ffff;
    const auto whole = static_cast<std::int32_t>(scaled);
    return static_cast<double>(whole) == scaled ? whole : 0x7fff'ffff;
}

std::unexpected<Error> unlike(std::string what, const Path& path)
{
    return failure(std::move(what), path.filename().string(), ErrorKind::io);
}

Status proveMarks(FileOps& files, const Path& path, const PlannedSide& meant)
{
    const auto read = readSideWav(files, path);
    if (!read) return failure(read.error());
    const SideWav wav = meant.wav();
    if (read->wav.rate != wav.rate || read->wav.frames != wav.frames)
        return unlike(fmt::format("The side file as read back has {} frames at {} Hz; {} at {} Hz were meant",
                                  read->wav.frames.value(), read->wav.rate.hertz(), wav.frames.value(),
                                  wav.rate.hertz()),
                      path);
    if (read->wav.marks.size() != wav.marks.size())
        return unlike(fmt::format("The side file as read back has {} marks instead of {}",
                                  read->wav.marks.size(), wav.marks.size()),
                      path);
    for (std::size_t i = 0; i < wav.marks.size(); ++i)
        if (read->wav.marks[i] != wav.marks[i])
            return unlike(
                fmt::format("Mark {} of the side file as read back is not the one that was meant", i + 1),
                path);
    return {};
}

} // namespace

void SampleSum::add(SamplePos at, std::span<const Pcm24Frame> frames)
{
    std::uint64_t sum = 0;
    std::int64_t place = at.value();
    for (const Pcm24Frame& f : frames) sum += word(place++, leftOf(f), rightOf(f));
    sum_ += sum;
}

void SampleSum::add(SamplePos at, std::span<const Frame> frames)
{
    std::uint64_t sum = 0;
    std::int64_t place = at.value();
    for (const Frame& f : frames) sum += word(place++, exact(f.left), exact(f.right));
    sum_ += sum;
}

Status proveSide(FileOps& files, const Path& path, const PlannedSide& meant, std::uint64_t samples,
                 int threads, const Progress& progress)
{
    if (auto s = proveMarks(files, path, meant); !s) return s;
    const auto file = openAudioFile(files, path);
    if (!file) return failure(file.error());
    const AudioFileInfo& info = (*file)->info();
    if (info.rate != meant.rate || info.length != meant.length || info.channels != 2 ||
        info.format.encoding != "PCM" || info.format.bits != 24)
        return unlike("The side file is read as something else than 24-bit stereo of its length", path);

    SampleSum sum;
    const std::int64_t length = info.length.value();
    const auto parts = static_cast<std::size_t>((length + partFrames - 1) / partFrames);
    std::mutex mutex;
    std::optional<Error> failed;
    std::atomic<std::size_t> done = 0;
    parallelFor(parts, threads, [&](std::size_t part) {
        auto reader = openAudioFile(files, path);
        Status read = reader ? Status{} : Status{failure(reader.error())};
        std::vector<Frame> block(static_cast<std::size_t>(blockFrames));
        const std::int64_t begin = static_cast<std::int64_t>(part) * partFrames;
        const std::int64_t end = std::min(length, begin + partFrames);
        for (std::int64_t at = begin; read && at < end; at += blockFrames) {
            const Block here = Block{block}.first(static_cast<std::size_t>(std::min(blockFrames, end - at)));
            read = progress.cancelled() ? Status{failure("Cancelled", {}, ErrorKind::cancelled)}
                                        : (*reader)->read(SamplePos{at}, here);
            if (read) sum.add(SamplePos{at}, here);
        }
        progress("Reading back", static_cast<double>(++done) / static_cast<double>(parts));
        const std::scoped_lock lock{mutex};
        if (!read && !failed) failed = std::move(read.error());
    });
    if (failed) return failure(std::move(*failed));
    if (sum.value() != samples)
        return unlike("The samples as read back are not those that were rendered", path);
    return {};
}

} // namespace segue
