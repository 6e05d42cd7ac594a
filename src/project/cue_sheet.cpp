#include "project/cue_sheet.h"

#include "core/text.h"
#include "core/time_text.h"
#include "project/cue_text.h"
#include "project/project_rules.h"
#include "project/xml_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace segue {

namespace {

constexpr int mostTracks = 99;
constexpr int mostIndexes = 99;
constexpr std::size_t mostFindings = 200;

class CueParser {
public:
    CueParser(const CueText& text, std::string fileName) : text_{text}, fileName_{std::move(fileName)} {}

    Result<ParsedCue> run()
    {
        result_.encoding = text_.encoding;
        for (const std::string& line : text_.lines) {
            ++line_;
            if (const auto ok = readLine(line); !ok) return failure(ok.error());
        }
        if (const auto ok = endTrack(); !ok) return failure(ok.error());
        if (const auto ok = endFile(); !ok) return failure(ok.error());
        if (sheet_.tracks.empty()) return failure("The cue sheet has no TRACK", fileName_);
        noteEncoding();
        if (left_ > 0)
            result_.findings.push_back(finding(projectRule("CUE.MORE"),
                                               fmt::format("{} more findings are not listed", left_),
                                               {.file = fileName_}));
        return std::move(result_);
    }

private:
    using Handler = Status (CueParser::*)(std::string_view);
    struct Command {
        std::string_view name;
        Handler handler;
    };

    Status readLine(std::string_view line)
    {
        static constexpr std::array commands{
            Command{"REM", &CueParser::remark},           Command{"FILE", &CueParser::file},
            Command{"TRACK", &CueParser::track},          Command{"INDEX", &CueParser::index},
            Command{"PREGAP", &CueParser::pregap},        Command{"POSTGAP", &CueParser::postgap},
            Command{"FLAGS", &CueParser::flags},          Command{"ISRC", &CueParser::isrc},
            Command{"CATALOG", &CueParser::catalog},      Command{"UPC_EAN", &CueParser::catalog},
            Command{"GENRE", &CueParser::genre},          Command{"DISC_ID", &CueParser::discId},
            Command{"CDTEXTFILE", &CueParser::cdTextFile}};
        line = trimmed(line);
        if (line.empty()) return {};
        const auto word = cueWords(line).front();
        const auto argument = trimmed(line.substr(word.size()));
        command_ = asciiUpper(word);
        for (const Command& c : commands)
            if (c.name == command_) return (this->*c.handler)(argument);
        for (const TextField field : allTextFields)
            if (asciiUpper(name(field)) == command_) return text(field, argument);
        note("CUE.UNKNOWN_COMMAND", fmt::format("\"{}\" is no command of a cue sheet; the line is left out",
                                                escapedForDisplay(word)));
        return {};
    }

    [[nodiscard]] std::string where() const { return fileAndLine(fileName_, line_); }
    [[nodiscard]] std::unexpected<Error> no(std::string what) const
    {
        return failure(std::move(what), where());
    }
    [[nodiscard]] CueTrack* now() { return sheet_.tracks.empty() ? nullptr : &sheet_.tracks.back(); }

    void note(std::string_view rule, std::string message, int line = 0)
    {
        if (result_.findings.size() >= mostFindings) {
            ++left_;
            return;
        }
        result_.findings.push_back(finding(projectRule(rule), std::move(message),
                                           {.file = fileName_,
                                            .line = line != 0 ? line : line_,
                                            .track = now() != nullptr ? now()->number : 0}));
    }

    void noteEncoding()
    {
        if (text_.firstBeyondAscii == 0) return;
        Finding f = finding(projectRule("CUE.ENCODING"),
                            fmt::format("The text beyond ASCII was read as {}", text_.encoding),
                            {.file = fileName_, .line = text_.firstBeyondAscii},
                            text_.encoding == "UTF-8" ? "" : "check accented letters and quotes");
        result_.findings.insert(result_.findings.begin(), std::move(f));
    }

