#include "ddp/fileset_reader.h"

#include "core/testing_file_ops.h"
#include "support/ddp_sets.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

ReadSet readSet(const NamedFiles& files)
{
    MemoryFileOps ops;
    putSet(ops, files);
    return readFileset(ops, "set").value();
}

std::string& fileOf(NamedFiles& files, std::string_view name)
{
    return std::ranges::find(files, name, &std::pair<std::string, std::string>::first)->second;
}

/// The set with `change` applied to one file.
NamedFiles changed(std::string_view name, const std::function<void(std::string&)>& change,
                   const SetShape& shape = {})
{
    NamedFiles files = segueSet(shape);
    change(fileOf(files, name));
    return files;
}
/// The set with its PQ packet `number` replaced.
NamedFiles withPqPacket(std::size_t number, const PqLine& line)
{
    return changed("PQDESCR", [&](std::string& pq) { pq.replace(number * 64, 64, pqPacket(line)); });
}
NamedFiles withMapText(std::size_t at, std::string_view text)
{
    return changed("DDPMS", [&](std::string& map) { map.replace(at, text.size(), text); });
}
constexpr std::size_t pqPacketAt = 128, audioPacketAt = 256; // in DDPMS

std::vector<std::string> rulesAt(const Findings& findings, Finding::Level level)
{
    std::vector<std::string> ids;
    for (const Finding& f : findings)
        if (f.level == level) ids.push_back(f.rule);
    return ids;
}
std::vector<std::string> errorsOf(const NamedFiles& files)
{
    return rulesAt(readSet(files).findings, Finding::Level::error);
}

const Finding* find(const Findings& findings, std::string_view rule)
{
    const auto found = std::ranges::find(findings, rule, &Finding::rule);
    return found == findings.end() ? nullptr : &*found;
}
bool has(const NamedFiles& files, std::string_view rule, Finding::Level level)
{
    const ReadSet set = readSet(files);
    const Finding* found = find(set.findings, rule);
    return found != nullptr && found->level == level;
}

Disc discOfTheSet()
{
    Disc disc;
    disc.upc = UpcEan::parse("4006381333931").value();
    disc.tracks = {{.indexes = {CdFramePos{150}}, .isrc = Isrc::parse("USABC2612345").value()},
                   {.pauseStart = CdFramePos{450},
                    .indexes = {CdFramePos{500}, CdFramePos{650}},
                    .flags = {.copyPermitted = true},
                    .isrc = Isrc::parse("USABC2612346").value()}};
    disc.leadOut = CdFramePos{800};
    return disc;
}

constexpr auto error = Finding::Level::error;
constexpr auto warning = Finding::Level::warning;
constexpr auto note = Finding::Level::note;

} // namespace

TEST_CASE("a set of Segue's own is read whole, without a finding")
{
    const ReadSet set = readSet(segueSet());
    CHECK_MESSAGE(set.findings.empty(),
                  (set.findings.empty() ? "" : set.findings[0].rule + ": " + set.findings[0].message));
    CHECK(set.writer == "Segue");
    CHECK(set.id.masterId == "MASTER-0001");
    CHECK(set.pqFile == "PQDESCR");
    CHECK(set.cdTextFile == "CDTEXT.BIN");
    CHECK(set.imageFile == "IMAGE.DAT");
    CHECK(set.imageSectors == CdFrameCount{800});
    CHECK(set.map.size() == 3);
    CHECK(set.packets.size() == 8);

    Disc disc = set.disc;
    REQUIRE(disc.cdText);
    CHECK(disc.cdText->blocks.at(0).tracks.at(1).title == "Second");
    disc.cdText.reset();
    CHECK(disc == discOfTheSet());
}

TEST_CASE("the writer is told by the switches")
{
    SetShape cue2ddp{.padding = ' ', .start = "        ", .scrambled = '1', .pqName = "SD"};
    CHECK(readSet(buildSet(cue2ddp)).writer == "cue2ddp");

    NamedFiles sonoris = buildSet();
    sonoris.emplace_back("MD5-Checksum.md5", md5List(sonoris));
    CHECK(readSet(sonoris).writer == "Sonoris");

    CHECK(readSet(buildSet({.cdTextTrack = "  ", .upcOnEveryPacket = true})).writer == "HOFA");
    NamedFiles hofa = buildSet();
    hofa.emplace_back("MD5_CHECKSUM.MD5", md5List(hofa, " *", "\r\n"));
    CHECK(readSet(hofa).writer == "HOFA");

    NamedFiles distillery = buildSet({.start = "        ", .storageMode = '0', .leadOuts = 1});
    fileOf(distillery, "DDPID").replace(29, 8, "00000384");
    CHECK(readSet(distillery).writer == "audio-distillery");

    CHECK(readSet(buildSet({.scrambled = '1'})).writer.empty());
    CHECK(readSet(buildSet()).writer.empty()); // without a checksum file nothing tells us from Sonoris
}

