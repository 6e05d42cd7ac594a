#include "album/check_album.h"
#include "album/history.h"
#include "album/timeline.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace segue;
using namespace segue::test;

namespace {

/// What no edit may break, or what is broken.
std::string brokenInvariant(const Album& a)
{
    std::set<std::uint32_t> ids;
    const auto fresh = [&](std::uint32_t id) { return id != 0 && id < a.nextId && ids.insert(id).second; };
    for (const Source& s : a.sources)
        if (!fresh(s.id.value)) return "source identity";
    for (const Track& t : a.tracks) {
        if (!fresh(t.id.value)) return "track identity";
        if (t.origin.noise.value == 0 || t.origin.noise.value >= a.nextId) return "noise identity";
        if (!std::ranges::is_sorted(t.indexes)) return "order of indexes";
        for (const Clip& c : t.clips) {
            if (!fresh(c.id.value)) return "clip identity";
            const Source* s = find(a, c.source);
            if (!s) return "clip without source";
            if (c.in < SampleCount{} || c.length < SampleCount{1} || c.in + c.length > s->length)
                return "clip edges";
            if (c.fadeIn.length < Duration{} || c.fadeOut.length < Duration{} ||
                c.fadeIn.length + c.fadeOut.length > lengthOf(a, c))
                return "clip fades";
        }
    }
    std::set<std::string> names;
    for (const Edition& e : a.editions) {
        if (!fresh(e.id.value)) return "edition identity";
        if (e.name.empty() || !names.insert(e.name).second) return "edition name";
        std::set<TrackId> once;
        for (std::size_t i = 0; i < e.entries.size(); ++i) {
            const Entry& entry = e.entries[i];
            if (!find(a, entry.track)) return "entry without track";
            if (!once.insert(entry.track).second) return "track twice in an edition";
            if (entry.joint.crossfade && entry.joint.gap >= Duration{}) return "crossfade without overlap";
            if (i == 0 && (entry.joint.gap < Duration{} || entry.joint.crossfade)) return "first pause";
            if (i == 0 && entry.breakBefore != Break::none) return "break before the first";
            if (entry.keepWithPrevious && (i == 0 || entry.breakBefore != Break::none))
                return "kept with nothing before it";
        }
    }
    return {};
}

/// One edit chosen and filled in by dice; often refused.
class RandomEdit {
public:
    RandomEdit(const Album& album, Dice& dice) : a_{album}, dice_{dice} {}

