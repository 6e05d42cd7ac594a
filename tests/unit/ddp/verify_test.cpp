#include "ddp/verify.h"

#include "core/testing_file_ops.h"
#include "ddp/fileset_writer.h"
#include "support/ddp_sets.h"
#include "support/temp_folder.h"
#include "support/test_paths.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

Verification verify(const NamedFiles& files, const VerifyOptions& options = {})
{
    MemoryFileOps ops;
    putSet(ops, files);
    return verifyFileset(ops, "set", options).value();
}

std::string& fileOf(NamedFiles& files, std::string_view name)
{
    return std::ranges::find(files, name, &std::pair<std::string, std::string>::first)->second;
}

Findings errorsOf(const Verification& v)
{
    Findings errors;
    std::ranges::copy_if(v.findings, std::back_inserter(errors),
                         [](const Finding& f) { return f.level == Finding::Level::error; });
    return errors;
}
const Finding* find(const Verification& v, std::string_view rule)
{
    const auto found = std::ranges::find(v.findings, rule, &Finding::rule);
    return found == v.findings.end() ? nullptr : &*found;
}
std::string listOf(const Findings& findings)
{
    std::string text;
    for (const Finding& f : findings) text += f.rule + " (" + describe(f.where) + "): " + f.message + "\n";
    return text;
}

/// Files of tests/data, which the build names.
std::string dataFile(const std::string& name)
{
    return readTextFile(realFileOps(), Path{testData("ddp")} / name, 1 << 20).value();
}

/// xorshift: the same numbers everywhere.
class Random {
public:
    std::uint64_t below(std::uint64_t limit)
    {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_ % limit;
    }

private:
    std::uint64_t state_ = 0x9E3779B97F4A7C15;
};

/// Flips bits in all files in turn; every flip must be an error that names the file it is in.
void checkFlips(const NamedFiles& files, int flips)
{
    REQUIRE_MESSAGE(errorsOf(verify(files)).empty(), listOf(verify(files).findings));
    MemoryFileOps ops;
    putSet(ops, files);
    Random random;
    for (int i = 0; i < flips; ++i) {
        const std::string& name = files[static_cast<std::size_t>(i) % files.size()].first;
        Bytes& bytes = ops.bytes(Path{"set"} / name);
        const std::size_t at = random.below(bytes.size());
        const auto bit = std::byte{1} << random.below(8);
        bytes[at] ^= bit;
        const auto v = verifyFileset(ops, "set", {});
        bytes[at] ^= bit;
        CAPTURE(name);
        CAPTURE(at);
        CAPTURE(std::to_integer<int>(bit));
        REQUIRE(v);
        const Findings errors = errorsOf(*v);
        const bool named = std::ranges::any_of(errors, [&](const Finding& f) {
            return f.where.file == name || f.message.find(name) != std::string::npos;
        });
        REQUIRE_MESSAGE(named, listOf(errors));
    }
}

} // namespace

TEST_CASE("a set of Segue's own is verified without a finding, every file listed")
{
    const NamedFiles files = segueSet();
    const Verification v = verify(files);
    CHECK_MESSAGE(v.findings.empty(), listOf(v.findings));
    CHECK(v.set.writer == "Segue");
    REQUIRE(v.hashes.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(v.hashes[i].name == files[i].first);
        CHECK(v.hashes[i].size == static_cast<std::int64_t>(files[i].second.size()));
        CHECK(v.hashes[i].md5 == md5(bytesOf(files[i].second)));
        CHECK(v.hashes[i].crc32 == crc32(bytesOf(files[i].second)));
        CHECK(v.hashes[i].listed);
    }
    CHECK(v.audio.empty());
}

