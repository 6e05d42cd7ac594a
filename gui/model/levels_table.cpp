#include "gui/model/levels_table.h"

#include "album/edit.h"
#include "audio/render.h"
#include "core/text.h"
#include "measure/track_levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace segue::gui {

namespace {

/// Why an entry's samples are not all copied; each reason once.
std::string samplesOf(const RenderPlan& plan, std::size_t entry)
{
    std::set<SpanReason> reasons;
    bool copied = false;
    for (const RenderSpan& span : plan.spans) {
        if (span.entry != entry || span.kind == RenderSpan::Kind::silence) continue;
        if (span.kind == RenderSpan::Kind::copied)
            copied = true;
        else
            reasons.insert(span.reason);
    }
    if (reasons.empty()) return copied ? "copied bit for bit" : "silence";
    std::string words;
    for (const SpanReason reason : reasons)
        words += (words.empty() ? "" : ", ") + std::string{describe(reason)};
    return fmt::format("{}: {}", copied ? "dithered in parts" : "dithered", words);
}

std::string shown(std::optional<double> value) { return value ? shownDecibels(Decibels{*value}) : "-"; }
std::optional<double> valueOf(const std::optional<Highest>& highest)
{
    if (!highest) return std::nullopt;
    return highest->value;
}

SoundFigures figuresOf(const EntryScan& entry, Decibels gain)
{
    const Passage own{.sound = &entry.sound, .gain = gain};
    return segue::figuresOf({&own, 1});
}

Result<double> number(const std::string& typed, double low, double high, const char* what)
{
    const std::string_view text = trimmed(typed);
    const auto value = parseNumber(text.starts_with('+') ? text.substr(1) : text);
    if (!value || *value < low || *value > high)
        return failure(fmt::format("{} is a number from {} to {}", what, low, high), typed);
    return *value;
}

Result<LoudnessKind> kindOf(const BalanceChoice& choice)
{
    if (choice.by == BalanceChoice::By::integrated) return LoudnessKind{};
    const auto length = number(choice.section, 0.4, 600, "The length of the loudest section, in seconds,");
    if (!length) return failure(length.error());
    return LoudnessKind{.section = milliseconds(static_cast<std::int64_t>(*length * 1000))};
}

} // namespace

