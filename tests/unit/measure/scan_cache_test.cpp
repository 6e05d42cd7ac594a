// The cache gives back what was kept, or nothing; whatever the disk does, nobody else notices.

#include "measure/scan_cache.h"

#include "core/hash.h"
#include "core/testing_file_ops.h"
#include "ebu_signals.h"
#include "measure/cache_files.h"
#include "measure/scan_files.h"
#include "support/generated_music.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <cerrno>

using namespace segue;
using namespace segue::test;

namespace {

ScannedSound someSound(double seconds = 3)
{
    auto music = generatedMusic(9, 8000, seconds);
    for (std::size_t i = 20; i < 24; ++i) music[i].left = 1;
    return scanOf(music, SampleRate{8000});
}

ScanKey keyNamed(char letter) { return ScanKey(32, letter); }

} // namespace

TEST_CASE("what the scan cache keeps it finds again")
{
    const TempFolder folder;
    const ScanCache cache{realFileOps(), folder / "new/scans"};
    for (const double seconds : {0.01, 0.1, 3.0}) {
        const ScannedSound sound = someSound(seconds);
        cache.keep(keyNamed('a'), sound);
        const auto found = cache.find(keyNamed('a'));
        REQUIRE(found.has_value());
        CHECK(*found == sound);
    }
    CHECK_FALSE(cache.find(keyNamed('b')).has_value());
    CHECK_FALSE(cache.find("../../etc/passwd").has_value());
    CHECK_FALSE(cache.find("").has_value());
}

TEST_CASE("a scan file that is torn, changed, of another version or another key is no scan")
{
    const ScannedSound sound = someSound();
    const auto good = bytesOf(sound, keyNamed('a'));
    CHECK(scannedSoundOf(good, keyNamed('a')) == sound);
    CHECK_FALSE(scannedSoundOf(good, keyNamed('b')).has_value());
    for (std::size_t length = 0; length < good.size(); length += 97)
        CHECK_FALSE(scannedSoundOf(std::span{good}.first(length), keyNamed('a')).has_value());
    for (std::size_t at = 0; at < good.size(); at += 53) {
        auto bad = good;
        bad[at] ^= std::byte{0x40};
        CHECK_FALSE(scannedSoundOf(bad, keyNamed('a')).has_value());
    }
    // Sealed again, so that only what it says is wrong.
    const auto resealed = [&](std::size_t at, std::uint8_t value) {
        auto bad = good;
        bad.resize(bad.size() - sealLength);
        bad[at] = std::byte{value};
        seal(bad);
        return scannedSoundOf(bad, keyNamed('a'));
    };
    CHECK(resealed(12, 2).has_value());          // two channels, as it was
    CHECK_FALSE(resealed(8, 99).has_value());    // the version
    CHECK_FALSE(resealed(12, 7).has_value());    // channels
    CHECK_FALSE(resealed(31, 0x7F).has_value()); // a length beyond all sense
    CHECK_FALSE(resealed(38, 0x7F).has_value()); // more hops than there are bytes
    CHECK_FALSE(resealed(8, 2).has_value());     // as it was with hops of another form
    CHECK_FALSE(resealed(20, 200).has_value());  // more places
}

TEST_CASE("a damaged scan file is replaced")
{
    const TempFolder folder;
    const ScanCache cache{realFileOps(), folder.path()};
    const ScannedSound sound = someSound();
    folder.write(keyNamed('a') + ".scan", "not one of ours");
    CHECK_FALSE(cache.find(keyNamed('a')).has_value());
    cache.keep(keyNamed('a'), sound);
    CHECK(cache.find(keyNamed('a')) == sound);
    CHECK_FALSE(folder.has(keyNamed('a') + ".scan.bak"));
}

