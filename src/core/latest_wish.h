/// \file
/// A thread of its own that always works on the newest wish: what was wished before is given up. For what is
/// worked out beside an editor, where each edit makes a new wish. Everything but the destructor returns at
/// once.
#pragma once

#include "core/result.h"

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

namespace segue {

template <class Wish, class Answer>
class LatestWish {
public:
    using Outcome = Result<std::shared_ptr<const Answer>>;
    using Work = std::function<Outcome(const Wish&, const std::stop_token&)>;
    /// \param work called by the thread; its token is stopped when there is a newer wish
    /// \param changed called by the thread, without any lock, when there is something new to ask for
    /// \param what the sentence that the error begins with when the work throws: "The album could not be
    /// measured"
    LatestWish(Work work, std::function<void()> changed, std::string what)
        : work_{std::move(work)}, changed_{std::move(changed)}, what_{std::move(what)},
          thread_{[this](const std::stop_token& stop) { run(stop); }}
    {
    }
    /// Waits until the work has noticed its token.
    ~LatestWish()
    {
        thread_.request_stop();
        const std::scoped_lock lock{mutex_};
        current_.request_stop();
    }
    LatestWish(const LatestWish&) = delete;
    LatestWish& operator=(const LatestWish&) = delete;

    /// Nothing happens when this is what was wished last.
    void put(Wish wish)
    {
        {
            const std::scoped_lock lock{mutex_};
            if (wanted_ && *wanted_ == wish) return;
            wanted_ = std::move(wish);
            fresh_ = true;
            done_ = false;
            error_.reset();
            current_.request_stop();
        }
        woken_.notify_all();
    }
    /// The newest answer: perhaps to an earlier wish. Null at first.
    [[nodiscard]] std::shared_ptr<const Answer> newest() const
    {
        const std::scoped_lock lock{mutex_};
        return newest_;
    }
    /// Whether newest() answers what was put last, or an Error came in its place.
    [[nodiscard]] bool upToDate() const
    {
        const std::scoped_lock lock{mutex_};
        return done_;
    }
    [[nodiscard]] std::optional<Error> error() const
    {
        const std::scoped_lock lock{mutex_};
        return error_;
    }

private:
    void run(const std::stop_token& stop)
    {
        while (true) {
            std::optional<Wish> wish;
            std::stop_token current;
            {
                std::unique_lock lock{mutex_};
                if (!woken_.wait(lock, stop, [this] { return fresh_; }) || stop.stop_requested()) return;
                fresh_ = false;
                wish = wanted_;
                current_ = std::stop_source{};
                current = current_.get_token();
            }
            Outcome outcome = failure(what_ + ": there is not enough memory");
            try {
                outcome = work_(*wish, current);
            } catch (const std::bad_alloc&) {
                // Thrown out of a thread it would end the program; the outcome stands above.
            } catch (const std::exception& error) {
                outcome = failure(what_ + ": " + error.what());
            }
            {
                const std::scoped_lock lock{mutex_};
                if (fresh_ || stop.stop_requested()) continue; // given up
                done_ = true;
                if (outcome)
                    newest_ = std::move(*outcome);
                else
                    error_ = std::move(outcome.error());
            }
            changed_();
        }
    }

    Work work_;
    std::function<void()> changed_;
    std::string what_;

    mutable std::mutex mutex_{};
    std::condition_variable_any woken_{};
    std::optional<Wish> wanted_{};
    bool fresh_ = false, done_ = false;
    std::stop_source current_{};
    std::shared_ptr<const Answer> newest_{};
    std::optional<Error> error_{};
    std::jthread thread_; ///< last: what it uses outlives it
};

} // namespace segue
