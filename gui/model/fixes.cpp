#include "gui/model/fixes.h"

#include "album/edit.h"
#include "deliver/cd_text_of.h"

#include <fmt/format.h>

#include <array>

namespace segue::gui {

namespace {

constexpr Duration twoSeconds = seconds(2), fourSeconds = seconds(4);

class Fixer {
public:
    Fixer(const TableSource& source, const Finding& finding)
        : finding_{finding}, layout_{source.layout}, album_{*layout_.album}, edition_{layout_.edition->id},
          track_{trackOfFinding(layout_, finding)}
    {
        if (track_) place_ = placeOf(layout_, *track_);
    }

    std::optional<Fix> run()
    {
        struct Known {
            std::string_view rule;
            std::optional<Fix> (Fixer::*fix)();
        };
        constexpr std::array known{
            Known{"DISC.FIRST_PAUSE", &Fixer::firstPause},
            Known{"DISC.FIRST_PAUSE_UNUSUAL", &Fixer::firstPause},
            Known{"ALBUM.HIDDEN_AUDIO_EARLY", &Fixer::laterBeginning},
            Known{"DISC.TRACK_LENGTH", &Fixer::longerTrack},
            Known{"DISC.FOUR_CHANNEL", &Fixer::noFourChannels},
            Known{"DISC.FOUR_CHANNEL_COPY", &Fixer::noFourChannels},
            Known{"CDTEXT.CHARACTER", &Fixer::writableTexts},
            Known{"ALBUM.INDEX_OUTSIDE", &Fixer::noIndex},
            Known{"ALBUM.OVERLAP_LENGTH", &Fixer::shorterOverlap},
            Known{"ALBUM.CLIP_BEYOND_SOURCE", &Fixer::shorterClip},
            Known{"ALBUM.EMPTY_TRACK", &Fixer::noEntry},
            Known{"ALBUM.SOUND_BEFORE_START", &Fixer::startWithSound},
            Known{"ALBUM.BREAK_IN_OVERLAP", &Fixer::fadesAtBreak},
            Known{"ALBUM.BREAK_IN_MUSIC", &Fixer::fadesAtBreak},
            Known{"AUDIO.MISSING", &Fixer::findFile},
            Known{"AUDIO.CHANGED", &Fixer::readFile},
        };
        const auto at = std::ranges::find(known, finding_.rule, &Known::rule);
        return at == known.end() ? std::nullopt : (this->*at->fix)();
    }

private:
    [[nodiscard]] const PlacedEntry& entry() const
    {
        return layout_.timeline.pieces[place_->piece].entries[place_->entry];
    }
    [[nodiscard]] const Track& track() const { return *find(album_, *track_); }
    [[nodiscard]] std::string who() const { return fmt::format("track {}", numberOf(layout_, *place_)); }
    /// What the edit itself refuses is no fix.
    static std::optional<Fix> edit(std::string label, Result<Album> album)
    {
        if (!album) return {};
        return Fix{label, Proposal{label, std::move(album)}};
    }

    /// The first pause of the finding's disc at this length.
    std::optional<Fix> firstPauseOf(Duration pause)
    {
        const auto* cd = std::get_if<CdSettings>(&layout_.edition->medium);
        if (!place_ || cd == nullptr) return {};
        if (place_->piece == 0)
            return edit(
                fmt::format("Set the pause before {} to {} s", who(), shownSeconds(pause, 2)),
                edit::setGap(album_, edition_, layout_.timeline.pieces.front().entries.front().track, pause));
        CdSettings settings = *cd;
        settings.firstPause = pause;
        return edit(fmt::format("Let every disc begin with {} s", shownSeconds(pause, 2)),
                    edit::setMedium(album_, edition_, settings));
    }
    std::optional<Fix> firstPause() { return firstPauseOf(twoSeconds); }

    std::optional<Fix> laterBeginning()
    {
        if (!place_) return {};
        const Piece& piece = layout_.timeline.pieces[place_->piece];
        Instant sounds = piece.entries.front().soundStart;
        for (const PlacedEntry& e : piece.entries) sounds = std::min(sounds, e.soundStart);
        const Duration missing = Instant{} + twoSeconds - sounds;
        // To whole frames, so that the marks behind keep their places among them.
        const std::int64_t frames =
            detail::scaleFloor(missing.value() + flicksPerCdFrame - 1, 1, flicksPerCdFrame);
        place_->entry = 0;
        return firstPauseOf(piece.entries.front().joint.gap + Duration{frames * flicksPerCdFrame});
    }

