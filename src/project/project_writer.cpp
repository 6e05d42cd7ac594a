#include "core/text.h"
#include "project/attribute_reader.h"
#include "project/exact_time.h"
#include "project/project_file.h"
#include "project/project_parts.h"
#include "project/project_schema.h"
#include "project/source_paths.h"
#include "project/xml_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace segue {

namespace {

constexpr std::array<std::string_view, 5> mapNames{"normal", "swapped", "left-to-both", "right-to-both",
                                                   "mono-sum"};

// An element in the making. Values that say nothing (an empty text, 0 dB, no) are left out, so that a line
// shows what is special about its thing.
class Element {
public:
    explicit Element(std::string_view name) { item_.name = name; }

    Element& raw(std::string_view name, std::string value)
    {
        item_.attributes.emplace_back(name, std::move(value));
        return *this;
    }
    Element& text(std::string_view name, const std::string& value)
    {
        if (fitsXml(value)) return raw(name, value);
        return raw(fmt::format("{}{}", name, hexSuffix), toHex(value));
    }
    Element& textUnlessEmpty(std::string_view name, const std::string& value)
    {
        return value.empty() ? *this : text(name, value);
    }
    Element& integer(std::string_view name, std::int64_t value)
    {
        return raw(name, fmt::format("{}", value));
    }
    template <class Tag>
    Element& id(std::string_view name, Id<Tag> value)
    {
        return integer(name, value.value);
    }
    Element& time(std::string_view name, Duration value) { return raw(name, exactTime(value)); }
    Element& timeUnlessZero(std::string_view name, Duration value)
    {
        return value == Duration{} ? *this : time(name, value);
    }
    Element& gain(std::string_view name, Decibels value)
    {
        if (value.isUnity()) return *this;
        return raw(name, value == Decibels::silence() ? "-inf" : shortest(value.value()));
    }
    Element& yes(std::string_view name, bool value) { return value ? raw(name, "yes") : *this; }
    Element& language(Language value) { return raw("language", fmt::format("0x{:02x}", value.code)); }
    Element& fade(std::string_view length, std::string_view shape, Fade value)
    {
        timeUnlessZero(length, value.length);
        if (value.curve != Fade{}.curve) raw(shape, std::string{name(value.curve)});
        return *this;
    }
    Element& texts(const Texts& all)
    {
        for (const TextField field : allTextFields)
            if (const auto& value = all[field]) text(name(field), *value);
        return *this;
    }
    Element& child(Element element)
    {
        item_.children.push_back(std::move(element.item_));
        return *this;
    }
    [[nodiscard]] XmlItem take() { return std::move(item_); }

private:
    XmlItem item_{};
};

void addTexts(Element& parent, const Texts& own, const std::vector<Translation>& translations)
{
    if (!own.empty()) parent.child(std::move(Element{"texts"}.texts(own)));
    for (const Translation& t : translations)
        parent.child(std::move(Element{"translation"}.language(t.language).texts(t.texts)));
}

Element infoElement(const AlbumInfo& info)
{
    Element e{"info"};
    e.language(info.language);
    if (info.upc) e.raw("upc", info.upc->digits());
    if (info.genreCode) e.integer("genre-code", *info.genreCode);
    e.textUnlessEmpty("genre", info.genreText)
        .textUnlessEmpty("disc-id", info.discId)
        .textUnlessEmpty("catalog", info.catalog)
        .textUnlessEmpty("label", info.label)
        .textUnlessEmpty("date", info.date)
        .textUnlessEmpty("studio", info.studio)
        .textUnlessEmpty("engineer", info.engineer)
        .textUnlessEmpty("contact", info.contact)
        .textUnlessEmpty("master-version", info.masterVersion)
        .textUnlessEmpty("note", info.note);
    addTexts(e, info.texts, info.translations);
    return e;
}

Element sourceElement(const Source& source, std::string_view folder)
{
    Element e{"source"};
    e.id("id", source.id)
        .text("path", storedPath(source.path, folder))
        .integer("rate", source.rate.hertz())
        .integer("channels", source.channels)
        .integer("length", source.length.value())
        .textUnlessEmpty("container", source.format.container)
        .textUnlessEmpty("encoding", source.format.encoding)
        .integer("bits", source.format.bits)
        .textUnlessEmpty("hash", source.fingerprint.xxh3)
        .yes("sixteen-bit", source.fingerprint.sixteenBitExact);
    return e;
}

std::string flagWords(ControlFlags flags)
{
    std::string words;
    const auto add = [&words](bool on, std::string_view word) {
        if (!on) return;
        if (!words.empty()) words += ' ';
        words += word;
    };
    add(flags.preEmphasis, "pre");
    add(flags.copyPermitted, "dcp");
    add(flags.fourChannel, "4ch");
    add(flags.scms, "scms");
    return words;
}

Element clipElement(const Clip& clip)
{
    Element e{"clip"};
    e.id("id", clip.id)
        .id("source", clip.source)
        .integer("in", clip.in.value())
        .integer("length", clip.length.value())
        .time("at", clip.at)
        .gain("gain", clip.gain)
        .fade("fade-in", "fade-in-curve", clip.fadeIn)
        .fade("fade-out", "fade-out-curve", clip.fadeOut)
        .yes("inverted", clip.inverted)
        .yes("muted", clip.muted);
    if (clip.map != ChannelMap::normal)
        e.raw("map", std::string{mapNames.at(static_cast<std::size_t>(clip.map))});
    return e;
}

Element trackElement(const Track& track)
{
    Element e{"track"};
    e.id("id", track.id);
    if (track.isrc) e.raw("isrc", track.isrc->compact());
    e.textUnlessEmpty("flags", flagWords(track.flags))
        .gain("gain", track.gain.hand)
        .gain("balance", track.gain.balance)
        .gain("offset", track.wantedOffset);
    if (track.end) e.time("end", *track.end);
    if (track.origin.noise != track.id) e.id("noise", track.origin.noise);
    e.timeUnlessZero("shift", track.origin.shift).textUnlessEmpty("note", track.note);
    addTexts(e, track.texts, track.translations);
    for (const Clip& clip : track.clips) e.child(clipElement(clip));
    for (const Duration at : track.indexes) e.child(std::move(Element{"index"}.time("at", at)));
    return e;
}

// A line of its own for each 18-byte pack, so that a changed one shows.
Element packsElement(const std::vector<std::byte>& bytes)
{
    constexpr std::size_t packSize = 18;
    Element e{"cd-text-packs"};
    for (std::span<const std::byte> rest{bytes}; !rest.empty();) {
        const auto pack = rest.first(std::min(packSize, rest.size()));
        rest = rest.subspan(pack.size());
        std::string raw;
        for (const std::byte b : pack) raw += static_cast<char>(b);
        e.child(std::move(Element{"pack"}.raw("bytes", toHex(raw))));
    }
    return e;
}

Element mediumElement(const CdSettings& cd)
{
    Element e{"cd"};
    e.timeUnlessZero("start-offset", cd.startOffset)
        .timeUnlessZero("end-offset", cd.endOffset)
        .time("first-pause", cd.firstPause)
        .timeUnlessZero("end-silence", cd.endSilence)
        .raw("max-length", fmt::format("{}f", cd.maxLength.value()))
        .raw("isrc-placement", cd.isrcPlacement == IsrcRepeat::firstPacket ? "first" : "both")
        .yes("cd-text-codes", cd.cdTextCodes)
        .textUnlessEmpty("master-id", cd.masterId);
    if (cd.cdTextPacks) e.child(packsElement(*cd.cdTextPacks));
    return e;
}

Element rateElement(std::string_view name, std::optional<SampleRate> rate)
{
    Element e{name};
    if (rate) e.integer("rate", rate->hertz());
    return e;
}
/// What is as usual is left out.
Element mediumElement(const VinylSettings& vinyl)
{
    const VinylSettings usual;
    Element e = rateElement("vinyl", vinyl.rate);
    if (vinyl.inches != usual.inches) e.integer("inches", vinyl.inches);
    if (vinyl.speed != usual.speed) e.integer("speed", vinyl.speed);
    if (vinyl.lathe != usual.lathe) e.text("lathe", vinyl.lathe);
    if (vinyl.plant != usual.plant) e.text("plant", vinyl.plant);
    if (vinyl.reference != usual.reference) e.raw("reference", shortest(vinyl.reference.value()));
    return e;
}
Element mediumElement(const DigitalSettings& digital) { return rateElement("digital", digital.rate); }

Element entryElement(const Entry& entry)
{
    Element e{"entry"};
    e.id("track", entry.track).time("gap", entry.joint.gap).gain("gain", entry.gain);
    if (entry.breakBefore != Break::none) e.raw("break", entry.breakBefore == Break::side ? "side" : "disc");
    if (entry.keepWithPrevious) e.raw("keep", "yes");
    if (const auto& cross = entry.joint.crossfade) {
        Element c{"crossfade"};
        if (cross->out) c.raw("out", std::string{name(*cross->out)});
        if (cross->in) c.raw("in", std::string{name(*cross->in)});
        e.child(std::move(c));
    }
    return e;
}

Element editionElement(const Edition& edition)
{
    Element e{"edition"};
    e.id("id", edition.id).textUnlessEmpty("name", edition.name);
    std::visit([&e](const auto& medium) { e.child(mediumElement(medium)); }, edition.medium);
    for (const Entry& entry : edition.entries) e.child(entryElement(entry));
    return e;
}

Element signOffElement(const SignOff& signOff)
{
    Element e{"sign-off"};
    e.text("rule", signOff.rule);
    if (signOff.track) e.id("track", *signOff.track);
    e.textUnlessEmpty("heard", signOff.heard);
    if (signOff.at) e.time("at", *signOff.at);
    e.textUnlessEmpty("said", signOff.said).textUnlessEmpty("note", signOff.note);
    return e;
}

} // namespace

XmlItem writeAlbum(const Album& album, std::string_view folder)
{
    Element sources{"sources"}, tracks{"tracks"}, editions{"editions"};
    for (const Source& source : album.sources) sources.child(sourceElement(source, folder));
    for (const Track& track : album.tracks) tracks.child(trackElement(track));
    for (const Edition& edition : album.editions) editions.child(editionElement(edition));
    Element root{"segue"};
    root.integer("next-id", album.nextId)
        .child(infoElement(album.info))
        .child(std::move(sources))
        .child(std::move(tracks))
        .child(std::move(editions));
    if (!album.signOffs.empty()) {
        Element signOffs{"sign-offs"};
        for (const SignOff& signOff : album.signOffs) signOffs.child(signOffElement(signOff));
        root.child(std::move(signOffs));
    }
    return root.take();
}

} // namespace segue
