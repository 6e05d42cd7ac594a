/// \file
/// Checksum lists of any content, in both forms: every entry is whole, every finding cites a rule, and a list
/// of plain names read in the exact form without an error means the same in the tolerant one.
#include "ddp/checksum_list.h"
#include "ddp/red_book.h"

#include <algorithm>
#include <cstdlib>

using namespace segue;
using namespace segue::ddp;

namespace {

void check(bool right)
{
    if (!right) std::abort();
}

/// As a DDP set's files are called. Other names may look like hashes, signs or blanks of another flavour.
bool isPlain(const std::string& name)
{
    return std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
               c == '_';
    });
}

ChecksumList read(std::string_view text, const std::string& file, ChecksumForm form)
{
    ChecksumList list = readChecksumList(text, file, form);
    for (const Finding& f : list.findings) check(f.level == rule(f.rule).level && !f.message.empty());
    for (const ChecksumEntry& entry : list.entries) {
        check(entry.hash.size() == (entry.kind == ChecksumKind::md5 ? 32 : 8) && entry.line > 0);
        check(std::ranges::all_of(entry.hash,
                                  [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }));
        check(!entry.name.empty());
    }
    return list;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const std::string file : {"CHECKSUM.MD5", "CHECKSUM.TXT"}) {
        const ChecksumList exact = read(text, file, ChecksumForm::exact);
        const ChecksumList tolerant = read(text, file, ChecksumForm::tolerant);
        if (!blocks(exact.findings) && std::ranges::all_of(exact.entries, isPlain, &ChecksumEntry::name))
            check(exact.entries == tolerant.entries);
    }
    return 0;
}
