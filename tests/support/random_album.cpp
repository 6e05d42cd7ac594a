#include "album/check_album.h"
#include "support/album_builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::test {

namespace {

using detail::scaleNearest;

/// Marks that the Red Book takes: at least 4 s from INDEX 01 to INDEX 01, everything in order.
bool marksAreGood(const Album& album, const Edition& edition)
{
    const auto* cd = std::get_if<CdSettings>(&edition.medium);
    if (!cd) return true;
    for (const Piece& piece : buildTimeline(album, edition).pieces) {
        const DiscMarks marks = cdMarks(album, *cd, piece);
        std::vector<CdFramePos> inOrder, starts;
        for (const TrackMarks& m : marks.tracks) {
            if (m.pauseStart) inOrder.push_back(*m.pauseStart);
            inOrder.insert(inOrder.end(), m.indexes.begin(), m.indexes.end());
            starts.push_back(m.indexes.front());
        }
        inOrder.push_back(marks.leadOut);
        starts.push_back(marks.leadOut);
        const auto notBehind = [](CdFramePos a, CdFramePos b) { return a >= b; };
        const auto tooShort = [](CdFramePos a, CdFramePos b) { return b - a < CdFrameCount{300}; };
        if (starts.front() < CdFramePos{150} ||
            std::ranges::adjacent_find(inOrder, notBehind) != inOrder.end() ||
            std::ranges::adjacent_find(starts, tooShort) != starts.end())
            return false;
    }
    return true;
}

bool isGood(const Album& album)
{
    return std::ranges::all_of(album.editions, [&album](const Edition& edition) {
        return marksAreGood(album, edition) && !blocks(checkEdition(album, edition));
    });
}

class Generator {
public:
    Generator(std::uint64_t seed, const AlbumFeatures& features) : dice_{seed}, use_{features} {}

    Album run()
    {
        addSources();
        CdSettings cd;
        if (use_.offsets && dice_.chance(50)) {
            cd.startOffset = place(0, 120);
            cd.endOffset = place(0, 120);
            cd.endSilence = place(0, 500);
        }
        if (dice_.chance(30)) cd.firstPause = seconds(2) + place(0, 700);
        album_ = get(edit::addEdition(std::move(album_), "CD", cd)).first;
        const auto tracks = dice_.between(2, use_.mostTracks);
        for (int i = 0; i < tracks; ++i) addTrack(i);
        for (int i = 0; i < 4; ++i) changeEachTrack();
        changeTheCd();
        if (use_.otherEditions) addOtherEditions();
        if (use_.signOffs) acceptSome();
        return std::move(album_);
    }

private:
    /// A time in this range of milliseconds: a whole CD frame, or with oddPlaces often any flick.
    Duration place(std::int64_t fromMs, std::int64_t toMs)
    {
        const Duration any =
            milliseconds(fromMs) + Duration{dice_.between(0, (milliseconds(toMs - fromMs)).value())};
        if (use_.oddPlaces && dice_.chance(60)) return any;
        return durationOf(CdFrameCount{scaleNearest(any.value(), 1, flicksPerCdFrame)});
    }
    Curve curve() { return allCurves[static_cast<std::size_t>(dice_.between(0, std::ssize(allCurves) - 1))]; }
    Decibels gain() { return Decibels{static_cast<double>(dice_.between(-60, 20)) / 10}; }
    TrackId anyTrack() { return dice_.pick(album_.editions[0].entries).track; }
    bool flip(bool feature, int percent) { return dice_.chance(percent) && feature; }

    /// Keeps the change only when it was allowed and the album breaks no rule.
    void attempt(Result<Album> changed)
    {
        if (changed && isGood(*changed)) album_ = std::move(*changed);
    }

    void addSources()
    {
        for (int i = 1; i <= use_.mostTracks + 2; ++i) {
            SourceShape shape;
            if (flip(use_.rates, 45)) shape.hertz = dice_.pick(std::vector{48'000, 88'200, 96'000, 44'100});
            if (flip(use_.mono, 25)) shape.channels = 1;
            if (flip(use_.wide, 40)) {
                shape.bits = 24;
                shape.sixteenBitExact = dice_.chance(30);
            }
            const double length = static_cast<double>(dice_.between(52'000, 98'000)) / 10'000;
            album_ = get(edit::addSource(std::move(album_), source(i, length, shape))).first;
        }
    }

    /// Some stretch of a source, at least this long.
    Clip clipOf(const Source& source, std::int64_t leastMs, std::int64_t mostMs)
    {
        const auto samples = [&source](std::int64_t ms) {
            return nearestSamples(milliseconds(ms), source.rate).value();
        };
        const auto length = std::min(source.length.value(), dice_.between(samples(leastMs), samples(mostMs)));
        return {.source = source.id,
                .in = SampleCount{dice_.between(0, source.length.value() - length)},
                .length = SampleCount{length}};
    }

