#include "core/recording_file_ops.h"

#include "core/crash_log.h"

#include <limits>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <tuple>

namespace segue {

const std::string* CrashState::file(const std::string& name) const
{
    const auto found = entries.find(name);
    return found == entries.end() ? nullptr : found->second.get();
}

Status materialise(FileOps& files, const CrashState& state, const Path& folder)
{
    constexpr std::string_view what = "Could not build the state after a power loss";
    // Sorted by path, so a folder comes before what is in it.
    for (const auto& [name, content] : state.entries) {
        const Path path = folder / name;
        if (!content) {
            if (const auto s = files.makeDirectory(path); !s)
                return failure(fileError(what, path, s.error()));
            continue;
        }
        const auto file = files.createNew(path);
        if (!file) return failure(fileError(what, path, file.error()));
        const auto bytes = std::as_bytes(std::span{content->data(), content->size()});
        if (const auto s = writeFully(**file, 0, bytes); !s) return failure(fileError(what, path, s.error()));
        if (const auto s = (*file)->close(); !s) return failure(fileError(what, path, s.error()));
    }
    return {};
}

/// The model and the real files side by side: every change is done and recorded under one lock, so that the
/// log's order is the order in which things happened.
class RecordingFileOps::Log {
public:
    Log(FileOps& files, const Path& root) : under{files}
    {
        const auto real = under.realPath(root);
        if (!real)
            throw std::runtime_error{
                sentence(fileError("The folder to record is missing", root, real.error()))};
        root_ = *real;
        takeExisting(root_, 0);
    }

    // The slot of a path below the root, by its real parent; nothing for a path elsewhere.
    std::optional<NameSlot> slot(const Path& path)
    {
        const auto parent = under.realPath(path.has_parent_path() ? path.parent_path() : Path{"."});
        if (!parent) return std::nullopt;
        const auto folder = folderInode(*parent);
        if (!folder) return std::nullopt;
        return NameSlot{*folder, path.filename().native()};
    }
    std::optional<InodeId> folderInode(const Path& real)
    {
        const Path relative = real.lexically_relative(root_);
        if (relative.empty() || *relative.begin() == "..") return std::nullopt;
        InodeId inode = 0;
        if (relative == ".") return inode;
        for (const Path& part : relative) {
            const auto next = log.find({inode, part.native()});
            if (!next) return std::nullopt;
            inode = *next;
        }
        return inode;
    }
    void names(std::vector<Change::NameEdit> edits)
    {
        Change change;
        change.kind = Change::Kind::names;
        change.edits = std::move(edits);
        log.add(std::move(change));
    }
    // A rename between two names of one file does nothing, and so does the model.
    void moved(const Path& from, const Path& to)
    {
        const auto source = slot(from);
        const auto target = slot(to);
        const auto inode = source ? log.find(*source) : std::nullopt;
        if (!inode || !target || log.find(*target) == inode) return;
        names({{*source, std::nullopt}, {*target, *inode}});
    }
    void synced(Change::Kind kind, InodeId inode)
    {
        Change change;
        change.kind = kind;
        change.inode = inode;
        log.add(std::move(change));
    }

    FileOps& under;
    CrashLog log{};
    std::mutex mutex{};

private:
    void takeExisting(const Path& folder, InodeId inode)
    {
        constexpr auto limit = std::numeric_limits<std::int64_t>::max();
        const auto names = under.list(folder);
        if (!names)
            throw std::runtime_error{
                sentence(fileError("The folder cannot be recorded", folder, names.error()))};
        for (const std::string& name : *names) {
            const Path path = folder / name;
            const auto stat = under.stat(path);
            if (!stat) continue;
            if (stat->type == FileStat::Type::directory) takeExisting(path, log.addFolder({inode, name}));
            if (stat->type != FileStat::Type::regular) continue;
            auto content = readTextFile(under, path, limit);
            if (!content) throw std::runtime_error{sentence(content.error())};
            std::ignore = log.addFile({inode, name}, std::move(*content));
        }
    }

