#include "project/attribute_reader.h"
#include "project/exact_time.h"
#include "project/project_file.h"
#include "project/project_parts.h"
#include "project/project_rules.h"
#include "project/sign_off_reader.h"
#include "project/source_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

namespace segue {

namespace {

constexpr std::int64_t largestId = std::numeric_limits<std::uint32_t>::max() - 1;
constexpr std::int64_t highestRate = 10'000'000;
constexpr std::size_t mostTracks = 10'000; // keeps every sum of times in 64 bits
constexpr double mostDecibels = 1000;      // keeps every gain finite

template <class Id>
Id idOf(std::int64_t value)
{
    return Id{static_cast<std::uint32_t>(value)};
}

class AlbumReader {
public:
    AlbumReader(const XmlDocument& document, std::string_view folder, const std::string& fileName,
                Findings& findings)
        : in_{document, fileName}, folder_{folder}, findings_{findings}
    {
    }

    Result<Album> read(const XmlNode& root)
    {
        Album album;
        const auto nextId = in_.integer(root, "next-id", 1, largestId + 1);
        if (const auto node = only(root, "info")) album.info = info(*node);
        if (const auto node = only(root, "sources"))
            for (const XmlNode& child : named(*node, "source")) album.sources.push_back(source(child));
        if (const auto node = only(root, "tracks")) {
            const auto all = named(*node, "track");
            if (all.size() > mostTracks)
                in_.fail(*node, fmt::format("There are more than {} tracks", mostTracks));
            if (!in_.error())
                for (const XmlNode& child : all) album.tracks.push_back(track(album, child));
        }
        if (const auto node = only(root, "editions"))
            for (const XmlNode& child : named(*node, "edition")) album.editions.push_back(edition(child));
        if (const auto node = only(root, "sign-offs"))
            for (const XmlNode& child : named(*node, "sign-off")) addSignOff(album, child);
        if (in_.error()) return failure(*in_.error());
        album.nextId = mendedNextId(root, nextId);
        return album;
    }

private:
    static std::vector<XmlNode> named(const XmlNode& parent, std::string_view name)
    {
        auto all = parent.children();
        std::erase_if(
            all, [&](const XmlNode& n) { return n.kind() != XmlNode::Kind::element || n.name() != name; });
        return all;
    }

    std::optional<XmlNode> only(const XmlNode& parent, std::string_view name)
    {
        const auto all = named(parent, name);
        if (all.empty()) return std::nullopt;
        if (all.size() > 1)
            in_.fail(all[1], fmt::format("<{}> stands twice in <{}>; once is right", name, parent.name()));
        return all[0];
    }

    std::int64_t freshId(const XmlNode& node, std::set<std::int64_t>& seen)
    {
        const auto id = in_.integer(node, "id", 1, largestId);
        if (!seen.insert(id).second)
            in_.fail(node, fmt::format("The id {} is taken: two elements have it", id));
        highestId_ = std::max(highestId_, id);
        return id;
    }

    std::int64_t reference(const XmlNode& node, std::string_view name, const std::set<std::int64_t>& known)
    {
        const auto id = in_.integer(node, name, 1, largestId);
        if (!known.contains(id))
            in_.fail(node, fmt::format("The attribute \"{}\" names {} {}, and there is none with this id",
                                       name, name, id));
        return id;
    }

    Decibels gain(const XmlNode& node, std::string_view name)
    {
        const Decibels value = in_.decibels(node, name);
        if (value > Decibels{mostDecibels} ||
            (value < Decibels{-mostDecibels} && value != Decibels::silence()))
            in_.wrong(node, name, node.attribute(name).value_or(""), "a gain between -1000 and 1000 dB");
        return value;
    }

    Language language(const XmlNode& node)
    {
        const auto value = node.attribute("language").value_or("");
        const auto code = value.starts_with("0x") ? fromHex(value.substr(2)) : std::nullopt;
        if (code && code->size() == 1) return Language{static_cast<std::uint8_t>(code->front())};
        in_.wrong(node, "language", value, "a language code such as \"0x09\"");
        return english;
    }

    Texts texts(const XmlNode& node)
    {
        Texts all;
        for (const TextField field : allTextFields) all[field] = in_.optionalText(node, name(field));
        return all;
    }

    Texts ownTexts(const XmlNode& parent)
    {
        const auto node = only(parent, "texts");
        return node ? texts(*node) : Texts{};
    }

    std::vector<Translation> translations(const XmlNode& parent)
    {
        std::vector<Translation> all;
        std::set<Language> seen;
        for (const XmlNode& node : named(parent, "translation")) {
            all.push_back({language(node), texts(node)});
            if (!seen.insert(all.back().language).second)
                in_.fail(node, "There are two translations into this language");
        }
        return all;
    }

