#include "unit/project/ugly_albums.h"

#include "project/exact_time.h"

#include <array>
#include <limits>

namespace segue::test {

namespace {

// SplitMix64: the same numbers from every library.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}
    std::uint64_t next()
    {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    std::int64_t between(std::int64_t least, std::int64_t most)
    {
        return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
    }
    bool one(std::int64_t in) { return between(1, in) == 1; }
    template <class T, std::size_t n>
    const T& of(const std::array<T, n>& all)
    {
        return all[static_cast<std::size_t>(between(0, n - 1))];
    }

private:
    std::uint64_t state_;
};

class Maker {
public:
    explicit Maker(std::uint64_t seed) : dice_{seed} {}

    Album album()
    {
        Album a;
        a.info = info();
        for (auto n = dice_.between(0, 4); n > 0; --n) a.sources.push_back(source());
        for (auto n = dice_.between(0, 6); n > 0; --n) a.tracks.push_back(track(a));
        for (auto n = dice_.between(0, 3); n > 0; --n) a.editions.push_back(edition(a));
        a.nextId = id_ + static_cast<std::uint32_t>(dice_.between(0, 5));
        return a;
    }

private:
    std::string text()
    {
        static const std::array<std::string, 18> pieces{"",
                                                        "Night",
                                                        " ",
                                                        "\"quoted\"",
                                                        "<&>'",
                                                        "\n",
                                                        "\t",
                                                        "caf\u00e9",
                                                        "e\u0301",
                                                        "\u65e5\u672c",
                                                        "\U0001F3B5",
                                                        "\r",
                                                        "&amp;",
                                                        "]]>",
                                                        "\u202e",
                                                        "--",
                                                        std::string("\x01\0\x1f", 3),
                                                        "\xff\xfe"};
        std::string all;
        for (auto n = dice_.between(0, 4); n > 0; --n) all += dice_.of(pieces);
        return all;
    }
    std::optional<std::string> maybeText() { return dice_.one(2) ? std::optional{text()} : std::nullopt; }
    Texts texts()
    {
        Texts all;
        for (const TextField f : allTextFields) all[f] = maybeText();
        return all;
    }
    std::vector<Translation> translations()
    {
        std::vector<Translation> all;
        for (const std::uint8_t code : std::array<std::uint8_t, 3>{0x08, 0x0f, 0x69})
            if (dice_.one(4)) all.push_back({Language{code}, texts()});
        return all;
    }
    Duration time()
    {
        switch (dice_.between(0, 5)) {
        case 0: return {};
        case 1: return milliseconds(dice_.between(-100'000, 100'000));
        case 2: return durationOf(CdFrameCount{dice_.between(-9000, 360'000)});
        case 3: return nearestDuration(SampleCount{dice_.between(-44'100, 200'000'000)}, SampleRate{rate()});
        case 4: return Duration{dice_.between(-1'000'000, 1'000'000)};
        default: return Duration{dice_.between(-longestStoredTime.value(), longestStoredTime.value())};
        }
    }
    int rate()
    {
        return dice_.of(std::array{8000, 22050, 44100, 48000, 88200, 96000, 176400, 192000, 352800, 384000});
    }
    Decibels decibels()
    {
        switch (dice_.between(0, 5)) {
        case 0: return Decibels::silence();
        case 1: return Decibels{static_cast<double>(dice_.between(-600, 120)) / 10};
        case 2:
            return Decibels{static_cast<double>(dice_.between(-1'000'000'007, 1'000'000'007)) /
                            1'000'000'009.0};
        case 3: return Decibels{static_cast<double>(dice_.between(-999, 999)) + 0.1 + 1e-13};
        default: return {};
        }
    }
    Fade fade()
    {
        const Duration length = time();
        return {dice_.one(2) ? Duration{} : Duration{length.value() < 0 ? -length.value() : length.value()},
                dice_.of(allCurves)};
    }
    AlbumInfo info()
    {
        AlbumInfo i{.texts = texts(), .translations = translations()};
        i.language = Language{static_cast<std::uint8_t>(dice_.between(0, 255))};
        if (dice_.one(2))
            i.upc = UpcEan::parseDigits(dice_.one(2) ? "0123456789012" : "4006381333931").value();
        if (dice_.one(2)) i.genreCode = static_cast<int>(dice_.between(0, 27));
        for (std::string* s : {&i.genreText, &i.discId, &i.catalog, &i.label, &i.date, &i.studio, &i.engineer,
                               &i.contact, &i.masterVersion, &i.note})
            *s = text();
        return i;
    }
    Source source()
    {
        static const std::array<std::string, 8> paths{"/music/album/a.wav",
                                                      "/music/album/deep/er/b.flac",
                                                      "/music/masters/c.wav",
                                                      "/elsewhere/d.wav",
                                                      "/music/album/../x.wav",
                                                      "/music/album/cafe\u0301.wav",
                                                      "/music/album/caf\u00e9 \"<&>.wav",
                                                      "/music/album/C:\\x"};
        Source s{.id = {id_++}, .path = dice_.of(paths), .rate = SampleRate{rate()}};
        if (dice_.one(5)) s.path += std::string("\x01\xff", 2);
        s.length = SampleCount{dice_.between(0, 300'000 * std::int64_t{s.rate.hertz()})};
        s.channels = static_cast<int>(dice_.between(1, 2));
        s.format = {text(), text(), static_cast<int>(dice_.between(0, 64))};
        if (dice_.one(2)) s.fingerprint = {"0123456789abcdef0123456789abcdef", dice_.one(2)};
        return s;
    }
    Clip clip(const Album& a)
    {
        const Source& s = a.sources[static_cast<std::size_t>(dice_.between(0, std::ssize(a.sources) - 1))];
        Clip c{.id = {id_++}, .source = s.id};
        c.in = SampleCount{dice_.between(0, s.length.value())};
        c.length = SampleCount{dice_.between(0, s.length.value() - c.in.value())};
        c.at = time();
        c.gain = decibels();
        c.fadeIn = fade();
        c.fadeOut = fade();
        c.inverted = dice_.one(2);
        c.muted = dice_.one(2);
        c.map = static_cast<ChannelMap>(dice_.between(0, 4));
        return c;
    }
    Track track(const Album& a)
    {
        Track t{.id = {id_++}, .texts = texts(), .translations = translations()};
        if (dice_.one(2)) t.isrc = Isrc::parse("USABC2612345").value();
        t.flags = {dice_.one(3), dice_.one(3), dice_.one(3), dice_.one(3)};
        t.gain = {decibels(), decibels()};
        if (!a.sources.empty())
            for (auto n = dice_.between(0, 4); n > 0; --n) t.clips.push_back(clip(a));
        if (dice_.one(2)) t.end = time();
        for (auto n = dice_.between(0, 3); n > 0; --n) t.indexes.push_back(time());
        t.origin = {dice_.one(3) ? TrackId{0} : dice_.one(2) ? t.id : TrackId{1}, time()};
        t.note = text();
        return t;
    }
    CdSettings cd()
    {
        CdSettings c{.startOffset = time(), .endOffset = time(), .firstPause = time(), .endSilence = time()};
        c.maxLength = CdFrameCount{dice_.between(0, 450'000)};
        c.isrcPlacement = dice_.one(2) ? IsrcRepeat::firstPacket : IsrcRepeat::alsoOnIndex01;
        c.cdTextCodes = dice_.one(2);
        c.masterId = text();
        if (dice_.one(3)) {
            c.cdTextPacks.emplace();
            for (auto n = dice_.between(0, 60); n > 0; --n)
                c.cdTextPacks->push_back(static_cast<std::byte>(dice_.between(0, 255)));
        }
        return c;
    }
    VinylSettings vinyl(std::optional<SampleRate> rate)
    {
        constexpr std::array sizes{12, 10, 7};
        VinylSettings v{.rate = rate, .inches = dice_.of(sizes), .speed = dice_.one(2) ? 33 : 45};
        if (dice_.one(2)) v.lathe = text() + "x";
        if (dice_.one(2)) v.plant = text() + "x";
        v.reference = Decibels{static_cast<double>(dice_.between(-60'000, 20'000)) / 1000};
        return v;
    }
    Edition edition(const Album& a)
    {
        Edition e{.id = {id_++}, .name = text()};
        const auto maybeRate = dice_.one(2) ? std::optional{SampleRate{rate()}} : std::nullopt;
        switch (dice_.between(0, 2)) {
        case 0: e.medium = cd(); break;
        case 1: e.medium = vinyl(maybeRate); break;
        default: e.medium = DigitalSettings{maybeRate};
        }
        for (const Track& t : a.tracks) {
            if (dice_.one(4)) continue;
            Entry entry{.track = t.id, .joint = {.gap = time()}, .gain = decibels()};
            entry.breakBefore = static_cast<Break>(dice_.between(0, 2));
            entry.keepWithPrevious = dice_.one(3);
            if (dice_.one(2)) {
                const auto maybeCurve = [&] {
                    return dice_.one(2) ? std::optional{dice_.of(allCurves)} : std::nullopt;
                };
                entry.joint.crossfade = Crossfade{maybeCurve(), maybeCurve()};
            }
            e.entries.push_back(entry);
        }
        return e;
    }

    Dice dice_;
    std::uint32_t id_ = 1;
};

} // namespace

Album uglyAlbum(std::uint64_t seed) { return Maker{seed}.album(); }

Album extremeAlbum()
{
    Album a;
    a.info.note = std::string(64U << 10U, 'n');
    a.info.genreCode = 0xFFFF;
    a.info.language = Language{255};
    a.info.texts.title = "";
    a.sources.push_back(
        {.id = {4'294'967'290}, .path = "/a", .rate = SampleRate{1}, .length = SampleCount{360'000}});
    a.sources.push_back(
        {.id = {2}, .path = "/b", .rate = SampleRate{10'000'000}, .length = SampleCount{3'600'000'000'000}});
    Track t{.id = {3}, .end = longestStoredTime};
    t.gain = {Decibels{std::numeric_limits<double>::denorm_min()}, Decibels{-1000.0}};
    t.clips.push_back({.id = {5},
                       .source = {2},
                       .in = SampleCount{3'600'000'000'000},
                       .length = SampleCount{0},
                       .at = -longestStoredTime,
                       .gain = Decibels{0.1 + 0.2}});
    t.indexes = {Duration{1}, Duration{-1}, Duration{7'350}, Duration{14'700}};
    t.origin = {{4'294'967'294}, Duration{-1}};
    a.tracks.push_back(t);
    CdSettings cd{.firstPause = longestStoredTime, .maxLength = CdFrameCount{27'000'000}};
    cd.cdTextPacks.emplace(36'720, std::byte{0xFF});
    a.editions.push_back(
        {.id = {6}, .medium = cd, .entries = {{.track = {3}, .joint = {.gap = -longestStoredTime}}}});
    cd.cdTextPacks.emplace();
    a.editions.push_back({.id = {7}, .medium = cd});
    a.nextId = std::numeric_limits<std::uint32_t>::max();
    return a;
}

} // namespace segue::test
