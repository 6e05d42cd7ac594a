#include "audio/pcm_file.h"

#include "audio/kernels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace segue {

namespace {

// A block of the widest samples stays in the processor's second cache.
constexpr std::int64_t blockFrames = 16'384;

template <int count, bool big>
std::uint64_t numberAt(const std::byte* bytes)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < count; ++i)
        value |= std::to_integer<std::uint64_t>(bytes[i]) << 8U * (big ? count - 1 - i : i);
    return value;
}

template <SampleCode code, bool big>
double sampleAt(const std::byte* bytes)
{
    constexpr int count = bytesPerSample(code);
    const std::uint64_t bits = numberAt<count, big>(bytes);
    if constexpr (code == SampleCode::unsigned8) return (static_cast<double>(bits) - 128.0) * 0x1p-7;
    if constexpr (code == SampleCode::float32) return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if constexpr (code == SampleCode::float64) return std::bit_cast<double>(bits);
    // At the top of 32 bits its sign is theirs; the division by 2^31 is exact for every width.
    constexpr unsigned shift = 32U - 8U * static_cast<unsigned>(std::min(count, 4));
    const auto top = std::bit_cast<std::int32_t>(static_cast<std::uint32_t>(bits << shift));
    return static_cast<double>(top) * 0x1p-31;
}

template <SampleCode code, bool big, int channels>
void unpack(const std::byte* from, Block out)
{
    constexpr std::ptrdiff_t size = bytesPerSample(code);
    for (Frame& frame : out) {
        frame.left = sampleAt<code, big>(from);
        frame.right = channels == 2 ? sampleAt<code, big>(from + size) : frame.left;
        from += size * channels;
    }
}

using Unpack = void (*)(const std::byte*, Block);

template <SampleCode code>
Unpack unpackerFor(bool big, int channels)
{
    if (big) return channels == 2 ? unpack<code, true, 2> : unpack<code, true, 1>;
    return channels == 2 ? unpack<code, false, 2> : unpack<code, false, 1>;
}

Unpack unpackerFor(const PcmLayout& layout)
{
    // What masters come in.
    if (layout.channels == 2 && !layout.bigEndian) {
        if (layout.code == SampleCode::signed16) return kernels().unpack16;
        if (layout.code == SampleCode::signed24) return kernels().unpack24;
    }
    switch (layout.code) {
    case SampleCode::signed8: return unpackerFor<SampleCode::signed8>(layout.bigEndian, layout.channels);
    case SampleCode::unsigned8: return unpackerFor<SampleCode::unsigned8>(layout.bigEndian, layout.channels);
    case SampleCode::signed16: return unpackerFor<SampleCode::signed16>(layout.bigEndian, layout.channels);
    case SampleCode::signed24: return unpackerFor<SampleCode::signed24>(layout.bigEndian, layout.channels);
    case SampleCode::signed32: return unpackerFor<SampleCode::signed32>(layout.bigEndian, layout.channels);
    case SampleCode::float32: return unpackerFor<SampleCode::float32>(layout.bigEndian, layout.channels);
    case SampleCode::float64: return unpackerFor<SampleCode::float64>(layout.bigEndian, layout.channels);
    }
    return nullptr;
}

class PcmFile final : public AudioFile {
public:
    PcmFile(std::unique_ptr<File> file, const FileStat& stat, Path path, SampleFormat format,
            const PcmLayout& layout)
        : file_{std::move(file)}, stat_{stat}, path_{std::move(path)}, layout_{layout},
          unpack_{unpackerFor(layout)},
          info_{layout.rate, SampleCount{layout.frames}, layout.channels, std::move(format)}
    {
    }
    [[nodiscard]] SampleRate rate() const override { return info_.rate; }
    [[nodiscard]] SampleCount length() const override { return info_.length; }
    [[nodiscard]] const AudioFileInfo& info() const override { return info_; }
    [[nodiscard]] const FileStat& stat() const override { return stat_; }
    [[nodiscard]] std::string name() const override { return nameInMessages(path_); }

    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        const std::int64_t begin = std::clamp<std::int64_t>(at.value(), 0, layout_.frames);
        const std::int64_t end =
            std::clamp<std::int64_t>(at.value() + std::ssize(out), begin, layout_.frames);
        const auto index = [&](std::int64_t position) {
            return static_cast<std::size_t>(position - at.value());
        };
        if (begin == end) {
            std::ranges::fill(out, Frame{});
            return {};
        }
        std::ranges::fill(out.first(index(begin)), Frame{});
        std::ranges::fill(out.subspan(index(end)), Frame{});
        for (std::int64_t from = begin; from < end;) {
            const std::int64_t count = std::min(blockFrames, end - from);
            if (auto s = readBlock(from, out.subspan(index(from), static_cast<std::size_t>(count))); !s)
                return s;
            from += count;
        }
        return {};
    }

private:
    Status readBlock(std::int64_t from, Block out)
    {
        const auto frameBytes = static_cast<std::size_t>(layout_.channels) *
                                static_cast<std::size_t>(bytesPerSample(layout_.code));
        const std::size_t wanted = out.size() * frameBytes;
        if (bytes_.size() < wanted) bytes_.resize(wanted);
        const auto got = readFully(*file_, layout_.begin + from * static_cast<std::int64_t>(frameBytes),
                                   std::span{bytes_}.first(wanted));
        const int hertz = info_.rate.hertz();
        if (!got) {
            // Where in the block the disk failed is not known; the block is a third of a second.
            Error error = fileError(fmt::format("The audio could not be read at {}", clockText(from, hertz)),
                                    path_, got.error());
            error.kind = ErrorKind::io;
            return failure(std::move(error));
        }
        if (*got < wanted) {
            const std::int64_t there = from + static_cast<std::int64_t>(*got / frameBytes);
            return failure(
                fmt::format(
                    "The audio ends at {} although its header promises {}; the file became shorter while "
                    "it was used",
                    clockText(there, hertz), clockText(layout_.frames, hertz)),
                nameInMessages(path_));
        }
        unpack_(bytes_.data(), out);
        return {};
    }

    std::unique_ptr<File> file_;
    FileStat stat_;
    Path path_;
    PcmLayout layout_;
    Unpack unpack_;
    AudioFileInfo info_;
    std::vector<std::byte> bytes_{};
};

} // namespace

std::unique_ptr<AudioFile> makePcmFile(std::unique_ptr<File> file, const FileStat& stat, Path path,
                                       SampleFormat format, const PcmLayout& layout)
{
    return std::make_unique<PcmFile>(std::move(file), stat, std::move(path), std::move(format), layout);
}

} // namespace segue
