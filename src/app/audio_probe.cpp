#include "app/audio_probe.h"

#include "audio/audio_file.h"
#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace segue {

namespace {

// One message asks (the path), one of one byte answers.
constexpr char takenAnswer = 'y', refusedAnswer = 'n', noMemoryAnswer = 'm';
constexpr std::size_t longestPath = 65'536;
constexpr int connection = 0;
/// How soon a Ctrl-C is noticed.
constexpr int sliceMilliseconds = 50;
/// The end of a child that only waits, should its parent no longer be there to end it.
constexpr unsigned clockSeconds = 20;

// The sanitizers reserve terabytes of address space at the start.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memoryCanBeLimited = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
constexpr bool memoryCanBeLimited = false;
#else
constexpr bool memoryCanBeLimited = true;
#endif
#else
constexpr bool memoryCanBeLimited = true;
#endif

Error unsafe(const Path& path, std::string_view why)
{
    return {fmt::format(
                "This file cannot be read safely: {}. Convert it with another program, or get it again", why),
            escapedForDisplay(path.native())};
}

std::string tookTooLong(const ProbeLimits& limits)
{
    return fmt::format("the library that decodes it takes longer than {} s", limits.milliseconds / 1000.0);
}

} // namespace

/// A running child and the connection to it.
class AudioProber::Child {
public:
    static std::expected<std::unique_ptr<Child>, SystemError> start(const Path& program,
                                                                    const ProbeLimits& limits)
    {
        std::array<int, 2> ends{};
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return std::unexpected{SystemError{errno}};
        pid_t pid = 0;
        const int error = spawn(program, ends[1], pid);
        ::close(ends[1]);
        if (error != 0) {
            ::close(ends[0]);
            return std::unexpected{SystemError{error}};
        }
        std::unique_ptr<Child> child{new Child{pid, ends[0]}};
        const rlimit memory{static_cast<rlim_t>(limits.memory), static_cast<rlim_t>(limits.memory)};
        const rlimit none{0, 0};
        if ((memoryCanBeLimited && prlimit(pid, RLIMIT_AS, &memory, nullptr) != 0) ||
            prlimit(pid, RLIMIT_CORE, &none, nullptr) != 0)
            return std::unexpected{SystemError{errno}};
        return child;
    }
    ~Child()
    {
        ::close(socket_);
        if (!ended_) std::ignore = end();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// False: the child is gone.
    [[nodiscard]] bool ask(const Path& path) const
    {
        const std::string& text = path.native();
        ssize_t sent = 0;
        do sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
        while (sent < 0 && errno == EINTR);
        return sent == static_cast<ssize_t>(text.size());
    }
    /// The answer; 0 when the child is gone; nothing when there is none within the time.
    [[nodiscard]] std::optional<char> answer(int milliseconds) const
    {
        pollfd wait{socket_, POLLIN, 0};
        if (poll(&wait, 1, milliseconds) <= 0) return {}; // an interrupted wait is a short one
        char byte = 0;
        const ssize_t got = recv(socket_, &byte, 1, 0);
        if (got < 0 && errno == EINTR) return {};
        return got == 1 ? byte : '\0';
    }
    /// Ends the child. \return the signal it had died of, or 9; 0 when it had ended by itself
    [[nodiscard]] int end()
    {
        // What died before keeps its own end through this signal.
        kill(pid_, SIGKILL);
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        ended_ = true;
        return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    }

private:
    Child(pid_t pid, int socket) : pid_{pid}, socket_{socket} {}

    static int spawn(const Path& program, int socket, pid_t& pid)
    {
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, socket, connection);
        // Some libraries talk on these.
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes, &none);
        // A group of its own: Ctrl-C is for us, who then end it.
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes,
                                 static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP));
        std::string name = program.string(), argument = probeArgument;
        std::array<char*, 3> words{name.data(), argument.data(), nullptr};
        const int error = posix_spawn(&pid, name.c_str(), &actions, &attributes, words.data(), environ);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }

    pid_t pid_;
    int socket_;
    bool ended_ = false;
};

struct AudioProber::State {
    Path program;
    ProbeLimits limits;
    std::mutex mutex{};
    std::unique_ptr<Child> child{};
};

AudioProber::AudioProber(Path program, ProbeLimits limits)
    : state_{std::make_unique<State>(std::move(program), limits)}
{
}
AudioProber::~AudioProber() = default;