TEST_CASE("what known writers do differently is no error")
{
    const std::array shapes{
        SetShape{.padding = ' ', .start = "        ", .scrambled = '1', .pqName = "SD"},
        SetShape{.cdTextTrack = "  ",
                 .upcInId = "036000291452",
                 .upcInPq = "036000291452",
                 .upcOnEveryPacket = true},
        SetShape{.start = "        ", .storageMode = '0', .leadOuts = 1},
        SetShape{.cdText = false},
        SetShape{.upcInId = "", .upcInPq = ""},
        SetShape{.pregap = "0150"},
        SetShape{.pqName = "SUBCODES.DAT", .imageName = "AUDIO.DAT", .cdTextName = "TEXT.CDT"},
    };
    for (const SetShape& shape : shapes) {
        CAPTURE(shape.pqName);
        CAPTURE(shape.start);
        const ReadSet set = readSet(buildSet(shape));
        CHECK(rulesAt(set.findings, error) == std::vector<std::string>{});
        CHECK(set.disc.tracks == discOfTheSet().tracks);
        CHECK(set.disc.leadOut == CdFramePos{800});
    }
    CHECK(readSet(buildSet(shapes[1])).disc.upc == UpcEan::parse("0036000291452").value());
    CHECK(has(buildSet(shapes[1]), "SET.PQ_UPC_REPEATED", note));
    CHECK(has(buildSet(shapes[1]), "SET.UPC_12_DIGITS", note));
    CHECK(has(buildSet(shapes[2]), "SET.PQ_ONE_LEAD_OUT", note));
    CHECK(has(buildSet(shapes[2]), "SET.STORAGE_MODE_0", note));
}

TEST_CASE("ISRCs may stand on the first packet, on INDEX 01 too, on every packet or on INDEX 01 alone")
{
    const PqLine first{.track = "02", .index = "00", .at = 450, .control = "21", .isrc = "USABC2612346"};
    PqLine second = first, third = first;
    second.index = "01", second.at = 500;
    third.index = "02", third.at = 650;
    NamedFiles files = withPqPacket(4, second);
    CHECK(errorsOf(files).empty());
    fileOf(files, "PQDESCR").replace(5 * 64, 64, pqPacket(third));
    CHECK(errorsOf(files).empty());
    fileOf(files, "PQDESCR").replace(3 * 64 + 20, 12, "            ");
    CHECK(errorsOf(files).empty());
    CHECK(readSet(files).disc.tracks == discOfTheSet().tracks);
    CHECK(find(readSet(files).findings, "SET.PQ_ISRC_PLACE") == nullptr);
    fileOf(files, "PQDESCR").replace(4 * 64 + 20, 12, "            ");
    CHECK(has(files, "SET.PQ_ISRC_PLACE", warning));

    second.isrc = "USABC2699999";
    CHECK(has(withPqPacket(4, second), "SET.PQ_ISRC", error));
    second.isrc = "usabc2612346";
    CHECK(has(withPqPacket(4, second), "CODE.ISRC", error));
    second.isrc = "USABC26123";
    CHECK(has(withPqPacket(4, second), "CODE.ISRC", error));
}

TEST_CASE("CD-Text with a trailing zero or a READ TOC header is read and noted")
{
    const std::string packs = cdTextPacks();
    const auto withFile = [&](const std::string& bytes) {
        NamedFiles files = changed("CDTEXT.BIN", [&](std::string& b) { b = bytes; });
        fileOf(files, "DDPMS").replace(14, 8, fmt::format("{:08}", bytes.size()));
        return files;
    };
    const NamedFiles trailing = withFile(packs + std::string(1, '\0'));
    CHECK(errorsOf(trailing).empty());
    CHECK(has(trailing, "CDTEXT.TRAILING_ZERO", note));
    CHECK(readSet(trailing).writer == "Sonoris");
    const std::size_t announced = packs.size() + 2;
    std::string header{static_cast<char>(announced >> 8), static_cast<char>(announced & 0xFF), '\0', '\0'};
    const NamedFiles dump = withFile(header + packs);
    CHECK(errorsOf(dump).empty());
    CHECK(has(dump, "CDTEXT.HEADER", note));
    CHECK(readSet(dump).disc.cdText == readSet(segueSet()).disc.cdText);
}