    AlbumInfo info(const XmlNode& node)
    {
        AlbumInfo all{.texts = ownTexts(node), .translations = translations(node)};
        if (node.attribute("language")) all.language = language(node);
        if (const auto digits = node.attribute("upc")) {
            auto upc = UpcEan::parseDigits(*digits);
            if (upc)
                all.upc = std::move(*upc);
            else
                in_.fail(node, upc.error().what);
        }
        if (const auto code = in_.optionalInteger(node, "genre-code", 0, 0xFFFF))
            all.genreCode = static_cast<int>(*code);
        all.genreText = in_.text(node, "genre");
        all.discId = in_.text(node, "disc-id");
        all.catalog = in_.text(node, "catalog");
        all.label = in_.text(node, "label");
        all.date = in_.text(node, "date");
        all.studio = in_.text(node, "studio");
        all.engineer = in_.text(node, "engineer");
        all.contact = in_.text(node, "contact");
        all.masterVersion = in_.text(node, "master-version");
        all.note = in_.text(node, "note");
        return all;
    }

    Source source(const XmlNode& node)
    {
        Source all{.id = idOf<SourceId>(freshId(node, sources_))};
        const std::string stored = in_.requiredText(node, "path");
        if (stored.empty() || stored.find('\0') != std::string::npos)
            in_.wrong(node, "path", stored, "the path of an audio file");
        all.path = absolutePath(stored, folder_);
        const auto rate = in_.integer(node, "rate", 1, highestRate);
        all.rate = SampleRate{static_cast<int>(rate)};
        all.channels = static_cast<int>(in_.integer(node, "channels", 1, 1024));
        all.length = SampleCount{in_.integer(node, "length", 0, mostSamples(rate))};
        all.format.container = in_.text(node, "container");
        all.format.encoding = in_.text(node, "encoding");
        all.format.bits = static_cast<int>(in_.optionalInteger(node, "bits", 0, 64).value_or(0));
        all.fingerprint.xxh3 = in_.text(node, "hash");
        const auto hash = fromHex(all.fingerprint.xxh3);
        if (!hash || (!hash->empty() && hash->size() != 16))
            in_.wrong(node, "hash", all.fingerprint.xxh3, "a hash of 32 digits 0-9 and a-f");
        all.fingerprint.sixteenBitExact = in_.yes(node, "sixteen-bit");
        if (leavesReach(stored) && !in_.error() && elsewhere_++ == 0)
            findings_.push_back(finding(
                projectRule("PROJECT.SOURCE_ELSEWHERE"),
                fmt::format(
                    "The source {} lies outside the project's folder and those beside it; so may others",
                    quotedForMessage(stored)),
                {.file = in_.fileName(), .line = in_.lineOf(node)}));
        return all;
    }

    static std::int64_t mostSamples(std::int64_t rate)
    {
        return longestStoredTime.value() / flicksPerSecond * rate;
    }

    Track track(const Album& album, const XmlNode& node)
    {
        const auto id = freshId(node, tracks_);
        Track all{.id = idOf<TrackId>(id), .texts = ownTexts(node), .translations = translations(node)};
        if (const auto code = node.attribute("isrc")) {
            auto isrc = Isrc::parse(*code);
            if (isrc)
                all.isrc = std::move(*isrc);
            else
                in_.fail(node, isrc.error().what);
        }
        all.flags = flags(node);
        all.gain = {gain(node, "gain"), gain(node, "balance")};
        all.wantedOffset = in_.decibels(node, "offset");
        if (all.wantedOffset > mostWantedOffset || all.wantedOffset < Decibels{-mostWantedOffset.value()})
            in_.wrong(node, "offset", node.attribute("offset").value_or(""),
                      "an offset between -24 and 24 LU");
        all.end = in_.optionalTime(node, "end");
        all.origin.noise = idOf<TrackId>(in_.optionalInteger(node, "noise", 0, largestId).value_or(id));
        highestId_ = std::max(highestId_, std::int64_t{all.origin.noise.value});
        all.origin.shift = in_.optionalTime(node, "shift").value_or(Duration{});
        all.note = in_.text(node, "note");
        for (const XmlNode& child : named(node, "clip")) all.clips.push_back(clip(album, child));
        for (const XmlNode& child : named(node, "index")) all.indexes.push_back(in_.time(child, "at"));
        return all;
    }

