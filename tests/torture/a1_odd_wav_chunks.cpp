// How the chunks of WAV, RF64 and their relatives may lie, and what is said of it.

#include "support/odd_sounds.h"
#include "torture/exact_table.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <limits>

using namespace segue;
using namespace segue::test;

TEST_CASE("A1: odd chunks in WAV and RF64 files are taken exactly or refused by name")
{
    const std::string pcm = bytesOf16(ramp16(100));
    const std::string long16 = bytesOf16(ramp16(10'000));
    const std::string list = chunk("LIST", "INFOISFT" + le(4, 4) + "abcd");
    std::string empties;
    for (int i = 0; i < 10'001; ++i) empties += chunk("none", "");
    const std::vector<OddSound> table{
        {"data length 0, audio behind", patched(wav(pcm), 40, le(0, 4)), "The file holds no audio"},
        {"data length 0, much audio behind", patched(wav(long16 + long16), 40, le(0, 4)),
         "The header counts 0:00.000 of audio, but 80000 more bytes follow that it does not count (about "
         "0:00.454): the recording was not finished, or is longer than such a file can say. Save it again "
         "from an editor, beyond 4 GiB as RF64 or W64"},
        {"data length 0xFFFFFFFF", patched(wav(pcm), 40, le(0xFFFFFFFF, 4)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"data length 0xFFFFFFFF, odd end", patched(wav(pcm), 40, le(0xFFFFFFFF, 4)) + "x",
         "The audio has 401 bytes, which is not a whole number of 4-byte sample frames"},
        {"data length 0xFFFFFFFE", patched(wav(pcm), 40, le(0xFFFFFFFE, 4)),
         "The file is cut short: its header promises 405:47.887 of audio, 0:00.002 is there (400 of "
         "4294967294 bytes)"},
        {"data length 0x80000000", patched(wav(pcm), 40, le(0x80000000, 4)),
         "The file is cut short: its header promises 202:53.944 of audio, 0:00.002 is there (400 of "
         "2147483648 bytes)"},
        {"RIFF length 0", patched(wav(pcm), 4, le(0, 4)),
         "The length in the header is 0: whoever wrote the file did not finish it"},
        {"RIFF length 0xFFFFFFFF", patched(wav(pcm), 4, le(0xFFFFFFFF, 4)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"RIFF length too small", patched(wav(pcm), 4, le(20, 4)), "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"LIST before the data", riff(fmtChunk() + list + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"LIST before the format", riff(list + fmtChunk() + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"LIST behind", riff(fmtChunk() + chunk("data", pcm) + list),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"an odd LIST, padded", riff(fmtChunk() + chunk("LIST", "INFOabc") + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"an odd LIST, not padded", riff(fmtChunk() + "LIST" + le(7, 4) + "INFOabc" + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"a LIST that claims more than the file",
         riff(fmtChunk() + "LIST" + le(0x7FFFFFFF, 4) + "INFO" + chunk("data", pcm)),
         "The file holds no audio: it has no data chunk"},
        {"a LIST behind, cut", riff(fmtChunk() + chunk("data", pcm) + "LIST" + le(100, 4) + "INFO"),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"data before the format", riff(chunk("data", pcm) + fmtChunk()),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"no format", riff(chunk("data", pcm)),
         "The file does not say what its audio is: it has no fmt chunk"},
        {"two formats, alike", riff(fmtChunk() + fmtChunk() + chunk("data", pcm)),
         "The file has two fmt chunks; which one is right cannot be told"},
        {"two formats, unlike", riff(fmtChunk() + fmtChunk({.rate = 48'000}) + chunk("data", pcm)),
         "The file has two fmt chunks; which one is right cannot be told"},
        {"two data chunks", riff(fmtChunk() + chunk("data", pcm) + chunk("data", pcm)),
         "The file has two data chunks; which one is the audio cannot be told"},
        {"an empty data chunk before the full one", riff(fmtChunk() + chunk("data", "") + chunk("data", pcm)),
         "The file has two data chunks; which one is the audio cannot be told"},
        {"a format of 14 bytes", riff(chunk("fmt ", fmtBody().substr(0, 14)) + chunk("data", pcm)),
         "The file does not say what its audio is: its fmt chunk is too short"},
        {"a format of 0 bytes", riff(chunk("fmt ", "") + chunk("data", pcm)),
         "The file does not say what its audio is: its fmt chunk is too short"},
        {"a format of 18 bytes", riff(chunk("fmt ", fmtBody() + le(0, 2)) + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"a format of 200 bytes",
         riff(chunk("fmt ", fmtBody() + std::string(184, '\0')) + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"a format that claims 4 GiB", riff("fmt " + le(0xFFFFFFF0, 4) + fmtBody() + chunk("data", pcm)),
         "The file holds no audio: it has no data chunk"},
        {"EXTENSIBLE, all bits valid", riff(extensibleFmt(2, 16, 16, 1) + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"EXTENSIBLE, 20 of 24 bits valid",
         riff(extensibleFmt(2, 24, 20, 1) + chunk("data", pcm.substr(0, 396))),
         "WAV PCM 24, 2 ch, 44100 Hz, 66 frames"},
        {"EXTENSIBLE, 24 of 32 bits valid", riff(extensibleFmt(2, 32, 24, 1) + chunk("data", pcm)),
         "WAV PCM 32, 2 ch, 44100 Hz, 50 frames"},
        {"EXTENSIBLE, more bits valid than there", riff(extensibleFmt(2, 16, 24, 1) + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"EXTENSIBLE, 0 bits valid", riff(extensibleFmt(2, 16, 0, 1) + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"EXTENSIBLE, float", riff(extensibleFmt(2, 32, 32, 3) + chunk("data", std::string(400, '\0'))),
         "WAV float 32, 2 ch, 44100 Hz, 50 frames"},
        {"EXTENSIBLE, no speakers", riff(extensibleFmt(2, 16, 16, 1, 0) + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"EXTENSIBLE, all speakers", riff(extensibleFmt(2, 16, 16, 1, 0xFFFFFFFF) + chunk("data", pcm)),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"EXTENSIBLE, unknown kind", riff(extensibleFmt(2, 16, 16, 0x92) + chunk("data", pcm)),
         "The audio is coded as WAVE format 0x0092; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"EXTENSIBLE, a foreign GUID",
         patched(riff(extensibleFmt(2, 16, 16, 1) + chunk("data", pcm)), 50, "????????"),
         "The audio is coded as WAVE format 0xFFFE; Segue reads PCM, float, A-law and mu-law in such files. "
         "Convert it to WAV or FLAC first"},
        {"EXTENSIBLE, 6 channels", riff(extensibleFmt(6, 16, 16, 1, 63) + chunk("data", pcm.substr(0, 396))),
         "The file has 6 channels; Segue takes mono and stereo"},
        {"EXTENSIBLE, without its extension",
         riff(chunk("fmt ", le(0xFFFE, 2) + fmtBody().substr(2)) + chunk("data", pcm)),
         "The file does not say what its audio is: its fmt chunk is too short"},
        {"1 byte behind the data", wav(pcm) + "x", "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"a tag of 128 bytes behind", wav(pcm) + "TAG" + std::string(125, ' '),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"65536 zeros behind", wav(pcm) + std::string(65'536, '\0'),
         "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"65537 zeros behind", wav(pcm) + std::string(65'537, '\0'),
         "The header counts 0:00.002 of audio, but 65537 more bytes follow that it does not count (about "
         "0:00.372): the recording was not finished, or is longer than such a file can say. Save it again "
         "from an editor, beyond 4 GiB as RF64 or W64"},
        {"a second WAV file behind", wav(pcm) + wav(pcm), "WAV PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"RIFX",
         "RIFX" + be(440 - 4, 4) + "WAVE" + "fmt " + be(16, 4) + be(1, 2) + be(2, 2) + be(44'100, 4) +
             be(176'400, 4) + be(4, 2) + be(16, 2) + "data" + be(400, 4) + pcm,
         "RIFX PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"RF64", rf64(pcm, 400), "RF64 PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"BW64", rf64(pcm, 400, "BW64"), "BW64 PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"RF64, float, 96 kHz",
         rf64(std::string(400, '\0'), 400, "RF64", {.tag = 3, .rate = 96'000, .bits = 32}),
         "RF64 float 32, 2 ch, 96000 Hz, 50 frames"},
        {"RF64, ds64 promises more", rf64(pcm, 404),
         "The file is cut short: its header promises 0:00.002 of audio, 0:00.002 is there (400 of 404 "
         "bytes)"},
        {"RF64, ds64 promises less", rf64(pcm, 396), "RF64 PCM 16, 2 ch, 44100 Hz, 99 frames"},
        {"RF64, ds64 promises 0", rf64(pcm, 0),
         "The length in the header is missing: whoever wrote the file did not finish it"},
        {"RF64, ds64 promises 2^63", rf64(pcm, std::uint64_t{1} << 63U),
         "The file is cut short: its header promises 166666666:40.000 of audio, 0:00.002 is there (400 of "
         "4611686018427387904 bytes)"},
        {"RF64, ds64 promises 2^64 - 1", rf64(pcm, ~std::uint64_t{0}),
         "The file is cut short: its header promises 166666666:40.000 of audio, 0:00.002 is there (400 of "
         "4611686018427387904 bytes)"},
        {"RF64 without ds64", "RF64" + wav(pcm).substr(4), "RF64 PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"RF64 without ds64, length missing", "RF64" + patched(wav(pcm), 40, le(0xFFFFFFFF, 4)).substr(4),
         "The length in the header is missing: whoever wrote the file did not finish it"},
        {"RF64, ds64 of 8 bytes",
         "RF64" + riff(chunk("ds64", std::string(8, 'x')) + fmtChunk() + chunk("data", pcm)).substr(4),
         "The file's ds64 chunk, which holds its length, is too short"},
        {"RF64, a table of 2^32 entries",
         "RF64" + riff(chunk("ds64", le(0, 8) + le(400, 8) + le(0, 8) + le(0xFFFFFFFF, 4)) + fmtChunk() +
                       "data" + le(0xFFFFFFFF, 4) + pcm)
                      .substr(4),
         "RF64 PCM 16, 2 ch, 44100 Hz, 100 frames"},
        {"AVI", "RIFF" + le(100, 4) + "AVI " + std::string(100, 'x'),
         "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)"},
        {"chunk names of control characters",
         riff(fmtChunk() + chunk(std::string("\1\2\3\4"), "ab") + chunk("data", pcm)),
         "The file holds no audio: it has no data chunk"},
        {"10,001 empty chunks", riff(empties + fmtChunk() + chunk("data", pcm)),
         "The file has more than 10000 chunks"},
    };
    torture::checkExactly(
        table, [](const OddSound& odd) { return saysOf(odd.bytes); }, "A1",
        "odd chunks in WAV and RF64 files are taken exactly or refused by name",
        "exact sentence, or exact format, rate and length");
}
