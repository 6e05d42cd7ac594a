#include "audio/converted_source.h"

#include "audio/denormals.h"

#include <fmt/format.h>
#include <soxr.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace segue {

namespace {

// Real neighbouring samples that are converted and thrown away on both sides of a chunk.
constexpr std::int64_t minimumRoll = 4096;
constexpr std::int64_t chunkTarget = 65'536;
// What the converter is given at once.
constexpr std::size_t sliceFrames = 8192;

struct SoxrCloser {
    void operator()(soxr* s) const { soxr_delete(s); }
};
using Resampler = std::unique_ptr<soxr, SoxrCloser>;

// Linear phase is the recipe's default; one thread, because chunks are what is spread over threads. The exact
// clock matters only where the ratio's numbers are large (44,056 to 44,100): without it the position drifts,
// to -105 dB.
Resampler makeResampler(SampleRate from, SampleRate to, soxr_error_t& problem)
{
    const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT64_I, SOXR_FLOAT64_I);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, SOXR_HI_PREC_CLOCK);
    const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    Resampler made{soxr_create(from.hertz(), to.hertz(), 2, &problem, &io, &quality, &runtime)};
    if (problem != nullptr) made.reset();
    return made;
}

class ConvertedSource final : public SoundSource {
public:
    ConvertedSource(std::unique_ptr<SoundSource> source, SampleRate rate)
        : source_{std::move(source)}, rate_{rate},
          length_{convertedLength(source_->length(), source_->rate(), rate)}
    {
        const std::int64_t common = std::gcd(rate.hertz(), source_->rate().hertz());
        outPeriod_ = rate.hertz() / common;
        inPeriod_ = source_->rate().hertz() / common;
        const std::int64_t periods = std::max<std::int64_t>(1, chunkTarget / outPeriod_);
        chunkOut_ = periods * outPeriod_;
        chunkIn_ = periods * inPeriod_;
        rollPeriods_ = (minimumRoll + inPeriod_ - 1) / inPeriod_;
    }

    [[nodiscard]] SampleRate rate() const override { return rate_; }
    [[nodiscard]] SampleCount length() const override { return length_; }

    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        std::ranges::fill(out, Frame{});
        const std::int64_t begin = std::max<std::int64_t>(at.value(), 0);
        const std::int64_t end = std::min(at.value() + std::ssize(out), length_.value());
        for (std::int64_t from = begin; from < end;) {
            const std::int64_t chunk = from / chunkOut_;
            const std::int64_t to = std::min(end, (chunk + 1) * chunkOut_);
            const auto frames = chunkAt(chunk);
            if (!frames) return failure(frames.error());
            const auto first = frames->begin() + (from - chunk * chunkOut_);
            std::copy(first, first + (to - from), out.begin() + (from - at.value()));
            from = to;
        }
        return {};
    }

