#include "ddp/records.h"

#include "ddp/red_book.h"
#include "support/ddp_sets.h"
#include "support/test_paths.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

/// "RULE@byte" of each finding, with blanks between.
std::string found(const Findings& findings)
{
    std::string all;
    for (const Finding& f : findings)
        all += fmt::format("{}{}@{}", all.empty() ? "" : " ", f.rule, f.where.byte.value_or(-1));
    return all;
}

std::string put(std::string bytes, std::size_t at, std::string_view text)
{
    return bytes.replace(at, text.size(), text);
}

const std::string goodId =
    padded(padded("DDP 2.004006381333931", 38) + "MASTER-0001", 87) + "CD" + std::string(39, ' ');
const std::string goodMap =
    mapPacket({.type = "S0", .length = 126, .subcode = "CDTEXT", .track = "00", .name = "CDTEXT.BIN"}, '0') +
    mapPacket({.type = "S0", .length = 576, .subcode = "PQ DESCR", .name = "PQDESCR"}, '0') +
    mapPacket({.type = "D0",
               .length = 1900,
               .start = "00000000",
               .mode = "DA",
               .storage = "70",
               .pregap = " 150",
               .name = "IMAGE.DAT"},
              '0');

std::string idFindings(const std::string& bytes)
{
    Findings findings;
    REQUIRE(parseDdpid(bytes, findings));
    return found(findings);
}
std::string mapFindings(const std::string& bytes)
{
    Findings findings;
    REQUIRE(parseMap(bytes, findings));
    return found(findings);
}
std::string pqFindings(const std::string& bytes)
{
    Findings findings;
    REQUIRE(parsePq(bytes, "SD", findings));
    for (const Finding& f : findings) CHECK(f.where.file == "SD");
    return found(findings);
}

} // namespace

TEST_CASE("DDPID is read field by field")
{
    Findings findings;
    const auto id = parseDdpid(goodId, findings);
    CHECK(id == Ddpid{.upc = "4006381333931", .masterId = "MASTER-0001"});
    CHECK(found(findings) == "");
    CHECK(encodeDdpid(*id).value() == goodId);
}

TEST_CASE("a DDPID that is no DDPID is an error")
{
    Findings findings;
    CHECK(parseDdpid(goodId.substr(1), findings).error().what ==
          "DDPID must have exactly 128 bytes, it has 127");
    CHECK_FALSE(parseDdpid(goodId + " ", findings));
    CHECK_FALSE(parseDdpid("", findings));
    CHECK_FALSE(parseDdpid(put(goodId, 0, "XDP"), findings));
}

TEST_CASE("what a DDPID should not have is reported with its byte")
{
    CHECK(idFindings(put(goodId, 4, "1.01")) == "SET.LEVEL@0");
    CHECK(idFindings(put(goodId, 87, "DV")) == "SET.TYPE@87");
    CHECK(idFindings(put(goodId, 38, "\x1b[2J")) == "SET.CHARACTER@38");
    CHECK(idFindings(put(goodId, 8, "\xC3\xA9")) == "SET.CHARACTER@8");
    for (const std::size_t blank : {21U, 28U, 37U, 89U, 90U, 91U, 92U}) {
        CAPTURE(blank);
        const std::size_t fieldAt = blank == 28 ? 21 : blank;
        CHECK(idFindings(put(goodId, blank, "0")) == fmt::format("SET.RESERVED@{}", fieldAt));
    }
    CHECK(idFindings(put(goodId, 86, "X")) == "SET.RESERVED@86");
    CHECK(idFindings(put(goodId, 29, "XXXXXXXX")) == "SET.RESERVED@29");
    CHECK(idFindings(put(goodId, 29, "00000385")) == "SET.RESERVED@29");
    CHECK(idFindings(put(goodId, 29, "00000000")) == "SET.RESERVED@29");
}

