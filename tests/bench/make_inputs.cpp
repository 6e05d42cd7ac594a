// Makes the album that the benchmark works on: the same bytes every time, 70 minutes in 12 tracks, 24 bit.
//   make_inputs RATE FOLDER [MINUTES]    writes FOLDER/01.wav ... 12.wav
// Chords of decaying partials over soft noise: neither silence nor white noise, so that encoders and filters
// have ordinary work. No overs: the peak is below full scale.

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr int trackCount = 12;
// Parts of the whole, in thousandths.
constexpr std::array<int, trackCount> parts{58, 94, 71, 102, 83, 66, 119, 75, 90, 61, 98, 83};

void put(std::vector<unsigned char>& bytes, std::uint64_t value, int count)
{
    for (int i = 0; i < count; ++i) bytes.push_back(static_cast<unsigned char>(value >> (8 * i) & 0xffU));
}

std::vector<unsigned char> header(std::uint32_t rate, std::uint64_t frames)
{
    std::vector<unsigned char> h{'R', 'I', 'F', 'F'};
    put(h, frames * 6 + 36, 4);
    for (const char c : std::string{"WAVEfmt "}) h.push_back(static_cast<unsigned char>(c));
    put(h, 16, 4);
    put(h, 1, 2);
    put(h, 2, 2);
    put(h, rate, 4);
    put(h, std::uint64_t{rate} * 6, 4);
    put(h, 6, 2);
    put(h, 24, 2);
    for (const char c : std::string{"data"}) h.push_back(static_cast<unsigned char>(c));
    put(h, frames * 6, 4);
    return h;
}

// A sine that costs two multiplications, struck again and again.
struct Partial {
    double cosine, sine, x = 0, y = 0, decay;
    Partial(double hertz, double rate, double halfLife)
        : cosine{std::cos(6.283185307179586 * hertz / rate)},
          sine{std::sin(6.283185307179586 * hertz / rate)}, decay{std::exp2(-1 / (halfLife * rate))}
    {
    }
    double next()
    {
        const double nextX = (x * cosine - y * sine) * decay;
        y = (x * sine + y * cosine) * decay;
        x = nextX;
        return y;
    }
};

bool writeTrack(const std::string& path, int track, double rate, std::uint64_t frames)
{
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return false;
    std::vector<unsigned char> bytes = header(static_cast<std::uint32_t>(rate), frames);
    std::vector<Partial> partials;
    for (int i = 1; i <= 6; ++i)
        partials.emplace_back((55.0 + 7 * track) * i * (1 + 0.003 * i), rate, 0.9 / i);
    std::uint64_t random = static_cast<std::uint64_t>(track) + 1;
    const auto beat = static_cast<std::uint64_t>(rate * (0.35 + 0.02 * track));
    double low = 0;
    for (std::uint64_t i = 0; i < frames; ++i) {
        if (i % beat == 0) partials[i / beat % partials.size()].x += 0.13;
        double tone = 0;
        for (Partial& p : partials) tone += p.next();
        random = random * 6364136223846793005U + 1442695040888963407U;
        const double noise = static_cast<double>(static_cast<std::int32_t>(random >> 32)) * 0x1p-31;
        low += (noise - low) * 0.2;
        for (const double v : {0.55 * tone + 0.02 * low, 0.5 * tone - 0.018 * low + 0.001 * noise}) {
            const double held = v > 0.99 ? 0.99 : v < -0.99 ? -0.99 : v;
            put(bytes, static_cast<std::uint64_t>(static_cast<std::int64_t>(held * 8'388'607.0)), 3);
        }
        if (bytes.size() > 1 << 20) {
            std::fwrite(bytes.data(), 1, bytes.size(), file);
            bytes.clear();
        }
    }
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    return std::fclose(file) == 0;
}

} // namespace

int main(int count, char** words)
{
    if (count < 3) return 2;
    const double rate = std::atof(words[1]);
    const double seconds = 60 * (count > 3 ? std::atof(words[3]) : 70.0);
    for (int track = 0; track < trackCount; ++track) {
        const auto frames =
            static_cast<std::uint64_t>(rate * seconds * parts.at(static_cast<std::size_t>(track)) / 1000);
        std::array<char, 16> name{};
        std::snprintf(name.data(), name.size(), "/%02d.wav", track + 1);
        if (!writeTrack(words[2] + std::string{name.data()}, track, rate, frames)) {
            std::fprintf(stderr, "could not write %s%s\n", words[2], name.data());
            return 1;
        }
    }
}
