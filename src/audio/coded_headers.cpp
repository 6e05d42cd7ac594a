#include "audio/container.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

std::string hexOf(std::string_view bytes)
{
    std::string text;
    for (const char c : bytes) {
        const auto value = static_cast<unsigned char>(c);
        text += hexDigits[value >> 4U];
        text += hexDigits[value & 15U];
    }
    return text;
}

std::unexpected<Error> oggCutShort(const HeaderBytes& in)
{
    return in.refuse("The file is cut short: its last page does not end the stream");
}

} // namespace

// RFC 9639, STREAMINFO: rate 20 bits, channels - 1 in 3, bits - 1 in 5, samples in 36 (0: unknown), MD5 in
// 128 (0: none).
Result<ContainerFacts> examineFlac(HeaderBytes& in, std::int64_t start)
{
    const auto head = in.at(start, 42);
    if (!head) return failure(head.error());
    if (head->size() < 42 || ((*head)[4] & 0x7F) != 0)
        return in.refuse("The file is cut short: not even the FLAC header is whole");
    const std::uint64_t packed = bigEndian(*head, 18, 8);
    const auto rate = static_cast<std::int64_t>(packed >> 44U);
    const auto channels = static_cast<std::int64_t>(packed >> 41U & 7U) + 1;
    const auto bits = static_cast<int>(packed >> 36U & 31U) + 1;
    const auto frames = static_cast<std::int64_t>(packed & 0xF'FFFF'FFFFU);
    if (auto s = acceptable(in, channels, rate); !s) return failure(std::move(s.error()));

    ContainerFacts facts{.format = {"FLAC", "PCM", bits}, .flacLength = start + 21};
    if (frames > 0) facts.frames = frames;
    const std::string_view md5 = std::string_view{*head}.substr(26, 16);
    if (md5.find_first_not_of('\0') != md5.npos) facts.checksum = StatedChecksum{hexOf(md5), bits};
    return facts;
}

// RFC 3533. The library believes the last page, decodes the first of several streams and stops at a page that
// is missing, all without a word; so every page is visited once.
Result<ContainerFacts> examineOgg(HeaderBytes& in)
{
    constexpr std::size_t headBytes = 27;
    constexpr unsigned beginsStream = 2, endsStream = 4;
    std::optional<std::uint64_t> stream;
    bool ended = false;
    for (std::int64_t at = 0; at < in.size();) {
        const auto page = in.at(at, headBytes + 255);
        if (!page) return failure(page.error());
        if (!page->starts_with("OggS"))
            return in.refuse(fmt::format("The file is damaged: its Ogg pages break off at byte {}", at));
        if (page->size() < headBytes) return oggCutShort(in);
        const auto flags = static_cast<unsigned>(littleEndian(*page, 5, 1));
        const std::uint64_t serial = littleEndian(*page, 14, 4);
        const std::size_t segments = static_cast<std::size_t>(littleEndian(*page, 26, 1));
        if (page->size() < headBytes + segments) return oggCutShort(in);
        if (ended || (stream && (serial != *stream || (flags & beginsStream) != 0)))
            return in.refuse("The file holds several Ogg streams; Segue reads files with one");
        stream = serial;
        std::int64_t body = 0;
        for (std::size_t i = 0; i < segments; ++i)
            body += static_cast<std::int64_t>(littleEndian(*page, headBytes + i, 1));
        at += static_cast<std::int64_t>(headBytes + segments) + body;
        if (at > in.size()) return oggCutShort(in);
        ended = (flags & endsStream) != 0;
    }
    if (!ended) return oggCutShort(in);
    return ContainerFacts{.format = {"Ogg", "", 0}};
}

// A first frame that holds no sound but a table, "Xing" (variable) or "Info" (constant bit rate): bit 0 of
// its flags says that a count of frames follows, bit 1 a count of bytes. Without it a length is a guess from
// the bit rate.
Result<ContainerFacts> examineMpeg(HeaderBytes& in, std::int64_t start)
{
    const auto frame = in.at(start, 4 + 2 + 32 + 16);
    if (!frame) return failure(frame.error());
    const std::string_view bytes{*frame};
    const auto bits = bigEndian(bytes, 0, 4);
    const bool version1 = (bits >> 19U & 3U) == 3, mono = (bits >> 6U & 3U) == 3;
    std::size_t table = 4;
    if (version1)
        table += mono ? 17 : 32;
    else
        table += mono ? 9 : 17;
    const auto hasTable = [&] {
        return bytes.size() >= table + 16 &&
               (bytes.substr(table, 4) == "Xing" || bytes.substr(table, 4) == "Info");
    };
    if (!hasTable()) table += 2; // behind a checksum
    const bool there = hasTable();
    if (!there || (bigEndian(bytes, table + 4, 4) & 1U) == 0)
        return in.refuse(
            "This MP3 file does not say how long it is (it has no Xing or Info header); convert it to WAV or "
            "FLAC first");
    if ((bigEndian(bytes, table + 4, 4) & 2U) != 0) {
        const auto promised = static_cast<std::int64_t>(bigEndian(bytes, table + 12, 4)),
                   present = in.size() - start;
        if (promised > present)
            return in.refuse(fmt::format("The file is cut short: its header promises {} bytes, {} are there",
                                         promised, present));
    }
    return ContainerFacts{.format = {"MP3", "MPEG audio", 0}};
}

} // namespace segue