TEST_CASE("a folder that is no DDP set is an input error, damage in one is a finding")
{
    MemoryFileOps ops;
    CHECK(readFileset(ops, "nowhere").error().kind == ErrorKind::input);
    ops.put("empty/readme.txt", "hello");
    const auto none = readFileset(ops, "empty");
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::input);
    CHECK(none.error().what.find("DDPID") != std::string::npos);

    CHECK(has(changed("DDPID", [](std::string& b) { b += ' '; }), "SET.SIZE", error));
    CHECK(has(changed("DDPID", [](std::string& b) { b.resize(100); }), "SET.SIZE", error));
    CHECK_FALSE(errorsOf(changed("DDPID", [](std::string& b) { b.clear(); })).empty());
    CHECK_FALSE(errorsOf(changed("DDPMS", [](std::string& b) { b.clear(); })).empty());
    CHECK_FALSE(errorsOf(changed("DDPMS", [](std::string& b) { b.resize(300); })).empty());
    CHECK_FALSE(errorsOf(changed("PQDESCR", [](std::string& b) { b.clear(); })).empty());
    CHECK_FALSE(errorsOf(changed("PQDESCR", [](std::string& b) { b.resize(200); })).empty());
    CHECK_FALSE(errorsOf(changed("CDTEXT.BIN", [](std::string& b) { b.resize(30); })).empty());
    CHECK(has(changed("IMAGE.DAT", [](std::string& b) { b.pop_back(); }), "SET.SIZE", error));
    CHECK(has(changed("IMAGE.DAT", [](std::string& b) { b.resize(b.size() - 2352); }), "SET.LENGTH", error));
    CHECK(has(changed("IMAGE.DAT", [](std::string& b) { b.append(2352, '\0'); }), "SET.LENGTH", error));
}

TEST_CASE("a missing file is a finding that names it")
{
    for (const std::string name : {"DDPMS", "PQDESCR", "CDTEXT.BIN", "IMAGE.DAT"}) {
        CAPTURE(name);
        NamedFiles files = segueSet();
        std::erase_if(files, [&](const auto& file) { return file.first == name; });
        const ReadSet set = readSet(files);
        const Finding* missing = find(set.findings, "SET.MISSING_FILE");
        REQUIRE(missing != nullptr);
        CHECK(missing->level == error);
        CHECK(missing->where.file == name);
    }
}

TEST_CASE("hostile names in DDPMS are refused by name and never opened")
{
    const std::array<std::string, 12> hostile{"../../etc/passwd",
                                              "/etc/passwd",
                                              "..",
                                              ".",
                                              "a/../../b",
                                              "C:\\x",
                                              "\\\\server\\x",
                                              "C:x",
                                              "a\nb",
                                              "\x1b[31m",
                                              std::string("a\0b", 3),
                                              "\xE2\x80\xAEx"};
    for (const std::string& name : hostile) {
        CAPTURE(name);
        MemoryFileOps ops;
        putSet(ops, withMapText(audioPacketAt + 74, padded(name, 17)));
        ops.put("etc/passwd", "secret");
        const auto set = readFileset(ops, "set");
        REQUIRE(set);
        const Finding* found = find(set->findings, "SET.NAME");
        REQUIRE(found != nullptr);
        CHECK(found->level == error);
        CHECK(found->where.file == "DDPMS");
        CHECK(found->where.byte == static_cast<std::int64_t>(audioPacketAt + 74));
        for (const std::string& asked : ops.asked)
            CHECK_MESSAGE((asked.starts_with("set/") && asked.find("..") == std::string::npos), asked);
        for (const Finding& f : set->findings)
            CHECK(std::ranges::none_of(f.message, [](char c) { return c >= 0 && c < ' '; }));
    }
    CHECK(has(withMapText(audioPacketAt + 74, padded("", 17)), "SET.NAME", error));
    CHECK(has(withMapText(audioPacketAt + 74, padded("PQDESCR", 17)), "SET.NAME", error));
    CHECK(has(withMapText(audioPacketAt + 74, padded("ddpid", 17)), "SET.NAME", error));
}

