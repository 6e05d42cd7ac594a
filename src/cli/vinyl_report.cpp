#include "cli/vinyl_report.h"

#include "core/text.h"
#include "vinyl/event_words.h"
#include "vinyl/side_estimate.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace segue::cli {

namespace {

using nlohmann::ordered_json;
using namespace vinyl;

std::string clock(double seconds)
{
    const auto milliseconds = std::llround(std::max(0.0, seconds) * 1000);
    return fmt::format("{:02}:{:02}.{:03}", milliseconds / 60'000, milliseconds / 1000 % 60,
                       milliseconds % 1000);
}
std::string speedWords(Speed speed) { return speed == Speed::rpm33 ? "33 1/3" : "45"; }

std::string levelWords(const Programme& programme, const VinylPlan& plan, std::size_t side)
{
    const std::string spare = plan.sides.size() > 1 ? spareWords(plan, side) : std::string{};
    return limitWords(programme, plan, side) + (spare.empty() ? "" : ", " + spare);
}

std::string sideTable(const Programme& programme, const VinylPlan& plan)
{
    const Radii radii = radiiOf(plan.wish.format.size);
    std::string out =
        "Side  Tracks   Length      Used mm  of      Ends mm  Minutes that fit  Highest level\n";
    for (std::size_t i = 0; i < plan.sides.size(); ++i) {
        const SidePlan& s = plan.sides[i];
        const std::string tracks =
            s.end - s.first == 1 ? fmt::format("{}", s.first + 1) : fmt::format("{}-{}", s.first + 1, s.end);
        const double end = radii.outer - s.groove.used;
        out += fmt::format("{:<6}{:<9}{:<12}{:>7.1f}  {:<6.1f}{:>9}{:>18.1f}  {}\n", sideName(i), tracks,
                           clock(s.stretch.length()), s.groove.used, radii.width(),
                           end > 0 ? fmt::format("{:.1f}", end) : "-", s.capacityMinutes,
                           levelWords(programme, plan, i));
    }
    return out;
}

std::string measureTable(const VinylPlan& plan)
{
    std::string out =
        "Side  Lateral um  Vertical um  Extra depth um  Least depth um  Channel cm/s  Lateral cm/s  "
        "Peak g\n"
        "                                                   (fixed depth)\n";
    for (std::size_t i = 0; i < plan.sides.size(); ++i) {
        const SidePlan& s = plan.sides[i];
        out += fmt::format("{:<6}{:>10.1f}{:>13.1f}{:>16.1f}{:>16.1f}{:>14.1f}{:>14.1f}{:>8.0f}\n",
                           sideName(i), s.lateral, s.vertical, std::max(0.0, s.groove.widestOpening),
                           s.groove.shallowestFixed, s.high.velocity * 100, s.high.lateralVelocity * 100,
                           s.high.acceleration);
    }
    return out;
}

std::string eventTable(const Programme& programme, const VinylPlan& plan)
{
    std::string out;
    for (std::size_t i = 0; i < plan.sides.size(); ++i) {
        const SidePlan& s = plan.sides[i];
        for (const VinylEvent& e : s.events) {
            const std::size_t track = s.trackAt(programme, e.begin);
            out += fmt::format("{:<8} {}{} {}  {} {}  {:.1f} mm  {}\n", name(e.severity), sideName(i),
                               track - s.first + 1, clock(e.begin - programme.tracks[track].start),
                               sideName(i), clock(e.begin - s.stretch.begin), e.radius, e.message);
        }
        if (s.eventsLeftOut > 0)
            out += fmt::format("note     {}: {} milder events of the same kinds are not listed\n",
                               sideName(i), s.eventsLeftOut);
        if (const std::string advice = wordsFor(s.elliptical); !advice.empty())
            out += fmt::format("         {}: what would keep the depth inside its limit: {}\n", sideName(i),
                               advice);
    }
    return out.empty() ? "No event is predicted.\n" : out;
}

ordered_json eventJson(const Programme& programme, const SidePlan& side, std::size_t index,
                       const VinylEvent& e)
{
    const std::size_t track = side.trackAt(programme, e.begin);
    ordered_json json{{"kind", e.kind},
                      {"severity", name(e.severity)},
                      {"side", sideName(index)},
                      {"track", track + 1},
                      {"at_s", e.begin - side.stretch.begin},
                      {"track_at_s", e.begin - programme.tracks[track].start},
                      {"length_s", e.length},
                      {"radius_mm", e.radius},
                      {"value", e.value},
                      {"unit", e.unit},
                      {"message", e.message}};
    if (e.radiusNeeded > 0) json["radius_needed_mm"] = e.radiusNeeded;
    if (e.kind == "bass_width" || e.kind == "antiphase_bass") json["side_over_mid_db"] = e.sideOverMiddle;
    if (e.frequency > 0) json["frequency_hz"] = e.frequency;
    if (e.cure) {
        const auto corner = [](double hertz) {
            return hertz > 0 ? ordered_json(hertz) : ordered_json(nullptr);
        };
        json["band_hz"] = {e.cure->lowest,
                           e.cure->highest > 0 ? ordered_json(e.cure->highest) : ordered_json(nullptr)};
        json["first_order_hz"] = corner(e.cure->firstOrder);
        json["second_order_hz"] = corner(e.cure->secondOrder);
        json["or_less_level_db"] = e.cure->lessLevel;
    }
    return json;
}

ordered_json ellipticalJson(const EllipticalAdvice& advice)
{
    if (advice.events == 0) return nullptr;
    const auto corner = [](const std::optional<Elliptical>& e) {
        return e ? ordered_json(e->corner) : ordered_json(nullptr);
    };
    return {{"first_order_hz", corner(advice.first)},
            {"second_order_hz", corner(advice.second)},
            {"or_less_level_db", advice.lessLevel}};
}

template <class Bands>
ordered_json bandsJson(const Bands& bands)
{
    ordered_json all = ordered_json::array();
    for (std::size_t k = 0; k < bands.size(); ++k)
        if (bands[k])
            all.push_back({{"from_hz", k == 0 ? 0 : stereoBandEdges[k - 1]},
                           {"to_hz", stereoBandEdges[k]},
                           {"correlation", bands[k]->correlation},
                           {"side_over_mid_db", bands[k]->sideOverMiddle}});
    return all;
}

std::string airText(const Programme& programme, const VinylPlan& plan, const Air& air)
{
    std::string out;
    for (std::size_t i = 0; i < plan.sides.size(); ++i)
        if (const auto level = airOfSide(programme, air, plan.sides[i].first, plan.sides[i].end))
            out += fmt::format("{}{} {:.0f} dBFS", out.empty() ? "" : ", ", sideName(i), *level);
    return out.empty() ? "nothing above 15 kHz" : "above 15 kHz: " + out;
}

std::string ordersText(const OrderSuggestions& orders)
{
    if (!orders) return {};
    if (orders->empty()) return "No other order of the tracks is predicted to cut noticeably better.\n";
    std::string out =
        "Orders that are predicted to cut better (tracks by their numbers, / turns the record)\n";
    for (const OrderSuggestion& o : *orders)
        out += fmt::format("{:+.1f} dB level, {:.1f} points better: {}\n", o.gains, o.improves, o.words);
    return out;
}

ordered_json ordersJson(const std::vector<OrderSuggestion>& orders)
{
    ordered_json all = ordered_json::array();
    for (const OrderSuggestion& o : orders) {
        ordered_json sides = ordered_json::array();
        for (std::size_t i = 0; i < o.order.size(); ++i) {
            if (i == 0 || std::ranges::find(o.breaks, i) != o.breaks.end())
                sides.push_back(ordered_json::array());
            sides.back().push_back(o.order[i] + 1);
        }
        all.push_back({{"sides", std::move(sides)},
                       {"gain_db", o.gains},
                       {"score_gain", o.improves},
                       {"max_gain_db", o.score.level},
                       {"treble", o.score.treble},
                       {"inner", o.score.inner},
                       {"loud_end", o.score.loudEnd}});
    }
    return all;
}

ordered_json numberOrNull(const std::optional<double>& value)
{
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json ceilingJson(const LevelCeiling& ceiling)
{
    return ceiling.binding() == Limit::none ? ordered_json(nullptr) : ordered_json(ceiling.lowest());
}

} // namespace

std::string vinylText(const Programme& programme, const VinylPlan& plan, const SampledSound& sampled,
                      const OrderSuggestions& orders)
{
    const PlanWish& w = plan.wish;
    std::string out;
    const auto line = [&](std::string_view label, const std::string& value) {
        out += fmt::format("{:<12}{}\n", label, value);
    };
    line("Record",
         fmt::format("{}\" at {}, {} side{}, {} Hz{}", inches(w.format.size), speedWords(w.format.speed),
                     plan.sides.size(), plan.sides.size() == 1 ? "" : "s", programme.rate.hertz(),
                     programme.ratesDiffer ? " (sources of other rates are converted)" : ""));
    line("Lathe",
         fmt::format("{}{}{}: land {:g} um, depth {:g} um, at least {:g} um", escapedForDisplay(w.lathe.name),
                     w.lathe.description.empty() ? "" : ", ", escapedForDisplay(w.lathe.description),
                     w.lathe.land, w.lathe.baseDepth, w.lathe.minDepth));
    if (w.plant) line("Plant", escapedForDisplay(fmt::format("{}, {}", w.plant->name, w.plant->description)));
    line("Reference",
         fmt::format("a 1 kHz sine at {:g} dBFS is cut at 5 cm/s peak per channel", w.reference.dbfs));
    line("Level", fmt::format("{:+.2f} dB: the reference stands at {:.2f} dBFS", plan.gain,
                              w.reference.dbfs - plan.gain));
    if (plan.highest) line("Highest", highestWords(plan));
    if (plan.sides.size() > 1)
        line("Balance", fmt::format("sides of equal length would allow {:.1f} dB more", plan.imbalance));
    if (const std::string words = wordsFor(w.silence); !words.empty()) line("Silence", words);
    line("Treble", airText(programme, plan, sampled.air));
    for (std::size_t i = 0; i < plan.sides.size(); ++i)
        if (const std::string words =
                wordsFor(stereoOfSide(sampled.bands, plan.sides[i].first, plan.sides[i].end));
            !words.empty())
            line(fmt::format("Stereo {}", sideName(i)), "correlation " + words);
    out += "\n" + sideTable(programme, plan) + "\n" + measureTable(plan) + "\n" + eventTable(programme, plan);
    out += "\nAt 0 dB ";
    for (std::size_t i = 0; i < plan.sides.size(); ++i)
        out += fmt::format("{}{}: {} error{}, {} warning{}", i == 0 ? "" : "; ", sideName(i),
                           plan.sides[i].errorsAtZero, plan.sides[i].errorsAtZero == 1 ? "" : "s",
                           plan.sides[i].warningsAtZero, plan.sides[i].warningsAtZero == 1 ? "" : "s");
    out += " are predicted.\n\n";
    if (orders) out += ordersText(orders) + "\n";
    out += "What the model does not know\n";
    for (const std::string_view sentence : whatIsNotKnown()) out += fmt::format("- {}\n", sentence);
    return out;
}

std::string vinylJson(const Programme& programme, const VinylPlan& plan, const SampledSound& sampled,
                      const OrderSuggestions& orders)
{
    const Radii radii = radiiOf(plan.wish.format.size);
    ordered_json sides = ordered_json::array();
    for (std::size_t i = 0; i < plan.sides.size(); ++i) {
        const SidePlan& s = plan.sides[i];
        ordered_json events = ordered_json::array(), tracks = ordered_json::array(),
                     bands = ordered_json::array();
        for (const VinylEvent& e : s.events) events.push_back(eventJson(programme, s, i, e));
        for (std::size_t t = s.first; t < s.end; ++t) {
            const LevelCeiling ceiling = s.ceilingOfTrack(programme, t);
            tracks.push_back({{"number", t + 1},
                              {"name", fmt::format("{}{}", sideName(i), t - s.first + 1)},
                              {"title", programme.tracks[t].title},
                              {"at_s", programme.tracks[t].start - s.stretch.begin},
                              {"band_before", t > s.first && programme.tracks[t].pauseBefore},
                              {"max_gain_db", ceilingJson(ceiling)},
                              {"binding_limit", name(ceiling.binding())},
                              {"above_15_khz_dbfs", numberOrNull(sampled.air[t])}});
        }
        for (const double b : s.stretch.bands) bands.push_back(b - s.stretch.begin);
        sides.push_back(
            {{"side", sideName(i)},
             {"duration_s", s.stretch.length()},
             {"radius_used_mm", s.groove.used},
             {"radius_used_agile_mm", s.groove.agileUsed},
             {"end_radius_mm", radii.outer - s.groove.used},
             {"capacity_min", s.capacityMinutes},
             {"max_gain_db", numberOrNull(s.limit.gain)},
             {"binding_limit", name(s.limit.limit)},
             {"binding_at_s",
              s.limit.gain ? ordered_json(s.limit.at - s.stretch.begin) : ordered_json(nullptr)},
             {"lateral_peak_um", s.lateral},
             {"vertical_peak_um", s.vertical},
             {"min_depth_fixed_um", s.groove.shallowestFixed},
             {"extra_depth_um", std::max(0.0, s.groove.widestOpening)},
             {"channel_velocity_peak_cm_s", s.high.velocity * 100},
             {"lateral_velocity_peak_cm_s", s.high.lateralVelocity * 100},
             {"acceleration_peak_g", s.high.acceleration},
             {"acceleration_rms_g", s.high.coil},
             {"bass_correlation_min", s.low.bassCorrelation},
             {"bass_side_over_mid_db", s.low.bassSideOverMiddle},
             {"infrasonic_dbfs", s.low.infrasonic},
             {"above_15_khz_dbfs", numberOrNull(airOfSide(programme, sampled.air, s.first, s.end))},
             {"stereo_bands", bandsJson(stereoOfSide(sampled.bands, s.first, s.end))},
             {"events", events},
             {"events_left_out", s.eventsLeftOut},
             {"elliptical", ellipticalJson(s.elliptical)},
             {"errors_at_0_db", s.errorsAtZero},
             {"warnings_at_0_db", s.warningsAtZero},
             {"tracks", tracks},
             {"bands_at_s", bands}});
    }
    ordered_json object{
        {"ok", !plan.hasErrors()},
        {"format", inches(plan.wish.format.size)},
        {"rpm", plan.wish.format.speed == Speed::rpm33 ? 100.0 / 3 : 45.0},
        {"rate", programme.rate.hertz()},
        {"lathe", plan.wish.lathe.name},
        {"plant", plan.wish.plant ? ordered_json(plan.wish.plant->name) : ordered_json(nullptr)},
        {"reference_dbfs", plan.wish.reference.dbfs},
        {"lead_in_s", plan.wish.silence.leadIn},
        {"tail_s", plan.wish.silence.tail},
        {"cutting_gain_db", plan.gain},
        {"max_gain_db", numberOrNull(plan.highest)},
        {"imbalance_db", plan.imbalance},
        {"sides", sides},
        {"not_known", whatIsNotKnown()}};
    if (orders) object["suggestions"] = ordersJson(*orders);
    return object.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace segue::cli
