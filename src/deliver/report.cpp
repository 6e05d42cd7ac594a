#include "deliver/report.h"

#include "core/text.h"
#include "core/time_text.h"
#include "deliver/report_parts.h"
#include "deliver/second_opinion.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace segue {

namespace {

using Json = nlohmann::ordered_json;

Json findingsJson(const Findings& findings)
{
    Json all = Json::array();
    for (const Finding& f : findings)
        all.push_back({{"level", name(f.level)},
                       {"rule", f.rule},
                       {"where", placeInReport(f.where)},
                       {"message", f.message},
                       {"overridden", f.overridden},
                       {"accepted", f.accepted ? Json(*f.accepted) : Json(nullptr)}});
    return all;
}

Json settingsJson(const DdpExportOptions& options)
{
    return {{"profile", options.disc.profile == ddp::Profile::standard ? "standard" : "cue2ddp"},
            {"cd_text", options.disc.cdText},
            {"substitute", options.disc.substitute},
            {"dither", name(options.render.dither)},
            {"dither_description", describe(options.render.dither)},
            {"seed", options.render.seed},
            {"dither_whole_tracks", options.render.ditherWholeTracks},
            {"second_render", options.secondRender},
            {"allowed", options.allow}};
}

Json sourcesJson(const Album& album, const Edition& edition, const CheckedSources& sources)
{
    Json all = Json::array();
    for (const SourceId id : usedSources(album, edition)) {
        const Source& s = *find(album, id);
        const auto checked = sources.find(id);
        all.push_back({{"file", reportedName(s.path)},
                       {"rate", s.rate.hertz()},
                       {"channels", s.channels},
                       {"samples", s.length.value()},
                       {"container", s.format.container},
                       {"encoding", s.format.encoding},
                       {"bits", s.format.bits},
                       {"xxh3", checked == sources.end() ? s.fingerprint.xxh3
                                                         : checked->second.measured.fingerprint.xxh3},
                       {"sixteen_bit_exact",
                        checked != sources.end() && checked->second.measured.fingerprint.sixteenBitExact}});
    }
    return all;
}

Json discJson(const Album& album, const DeliveredDisc& disc)
{
    Json tracks = Json::array();
    for (std::size_t i = 0; i < disc.plan.piece.entries.size(); ++i) {
        const Track& track = *find(album, disc.plan.piece.entries[i].track);
        const ddp::DiscTrack& marks = disc.plan.disc.tracks[i];
        Json spans = Json::array();
        for (const ReportedSpan& s : spansOfEntry(disc.rendering, i))
            spans.push_back({{"first_sample", s.begin.value()},
                             {"end_sample", s.end.value()},
                             {"audio", spanKindName(s.kind)},
                             {"why", describe(s.reason)}});
        Json over = Json::object();
        for (const Overs& o : disc.outcome.overs)
            if (o.entry == i) over = {{"beyond", o.beyond}, {"slight", o.slight}, {"peak", o.peak}};
        tracks.push_back({{"number", i + 1},
                          {"title", displayTitle(track)},
                          {"start_frame", marks.start().value()},
                          {"length_frames", ddp::lengthOf(disc.plan.disc, i).value()},
                          {"isrc", marks.isrc ? Json(marks.isrc->compact()) : Json(nullptr)},
                          {"rendering", std::move(spans)},
                          {"overs", std::move(over)}});
    }
    Json files = Json::array();
    for (const DeliveredFile& f : disc.files)
        files.push_back({{"name", f.name}, {"size", f.size}, {"md5", f.md5}});
    return {{"number", disc.plan.number},
            {"leadout_frame", disc.plan.disc.leadOut.value()},
            {"image_md5", disc.imageMd5},
            {"resampler", disc.outcome.resampler},
            {"cd_text_packs", disc.plan.packCounts},
            {"tracks", std::move(tracks)},
            {"files", std::move(files)}};
}

void line(std::string& text, std::string_view label, std::string_view value)
{
    if (!value.empty()) text += fmt::format("{:<16}{}\n", label, value);
}

} // namespace

std::string reportJson(const Album& album, const Edition& edition, const DdpExportOptions& options,
                       const DdpExportOutcome& outcome, const CheckedSources& sources)
{
    Json discs = Json::array();
    for (const DeliveredDisc& disc : outcome.discs) discs.push_back(discJson(album, disc));
    const Json report{{"report", reportKind},
                      {"version", 1},
                      {"program", fmt::format("segue {}", SEGUE_VERSION)},
                      {"album", options.albumName},
                      {"edition", edition.name},
                      {"title", album.info.texts.title.value_or("")},
                      {"performer", album.info.texts.performer.value_or("")},
                      {"upc", album.info.upc ? album.info.upc->digits() : ""},
                      {"settings", settingsJson(options)},
                      {"second_opinion", secondOpinionName()},
                      {"sources", sourcesJson(album, edition, sources)},
                      {"discs", std::move(discs)},
                      {"findings", findingsJson(outcome.findings)}};
    return report.dump(2) + "\n";
}

