#include "reference/reference_renderer.h"
#include "support/album_builder.h"
#include "support/fake_sound.h"
#include "support/scale.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

using namespace segue;
using namespace segue::test;

namespace {

/// The same album with every length and place 1/40 as long: all features, a fraction of a second a track.
void shrink(Album& album)
{
    const auto less = [](auto& value) {
        value = std::remove_reference_t<decltype(value)>{value.value() / 40};
    };
    for (Source& source : album.sources) less(source.length);
    for (Track& track : album.tracks) {
        for (Clip& clip : track.clips) {
            less(clip.in), less(clip.length), less(clip.at);
            less(clip.fadeIn.length), less(clip.fadeOut.length);
        }
        if (track.end) less(*track.end);
        less(track.origin.shift);
        track.indexes.clear();
    }
    for (Edition& edition : album.editions) {
        for (Entry& entry : edition.entries) less(entry.joint.gap);
        if (auto* cd = std::get_if<CdSettings>(&edition.medium)) {
            less(cd->startOffset), less(cd->endOffset), less(cd->firstPause), less(cd->endSilence);
        }
    }
}

/// After a split: lets the first half sound on into the second one and joins them by a crossfade of standard
/// curves, so that the same recording runs in step on both sides.
bool overlapWithItself(Album& album, TrackId first, TrackId second, SampleCount overlap)
{
    Track& before = *std::ranges::find(album.tracks, first, &Track::id);
    if (before.clips.empty() || !before.end) return false;
    Clip& last = *std::ranges::max_element(before.clips, {}, &Clip::at);
    const Source& source = *find(album, last.source);
    if (last.in + last.length + overlap > source.length) return false;
    last.length += overlap;
    const Duration length = nearestDuration(overlap, source.rate);
    before.end = *before.end + length;
    for (Edition& edition : album.editions)
        for (Entry& entry : edition.entries)
            if (entry.track == second) entry.joint = {-length, Crossfade{}};
    return true;
}

/// What the generator seldom or never makes: full scale, split tracks that crossfade with themselves, gains
/// that add up to 0 dB, clips cut short by neighbours, long overlaps of several entries. Says how many tracks
/// overlap themselves in step.
int addRarities(Album& album, Dice& dice)
{
    int inStep = 0;
    const std::vector<Curve> curves{allCurves.begin(), allCurves.end()};
    for (Track& track : album.tracks) {
        if (dice.chance(8)) {
            track.gain.hand = Decibels{2.5};
            track.gain.balance = Decibels{-2.5};
        }
        if (dice.chance(8)) track.gain.hand = Decibels::silence();
        if (dice.chance(8)) track.gain.hand = Decibels{0.02};
        for (Clip& clip : track.clips) {
            if (dice.chance(10)) clip.muted = !clip.muted;
            if (dice.chance(20))
                clip.fadeIn = {Duration{lengthOf(album, clip).value() / 3}, dice.pick(curves)};
            if (dice.chance(20))
                clip.fadeOut = {Duration{lengthOf(album, clip).value() / 2}, dice.pick(curves)};
        }
    }
    for (Edition& edition : album.editions)
        for (std::size_t k = 1; k < edition.entries.size(); ++k) {
            Entry& entry = edition.entries[k];
            if (dice.chance(30)) entry.joint.gap = -Duration{dice.between(1, flicksPerSecond / 4)};
            if (dice.chance(50)) {
                entry.joint.crossfade = Crossfade{};
                if (dice.chance(50)) entry.joint.crossfade->in = dice.pick(curves);
                if (dice.chance(50)) entry.joint.crossfade->out = dice.pick(curves);
            }
        }
    const std::vector<Track> before = album.tracks;
    for (const Track& track : before) {
        if (!dice.chance(25)) continue;
        auto split =
            edit::splitTrack(album, track.id, Duration{dice.between(1, endOf(album, track).value())});
        if (!split) continue;
        album = std::move(split->first);
        if (dice.chance(50)) {
            inStep += overlapWithItself(album, track.id, split->second, SampleCount{dice.between(20, 2'000)})
                          ? 1
                          : 0;
            continue;
        }
        const auto length = milliseconds(dice.between(1, 50));
        if (!dice.chance(50)) continue;
        auto faded = edit::setCrossfade(album, album.editions[0].id, split->second, length, Crossfade{});
        if (faded) album = std::move(*faded);
    }
    return inStep;
}

Frame formulaOf(const Source& source, std::int64_t at)
{
    // Some sources peak at full scale, so that overs occur.
    const std::uint64_t seed = source.id.value;
    if (source.fingerprint.sixteenBitExact) return noise16(seed)(at);
    return noise24(seed, seed % 3 == 0 ? 1.0 : 0.25)(at);
}

RenderSettings settingsOf(const Edition& edition, Dice& dice)
{
    RenderSettings settings;
    if (const auto* vinyl = std::get_if<VinylSettings>(&edition.medium))
        settings.rate = vinyl->rate.value_or(cdRate);
    if (const auto* files = std::get_if<DigitalSettings>(&edition.medium))
        settings.rate = files->rate.value_or(cdRate);
    const bool shapes = settings.rate.hertz() < 50'000;
    settings.dither =
        shapes ? dice.pick(std::vector{Dither::tpdf, Dither::none, Dither::shapedLight, Dither::shapedStrong})
               : dice.pick(std::vector{Dither::tpdf, Dither::none});
    settings.seed = dice.chance(50) ? 1 : dice.next();
    settings.ditherWholeTracks = dice.chance(30);
    return settings;
}

std::string text(const RenderSpan& s)
{
    return fmt::format("[{}, {}) kind {} reason {} entry {}", s.begin.value(), s.end.value(),
                       static_cast<int>(s.kind), static_cast<int>(s.reason), s.entry);
}

/// Threads and blocks differ from album to album: no bit may depend on them.
RenderWork workFor(std::uint64_t number)
{
    constexpr std::array threads{1, 2, 8};
    constexpr std::array blocks{4096, 65'536, 77, 16'384, 588};
    return {threads[number % threads.size()], blocks[number % blocks.size()], {}};
}

struct Seen {
    std::set<SpanReason> reasons{};
    std::set<Dither> dithers{};
    std::set<int> rates{};
    std::size_t pieces = 0, overs = 0;
    int inStep = 0;
    std::int64_t frames = 0;
};

void compare(std::uint64_t number, const Album& album, const Edition& edition, const RenderSettings& settings,
             Seen& seen)
{
    const auto expected = reference::render(album, edition, settings, formulaOf);
    const Timeline timeline = buildTimeline(album, edition);
    REQUIRE(timeline.pieces.size() == expected.size());
    const SourceOpener open = [](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        return std::make_unique<FakeFile>(source,
                                          [source](std::int64_t at) { return formulaOf(source, at); });
    };
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto where = fmt::format("album seed {}, edition {}, piece {}", number, edition.name, i + 1);
        const Piece& piece = timeline.pieces[i];
        const reference::Rendering& slow = expected[i];
        SampleCount length = samplePlaces(album, piece, settings.rate).length;
        if (const auto* cd = std::get_if<CdSettings>(&edition.medium))
            length = firstSample(cdMarks(album, *cd, piece).leadOut) - SamplePos{};
        REQUIRE_MESSAGE(length.value() == std::ssize(slow.frames), where);

        const RenderPlan plan = planRender(album, piece, length, settings);
        for (std::size_t s = 0; s < std::min(plan.spans.size(), slow.spans.size()); ++s)
            REQUIRE_MESSAGE(plan.spans[s] == slow.spans[s], where << ", span " << s << ": "
                                                                  << text(plan.spans[s]) << ", reference "
                                                                  << text(slow.spans[s]));
        REQUIRE_MESSAGE(plan.spans.size() == slow.spans.size(), where);

        std::vector<Pcm16Frame> fast(slow.frames.size());
        const auto outcome = renderPcm16(album, piece, plan, settings, open, workFor(number),
                                         [&](SamplePos at, std::span<const Pcm16Frame> block) -> Status {
                                             std::ranges::copy(block, fast.begin() + at.value());
                                             return {};
                                         });
        REQUIRE_MESSAGE(outcome.has_value(), where << ": " << (outcome ? "" : sentence(outcome.error())));
        const auto differs = std::ranges::mismatch(fast, slow.frames);
        if (differs.in1 != fast.end()) {
            const auto at = differs.in1 - fast.begin();
            FAIL(where << ", sample " << at << ": " << differs.in1->left << "/" << differs.in1->right
                       << ", reference " << differs.in2->left << "/" << differs.in2->right);
        }
        REQUIRE_MESSAGE(outcome->overs == slow.overs, where);
        for (const RenderSpan& span : plan.spans) seen.reasons.insert(span.reason);
        seen.overs += slow.overs.size();
        seen.frames += length.value();
        ++seen.pieces;
    }
    seen.dithers.insert(settings.dither);
    seen.rates.insert(settings.rate.hertz());
}

} // namespace

TEST_CASE("the renderer equals the reference renderer bit for bit, spans, samples and overs, on albums with "
          "everything")
{
    Seen seen;
    const auto count = static_cast<std::uint64_t>(scaled(200));
    for (std::uint64_t number = 1; number <= count; ++number) {
        Album album = randomAlbum(number);
        shrink(album);
        Dice dice{number + 1'000'000};
        if (dice.chance(70)) seen.inStep += addRarities(album, dice);
        // The CD always; of the others one in turn, as they convert nearly everything.
        for (std::size_t e = 0; e < album.editions.size(); ++e)
            if (const RenderSettings settings = settingsOf(album.editions[e], dice);
                e == 0 || number % 4 == e)
                compare(number, album, album.editions[e], settings, seen);
    }
    MESSAGE("pieces " << seen.pieces << ", frames " << seen.frames << ", entries with overs " << seen.overs
                      << ", tracks that overlap themselves in step " << seen.inStep);
    torture::figure("V2", "random albums rendered twice, by Segue and by the reference renderer", count, 0,
                    fmt::format("{} pieces, {} samples of two channels, equal spans, samples and overs",
                                seen.pieces, seen.frames));
    if (count < 200) return;
    CHECK(seen.reasons.size() == 10); // every reason, and none
    CHECK(seen.dithers.size() == 4);
    CHECK(seen.rates == std::set{44'100, 48'000, 96'000});
    CHECK(seen.overs > 0);
    CHECK(seen.inStep > 5);
    CHECK(seen.pieces > count * 5 / 4);
}
