#include "ddp/fileset_writer.h"

#include "core/hash.h"
#include "ddp/cd_text_packs.h"
#include "ddp/disc_from_pq.h"
#include "support/discs.h"
#include "support/scale.h"
#include "support/test_paths.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

std::string textOf(const std::vector<std::byte>& bytes)
{
    std::string text;
    for (const std::byte b : bytes) text += static_cast<char>(b);
    return text;
}

std::string fileOf(const Fileset& set, std::string_view name)
{
    const auto file = std::ranges::find(set.files, name, &NamedBytes::name);
    return file == set.files.end() ? "(no such file)" : textOf(file->bytes);
}

std::vector<std::string> namesIn(const Fileset& set)
{
    std::vector<std::string> names;
    for (const NamedBytes& file : set.files) names.push_back(file.name);
    return names;
}

std::string recorded(const std::string& name)
{
    std::ifstream in{testData("ddp/cue2ddp-exp025/" + name), std::ios::binary};
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

/// Lines of `width` characters, in which a dot stands for a blank; the rest of each packet is blank.
std::string packets(std::initializer_list<std::string_view> lines, std::size_t size)
{
    std::string bytes;
    for (const std::string_view line : lines) {
        std::string packet{line};
        std::ranges::replace(packet, '.', ' ');
        std::ranges::replace(packet, '*', '.');
        packet.resize(size, ' ');
        bytes += packet;
    }
    return bytes;
}

/// The album of docs/formats/ddp.md.
Disc exampleDisc()
{
    Disc disc = cleanDisc();
    disc.tracks[1].flags.preEmphasis = true;
    disc.tracks[2].flags.copyPermitted = true;
    return disc;
}

/// 126 bytes: seven packs.
std::vector<std::byte> sevenPacks()
{
    CdText text = titles(3);
    text.blocks[0].disc.title = "A title long enough";
    auto packs = encodePacks(text).value();
    REQUIRE(packs.size() == 126);
    return packs;
}

bool refuses(const Disc& disc, const WriteOptions& options = {})
{
    const auto set = composeFileset(disc, options);
    return !set && set.error().kind == ErrorKind::refused;
}

} // namespace

TEST_CASE("the album of docs/formats/ddp.md is written byte for byte, in both profiles")
{
    const WriteOptions standard{.masterId = "MASTER-0001", .cdTextPacks = sevenPacks()};
    const auto set = composeFileset(exampleDisc(), standard).value();
    CHECK(namesIn(set) == std::vector<std::string>{"DDPID", "DDPMS", "CDTEXT.BIN", "PQDESCR"});
    CHECK(set.imageName == "IMAGE.DAT");

    std::string id = "DDP 2.004006381333931";
    id.resize(38, ' ');
    id += "MASTER-0001";
    id.resize(87, ' ');
    id += "CD";
    id.resize(128, ' ');
    CHECK(fileOf(set, "DDPID") == id);
    CHECK(fileOf(set, "DDPMS") ==
          packets({"VVVMS0........00000126........CDTEXT...................00..............017CDTEXT*BIN",
                   "VVVMS0........00000576........PQ.DESCR.................................017PQDESCR",
                   "VVVMD0........0000190000000000........DA70.....150.....................017IMAGE*DAT"},
                  128));
    const std::string pq = packets(
        {"VVVS0000..00000001..............4006381333931", "VVVS0100..00000001..USABC2612345",
         "VVVS0101..00020001", "VVVS0200..00090011..USABC2612346", "VVVS0201..00100011", "VVVS0202..00125011",
         "VVVS0301..00192521..USABC2612347", "VVVSAA01..00252501", "VVVSAA01..00252501"},
        64);
    CHECK(fileOf(set, "PQDESCR") == pq);

    WriteOptions cue2ddp = standard;
    cue2ddp.profile = Profile::cue2ddp;
    const auto other = composeFileset(exampleDisc(), cue2ddp).value();
    CHECK(namesIn(other) == std::vector<std::string>{"DDPID", "DDPMS", "CDTEXT.BIN", "SD"});
    CHECK(fileOf(other, "DDPID") == id);
    CHECK(fileOf(other, "DDPMS") ==
          packets({"VVVMS0.............126........CDTEXT...................00...............17CDTEXT*BIN",
                   "VVVMS0.............576........PQ.DESCR..................................17SD",
                   "VVVMD0............1900................DA71.....150......................17IMAGE*DAT"},
                  128));
    CHECK(fileOf(other, "SD") == pq);
}

