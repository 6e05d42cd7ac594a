#include "deliver/second_opinion.h"

#include "ddp/cd_text_packs.h"
#include "ddp/charset.h"
#include "deliver/disc_of.h"

#include <cdio/cdtext.h>
#include <cdio/logging.h>
#include <cdio/version.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace segue {

namespace {

struct CdTextDeleter {
    void operator()(cdtext_t* text) const { cdtext_destroy(text); }
};

constexpr cdtext_field_t fieldOf(TextField field)
{
    switch (field) {
    case TextField::title: return CDTEXT_FIELD_TITLE;
    case TextField::performer: return CDTEXT_FIELD_PERFORMER;
    case TextField::songwriter: return CDTEXT_FIELD_SONGWRITER;
    case TextField::composer: return CDTEXT_FIELD_COMPOSER;
    case TextField::arranger: return CDTEXT_FIELD_ARRANGER;
    case TextField::message: break;
    }
    return CDTEXT_FIELD_MESSAGE;
}

// libcdio scans all size packs for the character set, so a second block spoils the first: it gets one block, with
// the block number set to 0 and the CRCs left as they are (it does not look at them; our own reader does).
std::vector<std::uint8_t> blockAlone(std::span<const std::byte> packs, std::size_t block)
{
    std::vector<std::uint8_t> alone;
    for (std::size_t at = 0; at + ddp::packSize <= packs.size(); at += ddp::packSize) {
        const auto pack = packs.subspan(at, ddp::packSize);
        if ((std::to_integer<unsigned>(pack[3]) >> 4U & 7U) != block) continue;
        for (const std::byte b : pack) alone.push_back(std::to_integer<std::uint8_t>(b));
        auto& position = alone[alone.size() - ddp::packSize + 3];
        position = static_cast<std::uint8_t>(position & 0x8FU);
        // Size pack 2 holds the languages of blocks 0..7 from payload byte 4 on (bytes 28-35 of the three).
        if (std::to_integer<unsigned>(pack[0]) == 0x8F && std::to_integer<unsigned>(pack[1]) == 2)
            alone[alone.size() - ddp::packSize + 4 + 4] = std::to_integer<std::uint8_t>(pack[4 + 4 + block]);
    }
    return alone;
}

// MS-JIS text comes back full width; so does ours when it is decoded from its own bytes.
std::string asWritten(const std::string& text, ddp::Charset charset)
{
    const auto encoded = ddp::encodeText(text, charset);
    return encoded ? ddp::decodeText(*encoded, charset).utf8 : text;
}

Finding disagreement(int track, TextField field, std::string_view ours, std::string_view theirs)
{
    return finding(deliverRule("DELIVER.SECOND_OPINION"),
                   fmt::format("libcdio reads the {} as \"{}\", \"{}\" was meant", name(field), theirs, ours),
                   {.file = "CDTEXT.BIN", .track = track});
}

void compareField(const cdtext_t& text, const ddp::CdTextBlock& block, TextField field, Findings& findings)
{
    std::vector<std::string> ours, theirs;
    for (std::size_t t = 0; t <= block.tracks.size(); ++t) {
        const auto& meant = t == 0 ? block.disc[field] : block.tracks[t - 1][field];
        ours.push_back(asWritten(meant.value_or(""), block.charset));
        const char* read = cdtext_get_const(&text, fieldOf(field), static_cast<track_t>(t));
        theirs.emplace_back(read == nullptr ? "" : read);
    }
    if (ours == theirs) return;
    // A known fault of libcdio 2.1.0: it passes over an empty text, so that those behind it in the pack go to the
    // tracks before. Which texts it reads still tells, on which track it puts them does not.
    const bool misplaces = std::ranges::find(ours, "") != ours.end();
    for (std::size_t t = 0; t < ours.size(); ++t) {
        const bool known = theirs[t].empty() || std::ranges::find(ours, theirs[t]) != ours.end();
        if (ours[t] != theirs[t] && !(misplaces && known))
            findings.push_back(disagreement(static_cast<int>(t), field, ours[t], theirs[t]));
    }
    if (misplaces)
        findings.push_back(finding(deliverRule("DELIVER.SECOND_OPINION_PARTIAL"),
                                   fmt::format("libcdio cannot place texts behind an empty one; of the {} only the texts were "
                                               "compared, not their tracks",
                                               name(field)),
                                   {.file = "CDTEXT.BIN"}));
}

} // namespace

std::string secondOpinionName() { return fmt::format("libcdio {}", CDIO_VERSION); }

Findings secondOpinionOnCdText(std::span<const std::byte> packs, const ddp::CdText& meant)
{
    cdio_loglevel_default = CDIO_LOG_ASSERT; // its messages are no use to our users
    Findings findings;
    for (std::size_t b = 0; b < meant.blocks.size(); ++b) {
        const ddp::CdTextBlock& block = meant.blocks[b];
        std::vector<std::uint8_t> alone = blockAlone(packs, b);
        const std::unique_ptr<cdtext_t, CdTextDeleter> text{cdtext_init()};
        if (cdtext_data_init(text.get(), alone.data(), alone.size()) != 0 ||
            !cdtext_set_language_index(text.get(), 0)) {
            findings.push_back(finding(deliverRule("DELIVER.SECOND_OPINION"),
                                       fmt::format("libcdio cannot read the {} CD-Text", nameOf(block.language)),
                                       {.file = "CDTEXT.BIN"}));
            continue;
        }
        for (const TextField field : allTextFields) compareField(*text, block, field, findings);
    }
    return findings;
}

} // namespace segue
