// Where an export may go: what is in its way is named, stays as it was, and nothing is left beside it.

#include "deliver/report_files.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <unistd.h>

using namespace segue;
using namespace segue::test;

namespace {

/// One short track is enough where nothing is to be written.
struct Refused {
    SmallDelivery small{std::vector<TrackShape>{{}}};

    void deliver() const { REQUIRE(small.exportTo(realFileOps(), small.out()).has_value()); }
    /// The export of `to` is refused, names `named` and changes nothing below the folder.
    void check(const Path& to, const std::string& named, ErrorKind kind = ErrorKind::input) const
    {
        const auto before = small.everything();
        const auto outcome = small.exportTo(realFileOps(), to);
        REQUIRE_FALSE(outcome.has_value());
        INFO(sentence(outcome.error()));
        CHECK(outcome.error().kind == kind);
        CHECK(sentence(outcome.error()).find(named) != std::string::npos);
        CHECK(small.everything() == before);
        CHECK(small.partials().empty());
    }
};

} // namespace

TEST_CASE("a folder that exists is not touched without --replace")
{
    const Refused test;
    test.deliver();
    test.check(test.small.out(), "OUT");
    std::filesystem::create_directory(test.small.folder / "EMPTY");
    test.check(test.small.folder / "EMPTY", "EMPTY");
    CHECK(std::filesystem::is_empty(test.small.folder / "EMPTY"));
}

TEST_CASE("a folder with somebody else's file is not replaced, and the file is named")
{
    for (const std::string name : {"notes.txt", ".hidden", "CD1/IMAGE.DAT", "IMAGE.DAT.bak"}) {
        Refused test;
        test.deliver();
        test.small.options.replace = true;
        test.small.folder.write("OUT/" + name, "mine");
        test.check(test.small.out(), name);
    }
    Refused test;
    test.deliver();
    test.small.options.replace = true;
    std::filesystem::create_directories(test.small.folder / "OUT/inner/empty");
    test.check(test.small.out(), "inner");
    CHECK(test.small.folder.has("OUT/inner/empty"));
}

TEST_CASE("a folder whose file is another than its report says is not replaced, and the file is named")
{
    Refused test;
    test.deliver();
    test.small.options.replace = true;
    const auto whole = test.small.everything("OUT");
    for (const auto& [name, bytes] : whole) {
        CAPTURE(name);
        std::string other = bytes;
        other.back() = static_cast<char>(other.back() ^ 1);
        test.small.folder.write(name, other);
        test.check(test.small.out(), name);
        test.small.folder.write(name, bytes + "\n");
        test.check(test.small.out(), name);
        std::filesystem::remove(test.small.folder / name);
        std::filesystem::create_symlink(test.small.folder / "audio/1.wav", test.small.folder / name);
        test.check(test.small.out(), name);
        std::filesystem::remove(test.small.folder / name);
        test.small.folder.write(name, bytes);
    }
    CHECK(mayBeReplaced(realFileOps(), test.small.out()).has_value());
}

TEST_CASE("a folder without a report that can be read is not replaced, and the report is named")
{
    Refused test;
    test.deliver();
    test.small.options.replace = true;
    const std::string report = "OUT.report.json";
    const std::string text = test.small.folder.read(report);
    for (const std::string& broken : std::vector<std::string>{"", "{}", "[]", "null", "{\"discs\": 7}",
                                                              "not JSON", text.substr(0, text.size() / 2)}) {
        CAPTURE(broken.substr(0, 20));
        test.small.folder.write(report, broken);
        test.check(test.small.out(), "OUT");
    }
    std::filesystem::remove(test.small.folder / report);
    test.check(test.small.out(), report);
}

TEST_CASE("a link in the place of the folder is not followed, with or without --replace")
{
    Refused test;
    test.deliver();
    const Path link = test.small.folder / "LINK";
    std::filesystem::create_directory_symlink(test.small.out(), link);
    std::filesystem::copy_file(test.small.folder / "OUT.report.json", test.small.folder / "LINK.report.json");
    for (const bool replace : {false, true}) {
        test.small.options.replace = replace;
        test.check(link, "LINK");
        CHECK(std::filesystem::is_symlink(link));
    }
    const Path dangling = test.small.folder / "DANGLING";
    std::filesystem::create_symlink(test.small.folder / "nowhere", dangling);
    for (const bool replace : {false, true}) {
        test.small.options.replace = replace;
        test.check(dangling, "DANGLING");
        CHECK(std::filesystem::is_symlink(dangling));
    }
}

