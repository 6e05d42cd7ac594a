/// \file
/// A FileOps whose files live in memory, for fuzzers and for tests that need no disk: no path outside it can
/// be reached, and every call is fast. Links do not exist in it. Wrap it in FaultyFileOps to make calls fail.
#pragma once

#include "core/file_ops.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>

namespace segue::test {

using Bytes = std::vector<std::byte>;

class MemoryFileOps final : public FileOps {
public:
    /// Puts a file there, with the folders above it.
    void put(const Path& path, Bytes bytes)
    {
        addFolders(path.parent_path());
        files_[key(path)] = std::make_shared<Content>(Content{std::move(bytes), nextInode_++});
    }
    void put(const Path& path, std::string_view text)
    {
        const auto bytes = std::as_bytes(std::span{text.data(), text.size()});
        put(path, Bytes{bytes.begin(), bytes.end()});
    }
    /// A file of zeros that takes no memory as long as nobody writes to it or asks for its bytes().
    void putZeros(const Path& path, std::size_t count)
    {
        put(path, Bytes{});
        files_[key(path)]->zeros = count;
    }
    void addFolders(const Path& path)
    {
        for (Path at = path; !at.empty() && folders_.insert(key(at)).second && at.has_parent_path();
             at = at.parent_path())
            if (at == at.parent_path()) break;
    }
    /// The file's bytes, to look at or to damage. \pre it is there
    [[nodiscard]] Bytes& bytes(const Path& path) { return files_.at(key(path))->materialised(); }
    [[nodiscard]] bool has(const Path& path) const { return files_.contains(key(path)); }
    void remove(const Path& path) { files_.erase(key(path)); }
    /// Every path that was asked for by openForReading() and openBeneath(), found or not.
    std::vector<std::string> asked{};

    [[nodiscard]] SystemResult<std::unique_ptr<File>> openForReading(const Path& path) override
    {
        asked.push_back(path.string());
        const auto found = files_.find(key(path));
        if (found != files_.end()) return std::make_unique<Opened>(found->second);
        return fail(folders_.contains(key(path)) ? EINVAL : ENOENT);
    }
    [[nodiscard]] SystemResult<std::unique_ptr<File>> openBeneath(const Path& folder,
                                                                  const Path& name) override
    {
        if (name.empty()) return fail(ENOENT);
        if (name.is_absolute() || std::ranges::find(name, Path{".."}) != name.end()) {
            asked.push_back(name.string());
            return fail(EXDEV);
        }
        return openForReading(folder / name);
    }
    [[nodiscard]] SystemResult<std::unique_ptr<File>> createNew(const Path& path) override
    {
        if (exists(path)) return fail(EEXIST);
        if (!folders_.contains(key(path.parent_path()))) return fail(ENOENT);
        put(path, Bytes{});
        return openForReading(path);
    }
    [[nodiscard]] SystemResult<FileStat> stat(const Path& path) override
    {
        const auto found = files_.find(key(path));
        if (found != files_.end()) return statOf(*found->second);
        if (folders_.contains(key(path))) return FileStat{.type = FileStat::Type::directory, .mode = 0755};
        return fail(ENOENT);
    }
    [[nodiscard]] SystemResult<Path> realPath(const Path& path) override
    {
        if (!exists(path)) return fail(ENOENT);
        return Path{key(path)};
    }
    [[nodiscard]] SystemResult<std::vector<std::string>> list(const Path& folder) override
    {
        if (files_.contains(key(folder))) return fail(ENOTDIR);
        if (!folders_.contains(key(folder))) return fail(ENOENT);
        std::vector<std::string> names;
        const auto take = [&](const std::string& at) {
            const Path path{at};
            if (at != key(folder) && key(path.parent_path()) == key(folder))
                names.push_back(path.filename().string());
        };
        for (const auto& [at, content] : files_) take(at);
        for (const std::string& at : folders_) take(at);
        std::ranges::sort(names);
        return names;
    }
    [[nodiscard]] SystemStatus makeDirectory(const Path& path) override
    {
        if (exists(path)) return fail(EEXIST);
        if (!folders_.contains(key(path.parent_path()))) return fail(ENOENT);
        folders_.insert(key(path));
        return {};
    }
    [[nodiscard]] SystemStatus removeDirectory(const Path& path) override
    {
        const auto inside = list(path);
        if (!inside) return fail(inside.error().code);
        if (!inside->empty()) return fail(ENOTEMPTY);
        folders_.erase(key(path));
        return {};
    }
    [[nodiscard]] SystemStatus unlink(const Path& path) override
    {
        if (files_.erase(key(path)) == 0) return fail(folders_.contains(key(path)) ? EISDIR : ENOENT);
        return {};
    }
    [[nodiscard]] SystemStatus hardLink(const Path& existing, const Path& link) override
    {
        const auto found = files_.find(key(existing));
        if (found == files_.end()) return fail(ENOENT);
        if (exists(link)) return fail(EEXIST);
        files_[key(link)] = found->second;
        return {};
    }
    [[nodiscard]] SystemStatus rename(const Path& from, const Path& to) override
    {
        if (!exists(from)) return fail(ENOENT);
        if (key(from) == key(to)) return {};
        if (files_.contains(key(from))) {
            if (folders_.contains(key(to))) return fail(EISDIR);
        } else {
            if (files_.contains(key(to))) return fail(ENOTDIR);
            if (const auto inside = list(to); inside && !inside->empty()) return fail(ENOTEMPTY);
            folders_.erase(key(to));
        }
        move(key(from), key(to));
        return {};
    }
    [[nodiscard]] SystemStatus renameNoReplace(const Path& from, const Path& to) override
    {
        return exists(to) ? fail(EEXIST) : rename(from, to);
    }
    [[nodiscard]] SystemStatus exchange(const Path& a, const Path& b) override
    {
        if (!exists(a) || !exists(b)) return fail(ENOENT);
        const std::string aside = key(a) + "\x01";
        move(key(a), aside);
        move(key(b), key(a));
        move(aside, key(b));
        return {};
    }
    [[nodiscard]] SystemStatus syncDirectory(const Path&) override { return {}; }
    [[nodiscard]] SystemResult<std::int64_t> freeSpace(const Path&) override { return std::int64_t{1} << 40; }

private:
    struct Content {
        Bytes bytes;
        std::uint64_t inode;
        std::size_t zeros = 0; ///< behind the bytes