Result<bool> AudioProber::libraryTakes(const Path& path, const std::stop_token& stop)
{
    using Clock = std::chrono::steady_clock;
    const std::scoped_lock lock{state_->mutex};
    const ProbeLimits& limits = state_->limits;
    const auto noChild = [&](int code) {
        return failure(
            Error{fmt::format("The process that tries out unknown audio files could not be started: {}",
                              systemWords(code)),
                  escapedForDisplay(state_->program.native()), ErrorKind::io, code});
    };
    auto child = std::move(state_->child);
    if (child && !child->ask(path)) child.reset(); // died while idle: not this file's fault
    if (!child) {
        auto started = Child::start(state_->program, limits);
        if (!started) return noChild(started.error().code);
        child = std::move(*started);
        if (!child->ask(path)) return noChild(EPIPE);
    }
    const auto deadline = Clock::now() + std::chrono::milliseconds{limits.milliseconds};
    std::optional<char> answer;
    while (!answer) {
        if (stop.stop_requested())
            return failure("Cancelled", escapedForDisplay(path.native()), ErrorKind::cancelled);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) return failure(unsafe(path, tookTooLong(limits)));
        answer = child->answer(static_cast<int>(std::min<std::int64_t>(left, sliceMilliseconds)));
    }
    if (*answer == takenAnswer || *answer == refusedAnswer) {
        state_->child = std::move(child);
        return *answer == takenAnswer;
    }
    if (*answer == noMemoryAnswer)
        return failure(
            unsafe(path, fmt::format("the library that decodes it wants more than {} MiB of memory",
                                     limits.memory >> 20)));
    switch (const int signal = child->end()) {
    case 0: return noChild(EPROTO);
    case SIGXCPU:
    case SIGALRM: return failure(unsafe(path, tookTooLong(limits)));
    default:
        return failure(unsafe(path, fmt::format("the library that decodes it crashed (signal {})", signal)));
    }
}

Status probeSources(FileOps& files, const Album& album, AudioProber& prober, const std::stop_token& stop)
{
    for (const Source& source : album.sources) {
        std::optional<Error> ended;
        const LibraryGuard guard = [&](const Path& path) {
            auto taken = prober.libraryTakes(path, stop);
            if (!taken) ended = taken.error();
            return taken;
        };
        std::ignore = openAudioFile(files, source.path, source.format.container, guard);
        if (ended) return failure(std::move(*ended));
    }
    return {};
}

SourceOpener triedFirst(FileOps& files, SourceOpener open, std::shared_ptr<AudioProber> prober)
{
    struct Tried {
        std::mutex mutex{};
        std::map<Path, FileStat> files{};
    };
    return [&files, open = std::move(open), prober = std::move(prober),
            tried = std::make_shared<Tried>()](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        const auto stat = files.stat(source.path);
        const auto known = [&] {
            const std::scoped_lock lock{tried->mutex};
            const auto found = tried->files.find(source.path);
            return found != tried->files.end() && found->second == *stat;
        };
        // What is missing is the opener's to say.
        if (!stat || known()) return open(source);
        auto file = openAudioFile(files, source.path, source.format.container,
                                  [&](const Path& path) { return prober->libraryTakes(path); });
        if (!file) return file;
        {
            const std::scoped_lock lock{tried->mutex};
            tried->files.insert_or_assign(source.path, *stat);
        }
        return open(source);
    };
}

Path segueBeside()
{
    std::error_code none;
    const Path program = std::filesystem::read_symlink("/proc/self/exe", none);
    return none ? Path{"segue"} : program.parent_path() / "segue";
}

int serveAudioProbes(const std::function<bool(const Path&)>& takes, int processorSeconds)
{
    std::string path(longestPath, '\0');
    for (;;) {
        const ssize_t got = recv(connection, path.data(), path.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return 2; // not started by AudioProber
        if (got == 0) return 0;
        rusage used{};
        rlimit processor{};
        if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &processor) != 0) return 3;
        processor.rlim_cur =
            static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + processorSeconds);
        if (setrlimit(RLIMIT_CPU, &processor) != 0) return 3;
        alarm(clockSeconds);
        char answer = noMemoryAnswer;
        try {
            answer = takes(path.substr(0, static_cast<std::size_t>(got))) ? takenAnswer : refusedAnswer;
        } catch (const std::bad_alloc&) { // the answer is there already
        }
        alarm(0);
        if (send(connection, &answer, 1, MSG_NOSIGNAL) != 1) return 0;
    }
}

} // namespace segue
