// An edition is measured as it is rendered, and what a whole track's gain changes costs no scan.

#include "measure/edition_scan.h"

#include "ebu_signals.h"
#include "support/fake_sound.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

/// 24-bit noise at about -30 dBFS, its level its own.
Formula noiseOf(std::uint64_t seed) { return noise24(seed, 0.05 + 0.02 * static_cast<double>(seed)); }

/// Three tracks of 5, 6 and 7 seconds; the third crossfaded with the second over 2 s.
Studio smallAlbum()
{
    Studio studio;
    for (const int n : {5, 6, 7}) {
        const SourceId id =
            studio.source(SampleCount{44'100 * n}, noiseOf(static_cast<std::uint64_t>(n)), false);
        auto& source = *std::ranges::find(studio.album.sources, id, &Source::id);
        source.fingerprint.xxh3 = std::string(32, static_cast<char>('0' + n));
        if (n == 7)
            studio.track({studio.clip(id)}, -seconds(2), Crossfade{});
        else
            studio.track({studio.clip(id)}, n == 6 ? seconds(2) : Duration{});
    }
    return studio;
}

SourceOpener openerOf(const Studio& studio)
{
    return [&studio](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        return std::make_unique<FakeFile>(source, studio.formulas.at(source.id));
    };
}

EditionScan scanOf(const Studio& studio, const ScanCache* cache = nullptr)
{
    auto scan = scanEdition(editionSounds(studio.album, studio.album.editions.front(), openerOf(studio)),
                            cache, {.threads = 2});
    REQUIRE(scan.has_value());
    return std::move(*scan);
}

/// All that the mixer gives of the only piece, from its first sound.
std::vector<Frame> rendered(const Studio& studio)
{
    const Timeline timeline = buildTimeline(studio.album, studio.album.editions.front());
    const Piece& piece = timeline.pieces.front();
    const SampleCount length = samplePlaces(studio.album, piece, cdRate).length;
    const RenderPlan plan = planRender(studio.album, piece, length, {});
    Mixer mixer{studio.album, piece, plan, openerOf(studio)};
    const SamplePos begin = plan.places.entries.front().start;
    std::vector<Frame> frames(static_cast<std::size_t>((SamplePos{} + length - begin).value()));
    REQUIRE(mixer.read(begin, frames).has_value());
    return frames;
}

std::vector<bool> cachedOf(const EditionScan& scan)
{
    std::vector<bool> cached;
    for (const EntryScan& entry : scan.entries) cached.push_back(entry.cached);
    return cached;
}

} // namespace

TEST_CASE("an edition's figures are those of its rendered sound")
{
    Studio studio = smallAlbum();
    studio.album.tracks[0].gain.hand = Decibels{-4};
    studio.album.tracks[1].gain.balance = Decibels{2.5};
    studio.edition().entries[2].gain = Decibels{-1};
    const EditionScan scan = scanOf(studio);
    REQUIRE(scan.entries.size() == 3);
    CHECK(scan.entries[0].gain == Decibels{-4});
    CHECK(scan.entries[0].silence == seconds(2));
    CHECK(scan.entries[2].gain == Decibels{-1});

    const SoundFigures ours = figuresOf(scan.passages());
    const std::vector<Frame> frames = rendered(studio);
    const SoundFigures whole = figuresOf(test::scanOf(frames, cdRate));
    CHECK(ours.length == whole.length);
    CHECK(std::abs(*ours.integrated - *whole.integrated) < 0.01);
    CHECK(std::abs(*ours.range - *whole.range) < 0.05);
    CHECK(std::abs(ours.truePeak->value - whole.truePeak->value) < 0.01);
    CHECK(std::abs(ours.samplePeak->value - whole.samplePeak->value) < 1e-4);
    CHECK(std::abs(*ours.rms - *whole.rms) < 1e-3);
    CHECK(std::abs(*ours.correlation - *whole.correlation) < 1e-4);
}

TEST_CASE("an overlap belongs to the incoming track")
{
    const Studio studio = smallAlbum();
    const EditionScan scan = scanOf(studio);
    CHECK(scan.entries[1].end == scan.entries[2].begin);
    CHECK((scan.entries[1].end - scan.entries[1].begin) == SampleCount{44'100 * 4});
    CHECK((scan.entries[2].end - scan.entries[2].begin) == SampleCount{44'100 * 7});
}

TEST_CASE("a changed gain of a whole track costs no scan, but in an overlap")
{
    const TempFolder folder;
    const ScanCache cache{realFileOps(), folder.path()};
    Studio studio = smallAlbum();
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{false, false, false});
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{true, true, true});

    studio.album.tracks[0].gain = {.hand = Decibels{-2}, .balance = Decibels{0.7}};
    studio.edition().entries[0].gain = Decibels{3};
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{true, true, true});

    // Both neighbours of the crossfade by the same: nothing changes between them.
    studio.album.tracks[1].gain.hand = studio.album.tracks[2].gain.hand = Decibels{-5};
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{true, true, true});
    studio.album.tracks[1].gain.hand = Decibels{-6};
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{true, true, false});

    const SoundFigures fromCache = figuresOf(scanOf(studio, &cache).passages());
    const SoundFigures anew = figuresOf(scanOf(studio).passages());
    CHECK(fromCache.integrated == anew.integrated);
    CHECK(fromCache.truePeak == anew.truePeak);
}