TEST_CASE("what the writer composes verifies in both profiles and gives the disc back")
{
    Disc disc = verify(segueSet()).set.disc;
    for (const Profile profile : {Profile::standard, Profile::cue2ddp})
        for (const IsrcPlacement placement : {IsrcPlacement::firstPacket, IsrcPlacement::alsoOnIndex01}) {
            const Fileset composed =
                composeFileset(disc,
                               {.profile = profile, .masterId = "MASTER-0001", .isrcPlacement = placement})
                    .value();
            NamedFiles files;
            for (const NamedBytes& file : composed.files) files.emplace_back(file.name, textOf(file.bytes));
            files.emplace_back(composed.imageName, rampImage(800, 150));
            files.emplace_back("CHECKSUM.MD5", md5List(files));
            const Verification v = verify(files);
            CHECK_MESSAGE(v.findings.empty(), listOf(v.findings));
            CHECK(v.set.writer == (profile == Profile::standard ? "Segue" : "cue2ddp"));
            CHECK(v.set.disc == disc);
            CHECK(v.set.id.masterId == "MASTER-0001");
        }
    // The sets of these tests are made without the writer, and are the same bytes.
    const Fileset composed = composeFileset(disc, {.masterId = "MASTER-0001"}).value();
    const NamedFiles built = buildSet();
    for (std::size_t i = 0; i < composed.files.size(); ++i)
        CHECK(textOf(composed.files[i].bytes) == built[i].second);
}

TEST_CASE("on a real disk, links that lead out of the folder are not followed")
{
    const TempFolder temp;
    temp.write("outside", rampImage(800, 150));
    for (const auto& [name, bytes] : segueSet()) temp.write("set/" + name, bytes);
    REQUIRE(verifyFileset(realFileOps(), temp / "set", {}).value().findings.empty());
    for (const Path& target :
         {temp / "outside", Path{"../outside"}, Path{"/etc/passwd"}, temp / "set/nothing"}) {
        std::filesystem::remove(temp / "set/IMAGE.DAT");
        std::filesystem::create_symlink(target, temp / "set/IMAGE.DAT");
        const auto v = verifyFileset(realFileOps(), temp / "set", {});
        REQUIRE(v);
        REQUIRE(find(*v, "SET.MISSING_FILE") != nullptr);
        CHECK(find(*v, "SET.MISSING_FILE")->where.file == "IMAGE.DAT");
        CHECK(v->hashes.size() == 4);
    }
    // A companion that leads out is not looked at, a checksum file that does is no checksum file.
    for (const std::string name : {"IMAGE.DAT", "CHECKSUM.MD5", "CHECKSUM.TXT"})
        std::filesystem::remove(temp / "set" / name);
    temp.write("set/IMAGE.DAT", rampImage(800, 150));
    std::filesystem::create_symlink("/etc/passwd", temp / "set/CHECKSUM.MD5");
    const auto v = verifyFileset(realFileOps(), temp / "set", {});
    REQUIRE(v);
    CHECK(find(*v, "SET.CHECKSUM_MISSING") != nullptr);
}

TEST_CASE("a set recorded from cue2ddp verifies, with the checksums recorded with it")
{
    NamedFiles files;
    for (const std::string name : {"DDPID", "DDPMS", "CDTEXT.BIN", "SD"})
        files.emplace_back(name, dataFile("cue2ddp-exp025/" + name));
    files.emplace_back("IMAGE.DAT", rampImage(1650, 150));
    const std::string recorded = dataFile("cue2ddp-exp025/CHECKSUM.MD5");
    CHECK(md5List(files) == recorded);
    files.emplace_back("CHECKSUM.MD5", recorded);

    const Verification v = verify(files, {.audio = true});
    CHECK(v.set.writer == "cue2ddp");
    // The recorded disc has a track with 4CH and DCP together, which is the one thing wrong with it.
    for (const Finding& f : errorsOf(v)) CHECK_MESSAGE(f.where.track == 2, listOf({f}));
    CHECK(errorsOf(v).size() == 1);
    REQUIRE(v.hashes.size() == 5);
    CHECK(v.hashes[4].md5 == "7b4dad7a5114569b4e25550ca6278dda");
    CHECK(v.hashes[4].crc32 == "38107698");
    CHECK(v.hashes[0].crc32 == "7c7cf497");
    CHECK(std::ranges::all_of(v.hashes, &FileHash::listed));

    REQUIRE(v.set.disc.tracks.size() == 2);
    CHECK(v.set.disc.tracks[0].indexes == std::vector{CdFramePos{150}, CdFramePos{525}});
    CHECK(v.set.disc.tracks[1].pauseStart == CdFramePos{750});
    CHECK(v.set.disc.tracks[1].indexes == std::vector{CdFramePos{900}});
    CHECK(v.set.disc.leadOut == CdFramePos{1650});
    CHECK(v.set.disc.upc == UpcEan::parse("0123456789012").value());
    REQUIRE(v.audio.size() == 2);
    CHECK(v.audio[0].leadingSilence == 1); // the ramp begins with 0
    CHECK(v.audio[1].peak == 32768);
}

