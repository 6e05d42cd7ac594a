#include "cli/measured_tables.h"

#include "core/text.h"
#include "core/time_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace segue::cli {

namespace {

using Json = nlohmann::ordered_json;

std::optional<double> valueOf(const std::optional<Highest>& h)
{
    if (!h) return {};
    return h->value;
}

std::string shown(std::optional<double> value, int decimals)
{
    if (!value) return "-";
    const std::string text = fmt::format("{:.{}f}", *value, decimals);
    // What rounds to nothing has no sign.
    return text.find_first_not_of("-0.") == std::string::npos && text.starts_with('-') ? text.substr(1)
                                                                                       : text;
}

std::string line(std::string_view number, std::string_view name, const SoundFigures& f, int nameWidth)
{
    return fmt::format(
        "{:>3}  {}  {:>9}  {:>6}  {:>5}  {:>6}  {:>6}  {:>6}  {:>6}  {:>5}  {:>5}  {:>5}  {:>5}\n", number,
        fitted(name, nameWidth), clockTime(f.length), shown(f.integrated, 1), shown(f.range, 1),
        shown(valueOf(f.momentary), 1), shown(valueOf(f.shortTerm), 1), shown(valueOf(f.truePeak), 2),
        shown(valueOf(f.samplePeak), 2), shown(f.plr, 1), shown(f.psr, 1), shown(f.crest, 1),
        shown(f.correlation, 2));
}

std::string placesOf(const MeasuredRow& row)
{
    constexpr std::size_t most = 5;
    std::string places;
    for (std::size_t i = 0; i < std::min(most, row.clipped.size()); ++i) {
        const ClippedRun& run = row.clipped[i];
        const char* const side = row.channels == 1 ? "" : run.channel == 0 ? " left" : " right";
        places += fmt::format("{}{} ({} samples{})", i == 0 ? "" : ", ",
                              clockTime(nearestDuration(run.begin - SamplePos{}, row.rate)),
                              run.length.value(), side);
    }
    if (row.figures.clippedRuns > std::int64_t{most}) places += " ...";
    return places;
}

std::string notesOf(const MeasuredRow& row, std::size_t number)
{
    const SoundFigures& f = row.figures;
    const std::string who = fmt::format("{:>3}  {}", number, escapedForDisplay(row.name));
    std::string notes;
    if (row.error) return fmt::format("{}: not measured: {}\n", who, escapedForDisplay(row.error->what));
    if (f.isBeyondMeasure)
        notes +=
            fmt::format("{}: no level, because it holds samples that are infinite or over 300 dBFS\n", who);
    else if (!f.truePeak)
        notes += fmt::format("{}: silence\n", who);
    else if (f.length < milliseconds(400))
        notes += fmt::format("{}: shorter than the 400 ms that a loudness takes\n", who);
    else if (!f.integrated)
        notes += fmt::format("{}: below the gate of -70 LUFS, so it has no loudness\n", who);
    if (f.clippedRuns > 0)
        notes += fmt::format("{}: {} at full scale for 3 samples or more{}: {}\n", who,
                             f.clippedRuns == 1 ? "one run" : fmt::format("{} runs", f.clippedRuns),
                             row.gain.isUnity() ? "" : ", before its gain", placesOf(row));
    if (f.truePeak && f.truePeak->value > 0)
        notes += fmt::format("{}: the true peak passes full scale at {}\n", who, clockTime(f.truePeak->at));
    if (f.notFinite > 0)
        notes += fmt::format("{}: {} (NaN or infinity); NaN counts as silence\n", who,
                             f.notFinite == 1 ? "one sample is not a number"
                                              : fmt::format("{} samples are not numbers", f.notFinite));
    return notes;
}

/// So that a text is not longer than the measurement is exact.
Json rounded(std::optional<double> value, double steps = 1e4)
{
    if (!value || !std::isfinite(*value)) return nullptr;
    return std::round(*value * steps) / steps + 0.0; // no -0
}
Json seconds(Duration length)
{
    return rounded(static_cast<double>(length.value()) / static_cast<double>(flicksPerSecond), 1e6);
}
Json placeOf(const std::optional<Highest>& h) { return h ? seconds(h->at) : Json(nullptr); }

void addFigures(Json& object, const SoundFigures& f)
{
    object["integrated_lufs"] = rounded(f.integrated);
    object["loudness_range_lu"] = rounded(f.range);
    object["max_momentary_lufs"] = rounded(valueOf(f.momentary));
    object["max_short_term_lufs"] = rounded(valueOf(f.shortTerm));
    object["true_peak_dbtp"] = rounded(valueOf(f.truePeak));
    object["sample_peak_dbfs"] = rounded(valueOf(f.samplePeak));
    object["plr_db"] = rounded(f.plr);
    object["dc_left"] = rounded(f.dc[0], 1e9);
    object["dc_right"] = rounded(f.dc[1], 1e9);
    object["correlation"] = rounded(f.correlation);
    object["clipped_runs"] = f.clippedRuns;
    object["duration_s"] = seconds(f.length);
    object["max_momentary_at_s"] = placeOf(f.momentary);
    object["max_short_term_at_s"] = placeOf(f.shortTerm);
    object["true_peak_at_s"] = placeOf(f.truePeak);
    object["sample_peak_at_s"] = placeOf(f.samplePeak);
    object["psr_db"] = rounded(f.psr);
    object["rms_dbfs"] = rounded(f.rms);
    object["crest_db"] = rounded(f.crest);
    object["balance_db"] = rounded(f.balance);
    for (const auto& [name, values] :
         {std::pair{"band_correlation", &f.bandCorrelation}, std::pair{"band_balance_db", &f.bandBalance}}) {
        Json bands = Json::array();
        for (const std::optional<double>& value : *values) bands.push_back(rounded(value));
        object[name] = std::move(bands);
    }
    object["head_silence_s"] = seconds(f.headSilence);
    object["tail_silence_s"] = seconds(f.tailSilence);
    object["noise_floor_dbfs"] = rounded(f.noiseFloor);
    object["not_finite_samples"] = f.notFinite;
}

} // namespace

