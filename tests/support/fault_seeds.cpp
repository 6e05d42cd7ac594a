#include "support/fault_seeds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace segue::test {

namespace {

constexpr std::int64_t taps = 100; // on each side

std::vector<double> highPassTaps(SampleRate rate)
{
    std::vector<double> h;
    const double edge = 5000.0 / rate.hertz();
    double sum = 0;
    for (std::int64_t k = -taps; k <= taps; ++k) {
        const double x = std::numbers::pi * static_cast<double>(k);
        const double window = 0.5 + 0.5 * std::cos(x / (taps + 1));
        const double low = k == 0 ? 2 * edge : std::sin(2 * edge * x) / x;
        h.push_back(low * window);
        sum += h.back();
    }
    for (double& v : h) v = -v / sum;
    h[taps] += 1;
    return h;
}

double& sideOf(Frame& f, int channel) { return channel == 0 ? f.left : f.right; }
double sideOf(const Frame& f, int channel) { return channel == 0 ? f.left : f.right; }

double peakOf(const std::vector<double>& sound, const std::vector<double>& h)
{
    double peak = 0;
    const auto n = std::ssize(sound);
    for (std::int64_t i = -taps; i < n + taps; ++i) {
        double y = 0;
        for (std::int64_t k = std::max(-taps, i - n + 1); k <= std::min(taps, i); ++k)
            y += h[static_cast<std::size_t>(k + taps)] * sound[static_cast<std::size_t>(i - k)];
        peak = std::max(peak, std::fabs(y));
    }
    return peak;
}

constexpr std::array<const char*, 5> shapes{"pulse", "noise", "ringing", "hump", "decay"};

std::vector<double> clickOf(std::size_t shape, std::int64_t length, FaultDice& dice)
{
    std::vector<double> click;
    for (std::int64_t i = 0; i < length; ++i) {
        const double t = (static_cast<double>(i) + 0.5) / static_cast<double>(length);
        switch (shape) {
        case 0: click.push_back(1); break;
        case 1: click.push_back(dice.level()); break;
        case 2: click.push_back(std::exp(-4 * t) * std::cos(1.3 * static_cast<double>(i))); break;
        case 3: click.push_back(std::sin(std::numbers::pi * t)); break;
        default: click.push_back(std::exp(-5 * t)); break;
        }
    }
    return click;
}

} // namespace

