/// \file
/// What an audio file's own bytes say about its audio, held against the size of the file: the part that
/// libraries pass over in silence. PCM and float are laid open completely, so that Segue reads them itself;
/// for the coded formats it is what must be known before a decoder is believed.
#pragma once

#include "audio/audio_file.h"
#include "audio/header_bytes.h"

#include <optional>

namespace segue {

/// How one sample lies in the file.
enum class SampleCode : std::uint8_t { signed8, unsigned8, signed16, signed24, signed32, float32, float64 };
[[nodiscard]] constexpr int bytesPerSample(SampleCode code)
{
    switch (code) {
    case SampleCode::signed8:
    case SampleCode::unsigned8: return 1;
    case SampleCode::signed16: return 2;
    case SampleCode::signed24: return 3;
    case SampleCode::signed32:
    case SampleCode::float32: return 4;
    case SampleCode::float64: return 8;
    }
    return 0;
}

/// Interleaved samples from byte `begin` on: all that is needed to read them.
struct PcmLayout {
    SampleCode code = SampleCode::signed16;
    bool bigEndian = false;
    int channels = 2;
    SampleRate rate{};
    std::int64_t begin = 0, frames = 0;
};

struct ContainerFacts {
    SampleFormat format{};                    ///< of a coded format only the container may be known yet
    std::optional<PcmLayout> pcm{};           ///< Segue reads it itself; everything below is for the library
    std::optional<std::int64_t> frames{};     ///< what the header promises
    std::optional<StatedChecksum> checksum{}; ///< FLAC
    std::optional<std::int64_t>
        flacLength{}; ///< where a FLAC file's 36-bit length field begins (its first byte)
};

/// Looks at the first bytes, walks the chunks or pages, and refuses what is cut short, empty, contradicts
/// itself or is nothing that Segue reads.
[[nodiscard]] Result<ContainerFacts> examineContainer(HeaderBytes& in);

// The formats, each in a file of its own. \pre examineContainer has seen the magic bytes.
[[nodiscard]] Result<ContainerFacts> examineWav(HeaderBytes& in); ///< RIFF, RIFX, RF64, BW64
[[nodiscard]] Result<ContainerFacts> examineWave64(HeaderBytes& in);
[[nodiscard]] Result<ContainerFacts> examineAiff(HeaderBytes& in); ///< AIFF and AIFC
[[nodiscard]] Result<ContainerFacts> examineCaf(HeaderBytes& in);
[[nodiscard]] Result<ContainerFacts> examineOgg(HeaderBytes& in);
/// \param start behind an ID3v2 tag
[[nodiscard]] Result<ContainerFacts> examineFlac(HeaderBytes& in, std::int64_t start);
[[nodiscard]] Result<ContainerFacts> examineMpeg(HeaderBytes& in, std::int64_t start);

inline constexpr int lowestRate = 8'000, highestRate = 384'000;
/// Mono or stereo at 8 to 384 kHz, or a sentence. \param rate negative: the file states no whole number
[[nodiscard]] Status acceptable(const HeaderBytes& in, std::int64_t channels, std::int64_t rate);
/// Samples that are all alike, whether or not Segue decodes them itself.
struct EvenSamples {
    std::string container{}, encoding = "PCM";
    std::optional<SampleCode> code{}; ///< none: the library decodes them
    int bytesPerSample = 0;
    bool bigEndian = false;
    std::int64_t channels = 0, rate = 0;
};
/// Judges the promise "`bytes` of audio from `begin` on" against the file.
/// \param countedTo where the chunks end that the file counts; much more behind them is audio nobody counted
[[nodiscard]] Result<ContainerFacts> judgeEvenSamples(const HeaderBytes& in, const EvenSamples& samples,
                                                      std::int64_t begin, std::int64_t bytes,
                                                      std::int64_t countedTo);

/// Four printable characters: what every chunk begins with, and audio hardly ever.
[[nodiscard]] bool isChunkName(std::string_view name);
/// No real file has more; each costs a look.
inline constexpr int mostChunks = 10'000;
/// What may lie behind the last chunk without being asked about: padding, a tag.
inline constexpr std::int64_t mostLeftOver = 65'536;

/// What is said of files that are nothing Segue knows.
inline constexpr std::string_view notAudio =
    "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)";

} // namespace segue
