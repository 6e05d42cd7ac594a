#include "deliver/side_report.h"

#include "deliver/report_parts.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace segue {

namespace {

using Json = nlohmann::ordered_json;

std::string fingerprintOf(const SideReport& r, const Source& source)
{
    const auto checked = r.sources.find(source.id);
    return checked == r.sources.end() ? source.fingerprint.xxh3 : checked->second.measured.fingerprint.xxh3;
}

Json sideJson(const DeliveredSide& side)
{
    Json tracks = Json::array();
    for (std::size_t i = 0; i < side.plan.tracks.size(); ++i) {
        const SideTrack& t = side.plan.tracks[i];
        Json spans = Json::array();
        for (const ReportedSpan& s : spansOfEntry(side.rendering, i))
            spans.push_back({{"first_sample", s.begin.value()},
                             {"end_sample", s.end.value()},
                             {"audio", spanKindName(s.kind)},
                             {"why", describe(s.reason)}});
        Json over = Json::object();
        for (const Overs& o : side.outcome.overs)
            if (o.entry == i) over = {{"beyond", o.beyond}, {"slight", o.slight}, {"peak", o.peak}};
        tracks.push_back({{"name", t.name},
                          {"title", t.title},
                          {"isrc", t.isrc},
                          {"start_sample", t.start.value()},
                          {"end_sample", t.end.value()},
                          {"start", sideTime(t.start, side.plan.rate)},
                          {"end", sideTime(t.end, side.plan.rate)},
                          {"band_before", t.band},
                          {"rendering", std::move(spans)},
                          {"overs", std::move(over)}});
    }
    return {{"side", side.plan.name},
            {"file", side.plan.file},
            {"md5", side.file.md5},
            {"rate", side.plan.rate.hertz()},
            {"bits", 24},
            {"samples", side.plan.length.value()},
            {"true_peak_dbtp", side.truePeak ? Json(*side.truePeak) : Json(nullptr)},
            {"resampler", side.outcome.resampler},
            {"tracks", std::move(tracks)}};
}

// What the findings about the cut rest on.
Json predictedWith(const vinyl::VinylPlan& plan)
{
    return {{"inches", inches(plan.wish.format.size)},
            {"rpm", vinyl::perMinute(plan.wish.format.speed)},
            {"lathe", plan.wish.lathe.name},
            {"plant", plan.wish.plant ? Json(plan.wish.plant->name) : Json(nullptr)},
            {"reference_dbfs", plan.wish.reference.dbfs},
            {"cutting_gain_db", plan.gain}};
}
std::string predictedWithText(const vinyl::VinylPlan& plan)
{
    return fmt::format("{}\" at {} rpm, lathe {}, reference {:g} dBFS (assumed), cut at {:+.2f} dB",
                       inches(plan.wish.format.size),
                       plan.wish.format.speed == vinyl::Speed::rpm33 ? "33 1/3" : "45", plan.wish.lathe.name,
                       plan.wish.reference.dbfs, plan.gain);
}

} // namespace

std::vector<std::pair<std::string, std::string>> treatmentOf(const SideExportOptions& options,
                                                             SampleRate rate)
{
    std::vector<std::pair<std::string, std::string>> done;
    done.emplace_back(
        "Files", fmt::format("24 bit, {} Hz; what is exactly 24 bit was copied, the rest {}", rate.hertz(),
                             options.dither == Dither::none ? "rounded without dither"
                                                            : "dithered (TPDF, \u00b11 LSB of 24 bits)"));
    done.emplace_back("Gain", options.gain.isUnity()
                                  ? std::string{"none"}
                                  : fmt::format("{:+.2f} dB on all sides alike", options.gain.value()));
    done.emplace_back("Elliptical", options.elliptical
                                        ? fmt::format("APPLIED on all sides: order {}, {:g} Hz",
                                                      options.elliptical->order, options.elliptical->corner)
                                        : std::string{"none applied"});
    return done;
}

