// A programme whose steps come one after another has the loudness of the same steps all at once.

#include "measure/programme_loudness.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace segue;

namespace {

/// Steps as a scan has them, and beside them the true peak of each whole hop.
struct Programme {
    LoudnessSteps steps{};
    std::vector<float> peaks{};
};

class Taken {
public:
    explicit Taken(unsigned seed) : numbers_{seed} {}
    /// A sound of so many steps, its last hop perhaps not whole; loud, soft or silent by and by.
    void sound(std::size_t steps)
    {
        const std::size_t first = all_.steps.size() / stepsInHop;
        std::vector<float> peaks;
        for (std::size_t at = 0; at < steps; at += stepsInHop) {
            LoudnessSteps hop;
            for (std::size_t i = at; i < std::min(steps, at + stepsInHop); ++i) hop.push_back(level());
            peaks.push_back(static_cast<float>(numbers_() % 1000) / 1000);
            together.take(hop, peaks.back());
            all_.steps.insert(all_.steps.end(), hop.begin(), hop.end());
        }
        open_ = first;
        peaks_ = peaks;
        settle();
    }
    void silence(std::size_t steps)
    {
        together.takeSilence(steps);
        all_.steps.resize(all_.steps.size() + steps);
        settle();
        together.endSound();
        peaks_.clear();
    }
    [[nodiscard]] const Programme& all() const { return all_; }

    ProgrammeLoudness together{};

private:
    [[nodiscard]] float level()
    {
        if (left_-- == 0) {
            left_ = numbers_() % 700;
            scale_ = std::pow(10.0F, -static_cast<float>(numbers_() % 9));
        }
        return scale_ * static_cast<float>(numbers_() % 100'000) / 100'000;
    }
    void settle()
    {
        all_.peaks.resize(all_.steps.size() / stepsInHop);
        for (std::size_t i = 0; i < peaks_.size() && open_ + i < all_.peaks.size(); ++i)
            all_.peaks[open_ + i] = peaks_[i];
    }

    std::mt19937 numbers_;
    Programme all_{};
    std::size_t open_ = 0, left_ = 0;
    std::vector<float> peaks_{}; ///< of the last sound
    float scale_ = 1;
};

std::optional<double> smallestDistance(const Programme& all)
{
    std::optional<double> least;
    const auto curve = shortTermCurve(all.steps);
    for (std::size_t w = 0; w < curve.size(); ++w) {
        const auto from = all.peaks.begin() + static_cast<std::ptrdiff_t>(w);
        const float peak = *std::max_element(from, from + 30);
        if (!(peak > 0) || curve[w] < -70) continue;
        const double distance = 20 * std::log10(static_cast<double>(peak)) - curve[w];
        least = std::min(least.value_or(distance), distance);
    }
    return least;
}

void checkSame(Taken& taken)
{
    const LoudnessSteps& steps = taken.all().steps;
    const ProgrammeFigures f = taken.together.finish();
    CHECK(f.integrated == integratedLoudness(steps));
    CHECK(f.range == loudnessRange(steps));
    CHECK(f.momentary == highestMomentary(steps));
    CHECK(f.shortTerm == highestShortTerm(steps));
    const auto psr = smallestDistance(taken.all());
    REQUIRE(f.psr.has_value() == psr.has_value());
    if (psr) CHECK(*f.psr == doctest::Approx(*psr).epsilon(1e-9));
}

} // namespace

TEST_CASE("steps that come one hop after another have the loudness of all at once, to the bit")
{
    for (const std::size_t count : {0U, 1U, 19U, 20U, 149U, 150U, 154U, 155U, 2070U, 2075U, 2080U, 9999U}) {
        CAPTURE(count);
        Taken taken{static_cast<unsigned>(count) + 1};
        taken.sound(count);
        checkSame(taken);
    }
}

TEST_CASE("sounds that end within 100 ms, and the silence between them, keep their places")
{
    for (unsigned seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        std::mt19937 lengths{seed};
        Taken taken{seed};
        for (int i = 0; i < 6; ++i) {
            taken.sound(lengths() % 1500);
            taken.silence(lengths() % 3 == 0 ? lengths() % 4000 : lengths() % 8);
        }
        checkSame(taken);
    }
}

TEST_CASE("hours of silence have no loudness")
{
    ProgrammeLoudness loudness;
    loudness.takeSilence(1'000'000);
    const ProgrammeFigures f = loudness.finish();
    CHECK(!f.integrated);
    CHECK(!f.range);
    CHECK(!f.momentary);
    CHECK(!f.shortTerm);
    CHECK(!f.psr);
}
