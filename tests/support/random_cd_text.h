/// \file
/// Generated CD-Text for property and oracle tests. The same seed gives the same value everywhere: only the
/// engine of <random> is used, whose numbers the standard fixes.
#pragma once

#include "ddp/cd_text.h"

#include <cstddef>
#include <random>
#include <string>

namespace segue::test {

class RandomCdText {
public:
    explicit RandomCdText(unsigned seed) : engine_{seed} {}

    struct Wish {
        int maxTracks = 12;
        int maxBlocks = 3;
        bool msJis = true;
        bool repeats = true;       ///< neighbouring tracks may have equal texts
        bool emptyTexts = true;    ///< present, but ""
        bool narrowInMsJis = true; ///< ASCII and half-width kana, which are written full width
        std::size_t maxLength = 40;
    };
    /// A value that encodePacks() accepts, unless it needs more than 255 packs.
    [[nodiscard]] ddp::CdText cdText(const Wish& wish);

    [[nodiscard]] std::size_t below(std::size_t limit) { return limit == 0 ? 0 : engine_() % limit; }
    [[nodiscard]] bool chance(std::size_t percent) { return below(100) < percent; }
    [[nodiscard]] std::string latin1(std::size_t maxLength);
    [[nodiscard]] std::string ascii(std::size_t maxLength);
    [[nodiscard]] std::string japanese(std::size_t maxLength, bool narrow);

private:
    ddp::CdTextBlock block(const Wish& wish, std::size_t tracks, std::size_t number);
    std::string text(const Wish& wish, ddp::Charset charset);

    std::mt19937_64 engine_;
    int serial_ = 0;
};

} // namespace segue::test
