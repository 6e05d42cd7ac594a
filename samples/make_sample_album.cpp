// Writes the masters of the sample album "Harbour Lights" into a folder: six files, the third of them a live
// recording of two songs in one piece. Deterministic: the same bytes on every machine.

#include "synthesizer.h"

#include "core/file_ops.h"
#include "core/hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <span>

namespace {

using namespace segue;
using namespace segue::samples;

void put(std::vector<std::byte>& bytes, std::uint64_t value, int count)
{
    for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFFU));
}

std::vector<std::byte> wav(const Sound& sound, int bits)
{
    const auto frameBytes = static_cast<std::uint64_t>(2 * bits / 8);
    const std::uint64_t dataBytes = sound.size() * frameBytes;
    const auto rate = static_cast<std::uint64_t>(sound.rate);
    std::vector<std::byte> bytes;
    bytes.reserve(44 + dataBytes);
    const auto text = [&](std::string_view s) {
        bytes.insert(bytes.end(), bytesOf(s).begin(), bytesOf(s).end());
    };
    text("RIFF");
    put(bytes, dataBytes + 36, 4);
    text("WAVEfmt ");
    for (const auto& [value, count] : {std::pair<std::uint64_t, int>{16, 4},
                                       {1, 2},
                                       {2, 2},
                                       {rate, 4},
                                       {rate * frameBytes, 4},
                                       {frameBytes, 2},
                                       {static_cast<std::uint64_t>(bits), 2}})
        put(bytes, value, count);
    text("data");
    put(bytes, dataBytes, 4);
    const double full = bits == 16 ? 32768.0 : 8388608.0;
    Noise dither{42};
    const auto quantise = [&](double v) {
        const double rounded = std::nearbyint(v * full + (dither.next() + dither.next()) / 2);
        return static_cast<std::int64_t>(std::clamp(rounded, -full, full - 1));
    };
    for (std::size_t i = 0; i < sound.size(); ++i) {
        put(bytes, static_cast<std::uint64_t>(quantise(sound.left[i])), bits / 8);
        put(bytes, static_cast<std::uint64_t>(quantise(sound.right[i])), bits / 8);
    }
    return bytes;
}

using Chord = std::array<double, 4>; // root in the bass, then three voices

/// Drums, bass, pad and a melody over a round of chords.
Sound band(double rate, int bars, double tempo, std::span<const Chord> chords, double heat,
           std::uint64_t seed)
{
    const double beat = 60 / tempo;
    Sound sound{rate, bars * 4 * beat + 3.5};
    Noise noise{seed};
    for (int bar = 0; bar < bars; ++bar) {
        const Chord& chord = chords[static_cast<std::size_t>(bar) % chords.size()];
        const double t = 0.03 + bar * 4 * beat;
        const bool drums = bar >= 2 && bar < bars - 1;
        for (int v = 1; v < 4; ++v)
            pad(sound, {t, 4 * beat, chord[static_cast<std::size_t>(v)], 0.16, (v - 2) * 0.5});
        for (int e = 0; e < 8; ++e) {
            const double at = t + e * beat / 2;
            if (bar >= 1) bass(sound, {at, beat * 0.45, chord[0] + (e == 7 ? 7 : 0), 0.33, 0});
            if (drums) hat(sound, at, e % 2 == 0 ? 0.07 : 0.12, 0.35, noise);
            if (drums && (e == 0 || e == 5 || (e == 3 && bar % 2 == 1))) kick(sound, at, 0.8);
            if (drums && (e == 2 || e == 6)) snare(sound, at, 0.42, noise);
            if (bar % 4 != 3) {
                const double step =
                    chord[1 + static_cast<std::size_t>((e * 5 + bar * 3) % 3)] + (e % 3 == 0 ? 12 : 0);
                pluck(sound, {at, beat * 1.4, step, 0.2, e % 2 == 0 ? -0.45 : 0.45}, 0.6);
            }
        }
    }
    reverb(sound, 0.22, 1.3);
    saturate(sound, heat, 0.92);
    fadeEnds(sound, 0.01, 2.5);
    return sound;
}

