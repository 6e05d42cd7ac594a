/// \file
/// DDPMS files of any content: what is read without a finding means the same when it is written and read
/// again.
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
    const auto map = parseMap(bytes, findings);
    for (const Finding& f : findings) (void)rule(f.rule);
    if (!map || !findings.empty()) return 0;
    for (const Profile profile : {Profile::standard, Profile::cue2ddp}) {
        std::string again;
        for (const MapPacket& packet : *map) {
            const auto encoded = encodeMapPacket(packet, profile);
            if (!encoded) std::abort();
            again += *encoded;
        }
        if (parseMap(again, findings).value() != *map || !findings.empty()) std::abort();
    }
    return 0;
}
