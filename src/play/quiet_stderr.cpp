#include "play/quiet_stderr.h"

#include <fcntl.h>
#include <unistd.h>

namespace segue {

QuietStderr::QuietStderr()
{
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