    void addTrack(int number)
    {
        Clip clip = clipOf(album_.sources.at(static_cast<std::size_t>(number)), 5'000, 9'800);
        if (use_.oddPlaces && dice_.chance(30)) clip.at = place(0, 20);
        Texts texts;
        texts.title = fmt::format("Song {}", number + 1);
        auto [album, id] = get(edit::addTrack(std::move(album_), std::vector{clip}, texts));
        const Duration gap = number == 0 ? seconds(2) + (dice_.chance(40) ? place(0, 1'500) : Duration{})
                             : dice_.chance(25) ? Duration{}
                                                : place(0, 2'500);
        const EditionId cd = album.editions[0].id;
        const std::size_t last = album.editions[0].entries.size();
        album_ = get(edit::insertEntry(std::move(album), cd, id, last, {.gap = gap, .crossfade = {}}));
    }

    void changeEachTrack()
    {
        std::vector<TrackId> ids;
        for (const Entry& entry : album_.editions[0].entries) ids.push_back(entry.track);
        for (const TrackId id : ids) {
            addMoreClips(id);
            moveMarks(id);
            changeClips(id);
            changeTrack(id);
            changeJoint(id);
        }
    }

    void addMoreClips(TrackId id)
    {
        const Source source = dice_.pick(album_.sources);
        if (flip(use_.severalClips, 20)) {
            Clip stem = clipOf(source, 500, 3'000);
            stem.at = place(0, 2'000);
            attempt(onlyAlbum(edit::addClip(album_, id, stem)));
        }
        if (flip(use_.severalClips, 15)) {
            const Clip clip = dice_.pick(find(album_, id)->clips);
            attempt(edit::splitClip(album_, clip.id, clip.at + place(200, 4'000)));
        }
        if (flip(use_.earlyClips, 10)) {
            Clip early = clipOf(source, 100, 900);
            early.at = -place(10, 900);
            attempt(onlyAlbum(edit::addClip(album_, id, early)));
        }
    }

    void moveMarks(TrackId id)
    {
        const Duration end = endOf(album_, *find(album_, id));
        if (flip(use_.tails, 12)) attempt(edit::setEndMark(album_, id, end - place(1, 900)));
        if (flip(use_.tails, 5)) attempt(edit::setEndMark(album_, id, end + place(1, 900)));
        if (flip(use_.earlyClips, 10))
            attempt(edit::setStartMark(album_, id, place(0, 800) - milliseconds(400)));
        if (flip(use_.splits, 20)) attempt(onlyAlbum(edit::splitTrack(album_, id, place(4'000, 5'500))));
        if (flip(use_.indexes, 12)) {
            std::vector<Duration> indexes;
            for (auto n = dice_.between(1, 4); n > 0; --n) indexes.push_back(place(500, 4'500));
            attempt(edit::setIndexes(album_, id, indexes));
        }
    }

    void changeClips(TrackId id)
    {
        const std::vector<Clip> clips = find(album_, id)->clips;
        if (clips.empty()) return;
        const Clip& clip = dice_.pick(clips);
        const std::vector maps{ChannelMap::normal, ChannelMap::swapped, ChannelMap::leftToBoth,
                               ChannelMap::rightToBoth, ChannelMap::monoSum};
        if (flip(use_.gains, 12)) attempt(edit::setClipGain(album_, clip.id, gain()));
        if (flip(use_.polarity, 10)) attempt(edit::setInverted(album_, clip.id, !clip.inverted));
        if (flip(use_.maps, 12)) attempt(edit::setChannelMap(album_, clip.id, dice_.pick(maps)));
        if (flip(use_.muted, 5)) attempt(edit::setMuted(album_, clip.id, !clip.muted));
        if (flip(use_.fades, 12)) attempt(edit::setFadeIn(album_, clip.id, {place(0, 900), curve()}));
        if (flip(use_.fades, 12)) attempt(edit::setFadeOut(album_, clip.id, {place(0, 900), curve()}));
        if (flip(use_.fades, 6)) attempt(edit::setTrackFadeIn(album_, id, {place(0, 900), curve()}));
        if (flip(use_.fades, 6)) attempt(edit::setTrackFadeOut(album_, id, {place(0, 900), curve()}));
    }

    void changeTrack(TrackId id)
    {
        if (flip(use_.gains, 8)) attempt(edit::setHandGain(album_, id, gain()));
        if (flip(use_.gains, 8)) attempt(edit::setBalanceGain(album_, id, gain()));
        if (!use_.codes) return;
        if (dice_.chance(20)) {
            ControlFlags flags{.preEmphasis = dice_.chance(20), .copyPermitted = dice_.chance(40)};
            flags.scms = !flags.copyPermitted && dice_.chance(30);
            attempt(edit::setFlags(album_, id, flags));
        }
        if (dice_.chance(30))
            attempt(edit::setIsrc(album_, id, get(Isrc::parse(fmt::format("DESGE26{:05}", id.value)))));
        const std::vector<std::string> words{"Ana",    "Café del Mar", "Étude",    "Für Elise",
                                             "Mañana", "A & B",        "Göteborg", "¿Qué?"};
        const auto field =
            allTextFields[static_cast<std::size_t>(dice_.between(0, std::ssize(allTextFields) - 1))];
        if (dice_.chance(30))
            attempt(edit::setTrackText(album_, id, field, album_.info.language,
                                       fmt::format("{} {}", dice_.pick(words), id.value)));
    }

    void changeJoint(TrackId id)
    {
        const EditionId cd = album_.editions[0].id;
        if (flip(use_.overlaps, 6)) attempt(edit::setGap(album_, cd, id, -place(1, 900)));
        if (flip(use_.crossfades, 10)) {
            Crossfade curves;
            if (dice_.chance(50)) curves = {.out = curve(), .in = curve()};
            attempt(edit::setCrossfade(album_, cd, id, place(20, 900), curves));
        }
        if (flip(use_.gains, 8)) attempt(edit::setEntryGain(album_, cd, id, gain()));
    }

    void changeTheCd()
    {
        const EditionId cd = album_.editions[0].id;
        if (use_.codes) {
            album_ = get(edit::setAlbumText(std::move(album_), TextField::title, english, "Généré"));
            album_ =
                get(edit::setAlbumText(std::move(album_), TextField::performer, english, "The Generator"));
            if (dice_.chance(60))
                album_ = get(edit::setUpc(std::move(album_), get(UpcEan::parse("4006381333931"))));
        }
        if (flip(use_.breaks, 25)) attempt(edit::setBreak(album_, cd, anyTrack(), Break::disc));
    }

    void addOtherEditions()
    {
        const EditionId cd = album_.editions[0].id;
        const std::vector<std::pair<std::string, Medium>> kinds{
            {"Vinyl", VinylSettings{.rate = SampleRate{96'000}, .speed = 45, .lathe = "tight"}},
            {"Digital", DigitalSettings{.rate = SampleRate{48'000}}}};
        for (const auto& [name, medium] : kinds) {
            auto [album, id] = get(edit::copyEdition(album_, cd, name));
            attempt(edit::setMedium(std::move(album), id, medium));
            if (album_.editions.back().name != name) continue;
            // One roll a statement: the order of arguments is the compiler's.
            const TrackId moved = anyTrack(), spaced = anyTrack();
            const auto to =
                static_cast<std::size_t>(dice_.between(0, std::ssize(album_.editions[0].entries) - 1));
            const Duration gap = place(0, 1'500);
            if (dice_.chance(50)) attempt(edit::moveEntry(album_, id, moved, to));
            if (dice_.chance(50)) attempt(edit::setGap(album_, id, spaced, gap));
            if (flip(use_.breaks, 60)) attempt(edit::setBreak(album_, id, anyTrack(), Break::side));
        }
    }

    void acceptSome()
    {
        const std::vector<std::string> notes{"", "meant", "is the drummer's \"tick\" & belongs to it",
                                             "two\nlines"};
        const auto accept = [&](SignOff signOff) {
            signOff.note = dice_.pick(notes);
            album_ = get(edit::acceptFinding(std::move(album_), std::move(signOff)));
        };
        for (auto n = dice_.between(1, 3); n > 0; --n) {
            const Duration at = place(0, 4'000);
            accept({.rule = "FAULT.CLICK",
                    .heard = dice_.pick(album_.sources).fingerprint.xxh3,
                    .at = at,
                    .said = fmt::format("A click of {} samples", n)});
        }
        accept({.rule = "ALBUM.HARD_BREAK", .track = anyTrack(), .said = "It stops hard"});
        if (dice_.chance(50))
            accept({.rule = "FAULT.JOINT_EDGE",
                    .track = anyTrack(),
                    .heard = std::string(32, '7'),
                    .at = place(0, 2'000) - milliseconds(700),
                    .said = "It starts hard"});
        if (dice_.chance(50)) accept({.rule = "CODE.UPC_MISSING", .said = "There is no UPC/EAN"});
    }

    static Result<Album> onlyAlbum(auto result)
    {
        if (!result) return failure(result.error());
        return std::move(result->first);
    }

    Dice dice_;
    AlbumFeatures use_;
    Album album_{};
};

} // namespace

Album randomAlbum(std::uint64_t seed, const AlbumFeatures& features)
{
    return Generator{seed, features}.run();
}

} // namespace segue::test
