#include "cli/json_of.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace segue::cli {

namespace {

using Json = nlohmann::ordered_json;

Json findingJson(const Finding& f)
{
    Json object{
        {"level", name(f.level)}, {"rule", f.rule}, {"where", describe(f.where)}, {"message", f.message}};
    if (!f.fix.empty()) object["fix"] = f.fix;
    if (f.overridden) object["overridden"] = true;
    if (f.accepted) object["accepted"] = *f.accepted;
    if (f.where.track != 0) object["track"] = f.where.track;
    if (f.where.frame) object["frame"] = f.where.frame->value();
    return object;
}

Json allFindings(const Findings& findings)
{
    Json all = Json::array();
    for (const Finding& f : findings) all.push_back(findingJson(f));
    return all;
}

Json audioJson(const ddp::TrackAudio& a)
{
    return {{"accuraterip_v1", fmt::format("{:08x}", a.accurateRip1)},
            {"accuraterip_v2", fmt::format("{:08x}", a.accurateRip2)},
            {"crc32", a.crc32},
            {"leading_silence_samples", a.leadingSilence},
            {"trailing_silence_samples", a.trailingSilence},
            {"silent", a.silent},
            {"peak", a.peak},
            {"clipped_runs", a.clippedRuns}};
}

Json trackJson(const DiscFacts& facts, std::size_t i)
{
    const ddp::DiscTrack& track = facts.disc.tracks[i];
    Json indexes = Json::array();
    for (const CdFramePos at : track.indexes) indexes.push_back(at.value());
    Json flags = Json::array();
    if (track.flags.preEmphasis) flags.push_back("pre");
    if (track.flags.copyPermitted) flags.push_back("dcp");
    if (track.flags.fourChannel) flags.push_back("4ch");
    if (track.flags.scms) flags.push_back("scms");
    const bool placed = !track.indexes.empty();
    Json object{{"number", i + 1},
                {"start_frame", placed ? Json(track.start().value()) : Json(nullptr)},
                {"length_frames", placed ? Json(ddp::lengthOf(facts.disc, i).value()) : Json(nullptr)},
                {"pause_frames", placed ? Json(ddp::pauseOf(facts.disc, i).value()) : Json(nullptr)},
                {"music_frames", placed ? Json(ddp::musicOf(facts.disc, i).value()) : Json(nullptr)},
                {"indexes", std::move(indexes)},
                {"isrc", track.isrc ? Json(track.isrc->compact()) : Json(nullptr)},
                {"title", i < facts.titles.size() ? Json(facts.titles[i]) : Json(nullptr)},
                {"performer", i < facts.performers.size() ? Json(facts.performers[i]) : Json(nullptr)},
                {"flags", std::move(flags)}};
    if (facts.verification != nullptr && i < facts.verification->audio.size())
        object["audio"] = audioJson(facts.verification->audio[i]);
    return object;
}

Json discJson(const DiscFacts& facts)
{
    Json tracks = Json::array();
    for (std::size_t i = 0; i < facts.disc.tracks.size(); ++i) tracks.push_back(trackJson(facts, i));
    Json object{{"tracks", std::move(tracks)},
                {"upc", facts.disc.upc ? Json(facts.disc.upc->digits()) : Json(nullptr)},
                {"leadout_frame", facts.disc.leadOut.value()}};
    if (facts.verification == nullptr) return object;
    const ddp::Verification& v = *facts.verification;
    object["master_id"] = v.set.id.masterId;
    object["writer"] = v.set.writer;
    Json files = Json::array();
    for (const ddp::FileHash& f : v.hashes)
        files.push_back({{"name", f.name}, {"size", f.size}, {"md5", f.md5}, {"listed", f.listed}});
    object["files"] = std::move(files);
    return object;
}

std::string text(const Json& object)
{
    // Bytes that are no UTF-8 (names in a damaged set) must not stop the report of the damage.
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string findingsJson(const Findings& findings, bool ok)
{
    return text({{"ok", ok}, {"findings", allFindings(findings)}});
}

std::string rulesJson(const std::vector<Rule>& rules)
{
    Json all = Json::array();
    for (const Rule& r : rules)
        all.push_back({{"id", r.id},
                       {"level", name(r.level)},
                       {"overridable", r.overridable},
                       {"sentence", r.sentence},
                       {"source", r.source}});
    return text({{"ok", true}, {"rules", std::move(all)}});
}

std::string discsJson(const std::vector<DiscFacts>& discs, bool ok, const Findings& findings,
                      const std::string& edition)
{
    Json object{{"ok", ok}, {"findings", allFindings(findings)}};
    if (!edition.empty()) object["edition"] = edition;
    if (discs.size() == 1) {
        object.update(discJson(discs.front()));
    } else {
        Json all = Json::array();
        for (const DiscFacts& facts : discs) {
            Json disc{{"disc", facts.number}};
            disc.update(discJson(facts));
            all.push_back(std::move(disc));
        }
        object["discs"] = std::move(all);
    }
    return text(object);
}

} // namespace segue::cli