    Result<Album> make()
    {
        const TrackId t = anyTrack();
        const ClipId c = anyClip();
        const EditionId e = anyEdition();
        const Duration time = anyTime();
        const SampleCount samples{dice_.between(-300'000, 600'000)};
        const SampleCount length{dice_.between(-10, 600'000)};
        const auto place = static_cast<std::size_t>(dice_.between(0, 8));
        const Fade fade{anyTime(), Curve::linear};
        const Decibels gain{static_cast<double>(dice_.between(-250, 250))};
        const bool on = dice_.chance(50);
        switch (dice_.between(0, 32)) {
        case 0: return album(edit::addTrack(a_, anySource(), {}));
        case 1: return edit::removeTrack(a_, t);
        case 2: return edit::removeUnusedSources(a_);
        case 3:
        case 4: return album(edit::splitTrack(a_, t, time));
        case 5: return edit::setStartMark(a_, t, time);
        case 6: return edit::setEndMark(a_, t, on ? std::optional{time} : std::nullopt);
        case 7: return edit::setIndexes(a_, t, {time, seconds(1)});
        case 8:
            return album(
                edit::addClip(a_, t, {.source = anySource(), .in = samples, .length = length, .at = time}));
        case 9: return edit::removeClip(a_, c);
        case 10: return edit::splitClip(a_, c, time);
        case 11: return edit::trimClip(a_, c, samples, length);
        case 12: return edit::slipClip(a_, c, samples);
        case 13: return edit::moveClip(a_, c, time);
        case 14: return edit::setFadeIn(a_, c, fade);
        case 15: return edit::setFadeOut(a_, c, fade);
        case 16: return edit::setTrackFadeIn(a_, t, fade);
        case 17: return edit::setTrackFadeOut(a_, t, fade);
        case 18: return edit::setHandGain(a_, t, gain);
        case 19: return edit::setMuted(a_, c, on);
        case 20: return album(edit::copyEdition(a_, e, on ? "Copy" : "Other"));
        case 21: return edit::removeEdition(a_, e);
        case 22:
            return edit::setMedium(a_, e,
                                   on ? Medium{VinylSettings{}} : Medium{CdSettings{.startOffset = time}});
        case 23: return edit::insertEntry(a_, e, t, place, {.gap = time, .crossfade = {}});
        case 24: return edit::removeEntry(a_, e, t);
        case 25:
        case 26: return edit::moveEntry(a_, e, t, place);
        case 27: return edit::setGap(a_, e, t, time);
        case 28:
        case 29: return edit::setCrossfade(a_, e, t, time, on ? std::optional{Crossfade{}} : std::nullopt);
        case 30: return edit::setBreak(a_, e, t, on ? Break::side : Break::disc);
        case 31: return edit::setKeepWithPrevious(a_, e, t, on);
        default: break;
        }
        return shuffled(e);
    }

private:
    static Result<Album> album(auto result)
    {
        if (!result) return failure(result.error());
        return std::move(result->first);
    }

    Result<Album> shuffled(EditionId e)
    {
        std::vector<TrackId> order;
        if (const Edition* edition = find(a_, e))
            for (const Entry& entry : edition->entries)
                order.insert(order.begin() + dice_.between(0, std::ssize(order)), entry.track);
        return edit::reorder(a_, e, order);
    }

    /// Mostly within a track, now and then absurd.
    Duration anyTime()
    {
        if (dice_.chance(5)) return Duration{static_cast<std::int64_t>(dice_.next())};
        return Duration{dice_.between(-seconds(3).value(), seconds(9).value())};
    }
    SourceId anySource() { return a_.sources.empty() ? SourceId{9'999} : dice_.pick(a_.sources).id; }
    TrackId anyTrack()
    {
        return a_.tracks.empty() || dice_.chance(3) ? TrackId{9'999} : dice_.pick(a_.tracks).id;
    }
    EditionId anyEdition() { return a_.editions.empty() ? EditionId{9'999} : dice_.pick(a_.editions).id; }
    ClipId anyClip()
    {
        std::vector<ClipId> all;
        for (const Track& t : a_.tracks)
            for (const Clip& c : t.clips) all.push_back(c.id);
        return all.empty() || dice_.chance(3) ? ClipId{9'999} : dice_.pick(all);
    }

    const Album& a_;
    Dice& dice_;
};

} // namespace

TEST_CASE("1,000 random sequences of edits leave a sound album, and undo leads back through equal ones")
{
    std::size_t done = 0, refused = 0;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        CAPTURE(seed);
        Dice dice{seed};
        History history{seed % 2 == 0 ? randomAlbum(seed) : album({5, 6, 7, 8})};
        std::vector<Album> before{*history.now()};
        for (int i = 0; i < 20; ++i) {
            const Album now = *history.now();
            auto changed = RandomEdit{now, dice}.make();
            if (!changed) {
                ++refused;
                REQUIRE(!changed.error().what.empty());
                continue;
            }
            ++done;
            REQUIRE(brokenInvariant(*changed) == "");
            for (const Edition& e : changed->editions) {
                // Whatever edits can make has places and findings.
                for (const Timeline t = buildTimeline(*changed, e); const Piece& piece : t.pieces) {
                    const SampleTimeline places = samplePlaces(*changed, piece, cdRate);
                    REQUIRE(places.entries.size() == piece.entries.size());
                }
                for (const Finding& f : checkEdition(*changed, e)) REQUIRE(!f.message.empty());
            }
            if (*changed == now) continue;
            history.push("Edit", std::move(*changed));
            before.push_back(*history.now());
        }
        for (std::size_t i = before.size(); i-- > 0;) {
            REQUIRE(*history.now() == before[i]);
            REQUIRE(history.undo() == (i > 0));
        }
    }
    CHECK(done > 5'000);
    CHECK(refused > 2'000);
}

TEST_CASE("edits that change nothing return an equal album")
{
    const Album a = randomAlbum(7);
    const Track& t = a.tracks[0];
    const Edition& e = a.editions[0];
    const Entry& entry = e.entries[1];
    const Clip& c = t.clips[0];
    CHECK(edit::setStartMark(a, t.id, {}) == a);
    CHECK(edit::setEndMark(a, t.id, t.end) == a);
    CHECK(edit::setIndexes(a, t.id, t.indexes) == a);
    CHECK(edit::trimClip(a, c.id, c.in, c.length) == a);
    CHECK(edit::slipClip(a, c.id, {}) == a);
    CHECK(edit::moveClip(a, c.id, c.at) == a);
    CHECK(edit::setFadeIn(a, c.id, c.fadeIn) == a);
    CHECK(edit::setFadeOut(a, c.id, c.fadeOut) == a);
    CHECK(edit::setChannelMap(a, c.id, c.map) == a);
    CHECK(edit::setIsrc(a, t.id, t.isrc) == a);
    CHECK(edit::setTrackText(a, t.id, TextField::title, english, t.texts.title) == a);
    CHECK(edit::moveEntry(a, e.id, entry.track, 1) == a);
    CHECK(edit::setGap(a, e.id, entry.track, entry.joint.gap) == a);
    CHECK(edit::setEntryGain(a, e.id, entry.track, entry.gain) == a);
    CHECK(edit::setBreak(a, e.id, entry.track, entry.breakBefore) == a);
    CHECK(edit::setMedium(a, e.id, e.medium) == a);
}
