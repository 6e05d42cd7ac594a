// A set is the same bytes whatever machine, locale, number of threads or block size made it.

#include "core/testing_file_ops.h"
#include "support/foreign_locale.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <array>
#include <utility>

using namespace segue;
using namespace segue::test;

namespace {

std::string noiseAt(int rate, std::size_t frames, int bits)
{
    std::string bytes = noiseWav(77, frames, bits);
    const auto hertz = static_cast<std::uint64_t>(rate);
    return bytes.replace(24, 4, le(hertz, 4))
        .replace(28, 4, le(hertz * static_cast<std::uint64_t>(bits / 4), 4));
}

/// Copied, dithered, faded, crossfaded and resampled sound, and texts with digits and an I in them.
struct EveryKind : SmallDelivery {
    EveryKind() : SmallDelivery{{{}, {.frames = 5 * 44'100 + 1, .bits = 24}, {}}}
    {
        const Path path = folder.write("audio/4.wav", noiseAt(48'000, 5 * 48'000 + 11, 24));
        AddedSource added = get(addSourceFile(realFileOps(), std::move(album), path, {}, {}));
        Texts texts;
        texts.title = "INTERLUDE I (1,234.5)";
        auto [all, id] = get(edit::addTrack(std::move(added.album), added.source, texts));
        const EditionId cd = edition(all);
        all = get(edit::insertEntry(std::move(all), cd, id, 3, {.gap = milliseconds(1234), .crossfade = {}}));
        all = get(edit::setTrackFadeIn(std::move(all), track(all, 1), {milliseconds(700), Curve::cosine}));
        all = get(edit::setTrackFadeOut(std::move(all), track(all, 4), {seconds(1), Curve::exponential}));
        all = get(edit::setCrossfade(std::move(all), cd, track(all, 3), milliseconds(350), Crossfade{}));
        all = get(edit::setHandGain(std::move(all), track(all, 2), Decibels{-1.5}));
        album = std::move(all);
        options.checksumTxt = true;
        options.imageCue = true;
    }
};

using Contents = std::map<std::string, std::string>;

/// The set and its reports; the disk is left as it was.
Contents delivered(const SmallDelivery& small)
{
    FaultyFileOps quick{realFileOps(), {.pretendSync = true}};
    const auto outcome = small.exportTo(quick, small.out());
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    for (const Finding& f : outcome->findings)
        if (f.level == Finding::Level::error) FAIL(f.message);
    REQUIRE(outcome->written);
    Contents all = small.everything();
    std::erase_if(all, [](const auto& file) { return file.first.starts_with("audio/"); });
    std::filesystem::remove_all(small.out());
    for (const std::string report : {"OUT.report.json", "OUT.report.txt"})
        std::filesystem::remove(small.folder / report);
    return all;
}

void checkEqual(const Contents& made, const Contents& meant)
{
    REQUIRE(made.size() == meant.size());
    for (const auto& [name, bytes] : meant) {
        CAPTURE(name);
        REQUIRE(made.contains(name));
        CHECK((made.at(name) == bytes)); // without printing the image
    }
}

void checkBlocksAndThreads(Dither dither)
{
    EveryKind small;
    small.options.render.dither = dither;
    const Contents meant = delivered(small);
    REQUIRE(meant.contains("OUT/IMAGE.DAT"));
    REQUIRE(meant.size() >= 10);
    // Single frames take long; their threads are those that change places most.
    constexpr std::array<std::pair<int, int>, 11> work{{{1, 8},
                                                        {7, 2},
                                                        {588, 1},
                                                        {588, 2},
                                                        {588, 8},
                                                        {16'384, 1},
                                                        {16'384, 2},
                                                        {16'384, 8},
                                                        {65'536, 1},
                                                        {65'536, 2},
                                                        {65'536, 8}}};
    for (const auto& [frames, threads] : work) {
        CAPTURE(frames);
        CAPTURE(threads);
        small.options.work.blockFrames = frames;
        small.options.work.threads = threads;
        checkEqual(delivered(small), meant);
    }
}

} // namespace

TEST_CASE("a whole export is the same bytes for every number of threads and every block size")
{
    checkBlocksAndThreads(Dither::tpdf);
}
TEST_CASE(
    "a whole export with shaped dither is the same bytes for every number of threads and every block size")
{
    checkBlocksAndThreads(Dither::shapedStrong);
}

TEST_CASE("a whole export is the same bytes in every locale")
{
    EveryKind small;
    const Contents meant = delivered(small);
    for (const char* name : {"C", "de_DE.UTF-8", "tr_TR.UTF-8"}) {
        const ForeignLocale locale{name};
        if (!locale.there()) {
            MESSAGE("skipped: the locale " << std::string{name} << " is not installed");
            continue;
        }
        CAPTURE(std::string{name});
        checkEqual(delivered(small), meant);
    }
}
