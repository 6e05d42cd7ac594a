/// \file
/// Odd audio files, byte by byte, and what is said of them in one line: for the table of torture row A1.
#pragma once

#include "audio/measure_source.h"
#include "support/sound_files.h"

#include <fmt/format.h>

#include <vector>

namespace segue::test {

struct OddSound {
    std::string name;
    std::string bytes;
    std::string expected; ///< what saysOf() says
};

/// "WAV PCM 16, 2 ch, 44100 Hz, 100 frames" for a file that is taken and measured, else the refusal.
[[nodiscard]] inline std::string saysOf(const std::string& bytes, const std::string& container = {})
{
    const auto file = openBytes(bytes, container);
    if (!file) return file.error().what;
    const auto measured = measureSource(**file);
    if (!measured) return measured.error().what;
    const AudioFileInfo& info = (*file)->info();
    return fmt::format("{} {} {}, {} ch, {} Hz, {} frames", info.format.container, info.format.encoding,
                       info.format.bits, info.channels, info.rate.hertz(), info.length.value());
}

/// `bytes` with `part` in place of what is at `at`.
[[nodiscard]] inline std::string patched(std::string bytes, std::size_t at, const std::string& part)
{
    return bytes.replace(at, part.size(), part);
}

/// WAVE_FORMAT_EXTENSIBLE with everything open.
[[nodiscard]] inline std::string extensibleFmt(int channels, int bits, int validBits, int tag,
                                               std::uint64_t mask = 3, int size = 22)
{
    const auto u = [](int v) { return static_cast<std::uint64_t>(v); };
    const int align = channels * ((bits + 7) / 8);
    return chunk("fmt ", le(0xFFFE, 2) + le(u(channels), 2) + le(44'100, 4) + le(u(44'100 * align), 4) +
                             le(u(align), 2) + le(u(bits), 2) + le(u(size), 2) + le(u(validBits), 2) +
                             le(mask, 4) + le(u(tag), 2) +
                             std::string{"\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 14});
}

/// RF64 or BW64 with the lengths that ds64 states.
[[nodiscard]] inline std::string rf64(const std::string& samples, std::uint64_t dataBytes,
                                      const std::string& id = "RF64", const WavFormat& format = {})
{
    return id + le(0xFFFFFFFF, 4) + "WAVE" +
           chunk("ds64", le(72 + samples.size(), 8) + le(dataBytes, 8) + le(0, 8) + le(0, 4)) +
           fmtChunk(format) + "data" + le(0xFFFFFFFF, 4) + samples;
}

[[nodiscard]] inline std::string w64Chunk(const std::string& name, const std::string& body,
                                          std::int64_t length = -1)
{
    const std::uint64_t stated = length < 0 ? body.size() + 24 : static_cast<std::uint64_t>(length);
    return name + std::string{"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a", 12} + le(stated, 8) + body +
           std::string((8 - body.size() % 8) % 8, '\0');
}
[[nodiscard]] inline std::string w64(const std::string& chunks)
{
    return "riff" + std::string{"\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", 12} +
           le(40 + chunks.size(), 8) + "wave" +
           std::string{"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a", 12} + chunks;
}
/// The body of a plain fmt chunk.
[[nodiscard]] inline std::string fmtBody(const WavFormat& format = {}) { return fmtChunk(format).substr(8); }

[[nodiscard]] inline std::string beChunk(const std::string& name, const std::string& body)
{
    return name + be(body.size(), 4) + body + std::string(body.size() % 2, '\0');
}
/// A whole number of hertz as an 80-bit float.
[[nodiscard]] inline std::string extended(std::uint64_t hertz)
{
    if (hertz == 0) return std::string(10, '\0');
    int exponent = 63;
    for (; hertz >> 63U == 0; --exponent) hertz <<= 1U;
    return be(static_cast<std::uint64_t>(16'383 + exponent), 2) + be(hertz, 8);
}
struct AiffFormat {
    int channels = 2;
    std::uint64_t frames = 0;
    int bits = 16;
    std::string rate = extended(44'100);
    std::string kind{}; ///< AIFC when not empty
};
[[nodiscard]] inline std::string comm(const AiffFormat& f)
{
    return beChunk("COMM", be(static_cast<std::uint64_t>(f.channels), 2) + be(f.frames, 4) +
                               be(static_cast<std::uint64_t>(f.bits), 2) + f.rate + f.kind +
                               (f.kind.empty() ? "" : std::string(2, '\0')));
}
[[nodiscard]] inline std::string ssnd(const std::string& samples, const std::string& before = {})
{
    return beChunk("SSND", be(before.size(), 4) + be(0, 4) + before + samples);
}
[[nodiscard]] inline std::string form(const std::string& chunks, const std::string& kind = "AIFF")
{
    return "FORM" + be(4 + chunks.size(), 4) + kind + chunks;
}
[[nodiscard]] inline std::string aiff(const std::string& samples, const AiffFormat& f)
{
    return form(comm(f) + ssnd(samples), f.kind.empty() ? "AIFF" : "AIFC");
}

struct CafFormat {
    double rate = 44'100;
    std::string kind = "lpcm";
    std::uint64_t flags = 0, packetBytes = 4, packetFrames = 1, channels = 2, bits = 16;
};
[[nodiscard]] inline std::string cafChunk(const std::string& name, const std::string& body,
                                          std::int64_t length = -2)
{
    return name + be(length == -2 ? body.size() : static_cast<std::uint64_t>(length), 8) + body;
}
[[nodiscard]] inline std::string cafDesc(const CafFormat& f)
{
    return cafChunk("desc", be(std::bit_cast<std::uint64_t>(f.rate), 8) + f.kind + be(f.flags, 4) +
                                be(f.packetBytes, 4) + be(f.packetFrames, 4) + be(f.channels, 4) +
                                be(f.bits, 4));
}
[[nodiscard]] inline std::string caf(const std::string& samples, const CafFormat& f = {},
                                     std::int64_t dataLength = -2)
{
    return "caff" + be(1, 2) + be(0, 2) + cafDesc(f) + cafChunk("data", be(0, 4) + samples, dataLength);
}

} // namespace segue::test