    // The text of a command that takes one.
    std::string textArgument(std::string_view argument)
    {
        CueArgument a = cueArgument(argument);
        if (a.unclosed)
            note("CUE.QUOTE",
                 fmt::format("The quote after {} is never closed; the rest of the line was taken", command_));
        else if (!a.rest.empty())
            note(a.quoted ? "CUE.QUOTE" : "CUE.UNQUOTED",
                 fmt::format("Of {} only {} was taken; {} was left out. Put the whole text in quotes",
                             command_, quotedForMessage(a.text), quotedForMessage(a.rest)));
        return std::move(a.text);
    }

    // One value a sheet or a track has once.
    template <class T>
    void set(std::optional<T>& value, T fresh)
    {
        if (value && *value != fresh)
            note("CUE.REPEATED", fmt::format("{} is given twice; this one counts", command_));
        value = std::move(fresh);
    }

    Status text(TextField field, std::string_view argument)
    {
        Texts& texts = now() != nullptr ? now()->texts : sheet_.texts;
        set(texts[field], textArgument(argument));
        return {};
    }

    Status remark(std::string_view argument)
    {
        // REM is free text: without quotes all of it counts. REM DISCID is a freedb number, not CD-Text's
        // disc id.
        if (now() != nullptr) return {};
        const CueArgument kind = cueArgument(argument);
        const std::string key = asciiUpper(kind.text);
        const CueArgument value = cueArgument(kind.rest);
        const std::string& all = value.quoted ? value.text : kind.rest;
        if (key == "GENRE") sheet_.genre = all;
        if (key == "DATE") sheet_.date = all;
        return {};
    }

    Status genre(std::string_view argument)
    {
        if (now() != nullptr) return misplaced("belongs before the first TRACK");
        sheet_.genre = textArgument(argument);
        return {};
    }

    Status discId(std::string_view argument)
    {
        if (now() != nullptr) return misplaced("belongs before the first TRACK");
        sheet_.discId = textArgument(argument);
        return {};
    }

    Status cdTextFile(std::string_view argument)
    {
        if (now() != nullptr) return misplaced("belongs before the first TRACK");
        sheet_.cdTextFile = textArgument(argument);
        return {};
    }

    Status misplaced(std::string_view belongs)
    {
        note("CUE.MISPLACED", fmt::format("{} {}; the line is left out", command_, belongs));
        return {};
    }

    Status catalog(std::string_view argument)
    {
        auto upc = UpcEan::parseDigits(textArgument(argument));
        if (!upc) return no(fmt::format("{}: {}", command_, upc.error().what));
        if (now() != nullptr)
            note("CUE.CATALOG_IN_TRACK",
                 fmt::format("{} stands inside a TRACK; it counts for the whole disc", command_));
        if (sheet_.upc && *sheet_.upc != *upc)
            return no(fmt::format("{} gives {}, but an earlier line gave {}; a disc has one", command_,
                                  upc->digits(), sheet_.upc->digits()));
        sheet_.upc = std::move(*upc);
        return {};
    }

    Status isrc(std::string_view argument)
    {
        if (now() == nullptr) return no("ISRC stands before the first TRACK; it belongs to a track");
        auto code = Isrc::parse(textArgument(argument));
        if (!code) return no(fmt::format("Track {}: {}", now()->number, code.error().what));
        set(now()->isrc, std::move(*code));
        return {};
    }

    Status flags(std::string_view argument)
    {
        if (now() == nullptr) return misplaced("belongs to a TRACK");
        for (const std::string_view word : cueWords(argument)) {
            const std::string flag = asciiUpper(word);
            if (flag == "PRE")
                now()->flags.preEmphasis = true;
            else if (flag == "DCP")
                now()->flags.copyPermitted = true;
            else if (flag == "4CH")
                now()->flags.fourChannel = true;
            else if (flag == "SCMS")
                now()->flags.scms = true;
            else
                note("CUE.UNKNOWN_FLAG",
                     fmt::format("\"{}\" is no flag of an audio track (PRE, DCP, 4CH, SCMS); it is left "
                                 "out",
                                 escapedForDisplay(word)));
        }
        return {};
    }

