#include "cli/streaming_tables.h"

#include "app/cache_folder.h"
#include "core/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>

namespace segue::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t largestRules = 1 << 20;

// "-5.2", "+3.0 held by peaks", "not published".
std::string words(const std::optional<StreamedGain>& gain)
{
    if (!gain) return "-";
    std::string text = std::fabs(gain->gain) < 0.05 ? "0.0" : fmt::format("{:+.1f}", gain->gain);
    if (gain->heldByPeak) text += " *";
    if (gain->limited) text += " L";
    if (gain->mayBeRaised) text = "0.0 ?";
    return text;
}

double rounded(double value) { return std::round(value * 1e4) / 1e4 + 0.0; }

Json json(const std::optional<StreamedGain>& gain)
{
    if (!gain) return nullptr;
    return {{"gain_db", rounded(gain->gain)},
            {"loudness_lufs", rounded(gain->loudness)},
            {"held_by_peak", gain->heldByPeak},
            {"limited", gain->limited},
            {"may_be_raised", gain->mayBeRaised}};
}

} // namespace

Result<StreamingTable> streamingRules(FileOps& files)
{
    const Path folder = configFolder();
    const Path own = folder.empty() ? Path{} : folder / "services.conf";
    const auto there =
        own.empty() ? SystemResult<FileStat>{std::unexpected{SystemError{ENOENT}}} : files.stat(own);
    if (!there) return StreamingTable{.rules = builtInServiceRules(), .rulesFrom = "built in"};
    const auto text = readTextFile(files, own, largestRules);
    if (!text) return failure(text.error());
    auto rules = parseServiceRules(*text, own.string());
    if (!rules) return failure(rules.error());
    return StreamingTable{.rules = std::move(*rules), .rulesFrom = own.string()};
}

std::string streamingText(const StreamingTable& table)
{
    int width = 20;
    for (const std::string& name : table.names)
        width = std::max(width, std::min(40, displayWidth(escapedForDisplay(name))));
    constexpr int column = 17;
    std::vector<StreamedAlbum> albums;
    std::string head = fmt::format("\n{:>3}  {}", "", fitted("Streaming, dB", width));
    for (const ServiceRule& rule : table.rules) {
        albums.push_back(streamedAsAlbum(rule, table.tracks, table.album));
        const std::string name = escapedForDisplay(rule.name);
        head += "  " + std::string(static_cast<std::size_t>(std::max(0, column - displayWidth(name))), ' ') +
                (displayWidth(name) > column ? fitted(name, column) : name);
    }
    std::string text = head + "\n";
    bool held = false, limited = false, raised = false;
    for (std::size_t i = 0; i < table.tracks.size(); ++i) {
        text += fmt::format("{:>3}  {}", i + 1, fitted(escapedForDisplay(table.names[i]), width));
        for (std::size_t r = 0; r < table.rules.size(); ++r) {
            const auto alone = streamedAlone(table.rules[r], table.tracks[i]);
            const auto inAlbum = albums[r].tracks.empty() ? std::nullopt : albums[r].tracks[i];
            const std::string album = albums[r].tracks.empty() ? "" : words(inAlbum) + " / ";
            text += fmt::format("  {:>{}}", album + words(alone), column);
            for (const auto& gain : {alone, inAlbum})
                if (gain) {
                    held = held || gain->heldByPeak;
                    limited = limited || gain->limited;
                    raised = raised || gain->mayBeRaised;
                }
        }
        text += "\n";
    }
    text +=
        "Played as an album / in shuffle; one figure: in shuffle, and what an album gets is not published.\n";
    if (held) text += "*: it would be turned up further, but for its peaks.\n";
    if (limited) text += "L: its peaks go into the service's limiter.\n";
    if (raised) text += "?: softer than the target; whether it is turned up is not published.\n";
    text += fmt::format("Rules: {}\n", escapedForDisplay(table.rulesFrom));
    for (const ServiceRule& rule : table.rules)
        text += fmt::format("  {}: {:.0f} LUFS, {}, {} ({})\n", escapedForDisplay(rule.name), rule.target,
                            rule.official ? "by its own account" : "as reported",
                            escapedForDisplay(rule.source), rule.seen);
    return text;
}

std::string streamingJson(const StreamingTable& table)
{
    Json services = Json::array();
    for (const ServiceRule& rule : table.rules) {
        const StreamedAlbum album = streamedAsAlbum(rule, table.tracks, table.album);
        Json tracks = Json::array();
        for (std::size_t i = 0; i < table.tracks.size(); ++i)
            tracks.push_back({{"as_album", album.tracks.empty() ? Json(nullptr) : json(album.tracks[i])},
                              {"in_shuffle", json(streamedAlone(rule, table.tracks[i]))}});
        services.push_back({{"id", rule.id},
                            {"name", rule.name},
                            {"target_lufs", rule.target},
                            {"seen", rule.seen},
                            {"source", rule.source},
                            {"standing", rule.official ? "official" : "reported"},
                            {"album", json(album.whole)},
                            {"tracks", std::move(tracks)}});
    }
    return services.dump(2);
}

} // namespace segue::cli