    ControlFlags flags(const XmlNode& node)
    {
        ControlFlags all;
        const auto value = node.attribute("flags").value_or("");
        for (std::string_view rest = value; !rest.empty();) {
            const auto word = rest.substr(0, rest.find(' '));
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
            if (word == "pre")
                all.preEmphasis = true;
            else if (word == "dcp")
                all.copyPermitted = true;
            else if (word == "4ch")
                all.fourChannel = true;
            else if (word == "scms")
                all.scms = true;
            else
                in_.wrong(node, "flags", value,
                          "any of the words pre, dcp, 4ch and scms with a blank between them");
        }
        return all;
    }

    Clip clip(const Album& album, const XmlNode& node)
    {
        Clip all{.id = idOf<ClipId>(freshId(node, clips_)),
                 .source = idOf<SourceId>(reference(node, "source", sources_))};
        const auto source = std::ranges::find(album.sources, all.source, &Source::id);
        if (source == album.sources.end()) return all; // said already
        const std::int64_t most = mostSamples(source->rate.hertz());
        all.in = SampleCount{in_.integer(node, "in", 0, most)};
        all.length = SampleCount{in_.integer(node, "length", 0, most)};
        all.at = in_.time(node, "at");
        all.gain = gain(node, "gain");
        all.fadeIn = fade(node, "fade-in", "fade-in-curve");
        all.fadeOut = fade(node, "fade-out", "fade-out-curve");
        all.inverted = in_.yes(node, "inverted");
        all.muted = in_.yes(node, "muted");
        all.map = static_cast<ChannelMap>(
            in_.choice(node, "map", {"normal", "swapped", "left-to-both", "right-to-both", "mono-sum"}));
        if (all.in + all.length > source->length && !in_.error())
            findings_.push_back(finding(projectRule("PROJECT.CLIP_RANGE"),
                                        fmt::format("Clip {} uses samples that {} does not have",
                                                    all.id.value, quotedForMessage(source->path)),
                                        {.file = in_.fileName(), .line = in_.lineOf(node)},
                                        "trim the clip, or relink the source"));
        return all;
    }

    std::optional<Curve> curve(const XmlNode& node, std::string_view attribute)
    {
        const auto value = node.attribute(attribute);
        if (!value) return std::nullopt;
        for (const Curve known : allCurves)
            if (name(known) == *value) return known;
        std::string words;
        for (const Curve known : allCurves)
            words += fmt::format("{}\"{}\"", words.empty() ? "" : ", ", name(known));
        in_.wrong(node, attribute, *value, "one of " + words);
        return std::nullopt;
    }

    Fade fade(const XmlNode& node, std::string_view length, std::string_view shape)
    {
        Fade all{.length = in_.optionalTime(node, length).value_or(Duration{})};
        if (all.length < Duration{})
            in_.wrong(node, length, *node.attribute(length), "a time that is not negative");
        if (const auto known = curve(node, shape)) all.curve = *known;
        return all;
    }

    Edition edition(const XmlNode& node)
    {
        Edition all{.id = idOf<EditionId>(freshId(node, editions_)), .name = in_.text(node, "name")};
        const auto cd = only(node, "cd"), vinyl = only(node, "vinyl"), digital = only(node, "digital");
        if (int{cd.has_value()} + int{vinyl.has_value()} + int{digital.has_value()} != 1)
            in_.fail(node, "An edition has one of <cd>, <vinyl> and <digital>");
        if (cd)
            all.medium = cdSettings(*cd);
        else if (vinyl)
            all.medium = vinylSettings(*vinyl);
        else if (digital)
            all.medium = DigitalSettings{.rate = rate(*digital)};
        std::set<std::int64_t> seen;
        for (const XmlNode& child : named(node, "entry")) {
            all.entries.push_back(entry(child));
            if (!seen.insert(all.entries.back().track.value).second)
                in_.fail(child, fmt::format("Track {} is in this edition twice; once is right",
                                            all.entries.back().track.value));
        }
        return all;
    }

    std::optional<SampleRate> rate(const XmlNode& node)
    {
        const auto hertz = in_.optionalInteger(node, "rate", 1, highestRate);
        return hertz ? std::optional{SampleRate{static_cast<int>(*hertz)}} : std::nullopt;
    }

