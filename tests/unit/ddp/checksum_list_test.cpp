#include "ddp/checksum_list.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

using namespace segue;
using namespace segue::ddp;

namespace {

constexpr std::string_view idHash = "dd89c874714f94418b20feea4d9b2ac6",
                           mapHash = "8cdd88389667f7fdb961eb3e11996f31";

std::string ownList() { return fmt::format("{} *DDPID\n{} *DDPMS\n", idHash, mapHash); }

ChecksumList own(std::string_view text)
{
    return readChecksumList(text, "CHECKSUM.MD5", ChecksumForm::exact);
}
ChecksumList foreign(std::string_view text)
{
    return readChecksumList(text, "list.md5", ChecksumForm::tolerant);
}

bool has(const Findings& findings, std::string_view rule)
{
    return std::ranges::any_of(findings, [&](const Finding& f) { return f.rule == rule; });
}

const std::vector<ChecksumEntry> bothMd5{{ChecksumKind::md5, "DDPID", std::string{idHash}, 1},
                                         {ChecksumKind::md5, "DDPMS", std::string{mapHash}, 2}};

} // namespace

TEST_CASE("our own MD5 list gives its entries and no findings")
{
    const ChecksumList list = own(ownList());
    CHECK(list.entries == bothMd5);
    CHECK(list.findings.empty());
}

TEST_CASE("our own CRC-32 list gives its entries and no findings")
{
    const auto list = readChecksumList("[CRC32 Checksum]\nDDPID=7C7CF497\nSD=1A4317B9\n", "CHECKSUM.TXT",
                                       ChecksumForm::exact);
    CHECK(list.entries == std::vector<ChecksumEntry>{{ChecksumKind::crc32, "DDPID", "7c7cf497", 2},
                                                     {ChecksumKind::crc32, "SD", "1a4317b9", 3}});
    CHECK(list.findings.empty());
}

TEST_CASE("whatever differs from our own form is an error with its line")
{
    const std::string first = fmt::format("{} *DDPID", idHash);
    const std::string second = fmt::format("{} *DDPMS", mapHash);
    struct Case {
        std::string text;
        std::int64_t line;
    };
    const std::array cases{
        Case{fmt::format("{}\n{}  DDPMS\n", first, mapHash), 2}, // two blanks
        Case{fmt::format("{}\n{}* DDPMS\n", first, mapHash), 2}, // the separator turned round
        Case{fmt::format("{}\n{} *\n", first, mapHash), 2},      // no name
        Case{fmt::format("{}\n{}", first, second), 2},           // no line feed at the end
        Case{fmt::format("{}\n\n{}\n", first, second), 2},       // an empty line
        Case{fmt::format("# by hand\n{}\n", first), 1},
        Case{fmt::format("{}\n8cdd88389667f7fdb961eb3e11996f3 *DDPMS\n", first), 2},  // 31 digits
        Case{fmt::format("{}\n8cdd88389667f7fdb961eb3e11996f3g *DDPMS\n", first), 2}, // no digit
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        const ChecksumList list = own(c.text);
        REQUIRE(list.findings.size() >= 1);
        CHECK(list.findings[0].rule == "SET.CHECKSUM_LINE");
        CHECK(list.findings[0].level == Finding::Level::error);
        CHECK(list.findings[0].where.file == "CHECKSUM.MD5");
        CHECK(list.findings[0].where.line == c.line);
    }
    // CR LF does not break a line: the name gets a carriage return, and no file is called so.
    CHECK(own(fmt::format("{}\r\n", first)).entries[0].name == "DDPID\r");
}

TEST_CASE("no beginning of a line of our own list, however short, passes for an entry")
{
    const std::string md5Line = fmt::format("{} *D", idHash);
    for (std::size_t length = 0; length < md5Line.size(); ++length) {
        CAPTURE(length);
        const ChecksumList list = own(md5Line.substr(0, length) + "\n");
        CHECK(list.entries.empty());
        REQUIRE(list.findings.size() == 1);
        CHECK(list.findings[0].where.line == 1);
    }
    CHECK(own(md5Line + "\n").entries.size() == 1);

    const std::string crcLine = "D=7C7CF497";
    for (std::size_t begin = 0; begin <= crcLine.size(); ++begin) {
        CAPTURE(begin);
        const ChecksumList list = readChecksumList("[CRC32 Checksum]\n" + crcLine.substr(begin) + "\n",
                                                   "CHECKSUM.TXT", ChecksumForm::exact);
        CHECK(list.entries.size() == (begin == 0 ? 1 : 0));
        CHECK(list.findings.size() == (begin == 0 ? 0 : 1));
    }
}

