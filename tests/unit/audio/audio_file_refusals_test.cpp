// What openAudioFile refuses, and with which words: the table of docs/formats/sources.md.
#include "audio/audio_file.h"
#include "audio/measure_source.h"

#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <sys/stat.h>

using namespace segue;
using namespace segue::test;

namespace {

constexpr const char* notAudioSentence =
    "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)";

std::string song(int format, std::size_t frames = 22'050)
{
    return encoded(format, 44'100, 2, doublesOf(ramp16(frames)));
}

bool startsWith(const std::string& text, const std::string& beginning) { return text.starts_with(beginning); }

} // namespace

TEST_CASE("what is no audio is refused by name")
{
    for (const std::string& bytes :
         {std::string{"x"},
          std::string{"A text about music, long enough to hold a header of any kind and then some more.\n"},
          std::string(5'000, '\0'), std::string{"\x89PNG\r\n\x1a\n"} + std::string(100, 'x'),
          std::string{"RIFF\x10\0\0\0AVI LIST", 16}, std::string{"fLa"},
          std::string{"ID3\x04\x00\x00\x00\x00\x00\x14", 10}})
        CHECK(refusalOf(bytes) == notAudioSentence);
    CHECK(refusalOf("") == "The file is empty");
    MemoryFileOps files;
    files.put("/music/letter\x1b.txt", "Dear plant");
    const auto refused = openAudioFile(files, "/music/letter\x1b.txt");
    REQUIRE_FALSE(refused.has_value());
    CHECK(sentence(refused.error()) == std::string{"/music/letter\\x1b.txt: "} + notAudioSentence);
    CHECK(refused.error().kind == ErrorKind::input);
}

TEST_CASE("containers whose lengths nobody checks are not read at all")
{
    CHECK(refusalOf(song(SF_FORMAT_AU | SF_FORMAT_PCM_16)) == notAudioSentence);
    CHECK(refusalOf(song(SF_FORMAT_VOC | SF_FORMAT_PCM_16)) == notAudioSentence);
}

TEST_CASE("a missing file, a folder and a pipe are refused without waiting")
{
    const TempFolder folder;
    CHECK(openAudioFile(realFileOps(), folder / "none.wav").error().what ==
          "The audio file could not be opened: there is no such file or folder");
    CHECK(openAudioFile(realFileOps(), folder.path()).error().kind == ErrorKind::input);
    REQUIRE(mkfifo((folder / "pipe.wav").c_str(), 0600) == 0);
    CHECK(openAudioFile(realFileOps(), folder / "pipe.wav").error().kind == ErrorKind::input);
}

TEST_CASE("a truncated WAV file names what its header promises and what is there")
{
    const std::string half = wav(bytesOf16(ramp16(44'100 * 2))).substr(0, 44 + 44'100 * 4);
    const auto refused = openBytes(half);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().what == "The file is cut short: its header promises 0:02.000 of audio, 0:01.000 is "
                                  "there (176400 of 352800 bytes)");
    CHECK(refused.error().where == "/music/song.wav");
    CHECK(refused.error().kind == ErrorKind::input);
}

TEST_CASE("no prefix of a file passes as a shorter song")
{
    for (const int format :
         {SF_FORMAT_WAV | SF_FORMAT_PCM_24, SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
          SF_FORMAT_W64 | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
          SF_FORMAT_CAF | SF_FORMAT_PCM_16, SF_FORMAT_WAV | SF_FORMAT_ULAW, SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
          SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III}) {
        const std::string whole = song(format, 6'000);
        REQUIRE(refusalOf(whole).empty());
        const std::size_t step = whole.size() / 150 + 1;
        for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : step) {
            INFO("format ", format, ", ", size, " of ", whole.size(), " bytes");
            const auto file = openBytes(whole.substr(0, size));
            if (!file) continue;
            // What opens promises all of it, and then does not give it; unless only a tail without sound is
            // missing.
            CHECK((*file)->length() == SampleCount{6'000});
            std::vector<Frame> all(6'000);
            if ((*file)->read(SamplePos{}, all).has_value())
                CHECK(all == framesOf(*openBytes(whole).value()));
        }
    }
}

TEST_CASE("lengths of nothing, of too much, and of no whole number of frames are refused")
{
    const std::string pcm = bytesOf16(ramp16(30'000));
    CHECK(refusalOf(wav(pcm + "\1\2")) ==
          "The audio has 120002 bytes, which is not a whole number of 4-byte sample frames");
    CHECK(refusalOf(wav("")) == "The file holds no audio");
    CHECK(refusalOf(riff(fmtChunk() + "data" + le(0, 4) + pcm)) ==
          "The header counts 0:00.000 of audio, but 120000 more bytes follow that it does not count (about "
          "0:00.680): the "
          "recording was not finished, or is longer than such a file can say. Save it again from an editor, "
          "beyond 4 GiB as "
          "RF64 or W64");
    CHECK(startsWith(refusalOf(riff(fmtChunk() + "data" + le(40'000, 4) + pcm)),
                     "The header counts 0:00.227 of audio, but 80000 more"));
    CHECK(refusalOf(riff(fmtChunk() + "data" + le(0xFFFFFFFF, 4) + pcm + "xy")) ==
          "The audio has 120002 bytes, which is not a whole number of 4-byte sample frames");
    CHECK(refusalOf(riff(fmtChunk() + "data" + le(0x7FFFFFFC, 4) + pcm)) ==
          "The file is cut short: its header promises 202:53.944 of audio, 0:00.680 is there (120000 of "
          "2147483644 bytes)");
}

TEST_CASE("audio behind what the header counts is not left away in silence, in any container")
{
    const std::string more(70'000, '\1'), some(60'000, '\0');
    for (const int format : {SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
                             SF_FORMAT_W64 | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
                             SF_FORMAT_CAF | SF_FORMAT_PCM_16}) {
        INFO("format ", format);
        CHECK(startsWith(refusalOf(song(format) + more),
                         "The header counts 0:00.500 of audio, but 70000 more bytes"));
        CHECK(refusalOf(song(format) + some).empty());
    }
}

TEST_CASE("a header length of zero means that the file was not finished")
{
    const std::string whole = wav(bytesOf16(ramp16(100)));
    CHECK(refusalOf("RIFF" + le(0, 4) + whole.substr(8)) ==
          "The length in the header is 0: whoever wrote the file did not finish it");
}

TEST_CASE("missing, doubled and short chunks are refused")
{
    const std::string data = chunk("data", bytesOf16(ramp16(100)));
    CHECK(refusalOf(riff(fmtChunk())) == "The file holds no audio: it has no data chunk");
    CHECK(refusalOf(riff(data)) == "The file does not say what its audio is: it has no fmt chunk");
    CHECK(refusalOf(riff(fmtChunk() + data + data)) ==
          "The file has two data chunks; which one is the audio cannot be told");
    CHECK(refusalOf(riff(fmtChunk() + fmtChunk() + data)) ==
          "The file has two fmt chunks; which one is right cannot be told");
    CHECK(refusalOf(riff(chunk("fmt ", "1234") + data)) ==
          "The file does not say what its audio is: its fmt chunk is too short");
    CHECK(refusalOf("RF64" + riff(fmtChunk() + "data" + le(0xFFFFFFFF, 4) + "12345678").substr(4)) ==
          "The length in the header is missing: whoever wrote the file did not finish it");
    CHECK(refusalOf("RF64" + riff(chunk("ds64", "123") + fmtChunk() + data).substr(4)) ==
          "The file's ds64 chunk, which holds its length, is too short");
}

TEST_CASE("a file of endless empty chunks is refused at once")
{
    std::string chunks;
    for (int i = 0; i < 20'000; ++i) chunks += chunk("none", "");
    CHECK(refusalOf(riff(chunks)) == "The file has more than 10000 chunks");
}

TEST_CASE("channels, rates and codings that Segue does not take are named")
{
    const std::string pcm = bytesOf16(ramp16(120));
    CHECK(refusalOf(wav(pcm, {.channels = 6})) == "The file has 6 channels; Segue takes mono and stereo");
    CHECK(refusalOf(wav(pcm, {.channels = 0})) == "The file has 0 channels; Segue takes mono and stereo");
    CHECK(refusalOf(wav(pcm, {.rate = 7'999})) ==
          "The sample rate is 7999 Hz; Segue takes 8000 to 384000 Hz");
    CHECK(refusalOf(wav(pcm, {.rate = 768'000})) ==
          "The sample rate is 768000 Hz; Segue takes 8000 to 384000 Hz");
    CHECK(refusalOf(wav(pcm, {.rate = 0})) == "The sample rate is 0 Hz; Segue takes 8000 to 384000 Hz");
    CHECK(refusalOf(wav(pcm, {.rate = 8'000})).empty());
    CHECK(refusalOf(wav(pcm, {.rate = 384'000})).empty());
    CHECK(refusalOf(wav(pcm, {.tag = 0x55})) == "The audio is coded as WAVE format 0x0055; Segue reads PCM, "
                                                "float, A-law and mu-law in such files. Convert it to "
                                                "WAV or FLAC first");
    CHECK(startsWith(refusalOf(song(SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM)),
                     "The audio is coded as WAVE format 0x0011"));
    CHECK(startsWith(refusalOf(song(SF_FORMAT_AIFF | SF_FORMAT_IMA_ADPCM)),
                     "The audio is coded as AIFC kind \"ima4\""));
    CHECK(refusalOf(wav(pcm, {.bits = 64})) ==
          "The header says 64 bits a sample; Segue reads 8 to 32 bit PCM, 32 and 64 bit float");
    CHECK(startsWith(refusalOf(wav(pcm, {.tag = 3, .bits = 16})), "The header says 16 bits a sample"));
    for (const int format : {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
                             SF_FORMAT_CAF | SF_FORMAT_PCM_16, SF_FORMAT_W64 | SF_FORMAT_PCM_16,
                             SF_FORMAT_OGG | SF_FORMAT_VORBIS})
        CHECK(refusalOf(encoded(format, 44'100, 4, std::vector<double>(4'000))) ==
              "The file has 4 channels; Segue takes mono and stereo");
}

TEST_CASE("a header that contradicts itself is refused")
{
    const std::string pcm = bytesOf16(ramp16(120));
    CHECK(refusalOf(wav(pcm, {.blockAlign = 3})) ==
          "The header contradicts itself: 2 channels of 16 bits make 4 bytes a sample frame, it says 3");
    std::string aiff = song(SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 44'100);
    const auto frames = aiff.find("COMM") + 10;
    aiff.replace(frames, 4, be(22'050, 4));
    CHECK(refusalOf(aiff) ==
          "The header contradicts itself: it counts 0:00.500 of audio (22050 sample frames) in one place, "
          "0:01.000 (44100) in another; the file was not finished");
    aiff.replace(frames, 4, be(0, 4));
    CHECK(startsWith(refusalOf(aiff), "The header contradicts itself: it counts 0:00.000 of audio"));
}

TEST_CASE("FLAC: a false length, a damaged frame and a false checksum do not pass")
{
    const std::string whole = song(SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44'100);
    const auto measured = [](const std::string& bytes) {
        auto file = openBytes(bytes);
        if (!file) return file.error().what;
        const auto result = measureSource(**file);
        return result ? std::string{} : result.error().what;
    };
    REQUIRE(measured(whole).empty());

    std::string shorter = whole;
    shorter.replace(22, 4, be(22'050, 4));
    CHECK(measured(shorter) == "The audio is damaged: it does not match the checksum (MD5) that the file "
                               "carries. Get the file again");
    shorter.replace(26, 16, std::string(16, '\0'));
    CHECK(measured(shorter) == "The header promises 0:00.500 of audio, decoding it gives 0:01.000");
    std::string longer = whole;
    longer.replace(22, 4, be(88'200, 4));
    CHECK(measured(longer) == "The audio is cut short or damaged at 0:01.000; its header promises 0:02.000");

    std::string flipped = whole;
    flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 0x55);
    CHECK(startsWith(measured(flipped), "The audio is cut short or damaged at 0:00."));
    std::string otherSum = whole;
    otherSum[30] = static_cast<char>(otherSum[30] ^ 1);
    CHECK(startsWith(measured(otherSum), "The audio is damaged: it does not match the checksum"));
    CHECK(measured(whole.substr(0, 40)) == "The file is cut short: not even the FLAC header is whole");
}

TEST_CASE("Ogg: a missing end, a missing page and a second stream do not pass")
{
    const std::string whole = song(SF_FORMAT_OGG | SF_FORMAT_VORBIS, 100'000);
    REQUIRE(refusalOf(whole).empty());
    std::vector<std::size_t> pages;
    for (auto at = whole.find("OggS"); at != whole.npos; at = whole.find("OggS", at + 4)) pages.push_back(at);
    REQUIRE(pages.size() > 6);
    CHECK(refusalOf(whole.substr(0, pages.back())) ==
          "The file is cut short: its last page does not end the stream");
    CHECK(refusalOf(whole.substr(0, whole.size() - 5)) ==
          "The file is cut short: its last page does not end the stream");
    CHECK(refusalOf(whole + whole) == "The file holds several Ogg streams; Segue reads files with one");
    CHECK(startsWith(refusalOf(whole.substr(0, pages[4]) + whole.substr(pages[5])),
                     "The audio is cut short or damaged at 0:0"));
    CHECK(startsWith(refusalOf(whole.substr(0, pages[4]) + "x" + whole.substr(pages[4])),
                     "The file is damaged: its Ogg pages break off at byte "));
    CHECK(startsWith(refusalOf(whole + "TAG and more"),
                     "The file is damaged: its Ogg pages break off at byte "));
}

TEST_CASE("MP3: a missing end and a missing length do not pass")
{
    std::string whole = song(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 100'000);
    REQUIRE(refusalOf(whole).empty());
    CHECK(startsWith(refusalOf(whole.substr(0, whole.size() / 2)),
                     "The file is cut short: its header promises "));
    auto at = whole.find("Info");
    if (at == whole.npos) at = whole.find("Xing");
    REQUIRE(at < 100);
    whole.replace(at, 4, "none");
    CHECK(refusalOf(whole) ==
          "This MP3 file does not say how long it is (it has no Xing or Info header); convert it to WAV or "
          "FLAC first");
}

TEST_CASE("a file with bytes changed at random is read, or refused with a sentence")
{
    std::uint32_t state = 3;
    const auto next = [&] { return (state = state * 1'664'525 + 1'013'904'223) >> 8; };
    for (const int format :
         {SF_FORMAT_WAV | SF_FORMAT_PCM_24, SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
          SF_FORMAT_W64 | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_FLOAT,
          SF_FORMAT_CAF | SF_FORMAT_PCM_16, SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
          SF_FORMAT_OGG | SF_FORMAT_VORBIS}) { // not MP3: mpg123 writes to stderr what it finds
        const std::string whole = song(format, 500);
        for (int i = 0; i < 150; ++i) {
            std::string bytes = whole;
            const std::size_t reach = i % 2 == 0 ? std::min<std::size_t>(bytes.size(), 120) : bytes.size();
            for (std::uint32_t flips = 1 + next() % 3; flips > 0; --flips)
                bytes[next() % reach] = static_cast<char>(next());
            const auto file = openBytes(bytes);
            if (!file) {
                CHECK_FALSE(file.error().what.empty());
                CHECK(file.error().kind == ErrorKind::input);
                continue;
            }
            CHECK((*file)->length() > SampleCount{});
            std::vector<Frame> some(700);
            if (const auto s = (*file)->read(SamplePos{}, some); !s) CHECK_FALSE(s.error().what.empty());
        }
    }
}