    Path root_{};
};

namespace {

template <class Log>
class RecordingFile final : public File {
public:
    RecordingFile(std::unique_ptr<File> under, std::shared_ptr<Log> log, InodeId inode)
        : under_{std::move(under)}, log_{std::move(log)}, inode_{inode}
    {
    }
    SystemResult<std::size_t> readSome(std::int64_t offset, std::span<std::byte> into) override
    {
        return under_->readSome(offset, into);
    }
    SystemResult<std::size_t> writeSome(std::int64_t offset, std::span<const std::byte> bytes) override
    {
        const std::scoped_lock lock{log_->mutex};
        const auto n = under_->writeSome(offset, bytes);
        if (!n || *n == 0) return n;
        Change change;
        change.kind = Change::Kind::write;
        change.inode = inode_;
        change.offset = offset;
        change.data.assign(reinterpret_cast<const char*>(bytes.data()), *n);
        log_->log.add(std::move(change));
        return n;
    }
    SystemResult<FileStat> stat() override { return under_->stat(); }
    SystemStatus allocate(std::int64_t size) override { return under_->allocate(size); }
    SystemStatus setPermissions(std::uint32_t mode, std::uint32_t group) override
    {
        return under_->setPermissions(mode, group);
    }
    SystemStatus sync() override
    {
        const std::scoped_lock lock{log_->mutex};
        const auto done = under_->sync();
        if (done) log_->synced(Change::Kind::sync, inode_);
        return done;
    }
    void startWriteBack(std::int64_t offset, std::int64_t length) override
    {
        under_->startWriteBack(offset, length);
    }
    void dropCache(std::int64_t offset, std::int64_t length) override { under_->dropCache(offset, length); }
    SystemStatus close() override { return under_->close(); }

private:
    std::unique_ptr<File> under_;
    std::shared_ptr<Log> log_;
    InodeId inode_;
};

} // namespace

RecordingFileOps::RecordingFileOps(FileOps& under, const Path& root)
    : log_{std::make_shared<Log>(under, root)}
{
}
RecordingFileOps::~RecordingFileOps() = default;

std::size_t RecordingFileOps::recorded() const
{
    const std::scoped_lock lock{log_->mutex};
    return log_->log.size();
}

std::size_t RecordingFileOps::visitCrashStates(std::size_t most, std::uint64_t seed,
                                               const std::function<void(const CrashState&)>& visit) const
{
    const std::scoped_lock lock{log_->mutex};
    return log_->log.visit(most, seed, visit);
}

SystemResult<std::unique_ptr<File>> RecordingFileOps::openForReading(const Path& path)
{
    return log_->under.openForReading(path);
}
SystemResult<std::unique_ptr<File>> RecordingFileOps::openBeneath(const Path& folder, const Path& name)
{
    return log_->under.openBeneath(folder, name);
}
SystemResult<FileStat> RecordingFileOps::stat(const Path& path) { return log_->under.stat(path); }
SystemResult<Path> RecordingFileOps::realPath(const Path& path) { return log_->under.realPath(path); }
SystemResult<std::vector<std::string>> RecordingFileOps::list(const Path& folder)
{
    return log_->under.list(folder);
}
SystemResult<std::int64_t> RecordingFileOps::freeSpace(const Path& folder)
{
    return log_->under.freeSpace(folder);
}

SystemResult<std::unique_ptr<File>> RecordingFileOps::createNew(const Path& path)
{
    const std::scoped_lock lock{log_->mutex};
    auto file = log_->under.createNew(path);
    if (!file) return file;
    const auto slot = log_->slot(path);
    if (!slot) return file;
    const InodeId inode = log_->log.newInode(false);
    log_->names({{*slot, inode}});
    return std::make_unique<RecordingFile<Log>>(std::move(*file), log_, inode);
}

SystemStatus RecordingFileOps::makeDirectory(const Path& path)
{
    const std::scoped_lock lock{log_->mutex};
    const auto done = log_->under.makeDirectory(path);
    if (const auto slot = log_->slot(path); done && slot) log_->names({{*slot, log_->log.newInode(true)}});
    return done;
}

SystemStatus RecordingFileOps::removeDirectory(const Path& path)
{
    const std::scoped_lock lock{log_->mutex};
    const auto done = log_->under.removeDirectory(path);
    if (const auto slot = log_->slot(path); done && slot) log_->names({{*slot, std::nullopt}});
    return done;
}

SystemStatus RecordingFileOps::unlink(const Path& path)
{
    const std::scoped_lock lock{log_->mutex};
    const auto done = log_->under.unlink(path);
    if (const auto slot = log_->slot(path); done && slot) log_->names({{*slot, std::nullopt}});
    return done;
}

SystemStatus RecordingFileOps::hardLink(const Path& existing, const Path& link)
{
    const std::scoped_lock lock{log_->mutex};
    const auto done = log_->under.hardLink(existing, link);
    const auto from = log_->slot(existing);
    const auto to = log_->slot(link);
    if (done && from && to)
        if (const auto inode = log_->log.find(*from)) log_->names({{*to, *inode}});
    return done;
}

SystemStatus RecordingFileOps::rename(const Path& from, const Path& to)
{
    const std::scoped_lock lock{log_->mutex};
    const auto done = log_->under.rename(from, to);
    if (done) log_->moved(from, to);
    return done;
}

SystemStatus RecordingFileOps::renameNoReplace(const Path& from, const Path& to)
{
    const std::scoped_lock lock{log_->mutex};
    const auto done = log_->under.renameNoReplace(from, to);
    if (done) log_->moved(from, to);
    return done;
}

SystemStatus RecordingFileOps::exchange(const Path& a, const Path& b)
{
    const std::scoped_lock lock{log_->mutex};
    const auto done = log_->under.exchange(a, b);
    const auto first = log_->slot(a);
    const auto second = log_->slot(b);
    if (!done || !first || !second) return done;
    const auto one = log_->log.find(*first);
    const auto other = log_->log.find(*second);
    if (one && other) log_->names({{*first, *other}, {*second, *one}});
    return done;
}

SystemStatus RecordingFileOps::syncDirectory(const Path& path)
{
    const std::scoped_lock lock{log_->mutex};
    const auto done = log_->under.syncDirectory(path);
    if (!done) return done;
    if (const auto real = log_->under.realPath(path))
        if (const auto inode = log_->folderInode(*real)) log_->synced(Change::Kind::syncFolder, *inode);
    return done;
}

} // namespace segue