    VinylSettings vinylSettings(const XmlNode& node)
    {
        VinylSettings all{.rate = rate(node)};
        const auto oneOf = [&](std::string_view name, std::initializer_list<int> known, int otherwise) {
            const auto value = in_.optionalInteger(node, name, 1, 100);
            if (!value) return otherwise;
            if (std::ranges::find(known, *value) != known.end()) return static_cast<int>(*value);
            in_.wrong(node, name, *node.attribute(name), fmt::format("one of {}", fmt::join(known, ", ")));
            return otherwise;
        };
        all.inches = oneOf("inches", {12, 10, 7}, all.inches);
        all.speed = oneOf("speed", {33, 45}, all.speed);
        for (const auto& [name, into] : {std::pair{"lathe", &all.lathe}, {"plant", &all.plant}})
            if (std::string given = in_.text(node, name); !given.empty()) *into = std::move(given);
        if (node.attribute("reference")) {
            all.reference = gain(node, "reference");
            if (!(all.reference >= lowestVinylReference && all.reference <= highestVinylReference))
                in_.wrong(node, "reference", *node.attribute("reference"), "a level between -60 and 20 dBFS");
        }
        return all;
    }

    CdSettings cdSettings(const XmlNode& node)
    {
        CdSettings all;
        all.startOffset = in_.optionalTime(node, "start-offset").value_or(all.startOffset);
        all.endOffset = in_.optionalTime(node, "end-offset").value_or(all.endOffset);
        all.firstPause = in_.optionalTime(node, "first-pause").value_or(all.firstPause);
        all.endSilence = in_.optionalTime(node, "end-silence").value_or(all.endSilence);
        if (const auto most = in_.optionalTime(node, "max-length")) {
            all.maxLength = wholeFramesIn(*most);
            if (durationOf(all.maxLength) != *most || *most < Duration{})
                in_.wrong(node, "max-length", *node.attribute("max-length"), "a whole number of CD frames");
        }
        all.isrcPlacement = static_cast<IsrcRepeat>(in_.choice(node, "isrc-placement", {"first", "both"}));
        all.cdTextCodes = in_.yes(node, "cd-text-codes");
        all.masterId = in_.text(node, "master-id");
        if (const auto packs = only(node, "cd-text-packs")) {
            all.cdTextPacks.emplace();
            for (const XmlNode& child : named(*packs, "pack"))
                std::ranges::copy(in_.bytes(child, "bytes"), std::back_inserter(*all.cdTextPacks));
        }
        return all;
    }

    Entry entry(const XmlNode& node)
    {
        Entry all{.track = idOf<TrackId>(reference(node, "track", tracks_))};
        all.joint.gap = in_.time(node, "gap");
        all.gain = gain(node, "gain");
        all.breakBefore = static_cast<Break>(in_.choice(node, "break", {"none", "side", "disc"}));
        all.keepWithPrevious = in_.yes(node, "keep");
        if (const auto cross = only(node, "crossfade"))
            all.joint.crossfade = Crossfade{curve(*cross, "out"), curve(*cross, "in")};
        return all;
    }

    void addSignOff(Album& album, const XmlNode& node)
    {
        SignOff all = readSignOff(in_, node);
        if (in_.error()) return;
        if (all.track) highestId_ = std::max(highestId_, std::int64_t{all.track->value});
        // A program that does not know sign-offs keeps them as they are when it removes a track.
        const bool gone = all.track && !tracks_.contains(all.track->value);
        const bool again =
            std::ranges::any_of(album.signOffs, [&all](const SignOff& s) { return sameMatter(s, all); });
        if (!gone && !again) return album.signOffs.push_back(std::move(all));
        const char* const why = gone ? "is about a track that is gone" : "is there twice; the first counts";
        findings_.push_back(finding(projectRule("PROJECT.SIGN_OFF"),
                                    fmt::format("The acceptance of {} {}", all.rule, why),
                                    {.file = in_.fileName(), .line = in_.lineOf(node)}));
    }

    std::uint32_t mendedNextId(const XmlNode& root, std::int64_t nextId)
    {
        if (nextId <= highestId_) {
            findings_.push_back(finding(projectRule("PROJECT.NEXT_ID"),
                                        fmt::format("The next id was {} although {} is in use; it is {} now",
                                                    nextId, highestId_, highestId_ + 1),
                                        {.file = in_.fileName(), .line = in_.lineOf(root)}));
            nextId = highestId_ + 1;
        }
        return static_cast<std::uint32_t>(nextId);
    }

    AttributeReader in_;
    std::string_view folder_;
    Findings& findings_;
    int elsewhere_ = 0; ///< sources out of reach so far: the first is named
    std::set<std::int64_t> sources_{}, tracks_{}, clips_{}, editions_{};
    std::int64_t highestId_ = 0;
};

} // namespace

Result<Album> readAlbum(const XmlDocument& document, const XmlNode& element, std::string_view folder,
                        const std::string& fileName, Findings& findings)
{
    return AlbumReader{document, folder, fileName, findings}.read(element);
}

} // namespace segue