TEST_CASE("a track that moves keeps its scan; another cut, fade, source or place in the overlap does not")
{
    const TempFolder folder;
    const ScanCache cache{realFileOps(), folder.path()};
    const Studio before = smallAlbum();
    CHECK(cachedOf(scanOf(before, &cache)) == std::vector{false, false, false});
    Studio studio = before;
    studio.edition().entries[0].joint.gap = seconds(4);
    studio.edition().entries[1].joint.gap = seconds(3);
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{true, true, true});
    studio = before;
    studio.album.tracks[0].clips[0].fadeOut = {.length = seconds(1)};
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{false, true, true});
    studio = before;
    studio.album.tracks[1].clips[0].gain = Decibels{-1};
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{true, false, false});
    studio = before;
    studio.album.sources[0].fingerprint.xxh3 = std::string(32, 'f');
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{false, true, true});
    studio = before;
    studio.edition().entries[2].joint.gap = -seconds(3);
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{true, false, false});
}

TEST_CASE("a source without a fingerprint, or that nobody can identify, is scanned every time")
{
    const TempFolder folder;
    const ScanCache cache{realFileOps(), folder.path()};
    Studio studio = smallAlbum();
    studio.album.sources[0].fingerprint.xxh3.clear();
    std::ignore = scanOf(studio, &cache);
    CHECK(cachedOf(scanOf(studio, &cache)) == std::vector{false, true, true});
    const auto unknown = editionSounds(studio.album, studio.edition(), openerOf(studio),
                                       [](const Source&) { return std::string{}; });
    for (const ScanKey& key : unknown.keys) CHECK(key.empty());
    const auto other = editionSounds(studio.album, studio.edition(), openerOf(studio),
                                     [](const Source&) { return std::string{"another file"}; });
    const auto plain = editionSounds(studio.album, studio.edition(), openerOf(studio));
    CHECK(other.keys[1] != plain.keys[1]);
}

TEST_CASE("a muted track is silence")
{
    Studio studio = smallAlbum();
    studio.album.tracks[0].gain.hand = Decibels::silence();
    const EditionScan scan = scanOf(studio);
    const Passage own = scan.entries[0].passage();
    CHECK_FALSE(figuresOf({&own, 1}).truePeak.has_value());
    CHECK(figuresOf(scan.passages()).truePeak.has_value());
}

TEST_CASE("editions for other media are measured at their own rate")
{
    Studio studio = smallAlbum();
    studio.edition().medium = DigitalSettings{};
    CHECK(measuredRate(studio.album, studio.edition()) == SampleRate{44'100});
    studio.album.sources[1].rate = SampleRate{96'000};
    CHECK(measuredRate(studio.album, studio.edition()) == SampleRate{96'000});
    studio.edition().medium = VinylSettings{.rate = SampleRate{88'200}};
    CHECK(measuredRate(studio.album, studio.edition()) == SampleRate{88'200});
    studio.edition().medium = CdSettings{};
    CHECK(measuredRate(studio.album, studio.edition()) == SampleRate{44'100});
}
