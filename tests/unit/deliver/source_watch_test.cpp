// The sources are measured while somebody else reads them, in whatever order.

#include "deliver/source_check.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <vector>

using namespace segue;
using namespace segue::test;

namespace {

/// Reads `length` frames at each place, in this order, and says what the watch then finds.
Findings foundAfter(const SmallDelivery& small, const std::vector<std::int64_t>& places, std::size_t length)
{
    SourceWatch watch{realFileOps(), small.album, firstEdition(small.album)};
    REQUIRE(watch.look().has_value());
    const Source& source = small.album.sources.front();
    const auto file = get(watch.opener()(source));
    std::vector<Frame> frames(length);
    for (const std::int64_t at : places) REQUIRE(file->read(SamplePos{at}, frames).has_value());
    Findings found = get(watch.check({source.id}, {}));
    REQUIRE(watch.checked().contains(source.id));
    CHECK((watch.checked().at(source.id).measured.fingerprint == source.fingerprint) == found.empty());
    return found;
}

} // namespace

TEST_CASE("whatever is read of a source, in whatever order, it is known as what it was")
{
    const SmallDelivery small{std::vector<TrackShape>{{}}};
    const std::int64_t length = small.album.sources.front().length.value();
    const std::vector<std::vector<std::int64_t>> orders{
        {},
        {0, 1000, 2000},
        {-500, 500, 1500},               // from before its beginning
        {300, 1300},                     // a little inside
        {length + 10},                   // behind its end, nothing read before
        {0, length - 400, length + 600}, // over its end
        {5000, 0, 1000},                 // back
        {0, 0, 500, 500, 2500},          // overlapping, with a gap
        {length, length, 0},
    };
    for (const auto& order : orders) {
        CAPTURE(order.size());
        CHECK(foundAfter(small, order, 1000).empty());
    }
}

TEST_CASE("a changed sample is found, read in order or not")
{
    SmallDelivery small{std::vector<TrackShape>{{}}};
    std::string wav = small.folder.read("audio/1.wav");
    wav[44 + 4 * 1500] ^= 1;
    small.folder.write("audio/1.wav", wav);
    for (const std::vector<std::int64_t>& order : {std::vector<std::int64_t>{}, {0, 1000, 2000}, {5000}}) {
        const Findings found = foundAfter(small, order, 1000);
        REQUIRE(found.size() == 1);
        CHECK(found.front().rule == "AUDIO.CHANGED");
    }
}
