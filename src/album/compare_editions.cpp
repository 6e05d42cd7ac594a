// The editions' part of compare().
#include "album/compare_support.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue::detail {

namespace {

std::string nameOf(const Edition& edition) { return "edition " + quoted(edition.name); }

std::string titleOf(const Album& before, const Album& after, TrackId id)
{
    const Track* track = find(after, id);
    if (track == nullptr) track = find(before, id);
    return quoted(track != nullptr ? displayTitle(*track) : "missing");
}

void compareMedium(const CdSettings& before, const CdSettings& after, Differences& out)
{
    out.time("start offset", before.startOffset, after.startOffset);
    out.time("end offset", before.endOffset, after.endOffset);
    out.time("first pause of further discs", before.firstPause, after.firstPause);
    out.time("silence at the end", before.endSilence, after.endSilence);
    out.value("longest playing time", cdTime(before.maxLength), cdTime(after.maxLength));
    const auto place = [](IsrcRepeat r) {
        return std::string{r == IsrcRepeat::firstPacket ? "in the first packet" : "also on INDEX 01"};
    };
    out.value("place of the ISRC", place(before.isrcPlacement), place(after.isrcPlacement));
    out.yes("writing of codes as CD-Text", before.cdTextCodes, after.cdTextCodes);
    out.text("master id", before.masterId, after.masterId);
    const auto packs = [](const std::optional<std::vector<std::byte>>& p) {
        return p ? fmt::format("{} bytes from a file", p->size()) : std::string{"made from the texts"};
    };
    if (before.cdTextPacks == after.cdTextPacks) return;
    if (packs(before.cdTextPacks) == packs(after.cdTextPacks))
        out.value("CD-Text", packs(before.cdTextPacks), "as many others");
    else
        out.value("CD-Text", packs(before.cdTextPacks), packs(after.cdTextPacks));
}
void compareRate(std::optional<SampleRate> before, std::optional<SampleRate> after, Differences& out)
{
    const auto rate = [](std::optional<SampleRate> r) {
        return r ? fmt::format("{} Hz", r->hertz()) : std::string{"the sources' own"};
    };
    out.value("sample rate", rate(before), rate(after));
}
void compareMedium(const DigitalSettings& before, const DigitalSettings& after, Differences& out)
{
    compareRate(before.rate, after.rate, out);
}
void compareMedium(const VinylSettings& before, const VinylSettings& after, Differences& out)
{
    compareRate(before.rate, after.rate, out);
    const auto record = [](const VinylSettings& v) {
        return fmt::format("{}\" at {}", v.inches, v.speed == 33 ? "33 1/3" : "45");
    };
    out.value("record", record(before), record(after));
    out.text("lathe", before.lathe, after.lathe);
    out.text("plant", before.plant, after.plant);
    const auto reference = [](Decibels dbfs) { return fmt::format("{} dBFS", dbfs.value()); };
    out.value("cutting reference", reference(before.reference), reference(after.reference));
}

std::string_view mediumName(const Medium& medium)
{
    constexpr std::array<std::string_view, 3> names{"CD", "vinyl", "digital"};
    return names.at(medium.index());
}

std::string crossfadeText(const std::optional<Crossfade>& cross)
{
    if (!cross) return "none";
    const auto side = [](std::optional<Curve> c) {
        return c ? std::string{name(*c)} : std::string{"the usual curve"};
    };
    return fmt::format("out by {}, in by {}", side(cross->out), side(cross->in));
}

std::string_view breakName(Break b)
{
    return b == Break::none ? "none" : b == Break::side ? "a new side" : "a new disc";
}

// The fewest tracks that were moved: all but those of a longest run that kept its order.
std::vector<TrackId> moved(const std::vector<TrackId>& before, const std::vector<TrackId>& after)
{
    std::vector<std::size_t> places; // of the new order's tracks in the old one
    for (const TrackId id : after)
        places.push_back(static_cast<std::size_t>(std::ranges::find(before, id) - before.begin()));
    std::vector<std::size_t> length(places.size(), 1), from(places.size(), places.size());
    std::size_t last = places.size();
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            if (places[j] < places[i] && length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
                from[i] = j;
            }
        if (last == places.size() || length[i] > length[last]) last = i;
    }
    std::vector<bool> kept(places.size(), false);
    for (; last < places.size(); last = from[last]) kept[last] = true;
    std::vector<TrackId> all;
    for (std::size_t i = 0; i < after.size(); ++i)
        if (!kept[i]) all.push_back(after[i]);
    return all;
}

std::size_t placeIn(const Edition& edition, TrackId id)
{
    return static_cast<std::size_t>(std::ranges::find(edition.entries, id, &Entry::track) -
                                    edition.entries.begin()) +
           1;
}

void compareEntries(const Album& a, const Album& b, const Edition& before, const Edition& after,
                    Differences& out)
{
    std::vector<TrackId> common, commonAfter;
    for (const Entry& was : before.entries) {
        if (find(after, was.track) != nullptr)
            common.push_back(was.track);
        else
            out.say(fmt::format("Track {} was number {} in {} and is not in it any more",
                                titleOf(a, b, was.track), placeIn(before, was.track), nameOf(after)));
    }
    for (const Entry& is : after.entries) {
        if (find(before, is.track) != nullptr)
            commonAfter.push_back(is.track);
        else
            out.say(fmt::format("Track {} is number {} in {} now", titleOf(a, b, is.track),
                                placeIn(after, is.track), nameOf(after)));
    }
    for (const TrackId id : moved(common, commonAfter))
        out.say(fmt::format("Track {} was number {} in {} and is number {}", titleOf(a, b, id),
                            placeIn(before, id), nameOf(after), placeIn(after, id)));
    for (const TrackId id : commonAfter) {
        const Entry& was = *find(before, id);
        const Entry& is = *find(after, id);
        out.about(fmt::format("track {} in {}", titleOf(a, b, id), nameOf(after)));
        out.time("gap in front", was.joint.gap, is.joint.gap);
        out.value("crossfade", crossfadeText(was.joint.crossfade), crossfadeText(is.joint.crossfade));
        out.gain("gain", was.gain, is.gain);
        out.value("break before it", std::string{breakName(was.breakBefore)},
                  std::string{breakName(is.breakBefore)});
        out.yes("keeping together with the track before", was.keepWithPrevious, is.keepWithPrevious);
    }
}

void compareEdition(const Album& a, const Album& b, const Edition& before, const Edition& after,
                    Differences& out)
{
    out.about(nameOf(before));
    out.text("name", before.name, after.name);
    out.about(nameOf(after));
    if (before.medium.index() != after.medium.index())
        out.value("medium", std::string{mediumName(before.medium)}, std::string{mediumName(after.medium)});
    else
        std::visit(
            [&](const auto& was) {
                compareMedium(was, std::get<std::decay_t<decltype(was)>>(after.medium), out);
            },
            before.medium);
    compareEntries(a, b, before, after, out);
}

} // namespace

void compareEditions(const Album& before, const Album& after, Differences& out)
{
    for (const Edition& was : before.editions) {
        if (const Edition* now = find(after, was.id))
            compareEdition(before, after, was, *now, out);
        else
            out.say(fmt::format("E{} is gone", nameOf(was).substr(1)));
    }
    for (const Edition& now : after.editions)
        if (find(before, now.id) == nullptr) out.say(fmt::format("E{} is new", nameOf(now).substr(1)));
}

} // namespace segue::detail
