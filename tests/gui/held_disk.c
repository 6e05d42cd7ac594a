// A disk that answers when a test says so. Preloaded into the editor: while the file $HELD_DISK/hold-read is
// there, reads of sound files below the folder $HELD_DISK/disk wait, and the file $HELD_DISK/waits-read tells
// that one does; hold-sync and waits-sync likewise, for whatever waits until a file is on the disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int isOnDisk(int fd, const char* ending)
{
    const char* folder = getenv("HELD_DISK");
    char link[64], path[4096], disk[4096];
    if (folder == NULL) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    snprintf(disk, sizeof disk, "%s/disk/", folder);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    const size_t ends = strlen(ending);
    return strncmp(path, disk, strlen(disk)) == 0 && strcmp(path + length - ends, ending) == 0;
}

static void await(int fd, const char* ending, const char* what)
{
    char hold[4096], waits[4096];
    if (!isOnDisk(fd, ending)) return;
    snprintf(hold, sizeof hold, "%s/hold-%s", getenv("HELD_DISK"), what);
    if (access(hold, F_OK) != 0) return;
    snprintf(waits, sizeof waits, "%s/waits-%s", getenv("HELD_DISK"), what);
    close(open(waits, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    while (access(hold, F_OK) == 0) usleep(5000);
}

#define NEXT(name)                                                                                           \
    static __typeof__(name)* next;                                                                           \
    if (next == NULL) next = (__typeof__(name)*)dlsym(RTLD_NEXT, #name)

int fsync(int fd)
{
    NEXT(fsync);
    await(fd, "", "sync");
    return next(fd);
}
ssize_t read(int fd, void* to, size_t size)
{
    NEXT(read);
    await(fd, ".wav", "read");
    return next(fd, to, size);
}
ssize_t pread(int fd, void* to, size_t size, off_t at)
{
    NEXT(pread);
    await(fd, ".wav", "read");
    return next(fd, to, size, at);
}
ssize_t pread64(int fd, void* to, size_t size, off64_t at)
{
    NEXT(pread64);
    await(fd, ".wav", "read");
    return next(fd, to, size, at);
}
