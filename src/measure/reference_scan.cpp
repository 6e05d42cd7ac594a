#include "measure/reference_scan.h"

#include "core/parallel.h"

#include <ebur128.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <new>

namespace segue {

namespace {

std::optional<double> finite(int status, double value)
{
    if (status != EBUR128_SUCCESS || !std::isfinite(value)) return {};
    return value;
}
std::optional<double> decibels(double gain)
{
    if (!(gain > 0)) return {};
    return 20 * std::log10(gain);
}
std::optional<double> higher(std::optional<double> a, std::optional<double> b)
{
    if (!a || !b) return a ? a : b;
    return std::max(*a, *b);
}

} // namespace

struct ReferenceScan::State {
    State(SampleRate rate, Duration every)
        : ebu{ebur128_init(2, static_cast<unsigned long>(rate.hertz()),
                           EBUR128_MODE_M | EBUR128_MODE_S | EBUR128_MODE_I | EBUR128_MODE_LRA |
                               EBUR128_MODE_TRUE_PEAK)},
          step{std::max<std::int64_t>(1, nearestSamples(every, rate).value())}, second{rate.hertz()}
    {
        if (ebu == nullptr) throw std::bad_alloc{};
    }
    ~State() { ebur128_destroy(&ebu); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void look()
    {
        double value = 0;
        int status = ebur128_loudness_momentary(ebu, &value);
        if (taken * 10 >= second * 4) momentary = higher(momentary, finite(status, value));
        status = ebur128_loudness_shortterm(ebu, &value);
        if (taken >= second * 3) shortTerm = higher(shortTerm, finite(status, value));
    }

    ebur128_state* ebu;
    std::int64_t step, second, taken = 0;
    std::optional<double> momentary{}, shortTerm{};
};

ReferenceScan::ReferenceScan(SampleRate rate, Duration every) : state_{std::make_unique<State>(rate, every)}
{
}
ReferenceScan::~ReferenceScan() = default;
ReferenceScan::ReferenceScan(ReferenceScan&&) noexcept = default;
ReferenceScan& ReferenceScan::operator=(ReferenceScan&&) noexcept = default;

void ReferenceScan::take(std::span<const Frame> frames)
{
    State& s = *state_;
    while (!frames.empty()) {
        const std::int64_t room = s.step - s.taken % s.step;
        const std::size_t count = std::min(static_cast<std::size_t>(room), frames.size());
        ebur128_add_frames_double(s.ebu, &frames.front().left, count);
        s.taken += static_cast<std::int64_t>(count);
        if (s.taken % s.step == 0) s.look();
        frames = frames.subspan(count);
    }
}

ReferenceFigures ReferenceScan::figures() const
{
    const State& s = *state_;
    ReferenceFigures f{.momentary = s.momentary, .shortTerm = s.shortTerm};
    double value = 0;
    int status = ebur128_loudness_global(s.ebu, &value);
    f.integrated = finite(status, value);
    status = ebur128_loudness_range(s.ebu, &value);
    f.range = f.integrated ? finite(status, value) : std::nullopt;
    for (unsigned c = 0; c < 2; ++c) {
        if (ebur128_true_peak(s.ebu, c, &value) == EBUR128_SUCCESS)
            f.truePeak = higher(f.truePeak, decibels(value));
        if (ebur128_sample_peak(s.ebu, c, &value) == EBUR128_SUCCESS)
            f.samplePeak = higher(f.samplePeak, decibels(value));
    }
    return f;
}

ReferenceFigures ReferenceScan::together(std::span<const ReferenceScan> sounds)
{
    ReferenceFigures all;
    std::vector<ebur128_state*> states;
    for (const ReferenceScan& sound : sounds) {
        const ReferenceFigures f = sound.figures();
        all.momentary = higher(all.momentary, f.momentary);
        all.shortTerm = higher(all.shortTerm, f.shortTerm);
        all.truePeak = higher(all.truePeak, f.truePeak);
        all.samplePeak = higher(all.samplePeak, f.samplePeak);
        states.push_back(sound.state_->ebu);
    }
    double value = 0;
    int status = ebur128_loudness_global_multiple(states.data(), states.size(), &value);
    all.integrated = finite(status, value);
    status = ebur128_loudness_range_multiple(states.data(), states.size(), &value);
    all.range = all.integrated ? finite(status, value) : std::nullopt;
    return all;
}

std::vector<Result<ReferenceScan>> referenceScans(std::span<const ScanJob> jobs,
                                                  std::span<const Decibels> gains, const Progress& progress)
{
    constexpr std::int64_t blockFrames = 4096;
    std::vector<Result<ReferenceScan>> results;
    for (std::size_t i = 0; i < jobs.size(); ++i)
        results.emplace_back(failure("Cancelled", {}, ErrorKind::cancelled));
    std::atomic<int> done = 0;
    parallelFor(jobs.size(), 0, [&](std::size_t i) {
        auto source = jobs[i].open();
        if (!source) {
            results[i] = failure(std::move(source.error()));
            return;
        }
        ReferenceScan scan{jobs[i].rate};
        const double gain = gains[i].gain();
        std::vector<Frame> block(static_cast<std::size_t>(blockFrames));
        const std::int64_t length = jobs[i].length.value();
        for (std::int64_t at = 0; at < length; at += blockFrames) {
            if (progress.cancelled()) return;
            const Block part =
                std::span{block}.first(static_cast<std::size_t>(std::min(blockFrames, length - at)));
            if (auto s = (*source)->read(SamplePos{at}, part); !s) {
                results[i] = failure(std::move(s.error()));
                return;
            }
            for (Frame& f : part) f = {f.left * gain, f.right * gain};
            scan.take(part);
        }
        results[i] = std::move(scan);
        progress("Measuring with libebur128", static_cast<double>(++done) / static_cast<double>(jobs.size()));
    });
    return results;
}

} // namespace segue
