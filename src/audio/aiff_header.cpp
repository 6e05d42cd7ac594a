#include "audio/container.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

/// The 80-bit float of the COMM chunk, where it is a whole number of hertz; -1 otherwise.
std::int64_t wholeExtended(std::string_view bytes)
{
    const auto exponent = static_cast<int>(bigEndian(bytes, 0, 2)) - 16'383;
    const std::uint64_t mantissa = bigEndian(bytes, 2, 8);
    if (mantissa == 0) return 0;
    if (exponent < 0 || exponent > 30) return -1; // a set sign bit makes it large
    const auto shift = static_cast<unsigned>(63 - exponent);
    const std::uint64_t whole = mantissa >> shift;
    return (whole << shift) == mantissa ? static_cast<std::int64_t>(whole) : -1;
}

struct Common {
    EvenSamples samples{};
    std::int64_t frames = 0;
};

Result<Common> readCommon(const HeaderBytes& in, std::string_view body, bool compressedKind)
{
    if (body.size() < (compressedKind ? 22U : 18U))
        return in.refuse("The file does not say what its audio is: its COMM chunk is too short");
    const auto bits = static_cast<int>(bigEndian(body, 6, 2));
    Common common{.samples = {.container = "AIFF",
                              .bigEndian = true,
                              .channels = static_cast<std::int64_t>(bigEndian(body, 0, 2)),
                              .rate = wholeExtended(body.substr(8, 10))},
                  .frames = static_cast<std::int64_t>(bigEndian(body, 2, 4))};
    EvenSamples& samples = common.samples;
    const std::string kind{compressedKind ? body.substr(18, 4) : std::string_view{"NONE"}};
    if (kind == "NONE" || kind == "twos" || kind == "sowt" || kind == "in24" || kind == "in32") {
        samples.bigEndian = kind != "sowt";
        // Fewer bits lie in the upper part of the next whole byte.
        switch ((bits + 7) / 8) {
        case 1: samples.code = SampleCode::signed8; break;
        case 2: samples.code = SampleCode::signed16; break;
        case 3: samples.code = SampleCode::signed24; break;
        case 4: samples.code = SampleCode::signed32; break;
        default:
            return in.refuse(fmt::format(
                "The header says {} bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float", bits));
        }
    } else if (kind == "fl32" || kind == "FL32" || kind == "fl64" || kind == "FL64") {
        samples.encoding = "float";
        samples.code = kind.ends_with("32") ? SampleCode::float32 : SampleCode::float64;
    } else if (kind == "alaw" || kind == "ALAW" || kind == "ulaw" || kind == "ULAW") {
        samples.encoding = kind.starts_with('a') || kind.starts_with('A') ? "A-law" : "mu-law";
    } else {
        return in.refuse(
            fmt::format("The audio is coded as AIFC kind \"{}\"; Segue reads PCM, float, A-law and mu-law in "
                        "such files. Convert it to WAV or FLAC first",
                        nameInMessages(kind)));
    }
    samples.bytesPerSample = samples.code ? bytesPerSample(*samples.code) : 1;
    if (auto s = acceptable(in, samples.channels, samples.rate); !s) return failure(std::move(s.error()));
    return common;
}

} // namespace

Result<ContainerFacts> examineAiff(HeaderBytes& in)
{
    const auto head = in.at(0, 12);
    if (!head) return failure(head.error());
    const bool compressedKind = head->substr(8, 4) == "AIFC";

    std::optional<Common> common;
    std::int64_t soundAt = -1, soundBytes = 0; // behind the two numbers that SSND begins with
    std::int64_t at = 12, countedTo = 12;
    for (int chunks = 0; at + 8 <= in.size() && chunks < mostChunks; ++chunks) {
        const auto chunk = in.at(at, 16);
        if (!chunk) return failure(chunk.error());
        const std::string_view name = std::string_view{*chunk}.substr(0, 4);
        if (chunk->size() < 8 || !isChunkName(name)) break;
        const auto length = static_cast<std::int64_t>(bigEndian(*chunk, 4, 4));
        if (name == "COMM") {
            if (common) return in.refuse("The file has two COMM chunks; which one is right cannot be told");
            const auto body = in.at(at + 8, static_cast<std::size_t>(std::min<std::int64_t>(length, 22)));
            if (!body) return failure(body.error());
            auto read = readCommon(in, *body, compressedKind);
            if (!read) return failure(std::move(read.error()));
            common = std::move(*read);
        } else if (name == "SSND") {
            if (soundAt >= 0)
                return in.refuse("The file has two SSND chunks; which one is the audio cannot be told");
            const auto offset = chunk->size() >= 16 ? static_cast<std::int64_t>(bigEndian(*chunk, 8, 4)) : 0;
            soundAt = at + 16 + offset;
            soundBytes = length - 8 - offset;
        }
        if (length > in.size() - at - 8) {
            if (name == "SSND") countedTo = in.size(); // cut short: judged by its own length
            break;
        }
        at += 8 + length + length % 2;
        countedTo = std::min(at, in.size());
    }
    if (!common) return in.refuse("The file does not say what its audio is: it has no COMM chunk");
    if (soundAt < 0) return in.refuse("The file holds no audio: it has no SSND chunk");
    const std::int64_t frameBytes = common->samples.channels * common->samples.bytesPerSample;
    const std::int64_t promised = common->frames * frameBytes;
    // The chunk may be padded behind the audio, to a block or an even length, but by less than a frame of
    // audio or a disk block: otherwise the two lengths contradict each other.
    constexpr std::int64_t mostPadding = 4096;
    if (promised > soundBytes || soundBytes - promised > mostPadding || (promised == 0 && soundBytes > 0)) {
        const auto rate = static_cast<int>(common->samples.rate);
        const std::int64_t present = std::max<std::int64_t>(soundBytes, 0) / frameBytes;
        return in.refuse(fmt::format(
            "The header contradicts itself: it counts {} of audio ({} sample frames) in one place, "
            "{} ({}) in another; the file was not finished",
            clockText(common->frames, rate), common->frames, clockText(present, rate), present));
    }
    return judgeEvenSamples(in, common->samples, soundAt, promised, countedTo);
}

} // namespace segue
