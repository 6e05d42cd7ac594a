// Stands in for segue as the child of AudioProber, and does to itself what a file's name says.

#include "app/audio_probe.h"
#include "audio/library_probe.h"

#include <csignal>
#include <cstdlib>
#include <new>
#include <unistd.h>
#include <vector>

namespace {

bool behave(const segue::Path& path)
{
    const std::string name = path.stem().string();
    if (name == "hang") pause();
    if (name == "spin")
        while (std::signal(SIGUSR1, SIG_DFL) != SIG_ERR) {
        }
    if (name == "crash") {
        // A sanitizer would catch it and end the program in its own way.
        std::signal(SIGSEGV, SIG_DFL);
        std::raise(SIGSEGV);
    }
    if (name == "abort") std::abort();
    if (name == "leave") std::_Exit(0);
    if (name == "eat") {
        std::vector<std::vector<char>> all;
        for (int i = 0; i < 2048; ++i) all.emplace_back(std::size_t{1} << 20, 'x');
    }
    if (name == "refuse") return false;
    return segue::libraryTakes(segue::realFileOps(), path);
}

} // namespace

int main() { return segue::serveAudioProbes(behave, 1); }
