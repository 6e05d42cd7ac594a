#include "measure/overview_cache.h"

#include "core/hash.h"
#include "measure/cache_files.h"

#include <algorithm>

namespace segue {

namespace {

constexpr std::string_view magic = "segueovw";
constexpr std::uint64_t version = 1;
constexpr std::size_t headLength = 80, binBytes = 6;
constexpr std::string_view ending = ".overview";

class Writer {
public:
    explicit Writer(std::size_t size) { bytes_.reserve(size); }
    void text(std::string_view text)
    {
        const auto bytes = bytesOf(text);
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    void number(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i) bytes_.push_back(static_cast<std::byte>(value >> 8 * i & 0xFF));
    }
    [[nodiscard]] std::vector<std::byte>& bytes() { return bytes_; }

private:
    std::vector<std::byte> bytes_{};
};

std::uint64_t numberAt(std::span<const std::byte> bytes, std::size_t at, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value |= std::to_integer<std::uint64_t>(bytes[at + i]) << 8 * i;
    return value;
}

/// All before the bins.
std::vector<std::byte> headOf(const OverviewShape& shape, std::string_view key, std::size_t reserve)
{
    Writer out{reserve};
    out.text(magic);
    out.number(version, 4);
    out.number(static_cast<std::uint64_t>(shape.channels), 4);
    out.number(static_cast<std::uint64_t>(shape.length.value()), 8);
    out.number(static_cast<std::uint64_t>(Overview::framesInFinestBin), 4);
    out.number(static_cast<std::uint64_t>(Overview::binsInCoarserBin), 4);
    out.number(static_cast<std::uint64_t>(Overview::binsIn(shape)), 8);
    out.number(0, 8);
    out.text(key);
    return std::move(out.bytes());
}

OverviewShape shapeOf(const Source& source) { return {source.channels, source.length, source.length}; }

std::size_t fileLength(const OverviewShape& shape)
{
    return headLength + static_cast<std::size_t>(Overview::binsIn(shape)) * binBytes + sealLength;
}

bool isSensible(const Source& source)
{
    return (source.channels == 1 || source.channels == 2) && source.length > SampleCount{} &&
           isCacheKey(source.fingerprint.xxh3);
}

} // namespace

std::vector<std::byte> bytesOf(const Overview& overview, const Fingerprint& fingerprint)
{
    const OverviewShape& shape = overview.shape();
    std::vector<std::byte> bytes = headOf(shape, fingerprint.xxh3, fileLength(shape));
    const auto push = [&](std::uint16_t v) {
        bytes.push_back(static_cast<std::byte>(v & 0xFF));
        bytes.push_back(static_cast<std::byte>(v >> 8));
    };
    for (const OverviewBin& bin : overview.bins()) {
        push(static_cast<std::uint16_t>(bin.low));
        push(static_cast<std::uint16_t>(bin.high));
        push(bin.rms);
    }
    seal(bytes);
    return bytes;
}

std::optional<Overview> overviewOf(std::span<const std::byte> bytes, const Source& source)
{
    if (!isSensible(source)) return std::nullopt;
    const OverviewShape shape = shapeOf(source);
    if (bytes.size() != fileLength(shape)) return std::nullopt;
    const auto content = unsealed(bytes);
    // The head has one right form for a source.
    if (!content ||
        !std::ranges::equal(headOf(shape, source.fingerprint.xxh3, headLength), content->first(headLength)))
        return std::nullopt;
    std::vector<OverviewBin> bins(static_cast<std::size_t>(Overview::binsIn(shape)));
    for (std::size_t at = headLength; OverviewBin & bin : bins) {
        bin = {static_cast<std::int16_t>(numberAt(bytes, at, 2)),
               static_cast<std::int16_t>(numberAt(bytes, at + 2, 2)),
               static_cast<std::uint16_t>(numberAt(bytes, at + 4, 2))};
        at += binBytes;
    }
    return Overview{shape, std::move(bins)};
}

OverviewCache::OverviewCache(FileOps& files, Path folder, std::int64_t limit)
    : files_{files}, folder_{std::move(folder)}, limit_{limit}
{
}

std::optional<Overview> OverviewCache::find(const Source& source) const
{
    if (folder_.empty() || !isSensible(source)) return std::nullopt;
    const auto bytes = CacheFiles{files_, folder_, ending, limit_}.read(
        source.fingerprint.xxh3, static_cast<std::int64_t>(fileLength(shapeOf(source))));
    if (!bytes) return std::nullopt;
    return overviewOf(*bytes, source);
}

void OverviewCache::keep(const Source& source, const Overview& overview) const
{
    if (folder_.empty() || !isSensible(source) || overview.shape() != shapeOf(source)) return;
    if (static_cast<std::int64_t>(fileLength(overview.shape())) > limit_) return;
    CacheFiles{files_, folder_, ending, limit_}.write(source.fingerprint.xxh3,
                                                      bytesOf(overview, source.fingerprint));
}

} // namespace segue
