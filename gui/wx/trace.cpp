#include "gui/wx/trace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <glib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace segue::gui::trace {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr std::size_t mostBlocks = 1 << 20; ///< bytes; a session of minutes has far fewer

struct Figures {
    std::string file{};
    bool painted = false;
    int queue = -1;                  ///< the kernel's account of this thread
    nanoseconds turn{}, turnQueue{}; ///< when this turn of the loop began, and how long it had queued by then
    nanoseconds longest{}, longestOwn{};
    int over = 0, overOwn = 0; ///< turns beyond 50 ms
    std::string blocks{};      ///< turns beyond 10 ms, a line each
};

Figures& figures()
{
    static Figures all;
    return all;
}

nanoseconds clockOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return std::chrono::seconds{now.tv_sec} + nanoseconds{now.tv_nsec};
}

/// To a hundredth of a second, as the kernel keeps it.
nanoseconds sinceProcessBegan()
{
    std::ifstream stat{"/proc/self/stat"};
    std::string text{std::istreambuf_iterator<char>{stat}, {}};
    text.erase(0, text.rfind(')') + 1); // the name may hold blanks
    std::istringstream fields{text};
    std::string field;
    for (int i = 3; i <= 22; ++i) fields >> field; // starttime is the 22nd
    const auto ticks = std::strtoll(field.c_str(), nullptr, 10);
    return clockOf(CLOCK_BOOTTIME) - nanoseconds{ticks * (1'000'000'000 / sysconf(_SC_CLK_TCK))};
}

/// How long this thread was ready to run and others ran: their work, not the window's.
nanoseconds queued()
{
    std::array<char, 128> text{};
    const ssize_t got = pread(figures().queue, text.data(), text.size() - 1, 0);
    long long running = 0, waiting = 0;
    if (got > 0)
        std::istringstream{std::string{text.data(), static_cast<std::size_t>(got)}} >> running >> waiting;
    return nanoseconds{waiting};
}

void write(const std::string& line) { std::ofstream{figures().file, std::ios::app} << line; }

double inMilliseconds(nanoseconds time) { return std::chrono::duration<double, std::milli>{time}.count(); }

/// The loop polls between two turns; what lies between two polls kept the window from answering.
gint poll(GPollFD* files, guint count, gint timeout)
{
    Figures& f = figures();
    if (f.painted && f.turn != nanoseconds{}) {
        const nanoseconds took = clockOf(CLOCK_MONOTONIC) - f.turn;
        const nanoseconds own = took - (queued() - f.turnQueue);
        f.over += took > milliseconds{50} ? 1 : 0;
        f.overOwn += own > milliseconds{50} ? 1 : 0;
        if (took > milliseconds{10} && f.blocks.size() < mostBlocks)
            f.blocks += fmt::format("block {:.0f} {:.0f} {:.3f}\n", inMilliseconds(took), inMilliseconds(own),
                                    inMilliseconds(f.turn) / 1000);
        f.longest = std::max(f.longest, took);
        f.longestOwn = std::max(f.longestOwn, own);
    }
    const gint result = g_poll(files, count, timeout);
    f.turn = clockOf(CLOCK_MONOTONIC);
    f.turnQueue = queued();
    return result;
}

} // namespace

void begin()
{
    const char* file = std::getenv("SEGUE_EDITOR_TRACE");
    if (file == nullptr || *file == '\0') return;
    figures().file = file;
    figures().queue = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    g_main_context_set_poll_func(nullptr, poll);
}

void painted()
{
    Figures& f = figures();
    if (f.file.empty() || f.painted) return;
    f.painted = true;
    f.turn = {}; // the turn that opened the window is the start, not a block
    write(fmt::format("first-paint {:.0f}\nfirst-paint-own {:.0f}\n", inMilliseconds(sinceProcessBegan()),
                      inMilliseconds(sinceProcessBegan() - queued())));
}

void end()
{
    const Figures& f = figures();
    if (f.file.empty()) return;
    g_main_context_set_poll_func(nullptr, nullptr);
    write(fmt::format(
        "longest-block {:.0f}\nlongest-own-block {:.0f}\nblocks-over-50 {}\nown-blocks-over-50 {}\n",
        inMilliseconds(f.longest), inMilliseconds(f.longestOwn), f.over, f.overOwn));
    write(f.blocks);
}

} // namespace segue::gui::trace
