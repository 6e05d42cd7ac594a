#include "ddp/red_book.h"

#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace segue::ddp {

namespace {

constexpr CdFrameCount twoSeconds{150}, fourSeconds{300};
/// Positions up to here subtract without overflow; what lies beyond is reported and not measured.
constexpr CdFramePos farthestMeasured{1'000'000'000};

bool hasAddress(CdFramePos at) { return at >= CdFramePos{} && at <= lastAddressableFrame; }

/// A place in words, also when it is nonsense.
std::string timeText(CdFramePos at)
{
    return hasAddress(at) ? cdTime(at) : fmt::format("frame {}", at.value());
}

std::string secondsText(CdFrameCount length)
{
    return fmt::format("{} frames ({:.2f} s)", length.value(), static_cast<double>(length.value()) / 75);
}

/// One pass over the disc; each function is one subject.
class Checker {
public:
    Checker(const Disc& disc, const RedBookOptions& options) : disc_{disc}, options_{options} {}

    Findings run()
    {
        if (disc_.tracks.empty() || disc_.tracks.size() > 99) {
            add("DISC.TRACK_COUNT", fmt::format("The disc has {} tracks", disc_.tracks.size()), {},
                disc_.tracks.empty() ? "add a track" : "spread the album over two discs");
        }
        checkUpc();
        checkDiscLength();
        const bool complete = checkIndexes();
        const bool measurable = checkAddresses() && complete;
        for (std::size_t i = 0; i < disc_.tracks.size(); ++i) {
            if (complete) checkPlaces(i);
            if (measurable) checkLength(i);
            checkFlags(disc_.tracks[i].flags, i);
            if (measurable && i > 0) checkEmphasisChange(i);
        }
        if (complete) checkFirstPause();
        checkIsrcs();
        checkTitles();
        std::ranges::stable_sort(found_, {}, [](const Finding& f) { return f.where.track; });
        return std::move(found_);
    }

private:
    void add(std::string_view id, std::string message, Place where = {}, std::string fix = {})
    {
        found_.push_back(finding(rule(id), std::move(message), std::move(where), std::move(fix)));
    }
    static Place at(std::size_t track, std::optional<int> index = {}, std::optional<CdFramePos> frame = {})
    {
        return {.track = static_cast<int>(track + 1),
                .index = index,
                .frame = frame && hasAddress(*frame) ? frame : std::nullopt};
    }

    /// False when a track has no INDEX 01, so that nothing can be measured.
    bool checkIndexes()
    {
        bool complete = true;
        for (std::size_t i = 0; i < disc_.tracks.size(); ++i) {
            const auto count = disc_.tracks[i].indexes.size();
            if (count == 0) {
                add("DISC.INDEX_MISSING", "The track has no INDEX 01", at(i, 1),
                    "mark where the track begins");
                complete = false;
            }
            if (count > 99)
                add("DISC.INDEX_COUNT", fmt::format("The track has {} indexes", count), at(i),
                    "keep at most 99");
        }
        return complete;
    }

    /// False when a position is too far away to be measured. What lies beyond the last address lies beyond
    /// lead-out too, or lead-out does itself: only negative positions need a sentence of their own.
    bool checkAddresses()
    {
        bool measurable = disc_.leadOut >= CdFramePos{};
        const auto check = [&](std::size_t track, int index, CdFramePos here) {
            if (here < CdFramePos{})
                add("DISC.ADDRESS_RANGE",
                    fmt::format("INDEX {:02} at {} lies before the disc begins", index, timeText(here)),
                    at(track, index), "place it at 00:00:00 or later");
            if (here < CdFramePos{} || here > farthestMeasured) measurable = false;
        };
        for (std::size_t i = 0; i < disc_.tracks.size(); ++i) {
            const DiscTrack& track = disc_.tracks[i];
            if (track.pauseStart) check(i, 0, *track.pauseStart);
            for (std::size_t n = 0; n < track.indexes.size(); ++n)
                check(i, static_cast<int>(n + 1), track.indexes[n]);
        }
        return measurable;
    }

    /// \pre every track has an INDEX 01
    void checkPlaces(std::size_t i)
    {
        const DiscTrack& track = disc_.tracks[i];
        const CdFramePos before = i == 0 ? CdFramePos{} : disc_.tracks[i - 1].indexes.back();
        std::string previous = "the last index of the track before";
        if (track.pauseStart) {
            if (i == 0 && *track.pauseStart > CdFramePos{})
                add("DISC.PAUSE_ORDER",
                    fmt::format("INDEX 00 of track 1 is at {}, the first pause begins with the disc",
                                timeText(*track.pauseStart)),
                    at(i, 0, track.pauseStart), "place it at 00:00:00");
            if (i > 0 && *track.pauseStart <= before)
                add("DISC.PAUSE_ORDER",
                    fmt::format("INDEX 00 at {} does not lie after {} at {}", timeText(*track.pauseStart),
                                previous, timeText(before)),
                    at(i, 0, track.pauseStart), "begin the pause later");
            if (*track.pauseStart >= track.start())
                add("DISC.PAUSE_ORDER",
                    fmt::format("INDEX 00 at {} does not lie before INDEX 01 at {}",
                                timeText(*track.pauseStart), timeText(track.start())),
                    at(i, 0, track.pauseStart), "make the pause at least one frame long, or remove INDEX 00");
        }
        CdFramePos last = before;
        for (std::size_t n = 0; n < track.indexes.size(); ++n) {
            const CdFramePos here = track.indexes[n];
            // Where track 1 may begin is checkFirstPause()'s question.
            const bool isFirst = i == 0 && n == 0;
            if (!isFirst && here <= last)
                add("DISC.INDEX_ORDER",
                    fmt::format("INDEX {:02} at {} does not lie after {} at {}", n + 1, timeText(here),
                                previous, timeText(last)),
                    at(i, static_cast<int>(n + 1), here), "move the mark");
            if (here >= disc_.leadOut)
                add("DISC.INDEX_BEYOND_END",
                    fmt::format("INDEX {:02} at {} lies at or after the end of the disc at {}", n + 1,
                                timeText(here), timeText(disc_.leadOut)),
                    at(i, static_cast<int>(n + 1), here), "move the mark before the end");
            if (isFirst || here > last) {
                last = here;
                previous = fmt::format("INDEX {:02}", n + 1);
            }
        }
    }

    void checkLength(std::size_t i)
    {
        const CdFrameCount length = lengthOf(disc_, i), music = musicOf(disc_, i);
        const bool isLast = i + 1 == disc_.tracks.size();
        // Nothing or less than nothing is a matter of order, and reported as such.
        if (length <= CdFrameCount{}) return;
        if (length < fourSeconds)
            add("DISC.TRACK_LENGTH",
                fmt::format("The track runs {} from INDEX 01 to {}; 300 frames (4 s) are the least",
                            secondsText(length), isLast ? "lead-out" : "the next INDEX 01"),
                at(i, 1, disc_.tracks[i].start()),
                "make it longer, join it to a neighbour, or lengthen the pause after it");
        else if (music > CdFrameCount{} && music < fourSeconds)
            add("DISC.MUSIC_LENGTH",
                fmt::format("Without the pause after it the track runs {}", secondsText(music)),
                at(i, 1, disc_.tracks[i].start()), "some players and checkers want 4 s of music");
    }

    void checkFirstPause()
    {
        if (disc_.tracks.empty()) return;
        const CdFramePos start = disc_.tracks.front().start();
        if (start < CdFramePos{} + twoSeconds)
            add("DISC.FIRST_PAUSE", fmt::format("Track 1 begins at {}, before 00:02:00", timeText(start)),
                at(0, 1, start), "begin the music at 00:02:00 or later");
        else if (start != CdFramePos{} + twoSeconds)
            add("DISC.FIRST_PAUSE_UNUSUAL",
                fmt::format("Track 1 begins at {}; two seconds are usual", timeText(start)), at(0, 1, start));
    }

    void checkFlags(ControlFlags f, std::size_t i)
    {
        if (f.copyPermitted && f.scms)
            add("DISC.COPY_CONFLICT", "DCP (free copying) and SCMS (one generation) exclude each other",
                at(i), "choose one of them");
        if (f.fourChannel && f.copyPermitted)
            add("DISC.FOUR_CHANNEL_COPY",
                "The track is marked as four-channel with copy permission, which other tools refuse", at(i),
                "remove the four-channel flag");
        else if (f.fourChannel)
            add("DISC.FOUR_CHANNEL", "The track is marked as four-channel audio; no player has it", at(i),
                "remove the flag");
        if (f.preEmphasis && f.scms)
            add("DISC.EMPHASIS_SCMS", "Pre-emphasis together with SCMS has not been seen from other tools",
                at(i), "ask the plant");
        if (f.preEmphasis)
            add("DISC.EMPHASIS",
                "The track is marked as recorded with pre-emphasis; players will lower its treble", at(i),
                "set the flag only if the audio was made with 50/15 us pre-emphasis");
    }

    void checkEmphasisChange(std::size_t i)
    {
        if (disc_.tracks[i].flags.preEmphasis != disc_.tracks[i - 1].flags.preEmphasis &&
            pauseOf(disc_, i) < twoSeconds)
            add("DISC.EMPHASIS_CHANGE",
                fmt::format("Pre-emphasis changes across a pause of {}", secondsText(pauseOf(disc_, i))),
                at(i, 1, disc_.tracks[i].start()), "leave a pause of at least 2 s");
    }

    void checkUpc()
    {
        if (!disc_.upc)
            add("CODE.UPC_MISSING", "The disc has no UPC/EAN");
        else if (!disc_.upc->hasRightCheckDigit())
            add("CODE.UPC_CHECK_DIGIT",
                fmt::format("The UPC/EAN {} should end in {}", disc_.upc->digits(),
                            disc_.upc->rightCheckDigit()),
                {}, "compare it with the label's list; one digit is wrong or two are swapped");
    }

    void checkIsrcs()
    {
        std::map<Isrc, std::size_t> first;
        std::size_t with = 0;
        for (std::size_t i = 0; i < disc_.tracks.size(); ++i) {
            const auto& isrc = disc_.tracks[i].isrc;
            if (!isrc) continue;
            ++with;
            if (const auto [seen, fresh] = first.emplace(*isrc, i); !fresh)
                add("CODE.ISRC_DUPLICATE",
                    fmt::format("Track {} has the same ISRC {}", seen->second + 1, isrc->dashed()), at(i),
                    "give each recording its own");
        }
        if (with == 0 && !disc_.tracks.empty()) add("CODE.ISRC_NONE", "No track has an ISRC");
        if (with == 0) return;
        for (std::size_t i = 0; i < disc_.tracks.size(); ++i)
            if (!disc_.tracks[i].isrc)
                add("CODE.ISRC_MISSING", "The track has no ISRC, others have", at(i), "ask the label for it");
    }

    void checkTitles()
    {
        if (!disc_.cdText) return;
        for (const CdTextBlock& block : disc_.cdText->blocks) {
            const auto titled = [](const Texts& t) { return t.title && !t.title->empty(); };
            const bool any = std::ranges::any_of(block.tracks, titled);
            if (!any) continue;
            if (!titled(block.disc))
                add("CDTEXT.DISC_TITLE",
                    fmt::format("The disc has no title in the {} CD-Text, tracks have",
                                nameOf(block.language)),
                    {}, "give the album a title");
            for (std::size_t i = 0; i < block.tracks.size(); ++i)
                if (!titled(block.tracks[i]))
                    add("CDTEXT.TITLES_MISSING",
                        fmt::format("The track has no title in the {} CD-Text, others have",
                                    nameOf(block.language)),
                        at(i), "give it a title");
        }
    }

    void checkDiscLength()
    {
        const CdFramePos end = disc_.leadOut;
        const Place where{.frame = hasAddress(end) ? std::optional{end} : std::nullopt};
        const std::string length = fmt::format("The disc runs to {}", timeText(end));
        if (end < CdFramePos{}) {
            add("DISC.ADDRESS_RANGE",
                fmt::format("Lead-out at {} lies before the disc begins", timeText(end)));
            return;
        }
        if (end > lastAddressableFrame) {
            add("DISC.ADDRESS_RANGE", length + "; the last address is 99:59:74", where,
                "spread the album over two discs");
            return;
        }
        if (end > CdFramePos{360'750})
            add("DISC.PLANT_LENGTH_SELECT", length + ", beyond 80:10:00", where,
                "ask the plant, or spread the album over two discs");
        if (end > options_.maxLength)
            add("DISC.PLANT_LENGTH", fmt::format("{}, beyond {}", length, timeText(options_.maxLength)),
                where, "shorten pauses or tracks, or ask the plant and allow it");
        else if (end > CdFramePos{356'250})
            add("DISC.LENGTH_TALK", length + ", beyond 79:10:00", where, "talk to the plant first");
        else if (end > CdFramePos{351'000})
            add("DISC.LENGTH_LONG", length + ", beyond 78:00:00", where);
        else if (end > CdFramePos{335'250})
            add("DISC.LENGTH_NOMINAL", length + ", beyond the nominal 74:30:00", where);
    }

    const Disc& disc_;
    const RedBookOptions& options_;
    Findings found_{};
};

} // namespace

Findings checkDisc(const Disc& disc, const RedBookOptions& options) { return Checker{disc, options}.run(); }

} // namespace segue::ddp
