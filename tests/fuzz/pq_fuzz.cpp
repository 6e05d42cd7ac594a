/// \file
/// PQ descriptors of any content: the disc that is made of them can be judged and measured, and packets read
/// without a finding mean the same when they are written and read again.
#include "ddp/disc_from_pq.h"
#include "ddp/red_book.h"

#include <cstdint>
#include <cstdlib>

using namespace segue;
using namespace segue::ddp;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    Findings findings;
    const auto packets = parsePq(bytes, "PQDESCR", findings);
    if (!packets) return 0;
    std::vector<std::int64_t> offsets;
    for (std::size_t i = 0; i < packets->size(); ++i)
        offsets.push_back(static_cast<std::int64_t>(i * pqPacketSize));
    const PqDisc read = discFromPq(*packets, offsets, "PQDESCR");
    for (const Finding& f : read.findings) (void)rule(f.rule);
    for (const Finding& f : checkDisc(read.disc)) (void)describe(f.where);
    for (std::size_t t = 0; t < read.disc.tracks.size(); ++t) {
        if (read.disc.tracks[t].indexes.empty()) continue;
        (void)lengthOf(read.disc, t);
        (void)musicOf(read.disc, t);
        (void)pauseOf(read.disc, t);
    }
    if (!findings.empty()) return 0;
    std::string again;
    for (const PqPacket& packet : *packets) {
        const auto encoded = encodePqPacket(packet);
        if (!encoded) std::abort();
        again += *encoded;
    }
    if (parsePq(again, "PQDESCR", findings).value() != *packets || !findings.empty()) std::abort();
    return 0;
}
