/// \file
/// CRC-32C (Castagnoli), as in iSCSI (RFC 3720, B.4), ext4 and SCTP: guards each record of the recovery
/// journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace segue {

/// Continued over `bytes`; start with 0. Reflected polynomial 0x82F63B78.
[[nodiscard]] std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t crc = 0);

} // namespace segue
