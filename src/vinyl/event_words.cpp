#include "vinyl/event_words.h"

#include "vinyl/side_estimate.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

namespace segue::vinyl {

namespace {

std::string tracing(const VinylEvent& e, const VinylPlan& plan)
{
    if (e.radiusNeeded > radiiOf(plan.wish.format.size).outer) return "would trace nowhere on this record";
    return fmt::format("would trace outside {:.1f} mm", e.radiusNeeded);
}

// What would keep one depth event inside its limit.
std::string cureWords(const VinylEvent& e)
{
    if (!e.cure) return {};
    const DepthCure& c = *e.cure;
    const auto corner = [](double hertz, std::string_view order) {
        return hertz > 0 ? fmt::format("{} order at {:g} Hz", order, hertz)
                         : fmt::format("no {} order corner up to 300 Hz", order);
    };
    std::string words = c.highest == 0  ? fmt::format(", most of it above {:g} Hz", c.lowest)
                        : c.lowest == 0 ? fmt::format(", most of it below {:g} Hz", c.highest)
                                        : fmt::format(", most of it at {:g}-{:g} Hz", c.lowest, c.highest);
    if (c.firstOrder == 0 && c.secondOrder == 0)
        words += "; no elliptical equaliser up to 300 Hz cures it";
    else
        words += fmt::format("; cured by an elliptical equaliser of {} or {}", corner(c.firstOrder, "1st"),
                             corner(c.secondOrder, "2nd"));
    return words + fmt::format(", or by {:.1f} dB less level", c.lessLevel);
}

// Three ways out of a side that is too full.
std::string waysOut(const SidePlan& side, const VinylPlan& plan)
{
    const double minutes = side.stretch.length() / 60;
    std::vector<std::string> ways;
    if (side.limit.gain && side.limit.limit == Limit::space && *side.limit.gain > -59)
        ways.push_back(fmt::format("cut it {:.1f} dB lower", plan.gain - *side.limit.gain));
    ways.push_back(
        fmt::format("take {:.1f} minutes off the side", std::max(0.0, minutes - side.capacityMinutes)));
    ways.emplace_back("spread the album over more sides");
    if (plan.wish.format.speed == Speed::rpm45) ways.emplace_back("cut it at 33 1/3");
    if (ways.size() < 3) {
        if (plan.wish.format.size != DiscSize::inch12)
            ways.emplace_back("take a 12\" record");
        else
            ways.emplace_back("ask for a lathe that cuts a narrower groove (profiles tight and dmm)");
    }
    std::string words =
        ways.size() > 0 && ways.front().starts_with("take") ? "no level makes it fit; " : std::string{};
    for (std::size_t i = 0; i < ways.size(); ++i) words += (i == 0 ? "" : ", or ") + ways[i];
    return words;
}

// How much of the side finds room, as "19:31".
std::string minutesUntilFull(const SidePlan& side, const VinylPlan& plan)
{
    const auto seconds = static_cast<std::int64_t>(side.secondsUntilFull(radiiOf(plan.wish.format.size)));
    return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

// Minutes beside what the plant says about them.
std::string lengthWords(double minutes, const VinylPlan& plan)
{
    const auto lengths = plan.wish.plant ? plan.wish.plant->lengths(plan.wish.format) : std::nullopt;
    if (!lengths) return fmt::format("{:.1f} minutes are long", minutes);
    const char* const verdict = minutes > lengths->refuse
                                    ? "it refuses so long a side without the cutter's word"
                                : minutes > lengths->most ? "that is more than it advises"
                                                          : "that is fair, but not its best";
    return fmt::format(
        "{:.1f} minutes on a {}\" side: plant {} gives {:g} minutes as good, {:g} as the most and "
        "refuses above {:g}; {}",
        minutes, inches(plan.wish.format.size), plan.wish.plant->name, lengths->good, lengths->most,
        lengths->refuse, verdict);
}

} // namespace

std::string wordsFor(const VinylEvent& e, const SidePlan& side, const VinylPlan& plan)
{
    const LatheProfile& lathe = plan.wish.lathe;
    const bool error = e.severity == Finding::Level::error;
    if (e.kind == "depth")
        return fmt::format(
            "The depth is predicted to open by {:.1f} um (limit {:.0f}) for vertical movement{}", e.value,
            error ? lathe.openingError : lathe.openingWarning, cureWords(e));
    if (e.kind == "fixed_depth")
        return (e.value <= 0
                    ? fmt::format("The cutter is predicted to leave the groove: {:.1f} um", e.value)
                    : fmt::format("Only {:.1f} um of depth are predicted to be left (at least {:.1f})",
                                  e.value, error ? lathe.minDepth : lathe.fixedDepthWarning)) +
               cureWords(e);
    if (e.kind == "lateral")
        return fmt::format("The bass is predicted to move the groove {:.0f} um sideways (limit {:.0f})",
                           e.value, error ? lathe.lateralError : lathe.lateralWarning);
    if (e.kind == "bass_width" || e.kind == "antiphase_bass")
        return fmt::format("{}: correlation {:.2f} below 150 Hz, {}",
                           e.kind == "bass_width" ? "Wide bass" : "Antiphase bass", e.value,
                           e.sideOverMiddle > 40
                               ? std::string{"with nothing in the middle"}
                               : fmt::format("the side {:.0f} dB {} the middle", std::fabs(e.sideOverMiddle),
                                             e.sideOverMiddle < 0 ? "below" : "above"));
    if (e.kind == "phase") return fmt::format("The channels are out of phase: correlation {:.2f}", e.value);
    if (e.kind == "infrasonic")
        return fmt::format(
            "Below 15 Hz there are {:.0f} dBFS (limit {}): unheard, but the groove follows it; a "
            "high-pass at 20 Hz takes it away",
            e.value, error ? -40 : -60);
    if (e.kind == "curvature")
        return fmt::format("Predicted {:.1f} dB too sharp for {} tip{}; {}", e.value,
                           error ? "an elliptical" : "a spherical",
                           e.frequency > 0 ? fmt::format(", around {:g} kHz", e.frequency / 1000) : "",
                           tracing(e, plan));
    if (e.kind == "slope") {
        const double radius = side.groove.radiusAt(e.worst + blockSeconds, radiiOf(plan.wish.format.size));
        return fmt::format("Predicted {:.0f} cm/s sideways, more than the groove's own {:.0f}; {}", e.value,
                           grooveSpeed(radius, plan.wish.format.speed) * 100, tracing(e, plan));
    }
    if (e.kind == "coil")
        return fmt::format(
            "The treble is predicted to ask {:.0f} g rms of the cutter for a second (limit {:.0f})", e.value,
            error ? lathe.coilError : lathe.coilWarning);
    if (e.kind == "hard_edge")
        return fmt::format(
            "The sound {} in the middle of a wave, at {:.0f} dBFS; a short fade removes the click",
            e.begin > side.stretch.begin ? "ends" : "begins", e.value);
    if (e.kind == "not_numbers")
        return fmt::format("{:.0f} samples are not numbers and were taken as silence", e.value);
    if (e.kind == "side_break")
        return "The side begins inside a crossfade or a gapless pair; give both sides fades";
    if (e.kind == "side_length") return lengthWords(e.value, plan);
    if (e.kind == "inner_groove")
        return fmt::format(
            "The side is predicted to end at {:.1f} mm, inside {:.0f} mm, where treble suffers most", e.value,
            radiiOf(plan.wish.format.size).quality);
    return fmt::format("The side is predicted not to fit: {:.1f} mm too much, full after {}; {}", e.value,
                       minutesUntilFull(side, plan), waysOut(side, plan));
}

std::string wordsFor(const EllipticalAdvice& advice)
{
    if (advice.events == 0) return {};
    const auto one = [](const std::optional<Elliptical>& e, std::string_view order) {
        return e ? fmt::format("{} order at {:g} Hz", order, e->corner)
                 : fmt::format("no {} order corner up to 300 Hz", order);
    };
    return fmt::format("elliptical equaliser: {}, {}; or {:.1f} dB less level", one(advice.first, "1st"),
                       one(advice.second, "2nd"), advice.lessLevel);
}

std::string trackName(const VinylPlan& plan, std::size_t side, std::size_t track)
{
    return sideName(side) + std::to_string(track - plan.sides[side].first + 1);
}

std::string limitWords(const Programme& programme, const VinylPlan& plan, std::size_t side)
{
    const SidePlan& s = plan.sides[side];
    if (!s.limit.gain)
        return s.lateral == 0 && s.vertical == 0 ? "any level: the side is silent" : "nothing limits it";
    if (s.fitsNowhere()) return "does not fit at any level";
    if (s.limit.limit == Limit::space) return fmt::format("{:+.2f} dB (space)", *s.limit.gain);
    const std::size_t track = s.trackAt(programme, s.limit.at);
    const auto tenths = std::llround(std::max(0.0, s.limit.at - programme.tracks[track].start) * 10);
    return fmt::format("{:+.2f} dB ({} in {} at {}:{:02}.{})", *s.limit.gain, name(s.limit.limit),
                       trackName(plan, side, track), tenths / 600, tenths / 10 % 60, tenths % 10);
}

std::string highestWords(const VinylPlan& plan)
{
    if (!plan.highest) return {};
    const SidePlan& side = plan.sides[plan.decisive];
    if (side.fitsNowhere()) return fmt::format("side {} does not fit at any level", sideName(plan.decisive));
    return fmt::format("{:+.2f} dB for all sides, set by side {} ({})", *plan.highest,
                       sideName(plan.decisive), name(side.limit.limit));
}

std::string spareWords(const VinylPlan& plan, std::size_t side)
{
    const SidePlan& s = plan.sides[side];
    if (!s.limit.gain || s.fitsNowhere()) return {};
    const double spare = *s.limit.gain - plan.gain;
    if (spare < -0.05) return fmt::format("{:.1f} dB less than planned", -spare);
    if (spare < 0.05) return "sets the level";
    return fmt::format("{:.1f} dB to spare", spare);
}

std::string wordsFor(const SideSilence& silence)
{
    if (silence == SideSilence{}) return {};
    return fmt::format("{:g} s before and {:g} s behind the sound of each side are in its use",
                       silence.leadIn, silence.tail);
}

std::string endWords(const VinylPlan& plan, std::size_t side)
{
    const Radii radii = radiiOf(plan.wish.format.size);
    const double used = plan.sides[side].groove.used;
    return used > radii.width() ? fmt::format("{:.1f} mm too much", used - radii.width())
                                : fmt::format("ends at {:.1f} mm", radii.outer - used);
}

std::span<const std::string_view> whatIsNotKnown()
{
    static constexpr std::array<std::string_view, 8> sentences{
        "It agrees with published charts and with calculation; it was not measured against a real cut.",
        "Which dBFS is the cutting reference is a setting, as are the land between turns and the limits of "
        "the coils.",
        "How uneven sides may be has no authoritative number.",
        "The polarity of the vertical rests on one source; lift is judged for both.",
        "The smallest recorded radius is given as 57.5 to 60.3 mm on a 12\" and 10\"; 60.3 is used.",
        "The groove of direct metal mastering is a guess.",
        "Groove echo, the cutting room's own equalisers and limiters, and the pressing are not in it.",
        "Everything here is predicted; the cutting engineer decides."};
    return sentences;
}

} // namespace segue::vinyl
