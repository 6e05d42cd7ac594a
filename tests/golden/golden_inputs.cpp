#include "golden/golden_inputs.h"

#include "core/hash.h"
#include "core/text.h"
#include "ddp/cd_text_packs.h"
#include "support/test_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <functional>
#include <set>
#include <stdexcept>

namespace segue::test {

namespace {

using nlohmann::json;
using Bytes = std::string;

constexpr std::array textKinds{"title", "performer", "songwriter", "composer", "arranger", "message"};

std::string msf(int n) { return fmt::format("{:02}:{:02}:{:02}", n / 4500, n / 75 % 60, n % 75); }

void append(Bytes& bytes, std::uint64_t value, int count)
{
    for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
}

/// Stereo frame i as a little-endian 32-bit word: left in the low half.
Bytes audioOf(const json& c)
{
    const auto count = c["wav_frames"].get<std::uint32_t>();
    const std::string kind = c["audio_content"];
    Bytes pcm;
    pcm.reserve(std::size_t{count} * 4);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t word = kind == "ramp"        ? i
                                   : kind == "dual-mono" ? (i & 0xFFFFU) * 0x10001U
                                                         : i & 0xFF00'FF00U;
        append(pcm, word, 4);
    }
    return pcm;
}

std::int16_t sampleAt(const Bytes& pcm, std::size_t i)
{
    std::int16_t value = 0;
    std::memcpy(&value, pcm.data() + 2 * i, 2);
    return value;
}

Bytes chunk(const char* name, const Bytes& body)
{
    Bytes bytes = name;
    append(bytes, body.size(), 4);
    return bytes + body + (body.size() % 2 != 0 ? Bytes(1, '\0') : Bytes{});
}

struct Fmt {
    int tag = 1, channels = 2, rate = 44100, bits = 16;
    bool extensible = false;
};
Bytes fmtChunk(const Fmt& f)
{
    const int align = f.channels * f.bits / 8;
    Bytes body;
    append(body, f.extensible ? 0xFFFEU : static_cast<unsigned>(f.tag), 2);
    for (const auto& [value, size] :
         {std::pair{f.channels, 2}, {f.rate, 4}, {f.rate * align, 4}, {align, 2}, {f.bits, 2}})
        append(body, static_cast<std::uint64_t>(value), size);
    if (f.extensible) {
        for (const auto& [value, size] : {std::pair{22, 2}, {f.bits, 2}, {3, 4}, {f.tag, 2}})
            append(body, static_cast<std::uint64_t>(value), size);
        for (const int b : {0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71})
            body += static_cast<char>(b);
    }
    return chunk("fmt ", body);
}

Bytes riff(const Bytes& body, bool sizeZero = false)
{
    Bytes bytes = "RIFF";
    append(bytes, sizeZero ? 0 : 4 + body.size(), 4);
    return bytes + "WAVE" + body;
}

Bytes mapped(const Bytes& pcm, const std::function<void(Bytes&, std::int16_t)>& each, std::size_t step = 1)
{
    Bytes out;
    for (std::size_t i = 0; i < pcm.size() / 2; i += step) each(out, sampleAt(pcm, i));
    return out;
}

Bytes wavOf(const Bytes& pcm, const std::string& container)
{
    const auto widened = [&](char low) {
        return mapped(pcm, [low](Bytes& out, std::int16_t v) {
            out += low;
            append(out, static_cast<std::uint16_t>(v), 2);
        });
    };
    if (container == "plain") return riff(fmtChunk({}) + chunk("data", pcm));
    if (container == "extensible-16") return riff(fmtChunk({.extensible = true}) + chunk("data", pcm));
    if (container == "data-before-fmt") return riff(chunk("data", pcm) + fmtChunk({}));
    if (container == "extra-chunks") {
        Bytes list = "INFOISFT";
        append(list, 4, 4);
        list += Bytes("abc\0", 4);
        return riff(chunk("LIST", list) + fmtChunk({}) + chunk("junk", "xyz") + chunk("data", pcm) +
                    chunk("id3 ", "odd"));
    }
    if (container == "odd-data-size") return riff(fmtChunk({}) + chunk("data", pcm + "\1\2"));
    if (container == "mono-16")
        return riff(
            fmtChunk({.channels = 1}) +
            chunk("data",
                  mapped(
                      pcm, [](Bytes& out, std::int16_t v) { append(out, static_cast<std::uint16_t>(v), 2); },
                      2)));
    if (container == "24bit-exact") return riff(fmtChunk({.bits = 24}) + chunk("data", widened('\0')));
    if (container == "24bit-inexact") return riff(fmtChunk({.bits = 24}) + chunk("data", widened('\1')));
    if (container == "float-exact")
        return riff(fmtChunk({.tag = 3, .bits = 32}) +
                    chunk("data", mapped(pcm, [](Bytes& out, std::int16_t v) {
                              append(out, std::bit_cast<std::uint32_t>(static_cast<float>(v) / 32768.0F), 4);
                          })));
    if (container == "48k") return riff(fmtChunk({.rate = 48000}) + chunk("data", pcm));
    if (container == "8bit")
        return riff(fmtChunk({.bits = 8}) + chunk("data", mapped(pcm, [](Bytes& out, std::int16_t v) {
                                                      out += static_cast<char>((v >> 8) + 128);
                                                  })));
    if (container == "no-data") return riff(fmtChunk({}));
    if (container == "riff-size-zero") return riff(fmtChunk({}) + chunk("data", pcm), true);
    if (container == "data-size-max") return riff(fmtChunk({}) + "data" + Bytes(4, '\xFF') + pcm);
    throw std::runtime_error("no such container: " + container);
}

Bytes encoded(const std::string& utf8, const std::string& encoding)
{
    if (encoding == "utf-8") return utf8;
    Bytes latin1;
    for (const char32_t c : toCodePoints(utf8)) {
        if (c > 0xFF) throw std::runtime_error("not Latin-1: " + utf8);
        latin1 += static_cast<char>(c);
    }
    return latin1;
}

std::string textOr(const json& object, const char* key)
{
    return object.contains(key) && !object[key].is_null() ? object[key].get<std::string>() : "";
}
bool has(const json& object, const char* key) { return object.contains(key) && !object[key].is_null(); }

/// Packs as cue2ddp makes them from a cue sheet's texts.
Bytes packFile(const json& c, const GoldenCases& all)
{
    const json& f = c["cdtext_file"];
    const bool named = f.contains("texts_of");
    const json& from = all.byId(named ? f["texts_of"] : f["same_packs_as"]);
    ddp::CdTextBlock block;
    const auto take = [&](const json& object) {
        Texts texts;
        for (std::size_t k = 0; k < (named ? 6U : 3U); ++k)
            if (has(object, textKinds[k])) texts[allTextFields[k]] = textOr(object, textKinds[k]);
        return texts;
    };
    block.disc = take(from["disc"]);
    for (const json& track : from["tracks"]) block.tracks.push_back(take(track));
    const auto packs = ddp::encodePacks({.blocks = {block}});
    if (!packs) throw std::runtime_error(packs.error().what);
    Bytes bytes(reinterpret_cast<const char*>(packs->data()), packs->size());
    if (f["format"].get<std::string>().starts_with("4")) {
        Bytes header;
        for (int i = 3; i >= 0; --i) header += static_cast<char>(bytes.size() >> (8 * i));
        bytes = header + bytes;
    }
    return bytes;
}

/// The cue sheet's lines before the case's way of writing is applied.
class CueLines {
public:
    CueLines(const json& c) : case_{c}, syntax_{c.value("cue_syntax", "")}
    {
        if (c.contains("cue_titles_written"))
            for (int i = 0; i < 2; ++i)
                written_.push_back(
                    c["cue_titles_written"][static_cast<std::size_t>(i)].is_null()
                        ? ""
                        : c["cue_titles_written"][static_cast<std::size_t>(i)].get<std::string>());
        else
            written_ = {"", ""};
    }