TEST_CASE("the scan cache stays within its limit and leaves what is not its own")
{
    const TempFolder folder;
    const ScannedSound sound = someSound();
    const auto size = std::ssize(bytesOf(sound, keyNamed('a')));
    const ScanCache cache{realFileOps(), folder.path(), 2 * size};
    folder.write("holiday.jpg", std::string(100'000, 'x'));
    for (const char letter : {'a', 'b', 'c', 'd'}) cache.keep(keyNamed(letter), sound);
    int kept = 0;
    for (const char letter : {'a', 'b', 'c', 'd'}) kept += cache.find(keyNamed(letter)) ? 1 : 0;
    CHECK(kept == 2);
    CHECK(cache.find(keyNamed('d')).has_value());
    CHECK(folder.has("holiday.jpg"));
    const ScanCache tiny{realFileOps(), folder / "tiny", size - 1};
    tiny.keep(keyNamed('a'), sound);
    CHECK_FALSE(tiny.find(keyNamed('a')).has_value());
}

TEST_CASE("a file is measured once, and again when it is another")
{
    const TempFolder folder;
    const ScanCache cache{realFileOps(), folder / "scans"};
    const std::string bytes = wav(bytesOf16(ramp16(60'000)));
    const std::vector<Path> paths{folder.write("one.wav", bytes)};
    const auto scan = [&] { return scanFiles(realFileOps(), paths, {.cache = &cache}); };
    const auto first = scan();
    REQUIRE(first.front().has_value());
    CHECK_FALSE(first.front()->cached);
    const auto second = scan();
    REQUIRE(second.front().has_value());
    CHECK(second.front()->cached);
    CHECK(second.front()->sound == first.front()->sound);
    // As long, other samples, and the date put back.
    const auto when = std::filesystem::last_write_time(paths.front());
    auto changed = ramp16(60'000);
    changed[5] = 77;
    folder.write("one.wav", wav(bytesOf16(changed)));
    std::filesystem::last_write_time(paths.front(), when);
    const auto third = scan();
    REQUIRE(third.front().has_value());
    CHECK_FALSE(third.front()->cached);
    CHECK(third.front()->sound != first.front()->sound);
}

TEST_CASE("files that cannot be measured are errors by name, the others have figures")
{
    const TempFolder folder;
    const std::vector<Path> paths{folder.write("text.wav", "hello"), folder / "nothere.wav",
                                  folder.write("good.wav", wav(bytesOf16(ramp16(5000))))};
    const auto files = scanFiles(realFileOps(), paths, {});
    REQUIRE(files.size() == 3);
    CHECK_FALSE(files[0].has_value());
    CHECK_FALSE(files[1].has_value());
    REQUIRE(files[2].has_value());
    CHECK(files[2]->sound.length == SampleCount{5000});
}

TEST_CASE("scans are handed over in the order of the files, whichever is there first, and need not be kept")
{
    const TempFolder folder;
    const ScanCache cache{realFileOps(), folder / "scans"};
    const auto sound = [](std::size_t frames) { return wav(bytesOf16(ramp16(frames))); };
    const std::vector<Path> paths{folder.write("long.wav", sound(2'000'000)),
                                  folder.write("text.wav", "hello"),
                                  folder.write("known.wav", sound(5000)),
                                  folder.write("short.wav", sound(10)),
                                  folder / "nothere.wav",
                                  folder.write("b.wav", sound(1'200'000))};
    const std::vector<Path> known{paths[2]};
    REQUIRE(scanFiles(realFileOps(), known, {.cache = &cache}).front().has_value());
    for (const int threads : {1, 2, 5}) {
        std::vector<std::size_t> order;
        std::vector<std::int64_t> lengths;
        const auto results = scanFiles(realFileOps(), paths,
                                       {.cache = threads == 1 ? &cache : nullptr,
                                        .work = {.threads = threads},
                                        .inOrder = [&](std::size_t file, Result<ScannedFile>& scanned) {
                                            order.push_back(file);
                                            if (!scanned) return;
                                            const ScannedFile own = std::move(*scanned);
                                            lengths.push_back(own.sound.length.value());
                                        }});
        CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
        CHECK(lengths == std::vector<std::int64_t>{2'000'000, 5000, 10, 1'200'000});
        CHECK_FALSE(results[1].has_value());
        CHECK_FALSE(results[4].has_value());
        for (const auto& result : results)
            if (result) CHECK(result->sound.hops.empty());
    }
}
