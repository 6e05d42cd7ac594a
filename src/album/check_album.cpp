#include "album/check_album.h"

#include "album/album_rules.h"
#include "album/sounding.h"
#include "core/time_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace segue {

namespace {

constexpr CdFramePos firstSoundingFrame{150};

class EditionCheck {
public:
    EditionCheck(const Album& album, const Edition& edition)
        : album_{album}, edition_{edition}, timeline_{buildTimeline(album, edition)},
          cd_{std::get_if<CdSettings>(&edition.medium)}
    {
    }

    Findings run()
    {
        checkEntries();
        checkSources();
        for (const Piece& piece : timeline_.pieces) {
            const auto crowded = entriesInCrowds(album_, piece);
            const DiscMarks marks = cd_ ? cdMarks(album_, *cd_, piece) : DiscMarks{};
            if (cd_)
                checkHiddenAudio(piece, marks);
            else
                checkBeginning(piece);
            for (std::size_t i = 0; i < piece.entries.size(); ++i) {
                checkTrack(piece, i);
                if (i > 0) checkOverlap(piece, i);
                if (i == 0 && piece.number > 1) checkBreak(piece);
                if (crowded.contains(i)) reportCrowd(piece, i);
                if (cd_ && marks.tracks[i].pauseDropped) reportDroppedPause(piece, i);
            }
        }
        return std::move(findings_);
    }

private:
    void add(std::string_view rule, std::string message, Place where, std::string fix = {})
    {
        findings_.push_back(finding(albumRule(rule), std::move(message), std::move(where), std::move(fix)));
    }

    /// CD tracks count from 1 on every disc, others through the edition.
    [[nodiscard]] Place placeOf(const Piece& piece, std::size_t i) const
    {
        if (!cd_) return {.track = static_cast<int>(piece.entries[i].position) + 1};
        return {.disc = timeline_.pieces.size() > 1 ? piece.number : 0, .track = static_cast<int>(i) + 1};
    }
    [[nodiscard]] Place placeOf(const Piece& piece, std::size_t i, Instant at) const
    {
        Place place = placeOf(piece, i);
        if (cd_) place.frame = frameContaining(at);
        return place;
    }
    [[nodiscard]] const Track& trackOf(const PlacedEntry& entry) const { return *find(album_, entry.track); }
    [[nodiscard]] std::string titleOf(const PlacedEntry& entry) const { return displayTitle(trackOf(entry)); }
    [[nodiscard]] std::string timeText(Duration time) const
    {
        return cd_ ? cdTime(wholeFramesIn(time)) : clockTime(time);
    }

    void checkEntries()
    {
        if (edition_.entries.empty())
            add("ALBUM.EMPTY_EDITION", fmt::format("The edition \"{}\" has no tracks", edition_.name), {},
                "add tracks to it");
        for (std::size_t i = 0; i < edition_.entries.size(); ++i)
            if (!find(album_, edition_.entries[i].track))
                add("ALBUM.MISSING_TRACK",
                    fmt::format("Place {} of the edition \"{}\" names a track that the album does not have",
                                i + 1, edition_.name),
                    {}, "remove the entry");
    }

    /// "16 bit", "32 bit float", or what it was coded with.
    static std::string depthOf(const SampleFormat& format)
    {
        if (format.bits == 0) return format.encoding;
        return fmt::format("{} bit{}", format.bits, format.encoding == "float" ? " float" : "");
    }

    void checkSources()
    {
        std::set<SourceId> used;
        for (const Entry& entry : edition_.entries)
            if (const Track* track = find(album_, entry.track))
                for (const Clip& clip : track->clips)
                    if (!clip.muted) used.insert(clip.source);
        std::set<SampleRate> rates;
        std::set<std::string> depths;
        for (const Source& source : album_.sources) {
            if (!used.contains(source.id)) continue;
            rates.insert(source.rate);
            depths.insert(depthOf(source.format));
            if (source.fingerprint.xxh3.empty())
                add("ALBUM.SOURCE_UNMEASURED",
                    "The file was not read in full yet, so nobody knows whether it is intact",
                    {.file = source.path}, "let Segue read it");
        }
        if (depths.size() > 1)
            add("ALBUM.MIXED_DEPTHS",
                fmt::format(
                    "The sources of the edition \"{}\" differ in depth: {}; one of them may be of another "
                    "stage of the work",
                    edition_.name, fmt::join(depths, ", ")),
                {}, "ask for the masters as they left the mastering, all alike; accept it when it is meant");
        if (rates.size() < 2) return;
        std::vector<int> hertz;
        hertz.reserve(rates.size());
        for (const SampleRate rate : rates) hertz.push_back(rate.hertz());
        add("ALBUM.MIXED_RATES",
            fmt::format("The sources of the edition \"{}\" run at {} Hz; what differs from the edition's "
                        "rate is converted",
                        edition_.name, fmt::join(hertz, ", ")),
            {});
    }

