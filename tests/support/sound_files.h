/// \file
/// Audio files made in memory: WAV byte by byte, the others by libsndfile, which is also asked what it reads,
/// as the second opinion on our own reader.
#pragma once

#include "audio/audio_file.h"
#include "support/memory_file_ops.h"

#include <bit>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace segue::test {

/// `count` bytes of `value`, lowest first.
[[nodiscard]] inline std::string le(std::uint64_t value, std::size_t count)
{
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(value >> 8 * i & 0xFF);
    return bytes;
}
[[nodiscard]] inline std::string be(std::uint64_t value, std::size_t count)
{
    const std::string bytes = le(value, count);
    return {bytes.rbegin(), bytes.rend()};
}

[[nodiscard]] inline std::string chunk(const std::string& name, const std::string& body)
{
    return name + le(body.size(), 4) + body + std::string(body.size() % 2, '\0');
}
struct WavFormat {
    int tag = 1, channels = 2, rate = 44'100, bits = 16;
    bool extensible = false;
    int blockAlign = -1; ///< -1: the right one
};
[[nodiscard]] inline std::string fmtChunk(const WavFormat& f = {})
{
    const auto u = [](int v) { return static_cast<std::uint64_t>(v); };
    const int align = f.blockAlign < 0 ? f.channels * ((f.bits + 7) / 8) : f.blockAlign;
    std::string body = le(f.extensible ? 0xFFFE : u(f.tag), 2) + le(u(f.channels), 2) + le(u(f.rate), 4) +
                       le(u(f.rate * align), 4) + le(u(align), 2) + le(u(f.bits), 2);
    if (f.extensible)
        body += le(22, 2) + le(u(f.bits), 2) + le(3, 4) + le(u(f.tag), 2) +
                std::string{"\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 14};
    return chunk("fmt ", body);
}
[[nodiscard]] inline std::string riff(const std::string& chunks)
{
    return "RIFF" + le(4 + chunks.size(), 4) + "WAVE" + chunks;
}
[[nodiscard]] inline std::string wav(const std::string& samples, const WavFormat& f = {})
{
    return riff(fmtChunk(f) + chunk("data", samples));
}

/// `frames` 16-bit stereo frames, no two neighbours alike, extremes among them.
[[nodiscard]] inline std::vector<std::int16_t> ramp16(std::size_t frames)
{
    std::vector<std::int16_t> samples;
    for (std::size_t i = 0; i < frames; ++i) {
        samples.push_back(static_cast<std::int16_t>(i * 7919 % 65'536 - 32'768));
        samples.push_back(static_cast<std::int16_t>(32'767 - i * 104'729 % 65'536));
    }
    return samples;
}
[[nodiscard]] inline std::string bytesOf16(const std::vector<std::int16_t>& samples)
{
    std::string bytes;
    for (const std::int16_t v : samples) bytes += le(static_cast<std::uint16_t>(v), 2);
    return bytes;
}
[[nodiscard]] inline std::vector<double> doublesOf(const std::vector<std::int16_t>& samples)
{
    std::vector<double> values;
    for (const std::int16_t v : samples) values.push_back(v / 32'768.0);
    return values;
}

/// A file of any kind libsndfile writes. \param format SF_FORMAT_...
[[nodiscard]] std::string encoded(int format, int rate, int channels, const std::vector<double>& interleaved);
/// All that libsndfile reads from it, interleaved.
[[nodiscard]] std::vector<double> decodedByLibrary(const std::string& bytes);

/// Opens `bytes` as a file of that name in memory.
[[nodiscard]] inline Result<std::unique_ptr<AudioFile>> openBytes(const std::string& bytes,
                                                                  const std::string& container = {})
{
    MemoryFileOps files;
    files.put("/music/song.wav", bytes);
    return openAudioFile(files, "/music/song.wav", container);
}
/// The sentence a file is refused with, its reading included; "" when all of it can be read.
[[nodiscard]] inline std::string refusalOf(const std::string& bytes, const std::string& container = {})
{
    const auto file = openBytes(bytes, container);
    if (!file) return file.error().what;
    std::vector<Frame> all(static_cast<std::size_t>((*file)->length().value()));
    const auto read = (*file)->read(SamplePos{}, all);
    return read ? "" : read.error().what;
}
/// All frames, or throws the sentence.
[[nodiscard]] inline std::vector<Frame> framesOf(AudioFile& file)
{
    std::vector<Frame> all(static_cast<std::size_t>(file.length().value()));
    if (const auto s = file.read(SamplePos{}, all); !s) throw std::runtime_error{s.error().what};
    return all;
}

/// Sound by a formula, the same on both sides but for its sign.
class FormulaSound final : public SoundSource {
public:
    FormulaSound(SampleRate rate, std::int64_t length, std::function<double(std::int64_t)> formula)
        : rate_{rate}, length_{length}, formula_{std::move(formula)}
    {
    }
    [[nodiscard]] SampleRate rate() const override { return rate_; }
    [[nodiscard]] SampleCount length() const override { return SampleCount{length_}; }
    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::int64_t k = at.value() + static_cast<std::int64_t>(i);
            const double v = k < 0 || k >= length_ ? 0.0 : formula_(k);
            out[i] = {v, -v};
        }
        return {};
    }

private:
    SampleRate rate_;
    std::int64_t length_;
    std::function<double(std::int64_t)> formula_;
};

} // namespace segue::test
