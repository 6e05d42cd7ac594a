// Project files made to hurt their reader: each is refused by name and line, or read as what it says.

#include "support/memory_file_ops.h"
#include "support/small_project.h"
#include "torture/exact_table.h"
#include "torture/hostile_project.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace segue;
using namespace segue::test;
using namespace segue::torture;

namespace {

std::string attributes(int count)
{
    std::string all;
    for (int i = 0; i < count; ++i) all += fmt::format("a{}=\"\" ", i);
    return all;
}
std::string utf16(const std::string& text)
{
    std::string wide = "\xff\xfe";
    for (const char c : text) wide += std::string{c, '\0'};
    return wide;
}
std::string crlf(const std::string& text)
{
    std::string all;
    for (const char c : text) all += c == '\n' ? "\r\n" : std::string{c};
    return all;
}

} // namespace

TEST_CASE("P4: hostile XML is refused by name, and a version from the future opens without being saved over")
{
    const std::vector<HostileProject> table{
        {"as it is", smallProject, "accepted"},
        {"entity bomb",
         with(smallProject, R"(<segue v)", R"(<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>
<segue v)"),
         "a.segue, line 2: The file has a document type declaration (<!...>); a project file has none"},
        {"external entity",
         with(smallProject, R"(<segue v)", R"(<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<segue v)"),
         "a.segue, line 2: The file has a document type declaration (<!...>); a project file has none"},
        {"external document type",
         with(smallProject, R"(<segue v)", R"(<!DOCTYPE s SYSTEM "http://127.0.0.1/s.dtd">
<segue v)"),
         "a.segue, line 2: The file has a document type declaration (<!...>); a project file has none"},
        {"an entity used in a title", with(smallProject, R"(title="T")", R"(title="&x;")"),
         "a.segue, line 4: \"&x;\" is not a character XML can hold, and project files have no entities of "
         "their own"},
        {"a parameter entity",
         with(smallProject, R"(<segue v)", R"(<!DOCTYPE s [<!ENTITY % p SYSTEM "a.dtd"> %p;]>
<segue v)"),
         "a.segue, line 2: The file has a document type declaration (<!...>); a project file has none"},
        {"depth 10^6", with(smallProject, R"(<info)", repeated("<a>", 1'000'000) + "<info"),
         "a.segue, line 3: Elements are nested deeper than 64 levels"},
        {"depth 65", with(smallProject, R"(<info)", repeated("<a>", 64) + repeated("</a>", 64) + "<info"),
         "a.segue, line 3: Elements are nested deeper than 64 levels"},
        {"10^7 attributes", with(smallProject, R"(<info )", "<info " + repeated("x=\"\" ", 10'000'000)),
         "a.segue: The file has more than 4000000 attributes"},
        {"300 attributes of one element", with(smallProject, R"(<info )", "<info " + attributes(300)),
         "a.segue, line 3: The element <info> has more than 256 attributes"},
        {"10^6 elements", with(smallProject, R"(<info)", repeated("<b/>", 1'000'000) + "<info"),
         "a.segue: The file has more than 1000000 elements"},
        {"a value of 1 MiB",
         with(smallProject, R"(title="T")", "title=\"" + std::string(1U << 20U, 'T') + "\""),
         "a.segue, line 4: The element <texts> has an attribute \"title\" of more than 64 KiB"},
        {"65 MiB", with(smallProject, R"(<info)", std::string(65U << 20U, ' ') + "<info"),
         "a.segue: The file is larger than 64 MiB, the most a project may have"},
        {"two roots", smallProject + smallProject.substr(smallProject.find("<segue")),
         "a.segue, line 22: The file has two root elements; only <segue> may stand there"},
        {"no root", std::string{"<?xml version=\"1.0\"?>\n<!-- -->\n"},
         "a.segue, line 3: The file holds no XML element"},
        {"another root", with(with(smallProject, "<segue v", "<album v"), "</segue>", "</album>"),
         "a.segue, line 2, <album>: This is not a Segue project: its root element should be <segue>"},
        {"an empty file", std::string{}, "a.segue, line 1: The file holds no XML element"},
        {"one byte", std::string{"<"}, "a.segue, line 1: The file ends inside a tag"},
        {"cut in half", smallProject.substr(0, smallProject.size() / 2),
         "a.segue, line 9: The file ends before its last element is closed"},
        {"cut before the last tag", smallProject.substr(0, smallProject.size() - 10),
         "a.segue, line 20: The file ends before its last element is closed"},
        {"text behind the root", smallProject + "x",
         "a.segue, line 22: There is text outside the root element"},
        {"zeros behind the root", smallProject + std::string(512, '\0'),
         "a.segue, line 22: There is a NUL byte in the file"},
        {"all zeros, as after a power loss", std::string(smallProject.size(), '\0'),
         "a.segue, line 1: There is a NUL byte in the file"},
        {"the same attribute twice", with(smallProject, R"(channels="2")", R"(channels="2" channels="1")"),
         "a.segue, line 7: The element <source> has the attribute \"channels\" twice"},
        {"the same source id twice",
         with(
             smallProject, R"(  </sources>)",
             R"(    <source id="2" path="b.wav" rate="44100" channels="2" length="441000" container="WAV" encoding="PCM" bits="16" hash="04acd93c633f1406e6d912a7d5e49caf"/>
  </sources>)"),
         "a.segue, line 8, <source id=\"2\">: The id 2 is taken: two elements have it"},
        {"the same track id twice", with(smallProject, R"(  </tracks>)", R"(    <track id="3"/>
  </tracks>)"),
         "a.segue, line 14, <track id=\"3\">: The id 3 is taken: two elements have it"},
        {"two info elements", with(smallProject, R"(  <sources>)", R"(  <info/>
  <sources>)"),
         "a.segue, line 6, <info>: <info> stands twice in <segue>; once is right"},
        {"two tracks elements", with(smallProject, R"(  <editions>)", R"(  <tracks/>
  <editions>)"),
         "a.segue, line 15, <tracks>: <tracks> stands twice in <segue>; once is right"},
        {"a NUL", with(smallProject, R"(title="T")", std::string("title=\"\0\"", 9)),
         "a.segue, line 4: There is a NUL byte in the file"},
        {"a NUL by reference", with(smallProject, R"(title="T")", R"(title="&#0;")"),
         "a.segue, line 4: \"&#0;\" is not a character XML can hold, and project files have no entities of "
         "their own"},
        {"a control character", with(smallProject, R"(title="T")", "title=\"\x1b[31m\""),
         "a.segue, line 4: There is a control character (0x1B) in the file"},
        {"invalid UTF-8", with(smallProject, R"(title="T")", "title=\"\xff\""),
         "a.segue, line 4: The text is not valid UTF-8"},
        {"overlong UTF-8", with(smallProject, R"(title="T")", "title=\"\xc0\xaf\""),
         "a.segue, line 4: The text is not valid UTF-8"},
        {"a surrogate", with(smallProject, R"(title="T")", "title=\"\xed\xa0\x80\""),
         "a.segue, line 4: The text is not valid UTF-8"},
        {"UTF-16", utf16(smallProject), "a.segue: The file is UTF-16; a project file is UTF-8"},
        {"UTF-32 mark", std::string("\xff\xfe\0\0", 4) + smallProject,
         "a.segue: The file is UTF-32; a project file is UTF-8"},
        {"UTF-8 mark", "\xef\xbb\xbf" + smallProject, "accepted"},
        {"CR LF", crlf(smallProject), "accepted"},
        {"encoding ISO-8859-1", with(smallProject, "UTF-8", "ISO-8859-1"),
         "a.segue, line 1: The file says its encoding is \"ISO-8859-1\"; a project file is UTF-8"},
        {"a version from the future", with(smallProject, R"(version="1" next)", R"(version="2" next)"),
         "accepted PROJECT.NEWER"},
        {"version 4294967296", with(smallProject, R"(version="1" next)", R"(version="4294967296" next)"),
         "a.segue, line 2, <segue>: The attribute \"version\" is \"4294967296\"; a whole number from 1 to "
         "2147483647 belongs there"},
        {"version 0", with(smallProject, R"(version="1" next)", R"(version="0" next)"),
         "a.segue, line 2, <segue>: The attribute \"version\" is \"0\"; a whole number from 1 to 2147483647 "
         "belongs there"},
        {"no version", with(smallProject, R"(version="1" next)", R"(next)"),
         "a.segue, line 2, <segue>: The attribute \"version\" is missing"},
        {"version 1.5", with(smallProject, R"(version="1" next)", R"(version="1.5" next)"),
         "a.segue, line 2, <segue>: The attribute \"version\" is \"1.5\"; a whole number from 1 to "
         "2147483647 belongs there"},
        {"an unknown element", with(smallProject, R"(<info )", R"(<plugin secret="1"/><info )"),
         "accepted PROJECT.UNKNOWN"},
        {"an unknown attribute", with(smallProject, R"(<info )", R"(<info colour="red" )"),
         "accepted PROJECT.UNKNOWN"},
        {"a missing source", with(smallProject, R"(source="2")", R"(source="9")"),
         "a.segue, line 12, <clip id=\"4\">: The attribute \"source\" names source 9, and there is none with "
         "this id"},
        {"a missing track", with(smallProject, R"(entry track="3")", R"(entry track="9")"),
         "a.segue, line 18, <entry>: The attribute \"track\" names track 9, and there is none with this id"},
        {"a name in hexadecimal of odd length", with(smallProject, R"(title="T")", R"(title-hex="616")"),
         "a.segue, line 4, <texts>: The attribute \"title-hex\" is \"616\"; pairs of the digits 0-9 and a-f "
         "belongs there"},
        {"a name twice, plain and hexadecimal",
         with(smallProject, R"(title="T")", R"(title="T" title-hex="61")"),
         "a.segue, line 4, <texts>: The attributes \"title\" and \"title-hex\" exclude each other"},
    };
    checkExactly(
        table, [](const HostileProject& h) { return saysProject(h.text); }, "P4",
        "hostile project files, each with its exact sentence");
}

TEST_CASE("P4: a project of a future version is shown, but never saved over")
{
    MemoryFileOps files;
    files.put("/music/a.segue", with(smallProject, "<segue version=\"1\"", "<segue version=\"2\""));
    const auto before = files.bytes("/music/a.segue");
    auto project = loadProject(files, "/music/a.segue");
    REQUIRE(project.has_value());
    CHECK(project->version == 2);
    const auto saved = saveProject(files, "/music/a.segue", *project);
    REQUIRE_FALSE(saved.has_value());
    CHECK(saved.error().what.find("newer") != std::string::npos);
    CHECK(files.bytes("/music/a.segue") == before);
    torture::figure("P4", "projects of a future version saved over", 1, saved.has_value() ? 1 : 0);
}