    void checkHiddenAudio(const Piece& piece, const DiscMarks& marks)
    {
        const CdFramePos music = marks.tracks.front().indexes.front();
        if (music < firstSoundingFrame) return; // the pause itself is too short, which is the disc's rule
        const auto first = std::ranges::min_element(piece.entries, {}, &PlacedEntry::soundStart);
        const auto i = static_cast<std::size_t>(first - piece.entries.begin());
        if (first->soundStart < instantOf(firstSoundingFrame))
            add("ALBUM.HIDDEN_AUDIO_EARLY",
                fmt::format("\"{}\" sounds before 00:02:00 of the disc, where nothing may", titleOf(*first)),
                placeOf(piece, i, std::max(first->soundStart, Instant{})),
                "make the first pause longer, or trim the clip's beginning");
        else if (first->soundStart < instantOf(music))
            add("ALBUM.HIDDEN_AUDIO",
                fmt::format("Hidden audio sounds from {} to track 1 at {}",
                            cdTime(frameContaining(first->soundStart)), cdTime(music)),
                placeOf(piece, i, first->soundStart),
                "ask the plant: many players and rippers cannot reach it");
    }

    void checkBeginning(const Piece& piece)
    {
        for (std::size_t i = 0; i < piece.entries.size(); ++i)
            if (piece.entries[i].soundStart < Instant{})
                add("ALBUM.SOUND_BEFORE_START",
                    fmt::format("\"{}\" begins to sound {} before the {} does, and that would be lost",
                                titleOf(piece.entries[i]), clockTime(Instant{} - piece.entries[i].soundStart),
                                piece.number > 1 ? "side" : "edition"),
                    placeOf(piece, i), "move the start mark to where the sound begins, or trim the clip");
    }

    void checkTrack(const Piece& piece, std::size_t i)
    {
        const PlacedEntry& entry = piece.entries[i];
        const Track& track = trackOf(entry);
        if (std::ranges::all_of(track.clips, &Clip::muted))
            add("ALBUM.EMPTY_TRACK",
                fmt::format("\"{}\" has no sound: no clip, or muted ones only", displayTitle(track)),
                placeOf(piece, i), "give it a clip, or take it out of the edition");
        for (const Clip& clip : track.clips) checkClip(clip, placeOf(piece, i), displayTitle(track));
        const Duration end = entry.end - entry.start;
        for (std::size_t n = 0; n < track.indexes.size(); ++n) {
            if (track.indexes[n] > Duration{} && track.indexes[n] < end) continue;
            Place where = placeOf(piece, i);
            where.index = static_cast<int>(n) + 2;
            add("ALBUM.INDEX_OUTSIDE",
                fmt::format("INDEX {:02} of \"{}\" stands at {}, outside the track, which is {} long", n + 2,
                            displayTitle(track), timeText(track.indexes[n]), timeText(end)),
                where, "move or remove the index");
        }
        // A split leaves up to half a sample on the other side of the mark; that is not worth a word. A
        // crossfade ends the track's sound with the mark.
        const bool fadedAway = i + 1 < piece.entries.size() && piece.entries[i + 1].joint.crossfade;
        if (track.end && !fadedAway && entry.soundEnd - entry.end > milliseconds(1))
            add("ALBUM.SOUND_AFTER_END",
                fmt::format("\"{}\" sounds on for {} behind its end mark", displayTitle(track),
                            clockTime(entry.soundEnd - entry.end)),
                placeOf(piece, i, entry.end));
    }

