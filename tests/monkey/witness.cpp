#include "monkey/witness.h"

#include "monkey/widgets.h"

#include "project/project_file.h"

#include <execinfo.h>
#include <fmt/format.h>
#include <glib.h>
#include <pthread.h>
#include <unistd.h>
#include <wx/log.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <set>

extern "C" void __sanitizer_print_stack_trace() __attribute__((weak)); // NOLINT(bugprone-reserved-identifier)

namespace segue::monkey {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto look = 100ms, notable = 1000ms;
constexpr int hopeless = 900; // looks, not time: who stops the whole program stops its watcher, too

/// A stack is being printed: nobody asks for another one meanwhile, for the sanitizers' locks are held.
std::atomic<bool> printing = false;

void say(const std::string& line) { fmt::print(stderr, "{}\n", line); }

/// The same complaint comes a thousand times; its stack is told once.
void onceWithStack(const std::string& words)
{
    static std::set<std::string> told;
    say(words);
    if (!told.insert(words).second) return;
    say(whoListens());
    printing = true;
    printStack();
    printing = false;
}

void onLog(const gchar* domain, GLogLevelFlags level, const gchar* message, gpointer)
{
    if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0) return;
    const char* kind = (level & G_LOG_LEVEL_WARNING) != 0 ? "WARNING" : "CRITICAL";
    onceWithStack(fmt::format("{}-{} **: {}", domain == nullptr ? "" : domain, kind, message));
}

void onAssert(const wxString& file, int line, const wxString& function, const wxString& condition,
              const wxString& message)
{
    onceWithStack(fmt::format("wxWidgets assert: {}:{} {}: {} {}", file.utf8_string(), line,
                              function.utf8_string(), condition.utf8_string(), message.utf8_string()));
}

class Log : public wxLog {
protected:
    void DoLogRecord(wxLogLevel level, const wxString& message, const wxLogRecordInfo&) override
    {
        if (level <= wxLOG_Warning) onceWithStack("wxWidgets error: " + message.utf8_string());
    }
};

void onSignal(int)
{
    const int kept = errno; // what was interrupted may be about to look at it
    printStack();
    errno = kept;
}

void onCrash(int signal)
{
    printStack();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::chrono::milliseconds cpuOf(pthread_t thread)
{
    clockid_t clock{};
    timespec now{};
    if (pthread_getcpuclockid(thread, &clock) != 0 || clock_gettime(clock, &now) != 0) return {};
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds{now.tv_sec} +
                                                                 std::chrono::nanoseconds{now.tv_nsec});
}

} // namespace

void printStack()
{
    if (__sanitizer_print_stack_trace != nullptr) return __sanitizer_print_stack_trace();
    std::array<void*, 60> calls{};
    backtrace_symbols_fd(calls.data(), backtrace(calls.data(), static_cast<int>(calls.size())),
                         STDERR_FILENO);
}

Witness::Witness() : loop_{pthread_self()}
{
    g_log_set_default_handler(onLog, nullptr);
    wxSetAssertHandler(onAssert);
    delete wxLog::SetActiveTarget(new Log); // wxWidgets owns it
    struct sigaction action{};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &action, nullptr);
    // The sanitizers have a better report of their own.
    if (__sanitizer_print_stack_trace == nullptr)
        for (const int crash : {SIGSEGV, SIGABRT}) std::signal(crash, onCrash);
    watcher_ = std::jthread{[this](const std::stop_token& stop) { watch(stop); }};
}

Witness::~Witness() = default;

/// A look ten times a second from beside. What the loop does when it stands is printed from its own stack.
void Witness::watch(const std::stop_token& stop)
{
    auto beat = beats_.load();
    auto since = steady_clock::now();
    auto cpu = cpuOf(loop_);
    bool told = false;
    int looks = 0;
    while (!stop.stop_requested()) {
        std::this_thread::sleep_for(look);
        const auto now = steady_clock::now();
        const auto stands = std::chrono::duration_cast<std::chrono::milliseconds>(now - since);
        if (beats_.load() == beat) {
            if (stands > notable && !told) {
                told = true;
                if (printing) continue;
                say(fmt::format("the event loop stands for {} ms:", stands.count()));
                pthread_kill(loop_, SIGUSR1);
            }
            if (++looks > hopeless) {
                say("error: the event loop does not turn any more");
                pthread_kill(loop_, SIGUSR1);
                std::this_thread::sleep_for(2s);
                std::_Exit(3);
            }
            continue;
        }
        longest_ = std::max<long>(longest_, stands.count());
        if (told)
            say(fmt::format("the event loop stood for {} ms, {} of them of its own work", stands.count(),
                            (cpuOf(loop_) - cpu).count()));
        told = false;
        looks = 0;
        beat = beats_.load();
        since = now;
        cpu = cpuOf(loop_);
    }
}

std::string Witness::objection(const std::shared_ptr<const Album>& album, const Path& folder)
{
    if (album == known_) return {};
    const Result<std::string> text = formatProject(*album, folder);
    if (!text) return "the album cannot be written: " + sentence(text.error());
    const Result<Project> again = parseProject(*text, folder, "monkey.segue");
    if (!again) return "what was written of the album cannot be read: " + sentence(again.error());
    if (again->album != *album) return "what was read is another album than the one written";
    for (const Finding& f : again->findings)
        if (f.level == Finding::Level::error) return "the album was read with an error: " + f.message;
    known_ = album;
    return {};
}

} // namespace segue::monkey
