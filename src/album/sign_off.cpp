#include "album/sign_off.h"

#include "album/album.h"
#include "album/timeline.h"
#include "core/hash.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

/// What of a track can be heard, wherever the track stands: its unmuted clips without their places.
std::string soundOf(const Album& album, const Track& track)
{
    std::string text;
    for (const Clip& clip : track.clips) {
        const Source* source = find(album, clip.source);
        if (clip.muted || source == nullptr) continue;
        text += fmt::format("{} {} {} {} {} {} {} {} {} {}\n", source->fingerprint.xxh3, clip.in.value(),
                            clip.length.value(), clip.gain.value(), clip.fadeIn.length.value(),
                            name(clip.fadeIn.curve), clip.fadeOut.length.value(), name(clip.fadeOut.curve),
                            int{clip.inverted}, static_cast<int>(clip.map));
    }
    return text;
}

std::string jointText(const Joint& joint)
{
    const auto curve = [](std::optional<Curve> c) { return c ? name(*c) : std::string_view{"-"}; };
    std::string text = fmt::format("{}", joint.gap.value());
    if (joint.crossfade)
        text += fmt::format(" {} {}", curve(joint.crossfade->out), curve(joint.crossfade->in));
    return text;
}

std::string hashOf(const std::string& text)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytesOf(text));
    return hasher->finish();
}

/// One edition's places, looked up for one finding after the other.
class Places {
public:
    Places(const Album& album, const Edition& edition)
        : album_{album}, timeline_{buildTimeline(album, edition)},
          cd_{std::holds_alternative<CdSettings>(edition.medium)}
    {
    }

    struct Entry {
        const PlacedEntry* entry = nullptr;
        const PlacedEntry* before = nullptr; ///< in the same piece
    };
    [[nodiscard]] Entry at(const Place& place) const
    {
        if (place.track < 1) return {};
        auto number = static_cast<std::size_t>(place.track);
        std::size_t piece = place.disc > 0 ? static_cast<std::size_t>(place.disc - 1) : 0;
        // CD tracks count from 1 on every disc, others through the edition.
        if (!cd_)
            for (piece = 0;
                 piece < timeline_.pieces.size() && number > timeline_.pieces[piece].entries.size(); ++piece)
                number -= timeline_.pieces[piece].entries.size();
        if (piece >= timeline_.pieces.size()) return {};
        const auto& entries = timeline_.pieces[piece].entries;
        if (number > entries.size()) return {};
        return {&entries[number - 1], number > 1 ? &entries[number - 2] : nullptr};
    }

    /// All but the note; nothing about a source that was not measured: two of them could not be told apart.
    [[nodiscard]] std::optional<SignOff> keyOf(const Finding& f) const
    {
        SignOff key{.rule = f.rule, .said = f.message};
        const auto source = std::ranges::find(album_.sources, f.where.file, &Source::path);
        if (!f.where.file.empty() && source != album_.sources.end()) {
            if (source->fingerprint.xxh3.empty()) return std::nullopt;
            key.heard = source->fingerprint.xxh3;
            if (f.where.sample) key.at = nearestDuration(*f.where.sample - SamplePos{}, source->rate);
            return key;
        }
        const Entry place = at(f.where);
        if (place.entry == nullptr) return key;
        key.track = place.entry->track;
        key.heard = heardAt(f.rule, place);
        if (cd_ && f.where.frame)
            key.at = durationOf(*f.where.frame - CdFramePos{0}) - (place.entry->start - Instant{});
        return key;
    }

private:
    [[nodiscard]] std::string heardAt(std::string_view rule, const Entry& place) const
    {
        const bool joint = rule.starts_with("FAULT.JOINT_");
        if (!joint && !rule.starts_with("AUDIO.")) return {};
        std::string text = soundOf(album_, *find(album_, place.entry->track));
        // An edge against silence is one track's own; anything else at a joint is both tracks' and the
        // joint's.
        const bool alone = !joint || rule == "FAULT.JOINT_EDGE" || rule == "FAULT.JOINT_TAIL";
        if (!alone && place.before != nullptr)
            text += fmt::format("{}\n{}", jointText(place.entry->joint),
                                soundOf(album_, *find(album_, place.before->track)));
        return hashOf(text);
    }

    const Album& album_;
    Timeline timeline_;
    bool cd_;
};

} // namespace

bool sameMatter(const SignOff& a, const SignOff& b)
{
    if (a.rule != b.rule || a.track != b.track || a.heard != b.heard || a.at.has_value() != b.at.has_value())
        return false;
    if (a.at && (*a.at - *b.at > samePlaceWithin || *b.at - *a.at > samePlaceWithin)) return false;
    const bool inSource = !a.track && !a.heard.empty() && a.at;
    return inSource || a.said == b.said;
}

Result<SignOff> signOffFor(const Album& album, const Edition& edition, const Finding& f, std::string note)
{
    if (!f.mayBeSetAside())
        return failure(fmt::format("An error of {} cannot be accepted: it must be put right", f.rule),
                       describe(f.where));
    auto made = Places{album, edition}.keyOf(f);
    if (!made)
        return failure("The file has not been measured yet, so nobody could tell later whether it is still "
                       "the same sound; measure it first",
                       f.where.file);
    made->note = std::move(note);
    return std::move(*made);
}

void applySignOffs(const Album& album, const Edition& edition, Findings& findings)
{
    for (Finding& f : findings) f.accepted.reset();
    if (album.signOffs.empty()) return;
    const Places places{album, edition};
    for (Finding& f : findings) {
        if (!f.mayBeSetAside()) continue;
        const auto key = places.keyOf(f);
        if (!key) continue;
        const auto found =
            std::ranges::find_if(album.signOffs, [&key](const SignOff& s) { return sameMatter(s, *key); });
        if (found != album.signOffs.end()) f.accepted = found->note;
    }
}

std::vector<SignOff> idleSignOffs(const Album& album, const Edition& edition, const Findings& findings)
{
    const Places places{album, edition};
    std::vector<SignOff> keys, idle;
    for (const Finding& f : findings)
        if (auto key = places.keyOf(f)) keys.push_back(std::move(*key));
    for (const SignOff& s : album.signOffs)
        if (std::ranges::none_of(keys, [&s](const SignOff& key) { return sameMatter(s, key); }))
            idle.push_back(s);
    return idle;
}

std::optional<TrackId> trackAt(const Album& album, const Edition& edition, const Place& place)
{
    const Places places{album, edition}; // what it gives points into it
    const PlacedEntry* entry = places.at(place).entry;
    return entry == nullptr ? std::nullopt : std::optional{entry->track};
}

} // namespace segue
