/// \file
/// Cue sheets, read by our own parser and understood as people who write them mean them: any case, BOM, UTF-8
/// or Latin-1 or CP1252, CR LF, PREGAP and POSTGAP, several FILEs, CATALOG inside a TRACK. A value; what it
/// becomes in an album is import_cue's business (app room).
#pragma once

#include "core/codes.h"
#include "core/control_flags.h"
#include "core/finding.h"
#include "core/result.h"
#include "core/texts.h"
#include "core/units.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

struct CueFile {
    enum class Type { wave, littleEndian, bigEndian }; ///< WAVE/AIFF/MP3/FLAC, BINARY, MOTOROLA
    std::string name{};                                ///< as written, UTF-8
    Type type = Type::wave;
    int line = 0;
    [[nodiscard]] friend bool operator==(const CueFile&, const CueFile&) = default;
};

struct CueIndex {
    int number = 1;
    std::size_t file = 0; ///< into CueSheet::files
    CdFrameCount at{};    ///< from that file's start
    int line = 0;
    [[nodiscard]] friend bool operator==(const CueIndex&, const CueIndex&) = default;
};

struct CueTrack {
    int number = 1;
    Texts texts{};
    std::optional<Isrc> isrc{};
    ControlFlags flags{};
    CdFrameCount pregap{}, postgap{}; ///< silence that no file holds
    std::vector<CueIndex> indexes{};  ///< in order; INDEX 00 first when there is one
    int line = 0;
    [[nodiscard]] friend bool operator==(const CueTrack&, const CueTrack&) = default;
};

struct CueSheet {
    Texts texts{};
    std::optional<UpcEan> upc{};           ///< check digit not judged here
    std::string cdTextFile{};              ///< CDTEXTFILE, as written
    std::string genre{}, date{}, discId{}; ///< REM GENRE, REM DATE, REM DISCID
    std::vector<CueFile> files{};
    std::vector<CueTrack> tracks{};
    [[nodiscard]] friend bool operator==(const CueSheet&, const CueSheet&) = default;
};

struct ParsedCue {
    CueSheet sheet{};
    std::string encoding{}; ///< "UTF-8", "ISO 8859-1"; said in a note when not ASCII
    Findings findings{};    ///< CUE.* rules: unknown commands, odd flags, lenient readings, with their lines
};

/// \param bytes at most 1 MiB; lines at most 4,096 bytes.
/// An Error names the line and the rule: bad numbers, index order, missing INDEX 01, more than 99 tracks.
[[nodiscard]] Result<ParsedCue> parseCueSheet(std::string_view bytes, const std::string& fileName);

} // namespace segue
