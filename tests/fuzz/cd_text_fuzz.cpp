/// \file
/// CD-Text files of any content: the reader never fails, and what it reads without an error is written back
/// equal.
#include "ddp/cd_text_packs.h"
#include "ddp/cd_text_rules.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

using namespace segue;
using namespace segue::ddp;

namespace {

void check(bool right)
{
    if (!right) std::abort();
}

void readAndRewrite(std::span<const std::byte> bytes)
{
    const DecodedPacks decoded = decodePacks(bytes, "CDTEXT.BIN");
    check(decoded.bare.size() % packSize == 0 && decoded.bare.size() <= bytes.size());
    // What is offered for each text costs more than all the rest: one input in four has to do with it.
    const std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    if (std::hash<std::string_view>{}(text) % 4 == 0)
        (void)checkCdText(substituteCharacters(decoded.text).text);
    if (blocks(decoded.findings)) return;
    const auto again = encodePacks(decoded.text);
    if (!again) {
        // Without its TABs a full block may need more packs than fit.
        check(
            std::ranges::any_of(decoded.findings, [](const Finding& f) { return f.rule.ends_with("TAB"); }));
        return;
    }
    check(decodePacks(*again, "").text == decoded.text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = std::as_bytes(std::span{data, size});
    // Most lengths get right CRCs, which chance would not find; whole packs and two more bytes keep theirs.
    if (size % packSize == 2) {
        readAndRewrite(bytes.first(size - 2));
        return 0;
    }
    std::vector<std::byte> repaired{bytes.begin(), bytes.end()};
    for (std::size_t at = 0; at + packSize <= repaired.size(); at += packSize) {
        const std::uint16_t crc = packCrc(std::span{repaired}.subspan(at).first<16>());
        repaired[at + 16] = static_cast<std::byte>(crc >> 8);
        repaired[at + 17] = static_cast<std::byte>(crc & 0xFF);
    }
    readAndRewrite(repaired);
    return 0;
}
