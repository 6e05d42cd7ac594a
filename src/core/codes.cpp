#include "core/codes.h"

#include "core/text.h"

#include <fmt/format.h>

namespace segue {

namespace {

constexpr std::size_t isrcLength = 12;
constexpr std::size_t eanLength = 13;

bool isLetter(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool isFigure(char32_t c) { return c >= U'0' && c <= U'9'; }

// Blanks and dashes as people and word processors put them between the parts of a code.
bool isSeparator(char32_t c)
{
    return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x00A0 || c == U'-' ||
           (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

std::u32string withoutSeparators(std::string_view text)
{
    std::u32string kept;
    for (char32_t c : toCodePoints(text)) {
        if (c >= U'a' && c <= U'z') c -= U'a' - U'A';
        if (!isSeparator(c)) kept += c;
    }
    return kept;
}

std::string shown(char32_t c) { return escapedForDisplay(toUtf8(std::u32string(1, c))); }

std::unexpected<Error> badCode(std::string what, std::string_view text)
{
    return failure(std::move(what), escapedForDisplay(trimmed(text)));
}

// EAN-13 (GS1 General Specifications 7.9): weights 1 and 3 alternate over the first twelve digits.
char checkDigit(std::string_view digits)
{
    int sum = 0;
    for (std::size_t i = 0; i < eanLength - 1; ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

} // namespace

Result<Isrc> Isrc::parse(std::string_view text)
{
    if (!isValidUtf8(text)) return badCode("The ISRC contains a character that cannot be read", text);
    std::u32string code = withoutSeparators(text);
    // Twelve characters that begin with ISRC are a code of Iceland's registrant RC.., not a word before a
    // code.
    if (code.starts_with(U"ISRC") && (code.size() > isrcLength || (code.size() > 4 && code[4] == U':'))) {
        code.erase(0, 4);
        if (!code.empty() && code.front() == U':') code.erase(0, 1);
    }
    if (code.empty())
        return badCode("The ISRC is empty; twelve characters are needed, as in US-ABC-26-12345", text);
    if (code.size() != isrcLength)
        return badCode(
            fmt::format("The ISRC has {} character{}, 12 are needed: two letters, three letters or digits, "
                        "seven digits",
                        code.size(), code.size() == 1 ? "" : "s"),
            text);
    for (std::size_t i = 0; i < isrcLength; ++i) {
        const char32_t c = code[i];
        const char* const belongs = i < 2   ? (isLetter(c) ? nullptr : "a letter")
                                    : i < 5 ? (isLetter(c) || isFigure(c) ? nullptr : "a letter or a digit")
                                            : (isFigure(c) ? nullptr : "a digit");
        if (belongs)
            return badCode(
                fmt::format("Character {} of the ISRC is \"{}\", {} belongs there", i + 1, shown(c), belongs),
                text);
    }
    return Isrc{toUtf8(code)};
}

std::string Isrc::dashed() const
{
    return fmt::format("{}-{}-{}-{}", text_.substr(0, 2), text_.substr(2, 3), text_.substr(5, 2),
                       text_.substr(7));
}

Result<Isrc> Isrc::next(int steps) const
{
    const std::int64_t number = parseInteger(std::string_view{text_}.substr(7)).value_or(0) + steps;
    if (number < 0 || number > 99'999)
        return failure(
            fmt::format("Counting {} on from {} leaves the five digits from 00000 to 99999; use another "
                        "year or registrant code",
                        steps, dashed()),
            dashed());
    return Isrc{fmt::format("{}{:05}", std::string_view{text_}.substr(0, 7), number)};
}

Result<UpcEan> UpcEan::parseDigits(std::string_view text)
{
    if (!isValidUtf8(text)) return badCode("The bar code contains a character that cannot be read", text);
    std::u32string code = withoutSeparators(text);
    for (std::size_t i = 0; i < code.size(); ++i)
        if (!isFigure(code[i]))
            return badCode(fmt::format("Character {} of the bar code is \"{}\", only digits belong there",
                                       i + 1, shown(code[i])),
                           text);
    if (code.size() == eanLength - 1) code.insert(0, 1, U'0');
    if (code.size() != eanLength)
        return badCode(fmt::format("The bar code has {} digit{}, 12 (UPC) or 13 (EAN) are needed",
                                   code.size(), code.size() == 1 ? "" : "s"),
                       text);
    return UpcEan{toUtf8(code)};
}

Result<UpcEan> UpcEan::parse(std::string_view text)
{
    auto code = parseDigits(text);
    if (code && !code->hasRightCheckDigit())
        return badCode(fmt::format("The bar code's last digit is {}, by the other digits it should be {}",
                                   code->digits().back(), code->rightCheckDigit()),
                       text);
    return code;
}

char UpcEan::rightCheckDigit() const { return checkDigit(text_); }
bool UpcEan::hasRightCheckDigit() const { return text_.back() == checkDigit(text_); }

} // namespace segue
