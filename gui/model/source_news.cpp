#include "gui/model/source_news.h"

#include "audio/render.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::gui {

namespace {

std::string channelWords(int channels) { return channels == 1 ? "mono" : "stereo"; }

std::string lengthWords(SampleCount length, SampleRate rate)
{
    return clockTime(nearestDuration(length, rate));
}

} // namespace

std::string changeWords(const Source& before, const AudioFileInfo& now)
{
    std::string words;
    const auto add = [&](const std::string& from, const std::string& to, const char* unit) {
        if (from != to) words += fmt::format("{}{} \u2192 {}{}", words.empty() ? "" : ", ", from, to, unit);
    };
    add(before.format.container, now.format.container, "");
    if (before.format.bits > 0 && now.format.bits > 0)
        add(fmt::format("{}", before.format.bits), fmt::format("{}", now.format.bits), " bit");
    add(fmt::format("{}", before.rate.hertz()), fmt::format("{}", now.rate.hertz()), " Hz");
    add(channelWords(before.channels), channelWords(now.channels), "");
    const std::string from = lengthWords(before.length, before.rate), to = lengthWords(now.length, now.rate);
    add(from, to, "");
    // Less than the clock shows.
    if (from == to && before.rate == now.rate && before.length != now.length)
        add(fmt::format("{}", before.length.value()), fmt::format("{}", now.length.value()), " samples");
    return words;
}

std::vector<SourceNews> newsOf(const std::vector<SourceState>& states, const Album& album,
                               const SeenSources& seen,
                               const std::function<Result<AudioFileInfo>(const Path&)>& infoOf)
{
    using State = SourceState::State;
    std::vector<SourceNews> all;
    for (const SourceState& state : states) {
        SourceNews news{.state = state, .whileOpen = state.state == State::changed};
        const Source* source = find(album, state.source);
        const bool known = state.state == State::present && seen.contains(state.path);
        if (source == nullptr || known) continue;
        if (state.state != State::missing) {
            const auto now = infoOf(state.path);
            news.differences = now ? changeWords(*source, *now) : sentence(now.error());
            news.otherSound = !now || now->rate != source->rate || now->length != source->length ||
                              now->channels != source->channels;
            if (news.otherSound) news.state.state = State::changed;
        }
        if (news.state.state != State::present) all.push_back(std::move(news));
    }
    return all;
}

Findings findingsOf(const std::vector<SourceNews>& all)
{
    Findings findings;
    for (const SourceNews& news : all) {
        const Place where{.file = news.state.path};
        if (news.state.state == SourceState::State::missing) {
            findings.push_back(finding(audioRule("AUDIO.MISSING"), "The audio file is not where it was",
                                       where, "put it back, or show where it is: File, Find a missing file"));
            continue;
        }
        const std::string what = news.whileOpen
                                     ? "The audio file was written to while it was in use here"
                                     : "The audio file is not the one that the album was made with";
        const std::string how = news.differences.empty()
                                    ? "its format and length stayed, its sound may be another"
                                    : news.differences;
        findings.push_back(
            finding(audioRule("AUDIO.CHANGED"), fmt::format("{}: {}", what, how), where,
                    "put the right file back, or take it as it is: File, Read changed files again"));
        // Its sound may still be the same: the export finds that out.
        if (!news.otherSound) findings.back().level = Finding::Level::warning;
    }
    return findings;
}

Result<Album> withOtherFile(Album album, SourceId id, edit::NewSource file)
{
    const Source* source = find(album, id);
    if (source == nullptr) return failure("The audio file is not in the album any more");
    std::vector<ClipId> whole;
    for (const Track& track : album.tracks)
        for (const Clip& clip : track.clips)
            if (clip.source == id && clip.in == SampleCount{} && clip.length == source->length)
                whole.push_back(clip.id);
    const SampleCount length = file.length;
    auto linked = edit::relinkSource(std::move(album), id, std::move(file), false);
    for (const ClipId clip : whole) {
        if (!linked) break;
        // Where fades no longer fit the clip stays, and the checks say what is wrong with it.
        if (auto trimmed = edit::trimClip(*linked, clip, {}, length)) linked = std::move(*trimmed);
    }
    return linked;
}

} // namespace segue::gui