std::uint64_t FaultDice::next()
{
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

std::vector<Frame> musicLike(SampleRate rate, double seconds, std::uint64_t seed)
{
    constexpr double tau = 2 * std::numbers::pi;
    FaultDice dice{seed};
    const auto n = static_cast<std::size_t>(seconds * rate.hertz());
    const double second = rate.hertz();
    constexpr std::array roots{110.0, 146.8, 98.0, 130.8};
    std::vector<Frame> sound(n);
    Frame pink;
    double ring = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double t = static_cast<double>(i) / second;
        const double root = roots[static_cast<std::size_t>(t / 4) % roots.size()];
        const double swell = 0.6 + 0.4 * std::sin(tau * t / 7);
        Frame f;
        for (int h = 1; h <= 5; ++h) {
            const double level = 0.1 / h;
            f.left += level * std::sin(tau * root * h * t);
            f.right += level * std::sin(tau * root * 1.002 * h * t + 0.3 * h);
        }
        // Every half second a string that rings for a tenth.
        const double since = t - 0.5 * std::floor(t / 0.5);
        ring = std::exp(-since / 0.1) * std::min(1.0, since / 0.002);
        const double a = dice.level(), b = dice.level();
        pink = {0.9 * pink.left + 0.1 * a, 0.9 * pink.right + 0.1 * b};
        f.left += 0.05 * ring * std::sin(tau * 3'000 * t) + 0.05 * pink.left + (0.004 + 0.02 * ring) * a;
        f.right += 0.04 * ring * std::sin(tau * 2'400 * t) + 0.05 * pink.right + (0.004 + 0.02 * ring) * b;
        const double ends = std::min({1.0, t / 0.1, (seconds - t) / 0.5});
        const double gain = 0.9 * swell * ends * ends;
        const auto in24 = [](double v) { return std::nearbyint(v * 0x1p23) / 0x1p23; };
        sound[i] = {in24(gain * f.left), in24(gain * f.right)};
    }
    return sound;
}

double peakAbove5k(const std::vector<Frame>& sound, SampleRate rate, SamplePos begin, SamplePos end,
                   int channel)
{
    const auto h = highPassTaps(rate);
    double peak = 0;
    const auto n = std::ssize(sound);
    for (std::int64_t i = std::max<std::int64_t>(begin.value(), taps); i < std::min(end.value(), n - taps);
         ++i) {
        double y = 0;
        for (std::int64_t k = -taps; k <= taps; ++k)
            y += h[static_cast<std::size_t>(k + taps)] *
                 sideOf(sound[static_cast<std::size_t>(i - k)], channel);
        peak = std::max(peak, std::fabs(y));
    }
    return peak;
}

std::vector<Seeded> seedClicks(std::vector<Frame>& sound, SampleRate rate, std::uint64_t seed,
                               std::int64_t framesApart, double decibels, double floor)
{
    FaultDice dice{seed};
    const auto h = highPassTaps(rate);
    const std::int64_t around = rate.hertz() / 50;
    const double ratio = std::pow(10.0, decibels / 20);
    std::vector<Seeded> seeded;
    for (std::int64_t at = framesApart; at + framesApart < std::ssize(sound); at += framesApart) {
        const std::int64_t begin = at + dice.below(framesApart / 2), length = 1 + dice.below(40);
        const auto shape = static_cast<std::size_t>(dice.below(5));
        const int which = static_cast<int>(dice.below(3)) - 1;
        auto click = clickOf(shape, length, dice);
        const double own = peakOf(click, h);
        double music = 0;
        for (int c = 0; c < 2; ++c)
            if (which < 0 || c == which)
                music = std::max(music, peakAbove5k(sound, rate, SamplePos{begin - around},
                                                    SamplePos{begin + length + around}, c));
        if (music < floor) continue;
        const double gain = music * ratio / own;
        // A click that would leave the scale is none that a file can hold.
        if (gain > 1) continue;
        for (int c = 0; c < 2; ++c)
            for (std::int64_t i = 0; i < length && (which < 0 || c == which); ++i) {
                double& v = sideOf(sound[static_cast<std::size_t>(begin + i)], c);
                v = std::clamp(v + gain * click[static_cast<std::size_t>(i)], -1.0, 1.0);
            }
        seeded.push_back({SamplePos{begin}, SamplePos{begin + length}, which, shapes[shape]});
    }
    return seeded;
}

std::vector<Seeded> seedDropouts(std::vector<Frame>& sound, SampleRate rate, std::uint64_t seed,
                                 std::int64_t framesApart, double floor)
{
    FaultDice dice{seed};
    const std::int64_t context = rate.hertz() / 100;
    std::vector<Seeded> seeded;
    for (std::int64_t at = framesApart; at + framesApart < std::ssize(sound); at += framesApart) {
        const std::int64_t begin = at + dice.below(framesApart / 2);
        // Half of them short: those are hard to find.
        const std::int64_t shortest = (rate.hertz() + 999) / 1000;
        const std::int64_t length = shortest + dice.below(dice.below(2) == 0 ? shortest : 79 * shortest);
        const int which = static_cast<int>(dice.below(3)) - 1;
        const bool held = dice.below(4) == 0;
        const auto loud = [&](std::int64_t from) {
            for (int c = 0; c < 2; ++c) {
                double peak = 0;
                for (std::int64_t i = from; i < from + context; ++i)
                    peak = std::max(peak, std::fabs(sideOf(sound[static_cast<std::size_t>(i)], c)));
                if ((which < 0 || c == which) && peak < floor) return false;
            }
            return true;
        };
        if (!loud(begin - context) || !loud(begin + length)) continue;
        for (int c = 0; c < 2; ++c) {
            if (which >= 0 && c != which) continue;
            const double value = held ? sideOf(sound[static_cast<std::size_t>(begin)], c) : 0;
            for (std::int64_t i = 0; i < length; ++i)
                sideOf(sound[static_cast<std::size_t>(begin + i)], c) = value;
        }
        seeded.push_back({SamplePos{begin}, SamplePos{begin + length}, which, held ? "held" : "zero"});
    }
    return seeded;
}

std::vector<Frame> asConverted(const std::vector<Frame>& sound, SampleRate rate, double edge)
{
    constexpr std::int64_t side = 150, block = 4096;
    const double middle = 2 * (edge - 400) / rate.hertz();
    std::vector<double> h;
    for (std::int64_t k = 0; k <= side; ++k) {
        const double x = std::numbers::pi * static_cast<double>(k), turn = x / (side + 1);
        const double window = 0.42 + 0.5 * std::cos(turn) + 0.08 * std::cos(2 * turn);
        h.push_back(window * (k == 0 ? middle : std::sin(middle * x) / x));
    }
    std::vector<Frame> out(sound.size());
    const auto last = std::ssize(sound) - side;
    for (std::int64_t from = side; from < last; from += block)
        for (std::int64_t k = 0; k <= side; ++k)
            for (std::int64_t i = from; i < std::min(from + block, last); ++i) {
                const double tap = k == 0 ? h[0] / 2 : h[static_cast<std::size_t>(k)];
                const Frame &a = sound[static_cast<std::size_t>(i - k)],
                            &b = sound[static_cast<std::size_t>(i + k)];
                Frame& sum = out[static_cast<std::size_t>(i)];
                sum = {sum.left + tap * (a.left + b.left), sum.right + tap * (a.right + b.right)};
            }
    for (Frame& f : out)
        f = {std::nearbyint(f.left * 0x1p23) / 0x1p23, std::nearbyint(f.right * 0x1p23) / 0x1p23};
    return out;
}

Hits compareWith(const Faults& faults, std::string_view rule, const std::vector<Seeded>& seeded,
                 SampleRate rate)
{
    const SampleCount near{rate.hertz() / 500};
    const auto meets = [near](const Fault& f, const Seeded& s) {
        return f.begin < s.end + near && s.begin < f.end + near;
    };
    Hits hits;
    for (const Seeded& s : seeded) {
        const bool found =
            std::ranges::any_of(faults, [&](const Fault& f) { return f.rule == rule && meets(f, s); });
        if (found)
            ++hits.found;
        else
            hits.missed.push_back(s);
    }
    for (const Fault& f : faults)
        if (f.rule == rule && std::ranges::none_of(seeded, [&](const Seeded& s) { return meets(f, s); }))
            hits.other += f.count;
    return hits;
}

} // namespace segue::test
