/// \file
/// Every figure on which a check of the audio turns, in one table with its unit and its reason. A text file
/// of lines `key = value` changes them; docs/checks.md shows them.
#pragma once

#include "core/key_values.h"

#include <span>
#include <string_view>

namespace segue {

/// Times in ms, levels in dBFS, ratios in dB.
struct FaultThresholds {
    double clipRun = 3;           ///< samples
    double flatRuns = 20;         ///< runs of three equal samples at the highest level
    double clickRatio = 8.3;      ///< dB
    double clickFloor = -90;      ///< dBFS
    double clickConfidence = 0.4; ///< 0..1
    double dropoutShortest = 1;   ///< ms
    double silenceShortest = 100; ///< ms
    double gapContext = 10;       ///< ms
    double gapSound = -60;        ///< dBFS
    double blackFloor = -84;      ///< dBFS
    double dc = 0.2;              ///< % of full scale
    double polarityCorrelation = -0.6;
    double polarityShortest = 5; ///< s
    double monoDifference = -70; ///< dB
    double deadChannel = -60;    ///< dB
    double edgeLevel = -50;      ///< dBFS
    double tailLevel = -70;      ///< dBFS
    double rateEdge = 40;        ///< dB
    double lossyEdge = 28;       ///< dB
    double lossyCeiling = 19.2;  ///< kHz
    double jointStep = 6;        ///< dB
    double jointDc = 0.5;        ///< %
    double jointCancel = 4;      ///< dB
    double jointLoudness = 8;    ///< LU

    [[nodiscard]] friend bool operator==(const FaultThresholds&, const FaultThresholds&) = default;
};

/// A row of the table.
struct FaultThreshold {
    std::string_view key;
    double FaultThresholds::* member;
    std::string_view unit;
    double low, high; ///< what a file may set
    std::string_view meaning;
};
[[nodiscard]] std::span<const FaultThreshold> faultThresholdTable();

/// The defaults, with what the file's nameless section changes. An Error names the line: an unknown key or
/// section, a value outside its range.
[[nodiscard]] Result<FaultThresholds> readFaultThresholds(const KeyValues& values);

} // namespace segue
