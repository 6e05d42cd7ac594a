#include "ddp/ms_jis.h"

#include "core/text.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <vector>

namespace segue::ddp::msjis {
namespace {

constexpr std::size_t leads = 0xFD - 0x81, trails = 0xFD - 0x40;

/// Owner of an iconv descriptor.
class Converter {
public:
    Converter() : handle_{iconv_open("UTF-16BE", "CP932")} {}
    ~Converter()
    {
        if (ready()) iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// iconv_open's failure value is a pointer of all ones.
    [[nodiscard]] bool ready() const
    {
        return handle_ != iconv_t(-1); // NOLINT(performance-no-int-to-ptr): iconv's own value
    }

    /// The single code point of a two-byte code; nothing for anything else.
    [[nodiscard]] std::optional<char32_t> operator()(std::uint8_t lead, std::uint8_t trail) const
    {
        std::array<char, 2> in{static_cast<char>(lead), static_cast<char>(trail)};
        std::array<char, 8> out{};
        char* from = in.data();
        char* to = out.data();
        std::size_t left = in.size(), room = out.size();
        iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        // A return value above 0 counts lossy conversions.
        if (iconv(handle_, &from, &left, &to, &room) != 0 || left != 0 || room != out.size() - 2) return {};
        return static_cast<char32_t>(static_cast<unsigned char>(out[0]) * 256U +
                                     static_cast<unsigned char>(out[1]));
    }

private:
    iconv_t handle_;
};

/// Lower comes first when one character has several codes.
int rank(std::uint16_t code)
{
    const int lead = code >> 8;
    if (lead == 0x87) return 1;
    if (lead >= 0xFA) return 2;
    if (lead == 0xED || lead == 0xEE) return 3;
    return 0;
}

struct Tables {
    std::array<std::array<char16_t, trails>, leads> characters{}; ///< 0: none
    std::vector<std::pair<char32_t, std::uint16_t>> codes{};      ///< sorted by character
};

Tables makeTables()
{
    Tables tables;
    const Converter convert;
    if (!convert.ready()) return tables;
    struct Candidate {
        char32_t character;
        bool composed; // by NFC only: loses against a code of the character itself
        std::uint16_t code;
    };
    std::vector<Candidate> candidates;
    for (int lead = 0x81; lead <= 0xFC; ++lead) {
        // 0xF0..0xF9 is the user-defined area: every system shows something else there.
        if (!isLead(static_cast<std::uint8_t>(lead)) || (lead >= 0xF0 && lead <= 0xF9)) continue;
        for (int trail = 0x40; trail <= 0xFC; ++trail) {
            const auto found = convert(static_cast<std::uint8_t>(lead), static_cast<std::uint8_t>(trail));
            if (!found) continue;
            tables.characters[static_cast<std::size_t>(lead - 0x81)][static_cast<std::size_t>(trail - 0x40)] =
                static_cast<char16_t>(*found);
            const auto code = static_cast<std::uint16_t>(lead * 256 + trail);
            candidates.push_back({*found, false, code});
            const std::u32string composed = toCodePoints(toNfc(toUtf8(std::u32string(1, *found))));
            if (composed.size() == 1 && composed[0] != *found)
                candidates.push_back({composed[0], true, code});
        }
    }
    std::ranges::sort(candidates, {}, [](const Candidate& c) {
        return std::tuple{c.character, c.composed, rank(c.code), c.code};
    });
    for (const Candidate& c : candidates)
        if (tables.codes.empty() || tables.codes.back().first != c.character)
            tables.codes.emplace_back(c.character, c.code);
    return tables;
}

const Tables& tables()
{
    static const Tables made = makeTables();
    return made;
}

/// U+FF61..U+FF9D in order.
constexpr std::u32string_view kana =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ"
    U"ハヒフヘホマミムメモヤユヨラリルレロワン";
static_assert(kana.size() == 0xFF9E - 0xFF61);

/// The same character in Unicode's and in Microsoft's eyes. The quotes' full-width forms exist only in vendor
/// rows, so the apostrophe and the quotation mark take their typographic forms from row 1.
constexpr std::pair<char32_t, char32_t> equivalents[] = {
    {U'"', U'\u201D'},      {U'\'', U'\u2019'},     {U'\u00A2', U'\uFFE0'}, {U'\u00A3', U'\uFFE1'},
    {U'\u00A5', U'\uFFE5'}, {U'\u00A6', U'\uFFE4'}, {U'\u00AC', U'\uFFE2'}, {U'\u00AF', U'\uFFE3'},
    {U'\u00B7', U'\u30FB'}, {U'\u2014', U'\u2015'}, {U'\u2016', U'\u2225'}, {U'\u203E', U'\uFFE3'},
    {U'\u2212', U'\uFF0D'}, {U'\u301C', U'\uFF5E'}, {U' ', U'\u3000'},      {U'\u00A0', U'\u3000'},
};

} // namespace

bool available() { return !tables().codes.empty(); }

std::optional<char32_t> character(std::uint8_t lead, std::uint8_t trail)
{
    if (!isLead(lead) || trail < 0x40 || trail > 0xFC) return std::nullopt;
    const char16_t found = tables().characters[lead - 0x81U][trail - 0x40U];
    if (found == 0) return std::nullopt;
    return found;
}

std::optional<std::uint16_t> code(char32_t character)
{
    const auto& codes = tables().codes;
    const auto found =
        std::ranges::lower_bound(codes, character, {}, &std::pair<char32_t, std::uint16_t>::first);
    if (found == codes.end() || found->first != character) return std::nullopt;
    return found->second;
}

std::u32string fullWidth(std::u32string_view text)
{
    std::u32string wide;
    for (const char32_t c : text) {
        const auto* same = std::ranges::find(equivalents, c, &std::pair<char32_t, char32_t>::first);
        if (same != std::end(equivalents)) {
            wide += same->second;
        } else if (c > 0x20 && c < 0x7F) {
            wide += static_cast<char32_t>(c + 0xFF00 - 0x20);
        } else if (c >= 0xFF61 && c < 0xFF9E) {
            wide += kana[c - 0xFF61];
        } else if (c == 0xFF9E || c == 0xFF9F) {
            // The voiced mark joins a kana that has such a form in MS-JIS and stands alone otherwise.
            const char32_t combining = c == 0xFF9E ? U'\u3099' : U'\u309A';
            const char32_t alone = c == 0xFF9E ? U'\u309B' : U'\u309C';
            std::u32string joined;
            if (!wide.empty()) joined = toCodePoints(toNfc(toUtf8(std::u32string{wide.back(), combining})));
            if (joined.size() == 1 && code(joined[0])) {
                wide.back() = joined[0];
            } else {
                wide += alone;
            }
        } else {
            wide += c;
        }
    }
    return wide;
}

} // namespace segue::ddp::msjis
