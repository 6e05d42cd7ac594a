#include "core/testing_file_ops.h"

#include <algorithm>
#include <cerrno>
#include <mutex>

namespace segue {

/// Shared with the open files, which may outlive the FaultyFileOps.
struct FaultyFileOps::State {
    State(FileOps& files, Fault f) : under{files}, fault{std::move(f)} {}

    FileOps& under;
    const Fault fault;
    std::mutex mutex{};
    std::int64_t count = 0;
    std::int64_t transfers = 0;
    std::set<Path> failed{};

    /// Counts the call. \return the error it must answer with, 0: none
    int due(FileCall call, const Path& path)
    {
        if (!fault.calls.empty() && !fault.calls.contains(call)) return 0;
        const std::int64_t index = next();
        if (fault.before) fault.before(index, call, path);
        if (fault.failAt < 0) return 0;
        if (index != fault.failAt && !(fault.forEver && index > fault.failAt)) return 0;
        const std::scoped_lock lock{mutex};
        failed.insert(path);
        return fault.error;
    }
    std::int64_t next()
    {
        const std::scoped_lock lock{mutex};
        return count++;
    }
    /// As much of a read as lies before the bad byte. \return false: the read begins at the bad byte
    bool readable(const Path& path, std::int64_t offset, std::span<std::byte>& into)
    {
        const std::int64_t bad = fault.badByte ? fault.badByte(path) : -1;
        if (bad < offset || offset + std::ssize(into) <= bad) return true;
        into = into.first(static_cast<std::size_t>(bad - offset));
        if (!into.empty()) return true;
        const std::scoped_lock lock{mutex};
        failed.insert(path);
        return false;
    }
    /// For reads and writes: EINTR on every other one, which is not counted, as no work was asked of the
    /// disk.
    bool interrupted()
    {
        const std::scoped_lock lock{mutex};
        return fault.interruptEvery && transfers++ % 2 == 0;
    }

    /// The answer of `call`, or the injected error.
    template <class Call>
    auto run(FileCall kind, const Path& path, Call call) -> decltype(call())
    {
        if (const int code = due(kind, path); code != 0) return std::unexpected{SystemError{code}};
        return call();
    }
};

namespace {

template <class State>
class FaultyFile final : public File {
public:
    FaultyFile(std::unique_ptr<File> under, std::shared_ptr<State> state, Path path)
        : under_{std::move(under)}, state_{std::move(state)}, path_{std::move(path)}
    {
    }

