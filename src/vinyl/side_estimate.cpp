#include "vinyl/side_estimate.h"

#include "core/decibels.h"

#include <algorithm>

namespace segue::vinyl {

namespace {
constexpr double silentPitch = 55.4, pitchOfReference = 73.6; // um, fitted
} // namespace

double spaceLevelForMinutes(const RecordFormat& format, double minutes)
{
    const double pitch = radiiOf(format.size).width() * 1000 / (perMinute(format.speed) * minutes);
    return pitch <= silentPitch ? Decibels::silence().value()
                                : Decibels::fromGain((pitch - silentPitch) / pitchOfReference).value();
}

double levelForMinutes(const RecordFormat& format, double minutes)
{
    return std::min(spaceLevelForMinutes(format, minutes), mostPromisedGain(format.size));
}

double minutesForLevel(const RecordFormat& format, double decibels)
{
    const double pitch = silentPitch + pitchOfReference * Decibels{decibels}.gain();
    return radiiOf(format.size).width() * 1000 / (perMinute(format.speed) * pitch);
}

} // namespace segue::vinyl