TEST_CASE("the ways of known writers in a DDPID are notes")
{
    for (const auto& [bytes, expected] : {std::pair{put(goodId, 86, "O"), "SET.BOOK@86"},
                                          {put(goodId, 29, "00000384"), "SET.MAP_LENGTH@29"},
                                          {put(goodId, 94, "05HELLO"), "SET.USER_TEXT_PLACE@94"}}) {
        Findings findings;
        REQUIRE(parseDdpid(bytes, findings));
        CHECK(found(findings) == expected);
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].level == Finding::Level::note);
    }
}

TEST_CASE("the user text is read at both places that writers use, and never written")
{
    Findings findings;
    const auto early = parseDdpid(put(goodId, 93, "05HELLO"), findings);
    CHECK(early->userText == "HELLO");
    CHECK(found(findings) == "");
    CHECK(encodeDdpid(*early).value() == goodId);
    const auto late = parseDdpid(put(goodId, 94, "05HELLO"), findings);
    CHECK(late->userText == "HELLO");
    const auto blankPadded = parseDdpid(put(goodId, 93, " 5HELLO"), findings);
    CHECK(blankPadded->userText == "HELLO");
    const auto full = parseDdpid(put(goodId, 93, "33" + std::string(33, 'x')), findings);
    CHECK(full->userText == std::string(33, 'x'));
    CHECK(found(findings) == "SET.USER_TEXT_PLACE@94");
}

TEST_CASE("a user text whose length does not fit is damage")
{
    CHECK(idFindings(put(goodId, 93, "04HELLO")) == "SET.USER_TEXT@93");
    CHECK(idFindings(put(goodId, 93, "34HELLO")) == "SET.USER_TEXT@93");
    CHECK(idFindings(put(goodId, 94, "33HELLO")) == "SET.USER_TEXT@94");
    CHECK(idFindings(put(goodId, 100, "x")) == "SET.USER_TEXT@93");
    CHECK(idFindings(put(goodId, 94, "0")) == "SET.USER_TEXT@93");
    CHECK(idFindings(put(goodId, 95, "0")) == "SET.USER_TEXT@94");
    CHECK(idFindings(put(goodId, 93, "00")) == "");
    CHECK(idFindings(put(goodId, 93, "xx")) == "SET.NUMBER@93 SET.USER_TEXT@93");
}

TEST_CASE("DDPID and map packet refuse values that do not fit, naming the field")
{
    CHECK(sentence(encodeDdpid({.upc = "12345678901234"}).error()) ==
          "DDPID: The field UPC holds 13 characters, \"12345678901234\" has 14");
    CHECK_FALSE(encodeDdpid({.masterId = std::string(49, 'x')}));
    MapPacket packet{.streamType = "D0", .length = 100'000'000, .file = "IMAGE.DAT"};
    CHECK(sentence(encodeMapPacket(packet, Profile::standard).error()) ==
          "DDPMS: The field DSL holds 8 digits, 100000000 does not fit");
    packet.length = 1;
    packet.file = "A_NAME_OF_18_CHARS";
    CHECK_FALSE(encodeMapPacket(packet, Profile::standard));
    packet.file = "A_NAME_OF_17_CHAR";
    CHECK(encodeMapPacket(packet, Profile::standard).value().substr(74, 17) == "A_NAME_OF_17_CHAR");
}

TEST_CASE("a master id is judged before it is written")
{
    CHECK(checkMasterId("").empty());
    CHECK(checkMasterId(std::string(48, '~')).empty());
    CHECK(found(checkMasterId(std::string(49, 'x'))) == "SET.MASTER_ID@-1");
    CHECK(checkMasterId(std::string(49, 'x'))[0].message == "The master id has 49 characters, 48 fit");
    CHECK(found(checkMasterId("Größe")) == "SET.MASTER_ID@-1");
}

