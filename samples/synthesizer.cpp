#include "synthesizer.h"

#include "core/portable_math.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace segue::samples {

namespace {

double frequencyOf(double pitch) { return 440.0 * portableExp((pitch - 69.0) * 0.05776226504666211); }

/// sin(2 pi x) for any x, from the quarter sine.
double sine(double turns)
{
    const double x = (turns - std::floor(turns)) * 4;
    if (x < 1) return sineQuarter(x);
    if (x < 2) return sineQuarter(2 - x);
    if (x < 3) return -sineQuarter(x - 2);
    return -sineQuarter(4 - x);
}

/// Calls voice(seconds) for every sample of the stretch and adds what it gives.
template <class Voice>
void add(Sound& sound, double start, double length, double level, double pan, Voice voice)
{
    const auto from = static_cast<std::size_t>(std::max(0.0, start) * sound.rate);
    const auto to = std::min(sound.size(), static_cast<std::size_t>((start + length) * sound.rate));
    const double l = level * std::sqrt((1 - pan) / 2), r = level * std::sqrt((1 + pan) / 2);
    for (std::size_t i = from; i < to; ++i) {
        const double v = voice(static_cast<double>(i - from) / sound.rate);
        sound.left[i] += l * v;
        sound.right[i] += r * v;
    }
}

/// A decaying sine, turned on by one step a sample: cheap enough for a chord of them.
class Partial {
public:
    Partial(double frequency, double rate, double level, double decayPerSecond)
        : cosine_{sine(frequency / rate + 0.25)}, sine_{sine(frequency / rate)},
          decay_{portableExp(-decayPerSecond / rate)}, x_{level}
    {
    }
    double next()
    {
        const double now = y_;
        const double x = (x_ * cosine_ - y_ * sine_) * decay_;
        y_ = (x_ * sine_ + y_ * cosine_) * decay_;
        x_ = x;
        return now;
    }

private:
    double cosine_, sine_, decay_, x_, y_ = 0;
};

/// Attack and release without a click.
double envelope(double t, double attack, double length, double release)
{
    if (t < attack) return t / attack;
    if (t > length - release) return std::max(0.0, (length - t) / release);
    return 1;
}

} // namespace

Sound::Sound(double sampleRate, double lengthSeconds)
    : rate{sampleRate}, left(static_cast<std::size_t>(sampleRate * lengthSeconds)), right(left.size())
{
}

double Noise::next()
{
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<double>(static_cast<std::int64_t>(state_)) / 9223372036854775808.0;
}

void pluck(Sound& sound, const Note& note, double brightness)
{
    const double period = sound.rate / frequencyOf(note.pitch);
    // The averaging takes half a sample, a first-order all-pass the rest: it is stable for 0.1 to 1.1.
    std::vector<double> string(static_cast<std::size_t>(period - 0.6));
    Noise noise{static_cast<std::uint64_t>(note.pitch * 64 + note.start * 1000) + 7};
    double smooth = 0;
    for (double& v : string) v = smooth += (noise.next() - smooth) * (0.25 + brightness / 2);
    std::size_t at = 0;
    double last = 0;
    const double rest = period - static_cast<double>(string.size()) - 0.5;
    const double tune = (1 - rest) / (1 + rest);
    double allpassIn = 0, allpassOut = 0;
    add(sound, note.start, note.length, note.level, note.pan, [&](double t) {
        const double now = string[at];
        const double averaged = 0.997 * (0.5 * now + 0.5 * last);
        last = now;
        allpassOut = tune * averaged + allpassIn - tune * allpassOut;
        allpassIn = averaged;
        string[at] = allpassOut;
        at = (at + 1) % string.size();
        return now * envelope(t, 0.002, note.length, 0.05);
    });
}

void piano(Sound& sound, const Note& note)
{
    const double f = frequencyOf(note.pitch);
    std::vector<Partial> partials;
    for (int n = 1; n <= 7; ++n) {
        // Strings are stiff: partials lie a little sharp.
        const double partial = n * f * (1 + 0.0004 * n * n);
        if (partial < 18000) partials.emplace_back(partial, sound.rate, 1.0 / (n * n), 0.7 + 0.45 * n);
    }
    add(sound, note.start, note.length + 1.5, note.level, note.pan, [&](double t) {
        double v = 0;
        for (Partial& p : partials) v += p.next();
        const double held = t < note.length ? 1 : portableExp(-(t - note.length) * 7);
        return v * held * std::min(1.0, t / 0.004) * std::min(1.0, (note.length + 1.5 - t) * 40);
    });
}

