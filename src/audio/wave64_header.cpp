#include "audio/wav_header.h"

#include <algorithm>

namespace segue {

namespace {

// Sony Wave64: a chunk is named by a GUID that begins with the four letters; its length counts its own 24
// bytes of header; chunks begin at multiples of 8.
constexpr std::string_view riffTail{"\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", 12};
constexpr std::string_view chunkTail{"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a", 12};
constexpr std::int64_t chunkHeader = 24;

} // namespace

Result<ContainerFacts> examineWave64(HeaderBytes& in)
{
    const auto head = in.at(0, 40);
    if (!head) return failure(head.error());
    if (head->substr(4, 12) != riffTail || head->substr(24, 4) != "wave" || head->substr(28, 12) != chunkTail)
        return in.refuse(std::string{notAudio});

    std::optional<EvenSamples> format;
    std::int64_t dataBegin = -1, dataBytes = 0;
    std::int64_t at = 40, countedTo = 40;
    for (int chunks = 0; at + chunkHeader <= in.size() && chunks < mostChunks; ++chunks) {
        const auto chunk = in.at(at, static_cast<std::size_t>(chunkHeader));
        if (!chunk) return failure(chunk.error());
        if (chunk->size() < 24 || chunk->substr(4, 12) != chunkTail) break;
        const auto length = static_cast<std::int64_t>(
            std::min<std::uint64_t>(littleEndian(*chunk, 16, 8), std::uint64_t{1} << 62));
        if (length < chunkHeader) break;
        const std::string_view name = std::string_view{*chunk}.substr(0, 4);
        if (name == "data") {
            if (dataBegin >= 0)
                return in.refuse("The file has two data chunks; which one is the audio cannot be told");
            dataBegin = at + chunkHeader;
            dataBytes = length - chunkHeader;
        } else if (name == "fmt ") {
            if (format) return in.refuse("The file has two fmt chunks; which one is right cannot be told");
            const auto body = in.at(
                at + chunkHeader, static_cast<std::size_t>(std::min<std::int64_t>(length - chunkHeader, 40)));
            if (!body) return failure(body.error());
            auto read = readFormatChunk(in, *body, false, "W64");
            if (!read) return failure(std::move(read.error()));
            format = std::move(*read);
        }
        if (length > in.size() - at) {
            if (name == "data") countedTo = in.size(); // cut short: judged by its own length
            break;
        }
        at += (length + 7) / 8 * 8;
        countedTo = std::min(at, in.size());
    }
    if (dataBegin < 0) return in.refuse("The file holds no audio: it has no data chunk");
    if (!format) return in.refuse("The file does not say what its audio is: it has no fmt chunk");
    return judgeEvenSamples(in, *format, dataBegin, dataBytes, countedTo);
}

} // namespace segue
