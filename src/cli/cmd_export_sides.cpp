#include "app/open_input.h"
#include "cli/context.h"
#include "cli/disc_table.h"
#include "cli/export_sides.h"
#include "cli/json_of.h"
#include "cli/number_options.h"
#include "core/text.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace segue::cli {

namespace {

using nlohmann::ordered_json;

/// "150:2": Hz and order.
Result<vinyl::Elliptical> parseElliptical(const std::string& text)
{
    const std::size_t colon = text.find(':');
    const auto hertz = parseNumber(text.substr(0, colon));
    const auto order =
        colon == std::string::npos ? std::optional<std::int64_t>{} : parseInteger(text.substr(colon + 1));
    if (!hertz || !order || *hertz < 20 || *hertz > 1000 || *order < 1 || *order > 2)
        return failure("An elliptical equaliser is given as HZ:ORDER, 20 to 1000 Hz, order 1 or 2: 150:1",
                       "--elliptical " + escapedForDisplay(text));
    return vinyl::Elliptical{static_cast<int>(*order), *hertz};
}

Result<SideExportOptions> deliverOptions(const SideRequest& r, const SideOptions& o)
{
    SideExportOptions options;
    const auto dither = parseDither(r.dither);
    if (!dither) return failure(dither.error().what, "--dither " + escapedForDisplay(r.dither));
    if (*dither != Dither::none && *dither != Dither::tpdf)
        return failure("Side files have 24 bits; noise-shaped dither is made for 16. Choose tpdf",
                       "--dither " + r.dither);
    options.dither = *dither;
    options.seed = r.seed;
    if (o.rate != 0) options.rate = SampleRate{o.rate};
    const auto leadIn = silenceOf(o.leadIn, options.leadIn, "--lead-in"),
               tail = silenceOf(o.tail, options.tail, "--tail");
    if (!leadIn) return failure(leadIn.error());
    if (!tail) return failure(tail.error());
    options.leadIn = *leadIn;
    options.tail = *tail;
    options.pattern = o.pattern;
    options.gain = Decibels{o.fileGain};
    if (!o.elliptical.empty()) {
        const auto elliptical = parseElliptical(o.elliptical);
        if (!elliptical) return failure(elliptical.error());
        options.elliptical = *elliptical;
    }
    options.work = r.work;
    options.replace = r.replace;
    options.allow = r.allow;
    options.albumName = Path{r.input.input}.filename().string();
    return options;
}

std::string outcomeJson(const SideExportOutcome& outcome, const Edition& edition)
{
    ordered_json object = ordered_json::parse(findingsJson(outcome.findings, outcome.written));
    object["written"] = outcome.written;
    object["edition"] = edition.name;
    object["out"] = outcome.written ? outcome.folder.string() : "";
    ordered_json sides = ordered_json::array(), files = ordered_json::array();
    if (outcome.written)
        for (const DeliveredSide& side : outcome.sides) {
            ordered_json marks = ordered_json::array();
            for (const SideTrack& t : side.plan.tracks)
                marks.push_back({{"name", t.name},
                                 {"title", t.title},
                                 {"start_sample", t.start.value()},
                                 {"end_sample", t.end.value()},
                                 {"start", sideTime(t.start, side.plan.rate)},
                                 {"band_before", t.band}});
            sides.push_back(
                {{"side", side.plan.name},
                 {"file", side.plan.file},
                 {"md5", side.file.md5},
                 {"rate", side.plan.rate.hertz()},
                 {"samples", side.plan.length.value()},
                 {"true_peak_dbtp", side.truePeak ? ordered_json(*side.truePeak) : ordered_json(nullptr)},
                 {"tracks", std::move(marks)}});
        }
    for (const DeliveredFile& f : outcome.files)
        if (outcome.written) files.push_back({{"name", f.name}, {"size", f.size}, {"md5", f.md5}});
    object["cutting_gain_db"] = outcome.plan.gain;
    object["sides"] = std::move(sides);
    object["files"] = std::move(files);
    return object.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string outcomeText(const SideExportOutcome& outcome)
{
    std::string out;
    for (const DeliveredSide& side : outcome.sides) {
        const SampleRate rate = side.plan.rate;
        out += fmt::format(
            "Side {}  {}  {}  {:.1f} mm used  {}\n", side.plan.name,
            sideTime(SamplePos{} + side.plan.length, rate), side.plan.file,
            outcome.plan.sides.at(static_cast<std::size_t>(&side - outcome.sides.data())).groove.used,
            side.truePeak ? fmt::format("{:+.1f} dBTP", *side.truePeak) : "silence");
        for (const SideTrack& t : side.plan.tracks)
            out += fmt::format("  {:<4}{}  {:>12}  {}{}\n", t.name, sideTime(t.start, rate), t.start.value(),
                               escapedForDisplay(t.title), t.band ? "  (band before it)" : "");
    }
    out += fmt::format(
        "\n{} Hz, 24 bit; planned at {:+.2f} dB\n{}: written, read back and proven; report in {}\n",
        outcome.sides.front().plan.rate.hertz(), outcome.plan.gain, outcome.folder.string(),
        outcome.reportText.string());
    return out;
}

} // namespace

void addSideOptions(CLI::App& command, SideOptions& o)
{
    const std::string group = "Side files (export sides)";
    addRecordOptions(command, o, group);
    command.add_option("--rate", o.rate, "Hz of the side files (default: the sources' common rate)")
        ->check(CLI::IsMember({44'100, 48'000, 88'200, 96'000, 176'400, 192'000}))
        ->group(group);
    command
        .add_option("--pattern", o.pattern,
                    "Names of the files: {catalog} {title} {artist} {side} {number} {rate} {khz} {bits}")
        ->capture_default_str()
        ->group(group);
    addNumber(command, "--gain", o.fileGain, {-60, 24, "dB"}, "On all sides alike").group(group);
    command
        .add_option("--elliptical", o.elliptical,
                    "Apply an elliptical equaliser, HZ:ORDER: the difference of the channels is high-passed")
        ->group(group);
}

void exportSidesOf(Context& context, const SideRequest& r, const SideOptions& o)
{
    auto options = deliverOptions(r, o);
    if (!options) return context.fail(options.error());
    auto input = openInput(context.files, r.input.input, cueOptions(r.input, context));
    if (!input) return context.fail(input.error());
    if (const auto s = probeInput(context, *input); !s) return context.fail(s.error());
    const auto id = chooseVinylEdition(input->project.album, context.edition);
    if (!id) return context.fail(id.error());
    options->inputFindings = std::move(input->findings);
    const Edition& edition = *find(input->project.album, *id);
    auto wish = planWishOf(context, edition, o);
    if (!wish) return context.fail(wish.error());
    options->wish = std::move(*wish);
    options->wish.albumLevel = true;
    auto outcome = exportSides(context.files, input->project.album, edition, r.out, *options);
    if (!outcome) return context.fail(outcome.error());
    nameFilesFrom(outcome->findings, context.folderOf(r.input.input));
    if (!outcome->written) context.exitCode = ruleBroken;
    if (context.json) return context.out(outcomeJson(*outcome, edition));
    context.print(outcome->findings);
    if (!outcome->written) {
        context.note(fmt::format("Nothing was written: {}", countsOf(outcome->findings)));
        return;
    }
    if (!context.quiet) context.out(outcomeText(*outcome));
}

} // namespace segue::cli