    SystemResult<std::size_t> readSome(std::int64_t offset, std::span<std::byte> into) override
    {
        if (state_->interrupted()) return std::unexpected{SystemError{EINTR}};
        if (!state_->readable(path_, offset, into)) return std::unexpected{SystemError{state_->fault.error}};
        return state_->run(FileCall::read, path_, [&] { return under_->readSome(offset, into); });
    }
    SystemResult<std::size_t> writeSome(std::int64_t offset, std::span<const std::byte> bytes) override
    {
        if (state_->interrupted()) return std::unexpected{SystemError{EINTR}};
        const std::size_t most = state_->fault.shortWrites;
        const auto part = most > 0 ? bytes.first(std::min(most, bytes.size())) : bytes;
        return state_->run(FileCall::write, path_, [&] { return under_->writeSome(offset, part); });
    }
    SystemResult<FileStat> stat() override
    {
        return state_->run(FileCall::stat, path_, [&] { return under_->stat(); });
    }
    SystemStatus allocate(std::int64_t size) override
    {
        return state_->run(FileCall::allocate, path_, [&] { return under_->allocate(size); });
    }
    SystemStatus setPermissions(std::uint32_t mode, std::uint32_t group) override
    {
        return state_->run(FileCall::stat, path_, [&] { return under_->setPermissions(mode, group); });
    }
    SystemStatus sync() override
    {
        return state_->run(FileCall::sync, path_,
                           [&] { return state_->fault.pretendSync ? SystemStatus{} : under_->sync(); });
    }
    void startWriteBack(std::int64_t offset, std::int64_t length) override
    {
        if (!state_->fault.pretendSync) under_->startWriteBack(offset, length);
    }
    SystemStatus finishWriteBack(std::int64_t offset, std::int64_t length) override
    {
        return state_->run(FileCall::sync, path_, [&] {
            return state_->fault.pretendSync ? SystemStatus{} : under_->finishWriteBack(offset, length);
        });
    }
    void expectReading(std::int64_t offset, std::int64_t length) override
    {
        under_->expectReading(offset, length);
    }
    void dropCache(std::int64_t offset, std::int64_t length) override
    {
        if (!state_->fault.pretendSync) under_->dropCache(offset, length);
    }
    SystemStatus close() override
    {
        const int code = state_->due(FileCall::close, path_);
        const SystemStatus closed = under_->close();
        if (code != 0) return std::unexpected{SystemError{code}};
        return closed;
    }

private:
    std::unique_ptr<File> under_;
    std::shared_ptr<State> state_;
    Path path_;
};

template <class State>
SystemResult<std::unique_ptr<File>> wrapped(SystemResult<std::unique_ptr<File>> file,
                                            const std::shared_ptr<State>& state, const Path& path)
{
    if (!file) return file;
    return std::make_unique<FaultyFile<State>>(std::move(*file), state, path);
}

} // namespace

FaultyFileOps::FaultyFileOps(FileOps& under, Fault fault)
    : state_{std::make_shared<State>(under, std::move(fault))}
{
}
FaultyFileOps::~FaultyFileOps() = default;

std::int64_t FaultyFileOps::counted() const
{
    const std::scoped_lock lock{state_->mutex};
    return state_->count;
}

std::set<Path> FaultyFileOps::failedPaths() const
{
    const std::scoped_lock lock{state_->mutex};
    return state_->failed;
}

SystemResult<std::unique_ptr<File>> FaultyFileOps::openForReading(const Path& path)
{
    return wrapped(state_->run(FileCall::open, path, [&] { return state_->under.openForReading(path); }),
                   state_, path);
}
SystemResult<std::unique_ptr<File>> FaultyFileOps::openBeneath(const Path& folder, const Path& name)
{
    return wrapped(
        state_->run(FileCall::open, folder / name, [&] { return state_->under.openBeneath(folder, name); }),
        state_, folder / name);
}
SystemResult<std::unique_ptr<File>> FaultyFileOps::createNew(const Path& path)
{
    return wrapped(state_->run(FileCall::open, path, [&] { return state_->under.createNew(path); }), state_,
                   path);
}
SystemResult<FileStat> FaultyFileOps::stat(const Path& path)
{
    return state_->run(FileCall::stat, path, [&] { return state_->under.stat(path); });
}
SystemResult<Path> FaultyFileOps::realPath(const Path& path)
{
    return state_->run(FileCall::stat, path, [&] { return state_->under.realPath(path); });
}
SystemResult<std::vector<std::string>> FaultyFileOps::list(const Path& folder)
{
    return state_->run(FileCall::list, folder, [&] { return state_->under.list(folder); });
}
SystemStatus FaultyFileOps::makeDirectory(const Path& path)
{
    return state_->run(FileCall::makeDirectory, path, [&] { return state_->under.makeDirectory(path); });
}
SystemStatus FaultyFileOps::removeDirectory(const Path& path)
{
    return state_->run(FileCall::removeDirectory, path, [&] { return state_->under.removeDirectory(path); });
}
SystemStatus FaultyFileOps::unlink(const Path& path)
{
    return state_->run(FileCall::unlink, path, [&] { return state_->under.unlink(path); });
}
SystemStatus FaultyFileOps::hardLink(const Path& existing, const Path& link)
{
    return state_->run(FileCall::link, link, [&] { return state_->under.hardLink(existing, link); });
}
SystemStatus FaultyFileOps::rename(const Path& from, const Path& to)
{
    return state_->run(FileCall::rename, to, [&] { return state_->under.rename(from, to); });
}
SystemStatus FaultyFileOps::renameNoReplace(const Path& from, const Path& to)
{
    return state_->run(FileCall::rename, to, [&] { return state_->under.renameNoReplace(from, to); });
}
SystemStatus FaultyFileOps::exchange(const Path& a, const Path& b)
{
    return state_->run(FileCall::rename, b, [&] { return state_->under.exchange(a, b); });
}
SystemStatus FaultyFileOps::syncDirectory(const Path& path)
{
    return state_->run(FileCall::syncDirectory, path, [&] {
        return state_->fault.pretendSync ? SystemStatus{} : state_->under.syncDirectory(path);
    });
}
SystemResult<std::int64_t> FaultyFileOps::freeSpace(const Path& folder)
{
    return state_->run(FileCall::freeSpace, folder, [&] { return state_->under.freeSpace(folder); });
}

} // namespace segue
