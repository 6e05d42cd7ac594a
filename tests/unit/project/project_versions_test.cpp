#include "project/project_file.h"
#include "support/album_builder.h"
#include "support/small_project.h"
#include "support/temp_folder.h"
#include "unit/project/ugly_albums.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

const Path folder = "/music/Night";

Version version(std::string name, Album album)
{
    return {.name = std::move(name),
            .date = "2026-11-21",
            .note = "before <the> \"vinyl\" cut",
            .album = std::move(album)};
}

Album absolute(Album album)
{
    return get(parseProject(get(formatProject(album, folder)), folder, "x")).album;
}

} // namespace

TEST_CASE("versions come back as they were written, with every feature an album has")
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const Album now = absolute(uglyAlbum(seed));
        const std::vector<Version> versions{version("first", absolute(uglyAlbum(seed + 100))),
                                            version("\x01 odd", absolute(randomAlbum(seed)))};
        const std::string xml = get(formatProject(now, folder, nullptr, versions));
        const Project back = get(parseProject(xml, folder, "a.segue"));
        CHECK(back.album == now);
        CHECK(back.versions == versions);
        CHECK(get(formatProject(back.album, folder, back.foreign.get(), back.versions)) == xml);
    }
}

TEST_CASE("an album without versions is written as before")
{
    CHECK(get(formatProject(album({10.0}), folder)).find("version name") == std::string::npos);
    CHECK(get(formatProject(album({10.0}), folder)).find("<versions") == std::string::npos);
}

TEST_CASE("a new version adds lines to the file and changes none")
{
    const Album now = absolute(album({10.0, 20.0}));
    const std::vector<Version> one{version("a", now)}, two{version("a", now), version("b", now)};
    const std::string before = get(formatProject(now, folder, nullptr, one));
    const std::string after = get(formatProject(now, folder, nullptr, two));
    const auto end = before.find("  </versions>");
    REQUIRE(end != std::string::npos);
    CHECK(after.starts_with(before.substr(0, end)));
    CHECK(after.ends_with(before.substr(end)));
}

TEST_CASE("what a newer Segue wrote into a version stays in that version")
{
    const Album now = absolute(album({10.0}));
    std::string xml = get(formatProject(now, folder, nullptr, std::vector{version("a", now)}));
    const auto inVersion = xml.find("<track id", xml.find("<versions"));
    xml.insert(inVersion + 6, " mood=\"blue\"");
    const Project project = get(parseProject(xml, folder, "a.segue"));
    CHECK(get(formatProject(project.album, folder, project.foreign.get(), project.versions)) == xml);
    // Without that version it goes, and does not turn up in the album, whose track has the same id.
    CHECK(get(formatProject(project.album, folder, project.foreign.get())).find("mood") == std::string::npos);
}

TEST_CASE("two versions of one name, one without a name and two lists are refused by line")
{
    const auto refused = [](const std::string& markup) {
        return refusal(parseProject(with(smallProject, "</segue>", markup + "</segue>"), folder, "a.segue"));
    };
    const std::string one = "<version name=\"a\" next-id=\"1\"/>";
    CHECK(refused("<versions>" + one + one + "</versions>") == "There are two versions called \"a\"");
    CHECK(refused("<versions><version next-id=\"1\"/></versions>").find("name") != std::string::npos);
    CHECK(refused("<versions/><versions/>") == "<versions> stands twice in <segue>; once is right");
}

TEST_CASE("versions are saved and loaded with the project")
{
    const TempFolder there;
    Project project{.album = album({10.0})};
    project.versions.push_back(version("take 1", album({12.0})));
    REQUIRE(saveProject(realFileOps(), there / "a.segue", project).has_value());
    const Project back = get(loadProject(realFileOps(), there / "a.segue"));
    REQUIRE(back.versions.size() == 1);
    CHECK(back.versions[0].name == "take 1");
    CHECK(back.versions[0].album.tracks == project.versions[0].album.tracks);
}