std::string measuredText(const Measured& measured)
{
    int width = 20;
    for (const MeasuredRow& row : measured.tracks)
        width = std::max(width, std::min(40, displayWidth(escapedForDisplay(row.name))));
    std::string out = fmt::format(
        "{:>3}  {}  {:>9}  {:>6}  {:>5}  {:>6}  {:>6}  {:>6}  {:>6}  {:>5}  {:>5}  {:>5}  {:>5}\n", "No",
        fitted("Track", width), "Length", "LUFS", "LRA", "max M", "max S", "dBTP", "dBFS", "PLR", "PSR",
        "Crest", "Corr");
    std::string notes;
    for (std::size_t i = 0; i < measured.tracks.size(); ++i) {
        const MeasuredRow& row = measured.tracks[i];
        out += row.error ? fmt::format("{:>3}  {}  not measured\n", i + 1,
                                       fitted(escapedForDisplay(row.name), width))
                         : line(std::to_string(i + 1), escapedForDisplay(row.name), row.figures, width);
        notes += notesOf(row, i + 1);
    }
    if (measured.album.isBeyondMeasure && measured.tracks.size() > 1)
        notes += "     The whole has no level either\n";
    if (measured.tracks.size() > 1 || !measured.edition.empty())
        out += line("", measured.edition.empty() ? "all of them" : escapedForDisplay(measured.edition),
                    measured.album, width);
    if (measured.reference) out += "Loudness and peaks by libebur128.\n";
    if (!notes.empty()) out += "\n" + notes;
    return measured.streaming ? out + streamingText(*measured.streaming) : out;
}

std::string measuredJson(const Measured& measured)
{
    Json tracks = Json::array();
    for (std::size_t i = 0; i < measured.tracks.size(); ++i) {
        const MeasuredRow& row = measured.tracks[i];
        Json object{{"number", i + 1}, {"title", row.name}};
        object["file"] = row.source.empty() ? Json(nullptr) : Json(row.source);
        if (row.error) {
            object["error"] = {{"message", row.error->what}, {"where", row.error->where}};
            tracks.push_back(std::move(object));
            continue;
        }
        addFigures(object, row.figures);
        object["gain_db"] = rounded(row.gain.value());
        Json places = Json::array();
        for (const ClippedRun& run : row.clipped)
            places.push_back({{"at_s", seconds(nearestDuration(run.begin - SamplePos{}, row.rate))},
                              {"samples", run.length.value()},
                              {"channel", run.channel == 0 ? "left" : "right"}});
        object["clipped"] = std::move(places);
        tracks.push_back(std::move(object));
    }
    Json album = Json::object();
    addFigures(album, measured.album);
    Json object{{"ok", std::ranges::none_of(measured.tracks,
                                            [](const MeasuredRow& r) { return r.error.has_value(); })}};
    object["edition"] = measured.edition.empty() ? Json(nullptr) : Json(measured.edition);
    object["method"] = measured.reference ? "libebur128" : "segue";
    object["tracks"] = std::move(tracks);
    object["album"] = std::move(album);
    if (measured.streaming) object["streaming"] = Json::parse(streamingJson(*measured.streaming));
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace segue::cli