TEST_CASE("every flipped bit of a set of Segue's own is found, and its file named")
{
    checkFlips(segueSet(), 2'100);
}

TEST_CASE("every flipped bit is found with an MD5 list alone, in our form and in others'")
{
    struct Form {
        std::string name;
        std::string_view separator, end;
    };
    const std::array forms{Form{"CHECKSUM.MD5", " *", "\n"}, Form{"MD5_CHECKSUM.MD5", " *", "\r\n"},
                           Form{"MD5-Checksum.md5", " *", "\r\n"}, Form{"album.md5", "  ", "\n"}};
    for (const Form& form : forms) {
        CAPTURE(form.name);
        NamedFiles files = buildSet();
        const std::string list = md5List(files, form.separator, form.end);
        files.emplace_back(form.name, list);
        checkFlips(files, 90);
    }
}

TEST_CASE("a wrong byte in the audio names the image and both checksums' lists")
{
    NamedFiles files = segueSet();
    fileOf(files, "IMAGE.DAT")[1'000'000] ^= 4;
    const Verification v = verify(files);
    const Findings errors = errorsOf(v);
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].rule == "SET.CHECKSUM");
    CHECK(errors[0].where.file == "IMAGE.DAT");
    CHECK(errors[0].message.find("CHECKSUM.MD5") != std::string::npos);
    CHECK(errors[1].message.find("CHECKSUM.TXT") != std::string::npos);
    CHECK(errors[0].message.starts_with("The MD5 of IMAGE.DAT is "));
    CHECK(errors[1].message.starts_with("The CRC-32 of IMAGE.DAT is "));
    CHECK_FALSE(v.hashes[4].listed);
    CHECK(v.hashes[3].listed);
}

TEST_CASE("a list that the other list contradicts is the damaged file")
{
    NamedFiles files = segueSet();
    fileOf(files, "CHECKSUM.MD5")[0] ^= 1; // another digit
    const Findings errors = errorsOf(verify(files));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].where.file == "CHECKSUM.MD5");
    CHECK(errors[0].where.line == 1);
    CHECK(errors[0].message.find("the list is wrong") != std::string::npos);
}

TEST_CASE("a set without checksums is a warning, and so is one whose list says nothing")
{
    const Verification none = verify(buildSet());
    REQUIRE(find(none, "SET.CHECKSUM_MISSING") != nullptr);
    CHECK(find(none, "SET.CHECKSUM_MISSING")->level == Finding::Level::warning);
    CHECK(errorsOf(none).empty());
    CHECK_FALSE(none.hashes[0].listed);
    CHECK(none.hashes[0].crc32.empty());

    NamedFiles unknown = buildSet();
    unknown.emplace_back("Checksum.txt", "created by a program\n");
    CHECK(find(verify(unknown), "SET.CHECKSUM_MISSING") != nullptr);
    CHECK(errorsOf(verify(unknown)).empty());

    NamedFiles empty = buildSet();
    empty.emplace_back("CHECKSUM.MD5", "");
    CHECK(errorsOf(verify(empty)).size() == 5); // one for each file that it ought to name
}

TEST_CASE("lists of other programs verify in their own forms")
{
    for (const std::string_view end : {"\n", "\r\n"})
        for (const std::string_view separator : {" *", "  ", " "}) {
            NamedFiles files = buildSet();
            const std::string list = md5List(files, separator, end);
            files.emplace_back("list.md5", list);
            CHECK(errorsOf(verify(files)).empty());
            CHECK(verify(files).hashes[4].listed);
            files.back().second = asciiUpper(list);
            CHECK(errorsOf(verify(files)).empty());
        }
    NamedFiles gear = buildSet();
    gear.emplace_back("checksum.txt", crcList(gear));
    CHECK(errorsOf(verify(gear)).empty());
    CHECK(verify(gear).hashes[4].listed);
}