private:
    struct Chunk {
        std::int64_t number = -1;
        std::vector<Frame> frames{};
    };

    Result<std::span<const Frame>> chunkAt(std::int64_t number)
    {
        for (Chunk& c : cache_)
            if (c.number == number) return std::span<const Frame>{c.frames};
        // Who reads on takes the place of the chunk before; who reads elsewhere leaves it to the other one.
        const auto before = std::ranges::find(cache_, number - 1, &Chunk::number);
        Chunk& c = before != cache_.end() ? *before : cache_[nextSlot_];
        nextSlot_ = (static_cast<std::size_t>(&c - cache_.data()) + 1) % cache_.size();
        c.number = -1;
        if (const auto s = convert(number, c.frames); !s) return failure(s.error());
        c.number = number;
        return std::span<const Frame>{c.frames};
    }

    Status convert(std::int64_t number, std::vector<Frame>& out)
    {
        // Whatever thread asks: denormal input must not depend on who came first.
        const DenormalsOff guard;
        soxr_error_t problem = nullptr;
        const Resampler resampler = makeResampler(source_->rate(), rate_, problem);
        if (!resampler)
            return failure(
                fmt::format("The rate converter could not be set up: {}", problem ? problem : "unknown"));
        const std::int64_t roll = rollPeriods_ * outPeriod_;
        Output output{.skipped = roll, .wanted = chunkOut_, .frames = out};
        out.clear();
        out.reserve(static_cast<std::size_t>(chunkOut_));
        if (auto s = feed(*resampler, number, output); !s) {
            recent_.clear();
            return s;
        }
        if (output.given != chunkOut_ + 2 * roll)
            return failure(
                fmt::format("The rate converter made {} of {} samples", output.given, chunkOut_ + 2 * roll));
        return {};
    }

    /// What the converter gives, without the roll on both sides.
    struct Output {
        std::int64_t skipped, wanted; ///< at the beginning; behind it
        std::vector<Frame>& frames;
        std::int64_t given = 0;

        void take(std::span<const Frame> more)
        {
            const std::int64_t first = std::clamp<std::int64_t>(skipped - given, 0, std::ssize(more));
            const std::int64_t last =
                std::clamp<std::int64_t>(skipped + wanted - given, first, std::ssize(more));
            frames.insert(frames.end(), more.begin() + first, more.begin() + last);
            given += std::ssize(more);
        }
    };

    /// The chunk's input through the converter, a little at a time, so that nothing long is kept. What it has
    /// in common with the chunk before was kept: a source that can only be decoded from its start is then
    /// read straight on.
    Status feed(soxr& resampler, std::int64_t number, Output& output)
    {
        const std::int64_t roll = rollPeriods_ * inPeriod_;
        const std::int64_t begin = number * chunkIn_ - roll, end = begin + chunkIn_ + 2 * roll;
        std::vector<Frame> common;
        if (recentBegin_ == begin) common.swap(recent_);
        recent_.clear();
        recentBegin_ = end - 2 * roll;
        std::int64_t at = begin;
        const auto take = [&](Block slice) {
            const std::int64_t old = std::clamp<std::int64_t>(recentBegin_ - at, 0, std::ssize(slice));
            recent_.insert(recent_.end(), slice.begin() + old, slice.end());
            at += std::ssize(slice);
            return convertSlice(resampler, slice, output);
        };
        if (!common.empty())
            if (auto s = take(common); !s) return s;
        while (at < end) {
            const Block slice =
                Block{slice_}.first(static_cast<std::size_t>(std::min(std::int64_t{sliceFrames}, end - at)));
            if (auto s = source_->read(SamplePos{at}, slice); !s) return s;
            if (auto s = take(slice); !s) return s;
        }
        return convertSlice(resampler, {}, output);
    }

    /// No frames: the end; what the converter still holds comes out.
    Status convertSlice(soxr& resampler, Block slice, Output& output)
    {
        const bool end = slice.empty();
        for (std::size_t given = 1; !slice.empty() || given > 0;) {
            std::size_t taken = 0;
            soxr_error_t problem = nullptr;
            if (end)
                problem = soxr_process(&resampler, nullptr, 0, nullptr, piece_.data(), piece_.size(), &given);
            else
                problem = soxr_process(&resampler, slice.data(), slice.size(), &taken, piece_.data(),
                                       piece_.size(), &given);
            if (problem != nullptr) return failure(fmt::format("The rate converter failed: {}", problem));
            output.take(std::span{piece_}.first(given));
            slice = slice.subspan(taken);
            if (!end && slice.empty() && given < piece_.size()) break;
            if (output.given > output.wanted + 2 * output.skipped) break; // counted, and said, by convert()
        }
        return {};
    }

    std::unique_ptr<SoundSource> source_;
    SampleRate rate_;
    SampleCount length_;
    std::int64_t outPeriod_ = 1, inPeriod_ = 1, chunkOut_ = 1, chunkIn_ = 1, rollPeriods_ = 1;
    std::array<Chunk, 2> cache_{};
    std::size_t nextSlot_ = 0;
    std::vector<Frame> recent_{}; ///< the last input, as long as two rolls
    std::int64_t recentBegin_ = 0;
    std::vector<Frame> slice_ = std::vector<Frame>(sliceFrames), piece_ = std::vector<Frame>(sliceFrames);
};

} // namespace

Result<std::unique_ptr<SoundSource>> convertRate(std::unique_ptr<SoundSource> source, SampleRate rate)
{
    if (source->rate() == rate) return source;
    return std::make_unique<ConvertedSource>(std::move(source), rate);
}

SampleCount convertedLength(SampleCount length, SampleRate from, SampleRate to)
{
    return SampleCount{detail::scaleCeil(length.value(), to.hertz(), from.hertz())};
}

std::string resamplerName()
{
    soxr_error_t problem = nullptr;
    const Resampler probe = makeResampler(SampleRate{96000}, SampleRate{44100}, problem);
    return fmt::format("{} {}", soxr_version(), probe ? soxr_engine(probe.get()) : "unknown");
}

} // namespace segue
