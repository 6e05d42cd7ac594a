#include "measure/scan_cache.h"

#include "core/hash.h"
#include "measure/cache_files.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <type_traits>

namespace segue {

namespace {

static_assert(std::endian::native == std::endian::little, "the file has little-endian numbers as they lie");
static_assert(std::is_trivially_copyable_v<Hop> && sizeof(Hop) == 32);
static_assert(std::is_trivially_copyable_v<SoundSums> && sizeof(SoundSums) == 144);

constexpr std::string_view magic = "seguescn", ending = ".scan";
/// Another one whenever a scan gives other figures or the file another form.
constexpr std::uint32_t version = 3;
/// 96 hours at 8 kHz or 4 at 192 would be as long; what is longer is not ours.
constexpr std::int64_t mostBytes = std::int64_t{64} << 20;

class Writer {
public:
    template <class Number>
    void number(Number value)
    {
        const auto bytes = std::bit_cast<std::array<std::byte, sizeof(Number)>>(value);
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    template <class Part>
    void all(const std::vector<Part>& parts)
    {
        const auto bytes = std::as_bytes(std::span{parts});
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    void text(std::string_view text)
    {
        const auto bytes = bytesOf(text);
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    [[nodiscard]] std::vector<std::byte>& bytes() { return bytes_; }

private:
    std::vector<std::byte> bytes_{};
};

/// Gives zeros and remembers it when there is too little.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : rest_{bytes} {}
    template <class Number>
    [[nodiscard]] Number number()
    {
        std::array<std::byte, sizeof(Number)> bytes{};
        copy(bytes.data(), bytes.size());
        return std::bit_cast<Number>(bytes);
    }
    template <class Part>
    void all(std::vector<Part>& parts, std::uint64_t count)
    {
        if (count > rest_.size() / sizeof(Part)) {
            good_ = false;
            return;
        }
        parts.resize(static_cast<std::size_t>(count));
        copy(parts.data(), parts.size() * sizeof(Part));
    }
    [[nodiscard]] bool text(std::string_view expected)
    {
        if (rest_.size() < expected.size()) return false;
        const bool same = std::memcmp(rest_.data(), expected.data(), expected.size()) == 0;
        rest_ = rest_.subspan(expected.size());
        return same;
    }
    /// All was there, and nothing is left.
    [[nodiscard]] bool complete() const { return good_ && rest_.empty(); }

private:
    void copy(void* to, std::size_t count)
    {
        if (count > rest_.size()) {
            good_ = false;
            return;
        }
        if (count > 0) std::memcpy(to, rest_.data(), count);
        rest_ = rest_.subspan(count);
    }
    std::span<const std::byte> rest_;
    bool good_ = true;
};

std::int64_t hopsIn(const ScannedSound& sound)
{
    const std::int64_t hop = hopFrames(sound.rate);
    return (sound.length.value() + hop - 1) / hop;
}

} // namespace

ScanKey keyOf(const FileStat& file)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytesOf(fmt::format("file {} {} {} {} {}", file.device, file.inode, file.size,
                                       file.modifiedNanoseconds, file.changedNanoseconds)));
    return hasher->finish();
}

std::vector<std::byte> bytesOf(const ScannedSound& sound, const ScanKey& key)
{
    Writer out;
    out.bytes().reserve(sound.hops.size() * sizeof(Hop) + 16'384);
    out.text(magic);
    out.number(version);
    out.number(static_cast<std::uint32_t>(sound.channels));
    out.number(static_cast<std::uint32_t>(sound.rate.hertz()));
    out.number(static_cast<std::uint32_t>(sound.clipped.size()));
    for (const std::int64_t value :
         {sound.length.value(), std::int64_t{std::ssize(sound.hops)}, sound.clippedRuns, sound.notFinite,
          sound.firstNotFinite.value(), sound.firstSound.value(), sound.soundEnd.value()})
        out.number(value);
    out.text(key);
    out.number(sound.sums);
    out.all(sound.hops);
    for (const ClippedRun& run : sound.clipped) {
        out.number(run.begin.value());
        out.number(run.length.value());
        out.number(static_cast<std::int64_t>(run.channel));
    }
    seal(out.bytes());
    return std::move(out.bytes());
}

std::optional<ScannedSound> scannedSoundOf(std::span<const std::byte> bytes, const ScanKey& key)
{
    const auto content = unsealed(bytes);
    if (!content) return std::nullopt;
    Reader in{*content};
    if (!in.text(magic) || in.number<std::uint32_t>() != version) return std::nullopt;
    ScannedSound sound;
    sound.channels = static_cast<int>(in.number<std::uint32_t>());
    sound.rate = SampleRate{static_cast<int>(in.number<std::uint32_t>())};
    const auto places = in.number<std::uint32_t>();
    sound.length = SampleCount{in.number<std::int64_t>()};
    const auto hops = in.number<std::uint64_t>();
    sound.clippedRuns = in.number<std::int64_t>();
    sound.notFinite = in.number<std::int64_t>();
    sound.firstNotFinite = SamplePos{in.number<std::int64_t>()};
    sound.firstSound = SamplePos{in.number<std::int64_t>()};
    sound.soundEnd = SamplePos{in.number<std::int64_t>()};
    if (!in.text(key)) return std::nullopt;
    sound.sums = in.number<SoundSums>();
    in.all(sound.hops, hops);
    if (places > mostClippedPlaces) return std::nullopt;
    for (std::uint32_t i = 0; i < places; ++i) {
        ClippedRun run;
        run.begin = SamplePos{in.number<std::int64_t>()};
        run.length = SampleCount{in.number<std::int64_t>()};
        run.channel = static_cast<int>(in.number<std::int64_t>());
        sound.clipped.push_back(run);
    }
    // A seal can be made by anybody.
    const bool sensible = (sound.channels == 1 || sound.channels == 2) && sound.rate.hertz() >= 1000 &&
                          sound.rate.hertz() <= 1'000'000 && sound.length >= SampleCount{} &&
                          sound.length < SampleCount{std::int64_t{1} << 48} &&
                          hopsIn(sound) == std::ssize(sound.hops);
    if (!in.complete() || !sensible) return std::nullopt;
    return sound;
}

ScanCache::ScanCache(FileOps& files, Path folder, std::int64_t limit)
    : files_{files}, folder_{std::move(folder)}, limit_{limit}
{
}

std::optional<ScannedSound> ScanCache::find(const ScanKey& key) const
{
    const auto bytes = CacheFiles{files_, folder_, ending, limit_}.read(key, mostBytes);
    if (!bytes) return std::nullopt;
    return scannedSoundOf(*bytes, key);
}

void ScanCache::keep(const ScanKey& key, const ScannedSound& sound) const
{
    if (!isCacheKey(key)) return;
    CacheFiles{files_, folder_, ending, limit_}.write(key, bytesOf(sound, key));
}

} // namespace segue
