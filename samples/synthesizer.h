/// \file
/// A few instruments and a mixing desk in a page: enough music for the sample album to look and sound like
/// one. Only
/// + - * / and our own sine and exponential, so that the masters are the same bytes everywhere.
#pragma once

#include <cstdint>
#include <vector>

namespace segue::samples {

/// Stereo sound at a rate, one value a side.
struct Sound {
    double rate = 44100;
    std::vector<double> left{}, right{};
    Sound(double sampleRate, double lengthSeconds);
    [[nodiscard]] std::size_t size() const { return left.size(); }
};

/// The same numbers on every machine.
class Noise {
public:
    explicit Noise(std::uint64_t seed) : state_{seed * 2862933555777941757U + 3037000493U} {}
    double next(); ///< -1 .. 1

private:
    std::uint64_t state_;
};

/// Where, how loud, and where between left (-1) and right (1).
struct Note {
    double start = 0;  ///< seconds
    double length = 1; ///< seconds
    double pitch = 69; ///< MIDI note number; 69 is A at 440 Hz
    double level = 0.3;
    double pan = 0;
};

void pluck(Sound& sound, const Note& note, double brightness = 0.5); ///< a string, Karplus and Strong 1983
void piano(Sound& sound, const Note& note);
void pad(Sound& sound, const Note& note);
void bass(Sound& sound, const Note& note);
void kick(Sound& sound, double start, double level);
void snare(Sound& sound, double start, double level, Noise& noise);
void hat(Sound& sound, double start, double level, double pan, Noise& noise);
void applause(Sound& sound, double start, double length, double level, Noise& noise);

/// A small room: four feedback delays a side.
void reverb(Sound& sound, double amount, double decaySeconds);
/// Soft saturation towards `ceiling`, as a mastering limiter leaves it.
void saturate(Sound& sound, double drive, double ceiling);
/// Takes off DC and what lies below 5 Hz, then scales.
void scaleToPeak(Sound& sound, double peak);
void fadeEnds(Sound& sound, double inSeconds, double outSeconds);

} // namespace segue::samples
