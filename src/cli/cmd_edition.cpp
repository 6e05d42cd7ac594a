#include "album/edit.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/number_options.h"
#include "core/text.h"
#include "vinyl/record_planner.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace segue::cli {

namespace {

struct EditionOptions {
    std::string file, name, as, medium = "cd", kind;
    int track = 0, to = 0;
};

Medium mediumOf(const std::string& name)
{
    if (name == "vinyl") return VinylSettings{};
    if (name == "digital") return DigitalSettings{};
    return CdSettings{};
}

Result<EditionId> editionCalled(const Album& album, const std::string& name)
{
    return chooseAnyEdition(album, name);
}

/// All tracks of the album in the first edition's order, so that a new edition is ready to be changed.
Result<Album> addFilledEdition(Album album, const EditionOptions& o)
{
    if (std::ranges::find(album.editions, o.name, &Edition::name) != album.editions.end())
        return failure("There is an edition of this name already", o.name);
    const std::vector<Entry> order =
        album.editions.empty() ? std::vector<Entry>{} : album.editions.front().entries;
    auto added = edit::addEdition(std::move(album), o.name, mediumOf(o.medium));
    if (!added) return failure(added.error());
    Result<Album> filled = std::move(added->first);
    for (std::size_t i = 0; filled && i < order.size(); ++i) {
        Joint joint = order[i].joint;
        if (i == 0 && o.medium != "cd") joint = {};
        filled = edit::insertEntry(std::move(*filled), added->second, order[i].track, i, joint);
    }
    return filled;
}

CLI::App& subcommand(CLI::App& parent, const char* name, const char* help,
                     const std::shared_ptr<EditionOptions>& o, Context& context)
{
    CLI::App& command = *parent.add_subcommand(name, help);
    command.add_option("ALBUM", o->file, "The album file")->required();
    addCommonOptions(command, context, false);
    return command;
}

void listEditions(Context& context, const EditionOptions& o)
{
    const auto project = loadProject(context.files, o.file);
    if (!project) return context.fail(project.error());
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    std::string text;
    for (const Edition& e : project->album.editions) {
        const char* medium = std::holds_alternative<CdSettings>(e.medium)      ? "cd"
                             : std::holds_alternative<VinylSettings>(e.medium) ? "vinyl"
                                                                               : "digital";
        all.push_back({{"name", e.name}, {"medium", medium}, {"tracks", e.entries.size()}});
        text +=
            fmt::format("{:<20} {:<8} {:>3} tracks\n", escapedForDisplay(e.name), medium, e.entries.size());
    }
    context.out(context.json ? nlohmann::ordered_json{{"ok", true}, {"editions", all}}.dump(2) + "\n" : text);
}

void addListAddCopy(CLI::App& edition, Context& context)
{
    {
        auto o = std::make_shared<EditionOptions>();
        subcommand(edition, "list", "The editions of an album", o, context).callback([&context, o] {
            listEditions(context, *o);
        });
    }
    {
        auto o = std::make_shared<EditionOptions>();
        CLI::App& c = subcommand(edition, "add", "A new edition, with the first one's order", o, context);
        c.add_option("NAME", o->name, "Its name")->required();
        c.add_option("--medium", o->medium, "cd, vinyl or digital")
            ->check(CLI::IsMember({"cd", "vinyl", "digital"}))
            ->capture_default_str();
        c.callback([&context, o] {
            editAlbum(context, o->file, fmt::format("Added the edition \"{}\"", o->name),
                      [&](Album album) { return addFilledEdition(std::move(album), *o); });
        });
    }
    {
        auto o = std::make_shared<EditionOptions>();
        CLI::App& c = subcommand(edition, "copy",
                                 "A copy of an edition with its order, gaps, gains and breaks", o, context);
        c.add_option("NAME", o->name, "The edition to copy")->required();
        c.add_option("--as", o->as, "The copy's name")->required();
        c.callback([&context, o] {
            editAlbum(context, o->file, fmt::format("Copied to \"{}\"", o->as),
                      [&](Album album) -> Result<Album> {
                          const auto id = editionCalled(album, o->name);
                          if (!id) return failure(id.error());
                          auto copied = edit::copyEdition(std::move(album), *id, o->as);
                          if (!copied) return failure(copied.error());
                          return std::move(copied->first);
                      });
        });
    }
    {
        auto o = std::make_shared<EditionOptions>();
        CLI::App& c =
            subcommand(edition, "remove", "Remove an edition; its tracks stay in the album", o, context);
        c.add_option("NAME", o->name, "The edition")->required();
        c.callback([&context, o] {
            editAlbum(context, o->file, fmt::format("Removed the edition \"{}\"", o->name),
                      [&](Album album) -> Result<Album> {
                          const auto id = editionCalled(album, o->name);
                          if (!id) return failure(id.error());
                          return edit::removeEdition(std::move(album), *id);
                      });
        });
    }
}

void addMoveBreak(CLI::App& edition, Context& context)
{
    {
        auto o = std::make_shared<EditionOptions>();
        CLI::App& c = subcommand(edition, "move", "Move a track within an edition", o, context);
        c.add_option("NAME", o->name, "The edition")->required();
        c.add_option("-t,--track", o->track, "The track's number")->required();
        c.add_option("--to", o->to, "Its new number")->required();
        c.callback([&context, o] {
            editAlbum(context, o->file, fmt::format("Track {} is now track {}", o->track, o->to),
                      [&](Album album) -> Result<Album> {
                          const auto choice = chooseTrack(album, o->name, o->track);
                          if (!choice) return failure(choice.error());
                          const auto target = chooseTrack(album, o->name, o->to);
                          if (!target) return failure(target.error().what, "--to");
                          return edit::moveEntry(std::move(album), choice->edition, choice->track,
                                                 target->position);
                      });
        });
    }
    {
        auto o = std::make_shared<EditionOptions>();
        CLI::App& c = subcommand(
            edition, "break", "Begin a new disc or side before a track, or take the break away", o, context);
        c.footer("Example:\n  segue edition break Night.segue CD -t 9 --kind disc");
        c.add_option("NAME", o->name, "The edition")->required();
        c.add_option("-t,--track", o->track, "The track's number")->required();
        c.add_option("--kind", o->kind, "disc, side or none")
            ->required()
            ->check(CLI::IsMember({"disc", "side", "none"}));
        c.callback([&context, o] {
            editAlbum(context, o->file, "Saved", [&](Album album) -> Result<Album> {
                const auto choice = chooseTrack(album, o->name, o->track);
                if (!choice) return failure(choice.error());
                const Break kind = o->kind == "disc"   ? Break::disc
                                   : o->kind == "side" ? Break::side
                                                       : Break::none;
                if (choice->position == 0 && kind != Break::none)
                    return failure("There is nothing before track 1 to break from", "-t 1");
                return edit::setBreak(std::move(album), choice->edition, choice->track, kind);
            });
        });
    }
}

void addKeep(CLI::App& edition, Context& context)
{
    auto o = std::make_shared<EditionOptions>();
    auto release = std::make_shared<bool>(false);
    CLI::App& c = subcommand(edition, "keep",
                             "Keep a track and the one before it on one side, however the record is divided",
                             o, context);
    c.footer("Example:\n  segue edition keep Night.segue LP -t 5");
    c.add_option("NAME", o->name, "The edition")->required();
    c.add_option("-t,--track", o->track, "The number of the second of the two")->required();
    c.add_flag("--release", *release, "Let a side come between them again");
    c.callback([&context, o, release] {
        const std::string done = fmt::format("Tracks {} and {} {}", o->track - 1, o->track,
                                             *release ? "may be parted" : "stay on one side");
        editAlbum(context, o->file, done, [&](Album album) -> Result<Album> {
            const auto choice = chooseTrack(album, o->name, o->track);
            if (!choice) return failure(choice.error());
            if (choice->position == 0)
                return failure("There is nothing before track 1 to keep it with", "-t 1");
            return edit::setKeepWithPrevious(std::move(album), choice->edition, choice->track, !*release);
        });
    });
}

struct RecordSettings {
    std::string file, name;
    std::optional<int> inches{}, rpm{}, rate{};
    std::optional<std::string> lathe{}, plant{};
    std::optional<double> reference{};
};

Result<Album> withRecord(Album album, const RecordSettings& o, FileOps& files)
{
    const auto id = editionCalled(album, o.name);
    if (!id) return failure(id.error());
    const auto* now = std::get_if<VinylSettings>(&find(album, *id)->medium);
    if (now == nullptr) return failure("This edition is not for vinyl", o.name);
    VinylSettings record = *now;
    record.inches = o.inches.value_or(record.inches);
    record.speed = o.rpm.value_or(record.speed);
    record.lathe = o.lathe.value_or(record.lathe);
    record.plant = o.plant.value_or(record.plant);
    if (o.rate) record.rate = *o.rate == 0 ? std::nullopt : std::optional{SampleRate{*o.rate}};
    if (o.reference) record.reference = Decibels{*o.reference};
    // A profile that cannot be read is said now, not when the record is planned.
    if (const auto wish = vinyl::wishOf(files, record); !wish) return failure(wish.error());
    return edit::setMedium(std::move(album), *id, record);
}

void addRecord(CLI::App& edition, Context& context)
{
    auto o = std::make_shared<RecordSettings>();
    CLI::App& c = *edition.add_subcommand("record", "Set the record that a vinyl edition is planned for");
    c.footer("Example:\n  segue edition record Night.segue LP --inches 12 --rpm 45 --lathe dmm");
    c.add_option("ALBUM", o->file, "The album file")->required();
    c.add_option("NAME", o->name, "The edition")->required();
    c.add_option("--inches", o->inches, "12, 10 or 7")->check(CLI::IsMember({12, 10, 7}));
    c.add_option("--rpm", o->rpm, "33 (and a third) or 45")->check(CLI::IsMember({33, 45}));
    c.add_option("--lathe", o->lathe, "Lathe profile (standard, conservative, tight, dmm) or a file");
    c.add_option("--plant", o->plant, "Plant profile (recommended, furnace ...) or a file");
    addNumber(c, "--reference-dbfs", o->reference,
              {lowestVinylReference.value(), highestVinylReference.value(), "dBFS"},
              "A 1 kHz sine that is cut at 5 cm/s peak per channel");
    c.add_option("--rate", o->rate, "Hz of the side files; 0: the sources' common rate")
        ->check(CLI::IsMember({0, 44'100, 48'000, 88'200, 96'000, 176'400, 192'000}));
    addCommonOptions(c, context, false);
    c.callback([&context, o] {
        editAlbum(context, o->file, fmt::format("Set the record of \"{}\"", o->name),
                  [&](Album album) { return withRecord(std::move(album), *o, context.files); });
    });
}

} // namespace

void addEdition(CLI::App& program, Context& context)
{
    CLI::App& edition = *program.add_subcommand(
        "edition", "Editions: the same tracks in another order or for another medium");
    edition.require_subcommand(1);
    edition.footer("Examples:\n  segue edition add Night.segue LP --medium vinyl\n  segue edition copy "
                   "Night.segue CD --as \"CD Japan\"\n  segue edition record Night.segue LP --rpm 45");
    addListAddCopy(edition, context);
    addMoveBreak(edition, context);
    addKeep(edition, context);
    addRecord(edition, context);
}

} // namespace segue::cli
