/// \file
/// A part of a test in a process of its own, which may be killed at a file call without taking the test
/// along.
#pragma once

#include "core/testing_file_ops.h"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace segue::test {

struct ChildEnd {
    int signal = 0;    ///< that ended it; 0: none
    int exitCode = -1; ///< of a child that ended by itself

    [[nodiscard]] bool killed() const { return signal == SIGKILL; }
};

/// Runs `work` in a child. \return how it ended; its exit code is what `work` returns, 99 after an exception
template <class Work>
[[nodiscard]] ChildEnd inChild(Work work)
{
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error{"no process could be made"};
    if (child == 0) {
        int code = 99;
        try {
            code = work();
        } catch (const std::exception&) {
        }
        _exit(code); // no destructors, no flushing: what the parent has buffered is the parent's
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
    }
    if (WIFSIGNALED(status)) return {.signal = WTERMSIG(status)};
    return {.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

/// A fault that is none: the process is killed before its file call number `at`.
[[nodiscard]] inline FaultyFileOps::Fault killedAt(std::int64_t at)
{
    return {.pretendSync = true, .before = [at](std::int64_t index, FileCall, const Path&) {
                if (index == at) std::ignore = raise(SIGKILL);
            }};
}

} // namespace segue::test
