// Whatever a decoding library does to a process, the program that asked goes on and names the file.
#include "app/add_files.h"
#include "app/audio_probe.h"
#include "app/import_cue.h"

#include "support/album_builder.h"
#include "support/run_segue.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"
#include "support/test_paths.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <csignal>
#include <thread>

using namespace segue;
using namespace segue::test;

namespace {

constexpr const char* misbehaving = MISBEHAVING_PROBER;
constexpr ProbeLimits oneSecond{.memory = std::int64_t{1} << 28, .milliseconds = 1000};
/// Far beyond what any of these tests takes: a test that waits for it fails by its length.
constexpr ProbeLimits patient{.memory = std::int64_t{1} << 28, .milliseconds = 60'000};

std::string flac(std::size_t frames = 6'000)
{
    return encoded(SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44'100, 2, doublesOf(ramp16(frames)));
}

std::string said(AudioProber& prober, const Path& path)
{
    const auto taken = prober.libraryTakes(path);
    if (!taken) return sentence(taken.error());
    return *taken ? "taken" : "refused";
}

const std::string unsafe = ": This file cannot be read safely: the library that decodes it ";
const std::string advice = ". Convert it with another program, or get it again";

} // namespace

TEST_CASE("a library that crashes, hangs or eats memory becomes a sentence that names the file")
{
    AudioProber prober{misbehaving, patient}, hasty{misbehaving, oneSecond};
    CHECK(said(prober, "crash.flac") == "crash.flac" + unsafe + "crashed (signal 11)" + advice);
    CHECK(said(prober, "abort.mp3") == "abort.mp3" + unsafe + "crashed (signal 6)" + advice);
    CHECK(said(hasty, "hang.ogg") == "hang.ogg" + unsafe + "takes longer than 1 s" + advice);
    CHECK(said(hasty, "spin.ogg") == "spin.ogg" + unsafe + "takes longer than 1 s" + advice);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    CHECK(said(prober, "eat.flac") == "eat.flac" + unsafe + "wants more than 256 MiB of memory" + advice);
#endif
    CHECK(prober.libraryTakes("crash.flac").error().kind == ErrorKind::input);
}

TEST_CASE("a child that spins with nobody watching ends by its own limit of processor time")
{
    AudioProber prober{misbehaving, patient};
    CHECK(said(prober, "spin.flac").find("takes longer than") != std::string::npos);
}

TEST_CASE("the files before and after a deadly one are judged for themselves")
{
    const TempFolder folder;
    const Path good = folder.write("good.flac", flac());
    AudioProber prober{misbehaving, patient};
    for (int i = 0; i < 3; ++i) {
        CHECK(said(prober, good) == "taken");
        CHECK(said(prober, "refuse.flac") == "refused");
        CHECK(said(prober, "crash.flac").starts_with("crash.flac: This file cannot be read safely"));
        CHECK(said(prober, good) == "taken");
    }
}

TEST_CASE("the library's no is the same sentence with and without a prober; PCM never asks")
{
    const TempFolder folder;
    const Path bad = folder.write("bad.flac", flac().substr(0, 42) + std::string(500, '\x55'));
    const Path pcm = folder.write("crash.wav", wav(bytesOf16(ramp16(100))));
    AudioProber prober{segueProgram()}, deadly{misbehaving, patient};
    const auto with = addSourceFile(realFileOps(), {}, bad, {}, {}, &prober);
    const auto without = addSourceFile(realFileOps(), {}, bad, {}, {});
    REQUIRE_FALSE(with.has_value());
    REQUIRE_FALSE(without.has_value());
    CHECK(with.error() == without.error());
    CHECK(addSourceFile(realFileOps(), {}, pcm, {}, {}, &deadly).has_value());
    const Path refused = folder.write("refuse.flac", flac());
    CHECK(addSourceFile(realFileOps(), {}, refused, {}, {}, &deadly).error().what ==
          "The FLAC file is damaged or of a kind that Segue cannot read");
}

TEST_CASE("a deadly file in a cue sheet is named with its line")
{
    const TempFolder folder;
    folder.write("crash.flac", flac(200'000));
    const Path sheet =
        folder.write("a.cue", "FILE \"crash.flac\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n");
    AudioProber prober{misbehaving, patient};
    const auto imported = importCue(realFileOps(), sheet, {.prober = &prober});
    REQUIRE_FALSE(imported.has_value());
    CHECK(sentence(imported.error()) ==
          "a.cue, line 1: " + (folder / "crash.flac").string() + unsafe + "crashed (signal 11)" + advice);
}

TEST_CASE("a deadly source of somebody else's album is named; what is missing or PCM asks nobody")
{
    const TempFolder folder;
    const auto albumOf = [&](const std::string& name) {
        Album album;
        album.sources.push_back({.path = (folder / name).string(), .format = {.container = "FLAC"}});
        return album;
    };
    folder.write("crash.flac", flac());
    folder.write("refuse.flac", flac());
    folder.write("crash.wav", wav(std::string(400, '\1')));
    AudioProber prober{misbehaving, patient}, nobody{"/nonexistent/segue"};
    const auto crash = probeSources(realFileOps(), albumOf("crash.flac"), prober);
    REQUIRE_FALSE(crash.has_value());
    CHECK(sentence(crash.error()) ==
          (folder / "crash.flac").string() + unsafe + "crashed (signal 11)" + advice);
    // Others have sentences of their own for these.
    CHECK(probeSources(realFileOps(), albumOf("refuse.flac"), prober).has_value());
    CHECK(probeSources(realFileOps(), albumOf("crash.wav"), nobody).has_value());
    CHECK(probeSources(realFileOps(), albumOf("absent.flac"), nobody).has_value());
    CHECK_FALSE(probeSources(realFileOps(), albumOf("refuse.flac"), nobody).has_value());
}

TEST_CASE("stopping ends the wait for a hanging library")
{
    AudioProber prober{misbehaving, patient};
    std::stop_source source;
    std::jthread stopper{[&] { source.request_stop(); }};
    const auto taken = prober.libraryTakes("hang.flac", source.get_token());
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().kind == ErrorKind::cancelled);
    CHECK(said(prober, "refuse.flac") == "refused");
}

TEST_CASE("a prober that is not there, or is another program, is named and nothing is read unguarded")
{
    AudioProber missing{"/nonexistent/segue"}, other{"/bin/true"};
    CHECK(said(missing, "a.flac") ==
          "/nonexistent/segue: The process that tries out unknown audio files could "
          "not be started: there is no such file or folder");
    const auto error = other.libraryTakes("a.flac").error();
    CHECK(error.where == "/bin/true");
    CHECK(error.kind == ErrorKind::io);
}

TEST_CASE("the program itself is the prober, and takes every coded format")
{
    const TempFolder folder;
    std::vector<std::string> words{"new", (folder / "a.segue").string()};
    for (const auto& [name, format] : {std::pair{"1.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
                                       {"2.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
                                       {"3.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III},
                                       {"4.wav", SF_FORMAT_WAV | SF_FORMAT_ALAW},
                                       {"5.aif", SF_FORMAT_AIFF | SF_FORMAT_ULAW},
                                       {"6.caf", SF_FORMAT_CAF | SF_FORMAT_ALAW}})
        words.push_back(folder.write(name, encoded(format, 44'100, 2, doublesOf(ramp16(200'000)))).string());
    const Ran ran = runSegue(words);
    CHECK(ran.exitCode == 0);
    CHECK(ran.err.find("6 tracks") != std::string::npos);
}

TEST_CASE("an opener that tries first never gives a deadly file to the library in this process")
{
    const TempFolder folder;
    const Path good = folder.write("a.flac", flac());
    std::vector<std::string> opened;
    const SourceOpener plain = [&](const Source& source) {
        opened.push_back(Path{source.path}.filename());
        return openAudioFile(realFileOps(), source.path);
    };
    const SourceOpener open =
        triedFirst(realFileOps(), plain, std::make_shared<AudioProber>(misbehaving, patient));
    const Source source = get(addSourceFile(realFileOps(), {}, good, {}, {})).album.sources.front();
    CHECK(open(source).has_value());
    CHECK(open(source).has_value());
    Source deadly = source;
    deadly.path = folder.write("crash.flac", flac());
    for (int i = 0; i < 2; ++i)
        CHECK(open(deadly).error().what.find("crashed (signal 11)") != std::string::npos);
    CHECK(opened == std::vector<std::string>{"a.flac", "a.flac"});

    // What has changed since is tried again.
    folder.write("a.flac", flac().substr(0, 42) + std::string(500, '\x55'));
    CHECK(open(source).error().what == "The FLAC file is damaged or of a kind that Segue cannot read");
    CHECK(opened.size() == 2);

    Source missing = source;
    missing.path = folder.path() / "missing.flac";
    CHECK(open(missing).error() == plain(missing).error());
}
