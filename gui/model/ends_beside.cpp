#include "gui/model/ends_beside.h"

#include "gui/model/guarded.h"

#include <atomic>
#include <list>
#include <mutex>
#include <thread>

namespace segue::gui {

namespace {

struct End {
    std::shared_ptr<std::atomic<bool>> done;
    std::jthread thread;
};

struct Ends {
    std::mutex mutex;
    std::list<End> all;
};

Ends& ends()
{
    static Ends those;
    return those;
}

} // namespace

void endBeside(std::shared_ptr<void> thing)
{
    const auto held = std::make_shared<std::shared_ptr<void>>(std::move(thing));
    End end{std::make_shared<std::atomic<bool>>(false), {}};
    const auto work = [held, done = end.done] {
        held->reset();
        *done = true;
    };
    if (!startThread(end.thread, "This could not be ended beside the window", work)) return held->reset();
    const std::scoped_lock lock{ends().mutex};
    ends().all.remove_if([](const End& e) { return e.done->load(); });
    ends().all.push_back(std::move(end));
}

void endBeside(std::jthread thread)
{
    if (!thread.joinable()) return;
    thread.request_stop();
    endBeside(std::make_shared<std::jthread>(std::move(thread)));
}

void awaitEnds()
{
    std::list<End> those;
    do {
        those.clear(); // one that ends may give up another
        const std::scoped_lock lock{ends().mutex};
        those.swap(ends().all);
    } while (!those.empty());
}

} // namespace segue::gui