    /// Counted to the next start or the end of the disc, so the silence behind it may grow.
    std::optional<Fix> longerTrack()
    {
        if (!place_) return {};
        const auto& entries = layout_.timeline.pieces[place_->piece].entries;
        const Duration most = fourSeconds + durationOf(CdFrameCount{1});
        if (place_->entry + 1 == entries.size())
            return edit(fmt::format("Set the end of {} to 4 s", who()),
                        edit::setEndMark(album_, *track_, most));
        const PlacedEntry& next = entries[place_->entry + 1];
        const Duration missing = most - (next.start - entry().start);
        if (next.joint.gap < Duration{} || missing <= Duration{}) return {};
        return edit(fmt::format("Lengthen the pause behind {} by {} s", who(), shownSeconds(missing, 2)),
                    edit::setGap(album_, edition_, next.track, next.joint.gap + missing));
    }

    std::optional<Fix> noFourChannels()
    {
        if (!track_) return {};
        ControlFlags flags = track().flags;
        flags.fourChannel = false;
        return edit(fmt::format("Take the flag 4ch off {}", who()), edit::setFlags(album_, *track_, flags));
    }

    /// All texts of the track (or the album) that the finding can be about, as the table of docs/formats/
    /// cd-text.md would write them.
    std::optional<Fix> writableTexts()
    {
        Result<Album> album = album_;
        std::string first;
        const auto replace = [&](const Texts& texts, Language language) {
            for (const TextField field : allTextFields) {
                const auto better = texts[field] ? writableText(*texts[field], language) : std::nullopt;
                if (!better || !album) continue;
                if (first.empty()) first = *better;
                album = track_ ? edit::setTrackText(std::move(*album), *track_, field, language, better)
                               : edit::setAlbumText(std::move(*album), field, language, better);
            }
        };
        const auto all = [&](const Texts& texts, const std::vector<Translation>& translations) {
            replace(texts, album_.info.language);
            for (const Translation& t : translations) replace(t.texts, t.language);
        };
        if (track_)
            all(track().texts, track().translations);
        else
            all(album_.info.texts, album_.info.translations);
        if (first.empty()) return {};
        return edit(fmt::format("Write \u201c{}\u201d", first), std::move(album));
    }

    std::optional<Fix> noIndex()
    {
        if (!track_ || !finding_.where.index) return {};
        std::vector<Duration> indexes = track().indexes;
        const auto at = static_cast<std::size_t>(*finding_.where.index) - 2;
        if (at >= indexes.size()) return {};
        // With every index outside, so that those inside are not refused for the others.
        const Duration end = entry().end - entry().start;
        std::erase_if(indexes, [&](Duration i) { return i <= Duration{} || i >= end; });
        return edit(fmt::format("Remove the indexes outside {}", who()),
                    edit::setIndexes(album_, *track_, std::move(indexes)));
    }

    std::optional<Fix> shorterOverlap()
    {
        if (!place_ || place_->entry == 0) return {};
        const PlacedEntry& before = layout_.timeline.pieces[place_->piece].entries[place_->entry - 1];
        const Duration shorter = std::min(before.end - before.start, entry().end - entry().start);
        const Duration length{shorter.value() / 2};
        if (length <= Duration{}) return {};
        return edit(fmt::format("Shorten the overlap to {} s", shownSeconds(length)),
                    edit::setCrossfade(album_, edition_, *track_, length, entry().joint.crossfade));
    }

    std::optional<Fix> shorterClip()
    {
        if (!track_) return {};
        for (const Clip& clip : track().clips) {
            const Source* source = find(album_, clip.source);
            if (source == nullptr || clip.in >= source->length) continue;
            if (clip.length <= source->length - clip.in) continue;
            return edit(fmt::format("End {} where its file ends", who()),
                        edit::trimClip(album_, clip.id, clip.in, source->length - clip.in));
        }
        return {};
    }

