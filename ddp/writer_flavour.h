/// \file
/// Which program wrote a set, as far as its switches show. Tolerance hangs on it: what a known writer always
/// does is noted, and our own forms are read exactly. The table of switches: docs/formats/verify.md.
#pragma once

#include "ddp/records.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segue::ddp {

/// What the writers are told apart by.
struct WriterEvidence {
    std::string_view ddpid{};         ///< the file's 128 bytes
    std::string_view ddpms{};         ///< the file
    std::span<const MapPacket> map{}; ///< the packets of `ddpms`, in its order
    std::string_view userText{};      ///< of DDPID
    bool upcOnEveryPacket = false;
    bool cdTextTrailingZero = false;
    int leadOutPackets = 2;
    std::span<const std::string> namesOnDisk{};
};

/// "Segue", "cue2ddp", "Sonoris", "HOFA", "WaveLab", "audio-distillery", or "" when the switches fit none.
[[nodiscard]] std::string writerOf(const WriterEvidence& evidence);

/// True for writers whose CHECKSUM.MD5 and CHECKSUM.TXT are read in the exact form.
[[nodiscard]] bool writesExactChecksums(std::string_view writer);

} // namespace segue::ddp
