/// \file
/// Work on a thread beside the window. What it throws (memory, threads, a library's own) becomes a sentence:
/// an exception that left a thread would end the program, and the album with it.
#pragma once

#include "core/result.h"

#include <exception>
#include <new>
#include <string>
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

} // namespace segue::gui
