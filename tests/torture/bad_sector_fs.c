/* A read-only FUSE file system that shows one folder, and answers EIO where a control file says so: it holds
 * "NAME BYTE" (reading that byte of /NAME fails; what lies before it is still given) or is empty or missing.
 *   bad_sector_fs FOLDER CONTROL -f MOUNTPOINT
 * With DELAY_MS in the environment each read, and each look at a file's entry, takes that long.
 * For S2_read_errors.sh and tests/bench/editor.sh, which build it. */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *folder, *control;
static long delay_ms;

static void dawdle(void)
{
    const struct timespec time = {delay_ms / 1000, delay_ms % 1000 * 1000000};
    if (delay_ms > 0) nanosleep(&time, NULL);
}

static int inside(char *into, const char *path)
{
    return snprintf(into, PATH_MAX, "%s%s", folder, path) < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* The byte of this file that cannot be read now, -1: none. */
static long long bad_byte(const char *path)
{
    char name[256];
    long long byte = -1;
    FILE *file = fopen(control, "re");
    if (!file) return -1;
    if (fscanf(file, "%255s %lld", name, &byte) != 2 || strcmp(name, path + 1) != 0) byte = -1;
    fclose(file);
    return byte;
}

static int get_attributes(const char *path, struct stat *into, struct fuse_file_info *info)
{
    char real[PATH_MAX];
    (void)info;
    if (inside(real, path) != 0) return -ENAMETOOLONG;
    dawdle();
    return lstat(real, into) == 0 ? 0 : -errno;
}

static int open_file(const char *path, struct fuse_file_info *info)
{
    char real[PATH_MAX];
    if ((info->flags & O_ACCMODE) != O_RDONLY) return -EROFS;
    if (inside(real, path) != 0) return -ENAMETOOLONG;
    const int fd = open(real, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -errno;
    info->fh = (uint64_t)fd;
    info->direct_io = 1; /* no cache: every read comes here */
    return 0;
}

static int read_file(const char *path, char *into, size_t size, off_t offset, struct fuse_file_info *info)
{
    const long long bad = bad_byte(path);
    dawdle();
    if (bad == offset) return -EIO;
    if (bad > offset && bad < offset + (long long)size) size = (size_t)(bad - offset);
    const ssize_t got = pread((int)info->fh, into, size, offset);
    return got < 0 ? -errno : (int)got;
}

static int release_file(const char *path, struct fuse_file_info *info)
{
    (void)path;
    close((int)info->fh);
    return 0;
}

static int read_folder(const char *path, void *into, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                       enum fuse_readdir_flags flags)
{
    char real[PATH_MAX];
    (void)offset, (void)info, (void)flags;
    if (inside(real, path) != 0) return -ENAMETOOLONG;
    DIR *dir = opendir(real);
    if (!dir) return -errno;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) fill(into, entry->d_name, NULL, 0, 0);
    closedir(dir);
    return 0;
}

static const struct fuse_operations operations = {
    .getattr = get_attributes,
    .open = open_file,
    .read = read_file,
    .release = release_file,
    .readdir = read_folder,
};

int main(int argc, char **argv)
{
    if (argc < 4) return 2;
    const char *const delay = getenv("DELAY_MS");
    delay_ms = delay ? strtol(delay, NULL, 10) : 0;
    folder = argv[1];
    control = argv[2];
    argv[2] = argv[0];
    return fuse_main(argc - 2, argv + 2, &operations, NULL);
}