TEST_CASE("the head line of our own CRC-32 list must be there")
{
    for (const std::string_view text :
         {"", "DDPID=7C7CF497\n", "[CRC32 checksum]\nDDPID=7C7CF497\n", "[CRC32 Checksum]"}) {
        CAPTURE(text);
        const Findings findings = readChecksumList(text, "CHECKSUM.TXT", ChecksumForm::exact).findings;
        REQUIRE(has(findings, "SET.CHECKSUM_LINE"));
        CHECK(findings[0].where.line == 1);
    }
}

TEST_CASE("the case of our own hexadecimal is fixed: lower for MD5, upper for CRC-32")
{
    const auto md5 = own("DD89C874714F94418B20FEEA4D9B2AC6 *DDPID\n");
    CHECK(has(md5.findings, "SET.CHECKSUM_CASE"));
    const auto crc =
        readChecksumList("[CRC32 Checksum]\nDDPID=7c7cf497\n", "CHECKSUM.TXT", ChecksumForm::exact);
    CHECK(has(crc.findings, "SET.CHECKSUM_CASE"));
}

TEST_CASE("the forms of other programs give the same entries")
{
    const std::array<std::string, 6> texts{
        fmt::format("{}  DDPID\n{}  DDPMS\n", idHash, mapHash),               // md5sum in text mode
        fmt::format("{} *DDPID\r\n{} *DDPMS\r\n", idHash, mapHash),           // HOFA
        fmt::format("{} DDPID\n{}\tDDPMS", idHash, mapHash),                  // one blank, a tab, no end
        fmt::format("MD5 (DDPID) = {}\nMD5 (DDPMS) = {}\n", idHash, mapHash), // BSD
        fmt::format("DDPID={}\nDDPMS = {}\n", idHash, mapHash),
        fmt::format("DDPID: {}\nDDPMS {}\n", idHash, mapHash),
    };
    for (const std::string& text : texts) {
        CAPTURE(text);
        const ChecksumList list = foreign(text);
        CHECK(list.entries == bothMd5);
        CHECK(list.findings.empty());
    }
}

TEST_CASE("upper-case hexadecimal is fine in other programs' lists, mixed case is not")
{
    const std::string upper =
        "DD89C874714F94418B20FEEA4D9B2AC6  DDPID\n8CDD88389667F7FDB961EB3E11996F31  DDPMS\n";
    CHECK(foreign(upper).entries == bothMd5);
    CHECK(foreign(upper).findings.empty());

    std::string mixed = upper;
    mixed[0] = 'd';
    const auto one = foreign(mixed);
    REQUIRE(one.findings.size() == 1);
    CHECK(one.findings[0].rule == "SET.CHECKSUM_CASE");
    CHECK(one.findings[0].level == Finding::Level::error);
    CHECK(one.findings[0].where.line == 1);

    const auto lines =
        foreign(fmt::format("{}  DDPID\n8CDD88389667F7FDB961EB3E11996F31  DDPMS\n{}  SD\n", idHash, idHash));
    REQUIRE(lines.findings.size() == 1);
    CHECK(lines.findings[0].where.line == 2);
}

TEST_CASE("comments are passed over and unknown lines are noted in other programs' lists")
{
    const auto list = foreign(fmt::format(
        "\xEF\xBB\xBF; made by a program\n# x\n// y\n[Files]\n\nHello there\n{} *DDPID\n", idHash));
    REQUIRE(list.entries.size() == 1);
    CHECK(list.entries[0].line == 7);
    REQUIRE(list.findings.size() == 1);
    CHECK(list.findings[0].rule == "SET.CHECKSUM_OTHER_LINE");
    CHECK(list.findings[0].level == Finding::Level::note);
    CHECK(list.findings[0].where.line == 6);
}

TEST_CASE("a file of rubbish gives a bounded number of findings")
{
    std::string rubbish;
    for (int i = 0; i < 5000; ++i) rubbish += "rubbish\n";
    const auto list = own(rubbish);
    CHECK(list.findings.size() < 30);
    CHECK(list.findings.back().message.find("5000 lines") != std::string::npos);
}

TEST_CASE("checksum files are known by their names in any case")
{
    for (const std::string_view name :
         {"CHECKSUM.MD5", "checksum.md5", "MD5-Checksum.md5", "MD5_CHECKSUM.MD5", "Checksum.txt",
          "Checksum.chk", "album.sfv", "MD5SUMS"})
        CHECK_MESSAGE(isChecksumFileName(name), name);
    for (const std::string_view name : {"DDPID", "IMAGE.DAT", "PQ-SHEET.txt", "README.TXT", "checksum.pdf"})
        CHECK_MESSAGE(!isChecksumFileName(name), name);
}
