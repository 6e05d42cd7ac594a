// The tracks' part of compare().
#include "album/compare_support.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::detail {

namespace {

std::string nameOf(const Track& track) { return "track " + quoted(displayTitle(track)); }

std::string pathOf(const Album& album, SourceId id)
{
    const Source* source = find(album, id);
    return source != nullptr ? quoted(source->path) : "a missing source";
}

std::string samples(SampleCount count) { return fmt::format("sample {}", count.value()); }

std::string_view mapName(ChannelMap map)
{
    switch (map) {
    case ChannelMap::normal: return "as they are";
    case ChannelMap::swapped: return "swapped";
    case ChannelMap::leftToBoth: return "left to both";
    case ChannelMap::rightToBoth: return "right to both";
    case ChannelMap::monoSum: break;
    }
    return "mono sum";
}

void compareFade(std::string_view what, const Fade& before, const Fade& after, Differences& out)
{
    out.time(fmt::format("length of the {}", what), before.length, after.length);
    out.value(fmt::format("curve of the {}", what), std::string{name(before.curve)},
              std::string{name(after.curve)});
}

void compareClip(const Album& a, const Album& b, const Clip& before, const Clip& after, Differences& out)
{
    if (before.source != after.source) {
        const std::string was = pathOf(a, before.source), is = pathOf(b, after.source);
        if (was != is) out.value("source", was, is);
        if (was == is)
            out.value("source", fmt::format("{} (number {})", was, before.source.value),
                      fmt::format("{} (number {})", is, after.source.value));
    }
    out.value("first sample", samples(before.in), samples(after.in));
    out.value("length", fmt::format("{} samples", before.length.value()),
              fmt::format("{} samples", after.length.value()));
    out.time("place", before.at, after.at);
    out.gain("gain", before.gain, after.gain);
    compareFade("fade-in", before.fadeIn, after.fadeIn, out);
    compareFade("fade-out", before.fadeOut, after.fadeOut, out);
    out.yes("polarity inversion", before.inverted, after.inverted);
    out.yes("muting", before.muted, after.muted);
    out.value("channel assignment", std::string{mapName(before.map)}, std::string{mapName(after.map)});
}

void compareClips(const Album& a, const Album& b, const Track& before, const Track& after, Differences& out)
{
    const auto in = [](const std::vector<Clip>& clips, ClipId id) {
        const auto found = std::ranges::find(clips, id, &Clip::id);
        return found == clips.end() ? nullptr : &*found;
    };
    const std::string track = nameOf(after);
    std::size_t number = 0;
    for (const Clip& was : before.clips) {
        ++number;
        if (const Clip* is = in(after.clips, was.id)) {
            out.about(fmt::format("clip {} of {}", number, track));
            compareClip(a, b, was, *is, out);
        } else {
            out.say(fmt::format("Clip {} of {}, from {}, is gone", number, track, pathOf(a, was.source)));
        }
    }
    for (const Clip& is : after.clips)
        if (in(before.clips, is.id) == nullptr)
            out.say(fmt::format("A clip of {}, from {}, is new", track, pathOf(b, is.source)));
    const auto ids = [](const std::vector<Clip>& clips) {
        std::vector<ClipId> all;
        for (const Clip& clip : clips) all.push_back(clip.id);
        std::ranges::sort(all);
        return all;
    };
    const auto sameId = [](const Clip& x, const Clip& y) { return x.id == y.id; };
    if (ids(before.clips) == ids(after.clips) && !std::ranges::equal(before.clips, after.clips, sameId))
        out.say(fmt::format("The clips of {} are summed in another order", track));
}

std::string flagText(ControlFlags flags)
{
    std::string words;
    const auto add = [&words](bool on, std::string_view word) {
        if (on) words += (words.empty() ? "" : " ") + std::string{word};
    };
    add(flags.preEmphasis, "PRE");
    add(flags.copyPermitted, "DCP");
    add(flags.fourChannel, "4CH");
    add(flags.scms, "SCMS");
    return words.empty() ? "none" : words;
}

void compareIndexes(const Track& before, const Track& after, Differences& out)
{
    const auto most = std::max(before.indexes.size(), after.indexes.size());
    for (std::size_t i = 0; i < most; ++i) {
        const std::string what = fmt::format("INDEX {:02}", i + 2);
        if (i >= before.indexes.size())
            out.say(fmt::format("{} of {} is new, at {}", what, nameOf(after), clockTime(after.indexes[i])));
        else if (i >= after.indexes.size())
            out.say(fmt::format("{} of {} is gone", what, nameOf(after)));
        else
            out.time(what, before.indexes[i], after.indexes[i]);
    }
}

void compareTrack(const Album& a, const Album& b, const Track& before, const Track& after, Differences& out)
{
    const auto code = [](const std::optional<Isrc>& isrc) {
        return isrc ? std::optional{isrc->dashed()} : std::nullopt;
    };
    // By the name it had, so that a new title is understood.
    out.about(nameOf(before));
    out.texts(before.texts, after.texts);
    out.about(nameOf(after));
    out.translations(before.translations, after.translations);
    out.text("ISRC", code(before.isrc), code(after.isrc));
    out.value("flags", flagText(before.flags), flagText(after.flags));
    out.gain("gain", before.gain.hand, after.gain.hand);
    out.gain("balance gain", before.gain.balance, after.gain.balance);
    out.gain("wanted offset", before.wantedOffset, after.wantedOffset);
    if (before.end && after.end)
        out.time("end mark", *before.end, *after.end);
    else if (before.end || after.end)
        out.say(fmt::format("The end mark of {} is {}", nameOf(after), after.end ? "new" : "gone"));
    compareIndexes(before, after, out);
    out.text("note", before.note, after.note);
    compareClips(a, b, before, after, out);
    out.about(nameOf(after));
    if (before.origin.noise != after.origin.noise)
        out.say(fmt::format("The dither of {} comes from another sequence", nameOf(after)));
    out.time("shift of the dither", before.origin.shift, after.origin.shift);
}

} // namespace

void compareTracks(const Album& before, const Album& after, Differences& out)
{
    for (const Track& was : before.tracks) {
        if (const Track* now = find(after, was.id))
            compareTrack(before, after, was, *now, out);
        else
            out.say(fmt::format("T{} is gone", nameOf(was).substr(1)));
    }
    for (const Track& now : after.tracks)
        if (find(before, now.id) == nullptr) out.say(fmt::format("T{} is new", nameOf(now).substr(1)));
}

} // namespace segue::detail
