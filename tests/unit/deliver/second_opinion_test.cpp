#include "ddp/cd_text_packs.h"
#include "deliver/second_opinion.h"
#include "support/random_cd_text.h"

#include <doctest/doctest.h>

using namespace segue;

namespace {

Findings opinionOn(const ddp::CdText& text)
{
    return secondOpinionOnCdText(ddp::encodePacks(text).value(), text);
}

ddp::CdText oneBlock(ddp::Charset charset, std::vector<std::optional<std::string>> performers)
{
    ddp::CdTextBlock block;
    block.charset = charset;
    block.disc.performer = performers.at(0);
    for (std::size_t i = 1; i < performers.size(); ++i) block.tracks.push_back({.performer = performers[i]});
    return {{block}};
}

} // namespace

TEST_CASE("libcdio agrees with every generated album that Segue can write")
{
    test::RandomCdText random{11};
    int judged = 0;
    for (int i = 0; i < 200; ++i) {
        const ddp::CdText text = random.cdText({});
        const auto packs = ddp::encodePacks(text);
        if (!packs || packs->empty()) continue;
        ++judged;
        const Findings findings = secondOpinionOnCdText(*packs, ddp::asStored(text));
        for (const Finding& f : findings)
            REQUIRE_MESSAGE(f.rule == "DELIVER.SECOND_OPINION_PARTIAL", f.message);
    }
    CHECK(judged > 150);
}

TEST_CASE("libcdio's trouble with empty texts in front of others is not held against the album")
{
    // No performer on the disc, one on the third track only.
    const Findings findings =
        opinionOn(oneBlock(ddp::Charset::latin1, {std::nullopt, std::nullopt, std::nullopt, "Guest"}));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "DELIVER.SECOND_OPINION_PARTIAL");
    CHECK(findings[0].level == Finding::Level::note);
}

TEST_CASE("signs that libcdio names otherwise or lacks are not held against a Japanese album")
{
    CHECK(opinionOn(oneBlock(ddp::Charset::msJis, {"A-B ～ ¥", "①", "曲〜", "髙橋"})).empty());
}

TEST_CASE("a text that libcdio reads differently is named with its track")
{
    const ddp::CdText meant = oneBlock(ddp::Charset::latin1, {"Disc", "One", "Two"});
    ddp::CdText other = meant;
    other.blocks[0].tracks[1].performer = "Tvo";
    const Findings findings = secondOpinionOnCdText(ddp::encodePacks(other).value(), meant);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].where.track == 2);
    CHECK(findings[0].level == Finding::Level::error);
}