TEST_CASE("profile cue2ddp gives the recorded set of experiment 025, byte for byte")
{
    Disc disc{.upc = UpcEan::parse("0123456789012").value(),
              .tracks = {{.indexes = {CdFramePos{150}, CdFramePos{525}},
                          .flags = {.preEmphasis = true},
                          .isrc = Isrc::parse("USABC1111111").value()},
                         {.pauseStart = CdFramePos{750},
                          .indexes = {CdFramePos{900}},
                          .flags = {.copyPermitted = true, .fourChannel = true}}},
              .leadOut = CdFramePos{1650}};
    disc.cdText = titles(2);
    disc.cdText->blocks[0].disc.title = "Disc";
    disc.cdText->blocks[0].tracks[0].title = "One";
    disc.cdText->blocks[0].tracks[1].title = "Two";
    const auto set = composeFileset(disc, {.profile = Profile::cue2ddp}).value();
    for (const char* name : {"DDPID", "DDPMS", "CDTEXT.BIN", "SD"}) {
        CAPTURE(name);
        REQUIRE_FALSE(recorded(name).empty());
        CHECK(fileOf(set, name) == recorded(name));
    }

    // The image's checksum is the recorded one; the image itself is the caller's.
    std::vector<std::pair<std::string, std::string>> md5s;
    for (const NamedBytes& file : set.files) md5s.emplace_back(file.name, md5(file.bytes));
    const std::string list = recorded("CHECKSUM.MD5");
    md5s.emplace_back("IMAGE.DAT", list.substr(list.size() - 44, 32));
    CHECK(checksumMd5(md5s) == list);
}

TEST_CASE("checksum files have the form of cue2ddp")
{
    const std::vector<std::pair<std::string, std::string>> md5s{{"DDPID", "dd89c874714f94418b20feea4d9b2ac6"},
                                                                {"SD", "00"}};
    CHECK(checksumMd5(md5s) == "dd89c874714f94418b20feea4d9b2ac6 *DDPID\n00 *SD\n");
    const std::vector<std::pair<std::string, std::string>> crcs{{"DDPID", "730DC92D"}, {"DDPMS", "EA0D5627"}};
    CHECK(checksumTxt(crcs) == "[CRC32 Checksum]\nDDPID=730DC92D\nDDPMS=EA0D5627\n");
}

TEST_CASE("without text there is no CD-Text stream, and without a UPC its fields are blank")
{
    Disc disc = cleanDisc();
    disc.upc.reset();
    for (const auto& text :
         {std::optional<CdText>{}, std::optional{CdText{}}, std::optional{CdText{{CdTextBlock{}}}}}) {
        disc.cdText = text;
        const auto set = composeFileset(disc, {}).value();
        CHECK(namesIn(set) == std::vector<std::string>{"DDPID", "DDPMS", "PQDESCR"});
        CHECK(fileOf(set, "DDPMS").size() == 2 * mapPacketSize);
        CHECK(fileOf(set, "DDPID").substr(8, 13) == std::string(13, ' '));
        CHECK(fileOf(set, "PQDESCR").substr(32, 13) == std::string(13, ' '));
    }
    const auto empty = composeFileset(disc, {.cdTextPacks = std::vector<std::byte>{}}).value();
    CHECK(namesIn(empty) == std::vector<std::string>{"DDPID", "DDPMS", "PQDESCR"});
}