    void checkClip(const Clip& clip, const Place& where, const std::string& title)
    {
        const Source* source = find(album_, clip.source);
        if (!source) {
            add("ALBUM.MISSING_SOURCE", fmt::format("A clip of \"{}\" has lost its source", title), where,
                "remove the clip, or add it again");
            return;
        }
        if (clip.in >= SampleCount{} && clip.length >= SampleCount{} && clip.in <= source->length &&
            clip.length <= source->length - clip.in)
            return;
        add("ALBUM.CLIP_BEYOND_SOURCE",
            fmt::format("A clip of \"{}\" uses {} samples from sample {} on of \"{}\", which has {}", title,
                        clip.length.value(), clip.in.value(), source->path, source->length.value()),
            where, "trim the clip, or relink the source");
    }

    void checkOverlap(const Piece& piece, std::size_t i)
    {
        const PlacedEntry &before = piece.entries[i - 1], &entry = piece.entries[i];
        const Duration overlap = entry.overlap();
        if (overlap == Duration{} ||
            (overlap < before.end - before.start && overlap < entry.end - entry.start))
            return;
        add("ALBUM.OVERLAP_LENGTH",
            fmt::format("\"{}\" overlaps \"{}\" by {}; an overlap must be shorter than both tracks, which "
                        "are {} and {} long",
                        titleOf(entry), titleOf(before), timeText(overlap), timeText(entry.end - entry.start),
                        timeText(before.end - before.start)),
            placeOf(piece, i), "make the overlap shorter");
    }

    void reportCrowd(const Piece& piece, std::size_t i)
    {
        add("ALBUM.OVERLAP_THREE",
            fmt::format("\"{}\" sounds together with two other tracks", titleOf(piece.entries[i])),
            placeOf(piece, i), "make the overlaps shorter, or lengthen the track between them");
    }

    void reportDroppedPause(const Piece& piece, std::size_t i)
    {
        add("ALBUM.PAUSE_DROPPED",
            fmt::format(
                "The pause of {} before \"{}\" lies within one CD frame or the offsets and gets no INDEX 00",
                clockTime(piece.entries[i].joint.gap), titleOf(piece.entries[i])),
            placeOf(piece, i));
    }

    /// What the break before this piece took away or cut through.
    void checkBreak(const Piece& piece)
    {
        const PlacedEntry& entry = piece.entries.front();
        const PlacedEntry& before =
            timeline_.pieces[static_cast<std::size_t>(piece.number) - 2].entries.back();
        const Track &outgoing = trackOf(before), &incoming = trackOf(entry);
        const Joint& joint = edition_.entries[entry.position].joint;
        if (joint.gap > Duration{} || (fadesOut(album_, outgoing) && fadesIn(incoming))) return;
        const bool overlaps = joint.gap < Duration{};
        const bool runsOn = !overlaps && isContinuous(album_, outgoing, incoming);
        const bool vinyl = std::holds_alternative<VinylSettings>(edition_.medium);
        if (!overlaps && !runsOn && !vinyl) return; // two masters without a pause: each has its own end
        const std::string what =
            overlaps
                ? fmt::format(
                      "The break takes away the {} of \"{}\" and \"{}\", which lack fades of their own there",
                      joint.crossfade ? "crossfade" : "overlap", displayTitle(outgoing),
                      displayTitle(incoming))
            : runsOn
                ? fmt::format("The break cuts the recording that runs on from \"{}\" to \"{}\" without fades",
                              displayTitle(outgoing), displayTitle(incoming))
                : fmt::format(
                      "\"{}\" follows \"{}\" without a pause, and a side ends between them without fades",
                      displayTitle(incoming), displayTitle(outgoing));
        add(vinyl && (overlaps || runsOn) ? "ALBUM.BREAK_IN_MUSIC" : "ALBUM.BREAK_IN_OVERLAP", what,
            placeOf(piece, 0), "fade the one out and the other in, or put the break elsewhere");
    }

    const Album& album_;
    const Edition& edition_;
    const Timeline timeline_;
    const CdSettings* cd_;
    Findings findings_{};
};

} // namespace

Findings checkEdition(const Album& album, const Edition& edition)
{
    return EditionCheck{album, edition}.run();
}

} // namespace segue
