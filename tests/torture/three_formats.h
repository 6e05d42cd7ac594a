/// \file
/// An album of three tracks whose sources are a WAV, a FLAC and an AIFF file, 24 bit, for what happens to
/// sources.
#pragma once

#include "core/testing_file_ops.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>
#include <sndfile.h>

#include <array>

namespace segue::test {

struct ThreeFormats {
    static constexpr std::array<const char*, 3> names{"audio/1.wav", "audio/2.flac", "audio/3.aiff"};
    static constexpr std::size_t frames = 4 * 44'100 + 588 * 5 + 17;

    /// The file's bytes with noise from this seed.
    [[nodiscard]] static std::string bytes(std::size_t index, std::uint64_t seed)
    {
        constexpr std::array formats{SF_FORMAT_WAV, SF_FORMAT_FLAC, SF_FORMAT_AIFF};
        Dice dice{seed};
        std::vector<double> samples(frames * 2);
        for (double& v : samples) v = static_cast<double>(dice.between(-(1 << 21), 1 << 21)) / (1 << 23);
        return encoded(formats.at(index) | SF_FORMAT_PCM_24, 44'100, 2, samples);
    }

    ThreeFormats()
    {
        auto [all, id] = get(edit::addEdition({}, "CD", CdSettings{}));
        for (std::size_t i = 0; i < names.size(); ++i) {
            original.at(i) = bytes(i, i + 1);
            const Path path = small.folder.write(names.at(i), original.at(i));
            AddedSource added = get(addSourceFile(realFileOps(), std::move(all), path, {}, {}));
            auto [withTrack, track] = get(edit::addTrack(std::move(added.album), added.source, Texts{}));
            all = get(
                edit::insertEntry(std::move(withTrack), id, track, i, {.gap = seconds(2), .crossfade = {}}));
        }
        small.album = std::move(all);
        REQUIRE(small.exportTo(realFileOps(), small.out()).has_value());
        whole = small.everything("OUT");
        removeDelivered();
    }
    [[nodiscard]] Path source(std::size_t index) const { return small.folder / names.at(index); }
    void removeDelivered() const
    {
        std::filesystem::remove_all(small.out());
        std::filesystem::remove(small.folder / "OUT.report.json");
        std::filesystem::remove(small.folder / "OUT.report.txt");
    }

    SmallDelivery small{std::vector<TrackShape>{}};
    std::array<std::string, 3> original{};
    std::map<std::string, std::string> whole{}; ///< the set that belongs to the original sources
};

} // namespace segue::test
