/// \file
/// DDP sets built byte by byte for tests, without Segue's writer: what the reader must understand is stated
/// here in its own right. The switches are those by which writers differ.
#pragma once

#include "core/hash.h"
#include "core/text.h"
#include "ddp/cd_text_packs.h"
#include "support/memory_file_ops.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace segue::test {

/// What a writer does in its own way. The defaults are Segue's, which are those of most commercial writers.
struct SetShape {
    char padding = '0';             ///< of numbers: '0' or ' '
    std::string start = "00000000"; ///< DSS of the audio, 8 characters
    char storageMode = '7', scrambled = '0';
    std::string pqName = "PQDESCR", imageName = "IMAGE.DAT", cdTextName = "CDTEXT.BIN";
    std::string cdTextTrack = "00"; ///< TRK of the CDTEXT packet
    bool cdText = true;
    std::string upcInId = "4006381333931", upcInPq = "4006381333931";
    bool upcOnEveryPacket = false;
    int leadOuts = 2;
    int leadOut = 800;
    std::string pregap = " 150";
};

inline std::string padded(std::string text, std::size_t width)
{
    text.resize(width, ' ');
    return text;
}

struct PqLine {
    std::string track, index;
    int at = 0;
    std::string control = "01", isrc = "", upc = "";
};
inline std::string pqPacket(const PqLine& line)
{
    return padded(fmt::format("VVVS{}{}  {:02}{:02}{:02}{}  {:<12}{:<13}", line.track, line.index,
                              line.at / 4500, line.at / 75 % 60, line.at % 75, line.control, line.isrc,
                              line.upc),
                  64);
}

struct MapLine {
    std::string type;
    std::int64_t length = 0;
    std::string start = "        ", subcode = "", mode = "", storage = "  ", pregap = "", track = "",
                name = "";
};
inline std::string mapPacket(const MapLine& line, char padding)
{
    const std::string length =
        padding == '0' ? fmt::format("{:08}", line.length) : fmt::format("{:8}", line.length);
    return padded(fmt::format("VVVM{}        {}{}{:<8}{:<2}{}    {:<4}    {:1}{:<2}  {:12}{}{:<17}",
                              line.type, length, line.start, line.subcode, line.mode, line.storage,
                              line.pregap, "", line.track, "", padding == '0' ? "017" : " 17", line.name),
                  128);
}

/// Two tracks: track 1 with INDEX 01 at 00:02:00, track 2 after a pause of 50 frames at frame 500 with INDEX
/// 02, to the lead-out at frame 800.
inline std::string pqDescriptor(const SetShape& shape)
{
    std::vector<PqLine> lines{
        {.track = "00", .index = "00", .upc = shape.upcInPq},
        {.track = "01", .index = "00", .isrc = "USABC2612345"},
        {.track = "01", .index = "01", .at = 150},
        {.track = "02", .index = "00", .at = 450, .control = "21", .isrc = "USABC2612346"},
        {.track = "02", .index = "01", .at = 500, .control = "21"},
        {.track = "02", .index = "02", .at = 650, .control = "21"}};
    for (int i = 0; i < shape.leadOuts; ++i)
        lines.push_back({.track = "AA", .index = "01", .at = shape.leadOut});
    std::string bytes;
    for (PqLine& line : lines) {
        if (shape.upcOnEveryPacket) line.upc = shape.upcInPq;
        bytes += pqPacket(line);
    }
    return bytes;
}

inline std::string textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline std::string cdTextPacks()
{
    ddp::CdTextBlock block;
    block.disc = {.title = "An Album", .performer = "A Band"};
    block.tracks = {{.title = "First", .performer = "A Band"}, {.title = "Second", .performer = "A Band"}};
    return textOf(ddp::encodePacks({{block}}).value());
}

/// Stereo sample i: left = i & 65535, right = i >> 16, behind `pause` sectors of silence.
inline std::string rampImage(int sectors, int pause)
{
    std::string image(static_cast<std::size_t>(sectors) * 2352, '\0');
    const std::size_t samples = static_cast<std::size_t>(sectors - pause) * 588;
    for (std::size_t i = 0; i < samples; ++i)
        for (std::size_t b = 0; b < 4; ++b)
            image[static_cast<std::size_t>(pause) * 2352 + i * 4 + b] =
                static_cast<char>(i >> (8 * b) & 0xFF);
    return image;
}

using NamedFiles = std::vector<std::pair<std::string, std::string>>;

/// DDPID, DDPMS, CDTEXT.BIN, PQDESCR, IMAGE.DAT; no checksum files.
inline NamedFiles buildSet(const SetShape& shape = {})
{
    const std::string id =
        padded(padded(fmt::format("DDP 2.00{:<13}", shape.upcInId), 38) + "MASTER-0001", 87) + "CD";
    const std::string pq = pqDescriptor(shape);
    const std::string packs = shape.cdText ? cdTextPacks() : "";
    std::string map;
    if (shape.cdText)
        map += mapPacket({.type = "S0",
                          .length = static_cast<std::int64_t>(packs.size()),
                          .subcode = "CDTEXT",
                          .track = shape.cdTextTrack,
                          .name = shape.cdTextName},
                         shape.padding);
    map += mapPacket({.type = "S0",
                      .length = static_cast<std::int64_t>(pq.size()),
                      .subcode = "PQ DESCR",
                      .name = shape.pqName},
                     shape.padding);
    map += mapPacket({.type = "D0",
                      .length = shape.leadOut,
                      .start = shape.start,
                      .mode = "DA",
                      .storage = {shape.storageMode, shape.scrambled},
                      .pregap = shape.pregap,
                      .name = shape.imageName},
                     shape.padding);
    NamedFiles files{{"DDPID", padded(id, 128)}, {"DDPMS", map}};
    if (shape.cdText) files.emplace_back(shape.cdTextName, packs);
    files.emplace_back(shape.pqName, pq);
    files.emplace_back(shape.imageName, rampImage(shape.leadOut, 150));
    return files;
}

/// `hash *name` LF, or with another separator and line end.
inline std::string md5List(const NamedFiles& files, std::string_view separator = " *",
                           std::string_view end = "\n")
{
    std::string text;
    for (const auto& [name, bytes] : files)
        text += md5(bytesOf(bytes)) + std::string{separator} + name + std::string{end};
    return text;
}
inline std::string crcList(const NamedFiles& files)
{
    std::string text = "[CRC32 Checksum]\n";
    for (const auto& [name, bytes] : files) text += name + "=" + asciiUpper(crc32(bytesOf(bytes))) + "\n";
    return text;
}

/// The set as Segue delivers it: with CHECKSUM.MD5 and CHECKSUM.TXT.
inline NamedFiles segueSet(const SetShape& shape = {})
{
    NamedFiles files = buildSet(shape);
    const std::string md5s = md5List(files), crcs = crcList(files);
    files.emplace_back("CHECKSUM.MD5", md5s);
    files.emplace_back("CHECKSUM.TXT", crcs);
    return files;
}

/// The files as a folder "set" in memory.
inline void putSet(MemoryFileOps& ops, const NamedFiles& files, const Path& folder = "set")
{
    ops.addFolders(folder);
    for (const auto& [name, bytes] : files) ops.put(folder / name, std::string_view{bytes});
}

} // namespace segue::test
