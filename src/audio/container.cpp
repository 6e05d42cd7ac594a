#include "audio/container.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

// ID3v2: 10 bytes, the length in four times 7 bits, perhaps a footer.
std::int64_t id3Length(std::string_view head)
{
    if (head.size() < 10 || !head.starts_with("ID3")) return 0;
    std::int64_t length = 0;
    for (std::size_t i = 6; i < 10; ++i) length = length << 7 | (static_cast<unsigned char>(head[i]) & 0x7F);
    const bool footer = (static_cast<unsigned char>(head[5]) & 0x10U) != 0;
    return 10 + length + (footer ? 10 : 0);
}

bool isMpegSync(std::string_view head)
{
    if (head.size() < 4) return false;
    const auto bits = bigEndian(head, 0, 4);
    const auto layer = bits >> 17U & 3U, version = bits >> 19U & 3U, bitrate = bits >> 12U & 15U,
               rate = bits >> 10U & 3U;
    return bits >> 21U == 0x7FF && version != 1 && layer != 0 && bitrate != 0 && bitrate != 15 && rate != 3;
}

} // namespace

Result<ContainerFacts> examineContainer(HeaderBytes& in)
{
    if (in.size() == 0) return in.refuse("The file is empty");
    auto head = in.at(0, 40);
    if (!head) return failure(std::move(head.error()));
    const std::string_view id = std::string_view{*head}.substr(0, 4);
    const std::string_view kind =
        head->size() >= 12 ? std::string_view{*head}.substr(8, 4) : std::string_view{};
    if (kind == "WAVE" && (id == "RIFF" || id == "RIFX" || id == "RF64" || id == "BW64"))
        return examineWav(in);
    if (id == "FORM" && (kind == "AIFF" || kind == "AIFC")) return examineAiff(in);
    if (id == "riff" && head->size() == 40) return examineWave64(in);
    if (id == "caff") return examineCaf(in);
    if (id == "OggS") return examineOgg(in);

    const std::int64_t start = id3Length(*head);
    if (start > 0) {
        head = in.at(start, 4);
        if (!head) return failure(std::move(head.error()));
    }
    if (head->starts_with("fLaC")) return examineFlac(in, start);
    if (isMpegSync(*head)) return examineMpeg(in, start);
    return in.refuse(std::string{notAudio});
}

Status acceptable(const HeaderBytes& in, std::int64_t channels, std::int64_t rate)
{
    if (channels < 1 || channels > 2)
        return in.refuse(fmt::format("The file has {} channels; Segue takes mono and stereo", channels));
    if (rate < 0)
        return in.refuse(fmt::format("The sample rate is no whole number of hertz; Segue takes {} to {} Hz",
                                     lowestRate, highestRate));
    if (rate < lowestRate || rate > highestRate)
        return in.refuse(
            fmt::format("The sample rate is {} Hz; Segue takes {} to {} Hz", rate, lowestRate, highestRate));
    return {};
}

bool isChunkName(std::string_view name)
{
    return name.size() == 4 && std::ranges::all_of(name, [](char c) { return c >= ' ' && c <= '~'; });
}

Result<ContainerFacts> judgeEvenSamples(const HeaderBytes& in, const EvenSamples& samples, std::int64_t begin,
                                        std::int64_t bytes, std::int64_t countedTo)
{
    if (auto s = acceptable(in, samples.channels, samples.rate); !s) return failure(std::move(s.error()));
    const auto rate = static_cast<int>(samples.rate);
    const std::int64_t frameBytes = samples.channels * samples.bytesPerSample;
    const std::int64_t present = in.size() - begin;
    if (bytes > present)
        return in.refuse(fmt::format(
            "The file is cut short: its header promises {} of audio, {} is there ({} of {} bytes)",
            clockText(bytes / frameBytes, rate),
            clockText(std::max<std::int64_t>(present, 0) / frameBytes, rate),
            std::max<std::int64_t>(present, 0), bytes));
    if (const std::int64_t beyond = in.size() - countedTo; beyond > mostLeftOver)
        return in.refuse(fmt::format("The header counts {} of audio, but {} more bytes follow that it does "
                                     "not count (about {}): the recording was "
                                     "not finished, or is longer than such a file can say. Save it again "
                                     "from an editor, beyond 4 GiB as RF64 or W64",
                                     clockText(std::max<std::int64_t>(bytes, 0) / frameBytes, rate), beyond,
                                     clockText(beyond / frameBytes, rate)));
    if (bytes <= 0) return in.refuse("The file holds no audio");
    if (bytes % frameBytes != 0)
        return in.refuse(
            fmt::format("The audio has {} bytes, which is not a whole number of {}-byte sample frames", bytes,
                        frameBytes));
    ContainerFacts facts{.format = {samples.container, samples.encoding, samples.bytesPerSample * 8},
                         .frames = bytes / frameBytes};
    if (samples.code)
        facts.pcm = PcmLayout{.code = *samples.code,
                              .bigEndian = samples.bigEndian,
                              .channels = static_cast<int>(samples.channels),
                              .rate = SampleRate{rate},
                              .begin = begin,
                              .frames = *facts.frames};
    return facts;
}

} // namespace segue
