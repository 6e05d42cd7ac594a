/// \file
/// What the parts of a set must say alike: map packets and files, DDPID and PQ descriptor, CD-Text and PQ
/// descriptor. The parts alone are judged where they are parsed, the disc by checkDisc().
#pragma once

#include "ddp/fileset_reader.h"

#include <span>

namespace segue::ddp {

enum class StreamKind : std::uint8_t { audio, pq, cdText, other };
[[nodiscard]] StreamKind streamKind(const MapPacket& packet);

/// Number and kinds of the streams, and the audio packet's switches.
[[nodiscard]] Findings checkMap(std::span<const MapPacket> map);
/// DSL against the file's size, and whole units of that kind of stream.
[[nodiscard]] Findings checkStreamLength(const MapPacket& packet, std::size_t number, std::int64_t fileSize);
/// Lead-out, DSL, PRE2, UPC and CD-Text against the PQ descriptor.
/// \pre there was a PQ descriptor to read
[[nodiscard]] Findings checkDiscAgainstSet(const ReadSet& set);

} // namespace segue::ddp
