// The cache gives back what was kept, or nothing; whatever the disk does, nobody else notices.

#include "measure/overview_cache.h"

#include "core/hash.h"
#include "core/testing_file_ops.h"
#include "support/album_builder.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>

using namespace segue;
using namespace segue::test;

namespace {

/// A source of this many frames whose fingerprint is made of one letter.
Source sourceOf(std::int64_t frames, char letter = 'a', int channels = 2)
{
    return {.id = SourceId{1},
            .path = "/music/song.wav",
            .rate = cdRate,
            .length = SampleCount{frames},
            .channels = channels,
            .fingerprint = {.xxh3 = std::string(32, letter)}};
}

Overview overviewFor(const Source& source, std::uint64_t seed = 1)
{
    Dice dice{seed};
    std::vector<Frame> frames(static_cast<std::size_t>(source.length.value()));
    for (Frame& f : frames)
        f = {static_cast<double>(dice.between(-32'768, 32'767)) / 32'768,
             static_cast<double>(dice.between(-99, 99)) / 32'768};
    OverviewBuilder builder{source.channels, source.length};
    builder.take(frames);
    return builder.overview();
}

bool same(const Overview& a, const Overview& b)
{
    return a.shape() == b.shape() && std::ranges::equal(a.bins(), b.bins());
}

std::string fileName(const Source& source) { return source.fingerprint.xxh3 + ".overview"; }

/// The number of files in the folder.
std::size_t countIn(const TempFolder& folder)
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator{folder.path()}) ++count;
    return count;
}

} // namespace

TEST_CASE("what the overview cache keeps it finds again, in the same bins")
{
    const TempFolder folder;
    const OverviewCache cache{realFileOps(), folder / "new/overviews"};
    for (const std::int64_t frames : {1, 256, 257, 5000})
        for (const int channels : {1, 2}) {
            CAPTURE(frames);
            const Source source = sourceOf(frames, static_cast<char>('0' + channels), channels);
            const Overview overview = overviewFor(source);
            cache.keep(source, overview);
            const auto found = cache.find(source);
            REQUIRE(found.has_value());
            CHECK(same(*found, overview));
        }
    CHECK_FALSE(cache.find(sourceOf(5000, 'b')).has_value());
}

TEST_CASE("the overview cache's file is laid out as documented")
{
    const Source source = sourceOf(300, 'c', 1);
    OverviewBuilder builder{1, source.length};
    std::vector<Frame> frames(300);
    frames[0] = {-0.5, 0};
    builder.take(frames);
    const auto bytes = bytesOf(builder.overview(), source.fingerprint);
    const std::string text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    const auto zeros = [](std::size_t count) { return std::string(count, '\0'); };
    const std::string head = "segueovw" + std::string{"\x01\0\0\0\x01\0\0\0\x2c\x01\0\0\0\0\0\0", 16} +
                             std::string{"\0\x01\0\0\x04\0\0\0\x03\0\0\0\0\0\0\0", 16} + zeros(8) +
                             std::string(32, 'c');
    REQUIRE(text.size() == 80 + 3 * 6 + 32);
    CHECK(text.substr(0, 80) == head);
    // RMS 16384/16 of the first bin, nothing in the second, 16384/sqrt(300) of both.
    CHECK(text.substr(80, 6) == std::string{"\x00\xc0\x00\x00\x00\x04", 6});
    CHECK(text.substr(86, 6) == zeros(6));
    CHECK(text.substr(92, 6) == std::string{"\x00\xc0\x00\x00\xb2\x03", 6});
}

TEST_CASE("an overview file with any byte changed, missing or added is no hit")
{
    const Source source = sourceOf(700);
    const auto bytes = bytesOf(overviewFor(source), source.fingerprint);
    REQUIRE(overviewOf(bytes, source).has_value());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto damaged = bytes;
        damaged[at] ^= std::byte{1};
        CAPTURE(at);
        CHECK_FALSE(overviewOf(damaged, source).has_value());
        CHECK_FALSE(overviewOf(std::span{bytes}.first(at), source).has_value());
    }
    auto longer = bytes;
    longer.push_back(std::byte{});
    CHECK_FALSE(overviewOf(longer, source).has_value());
}

TEST_CASE("an overview of another version is no hit although its checksum is right")
{
    const Source source = sourceOf(700);
    const auto bytes = bytesOf(overviewFor(source), source.fingerprint);
    const auto withVersion = [&](std::byte version) {
        auto changed = bytes;
        changed[8] = version;
        const auto hasher = makeXxh3_128();
        hasher->update(std::span{changed}.first(changed.size() - 32));
        const std::string seal = hasher->finish();
        std::ranges::copy(segue::bytesOf(std::string_view{seal}), changed.end() - 32);
        return overviewOf(changed, source);
    };
    CHECK(withVersion(std::byte{1}).has_value());
    CHECK_FALSE(withVersion(std::byte{2}).has_value());
    CHECK_FALSE(withVersion(std::byte{0}).has_value());
}