std::string sideReportJson(const SideReport& r)
{
    Json sources = Json::array(), sides = Json::array(), files = Json::array(), findings = Json::array();
    for (const SourceId id : usedSources(r.album, r.record)) {
        const Source& s = *find(r.album, id);
        sources.push_back({{"file", reportedName(s.path)},
                           {"rate", s.rate.hertz()},
                           {"channels", s.channels},
                           {"samples", s.length.value()},
                           {"container", s.format.container},
                           {"encoding", s.format.encoding},
                           {"bits", s.format.bits},
                           {"xxh3", fingerprintOf(r, s)}});
    }
    for (const DeliveredSide& side : r.outcome.sides) sides.push_back(sideJson(side));
    for (const DeliveredFile& f : r.outcome.files)
        files.push_back({{"name", f.name}, {"size", f.size}, {"md5", f.md5}});
    for (const Finding& f : r.outcome.findings)
        findings.push_back({{"level", name(f.level)},
                            {"rule", f.rule},
                            {"where", placeInReport(f.where)},
                            {"message", f.message},
                            {"overridden", f.overridden}});
    const SideExportOptions& o = r.options;
    const Json report{
        {"report", reportKind},
        {"version", 1},
        {"delivers", "side files"},
        {"program", fmt::format("segue {}", SEGUE_VERSION)},
        {"album", o.albumName},
        {"edition", r.record.name},
        {"title", r.album.info.texts.title.value_or("")},
        {"performer", r.album.info.texts.performer.value_or("")},
        {"catalog", r.album.info.catalog},
        {"settings",
         {{"gain_db", o.gain.value()},
          {"elliptical",
           o.elliptical ? Json{{"order", o.elliptical->order}, {"hz", o.elliptical->corner}} : Json(nullptr)},
          {"dither", name(o.dither)},
          {"seed", o.seed},
          {"lead_in_flicks", o.leadIn.value()},
          {"tail_flicks", o.tail.value()},
          {"pattern", o.pattern},
          {"allowed", o.allow}}},
        {"predicted_with", predictedWith(r.outcome.plan)},
        {"sources", std::move(sources)},
        {"sides", std::move(sides)},
        {"files", std::move(files)},
        {"findings", std::move(findings)}};
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string sideReportText(const SideReport& r)
{
    std::string text = "DELIVERY REPORT: SIDE FILES\n\n";
    const auto line = [&](std::string_view label, std::string_view value) {
        if (!value.empty()) text += fmt::format("{:<16}{}\n", label, value);
    };
    line("Album", r.options.albumName);
    line("Title", r.album.info.texts.title.value_or(""));
    line("Performer", r.album.info.texts.performer.value_or(""));
    line("Catalogue", r.album.info.catalog);
    line("Edition", r.record.name);
    for (const auto& [label, value] : treatmentOf(r.options, r.outcome.sides.front().plan.rate))
        line(label, value);
    line("Predicted with", predictedWithText(r.outcome.plan));
    line("Program", fmt::format("segue {}", SEGUE_VERSION));
    text +=
        "\nPROVEN\n"
        "Every file was written, brought to the disk, read back and compared. The audio on the disk is the\n"
        "rendered stream, block by block and, read as sound by another reader, sample by sample. Length,\n"
        "marks and labels as read back are those of the plan.\n"
        "\nSOURCES\n";
    for (const SourceId id : usedSources(r.album, r.record)) {
        const Source& s = *find(r.album, id);
        text += fmt::format("{}  {} Hz, {} ch, {} {} bit  {}\n", fingerprintOf(r, s), s.rate.hertz(),
                            s.channels, s.format.encoding, s.format.bits, reportedName(s.path));
    }
    for (const DeliveredSide& side : r.outcome.sides) {
        text += fmt::format("\nSIDE {}\n", side.plan.name);
        line("File", side.plan.file);
        line("MD5", side.file.md5);
        line("Length",
             fmt::format("{} ({} samples at {} Hz)", sideTime(SamplePos{} + side.plan.length, side.plan.rate),
                         side.plan.length.value(), side.plan.rate.hertz()));
        line("True peak", side.truePeak ? fmt::format("{:+.1f} dBTP", *side.truePeak) : "silence");
        line("Resampler", side.outcome.resampler);
        for (std::size_t i = 0; i < side.plan.tracks.size(); ++i) {
            text += fmt::format("\n{} {}\n", side.plan.tracks[i].name, side.plan.tracks[i].title);
            for (const ReportedSpan& s : spansOfEntry(side.rendering, i))
                text += fmt::format("   {} - {}  {}{}{}\n", sideTime(s.begin, side.plan.rate),
                                    sideTime(s.end, side.plan.rate), spanKindName(s.kind),
                                    s.reason == SpanReason::none ? "" : ": ",
                                    s.reason == SpanReason::none ? "" : describe(s.reason));
        }
    }
    text += "\nFILES\n";
    for (const DeliveredFile& f : r.outcome.files)
        text += fmt::format("{}  {:>11}  {}\n", f.md5, f.size, f.name);
    text += "\nFINDINGS\n";
    if (r.outcome.findings.empty()) text += "none\n";
    for (const Finding& f : r.outcome.findings)
        text += fmt::format("{}{}  {}: {} ({})\n", name(f.level), f.overridden ? ", allowed" : "",
                            placeInReport(f.where), f.message, f.rule);
    return text;
}

} // namespace segue
