// W64, AIFF, CAF, FLAC, Ogg and what is no audio, damaged in every way that has a name.

#include "support/odd_sounds.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <limits>

using namespace segue;
using namespace segue::test;

TEST_CASE("A1: odd files of the other formats are taken exactly or refused by name")
{
    const std::string pcm = bytesOf16(ramp16(100));
    const std::string flac = encoded(SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44'100, 2, doublesOf(ramp16(6000)));
    const std::string ogg = encoded(SF_FORMAT_OGG | SF_FORMAT_VORBIS, 44'100, 2, doublesOf(ramp16(6000)));
    const std::vector<OddSound> table{
        {"W64", w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("data", pcm)),
         "W64 PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"W64, data first", w64(w64Chunk("data", pcm) + w64Chunk("fmt ", fmtBody())),
         "W64 PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"W64, cut short", w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("data", pcm)).substr(0, 200),
         "The file is cut short: its header promises 0:00.002 of audio, 0:00.001 is there (96 of 400 bytes)"},
        {"W64, data length 0", w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("data", pcm, 0)),
         "The file holds no audio: it has no data chunk"},
        {"W64, data of 24 bytes, header included",
         w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("data", "", 24)), "The file holds no audio"},
        {"W64, data length 2^63",
         w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("data", pcm, std::numeric_limits<std::int64_t>::max())),
         "The file is cut short: its header promises 166666666:40.000 of audio, 0:00.002 is there (400 of "
         "4611686018427387880 bytes)"},
        {"W64, two formats",
         w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("fmt ", fmtBody()) + w64Chunk("data", pcm)),
         "The file has two fmt chunks; which one is right cannot be told"},
        {"W64, two data chunks",
         w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("data", pcm) + w64Chunk("data", pcm)),
         "The file has two data chunks; which one is the audio cannot be told"},
        {"W64, no format", w64(w64Chunk("data", pcm)),
         "The file does not say what its audio is: it has no fmt chunk"},
        {"W64, 6 channels", w64(w64Chunk("fmt ", fmtBody({.channels = 6})) + w64Chunk("data", pcm)),
         "The file has 6 channels; Segue takes mono and stereo"},
        {"W64, head alone", w64(""), "The file holds no audio: it has no data chunk"},
        {"W64 with a foreign GUID",
         patched(w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("data", pcm)), 6, "??"),
         "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)"},
        {"AIFF", aiff(pcm, {.frames = 100}), "AIFF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"AIFF, mono 8 bit", aiff(pcm, {.channels = 1, .frames = 400, .bits = 8}),
         "AIFF PCM 8, 1 ch, 44100 Hz, 400 frames"},
        {"AIFF, 24 bit", aiff(pcm.substr(0, 396), {.frames = 66, .bits = 24}),
         "AIFF PCM 24, 2 ch, 44100 Hz, 66 frames"},
        {"AIFF, 20 bit", aiff(pcm.substr(0, 396), {.frames = 66, .bits = 20}),
         "AIFF PCM 24, 2 ch, 44100 Hz, 66 frames"},
        {"AIFF, 0 bit", aiff(pcm, {.frames = 100, .bits = 0}),
         "The header says 0 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float"},
        {"AIFF, 48 bit", aiff(pcm, {.frames = 100, .bits = 48}),
         "The header says 48 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float"},
        {"AIFF, 0 Hz", aiff(pcm, {.frames = 100, .rate = extended(0)}),
         "The sample rate is 0 Hz; Segue takes 8000 to 384000 Hz"},
        {"AIFF, 44100.5 Hz",
         aiff(pcm, {.frames = 100, .rate = be(16'383 + 15, 2) + be(std::uint64_t{88'201} << 47U, 8)}),
         "The sample rate is no whole number of hertz; Segue takes 8000 to 384000 Hz"},
        {"AIFF, a negative rate", aiff(pcm, {.frames = 100, .rate = "\xC0" + extended(44'100).substr(1)}),
         "The sample rate is no whole number of hertz; Segue takes 8000 to 384000 Hz"},
        {"AIFF, counts 0", aiff(pcm, {.frames = 0}),
         "The header contradicts itself: it counts 0:00.000 of audio (0 sample frames) in one place, "
         "0:00.002 (100) in another; the file was not finished"},
        {"AIFF, counts one too many", aiff(pcm, {.frames = 101}),
         "The header contradicts itself: it counts 0:00.002 of audio (101 sample frames) in one place, "
         "0:00.002 (100) in another; the file was not finished"},
        {"AIFF, counts one too few", aiff(pcm, {.frames = 99}), "AIFF PCM 16, 2 ch, 44100 Hz, 99 frames"},
        {"AIFF, counts 2^32 - 1", aiff(pcm, {.frames = 0xFFFFFFFF}),
         "The header contradicts itself: it counts 1623:11.549 of audio (4294967295 sample frames) in one "
         "place, 0:00.002 (100) in another; the file was not finished"},
        {"AIFF, audio at an offset", form(comm({.frames = 100}) + ssnd(pcm, std::string(512, '\7'))),
         "AIFF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"AIFF, an offset of 2^32 - 1",
         form(comm({.frames = 100}) + beChunk("SSND", be(0xFFFFFFFF, 4) + be(0, 4) + pcm)),
         "The header contradicts itself: it counts 0:00.002 of audio (100 sample frames) in one place, "
         "0:00.000 (0) in another; the file was not finished"},
        {"AIFF, sound before COMM", form(ssnd(pcm) + comm({.frames = 100})),
         "AIFF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"AIFF, no COMM", form(ssnd(pcm)), "The file does not say what its audio is: it has no COMM chunk"},
        {"AIFF, no sound", form(comm({.frames = 100})), "The file holds no audio: it has no SSND chunk"},
        {"AIFF, two COMM", form(comm({.frames = 100}) + comm({.frames = 100}) + ssnd(pcm)),
         "The file has two COMM chunks; which one is right cannot be told"},
        {"AIFF, two SSND", form(comm({.frames = 100}) + ssnd(pcm) + ssnd(pcm)),
         "The file has two SSND chunks; which one is the audio cannot be told"},
        {"AIFF, COMM of 10 bytes", form(beChunk("COMM", std::string(10, '\0')) + ssnd(pcm)),
         "The file does not say what its audio is: its COMM chunk is too short"},
        {"AIFF, cut short", aiff(pcm, {.frames = 100}).substr(0, 300),
         "The file is cut short: its header promises 0:00.002 of audio, 0:00.001 is there (246 of 400 "
         "bytes)"},
        {"AIFF, 6 channels", aiff(pcm.substr(0, 396), {.channels = 6, .frames = 33}),
         "The file has 6 channels; Segue takes mono and stereo"},
        {"AIFC NONE", aiff(pcm, {.frames = 100, .kind = "NONE"}), "AIFF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"AIFC sowt", aiff(pcm, {.frames = 100, .kind = "sowt"}), "AIFF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"AIFC twos", aiff(pcm, {.frames = 100, .kind = "twos"}), "AIFF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"AIFC in24", aiff(pcm.substr(0, 396), {.frames = 66, .bits = 24, .kind = "in24"}),
         "AIFF PCM 24, 2 ch, 44100 Hz, 66 frames"},
        {"AIFC in32", aiff(pcm, {.frames = 50, .bits = 32, .kind = "in32"}),
         "AIFF PCM 32, 2 ch, 44100 Hz, 50 frames"},
        {"AIFC fl32", aiff(std::string(400, '\0'), {.frames = 50, .bits = 32, .kind = "fl32"}),
         "AIFF float 32, 2 ch, 44100 Hz, 50 frames"},
        {"AIFC FL64", aiff(std::string(400, '\0'), {.frames = 25, .bits = 64, .kind = "FL64"}),
         "AIFF float 64, 2 ch, 44100 Hz, 25 frames"},
        {"AIFC alaw", aiff(pcm, {.frames = 200, .bits = 16, .kind = "alaw"}),
         "AIFF A-law 8, 2 ch, 44100 Hz, 200 frames"},
        {"AIFC ulaw, mono", aiff(pcm, {.channels = 1, .frames = 400, .bits = 8, .kind = "ulaw"}),
         "AIFF mu-law 8, 1 ch, 44100 Hz, 400 frames"},
        {"AIFC ima4", aiff(pcm, {.frames = 100, .kind = "ima4"}),
         "The audio is coded as AIFC kind \"ima4\"; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"AIFC of no kind", form(comm({.frames = 100}) + ssnd(pcm), "AIFC"),
         "The file does not say what its audio is: its COMM chunk is too short"},
        {"AIFC, a kind of control characters", aiff(pcm, {.frames = 100, .kind = std::string("\x1b[2J")}),
         "The audio is coded as AIFC kind \"\\x1b[2J\"; Segue reads PCM, float, A-law and mu-law in such "
         "files. Convert it to WAV or FLAC first"},
        {"CAF", caf(pcm), "CAF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"CAF, little-endian", caf(pcm, {.flags = 2}), "CAF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"CAF, float, 96 kHz",
         caf(std::string(400, '\0'), {.rate = 96'000, .flags = 1, .packetBytes = 8, .bits = 32}),
         "CAF float 32, 2 ch, 96000 Hz, 50 frames"},
        {"CAF, to the end of the file", caf(pcm, {}, -1), "CAF PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"CAF, data length -2",
         "caff" + be(1, 2) + be(0, 2) + cafDesc({}) + "data" + be(~std::uint64_t{1}, 8) + be(0, 4) + pcm,
         "The file holds no audio"},
        {"CAF, data length 2^63 - 1", caf(pcm, {}, std::numeric_limits<std::int64_t>::max()),
         "The file is cut short: its header promises 166666666:40.000 of audio, 0:00.002 is there (400 of "
         "9223372036854775803 bytes)"},
        {"CAF, data of 3 bytes", caf(pcm, {}, 3), "The file holds no audio"},
        {"CAF, cut short", caf(pcm).substr(0, 200),
         "The file is cut short: its header promises 0:00.002 of audio, 0:00.001 is there (132 of 400 "
         "bytes)"},
        {"CAF, rate NaN", caf(pcm, {.rate = std::numeric_limits<double>::quiet_NaN()}),
         "The sample rate is no whole number of hertz; Segue takes 8000 to 384000 Hz"},
        {"CAF, rate infinite", caf(pcm, {.rate = std::numeric_limits<double>::infinity()}),
         "The sample rate is no whole number of hertz; Segue takes 8000 to 384000 Hz"},
        {"CAF, rate -44100", caf(pcm, {.rate = -44'100}),
         "The sample rate is no whole number of hertz; Segue takes 8000 to 384000 Hz"},
        {"CAF, 2^32 - 1 channels", caf(pcm, {.channels = 0xFFFFFFFF}),
         "The file has 4294967295 channels; Segue takes mono and stereo"},
        {"CAF, packets of two frames", caf(pcm, {.packetFrames = 2}),
         "The header contradicts itself: it says 2 sample frames a packet, such audio has one"},
        {"CAF, alac", caf(pcm, {.kind = "alac", .packetBytes = 0, .packetFrames = 4096}),
         "The audio is coded as CAF kind \"alac\"; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"CAF, alaw", caf(pcm, {.kind = "alaw", .packetBytes = 2, .bits = 8}),
         "CAF A-law 8, 2 ch, 44100 Hz, 200 frames"},
        {"CAF, no description", "caff" + be(1, 2) + be(0, 2) + cafChunk("data", be(0, 4) + pcm),
         "The file does not say what its audio is: it has no desc chunk"},
        {"CAF, head alone", std::string{"caff\0\1\0\0", 8},
         "The file does not say what its audio is: it has no desc chunk"},
        {"FLAC", flac, "FLAC PCM 16, 2 ch, 44100 Hz, 6000 frames"},
        {"FLAC, wrong MD5", patched(flac, 26, "wrong"),
         "The audio is damaged: it does not match the checksum (MD5) that the file carries. Get the file "
         "again"},
        {"FLAC, no MD5", patched(flac, 26, std::string(16, '\0')),
         "FLAC PCM 16, 2 ch, 44100 Hz, 6000 frames"},
        {"FLAC, no length, no MD5", patched(patched(flac, 22, be(0, 4)), 26, std::string(16, '\0')),
         "FLAC PCM 16, 2 ch, 44100 Hz, 6000 frames"},
        {"FLAC, counts half, MD5 there", patched(flac, 22, be(3000, 4)),
         "The audio is damaged: it does not match the checksum (MD5) that the file carries. Get the file "
         "again"},
        {"FLAC, counts half, no MD5", patched(patched(flac, 22, be(3000, 4)), 26, std::string(16, '\0')),
         "The header promises 0:00.068 of audio, decoding it gives 0:00.136"},
        {"FLAC, counts double", patched(flac, 22, be(12'000, 4)),
         "The audio is cut short or damaged at 0:00.136; its header promises 0:00.272"},
        {"FLAC, cut mid-frame", flac.substr(0, flac.size() / 2),
         "The audio is cut short or damaged at 0:00.000; its header promises 0:00.136"},
        {"FLAC, cut one byte short", flac.substr(0, flac.size() - 1),
         "The audio is cut short or damaged at 0:00.093; its header promises 0:00.136"},
        {"FLAC, cut in the header", flac.substr(0, 30),
         "The file is cut short: not even the FLAC header is whole"},
        {"FLAC, a frame zeroed", patched(flac, flac.size() / 2, std::string(64, '\0')),
         "The audio is cut short or damaged at 0:00.000; its header promises 0:00.136"},
        {"FLAC, rubbish for frames", flac.substr(0, 42) + std::string(2000, '\x55'),
         "The FLAC file is damaged or of a kind that Segue cannot read"},
        {"FLAC, 128 bytes behind", flac + "TAG" + std::string(125, ' '),
         "FLAC PCM 16, 2 ch, 44100 Hz, 6000 frames"},
        {"FLAC behind an ID3 tag", "ID3" + std::string{"\4\0\0\0\0\0\12", 7} + std::string(10, '\0') + flac,
         "FLAC PCM 16, 2 ch, 44100 Hz, 6000 frames"},
        {"FLAC behind an ID3 tag that claims 256 MiB",
         "ID3" + std::string{"\4\0\0\x7f\x7f\x7f\x7f", 7} + flac,
         "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)"},
        {"Ogg Vorbis", ogg, "Ogg Vorbis 0, 2 ch, 44100 Hz, 6000 frames"},
        {"Ogg, cut mid-page", ogg.substr(0, ogg.size() / 2),
         "The file is cut short: its last page does not end the stream"},
        {"Ogg, two streams", ogg + ogg, "The file holds several Ogg streams; Segue reads files with one"},
        {"Ogg, a page of nothing known",
         std::string{"OggS\0\6", 6} + std::string(20, '\0') + std::string{"\1\4quux", 6},
         "The Ogg file is damaged or of a kind that Segue cannot read"},
        {"MP3 without a length", std::string{"\xff\xfb\x90\x00", 4} + std::string(413, '\0'),
         "This MP3 file does not say how long it is (it has no Xing or Info header); convert it to WAV or "
         "FLAC first"},
        {"text", std::string{"Track 1: quiet, please\n"},
         "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)"},
        {"an ELF program",
         std::string{"\x7f"
                     "ELF\2\1\1\0",
                     8} +
             std::string(100, '\0'),
         "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)"},
        {"AU", ".snd" + be(24, 4) + be(400, 4) + be(3, 4) + be(44'100, 4) + be(2, 4) + pcm,
         "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)"},
    };
    std::uint64_t wrong = 0;
    for (const OddSound& odd : table) {
        INFO(odd.name);
        const std::string said = saysOf(odd.bytes);
        CHECK(said == odd.expected);
        wrong += said == odd.expected ? 0U : 1U;
    }
    torture::figure("A1", "odd files of the other formats are taken exactly or refused by name", table.size(),
                    wrong, "exact sentence, or exact format, rate and length");
}
