#include "audio/container.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace segue {

namespace {

// Apple Core Audio Format 1.0: every number big-endian, chunk lengths signed 64 bit.
Result<EvenSamples> readDescription(const HeaderBytes& in, std::string_view body)
{
    if (body.size() < 32)
        return in.refuse("The file does not say what its audio is: its desc chunk is too short");
    const auto rate = std::bit_cast<double>(bigEndian(body, 0, 8));
    const std::string_view kind = body.substr(8, 4);
    const std::uint64_t flags = bigEndian(body, 12, 4), packetBytes = bigEndian(body, 16, 4),
                        packetFrames = bigEndian(body, 20, 4), channels = bigEndian(body, 24, 4),
                        bits = bigEndian(body, 28, 4);
    const bool wholeRate =
        rate >= 0 && rate < 1e9 && rate == static_cast<double>(static_cast<std::int64_t>(rate));
    EvenSamples samples{.container = "CAF",
                        .bigEndian = (flags & 2U) == 0,
                        .channels = static_cast<std::int64_t>(channels),
                        .rate = wholeRate ? static_cast<std::int64_t>(rate) : -1};
    if (auto s = acceptable(in, samples.channels, samples.rate); !s) return failure(std::move(s.error()));
    if (kind == "alaw" || kind == "ulaw") {
        samples.encoding = kind == "alaw" ? "A-law" : "mu-law";
    } else if (kind != "lpcm") {
        return in.refuse(
            fmt::format("The audio is coded as CAF kind \"{}\"; Segue reads PCM, float, A-law and mu-law in "
                        "such files. Convert it to WAV or FLAC first",
                        nameInMessages(std::string{kind})));
    } else if ((flags & 1U) != 0) {
        samples.encoding = "float";
        if (bits == 32) samples.code = SampleCode::float32;
        if (bits == 64) samples.code = SampleCode::float64;
    } else {
        if (bits == 8) samples.code = SampleCode::signed8;
        if (bits == 16) samples.code = SampleCode::signed16;
        if (bits == 24) samples.code = SampleCode::signed24;
        if (bits == 32) samples.code = SampleCode::signed32;
    }
    samples.bytesPerSample = samples.code ? bytesPerSample(*samples.code) : 1;
    if (kind == "lpcm" && !samples.code)
        return in.refuse(fmt::format(
            "The header says {} bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float", bits));
    const auto expected = static_cast<std::uint64_t>(samples.channels * samples.bytesPerSample);
    if (packetFrames != 1)
        return in.refuse(fmt::format(
            "The header contradicts itself: it says {} sample frames a packet, such audio has one",
            packetFrames));
    if (packetBytes != expected)
        return in.refuse(
            fmt::format("The header contradicts itself: {} channels of {} bits make {} bytes a sample frame, "
                        "it says {}",
                        channels, bits, expected, packetBytes));
    return samples;
}

} // namespace

Result<ContainerFacts> examineCaf(HeaderBytes& in)
{
    std::optional<EvenSamples> description;
    std::int64_t dataBegin = -1, dataBytes = 0;
    std::int64_t at = 8, countedTo = 8;
    for (int chunks = 0; at + 12 <= in.size() && chunks < mostChunks; ++chunks) {
        const auto chunk = in.at(at, 12);
        if (!chunk) return failure(chunk.error());
        const std::string_view name = std::string_view{*chunk}.substr(0, 4);
        if (chunk->size() < 12 || !isChunkName(name)) break;
        const auto length = std::bit_cast<std::int64_t>(bigEndian(*chunk, 4, 8));
        const std::int64_t present = in.size() - at - 12;
        if (name == "desc" && length >= 0) {
            if (description)
                return in.refuse("The file has two desc chunks; which one is right cannot be told");
            const auto body = in.at(at + 12, static_cast<std::size_t>(std::min<std::int64_t>(length, 32)));
            if (!body) return failure(body.error());
            auto read = readDescription(in, *body);
            if (!read) return failure(std::move(read.error()));
            description = std::move(*read);
        } else if (name == "data") {
            if (dataBegin >= 0)
                return in.refuse("The file has two data chunks; which one is the audio cannot be told");
            dataBegin = at + 16; // behind the edit count
            // -1 in the last chunk: to the end of the file.
            dataBytes = (length == -1 ? present : length) - 4;
        }
        if (length < 0 || length > present) {
            if (name == "data") countedTo = in.size(); // open-ended, or cut short: judged by its own length
            break;
        }
        at += 12 + length;
        countedTo = at;
    }
    if (!description) return in.refuse("The file does not say what its audio is: it has no desc chunk");
    if (dataBegin < 0) return in.refuse("The file holds no audio: it has no data chunk");
    return judgeEvenSamples(in, *description, dataBegin, dataBytes, countedTo);
}

} // namespace segue
