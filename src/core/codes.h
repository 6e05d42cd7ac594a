/// \file
/// ISRC and UPC/EAN: codes that can only be made by parsing, so a half-valid one does not exist.
#pragma once

#include "core/result.h"

#include <compare>
#include <string>
#include <string_view>

namespace segue {

/// International Standard Recording Code, 12 characters: 2 letters, 3 letters or digits, 7 digits
/// (ISRC Bulletin 2015/01).
class Isrc {
public:
    /// Takes blanks, dashes, a leading "ISRC" (with or without colon) and lower case; refuses the rest and
    /// says which character of the twelve is wrong and what belongs there.
    [[nodiscard]] static Result<Isrc> parse(std::string_view text);

    [[nodiscard]] const std::string& compact() const { return text_; } ///< "USABC2612345"
    [[nodiscard]] std::string dashed() const;                          ///< "US-ABC-26-12345"
    /// The code `steps` further in the same year and registrant; an Error when the five digits run out.
    [[nodiscard]] Result<Isrc> next(int steps = 1) const;

    [[nodiscard]] friend auto operator<=>(const Isrc&, const Isrc&) = default;

private:
    explicit Isrc(std::string text) : text_{std::move(text)} {}
    std::string text_;
};

/// The album's bar code: EAN-13, or UPC-A (12 digits) with a 0 put in front.
class UpcEan {
public:
    /// 12 or 13 digits, blanks and dashes ignored, check digit right. The error names the right check digit.
    [[nodiscard]] static Result<UpcEan> parse(std::string_view text);
    /// The same, but a wrong check digit passes (hasRightCheckDigit() tells). For reading what others wrote.
    [[nodiscard]] static Result<UpcEan> parseDigits(std::string_view text);

    [[nodiscard]] const std::string& digits() const { return text_; } ///< always 13
    [[nodiscard]] bool hasRightCheckDigit() const;
    [[nodiscard]] char rightCheckDigit() const;

    [[nodiscard]] friend auto operator<=>(const UpcEan&, const UpcEan&) = default;

private:
    explicit UpcEan(std::string text) : text_{std::move(text)} {}
    std::string text_;
};

} // namespace segue