    std::vector<std::string> make()
    {
        if (has(case_, "cdtext_file")) add("CDTEXTFILE \"in.cdt\"");
        const bool inTrack = syntax_ == "catalog-in-track";
        const std::string upc = textOr(case_["disc"], "upc");
        if (!upc.empty() && !inTrack) add("CATALOG " + upc);
        texts(case_["disc"], "", written_[0]);
        const std::string type = case_["file_type"];
        main_ = std::string{"audio."} + (type == "WAVE" ? "wav" : type == "BINARY" ? "bin" : "mot");
        for (std::size_t i = 0; i < case_["tracks"].size(); ++i) {
            const json& t = case_["tracks"][i];
            const std::string own = t.value("file", main_);
            const std::string pauseFile = t.value("index00_file", own);
            use(pauseFile);
            add(fmt::format("  TRACK {:02} AUDIO", i + 1));
            if (inTrack) add("    CATALOG " + upc);
            texts(t, "    ", written_[1]);
            if (has(t, "isrc")) add("    ISRC " + textOr(t, "isrc"));
            flags(case_.contains("cue_flags_ignored") ? case_["cue_flags_ignored"] : t["flags"]);
            if (has(t, "pregap")) add("    PREGAP " + msf(t["pregap"]));
            if (has(t, "index00")) add("    INDEX 00 " + msf(t["index00"]));
            if (pauseFile != own) use(own);
            for (std::size_t k = 0; k < t["indexes"].size(); ++k) {
                const int number =
                    t.contains("index_numbers") ? t["index_numbers"][k].get<int>() : static_cast<int>(k + 1);
                add(fmt::format("    INDEX {:02} {}", number, msf(t["indexes"][k])));
            }
            if (has(t, "postgap")) add("    POSTGAP " + msf(t["postgap"]));
        }
        return lines_;
    }

private:
    void add(std::string line) { lines_.push_back(std::move(line)); }
    void texts(const json& object, const std::string& indent, const std::string& instead)
    {
        for (const char* kind : textKinds) {
            if (!has(object, kind)) continue;
            const std::string text = instead.empty() ? textOr(object, kind) : instead;
            add(indent + asciiUpper(kind) + " " + (syntax_ == "unquoted-title" ? text : '"' + text + '"'));
        }
    }
    void flags(const json& list)
    {
        if (list.empty()) return;
        std::string line = "    FLAGS";
        for (const json& flag : list) line += " " + flag.get<std::string>();
        add(line);
    }
    void use(const std::string& name)
    {
        if (current_ == name && case_["id"] != "038") return;
        const std::string type = name.ends_with(".bin") ? "BINARY" : case_["file_type"].get<std::string>();
        add("FILE " + (syntax_ == "unquoted-file" ? name : '"' + name + '"') + " " + type);
        current_ = name;
    }

