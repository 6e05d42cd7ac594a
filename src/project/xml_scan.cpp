#include "project/xml_scan.h"

#include "core/text.h"
#include "project/xml_document.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

constexpr bool isForbiddenControl(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

constexpr bool isXmlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The characters that XML 1.0 allows.
constexpr bool isXmlCharacter(std::int64_t code)
{
    return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
           (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

// The code behind "&#...;" without '&' and ';', or -1.
std::int64_t characterReference(std::string_view body)
{
    const bool hexadecimal = body.starts_with("#x");
    body.remove_prefix(hexadecimal ? 2 : 1);
    if (body.empty() || body.size() > 8) return -1;
    std::int64_t code = 0;
    for (const char c : body) {
        const char upper = asciiUpper(c);
        if (isDigit(c))
            code = code * (hexadecimal ? 16 : 10) + (c - '0');
        else if (hexadecimal && upper >= 'A' && upper <= 'F')
            code = code * 16 + (upper - 'A' + 10);
        else
            return -1;
    }
    return code;
}

class Scanner {
public:
    Scanner(std::string_view text, const std::string& fileName) : text_{text}, fileName_{fileName} {}

    Status run()
    {
        while (at_ < text_.size()) {
            const Status step = text_[at_] == '<' ? markup() : characterData();
            if (!step) return step;
        }
        if (depth_ > 0) return no("The file ends before its last element is closed");
        if (roots_ == 0) return no("The file holds no XML element");
        return {};
    }

private:
    [[nodiscard]] std::unexpected<Error> no(std::string what) const
    {
        const auto upTo = text_.substr(0, std::min(at_, text_.size()));
        const auto line = 1 + std::ranges::count(upTo, '\n');
        return failure(std::move(what), fileAndLine(fileName_, static_cast<int>(line)));
    }

    Status markup()
    {
        const auto rest = text_.substr(at_);
        if (rest.starts_with("<!--")) return skipTo("-->", 4, "A comment is never closed");
        if (rest.starts_with("<![CDATA[")) {
            if (depth_ == 0) return no("There is content outside the root element");
            return skipTo("]]>", 9, "A CDATA section is never closed");
        }
        if (rest.starts_with("<?")) return skipTo("?>", 2, "An instruction is never closed");
        if (rest.starts_with("<!"))
            return no("The file has a document type declaration (<!...>); a project file has none");
        return tag();
    }

    Status skipTo(std::string_view end, std::size_t from, const char* unclosed)
    {
        const auto found = text_.find(end, at_ + from);
        if (found == std::string_view::npos) return no(unclosed);
        at_ = found + end.size();
        return {};
    }

    Status tag()
    {
        const bool closing = text_.substr(at_).starts_with("</");
        char quote = 0;
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '<')
                return no(quote != 0 ? "An attribute's value holds a bare '<'; \"&lt;\" belongs there"
                                     : "A tag is not closed before the next one begins");
            if (c == '&') {
                if (const auto ok = reference(); !ok) return ok;
            }
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return endOfTag(closing, text_[at_ - 1] == '/');
            }
        }
        return no("The file ends inside a tag");
    }

    Status endOfTag(bool closing, bool empty)
    {
        if (closing) {
            if (--depth_ < 0) return no("An element is closed that was never opened");
        } else {
            if (depth_ == 0 && ++roots_ > 1)
                return no("The file has two root elements; only <segue> may stand there");
            if (++depth_ > maxXmlDepth)
                return no(fmt::format("Elements are nested deeper than {} levels", maxXmlDepth));
            if (empty) --depth_;
        }
        ++at_;
        return {};
    }

    Status characterData()
    {
        if (text_[at_] == '&') {
            if (const auto ok = reference(); !ok) return ok;
        }
        if (depth_ == 0 && !isXmlSpace(text_[at_])) return no("There is text outside the root element");
        ++at_;
        return {};
    }

    // At an '&'; stays there.
    [[nodiscard]] Status reference() const
    {
        const auto rest = text_.substr(at_ + 1, 16);
        const auto end = rest.find(';');
        const auto body = end == std::string_view::npos ? std::string_view{} : rest.substr(0, end);
        for (const std::string_view known : {"lt", "gt", "amp", "quot", "apos"})
            if (body == known) return {};
        if (body.starts_with('#') && isXmlCharacter(characterReference(body))) return {};
        if (body.empty()) return no("There is a bare '&'; \"&amp;\" belongs there");
        return no(
            fmt::format("\"&{};\" is not a character XML can hold, and project files have no entities of "
                        "their own",
                        escapedForDisplay(body)));
    }

    std::string_view text_;
    const std::string& fileName_;
    std::size_t at_ = 0;
    int depth_ = 0, roots_ = 0;
};

Status checkBytes(std::string_view text, const std::string& fileName)
{
    using namespace std::string_view_literals;
    if (text.size() > maxXmlBytes)
        return failure(
            fmt::format("The file is larger than {} MiB, the most a project may have", maxXmlBytes >> 20U),
            fileName);
    if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv))
        return failure("The file is UTF-32; a project file is UTF-8", fileName);
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return failure("The file is UTF-16; a project file is UTF-8", fileName);

    int line = 1;
    for (std::string_view rest = text; !rest.empty(); ++line) {
        const auto part = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        if (!isValidUtf8(part)) return failure("The text is not valid UTF-8", fileAndLine(fileName, line));
        const auto bad = std::ranges::find_if(part, isForbiddenControl);
        if (bad != part.end())
            return failure(*bad == '\0'
                               ? "There is a NUL byte in the file"
                               : fmt::format("There is a control character (0x{:02X}) in the file", *bad),
                           fileAndLine(fileName, line));
    }
    // Bounds the parser's memory before it runs; an element costs at least one '<', an attribute one '='.
    if (std::cmp_greater(std::ranges::count(text, '<'), 2 * maxXmlNodes))
        return failure(fmt::format("The file has more than {} elements", maxXmlNodes), fileName);
    if (std::cmp_greater(std::ranges::count(text, '='), maxXmlAttributes))
        return failure(fmt::format("The file has more than {} attributes", maxXmlAttributes), fileName);
    return {};
}

} // namespace

Status scanXml(std::string_view text, const std::string& fileName)
{
    if (const auto ok = checkBytes(text, fileName); !ok) return ok;
    return Scanner{text, fileName}.run();
}

bool fitsXml(std::string_view text)
{
    // U+FFFE and U+FFFF are valid UTF-8 but no XML characters.
    return isValidUtf8(text) && std::ranges::none_of(text, isForbiddenControl) &&
           text.find("\xEF\xBF\xBE") == std::string_view::npos &&
           text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

} // namespace segue
