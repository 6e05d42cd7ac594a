#include "project/xml_document.h"
#include "project/xml_item.h"
#include "project/xml_scan.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace segue;
using namespace std::string_view_literals;

namespace {

std::string refusal(std::string_view xml)
{
    const auto document = XmlDocument::parse(xml, "a.segue");
    return document ? "accepted" : sentence(document.error());
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

} // namespace

TEST_CASE("an XML tree knows its lines, values and text")
{
    const auto document = XmlDocument::parse(
        "\xEF\xBB\xBF<?xml version='1.0'?>\r\n<a x=\"1 &lt; 2&#10;&#x263a;\">\r\n  <b/>t\n</a>", "f");
    REQUIRE(document.has_value());
    const auto root = document->root();
    CHECK(root.name() == "a");
    CHECK(document->lineOf(root) == 2);
    CHECK(root.attribute("x") == "1 < 2\n\u263a");
    CHECK(!root.attribute("y"));
    const auto children = root.children();
    REQUIRE(children.size() == 3);
    CHECK(document->lineOf(children[1]) == 3);
    CHECK(children[2].value() == "t\n");
}

TEST_CASE("hostile XML is refused by line and by name")
{
    CHECK(refusal("<!DOCTYPE a [<!ENTITY b \"bb\">]>\n<a>&b;</a>") ==
          "a.segue, line 1: The file has a document type declaration (<!...>); a project file has none");
    CHECK(refusal("<a>\n&b;</a>").starts_with("a.segue, line 2: \"&b;\" is not a character XML can hold"));
    CHECK(refusal("<a x=\"&#0;\"/>").find("\"&#0;\" is not a character") != std::string::npos);
    for (const auto reference :
         {"&#xD800;", "&#x110000;", "&#xFFFF;", "&#1;", "&#;", "&#x;", "&#12a;", "&#99999999999;"})
        CHECK(refusal("<a x=\"" + std::string{reference} + "\"/>").find("is not a character XML can hold") !=
              std::string::npos);
    CHECK(refusal("<a x=\"A & B\"/>").find("bare '&'") != std::string::npos);
    CHECK(refusal("<a/>\n<b/>") ==
          "a.segue, line 2: The file has two root elements; only <segue> may stand there");
    CHECK(refusal("<a/>\nx") == "a.segue, line 2: There is text outside the root element");
    CHECK(refusal("x<a/>").find("outside the root") != std::string::npos);
    CHECK(refusal("<a/><![CDATA[x]]>").find("outside the root") != std::string::npos);
    CHECK(refusal("<a>\n<b x=\"1\" y=\"2\" x=\"3\"/></a>") ==
          "a.segue, line 2: The element <b> has the attribute \"x\" twice");
    CHECK(refusal("<a x=\"<b/>\"/>").find("bare '<'") != std::string::npos);
    CHECK(refusal("<a>\n</b>").starts_with("a.segue, line 2: An end tag does not match"));
    CHECK(refusal("<a x=1/>").find("name=\"value\"") != std::string::npos);
    CHECK(refusal("<a>").find("ends before") != std::string::npos);
    CHECK(refusal("</a>").find("never opened") != std::string::npos);
    CHECK(refusal("").find("no XML element") != std::string::npos);
    CHECK(refusal("<!-- -->").find("no XML element") != std::string::npos);
    CHECK(refusal("<a x=\"").find("inside a tag") != std::string::npos);
    CHECK(refusal("<a><!-- </a>").find("comment is never closed") != std::string::npos);
    CHECK(refusal("<a><![CDATA[ </a>").find("CDATA section is never closed") != std::string::npos);
    CHECK(refusal("<?xml ").find("never closed") != std::string::npos);
    CHECK(refusal("<a").find("inside a tag") != std::string::npos);
}

TEST_CASE("other encodings and broken bytes are refused by name")
{
    CHECK(refusal("\xFF\xFE<\0a\0/\0>\0"sv).find("UTF-16") != std::string::npos);
    CHECK(refusal("\xFE\xFF\0<\0a\0/\0>"sv).find("UTF-16") != std::string::npos);
    CHECK(refusal("\xFF\xFE\0\0<\0\0\0"sv).find("UTF-32") != std::string::npos);
    CHECK(refusal("\0\0\xFE\xFF\0\0\0<"sv).find("UTF-32") != std::string::npos);
    CHECK(refusal("<a>\n\0</a>"sv) == "a.segue, line 2: There is a NUL byte in the file");
    CHECK(refusal("<a>\n\n\x07</a>") == "a.segue, line 3: There is a control character (0x07) in the file");
    for (const auto bad : {"\xFF"sv, "\xC0\x80"sv, "\xED\xA0\x80"sv, "\xF5\x80\x80\x80"sv, "\xE2\x82"sv})
        CHECK(refusal("<a>\n" + std::string{bad} + "</a>") == "a.segue, line 2: The text is not valid UTF-8");
    CHECK(refusal("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>").find("a project file is UTF-8") !=
          std::string::npos);
    CHECK(refusal("<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>") == "accepted");
}

TEST_CASE("sizes beyond the limits are refused, up to them accepted")
{
    const auto nested = [](std::size_t depth) { return repeated("<a>", depth) + repeated("</a>", depth); };
    CHECK(refusal(nested(64)) == "accepted");
    CHECK(refusal(nested(65)).find("deeper than 64") != std::string::npos);
    CHECK(refusal(nested(1'000'000)).find("deeper than 64") != std::string::npos);

    const auto withValue = [](std::size_t bytes) { return "<a x=\"" + std::string(bytes, 'v') + "\"/>"; };
    CHECK(refusal(withValue(64U << 10U)) == "accepted");
    CHECK(refusal(withValue((64U << 10U) + 1)).find("more than 64 KiB") != std::string::npos);

    const auto withAttributes = [](int count) {
        std::string xml = "<a";
        for (int i = 0; i < count; ++i) xml += " a" + std::to_string(i) + "=\"\"";
        return xml + "/>";
    };
    CHECK(refusal(withAttributes(256)) == "accepted");
    CHECK(refusal(withAttributes(257)).find("more than 256 attributes") != std::string::npos);

    CHECK(refusal("<a>" + repeated("<b/>", 999'999) + "</a>") == "accepted");
    CHECK(refusal("<a>" + repeated("<b/>", 1'000'000) + "</a>").find("more than 1000000 elements") !=
          std::string::npos);
    CHECK(refusal("<a>" + repeated("<b/>", 3'000'000) + "</a>").find("more than 1000000 elements") !=
          std::string::npos);
    CHECK(refusal("<a" + repeated(" x=\"\"", 10'000'000) + "/>").find("more than 4000000 attributes") !=
          std::string::npos);
    CHECK(refusal("<a>" + std::string(64U << 20U, ' ') + "</a>").find("larger than 64 MiB") !=
          std::string::npos);
}

TEST_CASE("what is printed reads back to the same characters")
{
    std::string every = "\u00e9\u65e5\U0001F3B5";
    for (int c = 0x20; c < 0x7F; ++c) every += static_cast<char>(c);
    every += "\t\n\r \r\n";
    const std::string xml =
        printXml({.name = "a", .attributes = {{"x", every}}}, {"<!-- first -->"}, {"<?last?>"});
    CHECK(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- first -->\n<a x=\""));
    const auto document = XmlDocument::parse(xml, "f");
    REQUIRE(document.has_value());
    CHECK(document->root().attribute("x") == every);
    CHECK(document->topLevel().size() == 3);
}

TEST_CASE("texts that XML cannot hold are known as such")
{
    CHECK(fitsXml(""));
    CHECK(fitsXml("tab\tline\nend\r \u202e \U0001F3B5"));
    CHECK(!fitsXml("\x01"));
    CHECK(!fitsXml("\0"sv));
    CHECK(!fitsXml("\xff"));
    CHECK(!fitsXml("\uFFFE"));
    CHECK(!fitsXml("\uFFFF"));
}
