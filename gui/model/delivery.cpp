#include "gui/model/delivery.h"

#include "deliver/side_export.h"
#include "vinyl/record_planner.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace segue::gui {

namespace {

template <typename Outcome>
Delivered deliveredOf(const Outcome& outcome, std::vector<DeliveredFile> files)
{
    return {.findings = outcome.findings,
            .written = outcome.written,
            .folder = outcome.folder,
            .report = outcome.reportText,
            .files = std::move(files)};
}

Result<Delivered> deliverDdp(FileOps& files, const Album& album, const Edition& edition, const Path& out,
                             const DeliveryChoices& choices, const DeliveryWork& work)
{
    DdpExportOptions options;
    options.work.progress = work.progress;
    options.imageCue = choices.imageCue;
    options.replace = choices.replace;
    options.cacheFolder = work.cacheFolder;
    options.allow = choices.allow;
    options.albumName = work.albumName;
    auto outcome = exportDdp(files, album, edition, out, options);
    if (!outcome) return failure(std::move(outcome.error()));
    std::vector<DeliveredFile> all;
    for (const DeliveredDisc& disc : outcome->discs) std::ranges::copy(disc.files, std::back_inserter(all));
    return deliveredOf(*outcome, std::move(all));
}

Result<Delivered> deliverSides(FileOps& files, const Album& album, const Edition& edition, const Path& out,
                               const DeliveryChoices& choices, const DeliveryWork& work)
{
    auto wish = vinyl::wishOf(files, std::get<VinylSettings>(edition.medium));
    if (!wish) return failure(std::move(wish.error()));
    SideExportOptions options;
    options.leadIn = choices.leadIn;
    options.tail = choices.tail;
    options.gain = choices.gain;
    options.elliptical = choices.elliptical;
    options.pattern = choices.pattern;
    options.wish = std::move(*wish);
    options.wish.albumLevel = true;
    options.work.progress = work.progress;
    options.replace = choices.replace;
    options.allow = choices.allow;
    options.albumName = work.albumName;
    auto outcome = exportSides(files, album, edition, out, options);
    if (!outcome) return failure(std::move(outcome.error()));
    return deliveredOf(*outcome, outcome->files);
}

} // namespace

Deliverable deliverableOf(const Edition& edition)
{
    if (std::holds_alternative<CdSettings>(edition.medium)) return Deliverable::ddp;
    return std::holds_alternative<VinylSettings>(edition.medium) ? Deliverable::sides : Deliverable::nothing;
}

std::optional<NotDeliverable> whyNotDeliverable(const Edition* edition)
{
    if (edition == nullptr)
        return NotDeliverable{"Nothing to deliver", "The edition is not in the album any more."};
    if (edition->entries.empty()) return NotDeliverable{"Nothing to deliver", "The edition has no tracks."};
    if (deliverableOf(*edition) == Deliverable::nothing)
        return NotDeliverable{
            "An edition of files",
            fmt::format(
                "\u201c{}\u201d is for files, which Segue does not write yet. A DDP is made from a CD "
                "edition, side files from a vinyl edition: choose or make one in the menu Edition.",
                edition->name)};
    return {};
}

DeliveryWords deliveryWords(const Album& album, const Edition& edition)
{
    std::string name = album.info.texts.title.value_or("Album");
    const bool sides = deliverableOf(edition) == Deliverable::sides;
    name += sides ? " sides" : " DDP";
    for (char& c : name)
        if (c == '/' || c == '\0') c = '-';
    if (sides)
        return {.title = "Deliver side files \u2014 " + edition.name,
                .folder = "The new folder for the side files",
                .folderName = std::move(name),
                .ready = "Ready to be written",
                .replace = "Replace side files that are there"};
    return {.title = "Deliver DDP \u2014 " + edition.name,
            .folder = "The new folder for the DDP",
            .folderName = std::move(name),
            .ready = "Ready for the plant",
            .replace = "Replace a set that is there"};
}

Result<Delivered> deliverEdition(FileOps& files, const Album& album, const Edition& edition, const Path& out,
                                 const DeliveryChoices& choices, const DeliveryWork& work)
{
    return deliverableOf(edition) == Deliverable::sides
               ? deliverSides(files, album, edition, out, choices, work)
               : deliverDdp(files, album, edition, out, choices, work);
}

std::vector<std::string> rulesToSetAside(const Findings& findings)
{
    std::vector<std::string> rules;
    bool any = false;
    for (const Finding& f : findings) {
        if (f.level != Finding::Level::error || (!f.stands() && !f.overridden)) continue;
        if (!f.mayBeSetAside()) return {};
        any = any || f.stands();
        if (std::ranges::find(rules, f.rule) == rules.end()) rules.push_back(f.rule);
    }
    return any ? rules : std::vector<std::string>{};
}

std::string readinessWords(const Findings& findings, bool checking, const std::string& ready)
{
    const auto standing = [&](Finding::Level level) {
        return std::ranges::count_if(findings,
                                     [&](const Finding& f) { return f.level == level && f.stands(); });
    };
    const auto errors = standing(Finding::Level::error), warnings = standing(Finding::Level::warning);
    if (errors > 0)
        return fmt::format("Not ready: {} {} in the way", errors,
                           errors == 1 ? "error stands" : "errors stand");
    if (warnings > 0)
        return fmt::format("{}, with {} {} to look at", checking ? "Nothing in the way so far" : "Ready",
                           warnings, warnings == 1 ? "warning" : "warnings");
    return checking ? "Nothing in the way so far" : ready;
}

std::string refusalWords(const Findings& findings)
{
    if (rulesToSetAside(findings).empty()) return "Nothing was written. Put it right, then try again";
    return "Nothing was written. Put it right, or set the errors aside, then try again";
}

std::string deliveredWords(const Delivered& delivered)
{
    std::string words = fmt::format("{}\nReport: {}", delivered.folder.string(), delivered.report.string());
    std::vector<std::string> rules;
    for (const Finding& f : delivered.findings)
        if (f.overridden && std::ranges::find(rules, f.rule) == rules.end()) rules.push_back(f.rule);
    if (!rules.empty())
        words += fmt::format("\nSet aside for this delivery, as the report says: {}", fmt::join(rules, ", "));
    return words;
}

} // namespace segue::gui
