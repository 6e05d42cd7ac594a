#include "deliver/cut_sheet.h"

#include "vinyl/event_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue {

namespace {

using namespace vinyl;

void put(LabelledTexts& into, std::string label, std::string value)
{
    if (!value.empty()) into.emplace_back(std::move(label), std::move(value));
}

std::string speedWords(Speed speed) { return speed == Speed::rpm33 ? "33 1/3 rpm" : "45 rpm"; }

LabelledTexts headOf(const CutSheetInput& in)
{
    const AlbumInfo& info = in.album.info;
    LabelledTexts head;
    put(head, "Artist", info.texts.performer.value_or(""));
    put(head, "Catalogue", info.catalog);
    put(head, "Label", info.label);
    put(head, "UPC/EAN", info.upc ? info.upc->digits() : "");
    put(head, "Engineer", info.engineer);
    put(head, "Studio", info.studio);
    put(head, "Contact", info.contact);
    put(head, "Master", info.masterVersion);
    put(head, "Date", info.date);
    return head;
}

LabelledTexts recordOf(const CutSheetInput& in)
{
    const PlanWish& w = in.plan.wish;
    LabelledTexts record;
    put(record, "Record",
        fmt::format("{}\" at {}, {} side{}", inches(w.format.size), speedWords(w.format.speed),
                    in.plan.sides.size(), in.plan.sides.size() == 1 ? "" : "s"));
    put(record, "Sound",
        fmt::format("{} Hz{}", in.programme.rate.hertz(),
                    in.programme.ratesDiffer ? ", sources of other rates converted" : ""));
    put(record, "Reference",
        fmt::format("a 1 kHz sine at {:g} dBFS peak = 5 cm/s peak per channel (assumed)", w.reference.dbfs));
    put(record, "Planned level",
        fmt::format("{:+.2f} dB for every side: the reference then stands at {:.2f} dBFS", in.plan.gain,
                    w.reference.dbfs - in.plan.gain));
    put(record, "Highest level", highestWords(in.plan));
    put(record, "Silence", wordsFor(w.silence));
    if (in.plan.sides.size() > 1)
        put(record, "Balance",
            fmt::format("sides of equal length would allow {:.1f} dB more", in.plan.imbalance));
    put(record, "Lathe",
        fmt::format("{}: land {:g} um, depth {:g} um, at least {:g} um{}", w.lathe.name, w.lathe.land,
                    w.lathe.baseDepth, w.lathe.minDepth, w.lathe.depthControl ? "" : ", no depth control"));
    if (w.plant)
        put(record, "Plant",
            fmt::format("{}{}{}", w.plant->name, w.plant->description.empty() ? "" : ", ",
                        w.plant->description));
    return record;
}

CutSheetTrack trackOf(const PlannedSide& side, std::size_t i)
{
    const SideTrack& t = side.tracks[i];
    return {.name = t.name,
            .title = t.title,
            .isrc = t.isrc,
            .start = sideTime(t.start, side.rate),
            .end = sideTime(t.end, side.rate),
            .length = sideTime(SamplePos{} + (t.end - t.start), side.rate),
            .startSample = fmt::format("{}", t.start.value()),
            .endSample = fmt::format("{}", t.end.value()),
            .mark = i == 0   ? "start"
                    : t.band ? "band"
                             : "mark only"};
}

CutSheetSide sideOf(const CutSheetInput& in, std::size_t index)
{
    const SidePlan& plan = in.plan.sides[index];
    const PlannedSide& side = in.sides[index];
    const Radii radii = radiiOf(in.plan.wish.format.size);
    CutSheetSide out{.name = side.name};
    if (!in.md5s.empty()) {
        out.file = side.file;
        out.md5 = in.md5s[index];
    }
    const SamplePos music = side.tracks.front().start, end = side.tracks.back().end;
    const double seconds = static_cast<double>(side.length.value()) / side.rate.hertz();
    put(out.facts, "Total",
        fmt::format("{} ({} samples), music {} to {}", sideTime(seconds), side.length.value(),
                    sideTime(music, side.rate), sideTime(end, side.rate)));
    put(out.facts, "Predicted use",
        fmt::format("{:.1f} of {:.1f} mm ({:.0f} %), {}{}", plan.groove.used, radii.width(),
                    100 * plan.groove.used / radii.width(), endWords(in.plan, index),
                    plan.groove.used > radii.width() ? "" : " radius"));
    put(out.facts, "Room for", fmt::format("{:.1f} minutes of this at this level", plan.capacityMinutes));
    const std::string spare = spareWords(in.plan, index);
    put(out.facts, "Highest level",
        limitWords(in.programme, in.plan, index) + (spare.empty() ? "" : ", " + spare));
    put(out.facts, "Peaks",
        fmt::format("lateral {:.0f} um, vertical {:.0f} um, {:.0f} cm/s per channel, {:.0f} g", plan.lateral,
                    plan.vertical, plan.high.velocity * 100, plan.high.acceleration));
    put(out.further, "At 0 dB",
        fmt::format("{} error{} and {} warning{} predicted", plan.errorsAtZero,
                    plan.errorsAtZero == 1 ? "" : "s", plan.warningsAtZero,
                    plan.warningsAtZero == 1 ? "" : "s"));
    if (!in.air.empty())
        if (const auto air = airOfSide(in.programme, in.air, plan.first, plan.end))
            put(out.facts, "Above 15 kHz", fmt::format("{:.0f} dBFS", *air));
    if (!in.bands.empty())
        put(out.further, "Correlation", wordsFor(stereoOfSide(in.bands, plan.first, plan.end)));
    for (std::size_t i = 0; i < side.tracks.size(); ++i) {
        out.tracks.push_back(trackOf(side, i));
        const LevelCeiling ceiling = plan.ceilingOfTrack(in.programme, plan.first + i);
        out.tracks.back().spare = ceiling.binding() == Limit::none
                                      ? std::string{"-"}
                                      : fmt::format("{:+.1f} dB", ceiling.lowest() - in.plan.gain);
    }

    // Programme time to side time: by the first track's mark.
    const double shift =
        static_cast<double>(music.value()) / side.rate.hertz() - in.programme.tracks[plan.first].start;
    for (const VinylEvent& e : plan.events) {
        const std::size_t track = plan.trackAt(in.programme, e.begin);
        out.events.push_back({.severity = e.severity,
                              .place = fmt::format("{}{} {}", side.name, track - plan.first + 1,
                                                   sideTime(e.begin - in.programme.tracks[track].start)),
                              .time = sideTime(e.begin + shift),
                              .radius = fmt::format("{:.1f} mm", e.radius),
                              .message = e.message});
    }
    out.eventsLeftOut = plan.eventsLeftOut;
    out.advice = wordsFor(plan.elliptical);
    return out;
}

} // namespace

CutSheet makeCutSheet(const CutSheetInput& in)
{
    CutSheet sheet{.album = in.album.info.texts.title.value_or(in.albumName)};
    sheet.head = headOf(in);
    sheet.record = recordOf(in);
    sheet.treatment = in.treatment;
    for (std::size_t i = 0; i < in.plan.sides.size(); ++i) sheet.sides.push_back(sideOf(in, i));
    put(sheet.wishes, "Album", in.album.info.note);
    for (const PlannedSide& side : in.sides)
        for (const SideTrack& t : side.tracks)
            put(sheet.wishes, fmt::format("{} {}", t.name, t.title), find(in.album, t.id)->note);
    for (const std::string_view sentence : whatIsNotKnown()) sheet.unknown.emplace_back(sentence);
    return sheet;
}

} // namespace segue
