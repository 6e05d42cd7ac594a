#include "deliver/second_opinion.h"

#include "ddp/cd_text_packs.h"
#include "ddp/charset.h"
#include "deliver/disc_of.h"

#include <cdio/cdtext.h>
#include <cdio/logging.h>
#include <cdio/version.h>
#include <fmt/format.h>

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

// libcdio scans all size packs for the character set, so a second block spoils the first: it gets one block,
// with the block number set to 0 and the CRCs left as they are (it does not look at them; our own reader
// does).
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

/// libcdio 2.1.0 passes over an empty text: texts behind it in the same pack go to the tracks before theirs.
/// Its reading of a type with such a pack says nothing.
bool hasTextBehindEmptyOne(std::span<const std::uint8_t> packs, std::uint8_t type)
{
    bool atStart = true; // of a text
    for (std::size_t at = 0; at < packs.size(); at += ddp::packSize) {
        if (packs[at] != type) continue;
        const std::size_t width = (packs[at + 3] & 0x80U) != 0 ? 2 : 1;
        bool emptyBefore = false;
        for (std::size_t i = at + 4; i < at + 16; i += width) {
            const bool zero = packs[i] == 0;
            emptyBefore = emptyBefore || (zero && atStart);
            if (!zero && emptyBefore) return true;
            atStart = zero;
        }
    }
    return false;
}

} // namespace

std::string secondOpinionName()
{
    // The constant goes on with the machine's architecture, which is nobody's business in a report.
    const std::string_view version = CDIO_VERSION;
    return fmt::format("libcdio {}", version.substr(0, version.find(' ')));
}

Findings secondOpinionOnCdText(std::span<const std::byte> packs, const ddp::CdText& meant)
{
    cdio_loglevel_default = CDIO_LOG_ASSERT; // its messages are no use to our users
    Findings findings;
    const auto disagree = [&](int track, std::string_view what, std::string_view ours,
                              std::string_view theirs) {
        findings.push_back(
            finding(deliverRule("DELIVER.SECOND_OPINION"),
                    fmt::format("libcdio reads the {} as \"{}\", \"{}\" was meant", what, theirs, ours),
                    {.file = "CDTEXT.BIN", .track = track}));
    };
    for (std::size_t b = 0; b < meant.blocks.size(); ++b) {
        const ddp::CdTextBlock& block = meant.blocks[b];
        std::vector<std::uint8_t> alone = blockAlone(packs, b);
        const std::unique_ptr<cdtext_t, CdTextDeleter> text{cdtext_init()};
        if (cdtext_data_init(text.get(), alone.data(), alone.size()) != 0 ||
            !cdtext_set_language_index(text.get(), 0)) {
            findings.push_back(
                finding(deliverRule("DELIVER.SECOND_OPINION"),
                        fmt::format("libcdio cannot read the {} CD-Text", nameOf(block.language)),
                        {.file = "CDTEXT.BIN"}));
            continue;
        }
        for (const TextField field : allTextFields) {
            if (hasTextBehindEmptyOne(alone, static_cast<std::uint8_t>(0x80 + static_cast<int>(field)))) {
                findings.push_back(
                    finding(deliverRule("DELIVER.SECOND_OPINION_PARTIAL"),
                            fmt::format("libcdio misplaces texts behind an empty one, so there is no second "
                                        "opinion on the {}",
                                        name(field)),
                            {.file = "CDTEXT.BIN"}));
                continue;
            }
            for (std::size_t t = 0; t <= block.tracks.size(); ++t) {
                const auto& ours = t == 0 ? block.disc[field] : block.tracks[t - 1][field];
                // It converts by JIS alone, where the vendors' rows are missing.
                if (block.charset == ddp::Charset::msJis && ours && ddp::usesVendorRows(*ours)) continue;
                const char* theirs = cdtext_get_const(text.get(), fieldOf(field), static_cast<track_t>(t));
                // libcdio does not keep an empty text apart from none, and names a few signs as JIS does, not
                // Microsoft.
                const std::string read = ddp::storedForm(theirs == nullptr ? "" : theirs, block.charset);
                const std::string wanted = ddp::storedForm(ours.value_or(""), block.charset);
                if (read != wanted) disagree(static_cast<int>(t), name(field), wanted, read);
            }
        }
    }
    return findings;
}

} // namespace segue
