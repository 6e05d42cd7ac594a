#include "deliver/cue_toc.h"

#include "core/text.h"
#include "ddp/charset.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace segue {

namespace {

std::string msfText(CdFramePos at)
{
    const Msf msf = toMsf(at);
    return fmt::format("{:02}:{:02}:{:02}", msf.minute, msf.second, msf.frame);
}

/// A cue sheet has no escapes: a quoted text ends at the line's last quote.
Result<std::string> quoted(const std::string& text, std::string_view field, bool latin1 = false)
{
    if (text.find('\n') != std::string::npos || text.find('\r') != std::string::npos)
        return failure(fmt::format("The {} holds a line end, which a cue sheet cannot", field), text);
    if (!latin1) return '"' + text + '"';
    const auto bytes = ddp::encodeText(text, ddp::Charset::latin1);
    if (!bytes) return failure(bytes.error());
    return '"' + *bytes + '"';
}

std::string flagWords(ControlFlags flags)
{
    std::string words;
    const auto add = [&](bool set, const char* word) {
        if (set) words += (words.empty() ? "" : " ") + std::string{word};
    };
    add(flags.preEmphasis, "PRE");
    add(flags.copyPermitted, "DCP");
    add(flags.fourChannel, "4CH");
    add(flags.scms, "SCMS");
    return words;
}

constexpr std::string_view cueCommand(TextField field)
{
    switch (field) {
    case TextField::title: return "TITLE";
    case TextField::performer: return "PERFORMER";
    case TextField::songwriter: return "SONGWRITER";
    case TextField::composer: return "COMPOSER";
    case TextField::arranger: return "ARRANGER";
    case TextField::message: break;
    }
    return "MESSAGE";
}

struct CueStyle {
    bool absolute; ///< times count from 00:00:00 and track 1 always has an INDEX 00
    bool latin1;
    bool allFields; ///< else title, performer and songwriter
};

Status addTexts(std::string& cue, const Texts& texts, std::string_view indent, const CueStyle& style)
{
    for (const TextField field : allTextFields) {
        if (!texts[field]) continue;
        if (!style.allFields && field > TextField::songwriter) continue;
        const auto value = quoted(*texts[field], name(field), style.latin1);
        if (!value) return failure(value.error());
        cue += fmt::format("{}{} {}\n", indent, cueCommand(field), *value);
    }
    return {};
}

Result<std::string> cueText(const PlannedDisc& planned, const std::string& fileLine, const CueStyle& style,
                            std::string_view head)
{
    const ddp::Disc& disc = planned.disc;
    const ddp::CdTextBlock none;
    const ddp::CdTextBlock& block =
        disc.cdText && !disc.cdText->blocks.empty() ? disc.cdText->blocks[0] : none;
    const CdFrameCount origin{style.absolute ? 0 : 150};

    std::string cue{head};
    if (disc.upc) cue += fmt::format("CATALOG {}\n", disc.upc->digits());
    if (const auto s = addTexts(cue, block.disc, "", style); !s) return failure(s.error());
    cue += fileLine;
    for (std::size_t i = 0; i < disc.tracks.size(); ++i) {
        const ddp::DiscTrack& track = disc.tracks[i];
        cue += fmt::format("  TRACK {:02} AUDIO\n", i + 1);
        if (i < block.tracks.size())
            if (const auto s = addTexts(cue, block.tracks[i], "    ", style); !s) return failure(s.error());
        if (track.isrc) cue += fmt::format("    ISRC {}\n", track.isrc->compact());
        if (const std::string words = flagWords(track.flags); !words.empty())
            cue += fmt::format("    FLAGS {}\n", words);
        const CdFramePos pause =
            i == 0 ? CdFramePos{origin.value()} : track.pauseStart.value_or(track.start());
        // From LBA 0 on, track 1 has an INDEX 00 only for what its pause holds beyond two seconds.
        if ((i == 0 && style.absolute) || pause < track.start())
            cue += fmt::format("    INDEX 00 {}\n", msfText(pause - origin));
        for (std::size_t n = 0; n < track.indexes.size(); ++n)
            cue += fmt::format("    INDEX {:02} {}\n", n + 1, msfText(track.indexes[n] - origin));
    }
    return cue;
}

/// cdrdao reads octal escapes in strings as Latin-1 bytes.
Result<std::string> tocString(const std::string& utf8, ddp::Charset charset)
{
    auto bytes = ddp::encodeText(utf8, charset);
    if (!bytes) return failure(bytes.error());
    std::string text = "\"";
    for (const char c : *bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\' || byte < 0x20 || byte >= 0x7F)
            fmt::format_to(std::back_inserter(text), "\\{:03o}", byte);
        else
            text += c;
    }
    return text + '"';
}

/// As the bytes of its packs: the code, big-endian, and the text with its terminator.
std::string tocGenre(const ddp::Genre& genre)
{
    std::string bytes = fmt::format("{}, {}", genre.code / 256, genre.code % 256);
    for (const char c : genre.text)
        bytes += fmt::format(", {}", static_cast<int>(static_cast<unsigned char>(c)));
    return fmt::format("    GENRE {{ {}, 0 }}\n", bytes);
}

/// "the genre, the disc identification and all languages but the first".
std::string listed(const std::vector<std::string_view>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + std::string{names[i]};
    return text;
}

/// \param whole whether the sheet holds every language, and with it genre and disc identification
Findings textsLeftOut(const PlannedDisc& planned, std::string_view sheet, bool whole)
{
    if (!planned.disc.cdText) return {};
    const std::vector<ddp::CdTextBlock>& blocks = planned.disc.cdText->blocks;
    const auto any = [&](auto member) {
        return std::ranges::any_of(blocks, [&](const auto& block) { return (block.*member).has_value(); });
    };
    std::vector<std::string_view> lacking;
    if (!whole && any(&ddp::CdTextBlock::genre)) lacking.push_back("the genre");
    if (any(&ddp::CdTextBlock::closedInformation)) lacking.push_back("the closed information");
    if (!whole && any(&ddp::CdTextBlock::discId)) lacking.push_back("the disc identification");
    if (!whole && blocks.size() > 1) lacking.push_back("all languages but the first");
    if (lacking.empty()) return {};
    return {finding(deliverRule("DELIVER.SHEET_TEXT_LEFT_OUT"),
                    fmt::format("The {} cannot hold all of the CD-Text; it lacks {}", sheet, listed(lacking)),
                    {.disc = planned.of > 1 ? planned.number : 0}, "deliver a DDP to have it on the disc")};
}

constexpr std::string_view tocKeyword(TextField field) { return cueCommand(field); }

Status addTocTexts(std::string& toc, const ddp::CdText& cdText, std::size_t track)
{
    toc += track == 0 ? "CD_TEXT {\n  LANGUAGE_MAP {\n" : "CD_TEXT {\n";
    if (track == 0) {
        for (std::size_t b = 0; b < cdText.blocks.size(); ++b)
            toc += fmt::format("    {} : {}\n", b, cdText.blocks[b].language.code);
        toc += "  }\n";
    }
    for (std::size_t b = 0; b < cdText.blocks.size(); ++b) {
        const ddp::CdTextBlock& block = cdText.blocks[b];
        toc += fmt::format("  LANGUAGE {} {{\n", b);
        const Texts& texts = track == 0 ? block.disc : block.tracks.at(track - 1);
        for (const TextField field : allTextFields) {
            if (!texts[field]) continue;
            const auto value = tocString(*texts[field], block.charset);
            if (!value) return failure(value.error());
            toc += fmt::format("    {} {}\n", tocKeyword(field), *value);
        }
        if (track == 0 && block.discId)
            toc += fmt::format("    DISC_ID {}\n", *tocString(*block.discId, ddp::Charset::ascii));
        if (track == 0 && block.genre) toc += tocGenre(*block.genre);
        toc += "  }\n";
    }
    toc += "}\n";
    return {};
}

} // namespace

