#include "project/journal_format.h"

#include "core/crc32c.h"
#include "core/hash.h"

namespace segue {

namespace {

constexpr std::string_view magic = "SEGUEJ1\n";
constexpr std::size_t headBytes = 4 + 8 + 4; // length, sequence, CRC

void putNumber(std::string& out, std::uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFu);
}
void putText(std::string& out, std::string_view text)
{
    putNumber(out, text.size(), 4);
    out += text;
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_{bytes} {}
    std::optional<std::uint64_t> number(std::size_t bytes)
    {
        failed_ = failed_ || rest_.size() < bytes;
        if (failed_) return std::nullopt; // and so is everything behind
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            value |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
        rest_.remove_prefix(bytes);
        return value;
    }
    std::optional<std::string> text()
    {
        const auto size = number(4);
        if (!size || *size > rest_.size()) {
            failed_ = true;
            return std::nullopt;
        }
        std::string value{rest_.substr(0, *size)};
        rest_.remove_prefix(*size);
        return value;
    }
    [[nodiscard]] bool atEnd() const { return rest_.empty(); }

private:
    std::string_view rest_;
    bool failed_ = false;
};

// The CRC covers length and sequence too, so that a record is not taken for another one.
std::string framed(const std::string& payload, std::uint64_t sequence)
{
    std::string head;
    putNumber(head, payload.size(), 4);
    putNumber(head, sequence, 8);
    putNumber(head, crc32c(bytesOf(payload), crc32c(bytesOf(head))), 4);
    return head + payload;
}

/// The payload of the record at the front of `rest`, which it is taken from.
std::optional<std::string_view> takeRecord(std::string_view& rest, std::uint64_t sequence)
{
    Reader head{rest.substr(0, headBytes)};
    const auto length = head.number(4), place = head.number(8), crc = head.number(4);
    if (!crc || *place != sequence || *length == 0 || *length > mostJournalRecordBytes ||
        *length > rest.size() - headBytes)
        return std::nullopt;
    const auto payload = rest.substr(headBytes, *length);
    if (crc32c(bytesOf(payload), crc32c(bytesOf(rest.substr(0, headBytes - 4)))) != *crc) return std::nullopt;
    rest.remove_prefix(headBytes + *length);
    return payload;
}

std::optional<JournalOrigin> readOrigin(std::string_view payload)
{
    Reader in{payload};
    auto project = in.text(), folder = in.text(), hash = in.text();
    const auto began = in.number(8);
    if (!began || !in.atEnd()) return std::nullopt;
    return JournalOrigin{.project = *project,
                         .folder = *folder,
                         .savedHash = std::move(*hash),
                         .began = static_cast<WallTime>(*began)};
}

std::optional<JournalRecord> readRecord(std::string_view payload)
{
    Reader in{payload};
    const auto time = in.number(8), continues = in.number(1);
    auto label = in.text(), document = in.text();
    if (!continues || *continues > 1 || !label || !document || !in.atEnd()) return std::nullopt;
    return JournalRecord{.label = std::move(*label),
                         .time = static_cast<WallTime>(*time),
                         .continues = *continues == 1,
                         .document = std::move(*document)};
}

} // namespace

std::string journalBytes(const JournalOrigin& origin)
{
    std::string payload;
    putText(payload, origin.project.native());
    putText(payload, origin.folder.native());
    putText(payload, origin.savedHash);
    putNumber(payload, static_cast<std::uint64_t>(origin.began), 8);
    return std::string{magic} + framed(payload, 0);
}

std::string journalBytes(const JournalRecord& record, std::uint64_t sequence)
{
    std::string payload;
    putNumber(payload, static_cast<std::uint64_t>(record.time), 8);
    putNumber(payload, record.continues ? 1 : 0, 1);
    putText(payload, record.label);
    putText(payload, record.document);
    return framed(payload, sequence);
}

std::optional<ReadJournal> readJournal(std::string_view bytes)
{
    if (!bytes.starts_with(magic)) return std::nullopt;
    auto rest = bytes.substr(magic.size());
    const auto first = takeRecord(rest, 0);
    auto origin = first ? readOrigin(*first) : std::nullopt;
    if (!origin) return std::nullopt;
    ReadJournal journal{.origin = std::move(*origin)};
    for (std::uint64_t sequence = 1; !rest.empty(); ++sequence) {
        const auto before = rest;
        const auto payload = takeRecord(rest, sequence);
        auto record = payload ? readRecord(*payload) : std::nullopt;
        if (!record) {
            rest = before;
            break;
        }
        journal.records.push_back(std::move(*record));
    }
    journal.stoppedEarly = !rest.empty();
    journal.wholeBytes = bytes.size() - rest.size();
    return journal;
}

} // namespace segue