TEST_CASE("a folder in the place of a file is a finding")
{
    MemoryFileOps ops;
    NamedFiles files = segueSet();
    std::erase_if(files, [&](const auto& file) { return file.first == "IMAGE.DAT"; });
    putSet(ops, files);
    ops.addFolders("set/IMAGE.DAT");
    const auto set = readFileset(ops, "set");
    REQUIRE(set);
    const Finding* found = find(set->findings, "SET.MISSING_FILE");
    REQUIRE(found != nullptr);
    CHECK(found->where.file == "IMAGE.DAT");
}

TEST_CASE("a transfer that changed the case of all names is a warning, one changed name is an error")
{
    NamedFiles lower = buildSet();
    for (auto& [name, bytes] : lower) name = asciiLower(name);
    CHECK(has(lower, "SET.NAMES_RECASED", warning));
    CHECK(errorsOf(lower).empty());
    CHECK(readSet(lower).disc.tracks == discOfTheSet().tracks);

    for (std::size_t i = 0; i < 5; ++i) {
        NamedFiles one = buildSet();
        one[i].first = asciiLower(one[i].first);
        CAPTURE(one[i].first);
        CHECK(errorsOf(one) == std::vector<std::string>{"SET.NAME_CASE"});
        CHECK(find(readSet(one).findings, "SET.NAME_CASE")->where.file == asciiUpper(one[i].first));
    }
    NamedFiles capitals = buildSet();
    for (auto& [name, bytes] : capitals) name = name.substr(0, 1) + asciiLower(name.substr(1));
    CHECK(has(capitals, "SET.NAME_CASE", error));
}

TEST_CASE("a file of DDP's kind that DDPMS does not name is an error, companions are not")
{
    for (const std::string name :
         {"PQDESCR.OLD", "SD", "IMAGE2.DAT", "CDTEXT2.BIN", "image.dat", "DDPMS.bak", "x.dat"}) {
        NamedFiles files = segueSet();
        files.emplace_back(name, "anything");
        CAPTURE(name);
        CHECK(errorsOf(files) == std::vector<std::string>{"SET.EXTRA_FILE"});
        CHECK(find(readSet(files).findings, "SET.EXTRA_FILE")->where.file == name);
    }
    for (const std::string& bytes :
         {pqPacket({.track = "00", .index = "00"}), cdTextPacks(), std::string{"DDP 2.00"}}) {
        NamedFiles files = segueSet();
        files.emplace_back("unknown", bytes);
        CHECK(errorsOf(files) == std::vector<std::string>{"SET.EXTRA_FILE"});
    }
    NamedFiles files = segueSet();
    for (const std::string name :
         {"PQ-SHEET.pdf", "PQ-SHEET.txt", "IMAGE.cue", "sheet.html", "sheet.csv", "IDENT.TXT", ".DS_Store"})
        files.emplace_back(name, "anything");
    CHECK(find(readSet(files).findings, "SET.EXTRA_FILE") == nullptr);
    CHECK(find(readSet(files).findings, "SET.OTHER_FILE") == nullptr);
    files.emplace_back("notes", "anything");
    CHECK(has(files, "SET.OTHER_FILE", note));
}

TEST_CASE("lengths, pause and lead-out must agree")
{
    CHECK(has(withMapText(14, "00000999"), "SET.LENGTH", error));                 // CD-Text
    CHECK(has(withMapText(pqPacketAt + 14, "00000999"), "SET.LENGTH", error));    // PQ
    CHECK(has(withMapText(audioPacketAt + 14, "00000801"), "SET.LENGTH", error)); // image
    CHECK(has(withMapText(audioPacketAt + 14, "00000801"), "SET.LEAD_OUT", error));
    CHECK(has(withMapText(audioPacketAt + 14, "        "), "SET.LENGTH", error));
    CHECK(has(withMapText(audioPacketAt + 46, " 225"), "SET.PREGAP", error));
    CHECK(has(withMapText(audioPacketAt + 46, "    "), "SET.NO_PREGAP", warning));
    CHECK(has(withMapText(audioPacketAt + 22, "00000150"), "SET.START", error));
    CHECK(has(withMapText(audioPacketAt + 40, "2"), "SET.STORAGE_MODE", error));
    CHECK(has(withMapText(audioPacketAt + 41, "3"), "SET.SCRAMBLED", error));
    CHECK(find(readSet(withMapText(audioPacketAt + 22, "00000150")).findings, "SET.START")->where.byte ==
          static_cast<std::int64_t>(audioPacketAt + 22));

    NamedFiles early = withPqPacket(6, {.track = "AA", .index = "01", .at = 790});
    CHECK(has(early, "SET.PQ_LEAD_OUT", error)); // the two differ
    fileOf(early, "PQDESCR").replace(7 * 64, 64, pqPacket({.track = "AA", .index = "01", .at = 790}));
    CHECK(has(early, "SET.LEAD_OUT", error));
}

