#include "measure/cache_files.h"

#include "core/hash.h"
#include "core/safe_write.h"

#include <algorithm>
#include <tuple>

namespace segue {

namespace {

constexpr std::size_t keyLength = 32;

} // namespace

bool isCacheKey(std::string_view text)
{
    return text.size() == keyLength &&
           std::ranges::all_of(text, [](char c) { return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f'); });
}

std::string sealOf(std::span<const std::byte> content)
{
    const auto hasher = makeXxh3_128();
    hasher->update(content);
    return hasher->finish();
}

void seal(std::vector<std::byte>& bytes)
{
    const std::string seal = sealOf(bytes);
    const auto sealBytes = bytesOf(std::string_view{seal});
    bytes.insert(bytes.end(), sealBytes.begin(), sealBytes.end());
}

std::optional<std::span<const std::byte>> unsealed(std::span<const std::byte> bytes)
{
    if (bytes.size() < sealLength) return std::nullopt;
    const auto content = bytes.first(bytes.size() - sealLength);
    const std::string seal = sealOf(content);
    if (!std::ranges::equal(bytesOf(std::string_view{seal}), bytes.last(sealLength))) return std::nullopt;
    return content;
}

bool CacheFiles::isOurs(std::string_view name) const
{
    // ".KEY.ending.tmp-TOKEN" too, which a program that was killed left behind.
    const std::string_view plain = name.starts_with('.') ? name.substr(1) : name;
    return isCacheKey(plain.substr(0, keyLength)) && plain.substr(keyLength).starts_with(ending_);
}

std::optional<std::vector<std::byte>> CacheFiles::read(const std::string& key, std::int64_t mostBytes) const
{
    if (folder_.empty() || !isCacheKey(key)) return std::nullopt;
    auto bytes = readWholeFile(files_, folder_ / (key + std::string{ending_}), mostBytes);
    if (!bytes) return std::nullopt;
    return std::move(*bytes);
}

void CacheFiles::write(const std::string& key, std::span<const std::byte> bytes) const
{
    if (folder_.empty() || !isCacheKey(key) || std::ssize(bytes) > limit_) return;
    Path made;
    for (const Path& step : folder_) {
        made /= step;
        std::ignore = files_.makeDirectory(made);
    }
    const std::string name = key + std::string{ending_};
    // What lies there was no hit; without it nothing is kept as ".bak" either.
    std::ignore = files_.unlink(folder_ / name);
    std::ignore = saveAtomically(files_, folder_ / name, bytes, {}, randomToken());
    removeOldest(name);
}

void CacheFiles::removeOldest(const std::string& kept) const
{
    struct KeptFile {
        std::int64_t age, size;
        std::string name;
    };
    const auto names = files_.list(folder_);
    if (!names) return;
    std::vector<KeptFile> entries;
    std::int64_t together = 0;
    for (const std::string& name : *names) {
        if (!isOurs(name)) continue;
        const auto stat = files_.stat(folder_ / name);
        if (!stat || stat->type != FileStat::Type::regular) continue;
        together += stat->size;
        if (name != kept) entries.push_back({stat->modifiedNanoseconds, stat->size, name});
    }
    std::ranges::sort(entries, [](const KeptFile& a, const KeptFile& b) {
        return std::tie(a.age, a.name) < std::tie(b.age, b.name);
    });
    for (const KeptFile& entry : entries) {
        if (together <= limit_) return;
        if (files_.unlink(folder_ / entry.name)) together -= entry.size;
    }
}

} // namespace segue
