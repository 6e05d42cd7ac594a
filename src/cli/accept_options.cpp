#include "cli/accept_options.h"

#include "album/edit.h"
#include "core/text.h"
#include "core/time_text.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace segue::cli {

namespace {

/// "FAULT.CLICK@3@1:02.5": what a person points at.
struct Pointer {
    std::string rule{};
    std::optional<int> disc{}, track{}; ///< track 0: the album
    std::optional<Duration> time{};
};

Result<Pointer> parsePointer(const std::string& word)
{
    const auto wrong = [&](std::string what) {
        return failure(what + "; a finding is named RULE, RULE@TRACK or RULE@TRACK@TIME, for example "
                              "FAULT.CLICK@3@1:02.5",
                       word);
    };
    Pointer pointer;
    std::string_view rest = word;
    const auto next = [&rest] {
        const std::string_view part = rest.substr(0, rest.find('@'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        return part;
    };
    pointer.rule = std::string{next()};
    if (pointer.rule.empty()) return wrong("The rule is missing");
    if (const std::string_view track = next(); !track.empty()) {
        const auto dot = track.find('.');
        const auto number = parseInteger(dot == std::string_view::npos ? track : track.substr(dot + 1));
        const auto disc = dot == std::string_view::npos ? std::optional<std::int64_t>{0}
                                                        : parseInteger(track.substr(0, dot));
        if (!number || !disc || *number < 0 || *number > 9'999 || *disc < 0 || *disc > 9'999)
            return wrong("The track is a number, or with several discs DISC.TRACK");
        pointer.track = static_cast<int>(*number);
        if (*disc > 0) pointer.disc = static_cast<int>(*disc);
    }
    if (!rest.empty()) {
        const auto time = parseTime(rest);
        if (!time) return wrong(time.error().what);
        pointer.time = *time;
    }
    return pointer;
}

bool near(Duration a, Duration b) { return a - b <= samePlaceWithin && b - a <= samePlaceWithin; }

/// \param key where it lies; absent when nobody can say
bool names(const Pointer& p, const Finding& f, const std::optional<SignOff>& key)
{
    if (p.rule != f.rule || (p.track && *p.track != f.where.track) || (p.disc && *p.disc != f.where.disc))
        return false;
    if (!p.time) return true;
    const bool inFile = key && key->at && near(*key->at, *p.time);
    const bool onDisc = f.where.frame && near(durationOf(*f.where.frame - CdFramePos{0}), *p.time);
    return inFile || onDisc;
}

Status acceptOne(Accepted& done, const Edition& edition, const Findings& findings, const std::string& word,
                 const std::string& note)
{
    const auto pointer = parsePointer(word);
    if (!pointer) return failure(pointer.error());
    bool any = false;
    for (const Finding& f : findings) {
        auto key = signOffFor(done.album, edition, f, note);
        if (!names(*pointer, f, key ? std::optional{*key} : std::nullopt)) continue;
        if (!key) return failure(std::move(key.error()));
        auto album = edit::acceptFinding(std::move(done.album), std::move(*key));
        if (!album) return failure(std::move(album.error()));
        done.album = std::move(*album);
        ++done.accepted;
        any = true;
    }
    if (any) return {};
    return failure("Nothing of the kind was found, so there is nothing to accept; 'segue check' lists what "
                   "there is",
                   word);
}

Status withdrawOne(Accepted& done, const Edition& edition, const Findings& findings, const std::string& word)
{
    const auto pointer = parsePointer(word);
    if (!pointer) return failure(pointer.error());
    std::vector<SignOff> meant;
    for (const Finding& f : findings) {
        const auto key = signOffFor(done.album, edition, f);
        if (key && names(*pointer, f, *key)) meant.push_back(*key);
    }
    if (!pointer->track && !pointer->time)
        for (const SignOff& idle : idleSignOffs(done.album, edition, findings))
            if (idle.rule == pointer->rule) meant.push_back(idle);
    bool any = false;
    for (const SignOff& signOff : meant) {
        auto album = edit::withdrawAcceptance(done.album, signOff);
        if (!album) continue; // this one was not accepted
        done.album = std::move(*album);
        ++done.withdrawn;
        any = true;
    }
    if (any) return {};
    return failure("Nothing of the kind was accepted, so there is nothing to withdraw", word);
}

} // namespace

void addAcceptOptions(CLI::App& command, AcceptOptions& o)
{
    command
        .add_option("--accept", o.accept,
                    "Sign findings off as heard and accepted (repeat): a rule, its finding in a track, or at "
                    "a time of the file or the disc")
        ->type_name("RULE[@TRACK[@TIME]]");
    command.add_option("--note", o.note, "Why they are accepted; kept in the album and in reports")
        ->type_name("TEXT");
    command.add_option("--withdraw", o.withdraw, "Take acceptances back (repeat)")
        ->type_name("RULE[@TRACK[@TIME]]");
}

Result<Accepted> acceptFindings(const Album& album, const Edition& edition, const Findings& findings,
                                const AcceptOptions& o)
{
    Accepted done{.album = album};
    for (const std::string& word : o.withdraw)
        if (auto s = withdrawOne(done, edition, findings, word); !s) return failure(std::move(s.error()));
    for (const std::string& word : o.accept)
        if (auto s = acceptOne(done, edition, findings, word, o.note); !s)
            return failure(std::move(s.error()));
    return done;
}

} // namespace segue::cli
