#include "audio/converted_source.h"

#include <fmt/format.h>
#include <soxr.h>

#include <algorithm>
#include <array>
#include <cassert>
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

class ConvertedSource final : public SoundSource {
public:
    ConvertedSource(std::unique_ptr<SoundSource> source, SampleRate rate)
        : source_{std::move(source)}, rate_{rate}, length_{convertedLength(source_->length(), source_->rate(), rate)}
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
        const std::int64_t rollIn = rollPeriods_ * inPeriod_, rollOut = rollPeriods_ * outPeriod_;
        std::vector<Frame> in(static_cast<std::size_t>(chunkIn_ + 2 * rollIn));
        if (const auto s = source_->read(SamplePos{number * chunkIn_ - rollIn}, in); !s) return s;
        std::vector<Frame> all(static_cast<std::size_t>(chunkOut_ + 2 * rollOut));

        const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT64_I, SOXR_FLOAT64_I);
        const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
        const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
        soxr_error_t problem = nullptr;
        const std::unique_ptr<soxr, SoxrCloser> resampler{soxr_create(source_->rate().hertz(), rate_.hertz(), 2, &problem, &io,
                                                                       &quality, &runtime)};
        if (resampler == nullptr || problem != nullptr) return failure("The rate converter could not be set up", problem == nullptr ? "" : problem);
        std::size_t taken = 0, given = 0;
        problem = soxr_process(resampler.get(), in.data(), in.size(), &taken, all.data(), all.size(), &given);
        while (problem == nullptr && given < all.size()) {
            std::size_t more = 0;
            problem = soxr_process(resampler.get(), nullptr, 0, nullptr, all.data() + given, all.size() - given, &more);
            if (more == 0) break;
            given += more;
        }
        if (problem != nullptr || taken != in.size() || given != all.size())
            return failure(fmt::format("The rate converter gave {} of {} samples", given, all.size()), problem == nullptr ? "" : problem);
        out.assign(all.begin() + rollOut, all.begin() + rollOut + chunkOut_);
        return {};
    }

    std::unique_ptr<SoundSource> source_;
    SampleRate rate_;
    SampleCount length_;
    std::int64_t outPeriod_ = 1, inPeriod_ = 1, chunkOut_ = 1, chunkIn_ = 1, rollPeriods_ = 1;
    std::array<Chunk, 2> cache_{};
    std::size_t nextSlot_ = 0;
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
    const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT64_I, SOXR_FLOAT64_I);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
    const std::unique_ptr<soxr, SoxrCloser> probe{soxr_create(96000, 44100, 2, &problem, &io, &quality, nullptr)};
    return fmt::format("{} {}", soxr_version(), probe ? soxr_engine(probe.get()) : "unknown");
}

} // namespace segue