TEST_CASE("a file in the place of the folder stays, with or without --replace")
{
    Refused test;
    test.small.folder.write("OUT", "a letter");
    for (const bool replace : {false, true}) {
        test.small.options.replace = replace;
        test.check(test.small.out(), "OUT");
    }
}

TEST_CASE("a folder in the place of a report stays, and no set is written that has none")
{
    const Refused test;
    std::filesystem::create_directory(test.small.folder / "OUT.report.txt");
    test.check(test.small.out(), "OUT.report.txt");
    CHECK(test.small.folder.has("OUT.report.txt"));
}

TEST_CASE("a folder that should hold the set and is missing is named and not made")
{
    const Refused test;
    test.check(test.small.folder / "no/such/OUT", "no/such");
    CHECK_FALSE(test.small.folder.has("no"));
    test.check(test.small.folder / "audio/1.wav/OUT", "1.wav");
}

TEST_CASE("a folder that may not be written in is named")
{
    if (geteuid() == 0) {
        MESSAGE("skipped: root may write everywhere");
        return;
    }
    const Refused test;
    const Path locked = test.small.folder / "locked";
    std::filesystem::create_directory(locked);
    std::filesystem::permissions(locked, std::filesystem::perms{0500});
    test.check(locked / "OUT", "locked", ErrorKind::io);
    CHECK(std::filesystem::is_empty(locked));
    std::filesystem::permissions(locked, std::filesystem::perms{0700});
}

TEST_CASE("an export over its own set replaces it, also when its name ends with a slash")
{
    SmallDelivery small{std::vector<TrackShape>{{.bits = 24}}};
    REQUIRE(small.exportTo(realFileOps(), small.out()).has_value());
    const std::string first = small.image();
    small.options.replace = true;
    small.options.render.seed = 99;
    const auto outcome = small.exportTo(realFileOps(), small.folder / "OUT/");
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    CHECK(small.image() != first);
    CHECK(mayBeReplaced(realFileOps(), small.out()).has_value());
    CHECK(small.partials().empty());
}

TEST_CASE("what a killed export left is named at the next one, and stays")
{
    const SmallDelivery small{std::vector<TrackShape>{{}}};
    small.folder.write(".OUT.partial-k3y/IMAGE.DAT", "half");
    small.folder.write(".OUT.partial-0ld/CD1/DDPID", "half");
    small.folder.write(".OTHER.partial-k3y/IMAGE.DAT", "another's");
    small.folder.write(".OUT.partial-file", "no folder");
    small.folder.write(".OUT.report.txt.partial-k3y", "half");
    const auto outcome = small.exportTo(realFileOps(), small.out());
    REQUIRE(outcome.has_value());
    CHECK(outcome->written);
    std::vector<std::string> named;
    for (const Finding& f : outcome->findings)
        if (f.rule == "DELIVER.LEFTOVER") {
            CHECK(f.level == Finding::Level::warning);
            CHECK(f.fix.find("delete it") != std::string::npos);
            named.push_back(f.where.file);
        }
    CHECK(named == std::vector<std::string>{(small.folder / ".OUT.partial-0ld").string(),
                                            (small.folder / ".OUT.partial-k3y").string(),
                                            (small.folder / ".OUT.report.txt.partial-k3y").string()});
    CHECK(small.folder.read("OUT.report.txt").find(".OUT.partial-0ld") != std::string::npos);
    CHECK(small.folder.read(".OUT.partial-k3y/IMAGE.DAT") == "half");
}

TEST_CASE("a folder may have any name that leaves room for its reports' names")
{
    const SmallDelivery small{std::vector<TrackShape>{{}}};
    const std::string name(255 - std::string_view{".report.json"}.size(), 'n');
    const auto outcome = small.exportTo(realFileOps(), small.folder / name);
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    CHECK(mayBeReplaced(realFileOps(), small.folder / name).has_value());
    CHECK(small.partials().empty());
    const auto tooLong = small.exportTo(realFileOps(), small.folder / (name + "n"));
    REQUIRE_FALSE(tooLong.has_value());
    CHECK(tooLong.error().where.ends_with("n.report.json"));
    CHECK_FALSE(small.folder.has(name + "n"));
    CHECK(small.partials().empty());
}
