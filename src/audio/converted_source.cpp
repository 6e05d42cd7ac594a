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
        Chunk& c = cache_[nextSlot_];
        nextSlot_ = (nextSlot_ + 1) % cache_.size();
        c.number = -1;
        if (const auto s = convert(number, c.frames); !s) return failure(s.error());
        c.number = number;
        return std::span<const Frame>{c.frames};
    }

    Status convert(std::int64_t number, std::vector<Frame>& out)
    {
        // Whatever thread asks: denormal input must not depend on who came first.
        const DenormalsOff guard;
        const std::int64_t rollIn = rollPeriods_ * inPeriod_, rollOut = rollPeriods_ * outPeriod_;
        if (auto s = fetch(number * chunkIn_ - rollIn, static_cast<std::size_t>(chunkIn_ + 2 * rollIn)); !s)
            return s;

        soxr_error_t problem = nullptr;
        const Resampler resampler = makeResampler(source_->rate(), rate_, problem);
        if (!resampler)
            return failure(
                fmt::format("The rate converter could not be set up: {}", problem ? problem : "unknown"));
        // One frame more than there should be, so that too many are noticed too.
        all_.resize(static_cast<std::size_t>(chunkOut_ + 2 * rollOut) + 1);
        std::size_t taken = 0, given = 0;
        problem =
            soxr_process(resampler.get(), in_.data(), in_.size(), &taken, all_.data(), all_.size(), &given);
        for (std::size_t more = 1; problem == nullptr && more > 0 && given < all_.size(); given += more)
            problem = soxr_process(resampler.get(), nullptr, 0, nullptr, all_.data() + given,
                                   all_.size() - given, &more);
        if (problem != nullptr || taken != in_.size() || given != all_.size() - 1)
            return failure(fmt::format("The rate converter made {} of {} samples{}{}", given, all_.size() - 1,
                                       problem ? ": " : "", problem ? problem : ""));
        out.assign(all_.begin() + rollOut, all_.begin() + rollOut + chunkOut_);
        return {};
    }

    /// Fills in_ with `count` frames from `begin` on. What the chunk before has in common with this one is
    /// kept: a source that can only be decoded from its start is then read straight on.
    Status fetch(std::int64_t begin, std::size_t count)
    {
        const std::int64_t skip = begin - inBegin_;
        std::size_t kept = 0;
        if (in_.size() == count && skip >= 0 && skip < std::ssize(in_)) {
            kept = count - static_cast<std::size_t>(skip);
            std::copy(in_.begin() + skip, in_.end(), in_.begin());
        }
        in_.resize(count);
        auto s = source_->read(SamplePos{begin + static_cast<std::int64_t>(kept)}, Block{in_}.subspan(kept));
        if (!s) in_.clear();
        inBegin_ = begin;
        return s;
    }

    std::unique_ptr<SoundSource> source_;
    SampleRate rate_;
    SampleCount length_;
    std::int64_t outPeriod_ = 1, inPeriod_ = 1, chunkOut_ = 1, chunkIn_ = 1, rollPeriods_ = 1;
    std::array<Chunk, 2> cache_{};
    std::size_t nextSlot_ = 0;
    std::vector<Frame> in_{}, all_{};
    std::int64_t inBegin_ = 0;
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
