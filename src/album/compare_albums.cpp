#include "album/compare_albums.h"

#include "album/compare_support.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

using detail::Differences;
using detail::quoted;

std::string languageText(Language language) { return fmt::format("0x{:02x}", language.code); }

void compareInfo(const AlbumInfo& before, const AlbumInfo& after, Differences& out)
{
    const auto digits = [](const std::optional<UpcEan>& upc) {
        return upc ? std::optional{upc->digits()} : std::nullopt;
    };
    const auto number = [](std::optional<int> n) {
        return n ? std::optional{fmt::format("{}", *n)} : std::nullopt;
    };
    out.about("the album");
    out.texts(before.texts, after.texts);
    out.value("language", languageText(before.language), languageText(after.language));
    out.translations(before.translations, after.translations);
    out.text("UPC/EAN", digits(before.upc), digits(after.upc));
    out.text("genre code", number(before.genreCode), number(after.genreCode));
    out.text("genre", before.genreText, after.genreText);
    out.text("disc id", before.discId, after.discId);
    out.text("catalogue number", before.catalog, after.catalog);
    out.text("label", before.label, after.label);
    out.text("date", before.date, after.date);
    out.text("studio", before.studio, after.studio);
    out.text("engineer", before.engineer, after.engineer);
    out.text("contact", before.contact, after.contact);
    out.text("master version", before.masterVersion, after.masterVersion);
    out.text("note", before.note, after.note);
}

void compareSource(const Source& before, const Source& after, Differences& out)
{
    out.about("source " + quoted(before.path));
    out.text("path", before.path, after.path);
    out.value("sample rate", fmt::format("{} Hz", before.rate.hertz()),
              fmt::format("{} Hz", after.rate.hertz()));
    out.value("length", fmt::format("{} samples", before.length.value()),
              fmt::format("{} samples", after.length.value()));
    out.value("number of channels", fmt::format("{}", before.channels), fmt::format("{}", after.channels));
    out.text("container", before.format.container, after.format.container);
    out.text("encoding", before.format.encoding, after.format.encoding);
    out.value("word length", fmt::format("{} bits", before.format.bits),
              fmt::format("{} bits", after.format.bits));
    out.text("fingerprint", before.fingerprint.xxh3, after.fingerprint.xxh3);
    out.yes("16-bit exactness", before.fingerprint.sixteenBitExact, after.fingerprint.sixteenBitExact);
}

void compareSources(const Album& before, const Album& after, Differences& out)
{
    for (const Source& was : before.sources) {
        if (const Source* now = find(after, was.id))
            compareSource(was, *now, out);
        else
            out.say(fmt::format("The source {} is gone", quoted(was.path)));
    }
    for (const Source& now : after.sources)
        if (find(before, now.id) == nullptr) out.say(fmt::format("The source {} is new", quoted(now.path)));
}

std::string nameOf(const SignOff& signOff, const Album& album)
{
    const Track* track = signOff.track ? find(album, *signOff.track) : nullptr;
    return fmt::format("The acceptance of {}{}: {}{}", signOff.rule,
                       signOff.at ? " at " + clockTime(*signOff.at) : "", quoted(signOff.said),
                       track == nullptr ? "" : " in track " + quoted(displayTitle(*track)));
}

void compareSignOffs(const Album& before, const Album& after, Differences& out)
{
    const auto in = [](const Album& album, const SignOff& wanted) {
        const auto found = std::ranges::find_if(
            album.signOffs, [&wanted](const SignOff& s) { return sameMatter(s, wanted); });
        return found == album.signOffs.end() ? nullptr : &*found;
    };
    for (const SignOff& was : before.signOffs) {
        const SignOff* now = in(after, was);
        if (now == nullptr) {
            out.say(nameOf(was, before) + " is withdrawn");
            continue;
        }
        out.about(fmt::format("the acceptance of {}", was.rule));
        out.text("note", was.note, now->note);
        out.text("sentence", was.said, now->said);
        if (was.at && now->at) out.time("place", *was.at, *now->at);
    }
    for (const SignOff& now : after.signOffs)
        if (in(before, now) == nullptr) out.say(nameOf(now, after) + " is new");
}

// Lists whose items are the same but stand in another order.
bool sameInAnotherOrder(const Album& before, const Album& after)
{
    const auto ids = [](const auto& list) {
        std::vector<std::uint32_t> all;
        for (const auto& item : list) all.push_back(item.id.value);
        return all;
    };
    return ids(before.sources) != ids(after.sources) || ids(before.tracks) != ids(after.tracks) ||
           ids(before.editions) != ids(after.editions) || before.signOffs != after.signOffs;
}

} // namespace

std::vector<std::string> compare(const Album& before, const Album& after)
{
    Differences out;
    compareInfo(before.info, after.info, out);
    compareSources(before, after, out);
    detail::compareTracks(before, after, out);
    detail::compareEditions(before, after, out);
    compareSignOffs(before, after, out);
    if (out.count() == 0 && sameInAnotherOrder(before, after))
        out.say("Sources, tracks, editions or acceptances stand in another order in the project; no edition "
                "changed");
    return out.take();
}

} // namespace segue
