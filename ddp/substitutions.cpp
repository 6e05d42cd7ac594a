/// \file
/// What Segue offers in place of characters that a CD-Text character set lacks. Our own table, one plain
/// reading for every language. docs/formats/cd-text.md prints it, and a test holds the two against each
/// other.
#include "ddp/charset.h"

#include "core/text.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace segue::ddp {
namespace {

// In order of code points. A replacement may contain a character that a smaller set lacks; it is then looked
// up again, so that U+0151 becomes o with diaeresis in ISO 8859-1 and o in ASCII.
// clang-format off
constexpr SubstitutionEntry table[] = {
    {U'\u00A0', " "}, {U'¡', "!"}, {U'¢', "c"}, {U'£', "GBP"}, {U'¥', "JPY"}, {U'¦', "|"}, {U'¨', "\""},
    {U'©', "(C)"}, {U'ª', "a"}, {U'«', "\""}, {U'\u00AD', ""}, {U'®', "(R)"}, {U'¯', "-"}, {U'°', "deg"},
    {U'±', "+/-"}, {U'²', "2"}, {U'³', "3"}, {U'´', "'"}, {U'µ', "u"}, {U'·', "."}, {U'¸', ","},
    {U'¹', "1"}, {U'º', "o"}, {U'»', "\""}, {U'¼', "1/4"}, {U'½', "1/2"}, {U'¾', "3/4"}, {U'¿', "?"},
    {U'À', "A"}, {U'Á', "A"}, {U'Â', "A"}, {U'Ã', "A"}, {U'Ä', "A"}, {U'Å', "A"}, {U'Æ', "AE"}, {U'Ç', "C"},
    {U'È', "E"}, {U'É', "E"}, {U'Ê', "E"}, {U'Ë', "E"}, {U'Ì', "I"}, {U'Í', "I"}, {U'Î', "I"}, {U'Ï', "I"},
    {U'Ð', "D"}, {U'Ñ', "N"}, {U'Ò', "O"}, {U'Ó', "O"}, {U'Ô', "O"}, {U'Õ', "O"}, {U'Ö', "O"}, {U'×', "x"},
    {U'Ø', "O"}, {U'Ù', "U"}, {U'Ú', "U"}, {U'Û', "U"}, {U'Ü', "U"}, {U'Ý', "Y"}, {U'Þ', "Th"},
    {U'ß', "ss"}, {U'à', "a"}, {U'á', "a"}, {U'â', "a"}, {U'ã', "a"}, {U'ä', "a"}, {U'å', "a"},
    {U'æ', "ae"}, {U'ç', "c"}, {U'è', "e"}, {U'é', "e"}, {U'ê', "e"}, {U'ë', "e"}, {U'ì', "i"}, {U'í', "i"},
    {U'î', "i"}, {U'ï', "i"}, {U'ð', "d"}, {U'ñ', "n"}, {U'ò', "o"}, {U'ó', "o"}, {U'ô', "o"}, {U'õ', "o"},
    {U'ö', "o"}, {U'÷', "/"}, {U'ø', "o"}, {U'ù', "u"}, {U'ú', "u"}, {U'û', "u"}, {U'ü', "u"}, {U'ý', "y"},
    {U'þ', "th"}, {U'ÿ', "y"}, {U'Ā', "A"}, {U'ā', "a"}, {U'Ă', "A"}, {U'ă', "a"}, {U'Ą', "A"}, {U'ą', "a"},
    {U'Ć', "C"}, {U'ć', "c"}, {U'Ĉ', "C"}, {U'ĉ', "c"}, {U'Ċ', "C"}, {U'ċ', "c"}, {U'Č', "C"}, {U'č', "c"},
    {U'Ď', "D"}, {U'ď', "d"}, {U'Đ', "D"}, {U'đ', "d"}, {U'Ē', "E"}, {U'ē', "e"}, {U'Ĕ', "E"}, {U'ĕ', "e"},
    {U'Ė', "E"}, {U'ė', "e"}, {U'Ę', "E"}, {U'ę', "e"}, {U'Ě', "E"}, {U'ě', "e"}, {U'Ĝ', "G"}, {U'ĝ', "g"},
    {U'Ğ', "G"}, {U'ğ', "g"}, {U'Ġ', "G"}, {U'ġ', "g"}, {U'Ģ', "G"}, {U'ģ', "g"}, {U'Ĥ', "H"}, {U'ĥ', "h"},
    {U'Ħ', "H"}, {U'ħ', "h"}, {U'Ĩ', "I"}, {U'ĩ', "i"}, {U'Ī', "I"}, {U'ī', "i"}, {U'Ĭ', "I"}, {U'ĭ', "i"},
    {U'Į', "I"}, {U'į', "i"}, {U'İ', "I"}, {U'ı', "i"}, {U'Ĳ', "IJ"}, {U'ĳ', "ij"}, {U'Ĵ', "J"},
    {U'ĵ', "j"}, {U'Ķ', "K"}, {U'ķ', "k"}, {U'ĸ', "k"}, {U'Ĺ', "L"}, {U'ĺ', "l"}, {U'Ļ', "L"}, {U'ļ', "l"},
    {U'Ľ', "L"}, {U'ľ', "l"}, {U'Ŀ', "L"}, {U'ŀ', "l"}, {U'Ł', "L"}, {U'ł', "l"}, {U'Ń', "N"}, {U'ń', "n"},
    {U'Ņ', "N"}, {U'ņ', "n"}, {U'Ň', "N"}, {U'ň', "n"}, {U'ŉ', "'n"}, {U'Ŋ', "N"}, {U'ŋ', "n"}, {U'Ō', "O"},
    {U'ō', "o"}, {U'Ŏ', "O"}, {U'ŏ', "o"}, {U'Ő', "Ö"}, {U'ő', "ö"}, {U'Œ', "OE"}, {U'œ', "oe"},
    {U'Ŕ', "R"}, {U'ŕ', "r"}, {U'Ŗ', "R"}, {U'ŗ', "r"}, {U'Ř', "R"}, {U'ř', "r"}, {U'Ś', "S"}, {U'ś', "s"},
    {U'Ŝ', "S"}, {U'ŝ', "s"}, {U'Ş', "S"}, {U'ş', "s"}, {U'Š', "S"}, {U'š', "s"}, {U'Ţ', "T"}, {U'ţ', "t"},
    {U'Ť', "T"}, {U'ť', "t"}, {U'Ŧ', "T"}, {U'ŧ', "t"}, {U'Ũ', "U"}, {U'ũ', "u"}, {U'Ū', "U"}, {U'ū', "u"},
    {U'Ŭ', "U"}, {U'ŭ', "u"}, {U'Ů', "U"}, {U'ů', "u"}, {U'Ű', "Ü"}, {U'ű', "ü"}, {U'Ų', "U"}, {U'ų', "u"},
    {U'Ŵ', "W"}, {U'ŵ', "w"}, {U'Ŷ', "Y"}, {U'ŷ', "y"}, {U'Ÿ', "Y"}, {U'Ź', "Z"}, {U'ź', "z"}, {U'Ż', "Z"},
    {U'ż', "z"}, {U'Ž', "Z"}, {U'ž', "z"}, {U'ſ', "s"}, {U'Ə', "E"}, {U'ƒ', "f"}, {U'Ơ', "O"}, {U'ơ', "o"},
    {U'Ư', "U"}, {U'ư', "u"}, {U'Ǎ', "A"}, {U'ǎ', "a"}, {U'Ǐ', "I"}, {U'ǐ', "i"}, {U'Ǒ', "O"}, {U'ǒ', "o"},
    {U'Ǔ', "U"}, {U'ǔ', "u"}, {U'Ǧ', "G"}, {U'ǧ', "g"}, {U'Ǩ', "K"}, {U'ǩ', "k"}, {U'Ǫ', "O"}, {U'ǫ', "o"},
    {U'Ǵ', "G"}, {U'ǵ', "g"}, {U'Ǹ', "N"}, {U'ǹ', "n"}, {U'Ș', "S"}, {U'ș', "s"}, {U'Ț', "T"}, {U'ț', "t"},
    {U'ə', "e"}, {U'ʻ', "'"}, {U'ʼ', "'"}, {U'ʽ', "'"}, {U'ˆ', "^"}, {U'ˈ', "'"}, {U'˜', "~"}, {U'˝', "\""},
    {U'Ẁ', "W"}, {U'ẁ', "w"}, {U'Ẃ', "W"}, {U'ẃ', "w"}, {U'Ẅ', "W"}, {U'ẅ', "w"}, {U'ẞ', "SS"}, {U'Ỳ', "Y"},
    {U'ỳ', "y"}, {U'\u2002', " "}, {U'\u2003', " "}, {U'\u2004', " "}, {U'\u2005', " "}, {U'\u2006', " "},
    {U'\u2007', " "}, {U'\u2008', " "}, {U'\u2009', " "}, {U'\u200A', " "}, {U'\u200B', ""},
    {U'\u200C', ""}, {U'\u200D', ""}, {U'\u200E', ""}, {U'\u200F', ""}, {U'‐', "-"}, {U'‑', "-"},
    {U'‒', "-"}, {U'–', "-"}, {U'—', "-"}, {U'―', "-"}, {U'‖', "||"}, {U'‘', "'"}, {U'’', "'"}, {U'‚', "'"},
    {U'‛', "'"}, {U'“', "\""}, {U'”', "\""}, {U'„', "\""}, {U'‟', "\""}, {U'†', "+"}, {U'‡', "+"},
    {U'•', "·"}, {U'‥', ".."}, {U'…', "..."}, {U'\u202F', " "}, {U'‰', "o/oo"}, {U'′', "'"}, {U'″', "\""},
    {U'‴', "'''"}, {U'‹', "<"}, {U'›', ">"}, {U'‼', "!!"}, {U'⁄', "/"}, {U'⁇', "??"}, {U'⁈', "?!"},
    {U'⁉', "!?"}, {U'\u205F', " "}, {U'\u2060', ""}, {U'⁰', "0"}, {U'⁴', "4"}, {U'⁵', "5"}, {U'⁶', "6"},
    {U'⁷', "7"}, {U'⁸', "8"}, {U'⁹', "9"}, {U'₀', "0"}, {U'₁', "1"}, {U'₂', "2"}, {U'₃', "3"}, {U'₄', "4"},
    {U'₅', "5"}, {U'₆', "6"}, {U'₇', "7"}, {U'₈', "8"}, {U'₉', "9"}, {U'₣', "F"}, {U'₤', "GBP"},
    {U'₩', "KRW"}, {U'€', "EUR"}, {U'₽', "RUB"}, {U'₿', "BTC"}, {U'℃', "°C"}, {U'ℓ', "l"}, {U'№', "No."},
    {U'℗', "(P)"}, {U'℠', "(SM)"}, {U'™', "(TM)"}, {U'℮', "e"}, {U'⅓', "1/3"}, {U'⅔', "2/3"}, {U'⅛', "1/8"},
    {U'⅜', "3/8"}, {U'⅝', "5/8"}, {U'⅞', "7/8"}, {U'Ⅰ', "I"}, {U'Ⅱ', "II"}, {U'Ⅲ', "III"}, {U'Ⅳ', "IV"},
    {U'Ⅴ', "V"}, {U'Ⅵ', "VI"}, {U'Ⅶ', "VII"}, {U'Ⅷ', "VIII"}, {U'Ⅸ', "IX"}, {U'Ⅹ', "X"}, {U'←', "<-"},
    {U'→', "->"}, {U'↔', "<->"}, {U'−', "-"}, {U'∕', "/"}, {U'∗', "*"}, {U'∙', "·"}, {U'≈', "~"},
    {U'≠', "/="}, {U'≤', "<="}, {U'≥', ">="}, {U'⋅', "·"}, {U'⋯', "..."}, {U'★', "*"}, {U'☆', "*"},
    {U'♪', "*"}, {U'♭', "b"}, {U'♯', "#"}, {U'\u3000', " "}, {U'ﬀ', "ff"}, {U'ﬁ', "fi"}, {U'ﬂ', "fl"},
    {U'ﬃ', "ffi"}, {U'ﬄ', "ffl"}, {U'ﬅ', "st"}, {U'ﬆ', "st"}, {U'\uFEFF', ""},
};
// clang-format on
static_assert(std::ranges::is_sorted(table, std::ranges::less{}, &SubstitutionEntry::from));

std::optional<std::string_view> entry(char32_t c)
{
    const auto* found = std::ranges::lower_bound(table, c, {}, &SubstitutionEntry::from);
    if (found == std::end(table) || found->from != c) return std::nullopt;
    return found->to;
}

/// `utf8` with everything replaced that `charset` lacks, or nothing when a character has no replacement.
/// \param depth guards against a circle in the table
std::optional<std::string> encodableForm(std::string_view utf8, Charset charset, int depth)
{
    std::string form;
    for (const char32_t c : toCodePoints(utf8)) {
        const std::string same = toUtf8(std::u32string(1, c));
        if (unencodable(same, charset).empty()) {
            form += same;
            continue;
        }
        const auto to = depth > 0 ? entry(c) : std::nullopt;
        const auto deeper = to ? encodableForm(*to, charset, depth - 1) : std::nullopt;
        if (!deeper) return std::nullopt;
        form += *deeper;
    }
    return form;
}

} // namespace

std::span<const SubstitutionEntry> substitutionTable() { return table; }

Substituted substitute(std::string_view utf8, Charset charset)
{
    const std::vector<Unencodable> missing = unencodable(utf8, charset);
    if (missing.empty() || !isValidUtf8(utf8)) return {std::string{utf8}, {}};
    Substituted result;
    const std::u32string text = toCodePoints(toNfc(utf8));
    auto next = missing.begin();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string same = toUtf8(std::u32string(1, text[i]));
        if (next == missing.end() || next->position != i) {
            result.text += same;
            continue;
        }
        ++next;
        const auto to = encodableForm(same, charset, 3);
        if (to) result.made.push_back({text[i], *to, i});
        result.text += to.value_or(same);
    }
    return result;
}

} // namespace segue::ddp