        [[nodiscard]] std::size_t size() const { return bytes.size() + zeros; }
        Bytes& materialised()
        {
            bytes.resize(size());
            zeros = 0;
            return bytes;
        }
    };
    static std::unexpected<SystemError> fail(int code) { return std::unexpected{SystemError{code}}; }
    static FileStat statOf(const Content& content)
    {
        return {.type = FileStat::Type::regular,
                .size = static_cast<std::int64_t>(content.size()),
                .inode = content.inode,
                .mode = 0644};
    }

    class Opened final : public File {
    public:
        explicit Opened(std::shared_ptr<Content> content) : content_{std::move(content)} {}
        SystemResult<std::size_t> readSome(std::int64_t offset, std::span<std::byte> into) override
        {
            const Bytes& bytes = content_->bytes;
            const auto at =
                std::min(static_cast<std::size_t>(std::max<std::int64_t>(offset, 0)), content_->size());
            const std::size_t count = std::min(into.size(), content_->size() - at);
            const std::size_t held = std::min(count, bytes.size() - std::min(at, bytes.size()));
            if (held != 0) std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), held, into.begin());
            std::ranges::fill(into.first(count).subspan(held), std::byte{});
            return count;
        }
        SystemResult<std::size_t> writeSome(std::int64_t offset, std::span<const std::byte> from) override
        {
            const auto at = static_cast<std::size_t>(offset);
            Bytes& bytes = content_->materialised();
            bytes.resize(std::max(bytes.size(), at + from.size()));
            std::ranges::copy(from, bytes.begin() + static_cast<std::ptrdiff_t>(at));
            return from.size();
        }
        SystemResult<FileStat> stat() override { return statOf(*content_); }
        SystemStatus allocate(std::int64_t size) override
        {
            Bytes& bytes = content_->materialised();
            bytes.resize(std::max(bytes.size(), static_cast<std::size_t>(size)));
            return {};
        }
        SystemStatus setPermissions(std::uint32_t, std::uint32_t) override { return {}; }
        SystemStatus sync() override { return {}; }
        void startWriteBack(std::int64_t, std::int64_t) override {}
        void dropCache(std::int64_t, std::int64_t) override {}
        SystemStatus close() override { return {}; }

    private:
        std::shared_ptr<Content> content_;
    };

    /// One spelling for each path: no dots, no slash at the end.
    static std::string key(const Path& path)
    {
        const Path normal = path.lexically_normal();
        const Path without =
            normal.has_filename() || normal == normal.root_path() ? normal : normal.parent_path();
        return without == "." ? std::string{} : without.string();
    }
    [[nodiscard]] bool exists(const Path& path) const
    {
        return files_.contains(key(path)) || folders_.contains(key(path));
    }
    /// The file or folder `from` and everything under it.
    void move(const std::string& from, const std::string& to)
    {
        const auto moved = [&](const std::string& at) { return to + at.substr(from.size()); };
        const auto belongs = [&](const std::string& at) { return at == from || at.starts_with(from + "/"); };
        std::map<std::string, std::shared_ptr<Content>> files;
        for (const auto& [at, content] : files_)
            if (!belongs(at)) files.insert_or_assign(at, content);
        for (const auto& [at, content] : files_)
            if (belongs(at)) files.insert_or_assign(moved(at), content);
        std::set<std::string> folders;
        for (const std::string& at : folders_) folders.insert(belongs(at) ? moved(at) : at);
        files_ = std::move(files);
        folders_ = std::move(folders);
    }

    std::map<std::string, std::shared_ptr<Content>> files_{};
    std::set<std::string> folders_{std::string{}};
    std::uint64_t nextInode_ = 1;
};

} // namespace segue::test
