#include "measure/streaming.h"

#include "core/key_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace segue {

namespace {

// The limiter that is published engages at -1 dB; a peak above it after the gain goes into it.
constexpr double limiterStart = -1;

class RuleReader {
public:
    RuleReader(const KeyValues& all, const KeyValueSection& section) : all_{all}, section_{section} {}

    Result<ServiceRule> read()
    {
        constexpr std::array known{"name",  "seen",   "source",           "standing", "target_lufs",
                                   "album", "raises", "raise_limit_dbtp", "limiter"};
        for (const KeyValue& value : section_.values)
            if (std::ranges::find(known, value.key) == known.end())
                return failure(
                    keyValueError(all_, value.line, fmt::format("there is no key \"{}\" here", value.key)));
        ServiceRule rule{
            .id = section_.name, .name = text("name"), .seen = text("seen"), .source = text("source")};
        rule.official = choice("standing", {"official", "reported"}) == 0;
        rule.target = number("target_lufs", -40, 0).value_or(0);
        constexpr std::array albums{ServiceRule::Album::oneGain, ServiceRule::Album::perTrack,
                                    ServiceRule::Album::unknown};
        rule.album = albums.at(choice("album", {"one-gain", "per-track", "unknown"}));
        constexpr std::array answers{ServiceRule::Known::no, ServiceRule::Known::yes,
                                     ServiceRule::Known::unknown};
        rule.raises = answers.at(choice("raises", {"no", "yes", "unknown"}));
        if (const KeyValue* limit = find(section_, "raise_limit_dbtp"); limit && !limit->value.empty())
            rule.raiseLimit = number("raise_limit_dbtp", -20, 6);
        rule.limiter = choice("limiter", {"no", "yes"}) == 1;
        if (!failed_ && (rule.seen.size() != 10 || rule.seen[4] != '-' || rule.seen[7] != '-'))
            fail("seen", "a day as YYYY-MM-DD");
        if (failed_) return failure(std::move(*failed_));
        return rule;
    }

private:
    void fail(std::string_view key, std::string_view right)
    {
        if (failed_) return;
        const KeyValue* value = find(section_, key);
        failed_ = keyValueError(
            all_, value ? value->line : section_.line,
            value ? fmt::format("\"{}\" is no value of {}; right would be {}", value->value, key, right)
                  : fmt::format("[{}] has no {}: {}", section_.name, key, right));
    }
    std::string text(std::string_view key)
    {
        const KeyValue* value = find(section_, key);
        if (!value || value->value.empty()) fail(key, "a text");
        return value ? value->value : std::string{};
    }
    std::optional<double> number(std::string_view key, double low, double high)
    {
        const KeyValue* value = find(section_, key);
        if (!value) {
            fail(key, fmt::format("a number from {} to {}", low, high));
            return std::nullopt;
        }
        const auto read = numberOf(all_, *value, low, high);
        if (!read && !failed_) failed_ = read.error();
        return read ? std::optional{*read} : std::nullopt;
    }
    std::size_t choice(std::string_view key, std::initializer_list<std::string_view> words)
    {
        const KeyValue* value = find(section_, key);
        const auto word = value ? std::ranges::find(words, value->value) : words.end();
        if (word == words.end()) {
            fail(key, fmt::format("one of {}", fmt::join(words, ", ")));
            return 0;
        }
        return static_cast<std::size_t>(word - words.begin());
    }

    const KeyValues& all_;
    const KeyValueSection& section_;
    std::optional<Error> failed_{};
};

StreamedGain gainFor(const ServiceRule& rule, double loudness, std::optional<double> peak)
{
    StreamedGain out{.gain = rule.target - loudness};
    if (out.gain > 0) {
        if (rule.raises != ServiceRule::Known::yes) {
            out.mayBeRaised = rule.raises == ServiceRule::Known::unknown;
            out.gain = 0;
        } else if (rule.limiter) {
            out.limited = peak && *peak + out.gain > limiterStart;
        } else if (rule.raiseLimit && peak && *peak + out.gain > *rule.raiseLimit) {
            // A track that is above the limit already is left as it is.
            out.gain = std::max(0.0, *rule.raiseLimit - *peak);
            out.heldByPeak = true;
        }
    }
    out.loudness = loudness + out.gain;
    return out;
}

} // namespace

Result<std::vector<ServiceRule>> parseServiceRules(std::string_view text, std::string file)
{
    const auto all = parseKeyValues(text, std::move(file));
    if (!all) return failure(all.error());
    if (!all->sections.front().values.empty())
        return failure(keyValueError(*all, all->sections.front().values.front().line,
                                     "every line belongs below the [name] of a service"));
    std::vector<ServiceRule> rules;
    for (const KeyValueSection& section : std::span{all->sections}.subspan(1)) {
        auto rule = RuleReader{*all, section}.read();
        if (!rule) return failure(rule.error());
        rules.push_back(std::move(*rule));
    }
    return rules;
}

std::optional<StreamedGain> streamedAlone(const ServiceRule& rule, const StreamedLevel& level)
{
    if (!level.loudness) return std::nullopt;
    return gainFor(rule, *level.loudness, level.truePeak);
}

StreamedAlbum streamedAsAlbum(const ServiceRule& rule, std::span<const StreamedLevel> tracks,
                              const StreamedLevel& album)
{
    StreamedAlbum out;
    if (rule.album == ServiceRule::Album::unknown || !album.loudness) return out;
    if (rule.album == ServiceRule::Album::oneGain) out.whole = gainFor(rule, *album.loudness, album.truePeak);
    for (const StreamedLevel& track : tracks) {
        if (!out.whole || !track.loudness) {
            out.tracks.push_back(streamedAlone(rule, track));
            continue;
        }
        StreamedGain gain = *out.whole;
        gain.loudness = *track.loudness + gain.gain;
        gain.limited =
            rule.limiter && gain.gain > 0 && track.truePeak && *track.truePeak + gain.gain > limiterStart;
        out.tracks.push_back(gain);
    }
    return out;
}

} // namespace segue
