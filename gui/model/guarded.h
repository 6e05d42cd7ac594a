/// \file
/// Work on a thread beside the window. What it throws (memory, threads, a library's own) becomes a sentence:
/// an exception that left a thread would end the program, and the album with it.
#pragma once

#include "core/result.h"

#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace segue::gui {

/// Runs it. \param what the sentence that the error begins with, as "The audio files could not be looked at"
template <typename Work>
[[nodiscard]] Status guarded(const std::string& what, Work&& work)
{
    try {
        std::forward<Work>(work)();
        return {};
    } catch (const std::bad_alloc&) {
        return failure(what + ": there is not enough memory", {}, ErrorKind::io);
    } catch (const std::exception& error) {
        return failure(what + ": " + error.what(), {}, ErrorKind::io);
    }
}

/// Begins it on a thread of its own, in place of what `thread` was, which it waits for.
/// \return why not when the system gives no thread. Nothing was begun then, and `thread` is what it was
template <typename Work>
[[nodiscard]] Status startThread(std::jthread& thread, const std::string& what, Work&& work)
{
    return guarded(what, [&] {
        try {
            thread = std::jthread{std::forward<Work>(work)};
        } catch (const std::system_error&) {
            throw std::runtime_error{
                "the system has no thread left for it; end other programs and try again"};
        }
    });
}

} // namespace segue::gui
