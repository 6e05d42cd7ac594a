// The promise that 16-bit sound stays what it was, on the disc: whatever stands around it.

#include "core/testing_file_ops.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::size_t wavHeader = 44;
constexpr std::size_t bytesPerFrame = 4;

/// The bytes of each track's sounding samples in the image, by the name of its source file.
std::map<std::string, std::string> soundOf(const SmallDelivery& small)
{
    FaultyFileOps quick{realFileOps(), {.pretendSync = true}};
    const auto outcome = small.exportTo(quick, small.out());
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    REQUIRE(outcome->written);
    const std::string image = small.image();
    const DeliveredDisc& disc = outcome->discs.at(0);
    std::map<std::string, std::string> sound;
    for (const RenderSpan& span : disc.rendering.spans) {
        if (span.kind == RenderSpan::Kind::silence) continue;
        const Track& track = *find(small.album, disc.plan.piece.entries.at(span.entry).track);
        sound[displayTitle(track)] +=
            image.substr(static_cast<std::size_t>(span.begin.value()) * bytesPerFrame,
                         static_cast<std::size_t>((span.end - span.begin).value()) * bytesPerFrame);
    }
    std::filesystem::remove_all(small.out());
    for (const std::string report : {"OUT.report.json", "OUT.report.txt"})
        std::filesystem::remove(small.folder / report);
    return sound;
}

std::string samplesOf(const SmallDelivery& small, int number)
{
    return small.folder.read(fmt::format("audio/{}.wav", number)).substr(wavHeader);
}

} // namespace

TEST_CASE("the image holds the samples of 16-bit sources exactly, whatever the gaps are")
{
    Dice dice{5};
    for (int i = 0; i < scaled(12); ++i) {
        CAPTURE(i);
        const auto length = [&] {
            return TrackShape{.frames = 180'000 + static_cast<std::size_t>(dice.between(0, 9999))};
        };
        // Gaps on no sample and no CD frame.
        const Duration gap{dice.between(0, 3 * flicksPerSecond)};
        SmallDelivery small{std::vector<TrackShape>{length(), length(), length()}, gap};
        small.options.render.dither = dice.chance(50) ? Dither::tpdf : Dither::shapedLight;
        const auto sound = soundOf(small);
        REQUIRE(sound.size() == 3);
        for (int number = 1; number <= 3; ++number) {
            CAPTURE(number);
            CHECK((sound.at(fmt::format("Track {}", number)) == samplesOf(small, number)));
        }
    }
}

TEST_CASE("between the tracks and around them the image is silent")
{
    SmallDelivery small{{{}, {}}, milliseconds(777)};
    REQUIRE(small.exportTo(realFileOps(), small.out()).has_value());
    const std::string image = small.image();
    const std::string first = samplesOf(small, 1), second = samplesOf(small, 2);
    const std::size_t at1 = image.find(first), at2 = image.find(second);
    REQUIRE(at1 == 2 * 44'100 * bytesPerFrame);
    REQUIRE(at2 != std::string::npos);
    const auto silent = [&](std::size_t begin, std::size_t end) {
        return image.substr(begin, end - begin) == std::string(end - begin, '\0');
    };
    CHECK(silent(0, at1));
    CHECK(silent(at1 + first.size(), at2));
    CHECK(silent(at2 + second.size(), image.size()));
    CHECK(image.size() % bytesPerCdFrame == 0);
}

TEST_CASE("another order or other gaps change no sample of any track, dithered ones included")
{
    Dice dice{6};
    for (const Dither dither : {Dither::tpdf, Dither::shapedLight}) {
        CAPTURE(name(dither));
        SmallDelivery small{{{}, {.bits = 24}, {.bits = 24}, {}}};
        small.options.render.dither = dither;
        const auto before = soundOf(small);
        REQUIRE(before.size() == 4);
        const EditionId cd = edition(small.album);
        for (int i = 0; i < scaled(8); ++i) {
            CAPTURE(i);
            const TrackId moved = track(small.album, static_cast<int>(dice.between(1, 4)));
            small.album = get(edit::moveEntry(std::move(small.album), cd, moved,
                                              static_cast<std::size_t>(dice.between(0, 3))));
            const TrackId behind = track(small.album, static_cast<int>(dice.between(2, 4)));
            small.album = get(edit::setGap(std::move(small.album), cd, behind,
                                           Duration{dice.between(0, 4 * flicksPerSecond)}));
            const auto now = soundOf(small);
            REQUIRE(now.size() == before.size());
            for (const auto& [title, sound] : before) {
                CAPTURE(title);
                CHECK((now.at(title) == sound));
            }
        }
    }
}
