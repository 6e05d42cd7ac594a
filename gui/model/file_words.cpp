#include "gui/model/file_words.h"

#include "album/edit.h"
#include "core/time_text.h"

#include <fmt/format.h>

#include <set>

namespace segue::gui {

namespace {

std::string kilohertz(SampleRate rate)
{
    return fmt::format("{:g}", static_cast<double>(rate.hertz()) / 1000);
}

} // namespace

std::string fileWords(const AudioFileInfo& file)
{
    std::string words = file.format.container;
    if (file.format.encoding == "PCM" && file.format.bits > 0)
        words += fmt::format(" \u00b7 {} bit", file.format.bits);
    else if (file.format.encoding == "float")
        words += fmt::format(" \u00b7 {} bit float", file.format.bits);
    else if (!file.format.encoding.empty() && file.format.encoding != file.format.container)
        words += " \u00b7 " + file.format.encoding;
    return words + fmt::format(" \u00b7 {} kHz \u00b7 {} \u00b7 {}", kilohertz(file.rate),
                               file.channels == 1 ? "mono" : "stereo",
                               clockTime(nearestDuration(file.length, file.rate)));
}

std::string filesWords(std::span<const AudioFileInfo> files)
{
    if (files.size() == 1) return fileWords(files.front());
    std::set<SampleRate> rates;
    Duration together{};
    for (const AudioFileInfo& file : files) {
        rates.insert(file.rate);
        together += nearestDuration(file.length, file.rate);
    }
    std::string words;
    std::size_t n = 0;
    for (const SampleRate rate : rates)
        words += (n == 0 ? "" : n + 1 == rates.size() ? " and " : ", ") + kilohertz(rate), ++n;
    return fmt::format("{} files \u00b7 {} kHz \u00b7 {} together", files.size(), words, clockTime(together));
}

Result<Album> albumOfFile(const Path& path, const AudioFileInfo& file)
{
    auto source =
        edit::addSource({}, {path.string(), file.rate, file.length, file.channels, file.format, {}});
    if (!source) return failure(source.error());
    auto track = edit::addTrack(std::move(source->first), source->second, {});
    if (!track) return failure(track.error());
    auto edition = edit::addEdition(std::move(track->first), "File", DigitalSettings{.rate = file.rate});
    if (!edition) return failure(edition.error());
    return edit::insertEntry(std::move(edition->first), edition->second, track->second, 0, {});
}

} // namespace segue::gui
