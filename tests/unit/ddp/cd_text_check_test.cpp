#include "ddp/cd_text_packs.h"
#include "ddp/cd_text_rules.h"
#include "support/cd_text_bytes.h"
#include "support/random_cd_text.h"

#include <doctest/doctest.h>

#include <set>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

CdText oneTrack(std::string discTitle, std::string trackTitle, Charset charset = Charset::latin1)
{
    CdTextBlock block;
    block.charset = charset;
    block.disc.title = std::move(discTitle);
    block.tracks.resize(1);
    block.tracks[0].title = std::move(trackTitle);
    return {{block}};
}

} // namespace

TEST_CASE("every CD-Text rule has its own id, a sentence and a source")
{
    std::set<std::string_view> ids;
    for (const Rule& rule : cdTextRules()) {
        CHECK(rule.id.starts_with("CDTEXT."));
        CHECK_MESSAGE(ids.insert(rule.id).second, rule.id);
        CHECK_FALSE(rule.sentence.empty());
        CHECK_FALSE(rule.source.empty());
        CHECK_FALSE(rule.overridable);
        CHECK(&cdTextRule(rule.id) == &rule);
    }
}

TEST_CASE("clean texts have no finding")
{
    CHECK(checkCdText(oneTrack("Für Élise", "½ Naïve")).empty());
    CHECK(checkCdText({}).empty());
}

TEST_CASE("an unencodable character is named with its track, and the fix is what the table offers")
{
    const Findings findings = checkCdText(oneTrack("Disc", "10 € “x”"));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "CDTEXT.CHARACTER");
    CHECK(findings[0].level == Finding::Level::error);
    CHECK(findings[0].where.track == 1);
    CHECK(findings[0].message == "The title of track 1 has € (U+20AC), “ (U+201C), ” (U+201D), which ISO "
                                 "8859-1 lacks (CD-Text, English)");
    CHECK(findings[0].fix == "Write \"10 EUR \"x\"\"");
    CHECK(checkCdText(oneTrack("Disc", "Ёлка"))[0].fix == "Write it with other characters");
    CHECK(checkCdText(oneTrack("Disc", "a\tb"))[0].message.find("the control character U+0009") !=
          std::string::npos);
}

TEST_CASE("full-width writing is noted and vendor rows are warned of in MS-JIS")
{
    const Findings findings = checkCdText(oneTrack("曲①", "CD", Charset::msJis));
    CHECK(rulesIn(findings) == "CDTEXT.VENDOR_ROWS CDTEXT.FULL_WIDTH");
    CHECK(findings[1].message == "The title of track 1 is written as \"ＣＤ\" (CD-Text, English)");
}

TEST_CASE("languages, lengths, codes and genres are checked")
{
    CdText text = oneTrack("Disc", "One");
    text.blocks.push_back(text.blocks[0]);
    CHECK(rulesIn(checkCdText(text)) == "CDTEXT.DUPLICATE_LANGUAGE");
    text = oneTrack("Disc", std::string(255, 'x'));
    CHECK(checkCdText(text)[0].fix == "Shorten it by 1 byte");
    CHECK(rulesIn(checkCdText(text)) == "CDTEXT.TEXT_LENGTH");
    text = oneTrack("Disc", "One");
    text.blocks[0].upc = "123";
    text.blocks[0].genre = Genre{28, ""};
    CHECK(rulesIn(checkCdText(text)) == "CDTEXT.CODE CDTEXT.GENRE");
}

TEST_CASE("a UPC/EAN has 13 digits and an ISRC 12 capitals and digits, no more, no fewer, no others")
{
    const auto rulesWith = [](std::optional<std::string> upc, std::optional<std::string> isrc) {
        CdText text = oneTrack("Disc", "One");
        text.blocks[0].upc = std::move(upc);
        text.blocks[0].isrcs = {std::move(isrc)};
        return rulesIn(checkCdText(text));
    };
    CHECK(rulesWith("4006381333931", "USABC2612345") == "");
    for (const char* upc : {"400638133393", "40063813339310", "400638133393A"}) {
        CAPTURE(upc);
        CHECK(rulesWith(upc, {}) == "CDTEXT.CODE");
    }
    for (const char* isrc :
         {"USABC261234", "USABC26123456", "usabc2612345", "US-ABC-26-12", "USABC261234 "}) {
        CAPTURE(isrc);
        CHECK(rulesWith({}, isrc) == "CDTEXT.CODE");
    }
}

TEST_CASE("genre codes to 27 have a meaning, and 16 bits is what there is room for")
{
    const auto rulesWith = [](int code) {
        CdText text = oneTrack("Disc", "One");
        text.blocks[0].genre = Genre{code, ""};
        CHECK(encodePacks(text).has_value() == (code >= 0 && code <= 65'535));
        return rulesIn(checkCdText(text));
    };
    CHECK(rulesWith(-1) == "CDTEXT.GENRE_CODE");
    CHECK(rulesWith(0) == "");
    CHECK(rulesWith(27) == "");
    CHECK(rulesWith(28) == "CDTEXT.GENRE");
    CHECK(rulesWith(65'535) == "CDTEXT.GENRE");
    CHECK(rulesWith(65'536) == "CDTEXT.GENRE_CODE");
}

TEST_CASE("the check finds an error exactly when the writer refuses")
{
    RandomCdText random{7};
    int refused = 0;
    for (int i = 0; i < 600; ++i) {
        CdText text = random.cdText({.maxTracks = i % 3 == 0 ? 60 : 8,
                                     .maxBlocks = i % 50 == 0 ? 8 : 2,
                                     .maxLength = i % 3 == 0 ? 90U : 30U});
        CdTextBlock& block = text.blocks[random.below(text.blocks.size())];
        Texts& track = block.tracks[random.below(block.tracks.size())];
        switch (random.below(9)) {
        case 0: track.title = "€"; break;
        case 1: track.message = std::string(200 + random.below(100), 'm'); break;
        case 2: block.discId = "é"; break;
        case 3: block.tracks.emplace_back(); break;
        case 4: block.isrcs.emplace_back(); break;
        case 5: track.composer = "\xFF"; break;
        case 6: block.genre = Genre{static_cast<int>(random.below(3)) * 40'000 - 1, ""}; break;
        default: break;
        }
        const auto encoded = encodePacks(text);
        CHECK_MESSAGE(blocks(checkCdText(text)) == !encoded,
                      (encoded ? "accepted" : sentence(encoded.error())));
        refused += encoded ? 0 : 1;
    }
    CHECK(refused > 100);
    CHECK(refused < 500);
}

TEST_CASE("substitution changes only what must change and lists every text")
{
    CdText text = oneTrack("Für “Élise”", "plain");
    text.blocks[0].discId = "é-1";
    text.blocks[0].isrcs = {"USABC2612345"};
    const SubstitutedCdText made = substituteCharacters(text);
    CHECK(made.text.blocks[0].disc.title == "Für \"Élise\"");
    CHECK(made.text.blocks[0].discId == "e-1");
    CHECK(made.text.blocks[0].tracks[0].title == "plain");
    REQUIRE(made.findings.size() == 2);
    CHECK(made.findings[0].rule == "CDTEXT.SUBSTITUTED");
    CHECK(made.findings[0].message ==
          "The disc's title is written \"Für \"Élise\"\" instead of \"Für “Élise”\" (CD-Text, English)");
    CHECK_FALSE(blocks(checkCdText(made.text)));
    CHECK(substituteCharacters(made.text).findings.empty());
}
