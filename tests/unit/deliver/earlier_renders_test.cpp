// A re-export takes from the last one what did not change, and nothing else.

#include "deliver/earlier_renders.h"

#include "deliver/followed_bytes.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

/// Four tracks, delivered once with the cache, the second then made quieter.
struct Delivered : SmallDelivery {
    Delivered() : SmallDelivery{{{}, {.bits = 24}, {}, {.frames = 5 * 44'100, .bits = 24}}}
    {
        options.cacheFolder = folder / "cache";
        options.work.blockFrames = 4096;
        const auto first = exportTo(realFileOps(), out());
        REQUIRE(first.has_value());
        REQUIRE(first->written);
        options.replace = true;
    }
    void change() { album = get(edit::setHandGain(std::move(album), track(album, 2), Decibels{-1})); }
    [[nodiscard]] Path renders() const { return folder / "cache/renders"; }
    [[nodiscard]] Path description() const
    {
        std::vector<Path> found;
        for (const auto& entry : std::filesystem::directory_iterator{renders()})
            found.push_back(entry.path());
        REQUIRE(found.size() == 1);
        return found.front();
    }
    [[nodiscard]] std::vector<RenderPart> parts() const
    {
        const Edition& edition = firstEdition(album);
        const PlannedDisc disc = planDiscs(album, edition, options.disc).front();
        const SampleCount length{disc.disc.leadOut.value() * samplesPerCdFrame};
        return renderParts(album, disc.piece, planRender(album, disc.piece, length, options.render),
                           options.render);
    }
    /// What a full export of the album as it is gives.
    [[nodiscard]] std::map<std::string, std::string> fullExport()
    {
        DdpExportOptions plain = options;
        plain.cacheFolder.clear();
        plain.replace = false;
        REQUIRE(exportDdp(realFileOps(), album, firstEdition(album), folder / "full/OUT", plain).has_value());
        auto files = everything("full");
        std::map<std::string, std::string> named;
        for (auto& [name, bytes] : files) named[name.substr(5)] = std::move(bytes);
        return named;
    }
    void checkEqualToFullExport()
    {
        std::filesystem::create_directories(folder / "full");
        const auto full = fullExport();
        REQUIRE(full.size() >= 8);
        for (const auto& [name, bytes] : full) {
            CAPTURE(name);
            CHECK((folder.read(name) == bytes)); // without printing the image
        }
    }
};

bool hasFinding(const DdpExportOutcome& outcome, std::string_view rule)
{
    return std::ranges::any_of(outcome.findings, [&](const Finding& f) { return f.rule == rule; });
}

} // namespace

TEST_CASE("a re-export after a change is byte for byte the full one, reports included")
{
    for (const int threads : {1, 2}) {
        Delivered album;
        album.options.work.threads = threads;
        album.change();
        const auto again = album.exportTo(realFileOps(), album.out());
        REQUIRE(again.has_value());
        REQUIRE(again->written);
        album.checkEqualToFullExport();
    }
}

TEST_CASE("only the part that changed is rendered again")
{
    Delivered album;
    {
        const EarlierRenders earlier{realFileOps(), album.renders()};
        for (const RenderPart& part : album.parts()) CHECK(earlier.has(part));
    }
    album.change();
    const EarlierRenders earlier{realFileOps(), album.renders()};
    const auto parts = album.parts();
    REQUIRE(parts.size() == 4);
    CHECK(earlier.has(parts[0]));
    CHECK_FALSE(earlier.has(parts[1]));
    CHECK(earlier.has(parts[2]));
    CHECK(earlier.has(parts[3]));
}

TEST_CASE("a part hands over the samples that were delivered, at its new place")
{
    Delivered album;
    const std::string image = album.image();
    EarlierRenders earlier{realFileOps(), album.renders()};
    for (RenderPart part : album.parts()) {
        const std::int64_t begin = part.begin.value(), length = (part.end - part.begin).value();
        part.begin += SampleCount{1000};
        part.end += SampleCount{1000};
        std::string got;
        const auto overs =
            earlier.give(part, [&](SamplePos at, std::span<const Pcm16Frame> frames) -> Status {
                CHECK(at.value() == part.begin.value() + static_cast<std::int64_t>(got.size() / 4));
                const auto bytes = std::as_bytes(frames);
                got.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
                return {};
            });
        REQUIRE(overs.has_value());
        CHECK(
            (got == image.substr(static_cast<std::size_t>(begin) * 4, static_cast<std::size_t>(length) * 4)));
    }
    CHECK_FALSE(earlier.disappointed().has_value());
}

TEST_CASE("an earlier image that was touched is not taken from")
{
    Delivered album;
    std::filesystem::last_write_time(album.out() / "IMAGE.DAT", std::filesystem::file_time_type{});
    const EarlierRenders earlier{realFileOps(), album.renders()};
    for (const RenderPart& part : album.parts()) CHECK_FALSE(earlier.has(part));
    CHECK_FALSE(earlier.md5Of(album.out() / "IMAGE.DAT").has_value());
}

TEST_CASE("an earlier image whose bytes changed unseen is found out; everything is rendered, and it is said")
{
    Delivered album;
    const Path description = album.description();
    auto image = renderedImageOf(album.folder.read("cache/renders/" + description.filename().string()));
    REQUIRE(image.has_value());
    // As if the disk had lost a bit of the third track without a trace.
    image->blocks[image->blocks.size() * 5 / 8].hash.back() ^= 1;
    album.folder.write("cache/renders/" + description.filename().string(), textOf(*image));
    album.change();
    const auto again = album.exportTo(realFileOps(), album.out());
    REQUIRE(again.has_value());
    REQUIRE(again->written);
    CHECK(hasFinding(*again, "DELIVER.EARLIER_IMAGE"));
    CHECK(firstFault(album.out()).empty());
    const std::string image2 = album.image();
    album.options.cacheFolder.clear();
    REQUIRE(album.exportTo(realFileOps(), album.out()).has_value());
    CHECK((album.image() == image2));
}

TEST_CASE("a source that changed is found although its part need not be rendered")
{
    Delivered album;
    album.change();
    std::string wav = album.folder.read("audio/3.wav");
    wav[wav.size() / 2] ^= 4;
    album.folder.write("audio/3.wav", wav);
    const auto again = album.exportTo(realFileOps(), album.out());
    REQUIRE(again.has_value());
    CHECK_FALSE(again->written);
    CHECK(hasFinding(*again, "AUDIO.CHANGED"));
}

TEST_CASE(
    "a delivery remembers the bytes of its source files, and so does a re-export that did not measure them")
{
    Delivered album;
    for (int round = 0; round < 2; ++round) {
        const auto image =
            renderedImageOf(album.folder.read("cache/renders/" + album.description().filename().string()));
        REQUIRE(image.has_value());
        REQUIRE(image->sources.size() == 4);
        for (const KnownFile& file : image->sources) {
            const auto source =
                std::ranges::find(album.album.sources, file.fingerprint, &Source::fingerprint);
            REQUIRE(source != album.album.sources.end());
            CHECK(file.hash == hashOfFile(realFileOps(), source->path, {}));
            CHECK(file.size == static_cast<std::int64_t>(std::filesystem::file_size(source->path)));
        }
        album.change();
        REQUIRE(album.exportTo(realFileOps(), album.out()).has_value());
    }
}

TEST_CASE("a source with other bytes and the same samples is measured, and is what it was")
{
    Delivered album;
    album.change();
    // A chunk behind the sound that nobody reads.
    std::string wav = album.folder.read("audio/3.wav") + std::string{"note\x02\0\0\0hi", 10};
    const auto riffSize = static_cast<std::uint32_t>(wav.size() - 8);
    for (std::size_t i = 0; i < 4; ++i) wav[4 + i] = static_cast<char>(riffSize >> (8 * i) & 0xFF);
    album.folder.write("audio/3.wav", wav);
    const auto again = album.exportTo(realFileOps(), album.out());
    REQUIRE(again.has_value());
    CHECK(again->written);
    CHECK_FALSE(hasFinding(*again, "AUDIO.CHANGED"));
    album.checkEqualToFullExport();
}

TEST_CASE("overs are reported also of parts that were taken over")
{
    SmallDelivery small;
    small.options.cacheFolder = small.folder / "cache";
    small.options.allow = {"AUDIO.OVER"};
    small.album = get(edit::setHandGain(std::move(small.album), track(small.album, 2), Decibels{12}));
    const auto first = small.exportTo(realFileOps(), small.out());
    REQUIRE(first.has_value());
    REQUIRE(first->written);
    REQUIRE_FALSE(first->discs.front().outcome.overs.empty());
    small.options.replace = true;
    small.album = get(edit::setHandGain(std::move(small.album), track(small.album, 1), Decibels{-1}));
    const auto again = small.exportTo(realFileOps(), small.out());
    REQUIRE(again.has_value());
    CHECK(again->discs.front().outcome.overs == first->discs.front().outcome.overs);
}

TEST_CASE("a description that is damaged anywhere is none")
{
    Delivered album;
    const std::string text = album.folder.read("cache/renders/" + album.description().filename().string());
    REQUIRE(renderedImageOf(text).has_value());
    CHECK(textOf(*renderedImageOf(text)) == text);
    Dice dice{3};
    for (int i = 0; i < 300; ++i) {
        std::string damaged = text;
        const auto at = static_cast<std::size_t>(dice.between(0, std::ssize(text) - 1));
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << dice.between(0, 6)));
        CHECK_FALSE(renderedImageOf(damaged).has_value());
        CHECK_FALSE(renderedImageOf(text.substr(0, at)).has_value());
    }
}

TEST_CASE("no more than sixteen images are remembered")
{
    const TempFolder folder;
    const Path renders = folder / "cache/renders";
    for (int i = 0; i < 20; ++i) {
        const Path path = folder.write("image" + std::to_string(i), "x");
        EarlierRenders{realFileOps(), renders}.remember({.path = path, .md5 = "m"});
    }
    CHECK(std::distance(std::filesystem::directory_iterator{renders}, {}) == 16);
}

TEST_CASE("a cache folder that cannot be used changes nothing")
{
    SmallDelivery small;
    small.options.cacheFolder = small.folder.write("cache", "a file, not a folder");
    const auto outcome = small.exportTo(realFileOps(), small.out());
    REQUIRE(outcome.has_value());
    CHECK(outcome->written);
}
