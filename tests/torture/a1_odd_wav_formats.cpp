// What a WAV header may say of its audio, and what is said of it.

#include "support/odd_sounds.h"
#include "torture/exact_table.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <limits>

using namespace segue;
using namespace segue::test;

TEST_CASE("A1: odd formats in WAV files are taken exactly or refused by name")
{
    const std::string pcm = bytesOf16(ramp16(100));
    const std::string long16 = bytesOf16(ramp16(1000));
    const std::vector<OddSound> table{
        {"0 bytes", std::string{}, "The file is empty"},
        {"1 byte", std::string{"R"},
         "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)"},
        {"four bytes of a name", std::string{"RIFF"},
         "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)"},
        {"12 bytes of header", wav(pcm).substr(0, 12), "The file holds no audio: it has no data chunk"},
        {"header without the format", wav(pcm).substr(0, 20),
         "The file does not say what its audio is: its fmt chunk is too short"},
        {"header and format, no data chunk", wav(pcm).substr(0, 36),
         "The file holds no audio: it has no data chunk"},
        {"the data chunk's name alone", wav(pcm).substr(0, 40),
         "The file holds no audio: it has no data chunk"},
        {"header only, data promised", wav(pcm).substr(0, 44),
         "The file is cut short: its header promises 0:00.002 of audio, 0:00.000 is there (0 of 400 bytes)"},
        {"header only, nothing promised", wav(""), "The file holds no audio"},
        {"1 byte of audio", wav("x"),
         "The audio has 1 bytes, which is not a whole number of 4-byte sample frames"},
        {"1 frame", wav(pcm.substr(0, 4)), "WAV PCM 16, 2 ch, 44100 Hz, 1 frames"},
        {"1 frame, mono 8 bit", wav("x", {.channels = 1, .bits = 8}), "WAV PCM 8, 1 ch, 44100 Hz, 1 frames"},
        {"587 frames, one less than a sector", wav(long16.substr(0, 587 * 4)),
         "WAV PCM 16, 2 ch, 44100 Hz, 587 frames"},
        {"588 frames, a sector", wav(long16.substr(0, 588 * 4)), "WAV PCM 16, 2 ch, 44100 Hz, 588 frames"},
        {"589 frames", wav(long16.substr(0, 589 * 4)), "WAV PCM 16, 2 ch, 44100 Hz, 589 frames"},
        {"one byte less than a sector", wav(long16.substr(0, 588 * 4 - 1)),
         "The audio has 2351 bytes, which is not a whole number of 4-byte sample frames"},
        {"cut one byte short", wav(pcm).substr(0, 443),
         "The file is cut short: its header promises 0:00.002 of audio, 0:00.002 is there (399 of 400 "
         "bytes)"},
        {"cut one frame short", wav(pcm).substr(0, 440),
         "The file is cut short: its header promises 0:00.002 of audio, 0:00.002 is there (396 of 400 "
         "bytes)"},
        {"8 bit", wav(pcm, {.bits = 8}), "WAV PCM 8, 2 ch, 44100 Hz, 200 frames"},
        {"16 bit", wav(pcm), "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"24 bit", wav(pcm.substr(0, 396), {.bits = 24}), "WAV PCM 24, 2 ch, 44100 Hz, 66 frames"},
        {"32 bit", wav(pcm, {.bits = 32}), "WAV PCM 32, 2 ch, 44100 Hz, 50 frames"},
        {"12 bit in two bytes", wav(pcm, {.bits = 12}), "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"20 bit in three bytes", wav(pcm.substr(0, 396), {.bits = 20}),
         "WAV PCM 24, 2 ch, 44100 Hz, 66 frames"},
        {"1 bit", wav(pcm, {.bits = 1, .blockAlign = 2}), "WAV PCM 8, 2 ch, 44100 Hz, 200 frames"},
        {"0 bit", wav(pcm, {.bits = 0, .blockAlign = 4}),
         "The header says 0 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float"},
        {"40 bit", wav(pcm, {.bits = 40}),
         "The header says 40 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float"},
        {"64-bit integers", wav(pcm, {.bits = 64}),
         "The header says 64 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float"},
        {"65535 bit", wav(pcm, {.bits = 65'535, .blockAlign = 4}),
         "The header says 65535 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float"},
        {"float 32", wav(std::string(400, '\0'), {.tag = 3, .bits = 32}),
         "WAV float 32, 2 ch, 44100 Hz, 50 frames"},
        {"float 64", wav(std::string(400, '\0'), {.tag = 3, .bits = 64}),
         "WAV float 64, 2 ch, 44100 Hz, 25 frames"},
        {"float 16", wav(pcm, {.tag = 3, .bits = 16}),
         "The header says 16 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float"},
        {"float 24", wav(pcm.substr(0, 396), {.tag = 3, .bits = 24}),
         "The header says 24 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float"},
        {"A-law", wav(pcm, {.tag = 6, .bits = 8}), "WAV A-law 8, 2 ch, 44100 Hz, 200 frames"},
        {"mu-law, mono", wav(pcm, {.tag = 7, .channels = 1, .bits = 8}),
         "WAV mu-law 8, 1 ch, 44100 Hz, 400 frames"},
        {"A-law of 16 bit", wav(pcm, {.tag = 6, .bits = 16}),
         "The header contradicts itself: A-law and mu-law have 8 bits a sample, it says 16"},
        {"MS ADPCM", wav(pcm, {.tag = 2, .bits = 4, .blockAlign = 256}),
         "The audio is coded as WAVE format 0x0002; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"IMA ADPCM", wav(pcm, {.tag = 17, .bits = 4, .blockAlign = 256}),
         "The audio is coded as WAVE format 0x0011; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"GSM 6.10", wav(pcm, {.tag = 0x31, .bits = 0, .blockAlign = 65}),
         "The audio is coded as WAVE format 0x0031; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"MP3 in WAV", wav(pcm, {.tag = 0x55, .bits = 0, .blockAlign = 1}),
         "The audio is coded as WAVE format 0x0055; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"format tag 0", wav(pcm, {.tag = 0}),
         "The audio is coded as WAVE format 0x0000; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"format tag 0xFFFF", wav(pcm, {.tag = 0xFFFF}),
         "The audio is coded as WAVE format 0xFFFF; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"0 channels", wav(pcm, {.channels = 0, .blockAlign = 4}),
         "The file has 0 channels; Segue takes mono and stereo"},
        {"mono", wav(pcm, {.channels = 1}), "WAV PCM 16, 1 ch, 44100 Hz, 200 frames"},
        {"3 channels", wav(pcm.substr(0, 396), {.channels = 3}),
         "The file has 3 channels; Segue takes mono and stereo"},
        {"6 channels", wav(pcm.substr(0, 396), {.channels = 6}),
         "The file has 6 channels; Segue takes mono and stereo"},
        {"8 channels", wav(pcm, {.channels = 8}), "The file has 8 channels; Segue takes mono and stereo"},
        {"1024 channels", wav(std::string(4096, '\0'), {.channels = 1024}),
         "The file has 1024 channels; Segue takes mono and stereo"},
        {"65535 channels", wav(pcm, {.channels = 65'535, .blockAlign = 4}),
         "The file has 65535 channels; Segue takes mono and stereo"},
        {"0 Hz", wav(pcm, {.rate = 0}), "The sample rate is 0 Hz; Segue takes 8000 to 384000 Hz"},
        {"1 Hz", wav(pcm, {.rate = 1}), "The sample rate is 1 Hz; Segue takes 8000 to 384000 Hz"},
        {"7999 Hz", wav(pcm, {.rate = 7999}), "The sample rate is 7999 Hz; Segue takes 8000 to 384000 Hz"},
        {"8000 Hz", wav(pcm, {.rate = 8000}), "WAV PCM 16, 2 ch, 8000 Hz, 100 frames"},
        {"11025 Hz", wav(pcm, {.rate = 11025}), "WAV PCM 16, 2 ch, 11025 Hz, 100 frames"},
        {"16000 Hz", wav(pcm, {.rate = 16000}), "WAV PCM 16, 2 ch, 16000 Hz, 100 frames"},
        {"22050 Hz", wav(pcm, {.rate = 22050}), "WAV PCM 16, 2 ch, 22050 Hz, 100 frames"},
        {"32000 Hz", wav(pcm, {.rate = 32000}), "WAV PCM 16, 2 ch, 32000 Hz, 100 frames"},
        {"44055 Hz", wav(pcm, {.rate = 44055}), "WAV PCM 16, 2 ch, 44055 Hz, 100 frames"},
        {"44056 Hz", wav(pcm, {.rate = 44056}), "WAV PCM 16, 2 ch, 44056 Hz, 100 frames"},
        {"47952 Hz", wav(pcm, {.rate = 47952}), "WAV PCM 16, 2 ch, 47952 Hz, 100 frames"},
        {"48000 Hz", wav(pcm, {.rate = 48000}), "WAV PCM 16, 2 ch, 48000 Hz, 100 frames"},
        {"88200 Hz", wav(pcm, {.rate = 88200}), "WAV PCM 16, 2 ch, 88200 Hz, 100 frames"},
        {"96000 Hz", wav(pcm, {.rate = 96000}), "WAV PCM 16, 2 ch, 96000 Hz, 100 frames"},
        {"176400 Hz", wav(pcm, {.rate = 176400}), "WAV PCM 16, 2 ch, 176400 Hz, 100 frames"},
        {"192000 Hz", wav(pcm, {.rate = 192000}), "WAV PCM 16, 2 ch, 192000 Hz, 100 frames"},
        {"352800 Hz", wav(pcm, {.rate = 352800}), "WAV PCM 16, 2 ch, 352800 Hz, 100 frames"},
        {"384000 Hz", wav(pcm, {.rate = 384000}), "WAV PCM 16, 2 ch, 384000 Hz, 100 frames"},
        {"384001 Hz", wav(pcm, {.rate = 384001}),
         "The sample rate is 384001 Hz; Segue takes 8000 to 384000 Hz"},
        {"768000 Hz", wav(pcm, {.rate = 768000}),
         "The sample rate is 768000 Hz; Segue takes 8000 to 384000 Hz"},
        {"4294967295 Hz", patched(wav(pcm), 24, le(0xFFFFFFFF, 4)),
         "The sample rate is 4294967295 Hz; Segue takes 8000 to 384000 Hz"},
        {"block align 0", wav(pcm, {.blockAlign = 0}),
         "The header contradicts itself: 2 channels of 16 bits make 4 bytes a sample frame, it says 0"},
        {"block align 3", wav(pcm, {.blockAlign = 3}),
         "The header contradicts itself: 2 channels of 16 bits make 4 bytes a sample frame, it says 3"},
        {"block align of float", wav(pcm, {.blockAlign = 8}),
         "The header contradicts itself: 2 channels of 16 bits make 4 bytes a sample frame, it says 8"},
        {"bytes a second wrong", patched(wav(pcm), 28, le(1, 4)), "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
    };
    torture::checkExactly(
        table, [](const OddSound& odd) { return saysOf(odd.bytes); }, "A1",
        "odd formats in WAV files are taken exactly or refused by name",
        "exact sentence, or exact format, rate and length");
}