TEST_CASE("the ISRC stands on the track's first packet, or on INDEX 01 as well")
{
    const auto isrcAt = [](const WriteOptions& options, std::size_t packet) {
        return fileOf(composeFileset(cleanDisc(), options).value(), "PQDESCR").substr(packet * 64 + 20, 12);
    };
    const WriteOptions both{.isrcPlacement = IsrcPlacement::alsoOnIndex01};
    const std::string none(12, ' ');
    // Packets: lead-in, 01 00, 01 01, 02 00, 02 01, 02 02, 03 01.
    CHECK(isrcAt({}, 1) == "USABC2612345");
    CHECK(isrcAt({}, 2) == none);
    CHECK(isrcAt(both, 2) == "USABC2612345");
    CHECK(isrcAt({}, 4) == none);
    CHECK(isrcAt(both, 4) == "USABC2612346");
    CHECK(isrcAt(both, 5) == none);
    CHECK(isrcAt({}, 6) == "USABC2612347");
    CHECK(isrcAt(both, 6) == "USABC2612347");
}

TEST_CASE("hidden audio makes the first pause longer, in the PQ descriptor and in the map")
{
    Disc disc = cleanDisc();
    disc.tracks[0].indexes = {CdFramePos{225}};
    const auto set = composeFileset(disc, {}).value();
    CHECK(fileOf(set, "PQDESCR").substr(64, 16) == "VVVS0100  000000");
    CHECK(fileOf(set, "PQDESCR").substr(128, 16) == "VVVS0101  000300");
    CHECK(fileOf(set, "DDPMS").substr(128 + 46, 4) == " 225");
}

