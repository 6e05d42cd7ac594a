#include "measure/fourier.h"

#include <fftw3.h>

#include <cassert>
#include <cmath>
#include <mutex>
#include <numbers>
#include <vector>

namespace segue {

namespace {

/// Only executing a plan may be done by several threads at once.
std::mutex& planning()
{
    static std::mutex mutex;
    return mutex;
}

struct Freer {
    void operator()(fftw_complex* p) const { fftw_free(p); }
};
using Buffer = std::unique_ptr<fftw_complex[], Freer>; // NOLINT(modernize-avoid-c-arrays)

Buffer allocate(std::size_t n)
{
    Buffer b{fftw_alloc_complex(n)};
    if (b == nullptr) throw std::bad_alloc{};
    return b;
}

} // namespace

class FourierTransform::State {
public:
    explicit State(std::size_t frames) : n{frames}, in{allocate(frames)}, out{allocate(frames)}
    {
        // Four terms, -92 dB beside the main lobe: F. J. Harris, Proc. IEEE 66 (1978), table 1.
        double energy = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double x = 2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(n);
            window.push_back(0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2 * x) -
                             0.01168 * std::cos(3 * x));
            energy += window.back() * window.back();
        }
        scale = 1.0 / (energy * static_cast<double>(n));
        power.resize(n / 2);
        const std::scoped_lock lock{planning()};
        // Estimated, never measured: the same plan on every run.
        plan = fftw_plan_dft_1d(static_cast<int>(n), in.get(), out.get(), FFTW_FORWARD, FFTW_ESTIMATE);
    }
    ~State()
    {
        const std::scoped_lock lock{planning()};
        fftw_destroy_plan(plan);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    std::size_t n;
    Buffer in, out;
    fftw_plan plan = nullptr;
    std::vector<double> window{}, power{};
    double scale = 0;
};

FourierTransform::FourierTransform(std::size_t frames) : state_{std::make_unique<State>(frames)} {}
FourierTransform::~FourierTransform() = default;
std::size_t FourierTransform::frames() const { return state_->n; }

std::span<const double> FourierTransform::power(std::span<const Frame> block)
{
    State& s = *state_;
    assert(block.size() == s.n);
    // Two real signals in one complex transform: what is even in k belongs to both.
    for (std::size_t i = 0; i < s.n; ++i) {
        s.in[i][0] = block[i].left * s.window[i];
        s.in[i][1] = block[i].right * s.window[i];
    }
    fftw_execute(s.plan);
    const auto square = [&](std::size_t k) { return s.out[k][0] * s.out[k][0] + s.out[k][1] * s.out[k][1]; };
    s.power[0] = square(0) * s.scale;
    for (std::size_t k = 1; k < s.n / 2; ++k) s.power[k] = (square(k) + square(s.n - k)) / 2 * s.scale;
    return s.power;
}

} // namespace segue
