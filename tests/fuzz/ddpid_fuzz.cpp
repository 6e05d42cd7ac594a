/// \file
/// DDPID files of any content: parsing never fails but for the two stated reasons, and what is read without a
/// finding is written back byte for byte.
#include "ddp/records.h"
#include "ddp/red_book.h"

#include <cstdint>
#include <cstdlib>

using namespace segue;
using namespace segue::ddp;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    Findings findings;
    const auto id = parseDdpid(bytes, findings);
    for (const Finding& f : findings) (void)rule(f.rule);
    if (!id) {
        if (size == ddpidSize && bytes.starts_with("DDP ") && bytes.substr(4, 4) != "    ") std::abort();
        return 0;
    }
    constexpr std::size_t userTextAt = 93; // its length comes first; neither is ever written
    if (!findings.empty() || bytes.substr(userTextAt).find_first_not_of(' ') != std::string_view::npos)
        return 0;
    const auto again = encodeDdpid(*id);
    if (!again || *again != bytes) std::abort();
    return 0;
}
