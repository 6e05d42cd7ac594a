#include "deliver/side_wav.h"

#include "core/hash.h"

#include <algorithm>

namespace segue {

namespace {

constexpr std::int64_t bytesPerFrame = 6, formatSize = 16, ds64Size = 28;
constexpr std::uint64_t elsewhere = 0xFFFF'FFFF; ///< a length that stands in ds64

class ChunkBytes {
public:
    void text(std::string_view words)
    {
        for (const char c : words) bytes_.push_back(static_cast<std::byte>(c));
    }
    void number(std::uint64_t value, unsigned bytes)
    {
        for (unsigned i = 0; i < bytes; ++i) bytes_.push_back(static_cast<std::byte>(value >> 8 * i & 0xFFU));
    }
    void add(const ChunkBytes& other)
    {
        bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end());
    }
    [[nodiscard]] std::uint64_t size() const { return bytes_.size(); }
    [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

private:
    std::vector<std::byte> bytes_{};
};

// Multimedia Programming Interface 1.0 (1991): cue points name samples of the chunk "data".
ChunkBytes marksChunks(const std::vector<SideMark>& marks)
{
    ChunkBytes out;
    if (marks.empty()) return out;
    out.text("cue ");
    out.number(4 + 24 * marks.size(), 4);
    out.number(marks.size(), 4);
    ChunkBytes labels;
    labels.text("adtl");
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const auto id = static_cast<std::uint64_t>(i + 1),
                   at = static_cast<std::uint64_t>(marks[i].at.value());
        out.number(id, 4);
        out.number(at, 4); // in play order
        out.text("data");
        out.number(0, 4);
        out.number(0, 4);
        out.number(at, 4); // in the chunk
        // With its closing zero; padded to an even length, which does not count.
        const std::uint64_t size = 4 + marks[i].label.size() + 1;
        labels.text("labl");
        labels.number(size, 4);
        labels.number(id, 4);
        labels.text(marks[i].label);
        labels.number(0, size % 2 == 0 ? 1 : 2);
    }
    out.text("LIST");
    out.number(labels.size(), 4);
    out.add(labels);
    return out;
}

} // namespace

SideWavBytes composeSideWav(const SideWav& wav, std::int64_t riffLimit)
{
    const auto hertz = static_cast<std::uint64_t>(wav.rate.hertz());
    const auto frames = static_cast<std::uint64_t>(wav.frames.value());
    const std::uint64_t audio = frames * bytesPerFrame;
    ChunkBytes marks = marksChunks(wav.marks);
    const std::uint64_t plain = 4 + 8 + formatSize + 8 + audio + marks.size();
    const bool rf64 = plain + 8 > static_cast<std::uint64_t>(riffLimit);

    ChunkBytes head;
    head.text(rf64 ? "RF64" : "RIFF");
    head.number(rf64 ? elsewhere : plain, 4);
    head.text("WAVE");
    if (rf64) {
        head.text("ds64");
        head.number(ds64Size, 4);
        head.number(plain + 8 + ds64Size, 8);
        head.number(audio, 8);
        head.number(frames, 8);
        head.number(0, 4);
    }
    head.text("fmt ");
    head.number(formatSize, 4);
    head.number(1, 2); // PCM
    head.number(2, 2);
    head.number(hertz, 4);
    head.number(hertz * bytesPerFrame, 4);
    head.number(bytesPerFrame, 2);
    head.number(24, 2);
    head.text("data");
    head.number(rf64 ? elsewhere : audio, 4);
    return {head.take(), marks.take()};
}

} // namespace segue
