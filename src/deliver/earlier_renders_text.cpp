#include "deliver/earlier_renders.h"

#include "core/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <bit>
#include <iterator>

namespace segue {

namespace {

using Json = nlohmann::json;

constexpr int version = 3;

std::string sealOf(const std::string& content)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytesOf(content));
    return hasher->finish();
}

} // namespace

// The first line is a hash of all that follows: what a crash or a bad disk left is then no description.
std::string textOf(const RenderedImage& image)
{
    Json parts = Json::array();
    for (const auto& part : image.parts)
        parts.push_back({part.key, part.begin.value(), part.end.value(), part.overs.slight, part.overs.beyond,
                         std::bit_cast<std::uint64_t>(part.overs.peak), part.overs.firstBeyond.value()});
    // Ten thousand and more: one text instead of as many objects.
    std::string blocks;
    blocks.reserve(image.blocks.size() * 40);
    for (const auto& block : image.blocks)
        fmt::format_to(std::back_inserter(blocks), "{} {};", block.length, block.hash);
    Json sources = Json::array();
    for (const KnownFile& file : image.sources)
        sources.push_back({file.fingerprint.xxh3, file.fingerprint.sixteenBitExact,
                           std::bit_cast<std::uint64_t>(file.peak), file.size, file.hash});
    const FileStat& s = image.stat;
    const Json all{
        {"version", version},
        {"path", image.path.string()},
        {"stat", {s.size, s.modifiedNanoseconds, s.changedNanoseconds, s.device, s.inode, s.mode, s.group}},
        {"md5", image.md5},
        {"parts", std::move(parts)},
        {"sources", std::move(sources)},
        {"blocks", std::move(blocks)}};
    const std::string content = all.dump() + "\n";
    return sealOf(content) + "\n" + content;
}

std::optional<RenderedImage> renderedImageOf(std::string_view text)
{
    const std::size_t line = text.find('\n');
    if (line == std::string_view::npos) return std::nullopt;
    const std::string content{text.substr(line + 1)};
    if (text.substr(0, line) != sealOf(content)) return std::nullopt;
    try {
        const Json all = Json::parse(content);
        if (all.at("version") != version) return std::nullopt;
        RenderedImage image{.path = all.at("path").get<std::string>(), .md5 = all.at("md5")};
        const Json& s = all.at("stat");
        image.stat = {.type = FileStat::Type::regular,
                      .size = s.at(0),
                      .modifiedNanoseconds = s.at(1),
                      .changedNanoseconds = s.at(2),
                      .device = s.at(3),
                      .inode = s.at(4),
                      .mode = s.at(5),
                      .group = s.at(6)};
        for (const Json& p : all.at("parts"))
            image.parts.push_back({.key = p.at(0),
                                   .begin = SamplePos{p.at(1).get<std::int64_t>()},
                                   .end = SamplePos{p.at(2).get<std::int64_t>()},
                                   .overs = {.slight = p.at(3),
                                             .beyond = p.at(4),
                                             .peak = std::bit_cast<double>(p.at(5).get<std::uint64_t>()),
                                             .firstBeyond = SamplePos{p.at(6).get<std::int64_t>()}}});
        for (const Json& f : all.at("sources"))
            image.sources.push_back({.fingerprint = {.xxh3 = f.at(0), .sixteenBitExact = f.at(1)},
                                     .peak = std::bit_cast<double>(f.at(2).get<std::uint64_t>()),
                                     .size = f.at(3),
                                     .hash = f.at(4)});
        std::string_view blocks = all.at("blocks").get_ref<const std::string&>();
        for (std::int64_t at = 0; !blocks.empty(); at += image.blocks.back().length) {
            const std::size_t space = blocks.find(' '), end = blocks.find(';');
            if (space == std::string_view::npos || end == std::string_view::npos || space > end) return {};
            const auto length = parseInteger(blocks.substr(0, space));
            if (!length || *length <= 0) return std::nullopt;
            image.blocks.push_back({at, *length, std::string{blocks.substr(space + 1, end - space - 1)}});
            blocks.remove_prefix(end + 1);
        }
        return image;
    } catch (const Json::exception&) {
        return std::nullopt; // sealed and yet not ours: another version
    }
}

} // namespace segue
