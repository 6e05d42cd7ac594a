#include "ddp/verify.h"

#include "core/hash.h"
#include "core/text.h"
#include "ddp/checksum_check.h"
#include "ddp/open_set.h"
#include "ddp/red_book.h"
#include "ddp/stream_file.h"
#include "ddp/writer_flavour.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {

namespace {

constexpr std::int64_t maxListBytes = 1 << 20;

/// One verification: the set is open, now its lists, its bytes and their agreement.
class Verifier {
public:
    Verifier(OpenSet open, const VerifyOptions& options) : open_{std::move(open)}, options_{options} {}

    Result<Verification> run()
    {
        if (const auto s = readLists(); !s) return failure(s.error());
        if (const auto s = hashFiles(); !s) return failure(s.error());
        result_.findings = open_.set.findings;
        for (NamedList& list : lists_) add(std::move(list.list.findings));
        add(checkLists(lists_, hashed_));
        result_.set = std::move(open_.set);
        return std::move(result_);
    }

private:
    void add(Findings findings) { std::ranges::move(findings, std::back_inserter(result_.findings)); }

    [[nodiscard]] bool belongsToSet(const std::string& nameOnDisk) const
    {
        return std::ranges::any_of(open_.files, [&](const SetFile& f) { return f.nameOnDisk == nameOnDisk; });
    }

    Status readLists()
    {
        const bool exactWriter = writesExactChecksums(open_.set.writer);
        for (const std::string& name : open_.folder.names()) {
            if (!isChecksumFileName(name) || belongsToSet(name)) continue;
            auto member = open_.folder.openMember(name);
            if (!member) return failure(member.error());
            if (!member->file) continue;
            const bool exact = exactWriter && (equalsIgnoringAsciiCase(name, "CHECKSUM.MD5") ||
                                               equalsIgnoringAsciiCase(name, "CHECKSUM.TXT"));
            NamedList list{.file = escapedForDisplay(name),
                           .form = exact ? ChecksumForm::exact : ChecksumForm::tolerant};
            if (member->size > maxListBytes) {
                list.list.findings.push_back(
                    finding(rule(exact ? "SET.CHECKSUM_LINE" : "SET.CHECKSUM_OTHER_LINE"),
                            fmt::format("The list has {} bytes and is not read; at most {} make sense",
                                        member->size, maxListBytes),
                            Place{.file = list.file}));
            } else {
                const auto bytes = open_.folder.read(name, *member);
                if (!bytes) return failure(bytes.error());
                list.list = readChecksumList({reinterpret_cast<const char*>(bytes->data()), bytes->size()},
                                             list.file, list.form);
            }
            lists_.push_back(std::move(list));
        }
        return {};
    }

    [[nodiscard]] bool wantsCrc() const
    {
        return options_.audio || options_.crc32 || std::ranges::any_of(lists_, [](const NamedList& list) {
                   return std::ranges::any_of(list.list.entries, [](const ChecksumEntry& entry) {
                       return entry.kind == ChecksumKind::crc32;
                   });
               });
    }

    Status hashFiles()
    {
        if (const auto s = addCompanions(); !s) return s;
        const bool crc = wantsCrc();
        // Pointers into `hashes` are handed out, so it must not grow.
        result_.hashes.reserve(open_.files.size());
        for (const SetFile& file : open_.files) {
            hashed_.push_back(
                {.name = file.name, .nameOnDisk = file.nameOnDisk, .ofTheSet = isOfTheSet(file)});
            if (file.nameOnDisk.empty()) continue;
            auto hash = file.bytes ? hashInMemory(file, crc) : hashStreamed(file, crc);
            if (!hash) return failure(hash.error());
            result_.hashes.push_back(std::move(*hash));
            hashed_.back().hash = &result_.hashes.back();
        }
        return {};
    }

    /// Files that a list names although DDPMS does not: PQ sheets and the like. They are checked all the
    /// same.
    Status addCompanions()
    {
        ofTheSet_ = open_.files.size();
        for (const NamedList& list : lists_)
            for (const ChecksumEntry& entry : list.list.entries) {
                if (objectionToListName(entry.name)) continue;
                const auto onDisk = open_.folder.find(entry.name);
                if (!onDisk || belongsToSet(*onDisk)) continue;
                const bool isList = std::ranges::any_of(
                    lists_, [&](const NamedList& other) { return other.file == *onDisk; });
                if (isList) continue;
                const auto member = open_.folder.openMember(*onDisk);
                if (!member) return failure(member.error());
                if (member->file)
                    open_.files.push_back({.name = *onDisk, .nameOnDisk = *onDisk, .size = member->size});
            }
        return {};
    }
    [[nodiscard]] bool isOfTheSet(const SetFile& file) const
    {
        return static_cast<std::size_t>(&file - open_.files.data()) < ofTheSet_;
    }

    [[nodiscard]] static Result<FileHash> hashInMemory(const SetFile& file, bool crc)
    {
        return FileHash{.name = file.name,
                        .size = static_cast<std::int64_t>(file.bytes->size()),
                        .md5 = md5(*file.bytes),
                        .crc32 = crc ? crc32(*file.bytes) : std::string{}};
    }

    Result<FileHash> hashStreamed(const SetFile& file, bool crc)
    {
        const bool image = file.name == open_.set.imageFile;
        auto member = open_.folder.openMember(file.nameOnDisk);
        if (!member) return failure(member.error());
        if (!member->file)
            return failure(fmt::format("The file is no longer there: {}", member->problem), file.name,
                           ErrorKind::io);

        const auto& known = options_.imageSums;
        if (image && known && known->size == member->size && (!crc || !known->crc32.empty()))
            return FileHash{.name = file.name, .size = known->size, .md5 = known->md5, .crc32 = known->crc32};
        std::optional<ImageAudio> audio;
        if (image && options_.audio)
            audio.emplace(open_.set.disc, CdFrameCount{member->size / bytesPerCdFrame});
        StreamOptions stream{.crc32 = crc, .progress = options_.progress};
        stream.readError = [&](SystemError error) { return open_.folder.readError(file.nameOnDisk, error); };
        if (audio)
            stream.sink = [&](std::int64_t, std::span<const std::byte> bytes) -> Status {
                audio->update(bytes);
                return {};
            };
        auto sums = streamFile(*member->file, member->size, stream);
        if (!sums) return failure(sums.error());
        if (audio) result_.audio = audio->finish();
        return FileHash{.name = file.name,
                        .size = member->size,
                        .md5 = std::move(sums->md5),
                        .crc32 = std::move(sums->crc32)};
    }

    OpenSet open_;
    const VerifyOptions& options_;
    std::vector<NamedList> lists_{};
    std::vector<HashedFile> hashed_{};
    std::size_t ofTheSet_ = 0; ///< the first so many of open_.files
    Verification result_{};
};

} // namespace

Result<Verification> verifyFileset(FileOps& files, const Path& folder, const VerifyOptions& options)
{
    auto open = openSet(files, folder, options.maxLength);
    if (!open) return failure(open.error());
    return Verifier{std::move(*open), options}.run();
}

} // namespace segue::ddp
