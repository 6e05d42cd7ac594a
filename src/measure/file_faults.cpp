#include "measure/file_faults.h"

#include "measure/fault_finder.h"

namespace segue {

SoundShape shapeOf(const AudioFileInfo& info)
{
    const bool whole = info.format.encoding == "PCM";
    return {.rate = info.rate,
            .channels = info.channels,
            .length = info.length,
            .bits = whole ? info.format.bits : 0};
}

Result<Faults> findFaults(AudioFile& file, const FaultThresholds& thresholds,
                          const std::function<Status(SampleCount)>& read)
{
    FaultFinder finder{shapeOf(file.info()), thresholds};
    const std::int64_t length = file.length().value();
    for (std::int64_t at = 0; at < length;) {
        Block part = finder.room();
        if (std::ssize(part) > length - at) part = part.first(static_cast<std::size_t>(length - at));
        if (auto s = file.read(SamplePos{at}, part); !s) return failure(std::move(s.error()));
        finder.took(part.size());
        at += std::ssize(part);
        if (!read) continue;
        if (auto s = read(SampleCount{std::ssize(part)}); !s) return failure(std::move(s.error()));
    }
    return finder.finish();
}

} // namespace segue
