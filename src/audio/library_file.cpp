#include "audio/library_file.h"

#include "audio/sndfile_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace segue {

namespace {

constexpr std::int64_t blockFrames = 4096;

class LibraryFile final : public AudioFile {
public:
    LibraryFile(std::unique_ptr<File> file, const FileStat& stat, Path path, ContainerFacts facts)
        : decoder_{std::move(file), stat.size}, stat_{stat}, path_{std::move(path)}, facts_{std::move(facts)}
    {
    }

    [[nodiscard]] Status open()
    {
        if (auto s = start(); !s) return s;
        const HeaderBytes in{decoder_.file(), stat_.size, path_};
        if (auto s = describe(in); !s) return s;
        return settleLength(in);
    }

    [[nodiscard]] SampleRate rate() const override { return info_.rate; }
    [[nodiscard]] SampleCount length() const override { return info_.length; }
    [[nodiscard]] const AudioFileInfo& info() const override { return info_; }
    [[nodiscard]] const FileStat& stat() const override { return stat_; }
    [[nodiscard]] std::string name() const override { return nameInMessages(path_); }
    [[nodiscard]] std::optional<StatedChecksum> statedChecksum() const override { return facts_.checksum; }

    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        std::ranges::fill(out, Frame{});
        const std::int64_t length = info_.length.value();
        const std::int64_t begin = std::clamp<std::int64_t>(at.value(), 0, length);
        const std::int64_t end = std::clamp<std::int64_t>(at.value() + std::ssize(out), begin, length);
        if (begin == end) return {};
        if (auto s = moveTo(begin); !s) return s;
        const auto channels = static_cast<std::size_t>(info_.channels);
        while (position_ < end) {
            const std::int64_t count = std::min(blockFrames, end - position_);
            const Block part = out.subspan(static_cast<std::size_t>(position_ - at.value()),
                                           static_cast<std::size_t>(count));
            if (auto s = decode(count); !s) return s;
            for (std::size_t i = 0; i < part.size(); ++i)
                part[i] = {buffer_[i * channels], buffer_[i * channels + channels - 1]};
        }
        return {};
    }

private:
    /// A fresh decoder at frame 0.
    Status start()
    {
        position_ = 0;
        const auto library = decoder_.open();
        if (const auto error = decoder_.takeDiskError())
            return diskError("The audio file's header could not be read", *error);
        if (!library) return failure(refusedByLibrary(facts_.format), nameInMessages(path_));
        library_ = *library;
        return {};
    }

    Status describe(const HeaderBytes& in)
    {
        SampleFormat& format = facts_.format;
        if (library_.coding == SndfileDecoder::Coding::vorbis) format.encoding = "Vorbis";
        if (library_.coding == SndfileDecoder::Coding::opus) format.encoding = "Opus";
        if (format.encoding.empty())
            return in.refuse("The Ogg file holds neither Vorbis nor Opus; convert it to WAV or FLAC first");
        if (auto s = acceptable(in, library_.channels, library_.rate); !s) return s;
        info_ = {
            .rate = SampleRate{library_.rate}, .length = {}, .channels = library_.channels, .format = format};
        buffer_.resize(static_cast<std::size_t>(blockFrames * info_.channels));
        // libsndfile 1.2.0 gives wrong samples after a seek in Vorbis, and in Opus others than when it
        // decodes on. FLAC, A-law and mu-law are exact.
        exactSeek_ = format.container != "Ogg" && format.container != "MP3";
        return {};
    }

    /// What the header promises, or what decoding counts where nothing is promised or nothing vouches for it.
    Status settleLength(const HeaderBytes& in)
    {
        const int hertz = info_.rate.hertz();
        std::optional<std::int64_t> length = library_.frames;
        if (facts_.flacLength && (!facts_.frames || !facts_.checksum)) {
            decoder_.hideFlacLength(*facts_.flacLength);
            auto counted = countFrames();
            if (!counted) return failure(std::move(counted.error()));
            length = *counted;
        }
        if (!length)
            return in.refuse("The file does not say how long it is; convert it to WAV or FLAC first");
        if (facts_.frames && *facts_.frames != *length)
            return in.refuse(fmt::format("The header promises {} of audio, decoding it gives {}",
                                         clockText(*facts_.frames, hertz), clockText(*length, hertz)));
        if (*length == 0) return in.refuse("The file holds no audio");
        info_.length = SampleCount{*length};
        return {};
    }

    Result<std::int64_t> countFrames()
    {
        if (auto s = start(); !s) return failure(std::move(s.error()));
        for (std::int64_t got = blockFrames; got == blockFrames; position_ += got)
            got = decoder_.read(buffer_.data(), blockFrames);
        const std::int64_t counted = position_;
        if (decoder_.damaged()) return failed();
        if (const auto error = decoder_.takeDiskError()) return failed(*error);
        if (auto s = start(); !s) return failure(std::move(s.error()));
        return counted;
    }

    Status moveTo(std::int64_t frame)
    {
        if (position_ == frame) return {};
        if (exactSeek_ && position_ != lost && decoder_.seek(frame)) {
            position_ = frame;
            return {};
        }
        if (const auto error = decoder_.takeDiskError()) return failed(*error);
        if (exactSeek_ || frame < position_ || position_ == lost)
            if (auto s = start(); !s) return s;
        while (position_ < frame)
            if (auto s = decode(std::min(blockFrames, frame - position_)); !s) return s;
        return {};
    }

    /// The next `wanted` frames into the buffer: all of them, or an error. A short read is never the end.
    Status decode(std::int64_t wanted)
    {
        const std::int64_t got = decoder_.read(buffer_.data(), wanted);
        position_ += got;
        if (const auto error = decoder_.takeDiskError()) return failed(*error);
        if (got < wanted || decoder_.damaged()) return failed();
        return {};
    }

    std::unexpected<Error> failed(std::optional<SystemError> disk = {})
    {
        if (!disk) disk = decoder_.takeDiskError();
        const int hertz = info_.rate.hertz();
        const std::string where = clockText(position_, hertz);
        position_ = lost;
        if (disk) return diskError(fmt::format("The audio could not be read at {}", where), *disk);
        std::string what = fmt::format("The audio is cut short or damaged at {}", where);
        if (info_.length > SampleCount{})
            what += fmt::format("; its header promises {}", clockText(info_.length.value(), hertz));
        return failure(std::move(what), nameInMessages(path_));
    }

    std::unexpected<Error> diskError(std::string_view what, SystemError code) const
    {
        Error error = fileError(what, path_, code);
        error.kind = ErrorKind::io;
        return failure(std::move(error));
    }

    static constexpr std::int64_t lost = -1; ///< after an error only a fresh decoder is trusted

    SndfileDecoder decoder_;
    SndfileDecoder::Facts library_{};
    FileStat stat_;
    Path path_;
    ContainerFacts facts_;
    AudioFileInfo info_{};
    std::vector<double> buffer_{};
    bool exactSeek_ = false;
    std::int64_t position_ = 0;
};

} // namespace

std::string refusedByLibrary(const SampleFormat& format)
{
    return fmt::format("The {} file is damaged or of a kind that Segue cannot read", format.container);
}

Result<std::unique_ptr<AudioFile>> openLibraryFile(std::unique_ptr<File> file, const FileStat& stat,
                                                   Path path, ContainerFacts facts)
{
    auto opened = std::make_unique<LibraryFile>(std::move(file), stat, std::move(path), std::move(facts));
    if (auto s = opened->open(); !s) return failure(std::move(s.error()));
    return opened;
}

} // namespace segue