    Result<CdFrameCount> length(std::string_view time, const std::string& what)
    {
        const auto msf = parseMsf(trimmed(time));
        if (!msf)
            return no(fmt::format("{} of track {} is {}: {}", what, now()->number,
                                  quotedForMessage(trimmed(time)), msf.error().what));
        return fromMsf(*msf) - CdFramePos{0};
    }

    Status gap(std::string_view argument, CdFrameCount CueTrack::* which, std::set<int>& given)
    {
        if (now() == nullptr)
            return no(fmt::format("{} stands before the first TRACK; it belongs to a track", command_));
        if (!given.insert(now()->number).second)
            return no(fmt::format("Track {} has {} twice; a track has one", now()->number, command_));
        const auto frames = length(argument, command_);
        if (!frames) return failure(frames.error());
        now()->*which = *frames;
        return {};
    }
    Status pregap(std::string_view argument) { return gap(argument, &CueTrack::pregap, pregaps_); }
    Status postgap(std::string_view argument) { return gap(argument, &CueTrack::postgap, postgaps_); }

    Status file(std::string_view argument)
    {
        auto [fileName, written] = cueFileArgument(argument);
        CueFile fresh{.name = std::move(fileName), .line = line_};
        const std::string type = asciiUpper(written);
        if (fresh.name.empty()) return no("FILE without a name: FILE \"name.wav\" WAVE is right");
        if (type == "BINARY")
            fresh.type = CueFile::Type::littleEndian;
        else if (type == "MOTOROLA")
            fresh.type = CueFile::Type::bigEndian;
        else if (type != "WAVE" && type != "AIFF" && type != "MP3" && type != "FLAC")
            note("CUE.FILE_TYPE",
                 type.empty()
                     ? std::string{"FILE has no type (WAVE, BINARY, MOTOROLA, AIFF, MP3); the file is read "
                                   "by its "
                                   "content"}
                     : fmt::format("\"{}\" is no file type of a cue sheet; the file is read by its content",
                                   escapedForDisplay(type)));
        if (!sheet_.files.empty() && sheet_.files.back().name == fresh.name) {
            note("CUE.SAME_FILE",
                 fmt::format("{} is named again and is the same file", quotedForMessage(fresh.name)));
            return {};
        }
        if (const auto ok = endFile(); !ok) return ok;
        const auto before = std::ranges::find(sheet_.files, fresh.name, &CueFile::name);
        if (before != sheet_.files.end())
            return no(
                fmt::format("{} was named in line {} and other files after it; a file cannot be gone back to",
                            quotedForMessage(fresh.name), before->line));
        sheet_.files.push_back(std::move(fresh));
        last_.reset();
        return {};
    }

    // Its audio would be lost, or played by nobody knows which track.
    Status endFile()
    {
        if (sheet_.files.empty() || last_) return {};
        const CueFile& file = sheet_.files.back();
        return failure(
            fmt::format("No INDEX points into {}; every FILE needs one", quotedForMessage(file.name)),
            fileAndLine(fileName_, file.line));
    }

