#include "audio/sndfile_decoder.h"

#include <sndfile.h>

#include <utility>

namespace segue {

struct SndfileDecoder::Io {
    std::unique_ptr<File> file;
    std::int64_t size = 0, at = 0;
    std::optional<SystemError> error{};
    std::optional<std::int64_t> hideFrom{};

    static Io& of(void* self) { return *static_cast<Io*>(self); }
    static sf_count_t length(void* self) { return of(self).size; }
    static sf_count_t tell(void* self) { return of(self).at; }
    static sf_count_t write(const void*, sf_count_t, void*) { return 0; }
    static sf_count_t seek(sf_count_t offset, int whence, void* self)
    {
        Io& io = of(self);
        const std::int64_t base = whence == SEEK_CUR ? io.at : whence == SEEK_END ? io.size : 0;
        std::int64_t place = 0;
        if (__builtin_add_overflow(base, offset, &place) || place < 0) return -1;
        return io.at = place;
    }
    static sf_count_t read(void* into, sf_count_t count, void* self)
    {
        Io& io = of(self);
        if (count <= 0) return 0;
        const std::span bytes{static_cast<std::byte*>(into), static_cast<std::size_t>(count)};
        const auto got = readFully(*io.file, io.at, bytes);
        if (!got) {
            if (!io.error) io.error = got.error();
            return 0;
        }
        if (io.hideFrom) io.hideLength(bytes.first(*got));
        io.at += static_cast<std::int64_t>(*got);
        return static_cast<sf_count_t>(*got);
    }
    void hideLength(std::span<std::byte> bytes) const
    {
        for (std::int64_t i = 0; i < 5; ++i) {
            const std::int64_t index = *hideFrom + i - at;
            if (index < 0 || index >= std::ssize(bytes)) continue;
            std::byte& b = bytes[static_cast<std::size_t>(index)];
            b = i == 0 ? b & std::byte{0xF0} : std::byte{0};
        }
    }
};

struct SndfileDecoder::Handle {
    explicit Handle(Io& io)
    {
        SF_VIRTUAL_IO calls{.get_filelen = Io::length,
                            .seek = Io::seek,
                            .read = Io::read,
                            .write = Io::write,
                            .tell = Io::tell};
        file = sf_open_virtual(&calls, SFM_READ, &info, &io);
    }
    // What sf_close answers for a file that was only read says nothing.
    ~Handle()
    {
        if (file) sf_close(file);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    SF_INFO info{};
    SNDFILE* file = nullptr;
};

SndfileDecoder::SndfileDecoder(std::unique_ptr<File> file, std::int64_t size)
    : io_{std::make_unique<Io>(Io{.file = std::move(file), .size = size})}
{
}
SndfileDecoder::~SndfileDecoder() = default;

std::optional<SndfileDecoder::Facts> SndfileDecoder::open()
{
    handle_.reset();
    io_->at = 0;
    handle_ = std::make_unique<Handle>(*io_);
    if (!handle_->file || io_->error) {
        handle_.reset();
        return {};
    }
    const SF_INFO& info = handle_->info;
    Facts facts{.rate = info.samplerate, .channels = info.channels};
    if (info.frames >= 0 && info.frames < SF_COUNT_MAX) facts.frames = info.frames;
    const int coding = info.format & SF_FORMAT_SUBMASK;
    if (coding == SF_FORMAT_VORBIS) facts.coding = Coding::vorbis;
    if (coding == SF_FORMAT_OPUS) facts.coding = Coding::opus;
    return facts;
}

std::int64_t SndfileDecoder::read(double* into, std::int64_t frames)
{
    if (!handle_) return 0;
    const std::int64_t got = sf_readf_double(handle_->file, into, frames);
    return got < 0 ? 0 : got;
}

bool SndfileDecoder::seek(std::int64_t frame)
{
    return handle_ && sf_seek(handle_->file, frame, SEEK_SET) == frame && !io_->error;
}

bool SndfileDecoder::damaged() const { return !handle_ || sf_error(handle_->file) != SF_ERR_NO_ERROR; }

std::optional<SystemError> SndfileDecoder::takeDiskError() { return std::exchange(io_->error, std::nullopt); }

void SndfileDecoder::hideFlacLength(std::int64_t at) { io_->hideFrom = at; }

File& SndfileDecoder::file() const { return *io_->file; }

} // namespace segue