void pad(Sound& sound, const Note& note)
{
    const double f = frequencyOf(note.pitch);
    for (const double detune : {-0.004, 0.0, 0.0045}) {
        std::vector<Partial> partials;
        for (int n = 1; n <= 9 && n * f < 12000; ++n)
            partials.emplace_back(n * f * (1 + detune), sound.rate, 1 / (n * 1.35), 0.0);
        add(sound, note.start, note.length, note.level / 3, std::clamp(note.pan + detune * 150, -1.0, 1.0),
            [&](double t) {
                double v = 0;
                for (Partial& p : partials) v += p.next();
                return v * envelope(t, note.length * 0.3, note.length, note.length * 0.35);
            });
    }
}

void bass(Sound& sound, const Note& note)
{
    const double f = frequencyOf(note.pitch);
    add(sound, note.start, note.length, note.level, note.pan, [&](double t) {
        const double v = sine(f * t) + 0.4 * sine(2 * f * t) * portableExp(-t * 5) +
                         0.15 * sine(3 * f * t) * portableExp(-t * 9);
        return v * envelope(t, 0.006, note.length, 0.04);
    });
}

void kick(Sound& sound, double start, double level)
{
    add(sound, start, 0.35, level, 0, [](double t) {
        const double phase = 47 * t + 2.1 * (1 - portableExp(-t * 42));
        return sine(phase) * portableExp(-t * 9) * std::min(1.0, (0.35 - t) * 50);
    });
}

void snare(Sound& sound, double start, double level, Noise& noise)
{
    add(sound, start, 0.25, level, 0.05, [&](double t) {
        return (0.7 * noise.next() * portableExp(-t * 18) + 0.5 * sine(190 * t) * portableExp(-t * 24)) *
               std::min(1.0, (0.25 - t) * 60);
    });
}

void hat(Sound& sound, double start, double level, double pan, Noise& noise)
{
    double before = 0;
    add(sound, start, 0.09, level, pan, [&](double t) {
        const double now = noise.next();
        const double high = now - before;
        before = now;
        return high * portableExp(-t * 60);
    });
}

void applause(Sound& sound, double start, double length, double level, Noise& noise)
{
    double slow = 0;
    double bandLeft = 0, bandRight = 0;
    const auto from = static_cast<std::size_t>(start * sound.rate);
    const auto count = static_cast<std::size_t>(length * sound.rate);
    for (std::size_t i = 0; i < count && from + i < sound.size(); ++i) {
        const double t = static_cast<double>(i) / sound.rate;
        slow += (std::abs(noise.next()) - slow) * 0.004;
        bandLeft += (noise.next() - bandLeft) * 0.35;
        bandRight += (noise.next() - bandRight) * 0.35;
        const double e = level * envelope(t, length * 0.15, length, length * 0.6) * (0.4 + slow);
        sound.left[from + i] += bandLeft * e;
        sound.right[from + i] += bandRight * e;
    }
}

void reverb(Sound& sound, double amount, double decaySeconds)
{
    constexpr std::array<double, 4> delays{0.0297, 0.0371, 0.0411, 0.0437};
    for (const bool rightSide : {false, true}) {
        std::vector<double>& side = rightSide ? sound.right : sound.left;
        std::vector<double> wet(side.size());
        for (const double delay : delays) {
            const auto length = static_cast<std::size_t>((delay + (rightSide ? 0.0013 : 0)) * sound.rate);
            const double feedback = portableExp(-6.9 * delay / decaySeconds);
            std::vector<double> line(length);
            double low = 0;
            for (std::size_t i = 0, at = 0; i < side.size(); ++i, at = (at + 1) % length) {
                low += (line[at] - low) * 0.55;
                wet[i] += low;
                line[at] = side[i] + low * feedback;
            }
        }
        for (std::size_t i = 0; i < side.size(); ++i) side[i] += amount * wet[i] / 4;
    }
}

void saturate(Sound& sound, double drive, double ceiling)
{
    for (auto* side : {&sound.left, &sound.right})
        for (double& v : *side) {
            const double x = v * drive;
            v = ceiling * x / std::sqrt(1 + x * x);
        }
}

void scaleToPeak(Sound& sound, double peak)
{
    // Saturated chords lean to one side: what lies below 5 Hz is taken off, as a mastering engineer would.
    const double part = 2 * std::numbers::pi * 5 / sound.rate;
    for (auto* side : {&sound.left, &sound.right}) {
        double lean = 0;
        for (double& v : *side) {
            lean += (v - lean) * part;
            v -= lean;
        }
    }
    double now = 1e-9;
    for (const auto* side : {&sound.left, &sound.right})
        for (const double v : *side) now = std::max(now, std::abs(v));
    for (auto* side : {&sound.left, &sound.right})
        for (double& v : *side) v *= peak / now;
}

void fadeEnds(Sound& sound, double inSeconds, double outSeconds)
{
    const double n = static_cast<double>(sound.size());
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double t = static_cast<double>(i);
        const double in = std::min(1.0, t / (inSeconds * sound.rate)),
                     out = std::min(1.0, (n - t) / (outSeconds * sound.rate));
        sound.left[i] *= in * out;
        sound.right[i] *= in * out;
    }
}

} // namespace segue::samples
