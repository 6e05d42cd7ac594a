#include "audio/measure_source.h"

#include "audio/kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace segue {

namespace {

static_assert(std::endian::native == std::endian::little,
              "the fingerprint hashes little-endian samples as they lie");

// Stays in the processor's second cache.
constexpr std::int64_t blockFrames = 4096;

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

} // namespace

SourceMeter::SourceMeter(int channels) : channels_{channels == 1 ? 1U : 2U} {}

std::span<const double> SourceMeter::take(std::span<const Frame> frames)
{
    static_assert(sizeof(Frame) == 2 * sizeof(double), "left and right lie in turn");
    std::span<const double> samples;
    if (channels_ == 1) {
        samples_.resize(frames.size());
        std::ranges::transform(frames, samples_.begin(), &Frame::left);
        samples = samples_;
    } else if (!frames.empty())
        samples = {&frames.front().left, 2 * frames.size()};
    const SampleFacts facts = kernels().look(samples);
    if (facts.negativeZeros) {
        samples_.resize(samples.size());
        std::ranges::transform(samples, samples_.begin(), [](double v) { return v + 0.0; });
        samples = samples_;
    }
    hasher_->update(std::as_bytes(samples));
    measured_.peak = std::max(measured_.peak, facts.peak);
    bool& exact = measured_.fingerprint.sixteenBitExact;
    exact = exact && facts.sixteenBit;
    if (!facts.finite)
        for (std::size_t i = 0; i < samples.size(); ++i) {
            if (std::isfinite(samples[i])) continue;
            if (measured_.nonFinite++ == 0)
                measured_.firstNonFinite = position_ + SampleCount{static_cast<std::int64_t>(i / channels_)};
        }
    position_ += SampleCount{std::ssize(frames)};
    return samples;
}

MeasuredSource SourceMeter::finish()
{
    measured_.fingerprint.xxh3 = hasher_->finish();
    return std::move(measured_);
}

Result<MeasuredSource> measureSource(AudioFile& file, const Progress& progress)
{
    const std::int64_t length = file.length().value();
    SourceMeter meter{file.info().channels};
    std::optional<ChecksumOfIntegers> checksum;
    if (auto stated = file.statedChecksum()) checksum.emplace(std::move(*stated));

    std::vector<Frame> block(static_cast<std::size_t>(blockFrames));
    for (std::int64_t at = 0; at < length; at += blockFrames) {
        if (progress.cancelled()) return failure("Cancelled", file.name(), ErrorKind::cancelled);
        const Block part = Block{block}.first(static_cast<std::size_t>(std::min(blockFrames, length - at)));
        if (auto s = file.read(SamplePos{at}, part); !s) return failure(std::move(s.error()));
        const auto samples = meter.take(part);
        if (checksum) checksum->update(samples);
        const std::int64_t blocks = at / blockFrames;
        if (blocks % (1 + length / blockFrames / 100) == 0)
            progress("Measuring", static_cast<double>(at) / static_cast<double>(length));
    }
    if (checksum && !checksum->matches())
        return failure(
            "The audio is damaged: it does not match the checksum (MD5) that the file carries. Get the file "
            "again",
            file.name());
    return meter.finish();
}

} // namespace segue
