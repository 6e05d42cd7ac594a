#include "audio/wav_header.h"

#include <fmt/format.h>

namespace segue {

namespace {

constexpr std::uint64_t tagPcm = 1, tagFloat = 3, tagALaw = 6, tagMuLaw = 7, tagExtensible = 0xFFFE;

// The end of the GUID that carries an ordinary format tag (KSDATAFORMAT_SUBTYPE_*), as it lies in the file.
constexpr std::string_view guidTail{"\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 14};

std::optional<SampleCode> pcmCode(std::uint64_t bits)
{
    switch ((bits + 7) / 8) { // fewer bits lie in the upper part of the next whole byte
    case 1: return SampleCode::unsigned8;
    case 2: return SampleCode::signed16;
    case 3: return SampleCode::signed24;
    case 4: return SampleCode::signed32;
    default: return {};
    }
}

} // namespace

Result<EvenSamples> readFormatChunk(const HeaderBytes& in, std::string_view body, bool big,
                                    std::string container)
{
    const auto number = [&](std::size_t at, std::size_t count) {
        return big ? bigEndian(body, at, count) : littleEndian(body, at, count);
    };
    if (body.size() < 16)
        return in.refuse("The file does not say what its audio is: its fmt chunk is too short");
    std::uint64_t tag = number(0, 2);
    const std::uint64_t bits = number(14, 2), blockAlign = number(12, 2);
    EvenSamples samples{.container = std::move(container),
                        .bigEndian = big,
                        .channels = static_cast<std::int64_t>(number(2, 2)),
                        .rate = static_cast<std::int64_t>(number(4, 4))};
    if (tag == tagExtensible) {
        if (body.size() < 40)
            return in.refuse("The file does not say what its audio is: its fmt chunk is too short");
        // In RIFX files the GUID's first numbers turn round too; nobody writes both.
        if (!big && body.substr(26, guidTail.size()) == guidTail) tag = number(24, 2);
    }
    if (auto s = acceptable(in, samples.channels, samples.rate); !s) return failure(std::move(s.error()));

    if (tag == tagPcm) {
        samples.code = pcmCode(bits);
    } else if (tag == tagFloat && (bits == 32 || bits == 64)) {
        samples.code = bits == 32 ? SampleCode::float32 : SampleCode::float64;
        samples.encoding = "float";
    } else if (tag == tagALaw || tag == tagMuLaw) {
        if (bits != 8)
            return in.refuse(fmt::format(
                "The header contradicts itself: A-law and mu-law have 8 bits a sample, it says {}", bits));
        samples.encoding = tag == tagALaw ? "A-law" : "mu-law";
    } else if (tag != tagFloat) {
        return in.refuse(
            fmt::format("The audio is coded as WAVE format 0x{:04X}; Segue reads PCM, float, A-law and "
                        "mu-law in such files. Convert it to WAV or FLAC first",
                        tag));
    }
    samples.bytesPerSample = samples.code ? bytesPerSample(*samples.code) : 1;
    if (!samples.code && samples.encoding == "PCM")
        return in.refuse(fmt::format(
            "The header says {} bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float", bits));
    const auto expected = static_cast<std::uint64_t>(samples.channels * samples.bytesPerSample);
    if (blockAlign != expected)
        return in.refuse(
            fmt::format("The header contradicts itself: {} channels of {} bits make {} bytes a sample frame, "
                        "it says {}",
                        samples.channels, bits, expected, blockAlign));
    return samples;
}

} // namespace segue
