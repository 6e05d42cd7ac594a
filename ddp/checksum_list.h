/// \file
/// Checksum files that lie beside a DDP set: md5sum's form and its relatives, and CRC-32 lists. Reads the
/// text only; whether the hashes are right is verify's business. docs/formats/verify.md lists the forms.
#pragma once

#include "core/finding.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace segue::ddp {

enum class ChecksumKind : std::uint8_t { md5, crc32 };

/// How strictly a list is read.
enum class ChecksumForm : std::uint8_t {
    /// The form Segue and cue2ddp write, byte for byte: `hash *name` LF with lower-case hexadecimal in
    /// CHECKSUM.MD5, `[CRC32 Checksum]` and `NAME=HASH` LF with upper-case hexadecimal in CHECKSUM.TXT.
    /// Whatever
    /// differs is an error, because nobody but damage or a hand has changed it.
    exact,
    /// What other writers are known to do: CR LF, two blanks or one, either case of hexadecimal (but only one
    /// in
    /// a file), BSD style, comments. Lines that say nothing known are noted.
    tolerant,
};

struct ChecksumEntry {
    ChecksumKind kind = ChecksumKind::md5;
    std::string name{};
    std::string hash{};    ///< lower-case hexadecimal
    std::int64_t line = 0; ///< from 1
    [[nodiscard]] friend bool operator==(const ChecksumEntry&, const ChecksumEntry&) = default;
};

struct ChecksumList {
    std::vector<ChecksumEntry> entries{};
    Findings findings{}; ///< SET.CHECKSUM_* with file and line
};

/// A checksum file by its name: *.md5, *.sfv, *.crc, *.chk, and text files named after checksums.
[[nodiscard]] bool isChecksumFileName(std::string_view name);

/// \param file the list's own name, for the findings; in the exact form its ending tells the kind
[[nodiscard]] ChecksumList readChecksumList(std::string_view text, const std::string& file,
                                            ChecksumForm form);

} // namespace segue::ddp
