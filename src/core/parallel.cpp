#include "core/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace segue {

int threadCount(int wanted)
{
    return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void parallelFor(std::size_t count, int threads, const std::function<void(std::size_t)>& work)
{
    const auto workers = std::min(static_cast<std::size_t>(threadCount(threads)), count);
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::exception_ptr thrown;
    // Memory may run out in any thread; thrown out of one, it would end the program.
    const auto run = [&] {
        try {
            for (std::size_t i = next++; i < count; i = next++) work(i);
        } catch (...) {
            next = count;
            const std::scoped_lock lock{mutex};
            if (!thrown) thrown = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        try {
            for (std::size_t t = 1; t < workers; ++t) others.emplace_back(run);
        } catch (const std::exception&) {
            // The system gives no more threads: those that there are do the work.
        }
        run();
    }
    if (thrown) std::rethrow_exception(thrown);
}

} // namespace segue