TEST_CASE("DDPMS is read field by field, with both paddings")
{
    Findings findings;
    const auto map = parseMap(goodMap, findings);
    REQUIRE(map);
    REQUIRE(map->size() == 3);
    CHECK((*map)[0] ==
          MapPacket{
              .streamType = "S0", .length = 126, .subcode = "CDTEXT", .track = "00", .file = "CDTEXT.BIN"});
    CHECK((*map)[1] ==
          MapPacket{.streamType = "S0", .length = 576, .subcode = "PQ DESCR", .file = "PQDESCR"});
    CHECK((*map)[2] == MapPacket{.streamType = "D0",
                                 .length = 1900,
                                 .startSector = 0,
                                 .mode = "DA",
                                 .storageMode = 7,
                                 .scrambled = 0,
                                 .pregap = 150,
                                 .file = "IMAGE.DAT"});
    const auto blanks = parseMap(mapPacket({.type = "D0",
                                            .length = 1900,
                                            .mode = "DA",
                                            .storage = "71",
                                            .pregap = " 150",
                                            .name = "IMAGE.DAT"},
                                           ' '),
                                 findings);
    CHECK((*blanks)[0].length == 1900);
    CHECK_FALSE((*blanks)[0].startSector.has_value());
    CHECK(found(findings) == "");
}

TEST_CASE("what a map packet should not have is reported with its byte")
{
    constexpr std::size_t cdText = 0, pq = 128, audio = 256;
    for (const std::size_t packet : {cdText, pq, audio})
        for (const std::size_t blank : {6U, 42U, 50U, 54U, 57U, 59U, 92U, 96U, 104U, 113U}) {
            CAPTURE(packet + blank);
            CHECK(mapFindings(put(goodMap, packet + blank, "0")) ==
                  fmt::format("SET.RESERVED@{}", packet + blank));
        }
    for (const std::size_t field : {38U, 40U, 41U, 46U}) {
        CAPTURE(field);
        CHECK(mapFindings(put(goodMap, pq + field, "1")).find(fmt::format("SET.RESERVED@{}", pq + field)) !=
              std::string::npos);
    }
    CHECK(mapFindings(put(goodMap, pq + 55, "00")) == "SET.RESERVED@183");
    CHECK(mapFindings(put(goodMap, cdText + 55, "  ")) == "");
    CHECK(mapFindings(put(goodMap, cdText + 55, "01")) == "SET.RESERVED@55");
    CHECK(mapFindings(put(goodMap, audio + 30, "X")) == "SET.RESERVED@286");
    CHECK(mapFindings(put(goodMap, audio + 91, "S")) == "SET.RESERVED@347");
    CHECK(mapFindings(put(put(goodMap, audio + 91, "S"), audio + 38, "10")) == "");
    CHECK(mapFindings(put(goodMap, audio + 127, "\xFF")) == "SET.RESERVED@369");
    CHECK(mapFindings(put(goodMap, pq + 71, "018")) == "SET.MAP@199");
    CHECK(mapFindings(put(goodMap, pq + 71, "   ")) == "SET.MAP@199");
    CHECK(mapFindings(put(goodMap, pq + 74, "PQ\n")) == "SET.CHARACTER@202");
}

TEST_CASE("numbers that are none, or padded in two ways, are reported")
{
    CHECK(mapFindings(put(goodMap, 14, "0000x126")) == "SET.NUMBER@14");
    CHECK(mapFindings(put(goodMap, 14, "126     ")) == "SET.NUMBER@14");
    CHECK(mapFindings(put(goodMap, 14, " 0000126")) ==
          "SET.NUMBER@14 SET.PADDING@71 SET.PADDING@142 SET.PADDING@199 "
          "SET.PADDING@270 SET.PADDING@278 SET.PADDING@327");
    CHECK(mapFindings(put(goodMap, 142, " 0000576")) == "SET.NUMBER@142 SET.PADDING@142");
    CHECK(mapFindings(put(goodMap, 142, "     576")) == "SET.PADDING@142");
    CHECK(mapFindings(put(goodMap, 199, " 17")) == "SET.PADDING@199");
    CHECK(mapFindings(put(goodMap, 302, "0150")) == "SET.PADDING@302");
    Findings findings;
    CHECK(parseMap(put(goodMap, 142, " 0000576"), findings)->at(1).length == 576);
}

