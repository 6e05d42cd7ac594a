/// \file
/// The recovery journal's bytes: an origin, then records, each guarded by its length, its place in the
/// sequence and a CRC-32C. Reading stops at the first one that is not whole. docs/formats/journal.md.
#pragma once

#include "core/file_ops.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

/// Milliseconds since 1970 in UTC, as the caller's clock says; Segue's engine never reads one.
using WallTime = std::int64_t;

/// What the journal's edits were made upon.
struct JournalOrigin {
    Path project{};          ///< real path of the saved file; empty: never saved
    Path folder{};           ///< that relative source paths in the documents count from
    std::string savedHash{}; ///< SHA-256 of the saved file, "" when never saved
    WallTime began = 0;
    [[nodiscard]] friend bool operator==(const JournalOrigin&, const JournalOrigin&) = default;
};

struct JournalRecord {
    std::string label{}; ///< of the edit
    WallTime time = 0;
    bool continues = false; ///< a further step of the same drag as the record before: one edit
    /// The project after the edit as a save would have written it; empty: only the edit's name is known,
    /// because others followed before the disk was reached or before the journal was begun anew.
    std::string document{};
    [[nodiscard]] friend bool operator==(const JournalRecord&, const JournalRecord&) = default;
};

inline constexpr std::size_t mostJournalRecordBytes = 80U << 20U;

/// \param sequence 0 for the origin, then 1, 2, 3 ...
[[nodiscard]] std::string journalBytes(const JournalOrigin& origin);
[[nodiscard]] std::string journalBytes(const JournalRecord& record, std::uint64_t sequence);

struct ReadJournal {
    JournalOrigin origin{};
    std::vector<JournalRecord> records{};
    std::size_t wholeBytes = 0; ///< how far the records reach
    bool stoppedEarly = false;  ///< there are bytes behind the last whole record
};
/// Nothing when not even the origin is whole.
[[nodiscard]] std::optional<ReadJournal> readJournal(std::string_view bytes);

} // namespace segue
