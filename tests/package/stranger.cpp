// Writes the small files of a DDP in memory, then reads one back: all a program needs is the installed
// package.
#include "ddp/fileset_writer.h"
#include "ddp/red_book.h"

#include <cstdio>

int main()
{
    using namespace segue;
    ddp::Disc disc;
    disc.tracks.push_back({.pauseStart = {},
                           .indexes = {CdFramePos{150}},
                           .flags = {},
                           .isrc = *Isrc::parse("GB-ABC-26-00001")});
    disc.tracks.push_back(
        {.pauseStart = CdFramePos{9000}, .indexes = {CdFramePos{9150}}, .flags = {}, .isrc = {}});
    disc.leadOut = CdFramePos{20'000};
    const auto set = ddp::composeFileset(disc, {.masterId = "STRANGER-1"});
    if (!set) return std::puts(set.error().what.c_str()), 1;
    for (const auto& file : set->files) std::printf("%s %zu\n", file.name.c_str(), file.bytes.size());
    Findings findings;
    const auto& pq = set->files.back().bytes;
    const auto packets =
        ddp::parsePq({reinterpret_cast<const char*>(pq.data()), pq.size()}, "PQDESCR", findings);
    return packets && packets->size() == 7 && findings.empty() ? 0 : 1;
}
