#include "project/source_paths.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace segue;

TEST_CASE("sources with the project are stored relative, others absolute")
{
    CHECK(storedPath("/music/album/a.wav", "/music/album") == "a.wav");
    CHECK(storedPath("/music/album/audio/a.wav", "/music/album/") == "audio/a.wav");
    CHECK(storedPath("/music/masters/a.wav", "/music/album") == "../masters/a.wav");
    CHECK(storedPath("/music/albums/a.wav", "/music/album") == "../albums/a.wav");
    CHECK(storedPath("/archive/a.wav", "/music/album") == "/archive/a.wav");
    CHECK(storedPath("/a.wav", "/album") == "/a.wav");
    CHECK(storedPath("/other/a.wav", "/album") == "/other/a.wav");
    CHECK(storedPath("/a.wav", "/") == "a.wav");
}

TEST_CASE("a stored path means what was stored, byte for byte")
{
    for (const std::string folder : {"/music/album", "/music/album/", "/album", "/", "/a/b/c/d"})
        for (const std::string path :
             {"/music/album/a.wav", "/music/album/../a.wav", "/music/album/./a.wav", "/music/album//a.wav",
              "/music/album/", "/music/album", "/music/masters/cafe\u0301.wav",
              "/music/masters/caf\u00e9.wav", "/album/C:\\x", "/a/b/c/x", "/a/b/x", "/a/b/c/d/ e ",
              "/a/b/c/d/..hidden", "/a/b/c/d/...", "/x", "//x", "/"}) {
            INFO(folder << " " << path);
            CHECK(absolutePath(storedPath(path, folder), folder) == path);
        }
}

TEST_CASE("going up from a project stops at the top")
{
    CHECK(absolutePath("../a.wav", "/music/album") == "/music/a.wav");
    CHECK(absolutePath("../../a.wav", "/music/album") == "/a.wav");
    CHECK(absolutePath("../../../../a.wav", "/music/album") == "/a.wav");
}

TEST_CASE("paths that leave the project's reach are told apart")
{
    for (const char* inside : {"a.wav", "audio/a.wav", "../masters/a.wav", "..hidden"})
        CHECK(!leavesReach(inside));
    for (const char* outside : {"/etc/passwd", "../../x", "a/../../b", "../x/../../y", "./a", "a//b", ""})
        CHECK(leavesReach(outside));
}