TEST_CASE("the UPC must be the same in DDPID and PQ descriptor")
{
    CHECK(has(buildSet({.upcInId = ""}), "SET.UPC", error));
    CHECK(has(buildSet({.upcInPq = ""}), "SET.UPC", error));
    CHECK(has(buildSet({.upcInId = "5012345678900"}), "SET.UPC", error));
    CHECK(has(buildSet({.upcInId = "40063813339"}), "CODE.UPC", error));
    CHECK(has(buildSet({.upcInId = "400638133393X"}), "CODE.UPC", error));
    CHECK(errorsOf(buildSet({.upcInId = "036000291452", .upcInPq = "0036000291452"})).empty());
    const NamedFiles zeros = buildSet({.upcInId = "0000000000000", .upcInPq = "0000000000000"});
    CHECK(errorsOf(zeros).empty());
    CHECK(has(zeros, "SET.UPC_ZEROS", note));
    CHECK_FALSE(readSet(zeros).disc.upc);

    const PqLine second{.track = "01", .index = "00", .isrc = "USABC2612345", .upc = "5012345678900"};
    CHECK(has(withPqPacket(1, second), "SET.PQ_UPC", error));
    NamedFiles elsewhere = segueSet();
    fileOf(elsewhere, "PQDESCR").replace(32, 13, std::string(13, ' '));
    fileOf(elsewhere, "PQDESCR").replace(64 + 32, 13, "4006381333931");
    CHECK(has(elsewhere, "SET.PQ_UPC_PLACE", warning));
}

TEST_CASE("the packets must come in the order of the disc")
{
    struct Case {
        std::size_t packet;
        PqLine line;
        std::string rule;
    };
    const std::array cases{
        Case{0, {.track = "01", .index = "00"}, "SET.PQ_LEAD_IN"},
        Case{0, {.track = "00", .index = "00", .at = 1}, "SET.PQ_LEAD_IN"},
        Case{1, {.track = "01", .index = "00", .at = 75, .isrc = "USABC2612345"}, "SET.PQ_FIRST_PAUSE"},
        Case{1, {.track = "01", .index = "01", .at = 0, .isrc = "USABC2612345"}, "SET.PQ_FIRST_PAUSE"},
        Case{2, {.track = "01", .index = "02", .at = 150}, "SET.PQ_SEQUENCE"},
        Case{3, {.track = "03", .index = "00", .at = 450, .control = "21"}, "SET.PQ_SEQUENCE"},
        Case{5, {.track = "02", .index = "03", .at = 650, .control = "21"}, "SET.PQ_SEQUENCE"},
        Case{5, {.track = "02", .index = "01", .at = 650, .control = "21"}, "SET.PQ_SEQUENCE"},
        Case{5, {.track = "00", .index = "00", .at = 650}, "SET.PQ_SEQUENCE"},
        Case{7, {.track = "02", .index = "03", .at = 790, .control = "21"}, "SET.PQ_SEQUENCE"},
        Case{6, {.track = "AA", .index = "00", .at = 800}, "SET.PQ_LEAD_OUT"},
        Case{4, {.track = "02", .index = "01", .at = 500, .control = "01"}, "SET.PQ_FLAGS"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.packet);
        CAPTURE(c.line.track + c.line.index);
        const ReadSet set = readSet(withPqPacket(c.packet, c.line));
        const Finding* found = find(set.findings, c.rule);
        REQUIRE(found != nullptr);
        CHECK(found->level == error);
        CHECK(found->where.file == "PQDESCR");
        CHECK(found->where.byte == static_cast<std::int64_t>(c.packet * 64));
    }
    CHECK(has(buildSet({.leadOuts = 0}), "SET.PQ_LEAD_OUT", error));
    CHECK(has(buildSet({.leadOuts = 3}), "SET.PQ_LEAD_OUT", error));
    CHECK(has(withPqPacket(3, {.track = "03", .index = "00", .at = 450}), "DISC.INDEX_MISSING", error));
}

TEST_CASE("a disc with a damaged track can still be measured")
{
    const Disc disc = readSet(withPqPacket(4, {.track = "03", .index = "01", .at = 500})).disc;
    REQUIRE(disc.tracks.size() == 3);
    Disc holes = disc;
    holes.tracks[1].indexes.clear();
    CHECK(lengthOf(holes, 0) == CdFrameCount{350});
    CHECK(musicOf(holes, 0) == CdFrameCount{350});
    CHECK(lengthOf(holes, 2) == CdFrameCount{300});
    holes.tracks[2].indexes.clear();
    CHECK(lengthOf(holes, 0) == CdFrameCount{650});
    CHECK(musicOf(holes, 0) == CdFrameCount{650});
}

