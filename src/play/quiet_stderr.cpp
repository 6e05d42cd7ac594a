#include "play/quiet_stderr.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace segue {

namespace {

// snd_lib_error_handler_t. Looked up, so that ALSA's headers are not needed and a PortAudio without ALSA will
// do.
using AlsaHandler = void (*)(const char* file, int line, const char* function, int error, const char* format,
                             ...);

void sayNothing(const char*, int, const char*, int, const char*, ...) {}

bool quietAlsa()
{
    void* const found = dlsym(RTLD_DEFAULT, "snd_lib_error_set_handler");
    if (found == nullptr) return false;
    reinterpret_cast<int (*)(AlsaHandler)>(found)(&sayNothing);
    return true;
}

} // namespace

QuietStderr::QuietStderr()
{
    static const bool alsaIsQuiet = quietAlsa();
    static_cast<void>(alsaIsQuiet);
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    before_ = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (before_ >= 0) dup2(nowhere, STDERR_FILENO);
    ::close(nowhere);
}

QuietStderr::~QuietStderr()
{
    if (before_ < 0) return;
    dup2(before_, STDERR_FILENO);
    ::close(before_);
}

} // namespace segue