    const json& case_;
    std::string syntax_, main_, current_;
    std::vector<std::string> written_, lines_;
};

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

Bytes cueOf(const json& c)
{
    std::vector<std::string> lines = CueLines{c}.make();
    const std::string syntax = c.value("cue_syntax", "");
    std::vector<std::string> out;
    if (syntax == "rem") out.emplace_back("REM GENRE Test");
    if (syntax == "blank-lines") out.emplace_back("");
    for (std::string line : lines) {
        if (syntax == "tabs")
            line = replaced(replaced(replaced(line, "    ", "\t\t"), "  ", "\t"), " ", "\t ") + "  ";
        if (syntax == "short-numbers")
            line = replaced(replaced(line, "TRACK 0", "TRACK "), "INDEX 01 00:", "INDEX 1 0:");
        out.push_back(line + (syntax == "blank-lines" ? "   " : ""));
        if (syntax == "rem") out.emplace_back("    REM note");
        if (syntax == "blank-lines") out.emplace_back("");
    }
    std::string text;
    for (const std::string& line : out) text += line + (syntax == "crlf" ? "\r\n" : "\n");
    if (syntax == "lowercase") text = asciiLower(text);
    return (syntax == "bom" ? "\xEF\xBB\xBF" : "") + encoded(text, c.value("text_encoding", "latin-1"));
}

void put(const Path& path, const Bytes& bytes)
{
    std::ofstream out{path, std::ios::binary};
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out) throw std::runtime_error("could not write " + path.string());
}

} // namespace

const json& GoldenCases::byId(const std::string& id) const
{
    for (const json& c : cases)
        if (c["id"] == id) return c;
    throw std::runtime_error("no case " + id);
}

GoldenCases loadGoldenCases()
{
    std::ifstream in{testData("golden/vectors.json")};
    return {json::parse(in)["cases"]};
}

void writeGoldenInput(const json& c, const GoldenCases& all, const Path& folder)
{
    put(folder / "input.cue", cueOf(c));
    if (has(c, "cdtext_file")) put(folder / "in.cdt", packFile(c, all));
    if (c["wav_frames"].is_null()) return;
    const Bytes pcm = audioOf(c);
    std::set<std::string> names;
    const std::string type = c["file_type"];
    for (const json& t : c["tracks"])
        names.insert(t.value("file", std::string{"audio."} + (type == "WAVE"     ? "wav"
                                                              : type == "BINARY" ? "bin"
                                                                                 : "mot")));
    std::size_t at = 0;
    for (const std::string& name : names) {
        constexpr std::size_t tenSeconds = 750 * 2352;
        const std::size_t extra = at == 0 ? 4 * c["wav_extra_frames"].get<std::size_t>() : 0;
        const std::size_t length = names.size() == 1 ? pcm.size() : tenSeconds + extra;
        Bytes part = pcm.substr(at, length);
        at += length;
        if (name.ends_with(".wav"))
            put(folder / name, wavOf(part, c.value("container", "plain")));
        else if (name.ends_with(".mot")) {
            for (std::size_t i = 0; i + 1 < part.size(); i += 2) std::swap(part[i], part[i + 1]);
            put(folder / name, part);
        } else {
            put(folder / name, part + Bytes(c.value("trailing_bytes", 0U), '\0'));
        }
    }
}

} // namespace segue::test
