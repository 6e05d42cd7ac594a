/// \file
/// Audio files through libsndfile, with what libsndfile hides made visible: truncated data, failed reads,
/// lengths that lie. All bytes come through FileOps. Raw CD audio (cue sheets' BINARY and MOTOROLA) is read too.
#pragma once

#include "album/album.h"
#include "audio/sound_source.h"
#include "core/file_ops.h"
#include "core/finding.h"

#include <memory>

namespace segue {

struct AudioFileInfo {
    SampleRate rate{};
    SampleCount length{};
    int channels = 2;
    SampleFormat format{};
    [[nodiscard]] friend bool operator==(const AudioFileInfo&, const AudioFileInfo&) = default;
};

class AudioFile : public SoundSource {
public:
    [[nodiscard]] virtual const AudioFileInfo& info() const = 0;
    /// The file's stat when it was opened; compare with a later one to see a change.
    [[nodiscard]] virtual const FileStat& stat() const = 0;
};

/// Container names for headerless CD audio: 16 bit, stereo, 44.1 kHz.
inline constexpr const char* rawLittleEndian = "raw";
inline constexpr const char* rawBigEndian = "raw big-endian";

/// Refuses with a sentence: not audio, more than two channels, a rate outside 8-384 kHz, no frames, data cut
/// short (naming promised and present length), 47-style data that is not whole frames.
/// \param container empty to find out from the content, or one of the raw names above.
[[nodiscard]] Result<std::unique_ptr<AudioFile>> openAudioFile(FileOps& files, const Path& path,
                                                               const std::string& container = {});

} // namespace segue