TEST_CASE("an overview is found by fingerprint, length and channels together")
{
    const TempFolder folder;
    const OverviewCache cache{realFileOps(), folder.path()};
    cache.keep(sourceOf(700), overviewFor(sourceOf(700)));
    CHECK(cache.find(sourceOf(700)).has_value());
    CHECK_FALSE(cache.find(sourceOf(701)).has_value());
    CHECK_FALSE(cache.find(sourceOf(700, 'a', 1)).has_value());
    CHECK_FALSE(cache.find(sourceOf(0)).has_value());
    CHECK_FALSE(cache.find(sourceOf(-700)).has_value());
    CHECK_FALSE(cache.find(sourceOf(INT64_MAX)).has_value());
}

TEST_CASE("a fingerprint that is none leads to no file")
{
    FaultyFileOps files{realFileOps(), {}};
    const OverviewCache cache{files, "/overviews"};
    for (const char* key : {"", "short", "../../../../../../../../etc/pass",
                            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"}) {
        Source source = sourceOf(700);
        const Overview overview = overviewFor(source);
        source.fingerprint.xxh3 = key;
        cache.keep(source, overview);
        CHECK_FALSE(cache.find(source).has_value());
    }
    const OverviewCache nowhere{files, {}};
    nowhere.keep(sourceOf(700), overviewFor(sourceOf(700)));
    CHECK_FALSE(nowhere.find(sourceOf(700)).has_value());
    CHECK(files.counted() == 0);
}

TEST_CASE("an overview that is not complete is not kept")
{
    const TempFolder folder;
    const OverviewCache cache{realFileOps(), folder.path()};
    OverviewBuilder builder{2, SampleCount{700}};
    builder.take(std::vector<Frame>(600));
    cache.keep(sourceOf(700), builder.overview());
    CHECK(countIn(folder) == 0);
}

TEST_CASE("the overview cache removes the oldest, leaves strangers alone and never what it just kept")
{
    const TempFolder folder;
    const std::int64_t size = std::ssize(bytesOf(overviewFor(sourceOf(700)), sourceOf(700).fingerprint));
    const OverviewCache cache{realFileOps(), folder.path(), 3 * size};
    folder.write("notes.txt", std::string(100'000, 'x'));
    const std::string leftover = "." + fileName(sourceOf(700, 'f')) + ".tmp-killed";
    folder.write(leftover, std::string(static_cast<std::size_t>(size), 'x'));
    const auto age = [&](const std::string& name, int hours) {
        std::filesystem::last_write_time(folder / name, std::filesystem::file_time_type::clock::now() -
                                                            std::chrono::hours{hours});
    };
    age(leftover, 100);
    for (const char letter : {'a', 'b', 'c', 'd', 'e'}) {
        cache.keep(sourceOf(700, letter), overviewFor(sourceOf(700)));
        REQUIRE(cache.find(sourceOf(700, letter)).has_value());
        age(fileName(sourceOf(700, letter)), 90 - (letter - 'a'));
    }
    CHECK_FALSE(folder.has(leftover));
    CHECK(folder.has("notes.txt"));
    for (const char letter : {'a', 'b'}) CHECK_FALSE(cache.find(sourceOf(700, letter)).has_value());
    for (const char letter : {'c', 'd', 'e'}) CHECK(cache.find(sourceOf(700, letter)).has_value());
    const OverviewCache tiny{realFileOps(), folder.path(), size - 1};
    tiny.keep(sourceOf(700, '9'), overviewFor(sourceOf(700)));
    CHECK_FALSE(tiny.find(sourceOf(700, '9')).has_value());
}

TEST_CASE("a damaged overview is replaced by a good one, and nothing else stays")
{
    const TempFolder folder;
    const OverviewCache cache{realFileOps(), folder.path()};
    const Source source = sourceOf(700);
    folder.write(fileName(source), "rubbish");
    CHECK_FALSE(cache.find(source).has_value());
    cache.keep(source, overviewFor(source));
    CHECK(cache.find(source).has_value());
    CHECK(countIn(folder) == 1);
}

TEST_CASE("whichever file call fails, an overview is kept whole or not at all")
{
    const Source source = sourceOf(700);
    const Overview overview = overviewFor(source);
    std::int64_t calls = 1;
    for (std::int64_t failAt = -1; failAt < calls; ++failAt)
        for (const bool forEver : {false, true}) {
            const TempFolder folder;
            FaultyFileOps files{realFileOps(), {.failAt = failAt, .error = ENOSPC, .forEver = forEver}};
            const OverviewCache cache{files, folder / "o"};
            cache.keep(source, overview);
            if (failAt < 0) calls = files.counted();
            CAPTURE(failAt);
            const auto found = OverviewCache{realFileOps(), folder / "o"}.find(source);
            if (failAt < 0) REQUIRE(found.has_value());
            if (found) CHECK(same(*found, overview));
        }
    CHECK(calls > 8);
}

TEST_CASE("whichever file call fails, looking an overview up is no hit or the right one")
{
    const TempFolder folder;
    const Source source = sourceOf(700);
    const Overview overview = overviewFor(source);
    OverviewCache{realFileOps(), folder.path()}.keep(source, overview);
    std::int64_t calls = 1;
    int hits = 0;
    for (std::int64_t failAt = -1; failAt < calls; ++failAt) {
        FaultyFileOps files{realFileOps(), {.failAt = failAt}};
        const auto found = OverviewCache{files, folder.path()}.find(source);
        if (failAt < 0) calls = files.counted();
        if (found) CHECK(same(*found, overview));
        hits += found ? 1 : 0;
    }
    CHECK(calls > 2);
    CHECK(hits < calls);
}
