#include "ddp/compare.h"

#include "core/text.h"
#include "core/time_text.h"
#include "ddp/charset.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {

namespace {

class Comparison {
public:
    Comparison(const std::string& nameA, const std::string& nameB) : nameA_{nameA}, nameB_{nameB} {}

    void check(int track, std::string_view what, const std::string& a, const std::string& b)
    {
        if (a == b) return;
        const auto shown = [](const std::string& text) {
            return text.empty() ? "none" : escapedForDisplay(text);
        };
        found.push_back(
            {track, fmt::format("{}: {} in {}, {} in {}", what, shown(a), nameA_, shown(b), nameB_)});
    }
    std::vector<Difference> found{};

private:
    const std::string& nameA_;
    const std::string& nameB_;
};

std::string asShown(const std::optional<std::string>& text, Charset charset)
{
    if (!text) return {};
    const auto encoded = encodeText(*text, charset);
    return encoded ? decodeText(*encoded, charset).utf8 : *text;
}

std::string frameText(const std::optional<CdFramePos>& at) { return at ? cdTime(*at) : std::string{}; }

std::string flagText(ControlFlags flags)
{
    std::string text;
    if (flags.preEmphasis) text += "pre-emphasis ";
    if (flags.copyPermitted) text += "copy permitted ";
    if (flags.fourChannel) text += "four-channel ";
    if (flags.scms) text += "SCMS ";
    return text;
}

void compareTracks(Comparison& c, const Disc& a, const Disc& b)
{
    c.check(0, "number of tracks", fmt::format("{}", a.tracks.size()), fmt::format("{}", b.tracks.size()));
    for (std::size_t i = 0; i < std::min(a.tracks.size(), b.tracks.size()); ++i) {
        const DiscTrack& x = a.tracks[i];
        const DiscTrack& y = b.tracks[i];
        const int number = static_cast<int>(i + 1);
        c.check(number, "INDEX 00", frameText(x.pauseStart), frameText(y.pauseStart));
        for (std::size_t n = 0; n < std::max(x.indexes.size(), y.indexes.size()); ++n)
            c.check(number, fmt::format("INDEX {:02}", n + 1),
                    n < x.indexes.size() ? cdTime(x.indexes[n]) : std::string{},
                    n < y.indexes.size() ? cdTime(y.indexes[n]) : std::string{});
        c.check(number, "flags", flagText(x.flags), flagText(y.flags));
        c.check(number, "ISRC", x.isrc ? x.isrc->dashed() : std::string{},
                y.isrc ? y.isrc->dashed() : std::string{});
    }
}

void compareBlocks(Comparison& c, const CdTextBlock& a, const CdTextBlock& b)
{
    const std::string language{nameOf(a.language)};
    c.check(0, "CD-Text language", language, std::string{nameOf(b.language)});
    c.check(0, "CD-Text character set", fmt::format("0x{:02x}", static_cast<int>(a.charset)),
            fmt::format("0x{:02x}", static_cast<int>(b.charset)));
    for (std::size_t t = 0; t <= std::max(a.tracks.size(), b.tracks.size()); ++t) {
        const Texts none;
        const Texts& x = t == 0 ? a.disc : t <= a.tracks.size() ? a.tracks[t - 1] : none;
        const Texts& y = t == 0 ? b.disc : t <= b.tracks.size() ? b.tracks[t - 1] : none;
        for (const TextField field : allTextFields)
            c.check(static_cast<int>(t), fmt::format("CD-Text {} ({})", name(field), language),
                    asShown(x[field], a.charset), asShown(y[field], b.charset));
    }
    c.check(0, "CD-Text disc id", a.discId.value_or(""), b.discId.value_or(""));
    const auto genreText = [](const std::optional<Genre>& g) {
        return g ? fmt::format("{} {}", g->code, g->text) : std::string{};
    };
    c.check(0, "CD-Text genre", genreText(a.genre), genreText(b.genre));
    c.check(0, "CD-Text closed information", a.closedInformation.value_or(""),
            b.closedInformation.value_or(""));
    c.check(0, "CD-Text UPC", a.upc.value_or(""), b.upc.value_or(""));
    for (std::size_t t = 0; t < std::max(a.isrcs.size(), b.isrcs.size()); ++t)
        c.check(static_cast<int>(t + 1), "CD-Text ISRC", t < a.isrcs.size() ? a.isrcs[t].value_or("") : "",
                t < b.isrcs.size() ? b.isrcs[t].value_or("") : "");
}

} // namespace

std::vector<Difference> compareDiscs(const Disc& a, const Disc& b, const std::string& nameA,
                                     const std::string& nameB)
{
    Comparison c{nameA, nameB};
    c.check(0, "UPC/EAN", a.upc ? a.upc->digits() : std::string{}, b.upc ? b.upc->digits() : std::string{});
    c.check(0, "lead-out", cdTime(a.leadOut), cdTime(b.leadOut));
    compareTracks(c, a, b);
    const std::size_t blocksA = a.cdText ? a.cdText->blocks.size() : 0;
    const std::size_t blocksB = b.cdText ? b.cdText->blocks.size() : 0;
    c.check(0, "CD-Text languages", fmt::format("{}", blocksA), fmt::format("{}", blocksB));
    for (std::size_t i = 0; i < std::min(blocksA, blocksB); ++i)
        compareBlocks(c, a.cdText->blocks[i], b.cdText->blocks[i]);
    return std::move(c.found);
}

} // namespace segue::ddp
