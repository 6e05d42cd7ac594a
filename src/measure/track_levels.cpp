#include "measure/track_levels.h"

#include <algorithm>

namespace segue {

namespace {

std::optional<double> valueOf(const std::optional<Highest>& highest)
{
    if (!highest) return std::nullopt;
    return highest->value;
}

StreamedLevel levelOf(const SoundFigures& figures) { return {figures.integrated, valueOf(figures.truePeak)}; }

SoundFigures figuresOf(const EntryScan& entry)
{
    const Passage own{.sound = &entry.sound, .gain = entry.gain};
    return segue::figuresOf({&own, 1});
}

} // namespace

std::vector<TrackLevel> trackLevels(const Album& album, const EditionScan& scan, const LoudnessKind& kind)
{
    std::vector<TrackLevel> levels;
    for (const EntryScan& entry : scan.entries) {
        const Decibels gain = entry.gain - find(album, entry.track)->gain.balance;
        const Passage own{.sound = &entry.sound, .gain = gain};
        const SoundFigures figures = segue::figuresOf({&own, 1});
        TrackLevel level{entry.track, figures.integrated, valueOf(figures.truePeak), figures.isBeyondMeasure};
        if (kind.section) {
            LoudnessSteps steps;
            addSteps(steps, entry.sound, gain.gain());
            if (const auto loudest = loudestSection(steps, std::min(*kind.section, figures.length)))
                level.loudness = loudest->value;
            else
                level.loudness.reset();
        }
        levels.push_back(level);
    }
    return levels;
}

std::optional<double> albumLoudness(const EditionScan& scan)
{
    return segue::figuresOf(scan.passages()).integrated;
}

StreamedLevels streamedLevels(const EditionScan& scan)
{
    StreamedLevels levels{.album = levelOf(segue::figuresOf(scan.passages()))};
    for (const EntryScan& entry : scan.entries) levels.tracks.push_back(levelOf(figuresOf(entry)));
    return levels;
}

} // namespace segue
