#include "audio/audio_file.h"

#include "audio/container_check.h"
#include "core/text.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace segue {

namespace {

constexpr int minRate = 8'000, maxRate = 384'000;
constexpr std::int64_t readFrames = 4096;

std::string clockAt(std::int64_t frame, SampleRate rate)
{
    const std::int64_t ms = frame * 1000 / rate.hertz();
    return fmt::format("{}:{:02}.{:03}", ms / 60'000, ms / 1000 % 60, ms % 1000);
}

/// libsndfile's view of a File: positions are ours, and what the disk answers is remembered.
struct VirtualFile {
    std::unique_ptr<File> file{};
    std::int64_t size = 0;
    std::int64_t at = 0;
    int error = 0; ///< errno of the first failed read; libsndfile would call it the end of the file

    static sf_count_t length(void* self) { return static_cast<VirtualFile*>(self)->size; }
    static sf_count_t seek(sf_count_t offset, int whence, void* self)
    {
        auto& v = *static_cast<VirtualFile*>(self);
        const std::int64_t base = whence == SEEK_CUR ? v.at : whence == SEEK_END ? v.size : 0;
        if (base + offset < 0) return -1;
        return v.at = base + offset;
    }
    static sf_count_t read(void* into, sf_count_t count, void* self)
    {
        auto& v = *static_cast<VirtualFile*>(self);
        if (count <= 0) return 0;
        const auto got = readFully(*v.file, v.at, {static_cast<std::byte*>(into), static_cast<std::size_t>(count)});
        if (!got) {
            if (v.error == 0) v.error = got.error().code;
            return 0;
        }
        v.at += static_cast<std::int64_t>(*got);
        return static_cast<sf_count_t>(*got);
    }
    static sf_count_t write(const void*, sf_count_t, void*) { return 0; }
    static sf_count_t tell(void* self) { return static_cast<VirtualFile*>(self)->at; }
};

struct SndfileCloser {
    void operator()(SNDFILE* f) const { sf_close(f); }
};
using SndfileHandle = std::unique_ptr<SNDFILE, SndfileCloser>;

std::string containerOf(int format)
{
    switch (format & SF_FORMAT_TYPEMASK) {
    case SF_FORMAT_WAV:
    case SF_FORMAT_WAVEX: return "WAV";
    case SF_FORMAT_RF64: return "RF64";
    case SF_FORMAT_W64: return "W64";
    case SF_FORMAT_AIFF: return "AIFF";
    case SF_FORMAT_CAF: return "CAF";
    case SF_FORMAT_FLAC: return "FLAC";
    case SF_FORMAT_OGG: return "Ogg";
    case SF_FORMAT_MPEG: return "MPEG";
    default: return "other";
    }
}

SampleFormat formatOf(int format)
{
    SampleFormat result{.container = containerOf(format), .encoding = "PCM", .bits = 16};
    switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8: result.bits = 8; break;
    case SF_FORMAT_PCM_16: result.bits = 16; break;
    case SF_FORMAT_PCM_24: result.bits = 24; break;
    case SF_FORMAT_PCM_32: result.bits = 32; break;
    case SF_FORMAT_FLOAT: result.encoding = "float", result.bits = 32; break;
    case SF_FORMAT_DOUBLE: result.encoding = "float", result.bits = 64; break;
    case SF_FORMAT_ULAW: result.encoding = "mu-law", result.bits = 8; break;
    case SF_FORMAT_ALAW: result.encoding = "A-law", result.bits = 8; break;
    case SF_FORMAT_VORBIS: result.encoding = "Vorbis", result.bits = 0; break;
    case SF_FORMAT_OPUS: result.encoding = "Opus", result.bits = 0; break;
    case SF_FORMAT_MPEG_LAYER_I:
    case SF_FORMAT_MPEG_LAYER_II:
    case SF_FORMAT_MPEG_LAYER_III: result.encoding = "MPEG audio", result.bits = 0; break;
    case SF_FORMAT_ALAC_16:
    case SF_FORMAT_ALAC_20:
    case SF_FORMAT_ALAC_24:
    case SF_FORMAT_ALAC_32: result.encoding = "ALAC"; break;
    default: result.encoding = "other", result.bits = 0; break;
    }
    return result;
}

class LibraryFile final : public AudioFile {
public:
    LibraryFile(std::unique_ptr<VirtualFile> io, SndfileHandle handle, AudioFileInfo info, FileStat stat, Path path)
        : io_{std::move(io)}, handle_{std::move(handle)}, info_{std::move(info)}, stat_{stat}, path_{std::move(path)}
    {
    }
    [[nodiscard]] SampleRate rate() const override { return info_.rate; }
    [[nodiscard]] SampleCount length() const override { return info_.length; }
    [[nodiscard]] const AudioFileInfo& info() const override { return info_; }
    [[nodiscard]] const FileStat& stat() const override { return stat_; }

    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        std::ranges::fill(out, Frame{});
        const std::int64_t begin = std::max<std::int64_t>(at.value(), 0);
        const std::int64_t end = std::min(at.value() + std::ssize(out), info_.length.value());
        if (begin >= end) return {};
        if (position_ != begin && sf_seek(handle_.get(), begin, SEEK_SET) != begin) return failed(begin, "could not be read");
        position_ = begin;
        std::array<double, 2 * readFrames> buffer{};
        while (position_ < end) {
            const std::int64_t wanted = std::min(readFrames, end - position_);
            const std::int64_t got = sf_readf_double(handle_.get(), buffer.data(), wanted);
            if (io_->error != 0 || got < wanted) {
                // A short read is never the end: the header promised more, or the disk failed.
                const std::int64_t here = position_ + std::max<std::int64_t>(got, 0);
                position_ = -1;
                return failed(here, "ends early or is damaged");
            }
            for (std::int64_t i = 0; i < got; ++i) {
                Frame& f = out[static_cast<std::size_t>(position_ + i - at.value())];
                const auto n = static_cast<std::size_t>(i);
                if (info_.channels == 1) f = {buffer[n], buffer[n]};
                else f = {buffer[2 * n], buffer[2 * n + 1]};
            }
            position_ += got;
        }
        return {};
    }

private:
    Status failed(std::int64_t frame, std::string_view what)
    {
        const std::string where = clockAt(frame, info_.rate);
        if (io_->error != 0) {
            Error error = fileError(fmt::format("The audio could not be read at {}", where), path_, SystemError{io_->error});
            error.kind = ErrorKind::io;
            io_->error = 0;
            return failure(error);
        }
        return failure(fmt::format("The audio {} at {}; its header promises {}", what, where, clockAt(info_.length.value(), info_.rate)),
                       path_.string(), ErrorKind::input);
    }