    std::optional<Fix> noEntry()
    {
        if (!track_) return {};
        return edit(fmt::format("Take {} out of the edition", who()),
                    edit::removeEntry(album_, edition_, *track_));
    }

    std::optional<Fix> startWithSound()
    {
        if (!place_ || place_->entry != 0) return {};
        const Duration by = entry().soundStart - entry().start;
        // The first mark of all has a pause in front that may not end below zero.
        Result<Album> album = album_;
        if (place_->piece == 0)
            album = edit::setGap(std::move(*album), edition_, *track_, entry().joint.gap - by);
        if (!album) return {};
        return edit(fmt::format("Move the start mark of {} to where it begins to sound", who()),
                    edit::setStartMark(std::move(*album), *track_, by));
    }

    std::optional<Fix> fadesAtBreak()
    {
        if (!place_ || place_->piece == 0 || entry().position == 0) return {};
        const TrackId before = layout_.edition->entries[entry().position - 1].track;
        const Duration gap = layout_.edition->entries[entry().position].joint.gap;
        const Duration length = gap < Duration{} ? -gap : twoSeconds;
        auto out = edit::setTrackFadeOut(album_, before, {length, Curve::equalPower});
        if (!out) return {};
        return edit(fmt::format("Fade out and in around the break, over {} s", shownSeconds(length, 1)),
                    edit::setTrackFadeIn(std::move(*out), *track_, {length, Curve::equalPower}));
    }

    std::optional<Fix> findFile() { return Fix{"Find the file\u2026", Action::relink}; }

    std::optional<Fix> readFile() { return Fix{"Read changed files again\u2026", Action::reread}; }

    const Finding& finding_;
    const Layout& layout_;
    const Album& album_;
    EditionId edition_;
    std::optional<TrackId> track_;
    std::optional<EntryPlace> place_{};
};

} // namespace

std::optional<Fix> fixFor(const TableSource& source, const Finding& finding)
{
    return Fixer{source, finding}.run();
}

FixPlace placeToFix(const Finding& finding)
{
    struct Known {
        std::string_view rule;
        Column column;
    };
    constexpr std::array cells{
        Known{"CODE.ISRC_DUPLICATE", Column::isrc},
        Known{"CODE.ISRC_MISSING", Column::isrc},
        Known{"CDTEXT.TITLES_MISSING", Column::title},
        Known{"CDTEXT.CHARACTER", Column::title},
        Known{"CDTEXT.TEXT_LENGTH", Column::title},
        Known{"CDTEXT.VENDOR_ROWS", Column::title},
        Known{"DISC.EMPHASIS", Column::flags},
        Known{"DISC.EMPHASIS_SCMS", Column::flags},
        Known{"DISC.COPY_CONFLICT", Column::flags},
        Known{"DISC.FOUR_CHANNEL", Column::flags},
        Known{"DISC.FOUR_CHANNEL_COPY", Column::flags},
        Known{"DISC.FIRST_PAUSE", Column::pause},
        Known{"DISC.EMPHASIS_CHANGE", Column::pause},
        Known{"DISC.TRACK_LENGTH", Column::end},
        Known{"ALBUM.PAUSE_DROPPED", Column::pause},
        Known{"ALBUM.OVERLAP_LENGTH", Column::pause},
        Known{"ALBUM.OVERLAP_THREE", Column::pause},
        Known{"ALBUM.INDEX_OUTSIDE", Column::indexes},
        Known{"AUDIO.OVER", Column::hand},
    };
    const bool ofTrack = finding.where.track > 0;
    const auto cell = std::ranges::find(cells, finding.rule, &Known::rule);
    if (ofTrack && cell != cells.end()) return cell->column;
    if (finding.rule == "CODE.UPC_MISSING" || finding.rule == "CODE.UPC_CHECK_DIGIT") return AlbumField::upc;
    if (finding.rule == "CDTEXT.DISC_TITLE" || (!ofTrack && finding.rule.starts_with("CDTEXT.")))
        return AlbumField::title;
    if (finding.rule == "CDTEXT.GENRE" || finding.rule == "CDTEXT.GENRE_CODE") return AlbumField::genre;
    return {};
}

} // namespace segue::gui
