/// \file
/// Audio files: PCM and float read by Segue itself, the coded formats through libsndfile, with what it hides
/// made visible: truncated data, failed reads, lengths that lie (docs/formats/sources.md). All bytes come
/// through FileOps. Raw CD audio (cue sheets' BINARY and MOTOROLA) is read too.
#pragma once

#include "album/album.h"
#include "audio/sound_source.h"
#include "core/file_ops.h"
#include "core/finding.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace segue {

struct AudioFileInfo {
    SampleRate rate{};
    SampleCount length{};
    int channels = 2;
    SampleFormat format{};
    [[nodiscard]] friend bool operator==(const AudioFileInfo&, const AudioFileInfo&) = default;
};

/// A checksum that a file states about its own samples.
struct StatedChecksum {
    std::string md5{}; ///< 32 hexadecimal digits
    int bits = 16;     ///< hashed as signed little-endian integers of (bits + 7) / 8 bytes, interleaved
};

class AudioFile : public SoundSource {
public:
    [[nodiscard]] virtual const AudioFileInfo& info() const = 0;
    /// The file's stat when it was opened; compare with a later one to see a change.
    [[nodiscard]] virtual const FileStat& stat() const = 0;
    /// The path as messages name it.
    [[nodiscard]] virtual std::string name() const { return {}; }
    /// The checksum of its samples that the file carries (FLAC); measureSource() holds them against it.
    [[nodiscard]] virtual std::optional<StatedChecksum> statedChecksum() const { return {}; }
};

/// Container names for headerless CD audio: 16 bit, stereo, 44.1 kHz.
inline constexpr const char* rawLittleEndian = "raw";
inline constexpr const char* rawBigEndian = "raw big-endian";

/// Asked before a file is given to the decoding library, which PCM and float never are: whether the library
/// takes it, or an Error when trying that out ended badly (app/audio_probe.h). Empty: the library is trusted.
using LibraryGuard = std::function<Result<bool>(const Path&)>;

/// Refuses with a sentence: not audio, more than two channels, a rate outside 8-384 kHz, no frames, data cut
/// short (naming promised and present length), data that is no whole number of frames, a header that
/// contradicts itself or the file. A failing disk is kind io, and read() names the time it failed at.
/// \param container empty to find out from the content, or one of the raw names above.
[[nodiscard]] Result<std::unique_ptr<AudioFile>> openAudioFile(FileOps& files, const Path& path,
                                                               const std::string& container = {},
                                                               const LibraryGuard& guard = {});

} // namespace segue