    std::unique_ptr<VirtualFile> io_;
    SndfileHandle handle_;
    AudioFileInfo info_;
    FileStat stat_;
    Path path_;
    std::int64_t position_ = 0;
};

std::unexpected<Error> refuse(const Path& path, std::string what) { return failure(std::move(what), path.string()); }

} // namespace

Result<std::unique_ptr<AudioFile>> openAudioFile(FileOps& files, const Path& path, const std::string& container)
{
    auto io = std::make_unique<VirtualFile>();
    auto opened = files.openForReading(path);
    if (!opened) return failure(fileError("The audio file could not be opened", path, opened.error()));
    io->file = std::move(*opened);
    const auto stat = io->file->stat();
    if (!stat) return failure(fileError("The audio file could not be opened", path, stat.error()));
    io->size = stat->size;

    const bool raw = container == rawLittleEndian || container == rawBigEndian;
    if (raw && io->size % 4 != 0)
        return refuse(path, fmt::format("The file has {} bytes, which is not a whole number of 16-bit stereo samples", io->size));
    if (!raw)
        if (const auto s = checkContainer(*io->file, io->size, path); !s) return failure(s.error());

    SF_INFO info{};
    if (raw) info = {.frames = 0, .samplerate = 44100, .channels = 2,
                     .format = SF_FORMAT_RAW | SF_FORMAT_PCM_16 | (container == rawBigEndian ? SF_ENDIAN_BIG : SF_ENDIAN_LITTLE),
                     .sections = 0, .seekable = 0};
    SF_VIRTUAL_IO calls{.get_filelen = VirtualFile::length, .seek = VirtualFile::seek, .read = VirtualFile::read,
                        .write = VirtualFile::write, .tell = VirtualFile::tell};
    SndfileHandle handle{sf_open_virtual(&calls, SFM_READ, &info, io.get())};
    if (io->error != 0) {
        Error error = fileError("The audio file could not be read", path, SystemError{io->error});
        error.kind = ErrorKind::io;
        return failure(error);
    }
    if (!handle)
        return refuse(path, "This is not an audio file Segue can read (WAV, RF64, W64, AIFF, CAF, FLAC, Ogg, Opus, MP3)");
    if (info.channels < 1 || info.channels > 2)
        return refuse(path, fmt::format("The file has {} channels; Segue takes mono and stereo", info.channels));
    if (info.samplerate < minRate || info.samplerate > maxRate)
        return refuse(path, fmt::format("The sample rate is {} Hz; Segue takes {} to {} Hz", info.samplerate, minRate, maxRate));
    if (info.frames <= 0) return refuse(path, "The file holds no audio");
    if (info.seekable == 0) return refuse(path, "The file cannot be read from any place but its start");

    AudioFileInfo facts{.rate = SampleRate{info.samplerate},
                        .length = SampleCount{info.frames},
                        .channels = info.channels,
                        .format = raw ? SampleFormat{container, "PCM", 16} : formatOf(info.format)};
    return std::make_unique<LibraryFile>(std::move(io), std::move(handle), std::move(facts), *stat, path);
}

} // namespace segue
