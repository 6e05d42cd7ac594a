#include "audio/measure_source.h"

#include "core/hash.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace segue {

namespace {

static_assert(std::endian::native == std::endian::little,
              "the fingerprint hashes little-endian samples as they lie");

constexpr std::int64_t blockFrames = 16'384;
constexpr double largest = std::numeric_limits<double>::max();

/// Exactly k/32768 with k in the range of 16 bits.
bool isSixteenBit(double v)
{
    const double scaled = v * 32768.0;
    return scaled >= -32768.0 && scaled <= 32767.0 &&
           scaled == static_cast<double>(static_cast<std::int32_t>(scaled));
}

/// The samples as a FLAC encoder hashed them.
class ChecksumOfIntegers {
public:
    explicit ChecksumOfIntegers(StatedChecksum stated) : stated_{std::move(stated)} {}

    void update(std::span<const double> samples)
    {
        const double scale = std::ldexp(1.0, stated_.bits - 1);
        const auto width = static_cast<std::size_t>((stated_.bits + 7) / 8);
        bytes_.resize(samples.size() * width);
        auto to = bytes_.begin();
        for (const double v : samples) {
            // A decoder gives whole numbers between -2^31 and 2^31 - 1 here; whatever else it gives must not
            // match.
            const auto k = static_cast<std::int64_t>(std::clamp(v * scale, -0x1p40, 0x1p40));
            for (std::size_t i = 0; i < width; ++i) *to++ = static_cast<std::byte>(k >> 8 * i & 0xFF);
        }
        hasher_->update(bytes_);
    }
    [[nodiscard]] bool matches() { return hasher_->finish() == stated_.md5; }

private:
    StatedChecksum stated_;
    std::unique_ptr<Hasher> hasher_ = makeMd5();
    std::vector<std::byte> bytes_{};
};

/// What is found in one block of samples, added to what was found before.
void judge(std::span<const double> samples, std::int64_t firstFrame, std::size_t channels,
           MeasuredSource& measured)
{
    double peak = measured.peak;
    bool finite = true;
    for (const double v : samples) {
        const double size = std::abs(v);
        finite = finite && size <= largest;
        if (size > peak && size <= largest) peak = size;
    }
    measured.peak = peak;
    bool& exact = measured.fingerprint.sixteenBitExact;
    exact = exact && finite && std::ranges::all_of(samples, isSixteenBit);
    if (finite) return;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (std::abs(samples[i]) <= largest) continue;
        if (measured.nonFinite++ == 0)
            measured.firstNonFinite = SamplePos{firstFrame + static_cast<std::int64_t>(i / channels)};
    }
}

} // namespace

Result<MeasuredSource> measureSource(AudioFile& file, const Progress& progress)
{
    MeasuredSource measured;
    measured.fingerprint.sixteenBitExact = true;
    const std::int64_t length = file.length().value();
    const std::size_t channels = file.info().channels == 1 ? 1 : 2;
    const auto hasher = makeXxh3_128();
    std::optional<ChecksumOfIntegers> checksum;
    if (auto stated = file.statedChecksum()) checksum.emplace(std::move(*stated));

    std::vector<Frame> block(static_cast<std::size_t>(blockFrames));
    std::vector<double> samples;
    for (std::int64_t at = 0; at < length; at += blockFrames) {
        if (progress.cancelled()) return failure("Cancelled", file.name(), ErrorKind::cancelled);
        const auto count = static_cast<std::size_t>(std::min(blockFrames, length - at));
        if (auto s = file.read(SamplePos{at}, Block{block}.first(count)); !s)
            return failure(std::move(s.error()));
        samples.resize(count * channels);
        for (std::size_t i = 0; i < count; ++i) {
            // Adding 0.0 makes a negative zero positive: the two sound the same and must hash the same.
            samples[i * channels] = block[i].left + 0.0;
            if (channels == 2) samples[2 * i + 1] = block[i].right + 0.0;
        }
        hasher->update(std::as_bytes(std::span{samples}));
        if (checksum) checksum->update(samples);
        judge(samples, at, channels, measured);
        const std::int64_t blocks = at / blockFrames;
        if (blocks % (1 + length / blockFrames / 100) == 0)
            progress("Measuring", static_cast<double>(at) / static_cast<double>(length));
    }
    if (checksum && !checksum->matches())
        return failure(
            "The audio is damaged: it does not match the checksum (MD5) that the file carries. Get the file "
            "again",
            file.name());
    measured.fingerprint.xxh3 = hasher->finish();
    return measured;
}

} // namespace segue