std::vector<LevelsRow> levelsRows(const Layout& layout, const MeasuredEdition* measured,
                                  const BalanceProposal* proposal)
{
    std::vector<LevelsRow> rows;
    for (std::size_t p = 0; p < layout.timeline.pieces.size(); ++p) {
        const Piece& piece = layout.timeline.pieces[p];
        const SampleCount length = samplePlaces(*layout.album, piece, cdRate).length;
        const RenderPlan plan = planRender(*layout.album, piece, length, {});
        for (std::size_t e = 0; e < piece.entries.size(); ++e) {
            const PlacedEntry& entry = piece.entries[e];
            const Track& track = *find(*layout.album, entry.track);
            LevelsRow row{.track = entry.track,
                          .number = fmt::format("{}", numberOf(layout, {p, e})),
                          .title = displayTitle(track),
                          .hand = shownDecibels(track.gain.hand),
                          .offset = shownDecibels(track.wantedOffset),
                          .balance = shownDecibels(track.gain.balance),
                          .edition = shownDecibels(entry.gain),
                          .sum = shownDecibels(track.gain.sum() + entry.gain),
                          .samples = samplesOf(plan, e)};
            if (measured != nullptr) {
                const auto& scans = measured->scan.entries;
                const auto scan = std::ranges::find(scans, entry.track, &EntryScan::track);
                if (scan != scans.end()) {
                    const SoundFigures figures = figuresOf(*scan, scan->gain);
                    row.integrated = shown(figures.integrated);
                    row.shortTerm = shown(valueOf(figures.shortTerm));
                    row.range = shown(figures.range);
                    row.truePeak = shown(valueOf(figures.truePeak));
                }
            }
            if (proposal != nullptr) {
                const auto to = std::ranges::find(proposal->rows, entry.track, &BalanceProposal::Row::track);
                if (to != proposal->rows.end())
                    row.proposed = to->before == to->after ? "as it is" : shownDecibels(to->after);
            }
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

std::string albumLevels(const MeasuredEdition& measured)
{
    const SoundFigures figures = segue::figuresOf(measured.scan.passages());
    for (const EntryScan& entry : measured.scan.entries)
        if (figuresOf(entry, entry.gain).isBeyondMeasure)
            return fmt::format("The album has no level: \"{}\" holds samples that are infinite",
                               displayTitle(*find(*measured.album, entry.track)));
    if (!figures.truePeak) return "The album is silent";
    return fmt::format("Album {} LUFS \u00b7 range {} LU \u00b7 true peak {} dBTP", shown(figures.integrated),
                       shown(figures.range), shown(figures.truePeak->value));
}

Proposal typedOffset(const Album& album, TrackId track, const std::string& typed)
{
    const std::string label = fmt::format("Set the wanted offset of {}", displayTitle(*find(album, track)));
    if (trimmed(typed).empty()) return {label, edit::setWantedOffset(album, track, {})};
    const auto value = number(typed, -24, 24, "A wanted offset, in LU,");
    if (!value) return {label, failure(value.error())};
    return {label, edit::setWantedOffset(album, track, Decibels{*value})};
}

Result<BalanceProposal> balanceProposal(const MeasuredEdition& measured, const BalanceChoice& choice,
                                        std::optional<TrackId> selected)
{
    const auto kind = kindOf(choice);
    if (!kind) return failure(kind.error());
    BalanceWish wish;
    switch (choice.to) {
    case BalanceChoice::To::middle: break;
    case BalanceChoice::To::selectedTrack:
        if (!selected) return failure("Select the track whose level the others shall take");
        wish.to = BalanceWish::To::reference;
        wish.reference = *selected;
        break;
    case BalanceChoice::To::level:
    case BalanceChoice::To::album: {
        const auto target =
            number(choice.target, lowestBalanceTarget, highestBalanceTarget, "A target, in LUFS,");
        if (!target) return failure(target.error());
        const bool whole = choice.to == BalanceChoice::To::album;
        wish.to = whole ? BalanceWish::To::album : BalanceWish::To::level;
        wish.target = *target;
        if (whole) wish.albumLoudness = albumLoudness(measured.scan);
        break;
    }
    }
    if (!trimmed(choice.ceiling).empty()) {
        const auto ceiling =
            number(choice.ceiling, lowestBalanceCeiling, highestBalanceCeiling, "A ceiling, in dBTP,");
        if (!ceiling) return failure(ceiling.error());
        wish.ceiling = *ceiling;
    }
    return proposeBalance(*measured.album, trackLevels(*measured.album, measured.scan, *kind), wish);
}

std::string balanceWords(const Layout& layout, const BalanceProposal& proposal)
{
    const auto name = [&](TrackId track) {
        return fmt::format("\"{}\"", displayTitle(*find(*layout.album, track)));
    };
    if (!proposal.changesAnything()) return "The tracks are balanced already";
    std::string words = fmt::format("To {:.1f} LUFS", proposal.target + proposal.moved.value());
    if (proposal.binding && proposal.moved.value() < 0)
        words += fmt::format(": {:.2f} dB less for the whole album, because {} would pass {:.1f} dBTP",
                             -proposal.moved.value(), name(*proposal.binding), proposal.ceiling);
    const auto after = withBalance(*layout.album, proposal);
    if (!after) return words;
    const auto losing = losingExactCopies(*layout.album, *after, layout.edition->id);
    if (losing.empty()) return words;
    words += " \u00b7 no longer copied bit for bit: ";
    for (std::size_t i = 0; i < losing.size(); ++i) words += (i == 0 ? "" : ", ") + name(losing[i]);
    return words;
}

Proposal acceptedBalance(const Album& album, const BalanceProposal& proposal)
{
    return {"Balance the tracks", withBalance(album, proposal)};
}

Proposal offsetsAsHeard(const Album& album, const MeasuredEdition& measured, const BalanceChoice& choice)
{
    const auto kind = kindOf(choice);
    if (!kind) return {"Take the wanted offsets", failure(kind.error())};
    return {"Take the wanted offsets from what is heard",
            withOffsetsAsHeard(album, trackLevels(*measured.album, measured.scan, *kind))};
}

} // namespace segue::gui
