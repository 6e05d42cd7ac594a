#include "album/edit.h"
#include "app/open_input.h"
#include "cli/commands.h"
#include "cli/number_options.h"
#include "cli/set_options.h"
#include "core/text.h"
#include "core/time_text.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace segue::cli {

void addSet(CLI::App& program, Context& context)
{
    auto o = std::make_shared<SetOptions>();
    CLI::App& command = *program.add_subcommand("set", "Change an album, or with -t one of its tracks");
    command.footer("Examples:\n"
                   "  segue set Night.segue --title \"Night\" --upc 4006381333931 --language German\n"
                   "  segue set Night.segue -t 3 --isrc DE-A12-26-00003 --gap 0:01:37 --index 1:30\n"
                   "  segue set Night.segue -t 4 --crossfade 3.5:equal-power --fade-out 8:cosine\n"
                   "Curves: linear, equal-power, cosine, exponential, logarithmic, square-root.\n"
                   "An empty text (--message \"\") stays as an empty text; --clear FIELD removes one.");
    command.add_option("ALBUM", o->file, "The album file")->required();
    command.add_option("-t,--track", o->track,
                       "Track number in the edition; without it the album is changed");
    for (const TextField field : allTextFields)
        command.add_option("--" + std::string{name(field)}, o->texts[field],
                           fmt::format("The {} (of the track with -t)", name(field)));
    command.add_option("--clear", o->clear, "Remove: a text field, isrc, upc, genre, end, indexes");
    command.add_option("--in-language", o->inLanguage,
                       "The texts given are in this language (a translation)");
    command.add_option("--isrc", o->isrc, "ISRC of the track");
    command.add_option(
        "--gap", o->gap,
        "Pause before the track: seconds or m:s:f (track 1: the first pause; negative: overlap)");
    command.add_option("--crossfade", o->crossfade, "Overlap the track before with this one: LENGTH[:CURVE]");
    command.add_option("--fade-in", o->fadeIn, "Fade from the track's start: LENGTH[:CURVE]");
    command.add_option("--fade-out", o->fadeOut, "Fade that ends at the track's end: LENGTH[:CURVE]");
    constexpr NumberRange gains{-200, 200, "dB"}; // what an edit takes
    addNumber(command, "--gain", o->gain, gains, "Gain of the track");
    addNumber(command, "--entry-gain", o->entryGain, gains, "Gain of the track in this edition only");
    addNumber(command, "--offset", o->offset, {-mostWantedOffset.value(), mostWantedOffset.value(), "LU"},
              "How much louder than the rest the track is meant to be; segue balance keeps it");
    command.add_option("--index", o->indexes,
                       "INDEX 02, 03 ...: place counted from INDEX 01 (repeat; replaces all)");
    command.add_option("--end", o->end, "End mark, counted from the track's start");
    command.add_option("--flags", o->flags, "Comma-separated: pre, dcp, 4ch, scms; or none");
    command.add_option("--note", o->note, "A note; a record's cut sheet prints it as a wish");
    command.add_option("--genre", o->genre, "CD-Text genre by name or code, or any text");
    command.add_option("--language", o->language, "Language of the texts (name, two letters or 0x code)");
    command.add_option("--disc-id", o->discId, "CD-Text disc identification");
    command.add_option("--catalog", o->catalog, "Catalogue number");
    command.add_option("--label", o->label, "Record label");
    command.add_option("--date", o->date, "Master date, as you want to read it");
    command.add_option("--studio", o->studio, "Studio, for the PQ sheet");
    command.add_option("--engineer", o->engineer, "Engineer, for the PQ sheet");
    command.add_option("--contact", o->contact, "Contact, for the PQ sheet");
    command.add_option("--master-version", o->masterVersion, "Version of the master, for the PQ sheet");
    command.add_option("--upc", o->upc, "UPC or EAN");
    command.add_option("--master-id", o->masterId, "Master id in DDPID, at most 48 characters");
    command.add_option("--start-offset", o->startOffset, "INDEX 01 stands this much before the music");
    command.add_option("--end-offset", o->endOffset, "INDEX 00 stands this much after the end before it");
    command.add_option("--first-pause", o->firstPause, "Pause before track 1 of every disc");
    command.add_option("--end-silence", o->endSilence, "Silence after the last track");
    command.add_option("--max-length", o->maxLength, "Longest disc that passes, m:s:f");
    command.add_option("--isrc-placement", o->isrcPlacement, "first or both")
        ->check(CLI::IsMember({"first", "both"}));
    command.add_option("--cd-text-codes", o->cdTextCodes, "UPC and ISRC in CD-Text too: on or off")
        ->check(CLI::IsMember({"on", "off"}));
    addCommonOptions(command, context, true);
    command.callback([&context, o] {
        editAlbum(context, o->file, "Saved",
                  [&](Album album) { return applySet(std::move(album), *o, context.edition); });
    });
}

void addMove(CLI::App& program, Context& context)
{
    struct Options {
        std::string file;
        int track = 0, to = 0;
    };
    auto o = std::make_shared<Options>();
    CLI::App& command = *program.add_subcommand("move", "Move a track to another place");
    command.footer("Example:\n  segue move Night.segue -t 7 --to 2");
    command.add_option("ALBUM", o->file, "The album file")->required();
    command.add_option("-t,--track", o->track, "The track's number")->required();
    command.add_option("--to", o->to, "Its new number")->required();
    addCommonOptions(command, context, true);
    command.callback([&context, o] {
        editAlbum(context, o->file, fmt::format("Track {} is now track {}", o->track, o->to),
                  [&](Album album) -> Result<Album> {
                      const auto choice = chooseTrack(album, context.edition, o->track);
                      if (!choice) return failure(choice.error());
                      const auto target = chooseTrack(album, context.edition, o->to);
                      if (!target) return failure(target.error().what, "--to");
                      return edit::moveEntry(std::move(album), choice->edition, choice->track,
                                             target->position);
                  });
    });
}

void addSplit(CLI::App& program, Context& context)
{
    struct Options {
        std::string file, at;
        int track = 0;
    };
    auto o = std::make_shared<Options>();
    CLI::App& command =
        *program.add_subcommand("split", "Split a track in two without a gap; not a sample changes");
    command.footer("Example, a concert in one file:\n  segue split Live.segue -t 1 --at 4:31:20\n  segue "
                   "split Live.segue -t 2 --at 3:58:00");
    command.add_option("ALBUM", o->file, "The album file")->required();
    command.add_option("-t,--track", o->track, "The track's number")->required();
    command.add_option("--at", o->at, "Where, counted from the track's start: m:s:f, m:s.mmm or seconds")
        ->required();
    addCommonOptions(command, context, true);
    command.callback([&context, o] {
        editAlbum(context, o->file, fmt::format("Tracks {} and {}", o->track, o->track + 1),
                  [&](Album album) -> Result<Album> {
                      const auto choice = chooseTrack(album, context.edition, o->track);
                      if (!choice) return failure(choice.error());
                      const auto at = parseTime(o->at);
                      if (!at) return failure(at.error().what, "--at " + o->at);
                      auto split = edit::splitTrack(std::move(album), choice->track, *at);
                      if (!split) return failure(split.error());
                      return std::move(split->first);
                  });
    });
}

} // namespace segue::cli