Result<std::string> cueSheetFor(const PlannedDisc& disc, const std::string& audioFile)
{
    const auto file = quoted(audioFile, "file name");
    if (!file) return failure(file.error());
    return cueText(disc, fmt::format("FILE {} WAVE\n", *file),
                   {.absolute = false, .latin1 = false, .allFields = true}, "");
}

Result<std::string> imageCueFor(const PlannedDisc& disc, ddp::Profile profile)
{
    const bool standard = profile == ddp::Profile::standard;
    return cueText(disc, "FILE \"IMAGE.DAT\" BINARY\n",
                   {.absolute = true, .latin1 = !standard, .allFields = standard},
                   standard ? "REM Times count from A-time 00:00:00, the first sector of IMAGE.DAT\n" : "");
}

Result<std::string> tocFor(const PlannedDisc& planned, const std::string& audioFile)
{
    const ddp::Disc& disc = planned.disc;
    const bool texts = disc.cdText && !disc.cdText->blocks.empty();
    const auto file = tocString(audioFile, ddp::Charset::latin1);
    if (!file)
        return failure(fmt::format("cdrdao reads file names in Latin-1 only: {}", file.error().what),
                       audioFile);

    std::string toc = "CD_DA\n";
    if (disc.upc) toc += fmt::format("CATALOG \"{}\"\n", disc.upc->digits());
    if (texts)
        if (const auto s = addTocTexts(toc, *disc.cdText, 0); !s) return failure(s.error());
    // Lengths are counted from LBA 0, where the audio file begins.
    CdFramePos from{150};
    for (std::size_t i = 0; i < disc.tracks.size(); ++i) {
        const ddp::DiscTrack& track = disc.tracks[i];
        const bool last = i + 1 == disc.tracks.size();
        const CdFramePos to =
            last ? disc.leadOut : disc.tracks[i + 1].pauseStart.value_or(disc.tracks[i + 1].start());
        toc += fmt::format("\n// Track {}\nTRACK AUDIO\n{}COPY\n{}PRE_EMPHASIS\n{}\n", i + 1,
                           track.flags.copyPermitted ? "" : "NO ", track.flags.preEmphasis ? "" : "NO ",
                           track.flags.fourChannel ? "FOUR_CHANNEL_AUDIO" : "TWO_CHANNEL_AUDIO");
        if (track.isrc) toc += fmt::format("ISRC \"{}\"\n", track.isrc->compact());
        if (texts)
            if (const auto s = addTocTexts(toc, *disc.cdText, i + 1); !s) return failure(s.error());
        toc += fmt::format("FILE {} {} {}\n", *file, msfText(CdFramePos{(from - CdFramePos{150}).value()}),
                           msfText(CdFramePos{(to - from).value()}));
        if (from < track.start())
            toc += fmt::format("START {}\n", msfText(CdFramePos{(track.start() - from).value()}));
        for (std::size_t n = 1; n < track.indexes.size(); ++n)
            toc += fmt::format("INDEX {}\n", msfText(CdFramePos{(track.indexes[n] - track.start()).value()}));
        from = to;
    }
    return toc;
}

Findings leftOutOfCueSheet(const PlannedDisc& disc) { return textsLeftOut(disc, "cue sheet", false); }

Findings leftOutOfToc(const PlannedDisc& planned)
{
    Findings found = textsLeftOut(planned, "TOC file", true);
    for (std::size_t i = 0; i < planned.disc.tracks.size(); ++i)
        if (planned.disc.tracks[i].flags.scms)
            found.push_back(
                finding(deliverRule("DELIVER.SHEET_FLAG_LEFT_OUT"),
                        "The TOC file has no word for SCMS: a disc burned from it forbids every copy of the "
                        "track, where SCMS allows one generation",
                        {.disc = planned.of > 1 ? planned.number : 0, .track = static_cast<int>(i + 1)},
                        "deliver a DDP or a cue sheet to keep the flag"));
    return found;
}

} // namespace segue
