/// \file
/// What people type behind an option and files hold in an attribute: times, codes, languages, genres,
/// numbers. Each is refused or means the same when it is written and read again.
#include "core/codes.h"
#include "core/languages.h"
#include "core/text.h"
#include "core/time_text.h"
#include "project/exact_time.h"

#include <cstdint>
#include <cstdlib>

using namespace segue;

namespace {

void check(bool right)
{
    if (!right) std::abort();
}

void times(std::string_view text)
{
    if (const auto time = parseTime(text); time) (void)clockTime(*time);
    if (const auto exact = parseExactTime(text); exact) {
        check(*exact <= longestStoredTime && *exact >= -longestStoredTime);
        check(parseExactTime(exactTime(*exact)) == exact);
    }
    if (const auto msf = parseMsf(text); msf) {
        check(msf->minute >= 0 && msf->minute <= 99 && msf->second >= 0 && msf->second < 60 &&
              msf->frame >= 0 && msf->frame < 75);
    }
}

void codes(std::string_view text)
{
    if (const auto isrc = Isrc::parse(text); isrc) {
        check(isrc->compact().size() == 12 && Isrc::parse(isrc->dashed()).value() == *isrc);
        if (const auto next = isrc->next(); next) check(*next > *isrc);
    } else {
        check(!isrc.error().what.empty());
    }
    const auto loose = UpcEan::parseDigits(text);
    if (const auto upc = UpcEan::parse(text); upc) {
        check(upc->hasRightCheckDigit() && upc->digits().size() == 13 && loose.value() == *upc);
        check(UpcEan::parse(upc->digits()).value() == *upc);
    }
}

void texts(std::string_view text)
{
    check(isValidUtf8(escapedForDisplay(text)));
    if (!isValidUtf8(text)) return;
    check(toUtf8(toCodePoints(text)) == text);
    const std::string composed = toNfc(text);
    check(isValidUtf8(composed) && toNfc(composed) == composed);
    (void)fitted(text, 12);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    times(text);
    codes(text);
    texts(text);
    if (const auto language = parseLanguage(text); language && !nameOf(*language).empty())
        check(parseLanguage(nameOf(*language)) == language);
    if (const auto genre = parseGenre(text); genre) check(*genre >= 0 && *genre <= 0xFFFF);
    if (const auto whole = parseInteger(text); whole) check(parseNumber(text).has_value());
    if (const auto number = parseNumber(text); number) check(parseNumber(shortest(*number)) == number);
    return 0;
}
