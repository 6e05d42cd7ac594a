/// \file
/// Discs for tests: one without any finding, to be broken in one place, and generated ones. Only the engine
/// of <random> is used, whose numbers the standard fixes.
#pragma once

#include "ddp/disc.h"

#include <fmt/format.h>

#include <random>

namespace segue::test {

/// Three tracks, a pause before the second, an INDEX 02, UPC and ISRCs; 1900 sectors. checkDisc() is content.
inline ddp::Disc cleanDisc()
{
    const auto isrc = [](const char* code) { return Isrc::parse(code).value(); };
    return {.upc = UpcEan::parse("4006381333931").value(),
            .tracks = {{.indexes = {CdFramePos{150}}, .isrc = isrc("USABC2612345")},
                       {.pauseStart = CdFramePos{675},
                        .indexes = {CdFramePos{750}, CdFramePos{950}},
                        .isrc = isrc("USABC2612346")},
                       {.indexes = {CdFramePos{1450}}, .isrc = isrc("USABC2612347")}},
            .leadOut = CdFramePos{1900}};
}

/// Titles for `tracks` tracks and the disc, in English.
inline ddp::CdText titles(std::size_t tracks)
{
    ddp::CdTextBlock block;
    block.disc.title = "Album";
    block.tracks.resize(tracks);
    for (std::size_t i = 0; i < tracks; ++i) block.tracks[i].title = fmt::format("Track {}", i + 1);
    return {{block}};
}

class RandomDisc {
public:
    explicit RandomDisc(unsigned seed) : engine_{seed} {}

    /// A disc that the strict writer accepts; overridable rules may be broken. Without CD-Text.
    [[nodiscard]] ddp::Disc disc()
    {
        ddp::Disc disc;
        const std::size_t count = chance(5) ? 99 : 1 + below(20);
        disc.tracks.resize(count);
        std::int64_t at = chance(70) ? 150 : 150 + number(2000);
        for (std::size_t i = 0; i < count; ++i) {
            ddp::DiscTrack& track = disc.tracks[i];
            if (i > 0 && chance(50)) {
                track.pauseStart = CdFramePos{at};
                at += 1 + number(400);
            }
            const std::int64_t start = at;
            for (std::size_t n = chance(2) ? 99 : 1 + (chance(20) ? below(4) : 0); n > 0; --n) {
                track.indexes.push_back(CdFramePos{at});
                at += 1 + number(200);
            }
            at = std::max(at, start + 300) + number(3000);
            track.flags = flags();
            if (chance(80)) track.isrc = isrc();
        }
        disc.leadOut = CdFramePos{at};
        if (chance(70))
            disc.upc = UpcEan::parseDigits(fmt::format("{:013}", 1 + number(9'999'999'999'998))).value();
        return disc;
    }

private:
    [[nodiscard]] std::size_t below(std::size_t limit) { return engine_() % limit; }
    [[nodiscard]] std::int64_t number(std::int64_t limit)
    {
        return static_cast<std::int64_t>(below(static_cast<std::size_t>(limit)));
    }
    [[nodiscard]] bool chance(std::size_t percent) { return below(100) < percent; }
    [[nodiscard]] ControlFlags flags()
    {
        if (chance(70)) return {};
        const bool scms = chance(30);
        return {.preEmphasis = chance(40),
                .copyPermitted = !scms && chance(50),
                .fourChannel = chance(20),
                .scms = scms};
    }
    [[nodiscard]] Isrc isrc()
    {
        const auto letter = [this] { return static_cast<char>('A' + below(26)); };
        std::string code{letter(), letter()};
        for (int i = 0; i < 3; ++i) code += chance(50) ? letter() : static_cast<char>('0' + below(10));
        return Isrc::parse(code + fmt::format("{:07}", below(10'000'000))).value();
    }

    std::mt19937_64 engine_;
};

} // namespace segue::test