    Status track(std::string_view argument)
    {
        if (const auto ok = endTrack(); !ok) return ok;
        const auto words = cueWords(argument);
        const auto number = words.empty() ? std::nullopt : parseInteger(words[0]);
        const auto due = std::ssize(sheet_.tracks) + 1;
        if (!number || *number < 0)
            return no(fmt::format("TRACK {}: a number from 1 to 99 and AUDIO belong here",
                                  escapedForDisplay(argument)));
        if (due > mostTracks) return no("There are more than 99 tracks; a CD holds 99");
        if (*number != due)
            return no(due == 1
                          ? fmt::format("The first track has number {}; a CD's tracks count from 1", *number)
                          : fmt::format("Track {} follows track {}; {} is due, track numbers go up by one",
                                        *number, due - 1, due));
        if (words.size() < 2)
            return no(fmt::format("Track {} has no type; TRACK {:02} AUDIO is right", *number, *number));
        if (asciiUpper(words[1]) != "AUDIO")
            return no(fmt::format("Track {} is {}; only AUDIO tracks can be on an audio CD", *number,
                                  quotedForMessage(words[1])));
        CueTrack& fresh = sheet_.tracks.emplace_back();
        fresh.number = static_cast<int>(*number);
        fresh.line = line_;
        return {};
    }

    Status endTrack()
    {
        if (now() == nullptr) return {};
        CueTrack& track = *now();
        const bool started = std::ranges::find(track.indexes, 1, &CueIndex::number) != track.indexes.end();
        if (!started)
            return failure(fmt::format("Track {} has no INDEX 01, where it begins", track.number),
                           fileAndLine(fileName_, track.line));
        const CueIndex& first = track.indexes.front();
        if (first.number == 0 && first.file == track.indexes[1].file && first.at == track.indexes[1].at) {
            note("CUE.EMPTY_PAUSE",
                 fmt::format(
                     "Track {} has INDEX 00 at the time of INDEX 01; there is no pause, so it is left out",
                     track.number),
                 first.line);
            track.indexes.erase(track.indexes.begin());
        }
        return {};
    }

    Status index(std::string_view argument)
    {
        if (now() == nullptr) return no("INDEX stands before the first TRACK; it belongs to a track");
        if (sheet_.files.empty()) return no("INDEX stands before the first FILE; its time needs a file");
        const auto words = cueWords(argument);
        const auto number = words.size() == 2 ? parseInteger(words[0]) : std::nullopt;
        if (!number || *number < 0 || *number > mostIndexes)
            return no(fmt::format("INDEX {}: a number from 00 to 99 and a time MM:SS:FF belong here",
                                  escapedForDisplay(argument)));
        const auto at = length(words[1], fmt::format("INDEX {:02}", *number));
        if (!at) return failure(at.error());

        auto& indexes = now()->indexes;
        const int due = indexes.empty() ? 1 : indexes.back().number + 1;
        if (*number != due && !(indexes.empty() && *number == 0))
            return no(
                indexes.empty()
                    ? fmt::format("The first INDEX of track {} is {:02}; 00 or 01 belongs there",
                                  now()->number, *number)
                    : fmt::format(
                          "INDEX {:02} of track {} follows INDEX {:02}; {:02} is due, index numbers go up by "
                          "one",
                          *number, now()->number, due - 1, due));
        if (last_) {
            const bool afterOwnPause = *number == 1 && !indexes.empty();
            if (*at < *last_ || (*at == *last_ && !afterOwnPause))
                return no(fmt::format("INDEX {:02} of track {} is at {}, not after the index before it at {}",
                                      *number, now()->number, cdTime(*at), cdTime(*last_)));
        }
        last_ = *at;
        indexes.push_back(
            {.number = static_cast<int>(*number), .file = sheet_.files.size() - 1, .at = *at, .line = line_});
        return {};
    }

    const CueText& text_;
    std::string fileName_;
    ParsedCue result_{};
    CueSheet& sheet_ = result_.sheet;
    int line_ = 0;
    std::string command_{};
    std::set<int> pregaps_{}, postgaps_{};
    std::optional<CdFrameCount>
        last_{}; // latest index in the file named last; empty: none points into it yet
    std::size_t left_ = 0;
};

} // namespace

Result<ParsedCue> parseCueSheet(std::string_view bytes, const std::string& fileName)
{
    const auto text = decodeCue(bytes, fileName);
    if (!text) return failure(text.error());
    return CueParser{*text, fileName}.run();
}

} // namespace segue
