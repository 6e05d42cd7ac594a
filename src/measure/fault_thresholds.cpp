#include "measure/fault_thresholds.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue {

std::span<const FaultThreshold> faultThresholdTable()
{
    using T = FaultThresholds;
    static constexpr std::array table{
        FaultThreshold{"clip.run", &T::clipRun, "samples", 2, 100,
                       "so many neighbouring samples at full scale on one side are a clipped run"},
        FaultThreshold{"flat.runs", &T::flatRuns, "runs", 2, 1e6,
                       "so many runs of three equal samples at the highest level are flat tops"},
        FaultThreshold{"click.ratio", &T::clickRatio, "dB", 6, 40,
                       "above 5 kHz a click stands so far out of the 20 ms before and after it"},
        FaultThreshold{"click.floor", &T::clickFloor, "dBFS", -120, -20,
                       "above 5 kHz a click reaches at least this peak"},
        FaultThreshold{"click.confidence", &T::clickConfidence, "0..1", 0, 1,
                       "candidates below it are not reported; 0.4 at click.ratio, 1.0 at 12 dB more"},
        FaultThreshold{"dropout.shortest", &T::dropoutShortest, "ms", 0.5, 100,
                       "a sound that is gone for so long has a dropout; never fewer than 31 samples"},
        FaultThreshold{"silence.shortest", &T::silenceShortest, "ms", 2, 60'000,
                       "from here on digital zero in both channels is a silence and no dropout"},
        FaultThreshold{"gap.context", &T::gapContext, "ms", 1, 20,
                       "so much before and after a gap is looked at"},
        FaultThreshold{"gap.sound", &T::gapSound, "dBFS", -120, -20,
                       "a dropout has this peak on both sides: softer sounds may rest by themselves"},
        FaultThreshold{"black.floor", &T::blackFloor, "dBFS", -120, -20,
                       "a silence with more than this beside it drops to black and was not faded to it"},
        FaultThreshold{"dc.offset", &T::dc, "%", 0.01, 50, "a channel's mean, of full scale"},
        FaultThreshold{"polarity.correlation", &T::polarityCorrelation, "", -1, 0,
                       "half seconds with a correlation of left and right up to this are turned"},
        FaultThreshold{"polarity.shortest", &T::polarityShortest, "s", 0.5, 600,
                       "a turned stretch shorter than this is an effect"},
        FaultThreshold{"mono.difference", &T::monoDifference, "dB", -140, -30,
                       "left minus right, against the sum of both, in mono as stereo"},
        FaultThreshold{"dead.channel", &T::deadChannel, "dB", -140, -20,
                       "the softer channel against the louder one"},
        FaultThreshold{"edge.level", &T::edgeLevel, "dBFS", -100, 0,
                       "the first or last half millisecond of a sound that was cut"},
        FaultThreshold{"tail.level", &T::tailLevel, "dBFS", -120, 0,
                       "the last 10 ms of a sound that fades out"},
        FaultThreshold{
            "rate.edge", &T::rateEdge, "dB", 10, 100,
            "at rates from 64 kHz on: by how much the spectrum falls at the ceiling of a lower rate, "
            "19.5 to 24.5 kHz"},
        FaultThreshold{"lossy.edge", &T::lossyEdge, "dB", 10, 100,
                       "by how much the spectrum falls within 500 Hz where an encoder cut it"},
        FaultThreshold{"lossy.ceiling", &T::lossyCeiling, "kHz", 10, 20.5,
                       "an edge up to here makes suspicious; above, up to 20.7 kHz, nobody can tell"},
        FaultThreshold{"joint.step", &T::jointStep, "dB", 0, 40,
                       "a step at a joint is so much larger than any other within 100 ms"},
        FaultThreshold{"joint.dc", &T::jointDc, "%", 0.05, 50,
                       "by how much the mean of 100 ms moves at a joint, of full scale"},
        FaultThreshold{"joint.cancel", &T::jointCancel, "dB", 1, 40,
                       "100 ms of a crossfade are so much softer than its two sides together"},
        FaultThreshold{"joint.loudness", &T::jointLoudness, "LU", 1, 40,
                       "from the last 3 s of a track to the first 3 s of the next"},
    };
    return table;
}

Result<FaultThresholds> readFaultThresholds(const KeyValues& values)
{
    FaultThresholds found;
    if (values.sections.size() > 1)
        return failure(keyValueError(values, values.sections[1].line, "Thresholds have no sections"));
    for (const KeyValue& pair : values.sections.front().values) {
        const auto row = std::ranges::find(faultThresholdTable(), pair.key, &FaultThreshold::key);
        if (row == faultThresholdTable().end())
            return failure(
                keyValueError(values, pair.line,
                              fmt::format("There is no threshold {}; docs/checks.md names all of them",
                                          escapedForDisplay(pair.key))));
        const auto number = numberOf(values, pair, row->low, row->high);
        if (!number) return failure(number.error());
        found.*(row->member) = *number;
    }
    return found;
}

} // namespace segue
