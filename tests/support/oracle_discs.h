/// \file
/// The discs of generated albums as our DDP describes them, for other people's programs to be held against:
/// what they find in our cue sheet or TOC file must be what our own reader finds in the DDP.
#pragma once

#include "deliver/disc_of.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace segue::test {

struct OracleDisc {
    PlannedDisc plan{};
    /// Read back from the bytes of the DDP's PQ descriptor and CDTEXT.BIN.
    ddp::Disc onDdp{};
    /// Of the first language block, empty ones as none; one for every track.
    Texts discTexts{};
    std::vector<Texts> trackTexts{};

    /// Places as image and sheets count them: from LBA 0, which is A-time 00:02:00.
    [[nodiscard]] static std::int64_t lba(CdFramePos at) { return at.value() - 150; }
    [[nodiscard]] std::int64_t start(std::size_t track) const { return lba(onDdp.tracks.at(track).start()); }
    /// Where INDEX 00 lies; the start when there is none. Track 1 begins at LBA 0.
    [[nodiscard]] std::int64_t pause(std::size_t track) const;
    [[nodiscard]] std::int64_t leadOut() const { return lba(onDdp.leadOut); }
};

/// The CDs of randomAlbum(seed). Throws when what the DDP says is not what was planned.
[[nodiscard]] std::vector<OracleDisc> oracleDiscs(std::uint64_t seed);

/// Lines without indentation and trailing blanks; empty ones left out.
[[nodiscard]] std::vector<std::string> linesOf(const std::string& text);
[[nodiscard]] std::string joined(const std::vector<std::string>& lines);

/// A file of this length that takes no room on the disk. \param head its first bytes
void writeSparse(const std::filesystem::path& path, const std::string& head, std::uintmax_t length);

} // namespace segue::test