Sound solo(double rate, int bars, double tempo, std::span<const Chord> chords, bool strings)
{
    const double beat = 60 / tempo;
    Sound sound{rate, bars * 4 * beat + 5};
    for (int bar = 0; bar < bars; ++bar) {
        const Chord& chord = chords[static_cast<std::size_t>(bar) % chords.size()];
        const double t = 0.05 + bar * 4 * beat;
        constexpr std::array pattern{0, 2, 3, 1, 2, 3, 1, 2};
        for (int e = 0; e < 8; ++e) {
            const double pitch =
                chord[static_cast<std::size_t>(pattern[static_cast<std::size_t>(e)])] + (e == 0 ? 0 : 12);
            const Note note{t + e * beat / 2 + 0.004 * ((e * 7 + bar * 3) % 5), beat * 2.2, pitch,
                            e == 0 ? 0.5 : 0.32, (e - 4) * 0.08};
            if (strings)
                pluck(sound, note, 0.35);
            else
                piano(sound, note);
        }
    }
    reverb(sound, 0.35, 2.2);
    fadeEnds(sound, 0.02, 3);
    return sound;
}

void append(Sound& to, const Sound& what, double at)
{
    const auto from = static_cast<std::size_t>(at * to.rate);
    for (std::size_t i = 0; i < what.size() && from + i < to.size(); ++i) {
        to.left[from + i] += what.left[i];
        to.right[from + i] += what.right[i];
    }
}

bool write(const Path& folder, const char* name, const Sound& sound, int bits)
{
    auto file = realFileOps().createNew(folder / name);
    const bool ok = file && writeFully(**file, 0, wav(sound, bits)) && (*file)->close();
    if (!ok)
        std::fputs(fmt::format("make_sample_album: could not write {}\n", (folder / name).string()).c_str(),
                   stderr);
    return ok;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: make_sample_album FOLDER (it must exist)\n", stderr);
        return 2;
    }
    const Path folder{argv[1]};
    constexpr std::array<Chord, 4> minor{
        {{33, 57, 60, 64}, {29, 53, 57, 60}, {36, 55, 60, 64}, {31, 55, 59, 62}}};
    constexpr std::array<Chord, 4> major{
        {{38, 57, 62, 66}, {43, 59, 62, 67}, {35, 54, 59, 62}, {33, 57, 61, 64}}};
    constexpr std::array<Chord, 4> slow{
        {{40, 59, 64, 67}, {36, 55, 60, 64}, {43, 59, 62, 67}, {38, 57, 62, 66}}};

    Sound slipway = band(44100, 18, 124, minor, 2.6, 11);
    scaleToPeak(slipway, 0.98);
    Sound lights = band(44100, 16, 104, major, 1.9, 12);
    scaleToPeak(lights, 0.94);

    Sound live{44100, 74};
    Sound first = band(44100, 13, 112, major, 1.6, 13), second = band(44100, 13, 118, minor, 1.7, 14);
    append(live, first, 1.5);
    append(live, second, 36.4);
    Noise crowd{99};
    applause(live, 29.5, 8.2, 0.5, crowd);
    applause(live, 64.5, 9.4, 0.6, crowd);
    scaleToPeak(live, 0.9);
    fadeEnds(live, 1.2, 2.5);

    Sound undertow = band(44100, 15, 92, slow, 2.2, 15);
    scaleToPeak(undertow, 0.95);
    Sound lighthouse = solo(96000, 9, 72, major, false);
    scaleToPeak(lighthouse, 0.6);
    Sound lowTide = solo(44100, 10, 76, slow, true);
    scaleToPeak(lowTide, 0.32);

    const bool ok =
        write(folder, "01 Slipway.wav", slipway, 16) && write(folder, "02 Harbour Lights.wav", lights, 24) &&
        write(folder, "03 Live at the Pier.wav", live, 16) &&
        write(folder, "05 Undertow.wav", undertow, 24) &&
        write(folder, "06 Lighthouse.wav", lighthouse, 24) && write(folder, "07 Low Tide.wav", lowTide, 16);
    return ok ? 0 : 3;
}
