#include "audio/render_parts.h"

#include "audio/converted_source.h"
#include "audio/sounding.h"
#include "core/hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <optional>
#include <set>

namespace segue {

namespace {

// Another number whenever a render changes a sample: what was left by an older Segue is then not found.
constexpr int renderVersion = 1;

/// Writes down what a part's samples depend on.
class Description {
public:
    Description(const Album& album, const Piece& piece, const RenderPlan& plan,
                const RenderSettings& settings, const Sounding& sounding, SamplePos begin)
        : album_{album}, piece_{piece}, plan_{plan}, settings_{settings}, sounding_{sounding}, begin_{begin}
    {
        say("segue {} rate {} resampler {} dither {}\n", renderVersion, plan.places.rate.hertz(),
            resamplerName(), static_cast<int>(settings.dither));
    }

    void add(const RenderSpan& span)
    {
        say("span {} {} kind {}\n", from(span.begin), from(span.end), static_cast<int>(span.kind));
        if (span.kind == RenderSpan::Kind::dithered) {
            const PlacedTrackSamples& placed = plan_.places.entries[span.entry];
            const NoiseKey key = noiseKeyOf(*find(album_, placed.track), settings_.seed);
            say("noise {} {} {}\n", key.first, key.second, (span.begin - placed.base).value());
        }
        for (const std::size_t i : sounding_.at(span.begin)) add(sounding_.clips[i], span.entry);
        for (const SoundingCrossfade& c : sounding_.crossfades)
            if (c.actsAt(span.begin))
                say("crossfade {} {} {} {} {}\n", relative(c.incoming, span.entry), from(c.begin),
                    from(c.end), static_cast<int>(c.out), static_cast<int>(c.in));
    }

    /// Nothing when a source is not known by its samples.
    [[nodiscard]] std::string key() const
    {
        if (!complete_) return {};
        const auto hasher = makeXxh3_128();
        hasher->update(bytesOf(text_));
        return hasher->finish();
    }

private:
    void add(const SoundingClip& sound, std::size_t entry)
    {
        const Clip& clip = sound.clip;
        complete_ = complete_ && !sound.source.fingerprint.xxh3.empty();
        const PlacedEntry& placed = piece_.entries[sound.entry];
        say("clip {} {} {} {} sounds {} {} of {} {} {}\n", sound.source.fingerprint.xxh3,
            sound.source.rate.hertz(), sound.source.channels, sound.source.length.value(), from(sound.begin),
            from(sound.end), from(sound.place.begin), from(sound.place.end), from(sound.place.anchor));
        say("fades {} {} {} {} map {} inverted {} gains {} {} {} entry {}\n", sound.fadeIn.value(),
            static_cast<int>(clip.fadeIn.curve), sound.fadeOut.value(), static_cast<int>(clip.fadeOut.curve),
            static_cast<int>(clip.map), clip.inverted, bits(clip.gain.gain()),
            bits(find(album_, placed.track)->gain.sum().gain()), bits(placed.gain.gain()),
            relative(sound.entry, entry));
    }

    template <class... Values>
    void say(fmt::format_string<Values...> form, Values&&... values)
    {
        fmt::format_to(std::back_inserter(text_), form, std::forward<Values>(values)...);
    }
    [[nodiscard]] std::int64_t from(SamplePos at) const { return (at - begin_).value(); }
    [[nodiscard]] static std::int64_t relative(std::size_t entry, std::size_t to)
    {
        return static_cast<std::int64_t>(entry) - static_cast<std::int64_t>(to);
    }
    [[nodiscard]] static std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

    const Album& album_;
    const Piece& piece_;
    const RenderPlan& plan_;
    const RenderSettings& settings_;
    const Sounding& sounding_;
    SamplePos begin_;
    std::string text_{};
    bool complete_ = true;
};

} // namespace

std::vector<RenderPart> renderParts(const Album& album, const Piece& piece, const RenderPlan& plan,
                                    const RenderSettings& settings)
{
    const Sounding sounding = soundingOn(album, piece, plan.places);
    std::vector<RenderPart> parts;
    std::optional<Description> description;
    for (std::size_t i = 0; i < plan.spans.size(); ++i) {
        const RenderSpan& span = plan.spans[i];
        if (i == 0 || span.entry != plan.spans[i - 1].entry) {
            if (description) parts.back().key = description->key();
            parts.push_back({.entry = span.entry, .firstSpan = i, .begin = span.begin});
            description.emplace(album, piece, plan, settings, sounding, span.begin);
        }
        description->add(span);
        parts.back().end = span.end;
    }
    if (description) parts.back().key = description->key();
    return parts;
}

std::vector<RenderPart> partsGiven(const Album& album, const Piece& piece, const RenderPlan& plan,
                                   const RenderSettings& settings, const EarlierParts& earlier)
{
    std::vector<RenderPart> given = renderParts(album, piece, plan, settings);
    std::erase_if(given, [&](const RenderPart& part) { return !earlier.has(part); });
    return given;
}

std::vector<SourceId> sourcesNotRead(const Album& album, const Piece& piece, const RenderPlan& plan,
                                     const std::vector<RenderPart>& given)
{
    std::set<SourceId> all, read;
    for (const SoundingClip& clip : soundingOn(album, piece, plan.places).clips) {
        all.insert(clip.source.id);
        // Given parts are in order and do not overlap: what they leave of the clip is rendered.
        SamplePos at = clip.begin;
        for (const RenderPart& part : given)
            if (part.begin <= at && at < part.end) at = part.end;
        if (at < clip.end) read.insert(clip.source.id);
    }
    std::vector<SourceId> left;
    std::ranges::set_difference(all, read, std::back_inserter(left));
    return left;
}

} // namespace segue
