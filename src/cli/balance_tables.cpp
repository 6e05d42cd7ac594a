#include "cli/balance_tables.h"

#include "core/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace segue::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr int widestTitle = 32;

std::string shown(std::optional<double> value, int decimals)
{
    return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}
// Without a "-0.00" for what is nothing.
std::string gainShown(double dB) { return std::fabs(dB) < 0.005 ? "0.00" : fmt::format("{:+.2f}", dB); }
Json rounded(std::optional<double> value)
{
    if (!value) return nullptr;
    return std::round(*value * 1e4) / 1e4 + 0.0;
}

std::size_t numberOf(const BalanceTable& table, TrackId track)
{
    return static_cast<std::size_t>(std::ranges::find(table.levels, track, &TrackLevel::track) -
                                    table.levels.begin()) +
           1;
}
bool isLosing(const BalanceTable& table, TrackId track)
{
    return std::ranges::find(table.losing, track) != table.losing.end();
}

} // namespace

std::string balanceText(const Album& album, const BalanceTable& table)
{
    int columns = 5;
    for (const TrackLevel& level : table.levels)
        columns = std::max(columns, displayWidth(displayTitle(*find(album, level.track))));
    columns = std::min(columns, widestTitle);
    std::string text =
        fmt::format("{:>3}  {}  {:>7}  {:>7}  {:>8}  {:>8}  {:>7}  {:>7}\n", "no", fitted("title", columns),
                    "LUFS", "offset", "balance", "new", "LUFS", "dBTP");
    for (std::size_t i = 0; i < table.levels.size(); ++i) {
        const TrackLevel& level = table.levels[i];
        const BalanceProposal::Row& row = table.proposal.rows[i];
        const Track& track = *find(album, level.track);
        text += fmt::format(
            "{:>3}  {}  {:>7}  {:>7}  {:>8}  {:>8}  {:>7}  {:>7}{}\n", i + 1,
            fitted(displayTitle(track), columns), shown(level.loudness, 1),
            track.wantedOffset.isUnity() ? "" : fmt::format("{:+.1f}", track.wantedOffset.value()),
            gainShown(row.before.value()), gainShown(row.after.value()), shown(row.loudness, 1),
            shown(row.truePeak, 1), isLosing(table, level.track) ? "  no longer copied bit for bit" : "");
    }
    const BalanceProposal& p = table.proposal;
    text += fmt::format("Target {:.1f} LUFS, ceiling {:.1f} dBTP", p.target, p.ceiling);
    if (p.binding) {
        const std::string title = escapedForDisplay(displayTitle(*find(album, *p.binding)));
        text += p.moved.value() < 0
                    ? fmt::format("; the whole album is {:.2f} dB lower, because track {} \"{}\" would pass "
                                  "the ceiling",
                                  -p.moved.value(), numberOf(table, *p.binding), title)
                    : fmt::format("; nearest to it: track {} \"{}\"", numberOf(table, *p.binding), title);
    }
    return text + "\n";
}

std::string balanceJson(const Album& album, const BalanceTable& table)
{
    const BalanceProposal& p = table.proposal;
    Json tracks = Json::array();
    for (std::size_t i = 0; i < table.levels.size(); ++i) {
        const TrackLevel& level = table.levels[i];
        const BalanceProposal::Row& row = p.rows[i];
        const Track& track = *find(album, level.track);
        tracks.push_back({{"number", i + 1},
                          {"title", displayTitle(track)},
                          {"loudness_lufs", rounded(level.loudness)},
                          {"wanted_offset_lu", rounded(track.wantedOffset.value())},
                          {"balance_before_db", rounded(row.before.value())},
                          {"balance_db", rounded(row.after.value())},
                          {"loudness_after_lufs", rounded(row.loudness)},
                          {"true_peak_after_dbtp", rounded(row.truePeak)},
                          {"loses_exact_copy", isLosing(table, level.track)}});
    }
    const Json object{{"ok", true},
                      {"mode", table.mode},
                      {"target_lufs", rounded(p.target)},
                      {"ceiling_dbtp", rounded(p.ceiling)},
                      {"album_moved_db", rounded(p.moved.value())},
                      {"binding_track", p.binding ? Json(numberOf(table, *p.binding)) : Json(nullptr)},
                      {"tracks", std::move(tracks)},
                      {"applied", table.applied}};
    return object.dump(2) + "\n";
}

} // namespace segue::cli