TEST_CASE("the map ends at the first packet without its mark, and that is damage")
{
    Findings findings;
    const auto map = parseMap(put(goodMap, 128, "X"), findings);
    CHECK(map->size() == 1);
    CHECK(found(findings) == "SET.MAP@128");
    CHECK(mapFindings(goodMap + "VVVM") == "SET.MAP@384");
    CHECK_FALSE(parseMap(goodMap.substr(0, 127), findings));
    CHECK_FALSE(parseMap("", findings));
}

TEST_CASE("PQ packets are read field by field")
{
    Findings findings;
    const auto packets = parsePq(
        pqPacket({.track = "00", .index = "00", .upc = "4006381333931"}) +
            pqPacket({.track = "07", .index = "02", .at = 449'999, .control = "3S", .isrc = "USABC2612345"}) +
            pqPacket({.track = "AA", .index = "01", .at = 75}),
        "SD", findings);
    REQUIRE(packets);
    CHECK(found(findings) == "");
    CHECK(*packets ==
          std::vector<PqPacket>{{.track = 0, .index = 0, .upc = "4006381333931"},
                                {.track = 7,
                                 .index = 2,
                                 .at = CdFramePos{449'999},
                                 .flags = {.preEmphasis = true, .copyPermitted = true, .scms = true},
                                 .isrc = "USABC2612345"},
                                {.track = PqPacket::leadOut, .index = 1, .at = CdFramePos{75}}});
}

TEST_CASE("every combination of control flags has its own two characters")
{
    const auto control = [](ControlFlags flags) {
        return encodePqPacket({.track = 1, .index = 1, .flags = flags}).value().substr(16, 2);
    };
    CHECK(control({}) == "01");
    CHECK(control({.preEmphasis = true}) == "11");
    CHECK(control({.copyPermitted = true}) == "21");
    CHECK(control({.preEmphasis = true, .copyPermitted = true}) == "31");
    CHECK(control({.fourChannel = true}) == "81");
    CHECK(control({.preEmphasis = true, .fourChannel = true}) == "91");
    CHECK(control({.copyPermitted = true, .fourChannel = true}) == "A1");
    CHECK(control({.preEmphasis = true, .copyPermitted = true, .fourChannel = true}) == "B1");
    CHECK(control({.scms = true}) == "0S");
    CHECK(control({.preEmphasis = true, .scms = true}) == "1S");
    for (unsigned bits = 0; bits < 16; ++bits) {
        const PqPacket packet{.track = 1,
                              .index = 1,
                              .flags = {.preEmphasis = (bits & 1) != 0,
                                        .copyPermitted = (bits & 2) != 0,
                                        .fourChannel = (bits & 4) != 0,
                                        .scms = (bits & 8) != 0}};
        Findings findings;
        CHECK(parsePq(encodePqPacket(packet).value(), "SD", findings).value() == std::vector{packet});
        CHECK(findings.empty());
    }
}

TEST_CASE("what a PQ packet should not have is reported with its byte")
{
    const std::string good = pqPacket({.track = "00", .index = "00"}) +
                             pqPacket({.track = "01", .index = "00"}) +
                             pqPacket({.track = "01", .index = "01", .at = 150});
    REQUIRE(pqFindings(good) == "");
    CHECK(pqFindings(put(good, 64 + 4, "1x")) == "SET.PQ@68");
    CHECK(pqFindings(put(good, 64 + 6, " 1")) == "SET.PQ@70");
    CHECK(pqFindings(put(good, 64 + 10, "A0")) == "SET.PQ@74");
    CHECK(pqFindings(put(good, 64 + 12, "60")) == "SET.PQ@76");
    CHECK(pqFindings(put(good, 64 + 14, "75")) == "SET.PQ@78");
    for (const char* control : {"41", "51", "a1", "02", "G1", "  "})
        CHECK(pqFindings(put(good, 64 + 16, control)) == "SET.PQ@80");
    CHECK(pqFindings(put(good, 64 + 8, "0")) == "SET.RESERVED@72");
    CHECK(pqFindings(put(good, 64 + 8, "00")) == "SET.RESERVED@72");
    CHECK(pqFindings(put(good, 64 + 18, "0")) == "SET.RESERVED@82");
    CHECK(pqFindings(put(good, 64 + 63, "x")) == "SET.RESERVED@109");
    CHECK(pqFindings(put(good, 64 + 20, "\x7F")) == "SET.CHARACTER@84");
    CHECK(pqFindings(put(good, 64, "X")) == "SET.PQ@64");
    CHECK(pqFindings(good + "VVVS") == "SET.PQ@192");
}

TEST_CASE("lead-in and lead-out packets carry neither flags nor an ISRC")
{
    CHECK(pqFindings(pqPacket({.track = "00", .index = "00", .control = "21"})) == "SET.PQ_ENDS@16");
    CHECK(pqFindings(pqPacket({.track = "AA", .index = "01", .control = "0S"})) == "SET.PQ_ENDS@16");
    CHECK(pqFindings(pqPacket({.track = "AA", .index = "01", .isrc = "USABC2612345"})) == "SET.PQ_ENDS@16");
}

TEST_CASE("hours of 00 in every packet are one note")
{
    const std::string hours = put(pqPacket({.track = "00", .index = "00"}), 8, "00") +
                              put(pqPacket({.track = "01", .index = "00"}), 8, "00");
    CHECK(pqFindings(hours) == "SET.HOURS@8");
    CHECK(pqFindings(hours + pqPacket({.track = "01", .index = "01"})) == "SET.RESERVED@8 SET.RESERVED@72");
}

TEST_CASE("a PQ descriptor of no packet or of absurdly many is an error")
{
    Findings findings;
    CHECK_FALSE(parsePq("", "SD", findings));
    CHECK_FALSE(parsePq(std::string(63, ' '), "SD", findings));
    CHECK_FALSE(parsePq(std::string(64 * 10'001, ' '), "SD", findings));
}

TEST_CASE("a time beyond 99:59:74, a number of three digits or a negative one is not written")
{
    CHECK(encodePqPacket({.track = 99, .index = 99, .at = lastAddressableFrame}).value().substr(4, 12) ==
          "9999  995974");
    CHECK(encodePqPacket({.at = CdFramePos{450'000}}).error().what ==
          "Frame 450000 has no address; the last one is 99:59:74");
    CHECK_FALSE(encodePqPacket({.at = CdFramePos{-1}}));
    CHECK_FALSE(encodePqPacket({.track = 100}));
    CHECK_FALSE(encodePqPacket({.index = 100}));
    CHECK_FALSE(encodePqPacket({.index = -1}));
    CHECK_FALSE(encodePqPacket({.isrc = "USABC26123456"}));
}

TEST_CASE("the PQ descriptor of a real 19-track master is read without a finding and written back equal")
{
    std::ifstream in{testData("ddp/pq-19-tracks.bin"), std::ios::binary};
    std::ostringstream bytes;
    bytes << in.rdbuf();
    REQUIRE(bytes.str().size() == 23 * pqPacketSize);
    Findings findings;
    const auto packets = parsePq(bytes.str(), "PQDESCR", findings);
    REQUIRE(packets);
    CHECK(found(findings) == "");
    CHECK(packets->size() == 23);
    CHECK(toMsf(packets->back().at) == Msf{79, 25, 1});
    std::string again;
    for (const PqPacket& packet : *packets) again += encodePqPacket(packet).value();
    CHECK(again == bytes.str());
}
