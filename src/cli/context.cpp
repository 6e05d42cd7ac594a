#include "cli/context.h"

#include "app/open_input.h"
#include "core/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace segue::cli {

namespace {

std::stop_source& interruptSource()
{
    static std::stop_source source;
    return source;
}

void write(std::FILE* to, std::string_view text)
{
    // A closed pipe is the reader's choice, not our error.
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), to));
    std::fflush(to);
}

/// Findings name the thing, since a window shows them, too; here is the option that does it.
std::string_view optionFor(const Finding& f)
{
    if (f.rule == "CUE.ORIGIN") return " (--cue-origin 2s)";
    if (f.rule == "SIDES.LEAD") return " (--lead-in, --tail)";
    if (f.rule == "SIDES.PEAK") return " (--gain)";
    // Some characters nothing can be written for.
    if (f.rule == "CDTEXT.CHARACTER" && f.fix.find("or replace") != std::string::npos)
        return " (--substitute)";
    return {};
}

std::string_view optionFor(const Error& error)
{
    return error.systemError == EEXIST && error.what.ends_with("ask for it to be replaced") ? " (--replace)"
                                                                                            : "";
}

} // namespace

int exitCodeOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::input: return wrongUsage;
    case ErrorKind::refused: return ruleBroken;
    case ErrorKind::io: return diskFailed;
    case ErrorKind::cancelled: break;
    }
    return interrupted;
}

void catchInterrupts()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread{[set] {
        int received = 0;
        sigwait(&set, &received);
        interruptSource().request_stop();
        sigwait(&set, &received); // a second Ctrl-C does not wait for anybody
        std::_Exit(interrupted);
    }}.detach();
}

std::stop_token interruptToken() { return interruptSource().get_token(); }

Progress Context::progress() const
{
    if (quiet || json || isatty(STDERR_FILENO) == 0) return {.report = {}, .stop = interruptToken()};
    return {.report =
                [](std::string_view stage, double fraction) {
                    static std::mutex mutex;
                    static int shownPercent = -1;
                    const std::scoped_lock lock{mutex};
                    const int percent = static_cast<int>(fraction * 100);
                    if (percent == shownPercent) return;
                    shownPercent = percent;
                    const int filled = percent * 30 / 100;
                    write(stderr,
                          fmt::format("\r\033[K{:<28} [{}{}] {:3} %", stage,
                                      std::string(static_cast<std::size_t>(filled), '#'),
                                      std::string(static_cast<std::size_t>(30 - filled), ' '), percent));
                },
            .stop = interruptToken()};
}

void Context::endProgress() const
{
    if (!quiet && !json && isatty(STDERR_FILENO) != 0) write(stderr, "\r\033[K");
}

void Context::fail(const Error& error)
{
    endProgress();
    exitCode = exitCodeOf(error.kind);
    if (json) {
        const nlohmann::ordered_json object{{"ok", false},
                                            {"error", {{"message", error.what}, {"where", error.where}}},
                                            {"exit_code", exitCode}};
        write(stdout, object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
        return;
    }
    if (error.kind == ErrorKind::cancelled)
        write(stderr, "segue: Cancelled; nothing was written\n");
    else
        write(stderr, fmt::format("segue: {}{}\n", escapedForDisplay(sentence(error)), optionFor(error)));
}

Path Context::folderOf(const Path& input) const
{
    const auto real = files.realPath(input);
    return real ? real->parent_path() : Path{};
}

void Context::print(const Findings& findings) const
{
    endProgress();
    if (json) return;
    for (const Finding& f : findings) {
        if (quiet && (f.level != Finding::Level::error || f.accepted)) continue;
        // What was decided stands in the place of what could be done.
        const bool noted = f.accepted && !f.accepted->empty();
        const std::string below = noted ? "note: " + escapedForDisplay(*f.accepted)
                                  : f.accepted || f.fix.empty() || quiet
                                      ? ""
                                      : fmt::format("what to do: {}{}", f.fix, optionFor(f));
        const char* const word = f.accepted ? "accepted" : f.overridden ? "allowed" : name(f.level);
        write(stderr, fmt::format("{:<8} {}: {} ({}){}\n", word, escapedForDisplay(describe(f.where)),
                                  f.message, f.rule, below.empty() ? "" : "\n         " + below));
    }
}

void Context::out(std::string_view text) const
{
    endProgress();
    write(stdout, text);
}

void Context::note(std::string_view text) const
{
    endProgress();
    if (!quiet && !json) write(stderr, fmt::format("{}\n", text));
}

void editAlbum(Context& context, const std::string& file, std::string_view said,
               const std::function<Result<Album>(Album)>& change)
{
    auto project = loadProject(context.files, file);
    if (!project) return context.fail(project.error());
    auto album = change(project->album);
    if (!album) return context.fail(album.error());
    const bool changed = *album != project->album;
    if (changed) {
        project->album = std::move(*album);
        if (const auto saved = saveProject(context.files, file, *project); !saved)
            return context.fail(saved.error());
    }
    if (context.json) {
        const nlohmann::ordered_json object{{"ok", true}, {"changed", changed}, {"album", file}};
        context.out(object.dump(2) + "\n");
        return;
    }
    // Notes belong to `show` and `check`; whoever types twenty edits wants to read them once.
    Findings loud;
    for (const Finding& f : project->findings)
        if (f.level != Finding::Level::note) loud.push_back(f);
    context.print(loud);
    context.note(changed ? said : "Nothing changed");
}

Result<TrackChoice> chooseTrack(const Album& album, const std::string& edition, int number)
{
    const auto id = chooseAnyEdition(album, edition);
    if (!id) return failure(id.error());
    const Edition& chosen = *find(album, *id);
    if (number < 1 || static_cast<std::size_t>(number) > chosen.entries.size())
        return failure(
            fmt::format("There is no track {}; the edition \"{}\" has {}", number, chosen.name,
                        chosen.entries.empty() ? "none" : fmt::format("1 to {}", chosen.entries.size())),
            "-t");
    const auto position = static_cast<std::size_t>(number - 1);
    return TrackChoice{*id, chosen.entries[position].track, position};
}

} // namespace segue::cli
