/// \file
/// A short album with real files in a temporary folder, ready to be exported: tracks of a little over four
/// seconds, the second one 24 bit and so dithered.
#pragma once

#include "app/add_files.h"
#include "ddp/verify.h"
#include "deliver/ddp_export.h"
#include "support/album_builder.h"
#include "support/scale.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

namespace segue::test {

/// Noise below half of full scale; the same for the same seed.
[[nodiscard]] inline std::string noiseWav(std::uint64_t seed, std::size_t frames, int bits)
{
    Dice dice{seed};
    std::string samples;
    for (std::size_t i = 0; i < frames * 2; ++i)
        samples += le(dice.next() % (std::uint64_t{1} << (bits - 1)) - (std::uint64_t{1} << (bits - 2)),
                      static_cast<std::size_t>(bits / 8));
    return wav(samples, {.bits = bits});
}

struct TrackShape {
    std::size_t frames = 4 * 44'100 + 588 * 5 + 17;
    int bits = 16;
};

class SmallDelivery {
public:
    explicit SmallDelivery(const std::vector<TrackShape>& tracks = {{}, {.bits = 24}, {}},
                           Duration gap = seconds(2))
    {
        auto [all, id] = get(edit::addEdition({}, "CD", CdSettings{}));
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            const std::string name = fmt::format("audio/{}.wav", i + 1);
            const Path path = folder.write(name, noiseWav(i + 1, tracks[i].frames, tracks[i].bits));
            AddedSource added = get(addSourceFile(realFileOps(), std::move(all), path, {}, {}));
            Texts texts;
            texts.title = fmt::format("Track {}", i + 1);
            auto [withTrack, track] = get(edit::addTrack(std::move(added.album), added.source, texts));
            all = get(edit::insertEntry(std::move(withTrack), id, track, i,
                                        {.gap = i == 0 ? seconds(2) : gap, .crossfade = {}}));
        }
        album = std::move(all);
        options.work = {.threads = 1, .blockFrames = 16'384, .progress = {}};
        options.albumName = "Small.segue";
    }

    [[nodiscard]] Result<DdpExportOutcome> exportTo(FileOps& files, const Path& to) const
    {
        return exportDdp(files, album, firstEdition(album), to, options);
    }
    [[nodiscard]] Path out() const { return folder / "OUT"; }
    [[nodiscard]] std::string image(std::string_view set = "OUT") const
    {
        return folder.read(std::string{set} + "/IMAGE.DAT");
    }
    /// Every regular file below the folder, by its path there.
    [[nodiscard]] std::map<std::string, std::string> everything(const std::string& below = {}) const
    {
        std::map<std::string, std::string> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{folder.path() / below})
            if (entry.is_regular_file()) {
                const std::string name = entry.path().lexically_relative(folder.path()).string();
                found[name] = folder.read(name);
            }
        return found;
    }
    /// Names of working folders and files that were not removed.
    [[nodiscard]] std::vector<std::string> partials() const
    {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
            if (entry.path().filename().string().find(".partial-") != std::string::npos)
                found.push_back(entry.path().filename().string());
        return found;
    }

    TempFolder folder{};
    Album album{};
    DdpExportOptions options{};
};

/// The first error the set has, with its file; "" when it verifies.
[[nodiscard]] inline std::string firstFault(const Path& set)
{
    const auto verified = ddp::verifyFileset(realFileOps(), set, {});
    if (!verified) return sentence(verified.error());
    for (const Finding& f : verified->findings)
        if (f.level == Finding::Level::error) return f.where.file + ": " + f.message;
    return {};
}

} // namespace segue::test