std::string reportText(const Album& album, const Edition& edition, const DdpExportOptions& options,
                       const DdpExportOutcome& outcome, const CheckedSources& sources)
{
    std::string text = "DELIVERY REPORT\n\n";
    line(text, "Album", options.albumName);
    line(text, "Title", album.info.texts.title.value_or(""));
    line(text, "Performer", album.info.texts.performer.value_or(""));
    line(text, "UPC/EAN", album.info.upc ? album.info.upc->digits() : "");
    line(text, "Edition", edition.name);
    line(text, "Profile", options.disc.profile == ddp::Profile::standard ? "standard" : "cue2ddp");
    line(text, "Dither", fmt::format("{}, seed {}", describe(options.render.dither), options.render.seed));
    line(text, "Second opinion", secondOpinionName());
    line(text, "Program", fmt::format("segue {}", SEGUE_VERSION));

    text +=
        "\nPROVEN\n"
        "Every file was written, brought to the disk, read back and compared. The image on the disk is the\n"
        "rendered stream, block by block. Structure, marks, codes and texts as read back say what the album "
        "says.\n";
    if (options.secondRender) text += "A second render with other block sizes gave the same samples.\n";

    text += "\nSOURCES\n";
    for (const SourceId id : usedSources(album, edition)) {
        const Source& s = *find(album, id);
        const auto checked = sources.find(id);
        text += fmt::format(
            "{}  {} Hz, {} ch, {} {} bit  {}\n",
            checked == sources.end() ? s.fingerprint.xxh3 : checked->second.measured.fingerprint.xxh3,
            s.rate.hertz(), s.channels, s.format.encoding, s.format.bits, reportedName(s.path));
    }
    for (const DeliveredDisc& disc : outcome.discs) {
        text +=
            disc.plan.of > 1 ? fmt::format("\nDISC {} OF {}\n", disc.plan.number, disc.plan.of) : "\nDISC\n";
        line(text, "Lead-out", cdTime(disc.plan.disc.leadOut));
        line(text, "Resampler", disc.outcome.resampler);
        line(text, "IMAGE.DAT MD5", disc.imageMd5);
        for (std::size_t i = 0; i < disc.plan.piece.entries.size(); ++i) {
            text += fmt::format("\n{:02} {}\n", i + 1,
                                displayTitle(*find(album, disc.plan.piece.entries[i].track)));
            for (const ReportedSpan& s : spansOfEntry(disc.rendering, i))
                text += fmt::format("   {} - {}  {}{}{}\n",
                                    clockTime(nearestInstant(s.begin, cdRate) - Instant{}),
                                    clockTime(nearestInstant(s.end, cdRate) - Instant{}),
                                    spanKindName(s.kind), s.reason == SpanReason::none ? "" : ": ",
                                    s.reason == SpanReason::none ? "" : describe(s.reason));
        }
        text += "\nFILES\n";
        for (const DeliveredFile& f : disc.files)
            text += fmt::format("{}  {:>10}  {}\n", f.md5, f.size, f.name);
    }
    text += "\nFINDINGS\n";
    if (outcome.findings.empty()) text += "none\n";
    for (const Finding& f : outcome.findings) {
        text += fmt::format("{}{}  {}: {} ({})\n", name(f.level),
                            f.accepted     ? ", accepted"
                            : f.overridden ? ", allowed"
                                           : "",
                            placeInReport(f.where), f.message, f.rule);
        if (f.accepted && !f.accepted->empty())
            text += fmt::format("    note: {}\n", escapedForDisplay(*f.accepted));
    }
    return text;
}

Result<std::vector<DeliveredFile>> filesOfReport(std::string_view json, const std::string& reportName)
{
    const Json report = Json::parse(json, nullptr, false);
    const auto unusable = [&] { return failure("This is not a delivery report of Segue", reportName); };
    if (!report.is_object() || report.value("report", "") != reportKind) return unusable();
    std::vector<DeliveredFile> files;
    // Of discs each has its own list; what is one folder has one.
    const auto add = [&](const Json& holder) {
        const auto list = holder.find("files");
        if (list == holder.end() || !list->is_array()) return false;
        for (const Json& file : *list) {
            if (!file.is_object() || !file.contains("name") || !file["name"].is_string() ||
                !file.contains("size") || !file["size"].is_number_integer() || !file.contains("md5") ||
                !file["md5"].is_string())
                return false;
            files.push_back({file["name"], file["size"], file["md5"]});
        }
        return true;
    };
    const auto discs = report.find("discs");
    if (discs == report.end()) return add(report) ? Result<std::vector<DeliveredFile>>{files} : unusable();
    if (!discs->is_array()) return unusable();
    for (const Json& disc : *discs)
        if (!add(disc)) return unusable();
    return files;
}

} // namespace segue
