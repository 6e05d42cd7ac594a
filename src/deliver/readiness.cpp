#include "deliver/readiness.h"

#include "album/check_album.h"
#include "core/portable_math.h"
#include "ddp/red_book.h"
#include "deliver/whole_check.h"
#include "measure/edition_scan.h"
#include "vinyl/programme.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace segue {

namespace {

void addFor(Findings& all, Findings more, const PlannedDisc& disc)
{
    for (Finding& f : more) {
        if (disc.of > 1) f.where.disc = disc.number;
        all.push_back(std::move(f));
    }
}

/// The last 10 ms before the padding, at more than -60 dBFS: music that stops dead.
Result<Findings> hardEnd(FileOps& files, const Album& album, const PlannedDisc& disc)
{
    constexpr std::int64_t tenMilliseconds = 441;
    constexpr double minus60 = 0.001;
    const RenderSettings settings;
    const SamplePos end = nearestSample(disc.piece.end, settings.rate);
    if (end.value() < tenMilliseconds) return Findings{};
    const RenderPlan plan = planRender(album, disc.piece, SampleCount{end.value()}, settings);
    Mixer mixer{album, disc.piece, plan, openerFor(files)};
    std::array<Frame, tenMilliseconds> tail{};
    if (const auto s = mixer.read(end - SampleCount{tenMilliseconds}, tail); !s) return failure(s.error());
    double peak = 0;
    for (const Frame& f : tail) peak = std::max({peak, std::abs(f.left), std::abs(f.right)});
    if (peak <= minus60) return Findings{};
    return Findings{finding(audioRule("AUDIO.HARD_END"),
                            fmt::format("The last 10 ms of the disc still sound at {:.1f} dBFS",
                                        Decibels::fromGain(peak).value()),
                            {.disc = disc.of > 1 ? disc.number : 0,
                             .track = static_cast<int>(disc.piece.entries.size()),
                             .frame = frameContaining(disc.piece.end)},
                            "fade the last track out, or add silence at the end")};
}

} // namespace

Readiness checkAlbum(const Album& album, const Edition& edition, const DiscOptions& options)
{
    Readiness ready;
    if (!std::holds_alternative<CdSettings>(edition.medium)) {
        ready.findings.push_back(finding(deliverRule("DELIVER.MEDIUM"),
                                         fmt::format("The edition \"{}\" is not for CD", edition.name), {},
                                         "choose a CD edition"));
        return ready;
    }
    const auto& settings = std::get<CdSettings>(edition.medium);
    ready.findings = checkEdition(album, edition);
    // cue2ddp takes the first two seconds from the file as they are; its profile does, too, and says so.
    if (options.profile == ddp::Profile::cue2ddp)
        for (Finding& f : ready.findings)
            if (f.rule == "ALBUM.HIDDEN_AUDIO_EARLY") f.level = Finding::Level::warning;
    ready.discs = planDiscs(album, edition, options);
    for (const PlannedDisc& disc : ready.discs) {
        addFor(ready.findings, disc.findings, disc);
        addFor(ready.findings, ddp::checkMasterId(disc.write.masterId), disc);
        addFor(ready.findings,
               ddp::checkDisc(disc.disc, {.maxLength = CdFramePos{settings.maxLength.value()}}), disc);
    }
    applySignOffs(album, edition, ready.findings);
    return ready;
}

Result<Readiness> checkReadiness(FileOps& files, const Album& album, const Edition& edition,
                                 const DiscOptions& options, SourceWatch& watch)
{
    Readiness ready = checkAlbum(album, edition, options);
    if (!std::holds_alternative<CdSettings>(edition.medium)) return ready;
    auto sources = watch.look();
    if (!sources) return failure(sources.error());
    std::ranges::move(*sources, std::back_inserter(ready.findings));
    std::ranges::move(convertedSources(album, watch.found(), cdRate), std::back_inserter(ready.findings));
    applySignOffs(album, edition, ready.findings);
    if (blocks(ready.findings)) return ready;
    for (const PlannedDisc& disc : ready.discs) {
        auto end = hardEnd(files, album, disc);
        if (!end) return failure(end.error());
        addFor(ready.findings, std::move(*end), disc);
    }
    return ready;
}

