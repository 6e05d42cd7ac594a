#include "reference/reference_resampler.h"

#include <soxr.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace segue::reference {

namespace {

/// The page's numbers for a pair of rates.
struct Grid {
    std::int64_t p, i, c, r;
};
Grid gridOf(std::int64_t from, std::int64_t to)
{
    const std::int64_t g = std::gcd(from, to);
    const std::int64_t p = to / g, i = from / g;
    return {p, i, std::max<std::int64_t>(1, 65536 / p), (4096 + i - 1) / i};
}

} // namespace

Frame sourceFrame(const Source& source, std::int64_t at, const SourceFrame& frameOf)
{
    if (at < 0 || at >= source.length.value()) return {};
    Frame frame = frameOf(source, at);
    if (source.channels == 1) frame.right = frame.left;
    return frame;
}

Frame ConvertedWhole::frame(std::int64_t k)
{
    const std::int64_t from = source_.rate.hertz(), to = rate_.hertz();
    const std::int64_t length = (source_.length.value() * to + from - 1) / from;
    if (k < 0 || k >= length) return {};
    const Grid grid = gridOf(from, to);
    const std::int64_t m = k / (grid.c * grid.p);
    if (!chunks_.contains(m)) chunks_[m] = chunk(m);
    return chunks_[m][static_cast<std::size_t>(k % (grid.c * grid.p))];
}

std::vector<Frame> ConvertedWhole::chunk(std::int64_t m) const
{
    const Grid grid = gridOf(source_.rate.hertz(), rate_.hertz());
    std::vector<Frame> in;
    const std::int64_t first = m * grid.c * grid.i - grid.r * grid.i;
    const std::int64_t last = (m + 1) * grid.c * grid.i + grid.r * grid.i;
    for (std::int64_t at = first; at < last; ++at) in.push_back(sourceFrame(source_, at, frameOf_));
    std::vector<Frame> out(static_cast<std::size_t>((grid.c + 2 * grid.r) * grid.p));

    const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT64_I, SOXR_FLOAT64_I);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
    const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    soxr_error_t error = nullptr;
    soxr_t soxr = soxr_create(source_.rate.hertz(), rate_.hertz(), 2, &error, &io, &quality, &runtime);
    if (error) throw std::runtime_error("soxr_create");
    std::size_t taken = 0, given = 0;
    error = soxr_process(soxr, in.data(), in.size(), &taken, out.data(), out.size(), &given);
    bool stuck = error || taken != in.size();
    while (!stuck && given < out.size()) {
        std::size_t more = 0;
        error = soxr_process(soxr, nullptr, 0, nullptr, out.data() + given, out.size() - given, &more);
        stuck = error || more == 0;
        given += more;
    }
    soxr_delete(soxr);
    if (stuck) throw std::runtime_error("soxr_process gave less than it promised");
    const auto roll = static_cast<std::ptrdiff_t>(grid.r * grid.p);
    return {out.begin() + roll, out.end() - roll};
}

} // namespace segue::reference