TEST_CASE("several audio images or PQ descriptors cannot be judged and are errors")
{
    NamedFiles two = segueSet();
    fileOf(two, "DDPMS") += mapPacket(
        {.type = "D0", .length = 1, .mode = "DA", .storage = "70", .pregap = " 150", .name = "IMAGE2.DAT"},
        '0');
    two.emplace_back("IMAGE2.DAT", std::string(2352, '\0'));
    CHECK(errorsOf(two) == std::vector<std::string>{"SET.SEVERAL_STREAMS"});
    CHECK(readSet(two).imageFile == "IMAGE.DAT");

    NamedFiles enhanced = segueSet();
    fileOf(enhanced, "DDPMS") += mapPacket(
        {.type = "D0", .length = 1, .start = "00024705", .mode = "10", .storage = "00", .name = "DATA.DAT"},
        '0');
    enhanced.emplace_back("DATA.DAT", std::string(2048, '\0'));
    CHECK(errorsOf(enhanced).empty());
    CHECK(has(enhanced, "SET.DATA_STREAM", warning));

    NamedFiles ident = segueSet();
    fileOf(ident, "DDPMS") += mapPacket({.type = "T2", .length = 5, .name = "IDENT.TXT"}, '0');
    ident.emplace_back("IDENT.TXT", "hello");
    CHECK(errorsOf(ident).empty());
    CHECK(has(ident, "SET.TEXT_STREAM", note));

    CHECK(has(withMapText(audioPacketAt + 38, "10"), "SET.NO_AUDIO", error));
    CHECK(has(withMapText(pqPacketAt + 30, "RW24XX  "), "SET.NO_PQ", error));
}

TEST_CASE("CD-Text that describes another disc is found")
{
    CdTextBlock block;
    block.disc = {.title = "An Album"};
    block.tracks = {{.title = "First"}, {.title = "Second"}, {.title = "Third"}};
    const auto withText = [](const CdTextBlock& b) {
        NamedFiles files = segueSet();
        fileOf(files, "CDTEXT.BIN") = textOf(encodePacks({{b}}).value());
        fileOf(files, "DDPMS").replace(14, 8, fmt::format("{:08}", fileOf(files, "CDTEXT.BIN").size()));
        return files;
    };
    CHECK(has(withText(block), "SET.CD_TEXT_TRACKS", error));
    block.tracks.pop_back();
    CHECK(errorsOf(withText(block)).empty());
    block.upc = "4006381333931";
    block.isrcs = {"USABC2612345", "USABC2612346"};
    CHECK(find(readSet(withText(block)).findings, "SET.CD_TEXT_CODE") == nullptr);
    block.isrcs[1] = "USABC2612399";
    CHECK(has(withText(block), "SET.CD_TEXT_CODE", warning));
    CHECK(find(readSet(withText(block)).findings, "SET.CD_TEXT_CODE")->where.track == 2);
    block.isrcs[1] = "USABC2612346";
    block.upc = "5012345678900";
    CHECK(has(withText(block), "SET.CD_TEXT_CODE", warning));
}

TEST_CASE("absurdly large small files are refused without being read")
{
    CHECK(has(changed("DDPMS", [](std::string& b) { b.resize(4097 * 128, ' '); }), "SET.SIZE", error));
    CHECK(has(changed("PQDESCR", [](std::string& b) { b.resize(10'001 * 64, ' '); }), "SET.SIZE", error));
    CHECK(has(changed("CDTEXT.BIN", [](std::string& b) { b.resize(40'000, ' '); }), "SET.SIZE", error));
}

TEST_CASE("a disk that fails is an io error that names the file, at whichever call")
{
    MemoryFileOps ops;
    putSet(ops, segueSet());
    FaultyFileOps counting{ops, {}};
    REQUIRE(readFileset(counting, "set"));
    for (std::int64_t i = 0; i < counting.counted(); ++i) {
        FaultyFileOps faulty{ops, {.failAt = i}};
        const auto set = readFileset(faulty, "set");
        REQUIRE_FALSE(set);
        CHECK(set.error().kind == ErrorKind::io);
        CHECK(set.error().where.starts_with("set"));
    }
}