Result<Readiness> checkWhole(FileOps& files, const Album& album, const Edition& edition,
                             const DiscOptions& options, const Progress& progress)
{
    return checkWhole(files, album, edition, options, progress, {});
}

namespace {

/// Of an edition that no disc is made of: the album's own rules, and its files.
Result<Readiness> checkOtherMedium(const Album& album, const Edition& edition, SourceWatch& watch)
{
    Readiness ready{.discs = {}, .findings = checkEdition(album, edition)};
    auto sources = watch.look();
    if (!sources) return failure(std::move(sources.error()));
    std::ranges::move(*sources, std::back_inserter(ready.findings));
    const SampleRate rate = std::holds_alternative<VinylSettings>(edition.medium)
                                ? vinyl::programmeRate(album, edition)
                                : measuredRate(album, edition);
    std::ranges::move(convertedSources(album, watch.found(), rate), std::back_inserter(ready.findings));
    return ready;
}

} // namespace

Result<Readiness> checkWhole(FileOps& files, const Album& album, const Edition& edition,
                             const DiscOptions& options, const Progress& progress,
                             const SourceListener& listener)
{
    SourceWatch watch{files, album, edition};
    auto ready = std::holds_alternative<CdSettings>(edition.medium)
                     ? checkReadiness(files, album, edition, options, watch)
                     : checkOtherMedium(album, edition, watch);
    if (!ready) return ready;
    const auto otherSound = [](const Findings& findings) {
        return std::ranges::any_of(findings, [](const Finding& f) {
            return f.rule == "AUDIO.MISSING" || f.rule == "AUDIO.CHANGED";
        });
    };
    Findings heard;
    if (listener && !otherSound(ready->findings)) {
        auto found = listener(watch.opener(), ready->findings);
        if (!found) return failure(std::move(found.error()));
        heard = std::move(*found);
    }
    auto sources = watch.check(watch.found(), progress);
    if (!sources) return failure(sources.error());
    if (otherSound(*sources)) heard.clear();
    std::ranges::move(*sources, std::back_inserter(ready->findings));
    std::ranges::move(heard, std::back_inserter(ready->findings));
    applySignOffs(album, edition, ready->findings);
    return ready;
}

Findings findingsOfSettings(const Album& album, const Edition& edition, const RenderSettings& settings)
{
    if (settings.dither != Dither::none) return {};
    for (const Piece& piece : buildTimeline(album, edition).pieces) {
        const auto plan =
            planRender(album, piece, SampleCount{nearestSample(piece.end, settings.rate).value()}, settings);
        const auto rounded = std::ranges::find(plan.spans, RenderSpan::Kind::dithered, &RenderSpan::kind);
        if (rounded != plan.spans.end())
            return {finding(audioRule("AUDIO.NO_DITHER"),
                            "The audio is rounded to 16 bit without dither, which distorts what is quiet", {},
                            "deliver it with dither")};
    }
    return {};
}

Findings findingsOfOvers(const Album& album, const PlannedDisc& disc, const std::vector<Overs>& overs)
{
    Findings found;
    for (const Overs& o : overs) {
        const PlacedEntry& entry = disc.piece.entries.at(o.entry);
        const Place where{.disc = disc.of > 1 ? disc.number : 0, .track = static_cast<int>(o.entry + 1)};
        if (o.beyond > 0) {
            Place first = where;
            first.frame = frameContaining(o.firstBeyond);
            const double excess = Decibels::fromGain(o.peak).value();
            found.push_back(finding(
                audioRule("AUDIO.OVER"),
                fmt::format("{} samples of \"{}\" pass full scale, by up to {:.2f} dB", o.beyond,
                            displayTitle(*find(album, entry.track)), excess),
                first,
                fmt::format("lower the track by {:.1f} dB or more", std::ceil(excess * 10) / 10 + 0.1)));
        }
        if (o.slight > 0)
            found.push_back(
                finding(audioRule("AUDIO.CLAMPED"),
                        fmt::format("{} samples at full scale were held there when dither or rounding "
                                    "would have passed it",
                                    o.slight),
                        where));
    }
    return found;
}

} // namespace segue
