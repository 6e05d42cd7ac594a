// Runs a command and says what it cost: wall seconds, processor seconds, peak resident KiB.
//   measure COMMAND [ARGUMENT...]        the figures go to stdout, the command's own words to stderr

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char** words)
{
    if (count < 2) return 2;
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child < 0) return 2;
    if (child == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execvp(words[1], words + 1);
        _exit(127);
    }
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child) return 2;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    std::printf("%.3f %.3f %ld\n", wall.count(), seconds(used.ru_utime) + seconds(used.ru_stime),
                used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