TEST_CASE("structural errors are refused whoever asks, overridable ones are the caller's business")
{
    CHECK_FALSE(refuses(cleanDisc()));
    const auto broken = [](auto&& change) {
        Disc disc = cleanDisc();
        change(disc);
        return disc;
    };
    CHECK(refuses(broken([](Disc& d) { d.tracks.clear(); })));
    CHECK(refuses(broken([](Disc& d) { d.tracks[0].indexes.clear(); })));
    CHECK(refuses(broken([](Disc& d) { d.tracks[0].indexes = {CdFramePos{149}}; })));
    CHECK(refuses(broken([](Disc& d) { d.tracks[0].pauseStart = CdFramePos{1}; })));
    CHECK(refuses(broken([](Disc& d) { d.tracks[1].pauseStart = CdFramePos{750}; })));
    CHECK(refuses(broken([](Disc& d) { d.leadOut = CdFramePos{1450 + 299}; })));
    CHECK(refuses(broken([](Disc& d) { d.leadOut = CdFramePos{450'000}; })));
    CHECK(refuses(broken([](Disc& d) { d.tracks[0].flags = {.copyPermitted = true, .scms = true}; })));
    CHECK(refuses(broken([](Disc& d) { d.cdText = titles(2); })));

    CHECK_FALSE(refuses(broken([](Disc& d) { d.leadOut = CdFramePos{449'999}; })));
    CHECK_FALSE(refuses(broken([](Disc& d) { d.upc = UpcEan::parseDigits("4006381333932").value(); })));
    CHECK_FALSE(
        refuses(broken([](Disc& d) { d.tracks[0].flags = {.copyPermitted = true, .fourChannel = true}; })));

    const auto error =
        composeFileset(broken([](Disc& d) { d.tracks[0].indexes = {CdFramePos{149}}; }), {}).error();
    CHECK(sentence(error) == "track 1, INDEX 01, 00:01:74: Track 1 begins at 00:01:74, before 00:02:00");
}

TEST_CASE("a master id has room for 48 characters of printable ASCII")
{
    const std::string full(48, 'M');
    CHECK(fileOf(composeFileset(cleanDisc(), {.masterId = full}).value(), "DDPID").substr(38, 48) == full);
    CHECK(refuses(cleanDisc(), {.masterId = full + "M"}));
    CHECK(refuses(cleanDisc(), {.masterId = "Müll"}));
    CHECK(refuses(cleanDisc(), {.masterId = "A\tB"}));
}

TEST_CASE("packs from a file are copied as they are, unless one is damaged or cut")
{
    const auto packs = sevenPacks();
    const auto set = composeFileset(cleanDisc(), {.cdTextPacks = packs}).value();
    CHECK(set.files[2] == NamedBytes{"CDTEXT.BIN", packs});

    for (std::size_t at = 0; at < packs.size(); ++at) {
        auto damaged = packs;
        damaged[at] ^= std::byte{1};
        CHECK(refuses(cleanDisc(), {.cdTextPacks = damaged}));
    }
    auto damaged = packs;
    damaged[3 * packSize] ^= std::byte{0x80};
    CHECK(sentence(composeFileset(cleanDisc(), {.cdTextPacks = damaged}).error()) ==
          "CDTEXT.BIN: CD-Text pack 3 is damaged: its CRC is wrong");
    auto cut = packs;
    cut.pop_back();
    CHECK(refuses(cleanDisc(), {.cdTextPacks = cut}));
}

TEST_CASE("what is written is read back equal, on 5,000 generated discs")
{
    const auto runs = static_cast<unsigned>(scaled(5000));
    for (unsigned seed = 0; seed < runs; ++seed) {
        CAPTURE(seed);
        const Disc disc = RandomDisc{seed}.disc();
        const bool standard = seed % 2 == 0;
        const WriteOptions options{.profile = standard ? Profile::standard : Profile::cue2ddp,
                                   .masterId = fmt::format("SEED {}", seed),
                                   .isrcPlacement = seed % 3 == 0 ? IsrcPlacement::alsoOnIndex01
                                                                  : IsrcPlacement::firstPacket};
        const auto set = composeFileset(disc, options);
        REQUIRE(set);
        const std::string pqName = standard ? "PQDESCR" : "SD", pq = fileOf(*set, pqName);
        Findings findings;

        const auto read = parsePq(pq, pqName, findings);
        REQUIRE(read);
        std::vector<std::int64_t> offsets(read->size());
        std::string again;
        for (std::size_t i = 0; i < read->size(); ++i) {
            offsets[i] = static_cast<std::int64_t>(i * pqPacketSize);
            again += encodePqPacket((*read)[i]).value();
        }
        REQUIRE(again == pq);
        const PqDisc fromPq = discFromPq(*read, offsets, pqName);
        REQUIRE(fromPq.disc == disc);
        REQUIRE(fromPq.findings.empty());

        const auto id = parseDdpid(fileOf(*set, "DDPID"), findings);
        REQUIRE(id);
        REQUIRE(id->masterId == options.masterId);
        REQUIRE(id->upc == (disc.upc ? disc.upc->digits() : ""));
        REQUIRE(encodeDdpid(*id).value() == fileOf(*set, "DDPID"));

        const auto map = parseMap(fileOf(*set, "DDPMS"), findings);
        REQUIRE(map);
        again.clear();
        for (const MapPacket& packet : *map) again += encodeMapPacket(packet, options.profile).value();
        REQUIRE(again == fileOf(*set, "DDPMS"));
        REQUIRE(map->back().length == disc.leadOut.value());
        REQUIRE(map->back().pregap == disc.tracks[0].start().value());
        REQUIRE(findings.empty());
    }
}

TEST_CASE("any other byte anywhere in a record changes what is read, or is reported")
{
    Disc disc = exampleDisc();
    disc.cdText = titles(3);
    for (const Profile profile : {Profile::standard, Profile::cue2ddp}) {
        const auto set = composeFileset(disc, {.profile = profile, .masterId = "MASTER-0001"}).value();
        for (const NamedBytes& file : set.files) {
            if (file.name == "CDTEXT.BIN") continue;
            const std::string right = textOf(file.bytes);
            const auto unnoticed = [&](const std::string& changed) {
                Findings none, findings;
                const auto same = [](const auto& a, const auto& b) { return a && b && *a == *b; };
                const bool equal =
                    file.name == "DDPID" ? same(parseDdpid(right, none), parseDdpid(changed, findings))
                    : file.name == "DDPMS"
                        ? same(parseMap(right, none), parseMap(changed, findings))
                        : same(parsePq(right, file.name, none), parsePq(changed, file.name, findings));
                return equal && findings.empty();
            };
            REQUIRE(unnoticed(right));
            for (std::size_t at = 0; at < right.size(); ++at)
                for (unsigned value = 0; value < 256; ++value) {
                    std::string changed = right;
                    changed[at] = static_cast<char>(value);
                    if (changed != right && unnoticed(changed)) {
                        CAPTURE(at);
                        CAPTURE(value);
                        FAIL_CHECK("a change in ", file.name, " goes unnoticed");
                    }
                }
        }
    }
}