TEST_CASE("files that the list forgets, and names in it that mean nothing, are errors")
{
    NamedFiles files = buildSet();
    NamedFiles some = files;
    some.erase(some.begin() + 3);
    files.emplace_back("CHECKSUM.MD5", md5List(some));
    Findings errors = errorsOf(verify(files));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].rule == "SET.CHECKSUM_UNLISTED");
    CHECK(errors[0].message.find("PQDESCR") != std::string::npos);

    files = buildSet();
    files.emplace_back("CHECKSUM.MD5", md5List(files) + "dd89c874714f94418b20feea4d9b2ac6 *GONE.DAT\n");
    errors = errorsOf(verify(files));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].rule == "SET.CHECKSUM_NO_FILE");
    CHECK(errors[0].where.line == 6);
}

TEST_CASE("hostile names in a checksum file are refused and never opened")
{
    for (const std::string name : {"../secret", "/etc/passwd", "..", "a\\b", "C:x", "a\tb\x01", "\xFF\xFE"}) {
        CAPTURE(name);
        NamedFiles files = buildSet();
        files.emplace_back("CHECKSUM.MD5",
                           md5List(files) + "dd89c874714f94418b20feea4d9b2ac6 *" + name + "\n");
        MemoryFileOps ops;
        putSet(ops, files);
        ops.put("secret", "secret");
        const auto v = verifyFileset(ops, "set", {});
        REQUIRE(v);
        REQUIRE(find(*v, "SET.NAME") != nullptr);
        CHECK(find(*v, "SET.NAME")->where.file == "CHECKSUM.MD5");
        for (const std::string& asked : ops.asked)
            CHECK_MESSAGE((asked.starts_with("set/") && asked.find("..") == std::string::npos), asked);
    }
}

TEST_CASE("names in lists: ours exactly, others' in one case throughout")
{
    NamedFiles ours = buildSet();
    std::string list = md5List(ours);
    list.replace(list.find("IMAGE"), 1, "i");
    ours.emplace_back("CHECKSUM.MD5", list);
    REQUIRE(errorsOf(verify(ours)).size() == 1);
    CHECK(errorsOf(verify(ours))[0].rule == "SET.NAME_CASE");
    CHECK(errorsOf(verify(ours))[0].where.file == "CHECKSUM.MD5");

    NamedFiles others = buildSet();
    others.emplace_back("album.md5", list);
    REQUIRE(errorsOf(verify(others)).size() == 1);
    CHECK(errorsOf(verify(others))[0].rule == "SET.NAME_CASE");

    others.back().second = asciiLower(md5List(buildSet()));
    CHECK(errorsOf(verify(others)).empty());
    CHECK(find(verify(others), "SET.NAMES_RECASED") != nullptr);

    // One file was renamed, and the list was made afterwards: the folder is wrong, the list says what is
    // there.
    NamedFiles renamed = buildSet();
    for (auto& [name, bytes] : renamed)
        if (name == "IMAGE.DAT") name = "image.dat";
    renamed.emplace_back("album.md5", list);
    std::string right = md5List(buildSet());
    right.replace(right.find("IMAGE.DAT"), 9, "image.dat");
    renamed.back().second = right;
    for (const Finding& each : verify(renamed).findings) CHECK(each.where.file != "album.md5");

    // Everything lower-cased by a transfer, the list made before it.
    NamedFiles lower = segueSet();
    for (auto& [name, bytes] : lower) name = asciiLower(name);
    CHECK_MESSAGE(errorsOf(verify(lower)).empty(), listOf(errorsOf(verify(lower))));
    CHECK(find(verify(lower), "SET.NAMES_RECASED") != nullptr);
    CHECK(verify(lower).hashes[4].listed);
}

TEST_CASE("companions that a list names are checked too")
{
    NamedFiles files = buildSet();
    files.emplace_back("sheet.pdf", "the sheet");
    files.emplace_back("album.md5", md5List(files));
    const Verification v = verify(files);
    CHECK(errorsOf(v).empty());
    REQUIRE(v.hashes.size() == 6);
    CHECK(v.hashes[5].name == "sheet.pdf");
    CHECK(v.hashes[5].listed);
    fileOf(files, "sheet.pdf") += "!";
    REQUIRE(errorsOf(verify(files)).size() == 1);
    CHECK(errorsOf(verify(files))[0].where.file == "sheet.pdf");
}

TEST_CASE("a set written without checksums so far verifies with CRC-32 on request")
{
    const Verification v = verify(buildSet(), {.crc32 = true});
    CHECK(v.hashes[4].crc32 == crc32(bytesOf(buildSet()[4].second)));
}

