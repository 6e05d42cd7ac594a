/// \file
/// Whole DDP folders of any content (tests/support/packed_folder.h): verify always answers, opens nothing
/// outside the folder, cites rules that exist, and a disc it finds no error in can be written by the strict
/// writer.
#include "core/hash.h"
#include "ddp/cd_text_packs.h"
#include "ddp/fileset_writer.h"
#include "ddp/red_book.h"
#include "ddp/verify.h"
#include "support/packed_folder.h"

#include <cstdio>
#include <cstdlib>
#include <map>

using namespace segue;
using namespace segue::ddp;
using namespace segue::test;

namespace {

void check(bool right, const std::string& what)
{
    if (right) return;
    std::fputs((what + "\n").c_str(), stderr);
    std::abort();
}

using Folder = std::vector<PackedFile>;

bool isPlainName(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\0') == std::string::npos;
}

/// Zeros come in few lengths: each checksum is computed once.
const std::string& md5OfZeros(std::size_t count)
{
    static std::map<std::size_t, std::string> known;
    std::string& found = known[count];
    if (found.empty()) found = md5(Bytes(count));
    return found;
}

void verify(Folder folder, bool readImage)
{
    // The samples of a long image cost time and have nothing to say about the reader; nor has reading its
    // zeros.
    std::size_t total = 0;
    for (const PackedFile& file : folder) total += file.bytes.size() + file.zeros;
    const bool small = total < 65'536;
    VerifyOptions options{.audio = small, .crc32 = small};
    for (const PackedFile& file : folder)
        if (!readImage && file.zeros >= 65'536)
            options.imageSums = {.size = static_cast<std::int64_t>(file.zeros),
                                 .md5 = md5OfZeros(file.zeros)};
    MemoryFileOps ops;
    ops.addFolders("set");
    for (auto& [name, bytes, zeros] : folder)
        if (isPlainName(name) && zeros > 0)
            ops.putZeros(Path{"set"} / name, zeros);
        else if (isPlainName(name))
            ops.put(Path{"set"} / name, std::move(bytes));
    const auto v = verifyFileset(ops, "set", options);
    for (const std::string& asked : ops.asked)
        check(asked.starts_with("set/") && isPlainName(asked.substr(4)), "asked for " + asked);
    if (!v) {
        check(v.error().kind == ErrorKind::input, v.error().what);
        return;
    }
    for (const Finding& f : v->findings) {
        check(f.level == rule(f.rule).level && !f.message.empty(), f.rule);
        (void)describe(f.where);
    }
    check(v->audio.empty() || v->audio.size() == v->set.disc.tracks.size(), "one TrackAudio per track");
    if (blocks(v->findings)) return;
    // CD-Text has a fuzzer of its own; here it is the disc that must come back.
    Disc disc = v->set.disc;
    disc.cdText.reset();
    const auto written = composeFileset(disc, {});
    check(written.has_value(), written ? "" : written.error().what);
}

/// Wrong CRCs and checksums would end most inventions at once.
Folder repaired(Folder folder)
{
    std::string list;
    for (auto& [name, bytes, zeros] : folder) {
        if (name == "CDTEXT.BIN")
            for (std::size_t at = 0; at + packSize <= bytes.size(); at += packSize) {
                const std::uint16_t crc = packCrc(std::span<const std::byte>{bytes}.subspan(at).first<16>());
                bytes[at + 16] = static_cast<std::byte>(crc >> 8);
                bytes[at + 17] = static_cast<std::byte>(crc & 0xFF);
            }
        if (name != "CHECKSUM.MD5") list += (zeros > 0 ? md5OfZeros(zeros) : md5(bytes)) + " *" + name + "\n";
    }
    for (auto& [name, bytes, zeros] : folder)
        if (name == "CHECKSUM.MD5") {
            const auto text = bytesOf(list);
            bytes.assign(text.begin(), text.end());
            zeros = 0;
        }
    return folder;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Folder folder = unpackFolder(std::as_bytes(std::span{data, size}));
    // One length in eight keeps its wrong checksums; one in sixteen has a long image read.
    verify(size % 8 == 7 ? std::move(folder) : repaired(std::move(folder)), size % 16 == 0);
    return 0;
}
