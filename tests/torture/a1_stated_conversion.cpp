// A source at another rate is taken, and that it is converted is said, with its file and both rates.

#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

TEST_CASE("A1: every rate but the disc's own is converted, and the check says so")
{
    std::uint64_t tried = 0, wrong = 0;
    for (const int rate : {8'000, 11'025, 22'050, 32'000, 44'055, 44'056, 44'100, 47'952, 48'000, 88'200,
                           96'000, 176'400, 192'000, 352'800, 384'000}) {
        SmallDelivery small{std::vector<TrackShape>{{}}};
        const std::string silence(static_cast<std::size_t>(rate) * 5 * 4, '\0');
        const Path path = small.folder.write("audio/other.wav", wav(silence, {.rate = rate}));
        auto added = get(addSourceFile(realFileOps(), std::move(small.album), path, {}, {}));
        auto [withTrack, track] = get(edit::addTrack(std::move(added.album), added.source, {}));
        const EditionId id = withTrack.editions.front().id;
        const Album album =
            get(edit::insertEntry(std::move(withTrack), id, track, 1, {.gap = {}, .crossfade = {}}));
        const Readiness ready = get(checkWhole(realFileOps(), album, firstEdition(album), {}, {}));
        std::string said;
        for (const Finding& f : ready.findings)
            if (f.rule == "AUDIO.CONVERTED") said += f.where.file + ": " + f.message + ";";
        const std::string expected =
            rate == 44'100
                ? ""
                : fmt::format("{}: The file has {} Hz and is converted to 44100 Hz;", path.string(), rate);
        CHECK(said == expected);
        ++tried;
        wrong += said == expected ? 0U : 1U;
    }
    torture::figure("A1", "sources at other rates, the conversion stated by the check", tried, wrong);
}