TEST_CASE("the audio is described track by track on request")
{
    SetShape shape;
    NamedFiles files = buildSet(shape);
    std::string& image = fileOf(files, "IMAGE.DAT");
    const Verification v = verify(files, {.audio = true});
    REQUIRE(v.audio.size() == 2);
    const auto track = [&](std::size_t first, std::size_t end) {
        return crc32(bytesOf(std::string_view{image}.substr(first * 2352, (end - first) * 2352)));
    };
    CHECK(v.audio[0].crc32 == track(150, 500));
    CHECK(v.audio[1].crc32 == track(500, 800));
    std::fill(image.begin() + 500 * 2352, image.end(), '\0');
    CHECK(verify(files, {.audio = true}).audio[1].silent);
}

TEST_CASE("every file is read once")
{
    MemoryFileOps ops;
    putSet(ops, segueSet());
    REQUIRE(verifyFileset(ops, "set", {}));
    CHECK(std::ranges::count(ops.asked, "set/IMAGE.DAT") == 2); // its size, then its bytes
    CHECK(std::ranges::count(ops.asked, "set/PQDESCR") == 1);
}

TEST_CASE("an image that the caller has read already is not read again, if that was this image")
{
    MemoryFileOps ops;
    putSet(ops, segueSet());
    const std::int64_t size = std::int64_t{800} * 2352;
    const auto imageHash = [&](const ImageSums& sums, bool crc) {
        const auto v = verifyFileset(ops, "set", {.crc32 = crc, .imageSums = sums});
        REQUIRE(v.has_value());
        return std::ranges::find(v->hashes, "IMAGE.DAT", &FileHash::name)->md5;
    };
    CHECK(imageHash({size, "what the caller found", "01234567"}, true) == "what the caller found");
    const std::string real = md5(bytesOf(rampImage(800, 150)));
    CHECK(imageHash({size - 2352, "of a shorter one", "01234567"}, true) == real);
    CHECK(imageHash({size, "without the CRC that is wanted", ""}, true) == real);
}

TEST_CASE("verification reports how far it is and stops when asked")
{
    MemoryFileOps ops;
    putSet(ops, segueSet());
    std::stop_source stop;
    std::vector<double> fractions;
    VerifyOptions options;
    options.progress = {.report = [&](std::string_view, double f) { fractions.push_back(f); },
                        .stop = stop.get_token()};
    REQUIRE(verifyFileset(ops, "set", options));
    CHECK(fractions.size() >= 2);
    CHECK(std::ranges::is_sorted(fractions));
    CHECK(fractions.back() == 1.0);

    stop.request_stop();
    const auto stopped = verifyFileset(ops, "set", options);
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == ErrorKind::cancelled);
}

TEST_CASE("a failing disk ends the verification with an io error, at whichever call")
{
    MemoryFileOps ops;
    putSet(ops, segueSet());
    FaultyFileOps counting{ops, {}};
    REQUIRE(verifyFileset(counting, "set", {}));
    REQUIRE(counting.counted() > 20);
    for (std::int64_t i = 0; i < counting.counted(); ++i)
        for (const int code : {5, 13}) { // EIO, EACCES
            FaultyFileOps faulty{ops, {.failAt = i, .error = code}};
            const auto v = verifyFileset(faulty, "set", {});
            REQUIRE_FALSE(v);
            CHECK(v.error().kind == ErrorKind::io);
            CHECK(v.error().where.starts_with("set"));
        }
    FaultyFileOps slow{ops, {.interruptEvery = true}};
    const auto v = verifyFileset(slow, "set", {});
    REQUIRE(v);
    CHECK(v->findings.empty());
}

TEST_CASE("a missing image is a finding, and the rest is verified all the same")
{
    NamedFiles files = segueSet();
    std::erase_if(files, [](const auto& file) { return file.first == "IMAGE.DAT"; });
    const Verification v = verify(files, {.audio = true});
    REQUIRE(find(v, "SET.MISSING_FILE") != nullptr);
    CHECK(find(v, "SET.MISSING_FILE")->where.file == "IMAGE.DAT");
    CHECK(v.hashes.size() == 4);
    CHECK(std::ranges::all_of(v.hashes, &FileHash::listed));
}
