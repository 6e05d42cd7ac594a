/// \file
/// An edition measured as it is rendered, before quantising: every gain, fade, overlap and gap. Each track is
/// what sounds from its time 0 (or its first sound before that) to its end, or to where the next one begins;
/// an overlap belongs to the incoming track. Gains that act on a whole track are left out of the scan and put
/// in afterwards, so that another one costs no scan.
#pragma once

#include "audio/render.h"
#include "measure/scan_cache.h"
#include "measure/scan_work.h"
#include "measure/sound_figures.h"

#include <functional>
#include <string>
#include <vector>

namespace segue {

struct EntryScan {
    TrackId track{};
    int piece = 1;            ///< disc or side, from 1
    SamplePos begin{}, end{}; ///< on the piece
    Decibels gain{};          ///< of track and entry together, not in `sound`
    Duration silence{};       ///< until the next entry of the piece begins
    bool cached = false;      ///< found in the cache
    ScannedSound sound{};
    [[nodiscard]] Passage passage() const { return {&sound, gain, silence}; }
};

struct EditionScan {
    SampleRate rate{};
    std::vector<EntryScan> entries{}; ///< in the edition's order, pieces one after another
    /// The whole edition, from the first sound of each piece. \pre this object outlives it
    [[nodiscard]] std::vector<Passage> passages() const;
};

/// The rate an edition is measured at: a CD's, the one it states, else the highest of its sources.
[[nodiscard]] SampleRate measuredRate(const Album& album, const Edition& edition);

/// What a source's file is at the moment, beside its fingerprint: a file that changed is then scanned again.
/// Empty text: unknown, and nothing of it is kept.
using SourceIdentity = std::function<std::string(const Source&)>;
/// By a look at the file's entry on the disk.
[[nodiscard]] SourceIdentity identityOnDisk(FileOps& files);

/// What is to be measured, nothing read yet.
struct EditionSounds {
    SampleRate rate{};
    std::vector<EntryScan> entries{};
    std::vector<ScanJob> jobs{}; ///< of each entry, its gain left out
    /// What each scan depends on: what sounds in it, from where to where, with which fades, and gains
    /// relative to the entry's own. Empty where a source is not known.
    std::vector<ScanKey> keys{};
};
/// \param identity empty: the fingerprints alone count
/// \pre the album outlives what is returned
[[nodiscard]] EditionSounds editionSounds(const Album& album, const Edition& edition, SourceOpener open,
                                          const SourceIdentity& identity = {});

/// \param cache null: none
[[nodiscard]] Result<EditionScan> scanEdition(EditionSounds sounds, const ScanCache* cache,
                                              const ScanWork& work);

} // namespace segue
